"""The stages of a recommendation in order: clusters are read, their papers carried, counted, described, put on media, written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.build import DRAFT_MARK
from generator.documents.printing import Printed, print_document
from generator.errors import BlockedError, ShenbaoError
from generator.findings import Finding, Findings, Position, Severity, blocking
from generator.forms.definition_summary import Summary
from generator.forms.library import Library
from generator.frozen import dataclass, replace
from generator.measure.fonts import FontLibrary
from generator.notices.definition import FORM, LETTER, SUMMARY, Notice
from generator.package.drafts import Written, current_draft, drafts_folder, write_draft
from generator.package.gathered import faces_of
from generator.package.manifest import KEPT, SNAPSHOT, SUBMITTED, FontUsed, ManifestFacts, PackageFile, Skipped, sha256
from generator.package.names import safe_name
from generator.progress import Progress, silent
from generator.recommending.asking import office_step
from generator.recommending.counting import count_copies
from generator.recommending.electronic import Item, office_media
from generator.recommending.papers import (
    Paper,
    Received,
    carried_role,
    names_called,
    papers_of,
    read_received,
    unclaimed,
    with_originals,
)
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
from generator.recommending.setting_again import set_again
from generator.recommending.sources import Reader, Source
from generator.recommending.summarising import (
    USUAL_SUMMARY,
    TableAsked,
    examine_whole,
    level_of,
    summary_of,
    table_files,
)
from generator.recommending.wording import (
    Carried,
    Recommendation,
    carried_names,
    copies_count,
    handover,
    letter,
)
from generator.recommending.words import recommending_words, said
from generator.summary.rules import examine
from generator.summary.table import Sender, SummaryRow, SummaryTable, cell_text, make_table
from generator.summary.together import without_repeats

SERIES = "推荐材料"
"""What the folder is called that holds the recommendations, a folder for each notice."""


@dataclass(frozen=True)
class Wishes:
    """What the office says: who sends, of what kind it is, the order of rows, copies owed and had, originals, forms set again."""

    notice: str
    sender: Sender
    kind: str = ""
    order: str = ""
    copies: str = ""
    have: int | None = None
    received: Path | None = None
    set_again: bool = False


@dataclass(frozen=True)
class Recommended:
    """What was made: the 稿 that is current now (None on a dry run), its files, the clusters, what was left out, what changed.

    `marked` tells whether the pages that were made say 草稿. `changes` are those since the 稿 before, None where there was none.
    """

    notice: Notice
    written: Written | None
    files: tuple[PackageFile, ...]
    told: Recommendation
    left_out: tuple[str, ...]
    findings: Findings
    marked: bool = False
    changes: Changes | None = None

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
    marked 草稿. What was received is carried byte for byte. Nothing is written when nothing changed, or on a dry run.
    Raises UsageError for an unknown notice, level, order or kind, BlockedError when no source can be read, OutputError when the
    disk refuses or the result fails its check.
    """
    return _Office(sources, wishes, library, fonts, progress).work(output, dry_run=dry_run)


