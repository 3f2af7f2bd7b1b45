"""The stages of a recommendation in order: clusters and packages are read, summarised, examined, printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.build import DRAFT_MARK
from generator.cluster.catalogue import SUBMISSIONS, Catalogue, read_catalogue
from generator.cluster.load import load_cluster
from generator.documents.printing import Printed
from generator.docx.compile_summary import compile_summary
from generator.docx.fill import Template
from generator.errors import BlockedError, UnreadableError
from generator.findings import Finding, Findings, Position, Severity, blocking
from generator.forms.definition_summary import Summary
from generator.forms.library import Library
from generator.forms.particulars import particulars_of
from generator.forms.vocabulary import check_summary_names
from generator.frozen import dataclass, replace
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.package.drafts import CURRENT, current_draft, drafts
from generator.package.inspection import is_whole
from generator.package.manifest import SNAPSHOT, read_manifest
from generator.package.names import safe_name
from generator.package.snapshot import read_particulars
from generator.progress import Progress, silent
from generator.summary.draft_workbook import DRAFT_WORKBOOK, SUFFIX, draft_workbook, read_draft_workbook
from generator.summary.rules import examine, without_repeats
from generator.summary.table import Candidate, Sender, SummaryTable, blank_table, make_table
from generator.summary.workbook import workbook
from generator.typeset import lay_out
from generator.typeset.draw import draw

_MARK = " › "


@dataclass(frozen=True)
class Summarised:
    """A summary table made: its files by name, its pages, the sources that could not be read, and all findings."""

    table: SummaryTable
    files: Mapping[str, bytes]
    pages: int
    left_out: tuple[str, ...]
    findings: Findings

    @property
    def draft(self) -> bool:
        """Whether the table is marked 草稿: something must be mended before it may be handed in."""
        return bool(blocking(self.findings))


def summarise(
    sources: Sequence[Path],
    identifier: str,
    library: Library,
    fonts: FontLibrary,
    sender: Sender,
    *,
    edition: int | None = None,
    order: str = "",
    annex: str | None = None,
    progress: Progress = silent,
) -> Summarised:
    """Make the summary table `identifier` of the clusters at `sources`: cluster folders, or packages that a build wrote.

    A source that can't be read is left out and told of; while anything must be mended, every page is marked 草稿.
    Raises UsageError for an unknown table, level or order, BlockedError when no source can be read.
    """
    summary = library.summary(identifier, edition)
    catalogue = read_catalogue(library.field_folders())
    check_summary_names(summary, catalogue)
    reader = _Reader(summary, catalogue, library.submission_ids())
    read = []
    for number, source in enumerate(sources):
        progress("读取各集群", number, len(sources))
        read.append((source, *reader.read(source)))
    findings = tuple(finding for _, _, found in read for finding in found)
    candidates, repeats = without_repeats(tuple(one for _, several, _ in read for one in several), summary)
    table = make_table(summary, candidates, sender, order=order, annex=annex)
    if not table.rows:
        raise BlockedError("没有一个集群能列入汇总表，没有生成任何文件。", findings, "请先改正上面所列各处。")
    progress("检查")
    findings = (*findings, *repeats, *examine(table, catalogue, fonts))
    mark = DRAFT_MARK if blocking(findings) else ""
    progress("排版")
    printed = print_table(table, library, fonts, mark=mark)
    stem = summary.title + (f"（{mark}）" if mark else "")
    files = {".docx": printed.docx, ".pdf": printed.pdf, ".xlsx": workbook(table, mark)}
    return Summarised(
        table,
        {safe_name(stem, extension): content for extension, content in files.items()},
        len(printed.pages.pages),
        tuple(str(source) for source, several, _ in read if not several),
        findings,
    )


def print_table(table: SummaryTable, library: Library, fonts: FontLibrary, *, mark: str = "") -> Printed:
    """Fill the Word template with `table`, lay it out and draw it; `mark` is printed at the head of every page."""
    template = Template.prepare(library.template(table.summary.id) or compile_summary(table.summary))
    docx = template.fill(table.context(mark), {}, title=table.summary.title)
    pages = lay_out(docx, fonts)
    return Printed(docx, draw(pages, fonts), pages)


def print_blank_summary(identifier: str, library: Library, fonts: FontLibrary) -> tuple[Summary, Printed]:
    """Return the blank summary table `identifier`, for filling by hand. Raises UsageError for an unknown one."""
    summary = library.summary(identifier)
    return summary, print_table(blank_table(summary), library, fonts)


def draft_workbook_of(identifier: str, library: Library) -> bytes:
    """Return 汇总底稿.xlsx for the summary table `identifier`, to be filled in. Raises UsageError for an unknown one."""
    return draft_workbook(library.summary(identifier), read_catalogue(library.field_folders()))


@dataclass(frozen=True)
class _Reader:
    """Reads one source after the other."""

    summary: Summary
    catalogue: Catalogue
    submissions: tuple[str, ...]

    def read(self, source: Path) -> tuple[tuple[Candidate, ...], Findings]:
        """Return the clusters at `source`, none where it can't be read, and what was found on the way."""
        if source.suffix == SUFFIX:
            return self._workbook(source)
        candidate, findings = self._one(source)
        return (candidate,) if candidate is not None else (), findings

    def _one(self, source: Path) -> tuple[Candidate | None, Findings]:
        if source.name == SNAPSHOT:
            return self._package(source, source.parent)
        if (source / SNAPSHOT).is_file():
            return self._package(source, source)
        if (source / CURRENT).is_file() or drafts(source):
            return self._package(source, current_draft(source))
        return self._cluster(source)

    def _workbook(self, source: Path) -> tuple[tuple[Candidate, ...], Findings]:
        candidates, found = read_draft_workbook(source, self.summary, self.catalogue)
        located = tuple(_located(finding, source.parent, "") for finding in found)
        if candidates is None:
            remedy = f"请用 shenbao blank {self.summary.id} 生成的“{DRAFT_WORKBOOK}”填写。"
            return (), (_left_out(source, "这个工作簿里没有汇总底稿", remedy), *located)
        return candidates, located

    def _package(self, source: Path, draft: Path | None) -> tuple[Candidate | None, Findings]:
        if draft is None or not is_whole(draft):
            remedy = "请用 shenbao build 重新生成一稿，或改用集群文件夹。"
            return None, (_left_out(source, "这一稿不完整，或里面的文件被改动过", remedy),)
        try:
            candidate = Candidate(str(source), read_particulars(draft / SNAPSHOT))
            is_draft = read_manifest(draft).facts.draft
        except UnreadableError as error:
            return None, (_left_out(source, str(error).rstrip("。"), error.advice),)
        return candidate, (_marked(candidate),) if is_draft else ()

    def _cluster(self, source: Path) -> tuple[Candidate | None, Findings]:
        cluster, found = load_cluster(source, self.catalogue, forms=self.submissions)
        folder = source if source.is_dir() else source.parent
        if cluster is None:
            left_out = _left_out(source, "集群数据读不出来", "请先改正这个集群的数据文件。")
            return None, (left_out, *(_located(finding, folder, "") for finding in found))
        particulars = particulars_of(cluster, derive(cluster))
        positions = {name: _position(place, folder) for name, place in particulars.positions.items()}
        candidate = Candidate(str(source), replace(particulars, positions=positions))
        told = [_located(finding, folder, particulars.name) for finding in found if self._matters(finding)]
        if len(told) < len(found):
            told.append(_further(candidate, len(found) - len(told)))
        return candidate, tuple(told)

    def _matters(self, finding: Finding) -> bool:
        """Whether a finding of the data file is about something that the table prints or checks."""
        names = (*self.summary.names_asked(), *self.summary.compose)
        places = [_MARK.join(self.catalogue.fields[name].at) for name in names if name in self.catalogue.fields]
        places.append(_MARK.join((SUBMISSIONS, self.summary.id)))
        return not finding.path or any(f"{finding.path}{_MARK}".startswith(f"{place}{_MARK}") for place in places)


