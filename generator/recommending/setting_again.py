"""A cluster's form set again from its data, for an office that has the data and no paper: marked 未签章 on every page."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from generator.build import DRAFT_MARK, print_form, template_of
from generator.errors import ShenbaoError
from generator.findings import Finding, Findings, Position, Severity, blocking
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.notices.definition import FORM, Notice
from generator.notices.file_names import FileNames
from generator.package.gathered import faces_of
from generator.package.manifest import PackageFile
from generator.package.names import name_file
from generator.package.reuse import Memory, StageResult
from generator.prepared import prepare
from generator.recommending.papers import FORM_PDF, Origin, Paper, origin_of, role_from

UNSIGNED_MARK = "未签章"
_STAGE = "set-again "


def set_again(
    cluster: Path,
    name: str,
    notice: Notice,
    files: FileNames,
    library: Library,
    fonts: FontLibrary,
    *,
    memory: Memory | None = None,
    folder: str = "",
) -> tuple[tuple[Paper, ...], Findings]:
    """Return the form of the cluster at `cluster` as Word file and PDF, nothing where it can't be made, and what was found.

    A form that would be the same, in the same `folder` of the recommendation, is taken over from the 稿 of `memory`.
    T111: it can't be made, or its data have problems that must be mended; its pages then say 草稿, too.
    """
    if notice.form is None:
        return (), (
            _not_made(
                name, cluster, "通知用的申报表本工具没有定义", "请让集群交来签章件，放在 --received 的文件夹里。"
            ),
        )
    try:
        prepared = prepare(cluster, notice.form, library, fonts, notice.standard)
        if prepared.filled is None:
            return (), (_not_made(name, cluster, "集群数据读不出来", "请先用 shenbao check 检查。"),)
        wrong = blocking(prepared.findings)
        mark = f"{DRAFT_MARK}　{UNSIGNED_MARK}" if wrong else UNSIGNED_MARK
        template = template_of(prepared.form, library, fonts)
        file = name_file(files, FORM, name, ".docx", behind=f"_{UNSIGNED_MARK}")
        stem = f"{folder}/{PurePosixPath(file).stem}"
        form = _Form(prepared.filled, template, mark, notice.annex_of(FORM) or "", fonts, stem)
        kept = (memory or Memory()).once(f"{_STAGE}{name}", form.inputs, form.made)
    except ShenbaoError as error:
        return (), (_not_made(name, cluster, str(error).rstrip("。"), error.advice),)
    papers = tuple(
        Paper(FORM, PurePosixPath(file.path).name, origin_of(file.role)[1], file.body, file.pages, Origin.AGAIN)
        for file in kept.files
    )
    return papers, (_wrong(name, cluster, notice.form, len(wrong)),) if wrong else ()


@dataclass(frozen=True)
class _Form:
    """A form to be set: its content, template, marks and fonts; `stem` is where it goes, without extension."""

    filled: FilledForm
    template: bytes
    mark: str
    annex: str
    fonts: FontLibrary
    stem: str

    @property
    def inputs(self) -> tuple[object, ...]:
        """Everything that the files follow from."""
        context = self.filled.context(mark=self.mark, annex=self.annex)
        return context, self.filled.form, self.filled.name, self.template, self.fonts.identity, self.stem

    def made(self) -> StageResult:
        """Return the form as Word file and PDF."""
        printed = print_form(self.filled, self.template, self.fonts, mark=self.mark, annex=self.annex)
        pages = len(printed.pages.pages)
        contents = ((".docx", "form.docx", printed.docx), (".pdf", FORM_PDF, printed.pdf))
        files = tuple(
            PackageFile(role_from(Origin.AGAIN, role), f"{self.stem}{kind}", content, pages)
            for kind, role, content in contents
        )
        return StageResult(files, faces=faces_of(printed.pages))


def _not_made(name: str, cluster: Path, why: str, remedy: str) -> Finding:
    return Finding(
        "T111", Severity.CHECK, f"申报表没有重新排印：{why}", path=name, position=Position(str(cluster)), remedy=remedy
    )


def _wrong(name: str, cluster: Path, form: str, number: int) -> Finding:
    return Finding(
        "T111",
        Severity.CHECK,
        f"重新排印的申报表有{number}处必须改，各页标明“草稿”",
        path=name,
        position=Position(str(cluster)),
        remedy=f"用 shenbao check {cluster} --form {form} 查看，改正后再生成。",
    )
