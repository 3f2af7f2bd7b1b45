"""Versions and copies of a submission: a 稿 is frozen, its copies are entered, what was done with them is noted."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from generator.cluster.catalogue import read_catalogue
from generator.cluster.load import load_cluster
from generator.errors import OutputError, UnreadableError, UsageError
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.notices.order import Order, order_again
from generator.package import disk
from generator.package.drafts import current_draft, draft_named, drafts, series_of
from generator.package.locking import only_writer
from generator.package.manifest import SNAPSHOT, read_manifest
from generator.package.opening.inspection import is_whole
from generator.package.snapshot import read_snapshot
from generator.package.versions.frozen import Version, data_as_frozen, freeze, is_intact, version_name, versions
from generator.package.versions.ledger import (
    LEDGER,
    Copy,
    Kind,
    Ledger,
    SheetsKnown,
    decode_ledger,
    doubts,
    ledger_bytes,
    new_copies,
    read_ledger,
    with_copies,
    with_copy,
)


@dataclass(frozen=True)
class Frozen:
    """A 稿 that is a version now: whether it was made one just now, the copies entered, whether its data went with it, if it has any.

    `unknown` are papers that no copy of the ledger holds, since nobody says how many there are to be.
    """

    series: Path
    version: Version
    new: bool
    data: bool
    copies: tuple[Copy, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftState:
    """A 稿 in the list: whether it is whole, the current one, marked 草稿, and which version it became."""

    name: str
    whole: bool
    current: bool
    marked: bool
    version: str


@dataclass(frozen=True)
class History:
    """What was built and frozen of one submission; `intact` tells of each version whether it still is what was frozen."""

    series: Path
    drafts: tuple[DraftState, ...]
    versions: tuple[Version, ...]
    intact: Mapping[int, bool]
    ledger: Ledger


def find_series(cluster: Path, output: Path, library: Library, name: str = "") -> Path:
    """Return the folder of the 稿 of the cluster at `cluster` below `output`, for the notice or form `name`.

    `cluster` may be that folder itself, the folder of several such, or a 稿 in it. Raises UnreadableError where the cluster can't
    be read, UsageError as `series_of`.
    """
    if drafts(cluster):
        return cluster
    if (cluster / SNAPSHOT).is_file() and cluster in drafts(cluster.parent):
        return cluster.parent
    if cluster.is_dir() and any(drafts(below) for below in cluster.iterdir()):
        return series_of(cluster.parent, cluster.name, name)
    loaded, _ = load_cluster(cluster, read_catalogue(library.field_folders()), forms=library.submission_ids())
    if loaded is None:
        raise UnreadableError(f"{cluster} 读不出来。", "请先用 shenbao check 检查，或直接写成果所在的文件夹。")
    return series_of(output, loaded.called, name)


def order_of(series: Path, library: Library, *, copies: str = "", discs: int | None = None) -> Order:
    """Return what the current 稿 of `series` was built for, `copies` and `discs` before what was asked for then.

    Raises UsageError where there is no whole 稿, and for copies that can't be read.
    """
    draft = draft_named(series)
    facts, asked = read_manifest(draft).facts, read_snapshot(draft / SNAPSHOT).asked
    notice = library.notice(facts.notice) if facts.notice else None
    return order_again(library.file_names(), facts.form, notice, asked, copies=copies, discs=discs)


def freeze_draft(
    series: Path,
    cluster: Path | None,
    on: date,
    asked: Callable[[int], Sequence[Copy]],
    *,
    draft: str = "",
    note: str = "",
) -> Frozen:
    """Make a 稿 of `series` (the current one where `draft` is empty) its next version; enter the copies `asked` for of that number.

    `cluster` is where its data lie, None where it was made of nothing that could be kept with it. Copies that stand in the ledger
    stay as they are: they were printed of an earlier version. The version and its copies are entered while nobody else writes.
    Raises as `freeze` and the ledger's functions do.
    """
    chosen = draft_named(series, draft)
    folder = cluster if cluster is None or cluster.is_dir() else cluster.parent
    data = data_as_frozen(folder, chosen) if folder is not None else {}
    with _writing(series):
        content = ledger_bytes(series)
        known = {copy.name for copy in decode_ledger(content).copies} if content is not None else set()
        version, new = freeze(series, chosen, on, note=note, data=data)
        copies = tuple(copy for copy in asked(version.number) if copy.name not in known)
        if copies:
            _replace(series, content, with_copies(content, copies))
    return Frozen(series, version, new, bool(data) or folder is None, copies)


def history_of(series: Path) -> History:
    """Return what was built and frozen in `series`, each looked at anew."""
    kept = versions(series)
    current = current_draft(series)
    became = {version.draft: version.name for version in kept}
    states = []
    for draft in drafts(series):
        whole = is_whole(draft)
        marked = whole and read_manifest(draft).facts.draft
        states.append(DraftState(draft.name, whole, draft == current, marked, became.get(draft.name, "")))
    intact = {version.number: is_intact(series, version) for version in kept}
    return History(series, tuple(states), kept, intact, read_ledger(series))


def note_copies(
    series: Path,
    names: Sequence[str],
    said: Mapping[str, Any],
    *,
    exchange: Mapping[str, Any] | None = None,
    sheets: SheetsKnown = MappingProxyType({}),
) -> tuple[Copy, ...]:
    """Change the lines of the copies `names` in the ledger of `series` to say `said` (盖章: 是); return the copies.

    `said` is keyed as the file is, and so is `exchange`, which is added to the exchanges that a copy has; `sheets` tells how many
    sheets the papers of the versions have, as far as known. The ledger is read and written while nobody else writes, and either all
    lines are changed or none. Raises MissingError for an unknown copy, UsageError for what a copy can't say, a version that was
    never frozen or a sheet that it has not, UnreadableError for a ledger that can't be read.
    """
    with _writing(series):
        standing = content = ledger_bytes(series)
        if standing is None or content is None:
            raise UsageError(f"还没有台账：{series / LEDGER}", "请先用 shenbao freeze 定稿。")
        known = {version.number for version in versions(series)}
        copies = []
        for name in names:
            before = decode_ledger(content).copy_named(name)
            changed = _changed(before, said, exchange)
            asked = {changed.version, *(each.version for each in changed.exchanges)}
            if not asked <= known:
                raise UsageError(f"没有{version_name(min(asked - known))}。", f"已定稿：{_listed(sorted(known))}。")
            if wrong := next(doubts(changed, sheets), ""):
                raise UsageError(f"“{name}”不能这样记：{wrong}。", "请照换页单上“新稿第几张”写。")
            if changed != before:
                content = with_copy(content, changed)
            copies.append(changed)
        if content != standing:
            _replace(series, standing, content)
    return tuple(copies)


def _changed(before: Copy, said: Mapping[str, Any], exchange: Mapping[str, Any] | None) -> Copy:
    told = {**before.model_dump(by_alias=True), **said}
    if exchange is not None:
        told["换页"] = [*told["换页"], exchange]
    try:
        return Copy.model_validate(told)
    except ValidationError as error:
        wrong = "；".join(str(problem["msg"]).removeprefix("Value error, ") for problem in error.errors())
        raise UsageError(f"“{before.name}”不能这样记：{wrong}。", "选项的写法见 shenbao ledger -h。") from error


def copies_asked(order: Order, version: int) -> Sequence[Copy]:
    """Return the copies and discs that `order` asks for, of `version`."""
    papers = order.copies.names if order.copies else ()
    discs = [f"光盘{number}" for number in range(1, (order.discs or 0) + 1)]
    return (*new_copies(papers, Kind.PAPER, version), *new_copies(discs, Kind.DISC, version))


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(version_name, numbers)) or "一版也没有"


@contextlib.contextmanager
def _writing(series: Path) -> Iterator[None]:
    """Hold the writer's lock of `series` for a block that reads, decides and writes."""
    with disk.telling_failures(series, disk.IN_PLACE), only_writer(series):
        yield


def _replace(series: Path, standing: bytes | None, content: bytes) -> None:
    """Put `content` in the place of the ledger, which must still be the `standing` one that it was made of.

    The lock keeps other runs away; this keeps what a hand saved meanwhile, or another computer on a disk without locks.
    """
    if ledger_bytes(series) != standing:
        raise OutputError(f"{LEDGER} 刚刚被别的程序改过，没有动它。", "请再运行一次。")
    disk.replace_file(series / LEDGER, content, series / f".{secrets.token_hex(4)}.tmp")
