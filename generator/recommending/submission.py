"""A recommendation as what is handed in again and again: its versions, its copies, what puts printed ones right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.amending import Amended, amend_copies
from generator.comparing import Effect
from generator.corrections.changes import Changes
from generator.corrections.copies import PrintedPaper, Printing
from generator.corrections.enclosures import Enclosure, enclosure_changes
from generator.corrections.papers import Titles
from generator.corrections.records import Record as Correction
from generator.forms.library import Library
from generator.forms.signings import Signing
from generator.forms.snapshot import Snapshot
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.notices.definition import LETTER as LETTER_MATERIAL
from generator.notices.definition import Copies, Notice
from generator.notices.order import COPIES, PAPER, read_copies
from generator.package.drafts import draft_named
from generator.package.manifest import SNAPSHOT, SUBMITTED, ListedFile, Manifest, read_manifest
from generator.package.versions.ledger import Copy, Kind, new_copies
from generator.recommending.asking import OfficeStep, office_step
from generator.recommending.counting import Counts, count_copies
from generator.recommending.printing import HANDOVER, KEYS, LETTER, TABLE
from generator.recommending.receipts import Receipt
from generator.recommending.record import Record, read_record
from generator.recommending.remembered import compare_recommendations, main_role, pages_of, snapshot_of
from generator.recommending.words import RecommendingWords, recommending_words
from generator.submission import SubmissionOf

_ELECTRONIC = ("disc.file", "usb.file")
_PAPERS, _SAID = "推荐材料", "推荐材料的文件夹"
_FILES = {"summary.pdf": TABLE, f"{LETTER}.pdf": LETTER, f"{HANDOVER}.pdf": HANDOVER}


@dataclass(frozen=True)
class OfficeSubmission:
    """What an office hands to the next under a notice; every 稿 is read with the office's words and the notice of today."""

    library: Library
    notice: Notice
    words: RecommendingWords

    records: tuple[Correction, ...] = ()

    @classmethod
    def of(cls, notice: str, library: Library) -> OfficeSubmission:
        """Return the submission under the notice with the id `notice`."""
        return cls(library, library.notice(notice), recommending_words(library))

    def printing(self, folder: Path, name: str) -> Printing:
        """Return the 稿 in `folder` as a print: the office's own papers, and the clusters' that go with them on paper."""
        manifest, record = read_manifest(folder), read_record(folder / SNAPSHOT)
        labels = {role: [page.label for page in pages_of(record, role)] for role in KEYS}
        papers = tuple(
            PrintedPaper(self._called(role), pages_of(record, role), tuple(self._signings(record, role, labels[role])))
            for role in KEYS
            if role in record.documents
        )
        electronic = {file.path: file.sha256 for file in manifest.files if file.role in _ELECTRONIC}
        return Printing(
            name,
            snapshot_of(record, self.words.papers),
            papers,
            electronic,
            main=self._called(main_role(record)),
            enclosed=tuple(self._enclosed(record)),
        )

    def papers(self, manifest: Manifest) -> Iterator[tuple[str, ListedFile]]:
        """Yield the PDFs of the office's own papers."""
        by_role = {_FILES[file.role]: file for file in manifest.files if file.role in _FILES}
        for role in KEYS:
            if role in by_role and by_role[role].path.startswith(f"{SUBMITTED}/"):
                yield self._called(role), by_role[role]

    def titles(self, newest: Printing) -> Titles:
        """Return the names that the papers of a correction print."""
        subject = self.notice.letter.subject or self.words.letter.subject
        title = next((one.printed for one in newest.snapshot.fields if one.path == (newest.main, "标题")), "")
        return Titles(
            subject,
            title or newest.main,
            newest.name,
            newest.snapshot.cluster or self.words.letter.sender,
            self.notice.letter.addressee,
            _PAPERS,
            _SAID,
            recorded=False,
        )

    def compared(self, then: Snapshot, now: Snapshot) -> Changes:
        """Return what differs between what a copy says and what it is to say."""
        return compare_recommendations(then, now)

    def effects(self, then: Path, now: Path) -> Iterator[tuple[str, Effect]]:
        """Yield for each of the office's papers what it is called and what differs between two 稿; cluster's papers with the main one."""
        before, after = (read_record(folder / SNAPSHOT) for folder in (then, now))
        words, main = self.words.papers, main_role(after)
        enclosed = enclosure_changes(tuple(self._enclosed(before)), tuple(self._enclosed(after)))
        for role in KEYS:
            if role in before.documents or role in after.documents:
                changes = compare_recommendations(snapshot_of(before, words, role), snapshot_of(after, words, role))
                yield self._called(role), Effect(changes, enclosed=enclosed if role == main else ())

    def step(self, record: Record) -> OfficeStep:
        """Return the step of the office that made `record`."""
        return office_step(self.notice, record.sender.level)

    def counts(self, record: Record, copies: str = "") -> Counts:
        """Return what is owed for `record`; `copies` go before what the office asked for then."""
        receipts = [Receipt()] * len(record.clusters)
        return count_copies(self.step(record), receipts, copies=copies or record.asked.get(COPIES, ""))

    def copies(self, record: Record, version: int, *, copies: str = "", discs: int | None = None) -> tuple[Copy, ...]:
        """Return the copies of the office's own papers and discs that there are to be of `version`.

        `copies` and `discs` go before what the notice says and the office asked for; where nobody says, there are none. Papers of
        which there are as many go together; those that do not go with the main paper are told apart by their name.
        """
        counts, main = self.counts(record, copies), main_role(record)
        together: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
        for role in (one for one in KEYS if one in record.documents):
            number = self._number(role, record, counts, copies)
            if number is not None:
                together.setdefault((role == HANDOVER, number.names), []).append(role)
        made: list[Copy] = []
        for (_, names), roles in together.items():
            papers = [self._called(role) for role in roles]
            called = names if main in roles else [f"{'、'.join(papers)}{name}" for name in names]
            made += new_copies(called, Kind.PAPER, version, papers)
        burnt = counts.discs if discs is None else discs
        return (*made, *new_copies([f"光盘{number}" for number in range(1, (burnt or 0) + 1)], Kind.DISC, version))

    def names(self, record: Record) -> tuple[str, ...]:
        """Return what the office's own papers of `record` are called."""
        return tuple(self._called(role) for role in KEYS if role in record.documents)

    def _number(self, role: str, record: Record, counts: Counts, copies: str) -> Copies | None:
        if role == HANDOVER:
            return Copies(plain=self.words.copies.handover)
        usual = counts.table or read_copies(copies)
        if role == TABLE:
            return usual
        demands = self.step(record).own.demands
        asked = next((one for one in demands if (one.material, one.medium) == (LETTER_MATERIAL, PAPER)), None)
        return asked.copies if asked is not None and asked.copies is not None else usual

    def _called(self, role: str) -> str:
        return str(getattr(self.words.papers, KEYS[role])) if role in KEYS else ""

    def _signings(self, record: Record, role: str, labels: Sequence[str]) -> Iterator[Signing]:
        places: Mapping[str, int] = record.documents[role].places
        for one in self.words.signings:
            if one.paper == KEYS[role]:
                page = places.get(one.place)
                label = labels[page - 1] if page else ""
                filler = record.sender.name or self.words.letter.sender if one.own else one.place
                yield Signing(
                    self._called(role), one.place, page, label, one.signs, one.seals, one.dated, filler, one.own
                )

    def _enclosed(self, record: Record) -> Iterator[Enclosure]:
        """The clusters' papers that the next office asks for on paper, by what files call them."""
        asked = {count.material for count in self.counts(record).papers if count.asked}
        for number, cluster in enumerate(record.clusters, start=1):
            papers = {one.name: one.sha256 for one in cluster.papers if one.material in asked and _is_print(one.name)}
            yield Enclosure(cluster.name, str(number), papers)


def _is_print(name: str) -> bool:
    return not name.lower().endswith((".docx", ".doc", ".xlsx", ".xls", ".txt"))


def amend_recommendation(series: Path, library: Library, fonts: FontLibrary, *, draft: str = "") -> Amended:
    """Hold every copy of the office's ledger against the 稿 `draft` (the current one where empty), and write what puts them right.

    Raises as `amend` does.
    """
    return amend_copies(series, of_office(library), library, fonts, draft=draft)


def of_office(library: Library) -> SubmissionOf:
    """Return what tells the submission of an office by the manifest of a 稿."""
    return lambda manifest: OfficeSubmission.of(manifest.facts.notice, library)


def recommendation_in(series: Path, library: Library, draft: str = "") -> tuple[OfficeSubmission, Record]:
    """Return the submission that the 稿 `draft` (the current one where empty) of `series` is of, and what that one records."""
    record = read_record(draft_named(series, draft) / SNAPSHOT)
    return OfficeSubmission.of(record.notice, library), record
