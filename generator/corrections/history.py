"""Why the data changed since a version: the records of corrections since then, and files that changed without one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.corrections.records import Record


@dataclass(frozen=True)
class Recorded:
    """The corrections recorded since the printing called `since`; `unrecorded` are the files with changes that no record tells."""

    since: str = ""
    records: tuple[Record, ...] = ()
    unrecorded: tuple[str, ...] = ()


def recorded_since(
    since: str,
    records: Sequence[Record],
    then: Mapping[str, str],
    now: Mapping[str, str],
    *,
    frozen: date,
    evidence: frozenset[str] = frozenset(),
) -> Recorded:
    """Return what `records` tell of the way from the data `then` to `now` (SHA-256 by file's name).

    Records are those from the one made of the data of `then` on; where none was, those from the day on that it was frozen. A
    file is unrecorded where the records don't lead from its old content to its new one. Files of `evidence` are told elsewhere.
    """
    known = frozenset(then.values())
    start = next((number for number, one in enumerate(records) if one.before in known), None)
    chosen = tuple(records[start:]) if start is not None else tuple(one for one in records if one.date >= frozen)
    changed = [
        name for name in dict.fromkeys((*now, *then)) if then.get(name) != now.get(name) and name not in evidence
    ]
    return Recorded(since, chosen, tuple(name for name in changed if not _told(then.get(name), now.get(name), chosen)))


def _told(then: str | None, now: str | None, records: Sequence[Record]) -> bool:
    """Whether `records` lead from one content of a file to the other, each beginning where the one before ended."""
    at = then
    for record in records:
        if record.before != at:
            return False
        at = record.after
    return at == now