class _Made:
    """What the stages add to: findings, the keys of faces that pages are set in, fingerprints of pages by document."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.faces: set[str] = set()
        self.pages: dict[str, tuple[str, ...]] = {}

    def enter(self, role: str, printed: Printed) -> None:
        """Note the pages of a document."""
        self.faces |= faces_of(printed.pages)
        self.pages[role] = tuple(page.fingerprint for page in printed.pages.pages)


class _Office:
    """One recommendation being made."""

    def __init__(
        self, sources: Sequence[Path], wishes: Wishes, library: Library, fonts: FontLibrary, progress: Progress
    ) -> None:
        self._sources, self._wishes, self._progress = sources, wishes, progress
        self._library, self._fonts = library, fonts
        self._notice = library.notice(wishes.notice)
        self._step = office_step(self._notice, wishes.sender.level)
        self._words = recommending_words(library)
        self._names = library.file_names().with_own(self._notice.files)
        self._made = _Made()

    def work(self, output: Path, *, dry_run: bool) -> Recommended:
        asked = self._asked()
        summary, catalogue = summary_of(asked.summary, asked.edition, self._library)
        reader = Reader(summary, catalogue, self._library.submission_ids())
        sources, left_out, found = reader.read_all(self._sources, self._progress)
        self._made.findings += found
        candidates, repeats = without_repeats(tuple(source.candidate for source in sources), summary)
        table = make_table(summary, candidates, asked.sender, order=asked.order, annex=asked.annex)
        if not table.rows:
            raise BlockedError("没有一个集群能推荐，没有生成任何文件。", found, "请先改正上面所列各处。")
        self._made.findings += repeats
        self._made.findings += examine(table, catalogue, self._fonts) if self._notice.summary else ()
        self._made.findings += examine_whole(table, asked, self._library)
        clusters = self._carry(table, sources)
        told = self._told(table, clusters)
        self._progress("排版")
        mark = DRAFT_MARK if blocking(self._made.findings) else ""
        items = [*self._documents(told, table, mark), *self._papers(clusters)]
        self._progress("做光盘、邮件")
        media = office_media(items, told, self._library, self._fonts, draft=bool(mark))
        self._made.findings += media.findings
        files = (*(item.file for item in items), *media.files)
        record = self._record(table, clusters)
        before = _before(output, self._notice)
        changes = compare(before, record) if before else None
        self._progress("写出、自查")
        written = None if dry_run else self._write(output, files, record, mark, left_out)
        return Recommended(
            self._notice, written, files, told, left_out, tuple(self._made.findings), bool(mark), changes
        )

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

    def _carry(self, table: SummaryTable, sources: Sequence[Source]) -> tuple[Carried, ...]:
        """Gather the papers of every cluster; one whose papers can't be read stands without them, and is told of."""
        received = read_received(self._wishes.received, self._names)
        self._made.findings += received.findings
        claimed: list[str] = []
        carried = []
        for number, row in enumerate(table.rows, start=1):
            self._progress("收集各集群的材料", number - 1, len(table.rows))
            source = next(one for one in sources if one.candidate is row.candidate)
            name = _name_of(table.summary, row)
            folder, papers = self._papers_of(source, name, received, sources)
            claimed.append(folder)
            carried.append(Carried(str(number), name, papers))
        self._made.findings += unclaimed(received, claimed)
        self._made.findings += _examined(carried)
        return tuple(carried)

    def _papers_of(
        self, source: Source, name: str, received: Received, sources: Sequence[Source]
    ) -> tuple[str, tuple[Paper, ...]]:
        folder, originals = received.of(names_called(source, name, sources))
        try:
            papers, found = papers_of(source, self._names, self._notice.form)
            self._made.findings += found
        except ShenbaoError as error:
            papers = ()
            self._made.findings.append(_unreadable(name, source, error))
        papers = with_originals(papers, originals)
        if self._wishes.set_again and source.cluster is not None and not any(one.material == FORM for one in papers):
            again, found = set_again(source.cluster, name, self._notice, self._names, self._library, self._fonts)
            papers = (*again, *papers)
            self._made.findings += found
        return folder, papers

    def _told(self, table: SummaryTable, clusters: tuple[Carried, ...]) -> Recommendation:
        counts = count_copies(self._step, len(clusters), copies=self._wishes.copies, have=self._wishes.have)
        self._made.findings += counts.findings
        if not self._wishes.sender.name:
            self._made.findings.append(_nameless())
        title = table.summary.title if self._notice.summary else ""
        return Recommendation(self._notice, self._step, self._wishes.sender, clusters, counts, title, 0, self._words)

    def _documents(self, told: Recommendation, table: SummaryTable, mark: str) -> Iterator[Item]:
        names = self._words.files
        yield from self._print("recommendation-letter", LETTER, letter(told), names.letter, SUBMITTED, mark)
        if told.table:
            contents, printed = table_files(table, self._library, self._fonts, mark)
            self._made.enter(SUMMARY, printed)
            pages = len(printed.pages.pages)
            told = replace(told, table_pages=pages)
            for name, content in contents.items():
                extension = PurePosixPath(name).suffix
                path = f"{SUBMITTED}/{safe_name(said(names.table, 表=told.table), extension)}"
                count = None if extension == ".xlsx" else pages
                yield Item(SUMMARY, PackageFile(f"summary{extension}", path, content, count))
        handed = handover(told, told.counts.table)
        yield from self._print("handover-list", "", handed, names.handover, SUBMITTED, mark)
        yield from self._print("copies-count", "", copies_count(told), names.counts, KEPT, mark)

    def _print(
        self, identifier: str, material: str, context: dict[str, object], name: str, folder: str, mark: str
    ) -> Iterator[Item]:
        printed = print_document(
            self._library.document(identifier), context, self._fonts, mark=mark, subject=self._notice.title
        )
        self._made.enter(identifier, printed)
        pages = len(printed.pages.pages)
        for extension, content in ((".docx", printed.docx), (".pdf", printed.pdf)):
            path = f"{folder}/{safe_name(name, extension)}"
            yield Item(material, PackageFile(f"{identifier}{extension}", path, content, pages))

    def _papers(self, clusters: Sequence[Carried]) -> Iterator[Item]:
        for cluster in clusters:
            folder = self._folder_of(cluster)
            for paper in cluster.papers:
                path = f"{folder}/{self._paper_name(paper)}"
                file = PackageFile(carried_role(paper), path, paper.content, paper.pages, unsigned=paper.unsigned)
                yield Item(paper.material, file, paper.signed)

    def _folder_of(self, cluster: Carried) -> str:
        number = cluster.number.zfill(2)
        below = safe_name(said(self._words.files.cluster, 序号=number, 集群=cluster.name))
        return f"{SUBMITTED}/{self._words.files.clusters}/{below}"

    def _paper_name(self, paper: Paper) -> str:
        """The name of a paper; that of an unsigned form, and of others that are to be signed, says so."""
        path, mark = PurePosixPath(paper.name), self._words.files.unsigned
        owed = paper.unsigned or (paper.material == FORM and not paper.signed)
        if not owed or path.stem.endswith(mark):
            return paper.name
        return str(path.with_name(safe_name(f"{path.stem}{mark}", path.suffix)))

    def _record(self, table: SummaryTable, clusters: Sequence[Carried]) -> Record:
        recorded = []
        for row, cluster in zip(table.rows, clusters, strict=True):
            papers = tuple(
                RecordedPaper(paper.material, self._paper_name(paper), sha256(paper.content), paper.signed)
                for paper in cluster.papers
            )
            folder = self._folder_of(cluster) if papers else ""
            recorded.append(RecordedCluster(cluster.name, row.cells, papers, folder, row.candidate.particulars))
        columns = tuple(column.text for column in table.summary.columns)
        return Record(self._notice.id, columns, tuple(recorded), dict(self._made.pages))

    def _write(
        self, output: Path, files: tuple[PackageFile, ...], record: Record, mark: str, left_out: tuple[str, ...]
    ) -> Written:
        skipped = tuple(Skipped(Path(source).name, "读不出来，没有列入") for source in left_out)
        faces = sorted(self._made.faces)
        hashes = self._fonts.hashes(faces)
        used = tuple(
            FontUsed(self._fonts.by_key(key).family, self._fonts.by_key(key).path.name, hashes[key]) for key in faces
        )
        form = self._notice.form or ""
        facts = ManifestFacts(SERIES, form, bool(mark), used, skipped, self._notice.id)
        return write_draft(output, facts, files, record_as_tree(record))


