"""更正 after a build: what the copies of the ledger hold is read, compared with the newest 稿, and what puts them right is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.corrections.copies import CopyCorrection, Printing, held_snapshot, plan_corrections, with_notice
from generator.corrections.history import Recorded, recorded_since
from generator.corrections.papers import (
    Group,
    Titles,
    groups_of,
    held_in_words,
    notice_context,
    notices_of,
    others_of,
    record_context,
    slip_context,
)
from generator.corrections.rules import read_correction_rules
from generator.corrections.tree import corrections_as_tree
from generator.documents.printing import print_document
from generator.errors import ShenbaoError, UsageError
from generator.findings import Finding, Findings, Severity
from generator.forms.library import Library
from generator.forms.snapshot import Snapshot
from generator.measure.fonts import FontLibrary
from generator.notices.order import Order
from generator.package.beside import write_folder
from generator.package.drafts import current_name, draft_named, has_pointer
from generator.package.manifest import MANIFEST, Manifest, encode_json, read_manifest, sha256
from generator.package.printing.copies import sheets_in_one
from generator.package.versions.frozen import Version, standing_result, version_name, versions
from generator.package.versions.ledger import Ledger, doubts, read_ledger
from generator.submission import Submission, SubmissionOf, of_cluster, sheets_in

FOLDER = "更正"
"""The folder of a series that holds what puts copies right, a folder for each 稿."""

_SLIP, _NOTICE, _RECORD, _PRINT, _TREE = "换页单", "更正说明", "更正记录", "换页打印稿", "更正.json"
_ENCLOSED = "附页"


@dataclass(frozen=True)
class Amended:
    """What becomes of every copy, held against the 稿 `draft`; the folder written for it (None where nothing is to be done).

    `findings` tell what the ledger says that can't be.
    """

    draft: str
    corrections: tuple[CopyCorrection, ...] = ()
    folder: Path | None = None
    changed: bool = False
    files: tuple[str, ...] = ()
    findings: Findings = ()


def amend(
    series: Path, order: Order, library: Library, fonts: FontLibrary, *, cluster: Path | None = None, draft: str = ""
) -> Amended:
    """Hold every copy of the ledger of `series` against the 稿 `draft` (the current one where empty), and write what puts them right.

    That is the folder 更正/第NNN稿 with 换页单, 更正说明, 更正记录 and the sheets to print; nothing is written where no printed
    copy or disc differs. `cluster` is the folder that the record of corrections lies in.
    Raises UsageError for a 稿 marked 草稿, UnreadableError for a ledger, record or 稿 that can't be read, OutputError as `write_folder`.
    """
    return amend_copies(series, of_cluster(order, library, cluster), library, fonts, draft=draft)


def amend_copies(
    series: Path, submission: SubmissionOf, library: Library, fonts: FontLibrary, *, draft: str = ""
) -> Amended:
    """Do what `amend` does for the `submission` that the manifest of the 稿 tells. Raises as that does."""
    ledger, kept = read_ledger(series), versions(series)
    if (not ledger.copies or not kept) and not draft and has_pointer(series):
        return Amended(current_name(series))
    newest = draft_named(series, draft)
    manifest = read_manifest(newest)
    if manifest.facts.draft:
        raise UsageError(f"{newest.name} 是草稿，不能拿来更正。", "请改正“必须改”的问题，不加 --draft 重新生成一稿。")
    if not ledger.copies or not kept:
        return Amended(newest.name)
    made = _Amending(series, newest, manifest, ledger, kept, submission(manifest), library, fonts)
    corrections, files, findings = made.all()
    if not files:
        return Amended(newest.name, corrections, findings=findings)
    folder, changed = write_folder(series, f"{FOLDER}/{newest.name}", files)
    return Amended(newest.name, corrections, folder, changed, tuple(files), findings)


def amend_or_tell(
    series: Path, order: Order, library: Library, fonts: FontLibrary, *, cluster: Path
) -> tuple[Amended | None, Findings]:
    """Do what `amend` does for the current 稿; what keeps it from that comes back as a finding (G101): the 稿 stands already.

    So does what the ledger says that can't be (G102).
    """
    return told_if_not(lambda: amend(series, order, library, fonts, cluster=cluster))


def told_if_not(make: Callable[[], Amended]) -> tuple[Amended | None, Findings]:
    """Return what `make` gives and its doubts (G102); what keeps it from that comes back as a finding (G101)."""
    try:
        amended = make()
        return amended, amended.findings
    except ShenbaoError as error:
        told = Finding(
            "G101",
            Severity.CHECK,
            "新稿已生成，但已打印各份的更正材料没有写出",
            found=str(error),
            remedy=f"{error.advice}然后运行 shenbao correct。",
        )
        return None, (told,)


def _ledger_doubts(ledger: Ledger, kept: Sequence[Version], printings: Mapping[int, Printing]) -> Iterator[Finding]:
    """What the ledger says that can't be (G102): versions that never were, sheets that they have not."""
    known = {version.number for version in kept}
    sheets = {number: sheets_in(printing) for number, printing in printings.items()}
    for copy in ledger.copies:
        never = sorted({copy.version, *(one.version for one in copy.exchanges)} - known)
        told = [f"没有{version_name(number)}" for number in never]
        for words in (*told, *doubts(copy, sheets)):
            remedy = "请照换页单改正这一行；已定稿的各版用 shenbao history 列出。"
            yield Finding("G102", Severity.CHECK, f"台账里“{copy.name}”记得不对", found=words, remedy=remedy)


