"""A standing 稿 as sealing sees it: the pages of its papers, what stands on them, and which are to be signed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from generator.errors import UnreadableError, reason_of
from generator.findings import PATH_MARK
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.notices.definition import FORM
from generator.notices.file_names import FileNames
from generator.package.manifest import SNAPSHOT, SUBMITTED, ListedFile, Manifest, PackageFile, read_manifest
from generator.package.opening.inspection import is_whole
from generator.package.printing.binding import material_of
from generator.package.printing.signatures import COVER
from generator.package.reuse import LABELS, PAPERS
from generator.package.stored import LARGE, Stored

FORM_ROLE = "form.pdf"

_AGAIN = "请用 shenbao build 重新生成一稿。"


@dataclass(frozen=True)
class Sheet:
    """A printed page: `label` as printed at its foot, the fingerprint of its layout, and what of the form is filled in on it.

    `part` is the title of the part of the form that it belongs to, `COVER` on the cover, empty on the others, on blank pages, and in
    other papers.
    """

    label: str
    fingerprint: str
    part: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    blank: bool = False


@dataclass(frozen=True)
class StandingPaper:
    """A paper of a 稿: what it is called (申报表, 自我声明), its file, its pages, and those of them (from 0) that are to be signed."""

    name: str
    file: ListedFile
    folder: Path
    sheets: tuple[Sheet, ...]
    wanted: tuple[int, ...]

    @property
    def path(self) -> str:
        """Where its file lies in the 稿."""
        return self.file.path

    @property
    def content(self) -> bytes:
        """Its PDF. Raises UnreadableError where it can't be read."""
        try:
            return (self.folder / self.path).read_bytes()
        except OSError as error:
            raise UnreadableError(f"读不到 {self.folder / self.path}：{reason_of(error)}", _AGAIN) from error

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in the order of the form, each once; none in other papers."""
        return tuple(dict.fromkeys(sheet.part for sheet in self.sheets if sheet.part))

    def pages_of(self, part: str) -> tuple[int, ...]:
        """Return the pages (from 0) of `part`."""
        return tuple(page for page, sheet in enumerate(self.sheets) if sheet.part == part)

    def name_of(self, page: int) -> str:
        """Return what a clerk calls the page: its part of the form, or its paper, and the number printed on it."""
        sheet = self.sheets[page]
        number = f"第{sheet.label}页" if sheet.label else f"全册第{page + 1}面"
        paper = sheet.part if self.file.role == FORM_ROLE else self.name
        return " ".join(part for part in (paper, "" if sheet.part == COVER else number) if part)


@dataclass(frozen=True)
class StandingDraft:
    """A 稿 that stands whole on the disk, or was kept by a frozen version; `name` is 第003稿, `papers` its PDFs, the form first."""

    name: str
    folder: Path
    manifest: Manifest
    papers: tuple[StandingPaper, ...]

    @property
    def form(self) -> StandingPaper:
        """The form."""
        return self.papers[0]

    def paper(self, path: str) -> StandingPaper:
        """Return the paper whose file is `path`. Raises KeyError where there is none."""
        return next(paper for paper in self.papers if paper.path == path)

    def called(self, name: str) -> StandingPaper | None:
        """Return the paper called `name`, None where there is none."""
        return next((paper for paper in self.papers if paper.name == name), None)


def read_draft(folder: Path, library: Library, name: str = "") -> StandingDraft:
    """Return the 稿 in `folder`, called `name` if that is not the folder's own.

    Raises UnreadableError when it is not whole, or holds no form.
    """
    manifest = read_manifest(folder)
    if not is_whole(folder):
        raise UnreadableError(f"这一稿不完整，或里面的文件被改动过：{folder}", _AGAIN)
    form = next((file for file in manifest.files if file.role == FORM_ROLE), None)
    if form is None:
        raise UnreadableError(f"这一稿里没有申报表的 PDF：{folder}", _AGAIN)
    try:
        snapshot = json.loads((folder / SNAPSHOT).read_bytes())
        titles = _titles(PdfReader(io.BytesIO((folder / form.path).read_bytes())))
        papers = (
            _paper(FORM, form, folder, sheets_of_form(snapshot, titles)),
            *_others(manifest, folder, snapshot, library),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, PyPdfError, RecursionError) as error:
        raise UnreadableError(f"这一稿的记录读不出来：{folder}（{error}）", _AGAIN) from error
    return StandingDraft(name or folder.name, folder, manifest, papers)


def submitted_files(
    draft: StandingDraft, bound: Mapping[str, PackageFile] = MappingProxyType({})
) -> tuple[PackageFile, ...]:
    """Return the files of the 稿 in the manifest's order; those of `bound` (by path) take the place of its own.

    Raises UnreadableError for one that can't be read.
    """
    files = []
    for listed in draft.manifest.files:
        if listed.path in bound:
            files.append(bound[listed.path])
            continue
        standing = Stored(draft.folder / listed.path)
        try:
            body = standing if standing.size >= LARGE else standing.read()
        except OSError as error:
            raise UnreadableError(f"读不到 {draft.folder / listed.path}：{reason_of(error)}", _AGAIN) from error
        files.append(PackageFile(listed.role, listed.path, body, listed.pages, unsigned=listed.unsigned))
    return tuple(files)


def _paper(name: str, file: ListedFile, folder: Path, sheets: tuple[Sheet, ...]) -> StandingPaper:
    return StandingPaper(name, file, folder, sheets, tuple(page - 1 for page in file.unsigned))


def _others(manifest: Manifest, folder: Path, snapshot: Any, library: Library) -> Iterator[StandingPaper]:
    """The PDFs besides the form that are handed in on paper, as far as it is known what is printed on their pages."""
    facts = manifest.facts
    names = library.file_names().with_own(library.notice(facts.notice).files if facts.notice else {})
    known, labels = snapshot.get(PAPERS, {}), snapshot.get(LABELS, {})
    for file in manifest.files:
        prints = known.get(file.path, ())
        place, _, name = file.path.rpartition("/")
        if place == SUBMITTED and file.role != FORM_ROLE and file.pages and len(prints) == file.pages:
            numbers = labels.get(file.path) or [str(number) for number in range(1, file.pages + 1)]
            pages = zip(numbers, prints, strict=True)
            sheets = tuple(Sheet(label, fingerprint, blank=not fingerprint) for label, fingerprint in pages)
            yield _paper(_called(name, facts.cluster, names), file, folder, sheets)


def _called(name: str, cluster: str, names: FileNames) -> str:
    """Return what a paper is called by its file: the material, and which volume of it (佐证材料第1册)."""
    material = material_of(name, names)
    before, _ = names.parts(material)
    rest = PurePosixPath(name).stem.removeprefix(before).removeprefix(cluster)
    return f"{material}{rest.strip('_')}" if name.startswith(f"{before}{cluster}") else material


def _titles(reader: PdfReader) -> dict[int, str]:
    """Return the highest headings of a form by the page (from 0) that they begin on."""
    titles: dict[int, str] = {}
    for entry in reader.outline:
        if isinstance(entry, Destination):
            page = reader.get_destination_page_number(entry)
            if page is not None and page >= 0:
                titles.setdefault(page, str(entry.title))
    return titles


def sheets_of_form(snapshot: Any, titles: Mapping[int, str]) -> tuple[Sheet, ...]:
    """Return the pages of the form that `snapshot` (JSON's kinds) tells of; `titles` are its headings by page (from 0)."""
    fields: dict[int, list[tuple[str, str]]] = {}
    for field in snapshot["fields"]:
        if "page" in field:
            fields.setdefault(int(field["page"]) - 1, []).append((PATH_MARK.join(field["path"]), str(field["printed"])))
    sheets, part = [], COVER
    for number, page in enumerate(snapshot["pages"]):
        if number:
            part = titles.get(number, "" if part == COVER else part)
        label, told = str(page["label"]), tuple(fields.get(number, ()))
        blank = number > 0 and not label  # put in so that the next part begins on a right-hand page
        sheets.append(Sheet(label, str(page["fingerprint"]), "" if blank else part, told, blank))
    return tuple(sheets)
