"""All examinations of a package, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.errors import UnreadableError
from generator.frozen import replace
from generator.package.manifest import SNAPSHOT
from generator.package.origins import origin
from generator.package.snapshot import is_recommendation, read_snapshot
from generator.package.verification import authenticity, completeness, safety, usability
from generator.package.verification.copies import compare_copy, package_folder, read_own_manifest
from generator.package.verification.opening import open_files
from generator.package.verification.today import Today, compare_today
from generator.package.verification.values import Examination, Verification
from generator.progress import Progress, silent

_MANY = "推荐材料由各集群的成果汇成，各集群的数据请对各集群的成果用 shenbao verify 核对"


def verify_package(
    folder: Path, today: Today, *, against: Path | None = None, progress: Progress = silent
) -> Verification:
    """Examine the package in `folder`: a 稿, the folder of the 稿 (then the current one), a sealed folder, or a copy of any of them.

    `against` is the 稿 whose manifest counts where the copy has none of its own (a disc); `today` is what the package is compared
    with to tell whether it is of today. Nothing is written.
    Raises MissingError where there is no folder, UnreadableError where it holds no package or can't be read, UsageError where it
    holds several.
    """
    place = folder if against is not None and folder.is_dir() else package_folder(folder)
    manifest = read_own_manifest(place, against)
    copy = compare_copy(place, manifest, progress)
    opened = open_files(place, copy.standings, progress)
    snapshot = copy.sound("snapshot") or _kept_snapshot(against)
    data = _recorded_data(snapshot)
    progress("与今天的数据比对")
    why = _MANY if snapshot is not None and is_recommendation(snapshot) else ""
    now, is_today = compare_today(manifest, data, _told_origin(today, place, against), why)
    progress("重新排版核对")
    examinations: tuple[Examination, ...] = (
        *authenticity.examine(copy, snapshot, today),
        *completeness.examine(copy, opened),
        *usability.examine(copy, opened),
        *safety.examine(opened),
        *now,
    )
    return Verification(str(place), manifest, copy.part, examinations, is_today)


def _told_origin(today: Today, place: Path, against: Path | None) -> Today:
    """`today` with the cluster folder that the 稿 were made from, where that is noted beside them and nobody named another."""
    if today.cluster is not None:
        return today
    kept = place if against is None else package_folder(against)
    noted = (origin(series) for series in kept.resolve().parents[:2])
    return replace(today, cluster=next((folder for folder in noted if folder is not None), None))


def _kept_snapshot(against: Path | None) -> Path | None:
    return None if against is None else package_folder(against) / SNAPSHOT


def _recorded_data(snapshot: Path | None) -> Mapping[str, str] | None:
    """Return the hashes of the data that a snapshot records; None where there is no snapshot, or it can't be read."""
    try:
        return None if snapshot is None else read_snapshot(snapshot).data
    except UnreadableError:
        return None
