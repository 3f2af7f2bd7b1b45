"""Which package a folder holds, and how each file of it stands: as listed, missing, changed, cut short, elsewhere, too many."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path, PurePosixPath

from generator.errors import MissingError, UnreadableError, UsageError, reason_of
from generator.frozen import dataclass
from generator.package.drafts import CURRENT, current_name, drafts
from generator.package.hand_edits import ASIDE
from generator.package.manifest import MANIFEST, SUBMITTED, ListedFile, Manifest, read_manifest
from generator.progress import Progress

_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "system volume information", "$recycle.bin"})
_LEFT_BEGINNINGS = ("~$", ".~", "._", ".building-")


class State(Enum):
    """How a listed file stands."""

    AS_LISTED = "一致"
    ELSEWHERE = "换了名称或位置"
    MISSING = "缺少"
    EMPTY = "空文件"
    SHORTER = "变短"
    CHANGED = "改动"


@dataclass(frozen=True)
class Standing:
    """A listed file: how it stands, and where (relative to the folder, empty where it is missing); `size` in bytes."""

    listed: ListedFile
    state: State
    path: str = ""
    size: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether the content is as listed."""
        return self.state in (State.AS_LISTED, State.ELSEWHERE)


@dataclass(frozen=True)
class Copy:
    """A package, or a part of one, in a folder.

    `part` is the folder of the package that the whole folder is a copy of (`1_报送材料/光盘/内容`), empty for all of it; `excused`
    are the files that a copy need not hold. `extra` are files that are not listed, `left_behind` those of them that systems and
    office programs leave.
    """

    folder: Path
    manifest: Manifest
    part: str
    standings: tuple[Standing, ...]
    excused: tuple[ListedFile, ...] = ()
    extra: tuple[str, ...] = ()
    left_behind: tuple[str, ...] = ()

    def sound(self, role: str) -> Path | None:
        """Return where the file of the role `role` stands, or another with its content, as listed; None without any."""
        digests = {file.sha256 for file in self.manifest.everything if file.role == role}
        paths = (one.path for one in self.standings if one.listed.sha256 in digests and one.is_sound)
        return next((self.folder / path for path in paths), None)


def package_folder(folder: Path) -> Path:
    """Return the folder of the package that `folder` means: itself where it holds a manifest, its current 稿 where it holds 稿.

    The only package one or two folders below is taken, too (a frozen version, the folder of a cluster). Raises UsageError, with their
    names, where there are several, MissingError where `folder` is none, UnreadableError where it holds no package.
    """
    if not folder.is_dir():
        raise MissingError(f"找不到文件夹 {folder}。", "请检查路径是否写对。")
    if (folder / MANIFEST).is_file():
        return folder
    name = current_name(folder)
    if name:
        return folder / name
    below = sorted({path.parent for pattern in (CURRENT, f"*/{CURRENT}") for path in folder.glob(f"*/{pattern}")})
    if len(below) == 1:
        return below[0] / current_name(below[0])
    inside = [path.parent for path in folder.glob(f"*/{MANIFEST}")]
    if not below and len(inside) == 1:
        return inside[0]
    if below:
        listed = "、".join(path.relative_to(folder).as_posix() for path in below)
        raise UsageError(f"{folder} 里有几份成果：{listed}。", "请写明核对哪一份，如再往下写一级文件夹。")
    raise UnreadableError(
        f"{folder} 里没有成果：没有 {MANIFEST}，也没有稿。",
        "请指向一稿的文件夹；光盘、U 盘里不带清单的，用 --against 指明留存的那一稿。",
    )


def compare_copy(folder: Path, manifest: Manifest, progress: Progress) -> Copy:
    """Return how the files in `folder` stand to `manifest`. Every file is read once. Raises UnreadableError for an unreadable folder."""
    present = _present(folder)
    part = _part(manifest, present)
    expected = {_below(part, file.path): file for file in manifest.everything if _is_in(part, file.path)}
    excused = () if part else tuple(_excused(expected, present))
    wanted = {path: file for path, file in expected.items() if file not in excused}
    unlisted = [path for path in present if path not in wanted and path not in (MANIFEST, CURRENT)]
    hashes = _Hashes(folder, present, progress)
    standings, claimed = [], set[str]()
    for path, file in wanted.items():
        standing = _standing(path, file, hashes, unlisted)
        claimed.add(standing.path)
        standings.append(standing)
    rest = [path for path in unlisted if path not in claimed]
    left = [path for path in rest if _is_left_behind(path)]
    extra = [path for path in rest if path not in left]
    return Copy(folder, manifest, part, tuple(standings), excused, tuple(extra), tuple(left))


