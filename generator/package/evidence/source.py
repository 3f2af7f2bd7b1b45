"""Evidence as it was read: items, their files, the pages of these, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.cluster.filekinds import FileKind
from generator.cluster.model import Cluster
from generator.findings import Findings, Position
from generator.frozen import dataclass
from generator.package.evidence.paper import SourcePage
from generator.package.manifest import Skipped


@dataclass(frozen=True)
class EvidenceItem:
    """An item of evidence under its number: what it is called, what it proves, its files as written in cluster.yaml."""

    number: int
    name: str
    proves: tuple[str, ...]
    files: tuple[str, ...]
    position: Position | None = None


@dataclass(frozen=True)
class Source:
    """One file of an item, looked through.

    `kind` and `pages` tell what there is to bind; where it can't be bound, `refused` says why, and there are no pages. `size` is in
    bytes, and with `changed` (nanoseconds, as the system tells it) what the file is known by until it is bound. `too_deep`: a picture
    that must lose depth to be printed.
    """

    file: str
    path: Path
    kind: FileKind | None = None
    pages: tuple[SourcePage, ...] = ()
    refused: str = ""
    findings: Findings = ()
    skipped: tuple[Skipped, ...] = ()
    size: int = 0
    changed: int = 0
    too_deep: bool = False


@dataclass(frozen=True)
class ReadItem:
    """An item with its files looked through, in the order given."""

    item: EvidenceItem
    sources: tuple[Source, ...]


def items_of(cluster: Cluster, kept: Mapping[str, int] | None = None) -> tuple[EvidenceItem, ...]:
    """Return the evidence of `cluster`, numbered from 1 in the order of cluster.yaml.

    Items that have a number since a version was frozen (`kept`, by name) keep it and come first; the others go on behind the
    highest of these numbers. The numbers of items that are no more stay unused.
    """
    numbers = dict(kept or {})
    for number, item in enumerate(
        (item for item in cluster.evidence if item.name not in numbers), start=max(numbers.values(), default=0) + 1
    ):
        numbers[item.name] = number
    return tuple(
        EvidenceItem(numbers[item.name], item.name, _proved(cluster, item.name, item.proves), item.files, item.position)
        for item in sorted(cluster.evidence, key=lambda item: numbers[item.name])
    )


def all_findings(read: Sequence[ReadItem]) -> Findings:
    """Return what was found in all files, in the order of the items."""
    return tuple(finding for item in read for source in item.sources for finding in source.findings)


def _proved(cluster: Cluster, name: str, proves: Sequence[str]) -> tuple[str, ...]:
    """What an item proves by its own words, and by those of the facts that name it."""
    facts = (fact.name for fact in (cluster.facts or {}).values() if name in fact.evidence)
    return tuple(dict.fromkeys((*proves, *facts)))
