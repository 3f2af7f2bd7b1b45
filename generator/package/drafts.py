"""The numbered 稿: written aside, checked, and put in place with one rename. What stands is never altered."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from generator.errors import OutputError, UnreadableError, UsageError
from generator.frozen import dataclass
from generator.package import disk
from generator.package.locking import LOCK, only_writer
from generator.package.manifest import (
    MANIFEST,
    SNAPSHOT,
    ListedFile,
    Manifest,
    ManifestFacts,
    PackageFile,
    draw_up,
    encode,
    encode_json,
    read_manifest,
    sha256,
)
from generator.package.names import safe_name
from generator.package.opening.inspection import inspect, is_whole
from generator.package.sharing import Sharing
from generator.package.stored import reading

CURRENT = "当前.json"

_BUILDING = ".building-"
LONGEST_ASIDE = len(f"{_BUILDING}4194304-01234567")
"""The length of a name that `name_aside` gives, at most: systems count their processes up to four millions."""
_DRAFT = re.compile(r"第([0-9]{3,})稿")
_LAST_NUMBER = 99_999


@dataclass(frozen=True)
class Written:
    """What `write_draft` did: the 稿 that is current now, its manifest, and whether another one was current before."""

    draft: Path
    manifest: Manifest
    changed: bool


def drafts_folder(output: Path, cluster: str, series: str) -> Path:
    """Return the folder below `output` that holds the 稿 of `cluster` (its name) for `series`: a notice's id, or a form's."""
    return output / safe_name(cluster) / safe_name(series)


def series_of(output: Path, cluster: str, name: str = "") -> Path:
    """Return the folder below `output` that holds the 稿 of `cluster` for `name`, a notice's or a form's id: the only one if empty.

    Raises UsageError where there is none, or several to choose from.
    """
    home = output / safe_name(cluster)
    folders = [home / safe_name(name)] if name else sorted(home.iterdir()) if home.is_dir() else []
    built = [folder for folder in folders if drafts(folder)]
    if not built:
        what = f"“{cluster}”" + (f"（{name}）" if name else "")
        raise UsageError(f"{output} 里还没有{what}的稿。", "请先用 shenbao build 生成一稿，或用 -o 指明成果在哪里。")
    if len(built) > 1:
        known = "、".join(folder.name for folder in built)
        raise UsageError(f"“{cluster}”有几份申报：{known}。", "请用 --notice 或 --form 指明是哪一份。")
    return built[0]


def draft_named(series: Path, name: str = "") -> Path:
    """Return the 稿 of the folder `series` called `name` (第003稿, 3), the current one where it is empty.

    Raises UsageError where there is none, UnreadableError for one that is not whole.
    """
    if not name:
        current = current_draft(series)
        if current is None:
            raise UsageError(f"{series} 里没有完整的当前稿。", "请先用 shenbao build 生成一稿。")
        return current
    number = re.fullmatch(r"第?0*([0-9]+)稿?", name.strip())
    found = [draft for draft in drafts(series) if number is not None and _number(draft) == int(number[1])]
    if not found:
        known = "、".join(path.name for path in drafts(series)) or "还没有"
        raise UsageError(f"没有“{name}”这一稿。", f"{series} 里的稿：{known}。")
    if not is_whole(found[0]):
        raise UnreadableError(f"{found[0]} 不完整，或里面的文件被改动过。", "请用 shenbao verify 查看。")
    return found[0]


def write_draft(
    output: Path,
    facts: ManifestFacts,
    files: Sequence[PackageFile],
    snapshot: Mapping[str, object],
    *,
    aside: Mapping[str, bytes] = MappingProxyType({}),
    shared: frozenset[str] = frozenset(),
) -> Written:
    """Write `files`, `snapshot` and their manifest as the next 稿 below `output`, and make it the current one.

    All is written into a folder of its own beside the 稿, read back and opened, and becomes 第NNN稿 with one rename; then 当前.json is
    replaced in one step. Killed anywhere, it leaves what stood before; leftovers are removed by the next call. When the current 稿 has
    the same content, nothing is written. `snapshot` must be JSON's own kinds of value, in a settled order. `aside` are contents to
    be kept beside the 稿 before anything else is done, by their path relative to the folder of the 稿. `shared` are paths of files
    that nobody edits: where the same content stands in the 稿 before, or was written already, the disk keeps it once.

    Raises OutputError when the disk refuses, or what was written fails its check; what stood before stands then, too.
    """
    encoded = encode_json(snapshot)
    manifest = draw_up(facts, files, encoded)
    folder = drafts_folder(output, facts.cluster, facts.series)
    with disk.telling_failures(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with only_writer(folder) as alone:
            if alone:
                _remove_leftovers(folder)
            for path, content in aside.items():
                (folder / path).parent.mkdir(exist_ok=True)
                disk.replace_file(folder / path, content, name_aside(folder))
            pointed = _pointed_at(folder)
            current = current_draft(folder) if pointed is not None and pointed[1] == manifest.digest else None
            if current is not None:
                return Written(current, manifest, changed=False)
            draft = _finished_before(folder, pointed, manifest)
            if draft is None:
                draft = _write_next(folder, manifest, files, encoded, shared)
            _point_at(folder, draft, manifest)
            return Written(draft, manifest, changed=True)


def write_beside(
    draft: Path, suffix: str, facts: ManifestFacts, files: Sequence[PackageFile], snapshot: bytes
) -> Written:
    """Write `files`, the encoded `snapshot` and their manifest into a new folder beside the 稿 `draft`, which stays as it is.

    The folder is called after the 稿, with `suffix` and the next number (`第003稿_签章1`); it comes into being as a 稿 does, whole
    and with one rename. When the last one of that name has the same content, nothing is written. What is the current 稿 stays so.
    Raises OutputError as `write_draft` does.
    """
    manifest = draw_up(facts, files, snapshot)
    folder = draft.parent
    with disk.telling_failures(folder, disk.IN_PLACE), only_writer(folder) as alone:
        if alone:
            _remove_leftovers(folder)
        number = 1
        while (folder / f"{draft.name}{suffix}{number}").exists():
            number += 1
        last = folder / f"{draft.name}{suffix}{number - 1}"
        if number > 1 and _digest(last) == manifest.digest and is_whole(last):
            return Written(last, manifest, changed=False)
        names = (f"{draft.name}{suffix}{free}" for free in range(number, _LAST_NUMBER))
        return Written(_write_as(folder, names, manifest, files, snapshot), manifest, changed=True)


def drafts(folder: Path) -> tuple[Path, ...]:
    """Return the 稿 in `folder` (of `drafts_folder`), whole or not, by number."""
    try:
        numbered = [(_number(path), path) for path in folder.iterdir() if _number(path) and path.is_dir()]
    except OSError:
        return ()
    return tuple(path for _, path in sorted(numbered))


def current_draft(folder: Path) -> Path | None:
    """Return the current 稿 in `folder` (of `drafts_folder`): the one that 当前.json names, or the last one where it is missing.

    None when there is none, or when it is not whole: some file differs from the manifest, or the manifest from 当前.json.
    """
    pointed = _pointed_at(folder)
    if pointed is None:
        standing = drafts(folder)
        return standing[-1] if standing and is_whole(standing[-1]) else None
    name, digest = pointed
    draft = folder / name
    return draft if _digest(draft) == digest and is_whole(draft) else None


def current_name(folder: Path) -> str:
    """Return the name of the 稿 that 当前.json names, or of the last one where it is missing; whole or not. Empty without any."""
    pointed = _pointed_at(folder)
    if pointed is not None:
        return pointed[0]
    return next((draft.name for draft in reversed(drafts(folder))), "")


def has_pointer(folder: Path) -> bool:
    """Whether 当前.json stands in `folder` and names a 稿; that the 稿 is there and whole is `current_draft`'s to say."""
    return _pointed_at(folder) is not None