def read_own_manifest(folder: Path, against: Path | None) -> Manifest:
    """Return the manifest that `folder` is to be held against: its own, or that of the package at `against`."""
    return read_manifest(folder if against is None else package_folder(against))


def standing_drafts(folder: Path) -> tuple[Path, ...]:
    """Return the 稿 beside the one in `folder`, itself among them; none where it is no 稿."""
    return drafts(folder.parent) if folder in drafts(folder.parent) else ()


# ── which part of the package a folder is ──


def _part(manifest: Manifest, present: Mapping[str, int]) -> str:
    """Return the folder of the package that a copy is of: the one whose files are met most; of equals the one that misses least."""
    paths = [file.path for file in manifest.everything]
    folders = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
    best, most = "", (-1, 0)
    for folder in sorted("" if name == "." else name for name in folders):
        inside = [_below(folder, path) for path in paths if _is_in(folder, path)]
        met = sum(path in present for path in inside)
        if (met, -len(inside)) > most:
            best, most = folder, (met, -len(inside))
    return best if most[0] > 0 else ""


def _is_in(folder: str, path: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _below(folder: str, path: str) -> str:
    return path[len(folder) + 1 :] if folder else path


def _excused(expected: Mapping[str, ListedFile], present: Mapping[str, int]) -> Iterator[ListedFile]:
    """Yield what a copy of what leaves the house need not hold: all that is kept in the house, where nothing of it is there."""
    kept = {path: file for path, file in expected.items() if not path.startswith(f"{SUBMITTED}/")}
    if not any(path in present for path in kept):
        yield from kept.values()


# ── how each file stands ──


def _present(folder: Path) -> dict[str, int]:
    """Return the size of each file in `folder` by its path in it, in a settled order; what was kept aside is no part of it."""
    found: dict[str, int] = {}

    def refuse(error: OSError) -> None:
        raise UnreadableError(
            f"读不到 {error.filename}：{reason_of(error)}", "请检查光盘、U 盘或文件夹能否打开。"
        ) from error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if name != ASIDE)
        for name in sorted(names):
            path = Path(parent) / name
            found[path.relative_to(folder).as_posix()] = path.lstat().st_size
    return found


class _Hashes:
    """The hashes of a folder's files, each read once; says how far the reading is."""

    def __init__(self, folder: Path, present: Mapping[str, int], progress: Progress) -> None:
        self._folder = folder
        self.present = present
        self._progress = progress
        self._known: dict[str, str] = {}

    def of(self, path: str) -> str:
        """Return the SHA-256 of the file at `path`, empty where it can't be read."""
        if path not in self._known:
            self._progress("核对校验值", len(self._known), len(self.present))
            try:
                with (self._folder / path).open("rb") as stream:
                    self._known[path] = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError:
                self._known[path] = ""
        return self._known[path]


def _standing(path: str, file: ListedFile, hashes: _Hashes, unlisted: list[str]) -> Standing:
    size = hashes.present.get(path)
    if size is not None:
        if size == file.size and hashes.of(path) == file.sha256:
            return Standing(file, State.AS_LISTED, path, size)
        state = State.EMPTY if size == 0 and file.size else State.SHORTER if size < file.size else State.CHANGED
        return Standing(file, state, path, size)
    for other in unlisted:
        if hashes.present[other] == file.size and hashes.of(other) == file.sha256:
            return Standing(file, State.ELSEWHERE, other, file.size)
    return Standing(file, State.MISSING)


def _is_left_behind(path: str) -> bool:
    return any(part.lower() in _LEFT_BEHIND or part.startswith(_LEFT_BEGINNINGS) for part in PurePosixPath(path).parts)
