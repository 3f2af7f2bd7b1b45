"""Which 稿 is sealed, and which ones a clerk may have printed and signed."""

from __future__ import annotations

import re
from pathlib import Path

from generator.errors import UnreadableError, UsageError
from generator.forms.library import Library
from generator.package.drafts import CURRENT, draft_named, drafts
from generator.package.manifest import MANIFEST
from generator.package.sealing.sheets import StandingDraft, read_draft
from generator.package.versions.frozen import result_of, version_named, versions

_VERSION = re.compile(r"第?[0-9]+版")


def find_draft(source: Path, library: Library, name: str = "") -> StandingDraft:
    """Return the 稿 called `name` (第003稿, 3, or 第01版, what was frozen of it) at `source`, the current one without a name.

    `source` may be the 稿 itself, the folder of the 稿, or one above it that holds no other. Raises UsageError where there is none,
    more than one, or where it is a 草稿; MissingError for an unknown version, UnreadableError where the 稿 is not whole.
    """
    is_draft = (source / MANIFEST).is_file()
    if is_draft and not name:
        return _sealable(source, library)
    series = _series(source.parent if is_draft else source)
    chosen = version_named(series, name).draft if _VERSION.fullmatch(name.strip()) else name
    return _sealable(draft_named(series, chosen), library)


def find_printed(target: StandingDraft, library: Library, name: str) -> StandingDraft:
    """Return the 稿 called `name` (第003稿, 3), or what was frozen as the version of that name (第01版), beside `target`.

    Raises as `find_draft`.
    """
    series = target.folder.parent
    if _VERSION.fullmatch(name.strip()):
        version = version_named(series, name)
        return read_draft(result_of(series, version), library, version.draft)
    return _sealable(draft_named(series, name), library)


def others_printed(target: StandingDraft, library: Library) -> tuple[StandingDraft, ...]:
    """Return the 稿 besides `target` that may have been printed and signed: the frozen versions, or where there are none all 稿.

    What is not whole or marked 草稿 does not count.
    """
    series = target.folder.parent
    kept = versions(series)
    if kept:
        places = [(result_of(series, one), one.draft) for one in kept if one.digest != target.manifest.digest]
    else:
        places = [(folder, folder.name) for folder in drafts(series) if folder != target.folder]
    standing = []
    for folder, name in places:
        try:
            draft = read_draft(folder, library, name)
        except UnreadableError:
            continue
        if not draft.manifest.facts.draft:
            standing.append(draft)
    return tuple(standing)


def _sealable(folder: Path, library: Library) -> StandingDraft:
    draft = read_draft(folder, library)
    if draft.manifest.facts.draft:
        raise UsageError(f"{folder.name}是草稿，不能签章。", "请先改正“必须改”的问题，生成正式的一稿，再打印、签章。")
    return draft


def _series(source: Path) -> Path:
    """Return the folder of 稿 that `source` is, or the only one in it or in its folders."""
    candidates = [source, *sorted(source.glob("*")), *sorted(source.glob("*/*"))]
    found = [folder for folder in candidates if folder.is_dir() and ((folder / CURRENT).is_file() or drafts(folder))]
    if len(found) == 1 or (found and found[0] == source):
        return found[0]
    if not found:
        raise UsageError(f"这里没有生成好的稿：{source}", "请写放各稿的文件夹（里面有 第001稿），或者某一稿的文件夹。")
    listed = "、".join(str(folder) for folder in found)
    raise UsageError(f"这里有几份成果，不知道是哪一份：{listed}", "请写其中一个文件夹。")
