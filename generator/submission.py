"""What is handed in again and again: how its 稿 are read as prints, and what its papers are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.corrections.changes import Changes
from generator.corrections.compare import compare
from generator.corrections.copies import PrintedPaper, Printing
from generator.corrections.papers import Titles
from generator.corrections.records import RECORDS, Record, read_records
from generator.corrections.sheets import sheets_of
from generator.errors import UnreadableError, reason_of
from generator.forms.definition import Form
from generator.forms.definition_document import SIGNED
from generator.forms.library import Library
from generator.forms.snapshot import RememberedPage, Snapshot
from generator.notices.definition import FORM
from generator.notices.order import Order
from generator.package.manifest import SNAPSHOT, SUBMITTED, ListedFile, Manifest, read_manifest
from generator.package.names import in_order
from generator.package.printing.binding import material_of
from generator.package.printing.settings import print_settings
from generator.package.printing.signatures import signings_at
from generator.package.snapshot import read_snapshot
from generator.package.versions.frozen import standing_result, versions
from generator.package.versions.ledger import SheetsKnown

_OPERATOR = "运营管理机构名称"
_ELECTRONIC = frozenset({"disc.file", "usb.file"})
_FOR_PRINTING = f"{SUBMITTED}/打印/"


class Submission(Protocol):
    """What is handed in again and again, a cluster's or an office's: how its 稿 are read as prints, and what its papers are called."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The corrections that were recorded with their reasons."""

    def printing(self, folder: Path, name: str) -> Printing:
        """Return what copies of the 稿 in `folder`, called `name`, are printed of. Raises UnreadableError where it can't be read."""

    def papers(self, manifest: Manifest) -> Iterator[tuple[str, ListedFile]]:
        """Yield the PDFs of the papers that copies hold, by what they are called and in order."""

    def titles(self, newest: Printing) -> Titles:
        """Return the names that the papers of a correction print."""

    def compared(self, then: Snapshot, now: Snapshot) -> Changes:
        """Return what differs between what a copy says and what it is to say."""


SubmissionOf = Callable[[Manifest], Submission]
"""What tells by the manifest of a 稿 which submission it is of."""


@dataclass(frozen=True)
class ClusterSubmission:
    """A cluster's own submission: its form, what it was built for, and the folder of its data, where that is known."""

    form: Form
    name: str
    order: Order
    library: Library
    cluster: Path | None = None

    def printing(self, folder: Path, name: str) -> Printing:
        """Return the 稿 in `folder` as a print."""
        return _printing_of(folder, name, self.form, self.order, self.library)

    def papers(self, manifest: Manifest) -> Iterator[tuple[str, ListedFile]]:
        """Yield the papers that every copy holds."""
        return _papers_in(manifest, self.order)

    def titles(self, newest: Printing) -> Titles:
        """Return the cluster's, its operator's and the form's names."""
        notice = self.order.notice
        operator = newest.snapshot.particulars.value(_OPERATOR, self.form.id)
        recipient = notice.application.recipient if notice else ""
        return Titles(self.name, self.form.title, newest.name, operator, recipient)

    def compared(self, then: Snapshot, now: Snapshot) -> Changes:
        """Return what differs on the form."""
        return compare(then, now)

    @property
    def records(self) -> tuple[Record, ...]:
        """The corrections recorded beside cluster.yaml."""
        if self.cluster is None:
            return ()
        path = (self.cluster if self.cluster.is_dir() else self.cluster.parent) / RECORDS
        try:
            return read_records(path.read_bytes())
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise UnreadableError(
                f"读不到 {path}：{reason_of(error)}", "请关闭打开着它的程序，检查有没有读取的权限。"
            ) from error


def of_cluster(order: Order, library: Library, cluster: Path | None = None) -> SubmissionOf:
    """Return what tells the submission of a cluster that was built for `order` by the manifest of a 稿."""

    def submission(manifest: Manifest) -> Submission:
        facts = manifest.facts
        return ClusterSubmission(library.form(facts.form), facts.cluster, order, library, cluster)

    return submission


def _printing_of(folder: Path, name: str, form: Form, order: Order, library: Library) -> Printing:
    """Return what copies of the 稿 in `folder`, called `name`, are printed of. Raises UnreadableError where it can't be read."""
    manifest, snapshot = read_manifest(folder), read_snapshot(folder / SNAPSHOT)
    signings = snapshot.signings
    if signings is None:
        places = {f"{SIGNED}{label}": page for label, page in snapshot.seals.items()}
        labels = [page.label for page in snapshot.pages]
        signings = signings_at(form, places, labels, print_settings(library).signing, FORM)
    papers = tuple(
        PrintedPaper(
            material,
            snapshot.pages if material == FORM else _pages(file, snapshot),
            tuple(one for one in signings if one.paper == material),
        )
        for material, file in _papers_in(manifest, order)
    )
    return Printing(name, snapshot, papers, _electronic(manifest), order.seam)


def sheets_known(series: Path, submission: SubmissionOf) -> SheetsKnown:
    """Return how many sheets the papers of the versions of `series` have, of those that can still be read."""
    found: dict[int, Mapping[str, int]] = {}
    for version in versions(series):
        if (folder := standing_result(series, version)) is not None:
            found[version.number] = sheets_in(submission(read_manifest(folder)).printing(folder, version.name))
    return found


def sheets_in(printing: Printing) -> Mapping[str, int]:
    """Return how many sheets each paper of `printing` has, the main one first."""
    papers = sorted(printing.papers, key=lambda paper: paper.name != printing.main)
    return {paper.name: len(sheets_of(paper.pages)) for paper in papers}


def _papers_in(manifest: Manifest, order: Order) -> Iterator[tuple[str, ListedFile]]:
    """Yield what every copy holds, by name and in order: the PDFs handed in, but those of which another number of copies is.

    A paper is called by its material, from the second volume of it on by the volume, too (佐证材料第2册).
    """
    found = [file for file in manifest.files if file.pages and file.path.endswith(".pdf") and file.path.count("/") == 1]
    volumes: Counter[str] = Counter()
    for file in sorted(found, key=lambda one: in_order(one.path)):
        place, _, name = file.path.partition("/")
        copies = order.copies_of(material := material_of(name, order.files))
        if place == SUBMITTED and (copies is None or order.copies is None or copies.total == order.copies.total):
            volumes[material] += 1
            yield material if volumes[material] == 1 else f"{material}第{volumes[material]}册", file


def _pages(file: ListedFile, snapshot: Snapshot) -> tuple[RememberedPage, ...]:
    """The pages of a paper but the form; where nothing is known of them, all are new with the file."""
    known = snapshot.papers.get(file.path, ())
    if len(known) != file.pages:
        known = tuple(f"{file.sha256}-{number}" for number in range(1, (file.pages or 0) + 1))
    labels = snapshot.labels.get(file.path, ())
    if len(labels) != len(known):
        labels = tuple(str(number) for number in range(1, len(known) + 1))
    return tuple(RememberedPage(label, fingerprint) for label, fingerprint in zip(labels, known, strict=True))


def _electronic(manifest: Manifest) -> Mapping[str, str]:
    on_media = {file.path: file.sha256 for file in manifest.files if file.role in _ELECTRONIC}
    handed_in = (file for file in manifest.files if file.path.startswith(f"{SUBMITTED}/"))
    return on_media or {file.path: file.sha256 for file in handed_in if not file.path.startswith(_FOR_PRINTING)}
