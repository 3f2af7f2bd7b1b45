"""Evidence as it was read: items, their files, the pages of these, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.cluster.filekinds import FileKind
from generator.cluster.model import Cluster
from generator.findings import Findings, Position
from generator.frozen import dataclass
from generator.package.evidence.matching import numbers_of
from generator.package.evidence.paper import SourcePage
from generator.package.evidence.remembered import KeptEvidence
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


def items_of(
    cluster: Cluster,
    kept: KeptEvidence | None = None,
    hashes: Mapping[str, str] | None = None,
    words: Mapping[str, Sequence[str]] | None = None,
) -> tuple[EvidenceItem, ...]:
    """Return the evidence of `cluster` by number: from 1 in the order of cluster.yaml.

    Items of a frozen version (`kept`) keep their numbers, the others go on behind (`numbers_of`); `hashes` are the SHA-256 of the
    files by name. `words` tell what items prove as the form prints it, by name: names without words stand on other forms, and are
    told as they are only where nothing else is.
    """
    numbers = numbers_of(cluster.evidence, kept, hashes or {})
    items = (
        EvidenceItem(
            number, item.name, _in_words(_proved(cluster, item.name, item.proves), words), item.files, item.position
        )
        for number, item in zip(numbers, cluster.evidence, strict=True)
    )
    return tuple(sorted(items, key=lambda item: item.number))


def all_findings(read: Sequence[ReadItem]) -> Findings:
    """Return what was found in all files, in the order of the items."""
    return tuple(finding for item in read for source in item.sources for finding in source.findings)


def _proved(cluster: Cluster, name: str, proves: Sequence[str]) -> tuple[str, ...]:
    """What an item proves by its own words, and by those of the facts that name it."""
    facts = (fact.name for fact in (cluster.facts or {}).values() if name in fact.evidence)
    return tuple(dict.fromkeys((*proves, *facts)))


def _in_words(names: tuple[str, ...], words: Mapping[str, Sequence[str]] | None) -> tuple[str, ...]:
    told = (word for name in names for word in (words or {}).get(name, ()))
    return tuple(dict.fromkeys(told)) or names