def _before(output: Path, notice: Notice) -> Record | None:
    """Return the recommendation that is current below `output`, None where there is none that can be read."""
    draft = current_draft(drafts_folder(output, SERIES, notice.id))
    if draft is None or not is_record(draft / SNAPSHOT):
        return None
    return read_record(draft / SNAPSHOT)


def _name_of(summary: Summary, row: SummaryRow) -> str:
    """What a cluster is called in full: as the table's second column says it, or by its own name."""
    name = next((column for column in summary.columns if not column.number), None)
    told = cell_text(summary, name, row.candidate.particulars) if name else ""
    return told or row.candidate.particulars.name


def _examined(clusters: Sequence[Carried]) -> Iterator[Finding]:
    """T104: clusters without a form; T105: with an unsigned one."""
    without = [cluster for cluster in clusters if cluster.form is None]
    unsigned = [cluster for cluster in clusters if cluster.form is not None and not cluster.form.signed]
    if without:
        yield Finding(
            "T104",
            Severity.CHECK,
            f"{len(without)}个集群没有申报表的电子件，光盘、邮件里也没有",
            path=f"各集群的材料 › {FORM}",
            found=carried_names(without),
            remedy="请把收到的签章件放在 --received 的文件夹里，一个集群一个文件夹；只有数据的，可以加 --set-again 重新排印。",
        )
    if unsigned:
        yield Finding(
            "T105",
            Severity.CHECK,
            f"{len(unsigned)}个集群的申报表未签章",
            path=f"各集群的材料 › {FORM}",
            found=carried_names(unsigned),
            remedy="文件名已注明“未签章”。请用 shenbao seal 换上签章扫描件，或把收到的签章件放在 --received 的文件夹里。",
        )


def _unreadable(name: str, source: Source, error: ShenbaoError) -> Finding:
    """T108: the papers of a cluster can't be read."""
    return Finding(
        "T108",
        Severity.MUST,
        f"这个集群的材料读不出来，没有收入：{str(error).rstrip('。')}",
        path=name,
        position=Position(source.candidate.source),
        remedy=error.advice,
    )


def _nameless() -> Finding:
    """T109: the sender is not named."""
    return Finding(
        "T109",
        Severity.NOTE,
        "没有写报送单位，推荐文件、移交清单里空着",
        path="报送单位",
        remedy="请加 --sender 单位全称、--contact 联系人和电话。",
    )