def _left_out(source: Path, why: str, remedy: str) -> Finding:
    """H201: a source can't be read, and its cluster does not stand in the table."""
    return Finding("H201", Severity.MUST, f"没有列入汇总表：{why}", position=Position(str(source)), remedy=remedy)


def _marked(candidate: Candidate) -> Finding:
    """H202: a package is itself marked 草稿."""
    return Finding(
        code="H202",
        severity=Severity.CHECK,
        message="这份成果是草稿，还有必须改的问题",
        path=candidate.particulars.name,
        position=Position(candidate.source),
        remedy="请改正后重新生成正式的一稿，再汇总。",
    )


def _further(candidate: Candidate, number: int) -> Finding:
    """H203: the data file has problems that don't concern the table."""
    return Finding(
        code="H203",
        severity=Severity.NOTE,
        message=f"数据文件另有 {number} 处与汇总表无关的问题",
        path=candidate.particulars.name,
        position=Position(candidate.source),
        remedy="用 shenbao check 查看。",
    )


def _located(finding: Finding, folder: Path, name: str) -> Finding:
    position = _position(finding.position, folder) if finding.position is not None else Position(str(folder))
    return replace(finding, position=position, path=_MARK.join(part for part in (name, finding.path) if part))


def _position(position: Position, folder: Path) -> Position:
    return replace(position, file=str(folder / position.file))
