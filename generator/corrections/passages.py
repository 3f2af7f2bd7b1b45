"""Where two texts differ: the passages, with a little of what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 12
_Code = tuple[str, int, int, int, int]


NEW_PARAGRAPH = "（另起一段）"
"""What stands for the break between two paragraphs where one line tells of it."""


@dataclass(frozen=True)
class Passage:
    """A passage that differs: what was there and what is, with what stands before and behind it in the old text."""

    before: str
    old: str
    new: str
    behind: str


def passages(old: str, new: str) -> Iterator[Passage]:
    """Yield the passages in which two texts differ; those that stand close together are one."""
    for code, a1, a2, b1, b2 in _grouped(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if code != "equal":
            lead, tail = ("…" if a1 > _AROUND else ""), ("…" if a2 + _AROUND < len(old) else "")
            before, behind = old[max(0, a1 - _AROUND) : a1], old[a2 : a2 + _AROUND]
            yield Passage(f"{lead}{before}", old[a1:a2], new[b1:b2], f"{behind}{tail}")


def _grouped(codes: Sequence[_Code]) -> Iterator[_Code]:
    pending: _Code | None = None
    for code in codes:
        if code[0] == "equal" and code[2] - code[1] > 2:
            if pending:
                yield pending
            pending = None
        elif pending is None:
            pending = ("replace", *code[1:]) if code[0] != "equal" else None
        else:
            pending = ("replace", pending[1], code[2], pending[3], code[4])
    if pending:
        yield pending


def in_one_line(text: str) -> str:
    """Return a passage that differs with the breaks between its paragraphs in words, so that they are seen."""
    return text.replace("\n", NEW_PARAGRAPH)
