"""打印: the copies in one file, cover sheets, binding covers and spines, 打印装订说明 and 签章清单."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.documents.printing import Printed, print_document
from generator.documents.spine import Strip, per_page, spine_drawing
from generator.findings import Finding, Severity
from generator.forms.library import Library
from generator.forms.signings import Signing
from generator.measure.fonts import FontLibrary
from generator.package.manifest import KEPT, SUBMITTED, PackageFile
from generator.package.names import name_file
from generator.package.printing.binding import Volume, papers_of, volumes_of
from generator.package.printing.copies import CopyFront, copies_in_one, single_pages
from generator.package.printing.instructions import instructions
from generator.package.printing.job import PrintJob
from generator.package.printing.settings import PrintSettings, print_settings
from generator.package.reuse import Memory, StageResult
from generator.package.stored import Body

PRINT_FOLDER = f"{SUBMITTED}/打印"
_SPINES_WIDE = 150.0
STAGE = "printing"
DOCUMENTS = ("binding-cover", "copy-sheet", "print-instructions", "signing-list", "spine")
"""The designed documents that these papers are made of."""


def print_papers(job: PrintJob, library: Library, fonts: FontLibrary, memory: Memory | None = None) -> StageResult:
    """Return what is printed besides the papers themselves, taken over by `memory` where nothing that it follows from has changed.

    打印装订说明 and 签章清单 always, cover sheets where 正本 and 副本 are told apart, what is wished on request. `job.files` are read,
    not returned. N201: a spine too narrow for type; N202: copies wished for in one file, but their number is not known.
    Raises as `print_document` does, and DefinitionError for wrong settings.
    """
    settings = print_settings(library)
    files = [(one.role, one.path, one.pages, one.sha256 if job.wishes.copies else "") for one in job.files]
    designed = [library.document(document) for document in DOCUMENTS]
    return (memory or Memory()).once(
        STAGE,
        [
            job.form,
            job.order,
            job.applicant,
            job.signings,
            job.wishes,
            job.mark,
            job.larger,
            files,
            settings,
            designed,
            fonts.identity,
        ],
        lambda: _Printer(job, library, fonts, settings).all(),
    )


class _Printer:
    """Makes the files of one job."""

    def __init__(self, job: PrintJob, library: Library, fonts: FontLibrary, settings: PrintSettings) -> None:
        self._job = job
        self._library = library
        self._fonts = fonts
        self._settings = settings
        self._papers = papers_of(job.files, job.order)
        self._volumes = volumes_of(self._papers, settings.sheets_per_volume)
        self._found: list[Finding] = []
        self._faces: set[str] = set()

    def all(self) -> StageResult:
        made = [*self._cover_sheets(), *self._covers(), *self._copies(), *self._spines()]
        names = {file.role: file.path.rpartition("/")[2] for file in made}
        told = instructions(self._job, self._volumes, self._settings, names)
        made += self._document("print-instructions", "打印装订说明", told, KEPT)
        made += self._document("signing-list", "签章清单", self._signing_list(), KEPT)
        return StageResult(tuple(made), tuple(self._found), frozenset(self._faces))

    def _print(self, identifier: str, context: Mapping[str, Any], **more: Any) -> Printed:
        definition = self._library.document(identifier)
        printed = print_document(
            definition, context, self._fonts, mark=self._job.mark, subject=self._job.applicant.name, **more
        )
        self._faces |= {run.face for page in printed.pages.pages for run in page.runs}
        return printed

    def _document(
        self, identifier: str, material: str, context: Mapping[str, Any], folder: str
    ) -> tuple[PackageFile, ...]:
        printed = self._print(identifier, context)
        pages = len(printed.pages.pages)
        return (
            self._file(f"{identifier}.docx", material, ".docx", printed.docx, pages, folder),
            self._file(f"{identifier}.pdf", material, ".pdf", printed.pdf, pages, folder),
        )

    def _file(
        self, role: str, material: str, extension: str, content: Body, pages: int, folder: str = PRINT_FOLDER
    ) -> PackageFile:
        name = name_file(self._job.order.files, material, self._job.applicant.name, extension)
        return PackageFile(role, f"{folder}/{name}", content, pages)

    def _cover_sheets(self) -> Iterator[PackageFile]:
        copies = self._job.order.copies
        if copies is None or not copies.told_apart:
            return
        names = [_split_number(name) for name in copies.names]
        context = {
            "份们": [{"名称": word, "编号": number and f"第{number}份"} for word, number in names],
            "申报表": self._job.form.title,
            "集群名称": self._job.applicant.name,
        }
        yield from self._document("copy-sheet", "正本副本封皮", context, PRINT_FOLDER)

    def _covers(self) -> Iterator[PackageFile]:
        if not self._job.wishes.cover:
            return
        applicant = self._job.applicant
        context = {
            "封面们": [{"份": copy, "册": volume} for copy in self._marks() for volume in _volume_names(self._volumes)],
            "申报表": self._job.form.title,
            "集群名称": applicant.name,
            "运营管理机构": applicant.operator,
            "主管部门": applicant.authority,
            "申报时间": applicant.applied,
        }
        yield from self._document("binding-cover", "装订封面", context, PRINT_FOLDER)

    def _copies(self) -> Iterator[PackageFile]:
        """Yield one file a volume with all copies of it; papers whose number of copies differs are no part of it."""
        if not self._job.wishes.copies:
            return
        copies = self._job.order.copies
        if copies is None:
            self._found.append(_copies_not_known())
            return
        sheets = self._cover_sheet_pages(len(copies.names))
        fronts = [CopyFront(name, sheet) for name, sheet in zip(copies.names, sheets, strict=True)]
        for number, volume in enumerate(self._volumes, start=1):
            papers = [paper for paper in volume.papers if paper.copies is None or paper.copies.total == copies.total]
            which = f"第{number}册_" if len(self._volumes) > 1 else ""
            title = f"{self._job.form.title}（{copies.in_words}）"
            pdf, pages = copies_in_one([paper.pdf for paper in papers], fronts, title)
            yield self._file(f"copies-{number}.pdf", f"合印_{which}{copies.total}份", ".pdf", pdf, pages)

    def _cover_sheet_pages(self, number: int) -> Sequence[bytes | None]:
        sheets = next((file.content for file in self._cover_sheets() if file.path.endswith(".pdf")), None)
        return single_pages(sheets) if sheets is not None else [None] * number

    def _spines(self) -> Iterator[PackageFile]:
        if not self._job.wishes.cover:
            return
        spine, thickness = self._settings.spine, self._settings.paper.thickness
        strips = []
        for name, volume in zip(_volume_names(self._volumes), self._volumes, strict=True):
            wide = volume.sheets * thickness
            if wide < spine.narrowest:
                self._found.append(_too_narrow(name, volume, wide, spine.narrowest))
                continue
            names = {"申报表": self._job.form.title, "集群名称": self._job.applicant.name, "册": name}
            strips += [Strip(spine.printed({**names, "份": copy}), round(wide, 1)) for copy in self._marks()]
        if not strips:
            return
        pages = per_page(strips, _SPINES_WIDE)
        drawings = {
            f"书脊_{number}": spine_drawing(page, spine.height, self._fonts)
            for number, page in enumerate(pages, start=1)
        }
        context = {
            "页们": [{"名": str(number)} for number in range(1, len(pages) + 1)],
            "纸": self._settings.paper.name,
            "纸厚": f"{thickness:g}",
        }
        printed = self._print("spine", context, drawings=drawings)
        yield self._file("spine.pdf", "书脊", ".pdf", printed.pdf, len(printed.pages.pages))

    def _marks(self) -> tuple[str, ...]:
        """What covers tell copies apart by: 正本 and each 副本; nothing where they are all alike."""
        copies = self._job.order.copies
        return copies.names if copies is not None and copies.told_apart else ("",)

    def _signing_list(self) -> dict[str, Any]:
        copies = self._job.order.copies
        places = sorted(self._job.signings, key=lambda one: not one.own)
        rows = [_signing_row(signing) for signing in places]
        rows += [_seam_row(volume, places) for volume in _volume_names(self._volumes)] if self._job.order.seam else []
        return {
            "集群名称": self._job.applicant.name,
            "份数待定": "" if copies else "是",
            "份们": [{"名称": name, "处们": rows} for name in (copies.names if copies else ("每一份",))],
            "有别人的": "是" if any(not signing.own for signing in places) else "",
        }


def _signing_row(signing: Signing) -> dict[str, str]:
    side = "正面" if signing.front else "背面"
    return {
        "材料": signing.paper,
        "栏目": signing.place,
        "页码": signing.label or "—",
        "张": "" if signing.sheet is None else f"第{signing.sheet}张{side}",
        "自己": signing.filler if signing.own else "",
        "收件单位": "" if signing.own else signing.filler,
        "签字": "、".join(signing.signs) or "—",
        "盖章": "、".join(signing.seals) or "—",
        "日期": "要写" if signing.dated else "—",
    }


def _seam_row(volume: str, places: Sequence[Signing]) -> dict[str, str]:
    """The seal across the edges of all sheets of a volume: the applicant's."""
    own = next((one for one in places if one.own and one.seals), None)
    return {
        "材料": volume or "整册",
        "栏目": "骑缝章：跨全册各张的边缘",
        "页码": "—",
        "张": "全部各张",
        "自己": own.filler if own else "",
        "收件单位": "",
        "签字": "—",
        "盖章": "、".join(own.seals) if own else "盖章",
        "日期": "—",
    }


def _volume_names(volumes: Sequence[Volume]) -> tuple[str, ...]:
    """What volumes are called: 第1册 …; nothing where there is one only."""
    return tuple(f"第{number}册" for number in range(1, len(volumes) + 1)) if len(volumes) > 1 else ("",)


def _split_number(name: str) -> tuple[str, str]:
    word = name.rstrip("0123456789")
    return word, name[len(word) :]


def _copies_not_known() -> Finding:
    return Finding(
        "N202",
        Severity.CHECK,
        "份数待定，没有做多份合在一起的文件",
        remedy="问清后加 --copies 再生成，例如 --copies 5。",
    )


def _too_narrow(name: str, volume: Volume, wide: float, narrowest: float) -> Finding:
    return Finding(
        "N201",
        Severity.NOTE,
        f"{name or '这一册'}太薄，书脊上印不下字，没有做书脊签",
        found=f"{volume.sheets}张，约{wide:.1f}毫米",
        expected=f"{narrowest:g}毫米以上",
        remedy="不必贴书脊签；纸更厚时可以改 templates/materials/printing.yaml 里的纸厚。",
    )
