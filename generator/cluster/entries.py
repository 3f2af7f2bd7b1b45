"""Entries of cluster.yaml taken out, and items added to a list, where they stand: every other byte stays.

An entry is a name with its value, or an item of a list. What is written is read again, as in `splicing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from generator.cluster.characters import tidy
from generator.cluster.splicing import (
    BY_HAND,
    Rank,
    Splice,
    Step,
    Told,
    Writer,
    by_year,
    end_of,
    end_of_line,
    end_of_pair,
    name_of,
    readable,
    rewritten,
    root_of,
    splices,
    told_by,
    told_with,
)
from generator.errors import UsageError
from generator.frozen import dataclass

_INDENT = re.compile(r"[ ]*")
_DASH = re.compile(r"[ ]*-[ ]+")
_LINE_BREAK = re.compile("\r\n|\n|\r")
_COMMA_BEHIND = re.compile(r"\s*,[ ]*")
_COMMA_BEFORE = re.compile(r",\s*\Z")
_STEP = "  "


def cut(data: bytes, file: str, steps: tuple[Step, ...]) -> bytes:
    """Return `data`, the bytes of the YAML file called `file`, without the entry at `steps`.

    What would hold nothing then goes with it: the last year of a figure takes the figure's name along. A remark on the entry's
    own line goes with it, all others stay. Encoding, mark and line breaks stay.

    Raises UnreadableError where `data` can't be read as YAML or written back as they are, UsageError where there is no such
    entry or it can't be taken out.
    """
    source = readable(data, file)
    told = told_by(source)
    whole = _emptied(told, steps)
    return rewritten(data, source, _without(told, whole), _cuts(source.text, root_of(source, file), whole))


def append(data: bytes, file: str, steps: tuple[Step, ...], text: str, rank: Rank = by_year) -> bytes:
    """Return `data`, the bytes of the YAML file called `file`, with `text` as a further item at the end of the list at `steps`.

    The item is written as the others of its list are; a list that is missing is put in, as `splice` puts in what is missing.
    Raises as `cut` does.
    """
    source = readable(data, file)
    told = told_by(source)
    standing = _at(told, steps)
    if standing and not isinstance(standing, list):
        raise UsageError(f"“{steps[-1]}”写的不是一项一项的，不能自动添加。", BY_HAND)
    wanted = told_with(told, steps, [*(standing or ()), tidy(text)])
    return rewritten(data, source, wanted, splices(source, steps, _ItemWriter(source, tidy(text), rank)))


# ── what the file is to say ──


def _at(told: Told, steps: tuple[Step, ...]) -> Told:
    """What stands at `steps`; an empty text for nothing."""
    for step in steps:
        if isinstance(step, int):
            told = told[step] if isinstance(told, list) and step < len(told) else ""
        else:
            told = next((value for name, value in told if name == step), "") if isinstance(told, tuple) else ""
    return told


def _emptied(told: Told, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return `steps`, or where what holds the entry holds no other, those of what holds it."""
    while len(steps) > 1 and len(_at(told, steps[:-1])) == 1:
        steps = steps[:-1]
    return steps


def _without(told: Told, steps: tuple[Step, ...]) -> Told:
    step, *rest = steps
    if isinstance(step, int) and isinstance(told, list) and step < len(told):
        inner = [_without(told[step], tuple(rest))] if rest else []
        return [*told[:step], *inner, *told[step + 1 :]]
    if isinstance(told, tuple) and any(name == step for name, _ in told):
        at = next(number for number, (name, _) in enumerate(told) if name == step)
        kept = [(step, _without(told[at][1], tuple(rest)))] if rest else []
        return (*told[:at], *kept, *told[at + 1 :])
    raise UsageError("没有这一项。", "请用 shenbao check 看这份数据写了什么。")


# ── how it is taken out ──


@dataclass(frozen=True)
class _Entry:
    """Where an entry begins and ends, and where the one before it ends and the next begins; -1 where there is none."""

    start: int
    end: int
    before: int
    behind: int


def _cuts(text: str, root: Any, steps: tuple[Step, ...]) -> Iterator[Splice]:
    """Yield the ways to take out the entry at `steps`."""
    node, flow = root, False
    for step in steps[:-1]:
        flow = flow or bool(node.flow_style)
        node = node.value[_number_of(node, step)]
        node = node[1] if isinstance(node, tuple) else node
    entry = _entry(text, node, _number_of(node, steps[-1]))
    if flow or node.flow_style:
        yield from _from_brackets(text, entry)
    else:
        yield from _from_lines(text, entry, _DASH if isinstance(node, yaml.SequenceNode) else _INDENT)


def _number_of(node: Any, step: Step) -> int:
    """Return which entry of `node` is meant."""
    if isinstance(node, yaml.MappingNode):
        return next(number for number, (key, _) in enumerate(node.value) if name_of(key) == step)
    return int(step)


def _entry(text: str, node: Any, number: int) -> _Entry:
    spans = [
        (entry[0].start_mark.index, end_of_pair(text, entry))
        if isinstance(entry, tuple)
        else (entry.start_mark.index, end_of(text, entry))
        for entry in node.value
    ]
    start, end = spans[number]
    before = spans[number - 1][1] if number else -1
    behind = spans[number + 1][0] if number + 1 < len(spans) else -1
    return _Entry(start, end, before, behind)


def _from_brackets(text: str, entry: _Entry) -> Iterator[Splice]:
    """With the comma behind it, or of the last one with the comma before it."""
    comma = _COMMA_BEHIND.match(text, entry.end)
    if comma and entry.behind >= 0:
        yield Splice(entry.start, comma.end(), "")
    elif entry.before >= 0 and (comma := _COMMA_BEFORE.search(text, entry.before, entry.start)):
        yield Splice(comma.start(), entry.end, "")


def _from_lines(text: str, entry: _Entry, before: re.Pattern[str]) -> Iterator[Splice]:
    """All its lines, if nothing but `before` stands before it; the first name behind a dash gives way to the next name."""
    line, end = _start_of_line(text, entry.start), end_of_line(text, entry.end)
    found = _LINE_BREAK.match(text, end)
    stop = found.end() if found else end
    if before.fullmatch(text, line, entry.start):
        yield Splice(line, stop, "")
    elif entry.behind >= 0 and not text[stop : entry.behind].strip():
        yield Splice(entry.start, entry.behind, "")


def _start_of_line(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


# ── how it is added ──


class _ItemWriter(Writer):
    """Writes one text as an item of a list."""

    def in_place_of(self, node: Any, flow: bool, column: int) -> Iterator[Splice]:
        """Add the item behind the last of `node`, or below the name that begins at `column` and has no value yet."""
        text = self.source.text
        if not isinstance(node, yaml.SequenceNode):
            at = end_of_line(text, self.behind)
            for item in () if flow or self.colon else self.styles("", flow, column):
                yield Splice(at, at, f"{self.line_break}{' ' * column}{_STEP}- {item}")
        elif not node.flow_style:
            at = end_of_line(text, end_of(text, node))
            for item in self.styles("", flow, column):
                yield Splice(at, at, f"{self.line_break}{' ' * node.start_mark.column}- {item}")
        else:
            at = end_of(text, node.value[-1]) if node.value else node.start_mark.index + 1
            for item in self.styles("", True, column):
                yield Splice(at, at, f", {item}" if node.value else item)

    def new_value(self, flow: bool, column: int) -> Iterator[str]:
        """Yield the list that the item is the first of."""
        yield from (f"[{item}]" for item in self.styles("", True, column))
