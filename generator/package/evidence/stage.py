"""The evidence of a package in one step: read, planned, bound; and everything that the outcome follows from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.findings import Findings, blocking
from generator.forms.library import Library
from generator.frozen import replace
from generator.measure.fonts import FontLibrary
from generator.package.evidence.binding import bind_evidence, plan_evidence, printed_pages, recorded
from generator.package.evidence.fronts import DOCUMENTS
from generator.package.evidence.reading import read_evidence
from generator.package.evidence.remembered import KeptEvidence, as_tree
from generator.package.evidence.source import EvidenceItem, all_findings
from generator.package.evidence.volumes import VolumeSettings
from generator.package.gathered import faces_of
from generator.package.printing.settings import print_settings
from generator.package.reuse import EVIDENCE_NUMBERS, EVIDENCE_PLACES, Memory, StageResult, digest_of
from generator.progress import Progress, silent

STAGE = "evidence"


def look_through(items: Sequence[EvidenceItem], folder: Path, progress: Progress = silent) -> Findings:
    """Return what is found in the files of `items`, which stand in `folder`, without binding them."""
    return all_findings(read_evidence(items, folder, progress))


def evidence_volumes(
    items: Sequence[EvidenceItem],
    folder: Path,
    hashes: Mapping[str, str],
    subject: str,
    stem: str,
    library: Library,
    fonts: FontLibrary,
    memory: Memory,
    *,
    mark: str = "",
    kept: KeptEvidence | None = None,
    progress: Progress = silent,
) -> StageResult:
    """Return the volumes of `items`, whose files stand in `folder`; `told` says where every item stands, and all numbers ever given.

    `hashes` are the SHA-256 of the files by name; `subject` is the cluster's name, `stem` what the volumes' names begin with,
    `mark` stands at the head of every page (草稿); nothing is bound without it while a finding blocks. `kept` is the evidence of
    the last frozen version. What the 稿 before holds of the same files is taken over by `memory`.
    Raises OutputError where a file changes meanwhile.
    """
    settings = VolumeSettings(sheets=print_settings(library).sheets_per_volume)
    named = [(item.number, item.name, item.proves, item.files) for item in items]
    contents = {name: hashes.get(name, "") for item in items for name in item.files}
    designed = [library.document(document) for document in DOCUMENTS]
    inputs = [named, contents, subject, stem, mark, settings, designed, fonts.identity]
    made_of = digest_of([memory.maker, inputs])
    basis = _basis(kept, made_of)

    def make() -> StageResult:
        read = read_evidence(items, folder, progress)
        plan = plan_evidence(read, subject, library, fonts, settings, mark=mark, kept=kept, hashes=contents)
        if blocking(plan.findings) and not mark:
            return StageResult(findings=plan.findings, skipped=plan.skipped, told={})
        faces = frozenset[str]().union(*(faces_of(pages) for pages in printed_pages(plan, fonts)))
        files = bind_evidence(plan, fonts, stem=stem, progress=progress, hashes=contents)
        remembered = replace(plan.remembered, made_of=made_of, basis=basis)
        told = {EVIDENCE_PLACES: recorded(plan), EVIDENCE_NUMBERS: as_tree(remembered)}
        return StageResult(files, plan.findings, faces, plan.skipped, told)

    return memory.once(STAGE, [*inputs, basis], make, places=[item.position for item in items])


def _basis(kept: KeptEvidence | None, made_of: str) -> str:
    """Return what page numbers follow from besides what the volumes are made of.

    A version that was made of the same has the same numbers, whether they are given on from it or from what it was made after: freezing
    a 稿 changes nothing in the next.
    """
    if kept is None:
        return ""
    return kept.basis if kept.made_of == made_of else digest_of(as_tree(kept))
