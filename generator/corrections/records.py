"""The record of corrections (更正记录.yaml): what was changed when, why, and at whose asking. Lines are only ever added."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from generator.errors import UnreadableError
from generator.frozen import dataclass

RECORDS = "更正记录.yaml"
"""The name of the file, beside cluster.yaml."""
_HEAD = "# 更正记录：shenbao set 每改一处记一条，供内部留存。只往后添，不改前面的。\n"
_NAMES = {
    "date": "日期",
    "place": "栏目",
    "old": "原值",
    "new": "新值",
    "reason": "理由",
    "by": "提出人",
    "override": "代替推算",
    "before": "改前文件",
    "after": "改后文件",
}
_ADVICE = f"请检查 {RECORDS} 有没有手工改坏；可以先把它改名留存，再改数。"


@dataclass(frozen=True)
class Record:
    """One correction of cluster.yaml.

    `place` is the path of the value in words; `old` is empty where nothing stood there. `override` holds the derived figure that
    a number written by hand replaces, empty for other values. `before` and `after` are the SHA-256 of the file.
    """

    date: date
    place: str
    old: str
    new: str
    reason: str
    by: str = ""
    override: str = ""
    before: str = ""
    after: str = ""


def with_record(content: bytes | None, record: Record) -> bytes:
    """Return `content`, the bytes of the file so far (None where there is none yet), with `record` added at its end.

    Raises UnreadableError where `content` is no record of corrections: nothing is written over.
    """
    told = {name: getattr(record, attribute) for attribute, name in _NAMES.items()}
    entry = {name: str(value) for name, value in told.items() if str(value)}
    lines = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)
    before = _HEAD.encode() if content is None else content
    if content is not None:
        read_records(content)
        if content and not content.endswith(b"\n"):
            before += b"\n"
    return before + lines.encode()


def read_records(content: bytes) -> tuple[Record, ...]:
    """Return the corrections in `content`, oldest first. Raises UnreadableError where it is no record of corrections."""
    try:
        tree: Any = yaml.load(content.decode("utf-8-sig"), Loader=yaml.BaseLoader) or []
        return tuple(_record(entry) for entry in tree)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(f"{RECORDS} 读不出来。", _ADVICE) from error


def _record(entry: Any) -> Record:
    texts = {attribute: str(entry.get(name, "")) for attribute, name in _NAMES.items() if attribute != "date"}
    if not texts["place"]:
        raise ValueError("no place")
    return Record(date=date.fromisoformat(entry["日期"]), **texts)