@dataclass(frozen=True)
class _Amending:
    """One 稿 and the copies that are held against it."""

    series: Path
    newest: Path
    manifest: Manifest
    ledger: Ledger
    versions: tuple[Version, ...]
    submission: Submission
    library: Library
    fonts: FontLibrary

    def all(self) -> tuple[tuple[CopyCorrection, ...], dict[str, bytes], Findings]:
        """Return what becomes of every copy, the files that put them right (none where no printed copy differs), and the doubts."""
        newest = self.submission.printing(self.newest, self._called())
        printings = dict(self._printings())
        doubtful = tuple(_ledger_doubts(self.ledger, self.versions, printings))
        rules = read_correction_rules(self.library)
        corrections = plan_corrections(self.ledger, printings, newest, rules, self.submission.compared)
        if not any(one.offers and one.copy.printed for one in corrections):
            return corrections, {}, doubtful
        titles = self.submission.titles(newest)
        files: dict[str, bytes] = {}
        corrections = self._notices(corrections, titles, files)
        groups = groups_of(corrections, _PRINT)
        version, frozen = self._version()
        slip = slip_context(corrections, groups, titles, version, frozen=frozen)
        files |= dict(self._documents("exchange-slip", _SLIP, slip))
        files |= self._prints(groups, titles)
        since, then = self._oldest(corrections, printings, newest)
        recorded = self._recorded(since, then, newest.snapshot)
        record = record_context(corrections, self.submission.compared(then, newest.snapshot), recorded, titles)
        files |= dict(self._documents("correction-record", _RECORD, record))
        return corrections, {**files, _TREE: encode_json(corrections_as_tree(corrections))}, doubtful

    def _called(self) -> str:
        """第003稿, and the version that it became."""
        number, frozen = self._version()
        return f"{version_name(number)}（{self.newest.name}）" if frozen else self.newest.name

    def _version(self) -> tuple[int, bool]:
        """The number of the version that the 稿 is, or will be; whether it is one already."""
        digest = sha256((self.newest / MANIFEST).read_bytes())
        same = next((version for version in self.versions if version.digest == digest), None)
        return (same.number, True) if same else (self.versions[-1].number + 1, False)

    def _printings(self) -> Iterator[tuple[int, Printing]]:
        """The versions that copies are of, as far as they can still be read."""
        for version in self.versions:
            if (folder := standing_result(self.series, version)) is not None:
                yield version.number, self.submission.printing(folder, version.name)

    def _documents(self, identifier: str, name: str, context: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
        definition = self.library.document(identifier)
        printed = print_document(definition, context, self.fonts, subject=self.manifest.facts.cluster)
        yield f"{name}.docx", printed.docx
        yield f"{name}.pdf", printed.pdf

    def _notices(
        self, corrections: Sequence[CopyCorrection], titles: Titles, files: dict[str, bytes]
    ) -> tuple[CopyCorrection, ...]:
        """Put 更正说明 into `files`, one for all copies of which the same is told; return `corrections` with its sheets counted."""
        together = notices_of(corrections)
        counted: dict[str, CopyCorrection] = {}
        for number, same in enumerate(together, start=1):
            name = f"{_NOTICE}{number}" if len(together) > 1 else _NOTICE
            definition = self.library.document("correction-notice")
            context = notice_context(same, titles)
            printed = print_document(definition, context, self.fonts, subject=self.manifest.facts.cluster)
            files |= {f"{name}.docx": printed.docx, f"{name}.pdf": printed.pdf}
            if enclosed := [(each.paper, each.new_sheets) for each in others_of(same[0]) if each.new_sheets]:
                files[f"{name}{_ENCLOSED}.pdf"] = self._sheets(enclosed, f"{titles.form}（{_NOTICE}{_ENCLOSED}）")
            sheets = (len(printed.pages.pages) + 1) // 2
            counted |= {one.copy.name: with_notice(one, sheets) for one in same}
        return tuple(counted.get(one.copy.name, one) for one in corrections)

    def _prints(self, groups: Sequence[Group], titles: Titles) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        for group in groups:
            if group.file not in made:
                made[group.file] = self._sheets(group.corrections[0].exchange, f"{titles.form}（{_PRINT}）")
        return made

    def _sheets(self, wanted: Sequence[tuple[str, tuple[int, ...]]], title: str) -> bytes:
        """Return a PDF of these sheets of the papers by name."""
        pdfs = {material: file.path for material, file in self.submission.papers(self.manifest)}
        papers = [(name, (self.newest / pdfs[name]).read_bytes(), sheets) for name, sheets in wanted]
        return sheets_in_one(papers, title)[0]

    def _oldest(
        self, corrections: Sequence[CopyCorrection], printings: Mapping[int, Printing], newest: Printing
    ) -> tuple[CopyCorrection | None, Snapshot]:
        """The printed copy of the oldest version that differs, and what it says; where none can be read, what is new."""
        known = [one for one in corrections if one.known and one.offers and one.copy.printed]
        if not known:
            return None, newest.snapshot
        oldest = min(known, key=lambda one: one.copy.version)
        return oldest, held_snapshot(oldest.copy, printings)

    def _recorded(self, since: CopyCorrection | None, then: Snapshot, now: Snapshot) -> Recorded:
        if since is None:
            return Recorded()
        frozen = next(one.frozen for one in self.versions if one.number == since.copy.version)
        items = (*(then.evidence or ()), *(now.evidence or ()))
        evidence = frozenset(name for item in items for name in item.files)
        called = f"{since.copy.name}（{held_in_words(since)}）"
        return recorded_since(called, self.submission.records, then.data, now.data, frozen=frozen, evidence=evidence)