def trusted_draft(folder: Path) -> Path | None:
    """Return the 稿 in `folder` whose files may be taken over: the one that 当前.json names, with the manifest that it had then.

    None where there is none, or another manifest, or nothing says what it was: its files may be anybody's. A file may still
    differ from the manifest.
    """
    pointed = _pointed_at(folder)
    return folder / pointed[0] if pointed is not None and _digest(folder / pointed[0]) == pointed[1] else None


def _pointed_at(folder: Path) -> tuple[str, str] | None:
    """Return what 当前.json says: the name of the 稿 and the SHA-256 of its manifest; None when it says nothing."""
    try:
        tree = json.loads((folder / CURRENT).read_bytes())
        name, digest = tree["current"], tree["manifest_sha256"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(name, str) or not isinstance(digest, str) or not _DRAFT.fullmatch(name):
        return None
    return name, digest


def _point_at(folder: Path, draft: Path, manifest: Manifest) -> None:
    pointer = encode_json({"current": draft.name, "manifest_sha256": manifest.digest})
    disk.replace_file(folder / CURRENT, pointer, name_aside(folder))


def _finished_before(folder: Path, pointed: tuple[str, str] | None, manifest: Manifest) -> Path | None:
    """Return the 稿 that an earlier call put in place, killed before it could point there, if it is what we are to write."""
    after = _number(folder / pointed[0]) if pointed is not None else 0
    for draft in drafts(folder):
        if _number(draft) > after and _digest(draft) == manifest.digest and is_whole(draft):
            return draft
    return None


def _write_next(
    folder: Path, manifest: Manifest, files: Sequence[PackageFile], snapshot: bytes, shared: frozenset[str]
) -> Path:
    standing = drafts(folder)
    first = _number(standing[-1]) + 1 if standing else 1
    names = (f"第{number:03d}稿" for number in range(first, _LAST_NUMBER))
    before = trusted_draft(folder)
    opened = _opened_before(folder)
    known = {file.sha256: before / file.path for file in opened} if before and shared else {}
    return _write_as(folder, names, manifest, files, snapshot, opened, Sharing(shared, known))


def _opened_before(folder: Path) -> Sequence[ListedFile]:
    """The files of the 稿 before, which were opened when it was written; none where its manifest is not the one pointed at."""
    pointed = _pointed_at(folder)
    if pointed is None or _digest(folder / pointed[0]) != pointed[1]:
        return ()
    try:
        return read_manifest(folder / pointed[0]).files
    except UnreadableError:
        return ()


def _write_as(
    folder: Path,
    names: Iterable[str],
    manifest: Manifest,
    files: Sequence[PackageFile],
    snapshot: bytes,
    opened: Sequence[ListedFile] = (),
    sharing: Sharing | None = None,
) -> Path:
    """Write everything into a folder aside, examine it, and give it the first of `names` that is free in `folder`.

    `opened` are files of the same tool that were opened before.
    """
    aside = name_aside(folder)
    try:
        aside.mkdir()
        for file in files:
            if sharing is not None and sharing.linked(file, aside / file.path):
                continue
            with reading(file.body) as body:
                disk.copy_file(aside / file.path, body)
        disk.write_file(aside / SNAPSHOT, snapshot)
        disk.write_file(aside / MANIFEST, encode(manifest))
        inspect(aside, manifest, opened, sharing.shared if sharing is not None else frozenset())
        disk.sync_tree(aside)
        for name in names:
            if disk.rename_folder(aside, folder / name):
                return folder / name
    except BaseException:
        disk.remove(aside)
        raise
    raise OutputError(f"稿的编号用完了：{folder}", "请用 -o 换一个文件夹。")


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed calls left. Only for the holder of the writer's lock: nobody else is writing then."""
    for path in folder.iterdir():
        if path.name.startswith(_BUILDING) and path.name != LOCK:
            disk.remove(path)


def name_aside(folder: Path) -> Path:
    """Return a name in `folder`, not taken yet, for what is written before it is put in place."""
    return folder / f"{_BUILDING}{os.getpid()}-{secrets.token_hex(4)}"


def _digest(draft: Path) -> str:
    """Return the SHA-256 of the manifest of `draft`, empty when there is none."""
    try:
        return sha256((draft / MANIFEST).read_bytes())
    except OSError:
        return ""


def _number(draft: Path) -> int:
    """Return the number of a 稿, 0 when the name is not that of one."""
    match = _DRAFT.fullmatch(draft.name)
    return int(match[1]) if match else 0
