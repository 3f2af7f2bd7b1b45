"""The evidence of the last frozen version: its page numbers stay, whatever is added, replaced or withdrawn since."""

from __future__ import annotations

import json
from pathlib import Path

from generator.errors import UnreadableError
from generator.findings import Finding, Findings
from generator.package.evidence.remembered import KeptEvidence, from_tree
from generator.package.evidence.troubles import Trouble
from generator.package.manifest import MANIFEST, SNAPSHOT, read_manifest, sha256
from generator.package.reuse import EVIDENCE_NUMBERS
from generator.package.versions.frozen import Version, result_of, versions

_UNREADABLE = (OSError, ValueError, KeyError, TypeError, UnreadableError)


def kept_evidence(series: Path) -> tuple[KeptEvidence | None, Findings]:
    """Return the evidence of the last version of the folder `series` that holds any, None where none does.

    A version that was damaged is passed over and told of (E302).
    """
    try:
        frozen = versions(series)
    except UnreadableError as error:
        return None, (_unreadable(str(error)),)
    found: list[Finding] = []
    for version in reversed(frozen):
        try:
            kept = _remembered(series, version)
        except _UNREADABLE:
            found.append(_unreadable(version.name))
            continue
        if kept is not None:
            return kept, tuple(found)
    return None, tuple(found)


def _remembered(series: Path, version: Version) -> KeptEvidence | None:
    folder = result_of(series, version)
    snapshot = (folder / SNAPSHOT).read_bytes()
    whole = sha256((folder / MANIFEST).read_bytes()) == version.digest
    if not whole or read_manifest(folder).snapshot.sha256 != sha256(snapshot):
        raise ValueError("no longer what was frozen")
    told = json.loads(snapshot).get(EVIDENCE_NUMBERS)
    return None if told is None else from_tree(told)


def _unreadable(version: str) -> Finding:
    trouble = Trouble.VERSION_UNREADABLE
    return Finding(
        trouble.code,
        trouble.severity,
        "定稿的快照读不出来，佐证材料没有照它的页码编",
        "佐证材料",
        found=version,
        remedy="已经打印过的，请先从备份恢复“定稿”文件夹，再生成一稿",
    )
