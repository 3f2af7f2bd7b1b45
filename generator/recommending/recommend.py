"""The stages of a recommendation in order: clusters are read, their papers carried, counted, described, put on media, written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator import __version__
from generator.amending import Amended, told_if_not
from generator.build import DRAFT_MARK
from generator.docx.compile_summary import compile_summary
from generator.errors import BlockedError, UnreadableError
from generator.findings import Finding, Findings, Severity, blocking
from generator.forms.library import Library
from generator.forms.snapshot import Made
from generator.frozen import dataclass, replace
from generator.measure.fonts import FontLibrary
from generator.notices.definition import LETTER, SUMMARY, Notice
from generator.notices.order import COPIES
from generator.package.drafts import Written, drafts_folder, trusted_draft, write_draft
from generator.package.lengths import length_findings
from generator.package.manifest import (
    KEPT,
    SNAPSHOT,
    SUBMITTED,
    ManifestFacts,
    PackageFile,
    Skipped,
    encode_json,
    sha256,
)
from generator.package.names import safe_name
from generator.package.reuse import PAPERS, STAGES, Memory
from generator.progress import Progress, silent
from generator.recommending.asking import office_step
from generator.recommending.counting import count_copies
from generator.recommending.electronic import Item, office_media
from generator.recommending.gathering import Gatherer, paper_name
from generator.recommending.papers import carried_role
from generator.recommending.printing import COUNTS, HANDOVER, TABLE, OfficePaper, Press
from generator.recommending.printing import LETTER as LETTER_DOCUMENT
from generator.recommending.receipts import Receipts, allotted, read_receipts, read_table
from generator.recommending.record import (
    Changes,
    Record,
    RecordedCluster,
    RecordedPaper,
    compare,
    is_record,
    read_record,
    record_as_tree,
)
from generator.recommending.sources import Reader
from generator.recommending.submission import amend_recommendation
from generator.recommending.summarising import USUAL_SUMMARY, TableAsked, examine_whole, level_of, summary_of
from generator.recommending.wording import Carried, Recommendation, copies_count, handover, letter
from generator.recommending.words import recommending_words, said
from generator.resources import own_digest
from generator.snapshots import fonts_used
from generator.summary.draft_workbook import SUFFIX
from generator.summary.rules import examine
from generator.summary.table import Sender, SummaryTable, make_table
from generator.summary.together import without_repeats

SERIES = "推荐材料"
"""What the folder is called that holds the recommendations, a folder for each notice."""


@dataclass(frozen=True)
class Wishes:
    """What the office says: who sends, of what kind it is, the order of rows, copies owed, originals, forms set again.

    `have` and `discs` say how many copies and discs came in: `3`, `夷陵区=2`, or the path of a table.
    """

    notice: str
    sender: Sender
    kind: str = ""
    order: str = ""
    copies: str = ""
    have: tuple[str, ...] = ()
    discs: tuple[str, ...] = ()
    received: Path | None = None
    set_again: bool = False


@dataclass(frozen=True)
class Recommended:
    """What was made: the 稿 that is current now (None on a dry run), its files, the clusters, what was left out, what changed.

    `marked` tells whether the pages that were made say 草稿. `changes` are those since the 稿 before, None where there was none.
    `amended` tells what becomes of the copies that were printed before, None where it could not be told, or none was asked.
    """

    notice: Notice
    written: Written | None
    files: tuple[PackageFile, ...]
    told: Recommendation
    left_out: tuple[str, ...]
    findings: Findings
    marked: bool = False
    changes: Changes | None = None
    amended: Amended | None = None

    @property
    def blocked(self) -> bool:
        """Whether something must be mended before it may be handed in."""
        return bool(blocking(self.findings))


def recommend(
    sources: Sequence[Path],
    wishes: Wishes,
    output: Path,
    library: Library,
    fonts: FontLibrary,
    *,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Recommended:
    """Write what an office hands to the next for the clusters at `sources`, as the next 稿 below `output`.

    A source or a paper that can't be read is left out and told of; while anything must be mended, every page that is made here is
    marked 草稿. What was received is carried byte for byte. Nothing is written when nothing changed, or on a dry run. What is the
    same as in the 稿 before is taken over from it; where copies were printed before, what puts them right is written beside.
    Raises UsageError for an unknown notice, level, order or kind, or receipts that can't be read, MissingError for a table of
    receipts that is not there, BlockedError when no source can be read, OutputError when the disk refuses or the result fails
    its check.
    """
    return _Office(sources, wishes, output, library, fonts, progress).work(dry_run=dry_run)


class _Office:
    """One recommendation being made."""

    def __init__(
        self,
        sources: Sequence[Path],
        wishes: Wishes,
        output: Path,
        library: Library,
        fonts: FontLibrary,
        progress: Progress,
    ) -> None:
        self._sources, self._wishes, self._output, self._progress = sources, wishes, output, progress
        self._library, self._fonts = library, fonts
        self._notice = library.notice(wishes.notice)
        self._step = office_step(self._notice, wishes.sender.level)
        self._words = recommending_words(library)
        self._names = library.file_names().with_own(self._notice.files)
        self._series = drafts_folder(output, SERIES, self._notice.id)
        self._memory = Memory(trusted_draft(self._series), fonts, made_by=own_digest)
        self._findings: list[Finding] = []
        self._receipts = read_receipts(wishes.have, wishes.discs, self._words.receipts)

    def work(self, *, dry_run: bool) -> Recommended:
        asked = self._asked()
        summary, catalogue = summary_of(asked.summary, asked.edition, self._library)
        reader = Reader(summary, catalogue, self._library.submission_ids())
        sources, left_out, found = reader.read_all(self._sources, self._progress)
        self._findings += found
        candidates, repeats = without_repeats(tuple(source.candidate for source in sources), summary)
        table = make_table(summary, candidates, asked.sender, order=asked.order, annex=asked.annex)
        if not table.rows:
            raise BlockedError("没有一个集群能推荐，没有生成任何文件。", found, "请先改正上面所列各处。")
        self._findings += repeats
        self._findings += examine(table, catalogue, self._fonts) if self._notice.summary else ()
        self._findings += examine_whole(table, asked, self._library)
        gatherer = Gatherer(
            self._notice,
            self._names,
            self._words.files,
            self._library,
            self._fonts,
            self._memory,
            self._wishes.received,
            self._wishes.set_again,
        )
        clusters = gatherer.gather(table, sources, self._progress)
        self._findings += gatherer.findings
        told = self._told(table, clusters)
        self._progress("排版")
        mark = DRAFT_MARK if blocking(self._findings) else ""
        papers = tuple(self._print(told, table, mark))
        items = [*_items(papers), *self._carried(clusters)]
        self._progress("做光盘、邮件")
        media = office_media(items, told, self._library, self._fonts, self._memory, draft=bool(mark))
        self._findings += media.findings
        files = (*(item.file for item in items), *media.files)
        self._findings += length_findings(self._output, self._series, [file.path for file in files])
        record = self._record(table, clusters, papers, mark)
        before = _before(self._memory.draft)
        changes = compare(before, record) if before else None
        made = Recommended(self._notice, None, files, told, left_out, (), bool(mark), changes)
        if dry_run:
            return replace(made, findings=tuple(self._findings))
        self._progress("写出、自查")
        written = self._write(files, record, papers, media.faces, mark, left_out)
        amended = None if mark else self._amend()
        return replace(made, written=written, amended=amended, findings=tuple(self._findings))

    def _asked(self) -> TableAsked:
        """The table that is made, or for a notice without one, the usual one: it tells names and order all the same."""
        wished = self._notice.summary
        identifier = wished.id if wished else USUAL_SUMMARY
        level = level_of(self._notice, self._library.summary(identifier), self._step.level)
        return TableAsked(
            identifier,
            replace(self._wishes.sender, level=level),
            wished.edition if wished else None,
            self._notice.annex_of(SUMMARY),
            self._wishes.order,
            self._notice,
            self._wishes.kind,
        )

    def _told(self, table: SummaryTable, clusters: tuple[Carried, ...]) -> Recommendation:
        receipts, found = allotted(self._all_receipts(), [(one.name, *one.called) for one in clusters])
        self._findings += found
        names = [one.name for one in clusters]
        counts = count_copies(self._step, receipts, copies=self._wishes.copies, names=names)
        self._findings += counts.findings
        if not self._wishes.sender.name:
            self._findings.append(_nameless())
        title = table.summary.title if self._notice.summary else ""
        return Recommendation(self._notice, self._step, self._wishes.sender, clusters, counts, title, 0, self._words)

    def _all_receipts(self) -> Receipts:
        """What is said of what came in: by the workbooks among the sources, and after them by the user."""
        told = self._receipts
        for source in self._sources:
            if source.suffix.lower() == SUFFIX and source.is_file():
                rows, wrong = read_table(source, self._words.receipts, asked=False)
                told = Receipts(told.every, (*rows, *told.named), (*wrong, *told.findings))
        return told

    def _print(self, told: Recommendation, table: SummaryTable, mark: str) -> Iterator[OfficePaper]:
        """The office's own papers, in the order in which they are handed in."""
        files, press = (
            self._words.files,
            Press(self._library, self._fonts, self._words, self._memory, mark, self._notice.title),
        )
        yield press.designed(LETTER_DOCUMENT, letter(told), f"{SUBMITTED}/{safe_name(files.letter)}")
        if told.table:
            made = press.table(table, f"{SUBMITTED}/{safe_name(said(files.table, 表=told.table))}")
            told = replace(told, table_pages=made.pages)
            yield made
        yield press.designed(HANDOVER, handover(told, told.counts.table), f"{SUBMITTED}/{safe_name(files.handover)}")
        yield press.designed(COUNTS, copies_count(told), f"{KEPT}/{safe_name(files.counts)}")

    def _carried(self, clusters: Sequence[Carried]) -> Iterator[Item]:
        for cluster in clusters:
            for paper in cluster.papers:
                path = f"{cluster.folder}/{paper_name(paper, self._words.files.unsigned)}"
                file = PackageFile(carried_role(paper), path, paper.body, paper.pages, unsigned=paper.unsigned)
                yield Item(paper.material, file, paper.signed)

    def _record(
        self, table: SummaryTable, clusters: Sequence[Carried], papers: Sequence[OfficePaper], mark: str
    ) -> Record:
        rows = next((paper.rows for paper in papers if paper.role == TABLE), (None,) * len(clusters))
        recorded = []
        for row, cluster, page in zip(table.rows, clusters, rows, strict=True):
            carried = tuple(
                RecordedPaper(
                    paper.material,
                    paper_name(paper, self._words.files.unsigned),
                    paper.sha256,
                    paper.signed,
                )
                for paper in cluster.papers
            )
            folder = cluster.folder if carried else ""
            particulars = row.candidate.particulars
            recorded.append(RecordedCluster(cluster.name, row.cells, carried, folder, particulars, page))
        return Record(
            self._notice.id,
            tuple(column.text for column in table.summary.columns),
            tuple(recorded),
            {paper.role: paper.document for paper in papers},
            self._wishes.sender,
            {COPIES: self._wishes.copies} if self._wishes.copies else {},
            self._made_with(table, papers, mark),
        )

    def _made_with(self, table: SummaryTable, papers: Sequence[OfficePaper], mark: str) -> Made:
        """What the papers that leave the house were printed with."""
        handed_in = [paper for paper in papers if paper.role != COUNTS]
        faces = frozenset[str]().union(*(paper.faces for paper in handed_in))
        designed = [paper.role for paper in handed_in if paper.role != TABLE]
        definitions = [self._library.document(role).model_dump(mode="json") for role in designed]
        template = self._library.template(table.summary.id) or compile_summary(table.summary)
        digest = sha256(encode_json([sha256(template), definitions]))
        return Made(
            __version__, digest, {font.file: font.sha256 for font in fonts_used(faces, self._fonts)}, bool(mark)
        )

    def _write(
        self,
        files: tuple[PackageFile, ...],
        record: Record,
        papers: Sequence[OfficePaper],
        faces: frozenset[str],
        mark: str,
        left_out: tuple[str, ...],
    ) -> Written:
        skipped = tuple(Skipped(Path(source).name, "读不出来，没有列入") for source in left_out)
        used = fonts_used(faces.union(*(paper.faces for paper in papers)), self._fonts)
        facts = ManifestFacts(SERIES, self._notice.form or "", bool(mark), used, skipped, self._notice.id)
        fingerprints = {file.path: list(file.fingerprints) for file in files if file.fingerprints}
        snapshot = record_as_tree(record) | {STAGES: self._memory.notes, PAPERS: fingerprints}
        return write_draft(self._output, facts, files, snapshot, shared=_shared(files))

    def _amend(self) -> Amended | None:
        amended, troubles = told_if_not(lambda: amend_recommendation(self._series, self._library, self._fonts))
        self._findings += troubles
        return amended


