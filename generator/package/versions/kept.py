"""The numbers of the last frozen version: pages of evidence, lists, statements keep theirs, whatever is added or withdrawn since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.documents.kept_numbers import Kept
from generator.documents.kept_numbers import from_tree as papers_from
from generator.errors import UnreadableError
from generator.findings import Finding, Findings
from generator.frozen import dataclass
from generator.package.evidence.remembered import KeptEvidence
from generator.package.evidence.remembered import from_tree as evidence_from
from generator.package.evidence.troubles import Trouble
from generator.package.manifest import MANIFEST, SNAPSHOT, read_manifest, sha256
from generator.package.reuse import EVIDENCE_NUMBERS, LIST_NUMBERS, STATEMENT_NUMBERS
from generator.package.versions.frozen import Version, result_of, versions

_UNREADABLE = (OSError, ValueError, KeyError, TypeError, UnreadableError)


@dataclass(frozen=True)
class KeptNumbers:
    """The evidence, the lists, the statements, each of the last version that tells of them; None where none does."""

    evidence: KeptEvidence | None = None
    lists: tuple[Kept, ...] | None = None
    statements: tuple[Kept, ...] | None = None

    @property
    def whole(self) -> bool:
        """Whether versions before tell nothing more."""
        return None not in (self.evidence, self.lists, self.statements)

    def or_else(self, earlier: KeptNumbers) -> KeptNumbers:
        """Return these numbers, those of `earlier` where there are none."""
        return KeptNumbers(
            self.evidence if self.evidence is not None else earlier.evidence,
            self.lists if self.lists is not None else earlier.lists,
            self.statements if self.statements is not None else earlier.statements,
        )


def kept_numbers(series: Path) -> tuple[KeptNumbers, Findings]:
    """Return the numbers that stay in the folder `series`. A version that was damaged is passed over and told of (E302)."""
    try:
        frozen = versions(series)
    except UnreadableError as error:
        return KeptNumbers(), (_unreadable(str(error)),)
    found: list[Finding] = []
    kept = KeptNumbers()
    for version in reversed(frozen):
        try:
            kept = kept.or_else(_remembered(series, version))
        except _UNREADABLE:
            found.append(_unreadable(version.name))
        if kept.whole:
            break
    return kept, tuple(found)


def _remembered(series: Path, version: Version) -> KeptNumbers:
    folder = result_of(series, version)
    snapshot = (folder / SNAPSHOT).read_bytes()
    whole = sha256((folder / MANIFEST).read_bytes()) == version.digest
    if not whole or read_manifest(folder).snapshot.sha256 != sha256(snapshot):
        raise ValueError("no longer what was frozen")
    tree: Mapping[str, Any] = json.loads(snapshot)
    evidence, lists, statements = (tree.get(name) for name in (EVIDENCE_NUMBERS, LIST_NUMBERS, STATEMENT_NUMBERS))
    return KeptNumbers(
        None if evidence is None else evidence_from(evidence),
        None if lists is None else papers_from(lists),
        None if statements is None else papers_from(statements),
    )


def _unreadable(version: str) -> Finding:
    trouble = Trouble.VERSION_UNREADABLE
    return Finding(
        trouble.code,
        trouble.severity,
        "定稿的快照读不出来，佐证材料的页码、情况说明和清单的号没有照它编",
        "定稿",
        found=version,
        remedy="已经打印过的，请先从备份恢复“定稿”文件夹，再生成一稿",
    )
