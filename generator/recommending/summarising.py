"""The stages of a summary table in order: clusters and packages are read, summarised, examined, printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.build import DRAFT_MARK
from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.documents.printing import Printed
from generator.docx.compile_summary import compile_summary
from generator.docx.fill import Template
from generator.errors import BlockedError, UsageError
from generator.findings import Findings, blocking
from generator.forms.definition_summary import Summary
from generator.forms.library import Library
from generator.forms.vocabulary import check_summary_names
from generator.frozen import dataclass, replace
from generator.measure.fonts import FontLibrary
from generator.notices.definition import SUMMARY, Notice
from generator.package.names import safe_name
from generator.progress import Progress, silent
from generator.recommending.asking import office_step, quota_of, sender_kinds
from generator.recommending.sources import Reader
from generator.summary.draft_workbook import draft_workbook
from generator.summary.rules import examine
from generator.summary.table import Sender, SummaryTable, blank_table, make_table
from generator.summary.together import examine_together, without_repeats
from generator.summary.workbook import workbook
from generator.typeset import lay_out
from generator.typeset.draw import draw

USUAL_SUMMARY = "summary-2024"
"""The table that is made where neither a notice nor the user names one."""


@dataclass(frozen=True)
class TableAsked:
    """Which table is to be made: its definition, edition, annex mark (None: the definition's own), order, who sends it.

    `notice` is what the table is made for, `kind` the kind of sender that the user named (计划单列市), empty for none.
    """

    summary: str
    sender: Sender
    edition: int | None = None
    annex: str | None = None
    order: str = ""
    notice: Notice | None = None
    kind: str = ""


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


def table_asked(
    library: Library,
    sender: Sender,
    *,
    notice: str = "",
    form: str = "",
    edition: int | None = None,
    annex: str | None = None,
    order: str = "",
    kind: str = "",
) -> TableAsked | Notice:
    """Return the table that the notice called `notice` asks for, or the table `form`, the usual one without either.

    A notice tells table, edition, annex mark and level; `edition`, `annex` and the sender's level go before it. Where it asks for
    no table (or none is known, its note tells), the notice itself is returned.
    Raises UsageError where both are named, where `kind` is without a notice, and for an unknown notice.
    """
    if not notice:
        if kind:
            raise UsageError(
                "--sender-kind 要和 --notice 一起用：名额是通知定的。", "请写 --notice，或去掉 --sender-kind。"
            )
        return TableAsked(form or USUAL_SUMMARY, sender, edition, annex, order)
    if form:
        raise UsageError("--notice 和 --form 只能写一个：用哪张汇总表由通知定。", "请去掉其中一个。")
    found = library.notice(notice)
    if found.summary is None:
        return found
    summary = library.summary(found.summary.id)
    mark = found.annex_of(SUMMARY) if annex is None else annex
    return TableAsked(
        summary.id,
        sender if sender.level else replace(sender, level=level_of(found, summary)),
        found.summary.edition if edition is None else edition,
        mark,
        order,
        found,
        kind,
    )


def level_of(notice: Notice, summary: Summary, level: str = "") -> str:
    """Return the level whose words head the table of an office of `level`; empty, the official text's own, where it has none."""
    found = level or office_step(notice).level
    return found if found in summary.heading.words else ""


def summarise(
    sources: Sequence[Path], asked: TableAsked, library: Library, fonts: FontLibrary, progress: Progress = silent
) -> Summarised:
    """Make the summary table `asked` for of the clusters at `sources`: cluster folders, packages that a build wrote, workbooks.

    A source that can't be read is left out and told of; while anything must be mended, every page is marked 草稿.
    Raises UsageError for an unknown table, level, order or kind of sender, BlockedError when no source can be read.
    """
    summary, catalogue = summary_of(asked.summary, asked.edition, library)
    sourced, left_out, findings = Reader(summary, catalogue, library.submission_ids()).read_all(sources, progress)
    candidates, repeats = without_repeats(tuple(source.candidate for source in sourced), summary)
    table = make_table(summary, candidates, asked.sender, order=asked.order, annex=asked.annex)
    if not table.rows:
        raise BlockedError("没有一个集群能列入汇总表，没有生成任何文件。", findings, "请先改正上面所列各处。")
    progress("检查")
    findings += (*repeats, *examine(table, catalogue, fonts), *examine_whole(table, asked, library))
    mark = DRAFT_MARK if blocking(findings) else ""
    progress("排版")
    files, printed = table_files(table, library, fonts, mark)
    return Summarised(table, files, len(printed.pages.pages), left_out, findings)


def summary_of(identifier: str, edition: int | None, library: Library) -> tuple[Summary, Catalogue]:
    """Return the table and the catalogue that it is filled from. Raises UsageError for an unknown table."""
    summary = library.summary(identifier, edition)
    catalogue = read_catalogue(library.field_folders())
    check_summary_names(summary, catalogue)
    return summary, catalogue


def examine_whole(table: SummaryTable, asked: TableAsked, library: Library) -> Findings:
    """Return what is found about the clusters together: too many for the notice's quota, the same one under two names."""
    clusters = [row.candidate.particulars for row in table.rows]
    quota = None
    if asked.notice is not None:
        quota = quota_of(asked.notice, asked.kind, asked.sender.name, clusters, sender_kinds(library))
    return examine_together(table, quota)


def table_files(
    table: SummaryTable, library: Library, fonts: FontLibrary, mark: str
) -> tuple[Mapping[str, bytes], Printed]:
    """Return the table in Word, in print and as a workbook, by file name, and the print itself; `mark` is 草稿 or empty."""
    printed = print_table(table, library, fonts, mark=mark)
    stem = table.summary.title + (f"（{mark}）" if mark else "")
    contents = {".docx": printed.docx, ".pdf": printed.pdf, ".xlsx": workbook(table, mark)}
    return {safe_name(stem, extension): content for extension, content in contents.items()}, printed


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