def _items(papers: Sequence[OfficePaper]) -> Iterator[Item]:
    materials = {LETTER_DOCUMENT: LETTER, TABLE: SUMMARY}
    return (Item(materials.get(paper.role, ""), file) for paper in papers for file in paper.files)


def _shared(files: Sequence[PackageFile]) -> frozenset[str]:
    """The files that may share their bytes on the disk with equal ones: carried as they came, or burnt; nobody edits these in place."""
    return frozenset(
        file.path for file in files if file.role.startswith(_CARRIED) and not file.path.lower().endswith(_EDITED)
    )


_CARRIED = ("received.", "cluster.", "disc.", "usb.", "mail.")
_EDITED = (".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".txt")


def _before(draft: Path | None) -> Record | None:
    """Return the recommendation that the 稿 before remembers, None where there is none that can be read."""
    try:
        return read_record(draft / SNAPSHOT) if draft is not None and is_record(draft / SNAPSHOT) else None
    except UnreadableError:
        return None


def _nameless() -> Finding:
    """T109: the sender is not named."""
    return Finding(
        "T109",
        Severity.NOTE,
        "没有写报送单位，推荐文件、移交清单里空着",
        path="报送单位",
        remedy="请加 --sender 单位全称、--contact 联系人和电话。",
    )
