"""Which cluster folder the 稿 of a series were made from: two clusters of one name must not share a numbering unseen.

The note stands beside the 稿, never in them: what is handed in tells of no computer's folders.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.cluster.load import FILE_NAME
from generator.findings import Finding, Findings, Position, Severity
from generator.package import disk
from generator.package.drafts import name_aside
from generator.package.locking import only_writer
from generator.package.manifest import encode_json

ORIGIN = "数据来源.json"

_FOLDER = "folder"


def origin_findings(series: Path, cluster: Path) -> Findings:
    """Return K205 where the 稿 of the folder `series` were made from another cluster folder than `cluster`, and that one still stands.

    A folder that was moved or renamed is no other one: the old one is gone.
    """
    before = origin(series)
    if before is None or _same(before, cluster):
        return ()
    return (
        Finding(
            code="K205",
            severity=Severity.CHECK,
            message="这里已有的各稿出自另一个集群文件夹，两个文件夹的集群同名",
            position=Position(str(series)),
            found=f"这次 {cluster.absolute()}，以前 {before}",
            remedy="是两个集群的，请改正集群名称，或用 -o 换一个文件夹；是同一个集群的，请只留一个集群文件夹，以免改了一个、漏了另一个。",
        ),
    )


def origin(series: Path) -> Path | None:
    """Return the cluster folder that the 稿 in `series` were made from; None where none is noted, or where it no longer stands."""
    noted = _origin(series)
    return noted if noted is not None and (noted / FILE_NAME).is_file() else None


def note_origin(series: Path, cluster: Path) -> None:
    """Note beside the 稿 in `series` that they were made from the folder `cluster`. Raises OutputError when it can't be written."""
    if _origin(series) == cluster.absolute():
        return
    # The next writer removes what was left half written, and can't tell it from what is being written.
    with disk.telling_failures(series), only_writer(series):
        disk.replace_file(series / ORIGIN, encode_json({_FOLDER: str(cluster.absolute())}), name_aside(series))


def _origin(series: Path) -> Path | None:
    """The folder that was noted, None where there is none or it can't be read."""
    try:
        return Path(str(json.loads((series / ORIGIN).read_bytes())[_FOLDER]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
