"""Text in columns that know how wide a hanzi is. Imports next to nothing: the first help page is made of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_WIDTH = 78
_FIRST_COLUMN = 30
_NOT_FIRST = "，。；：！？、）》】”’,.;:!?)"


def paragraphs(text: str) -> list[str]:
    """Return the lines of `text`, indented and broken, with an empty line before each of its paragraphs."""
    lines = []
    for paragraph in text.split("\n\n"):
        lines += ["", *(f"  {line}" for line in wrapped(paragraph.replace("\n", ""), _WIDTH - 2))]
    return lines


def table(heading: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return the lines of a section: terms on the left, what they mean on the right."""
    rows = list(rows)
    if not rows:
        return []
    column = min(max(width(term) for term, _ in rows) + 4, _FIRST_COLUMN)
    lines = ["", f"{heading}："]
    for term, meaning in rows:
        first, *further = wrapped(meaning, _WIDTH - column) or [""]
        if width(term) + 4 > column:
            lines.append(f"  {term}")
            lines.append(" " * column + first)
        else:
            lines.append(f"  {term}{' ' * (column - 2 - width(term))}{first}")
        lines += [" " * column + line for line in further]
    return [line.rstrip() if line.strip() else "" for line in lines]


def wrapped(text: str, columns: int) -> list[str]:
    """Break `text` into lines of at most `columns` columns: between hanzi or at spaces, no closing mark at the head of a line."""
    lines, line = [], ""
    for piece in _pieces(text):
        if width(line + piece.rstrip()) > columns and line and piece[0] not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def width(text: str) -> int:
    """Return the columns that `text` takes on a console: two for a hanzi."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pieces(text: str) -> list[str]:
    """Return what a line must not be broken within: single wide characters, and words with the space that follows."""
    pieces: list[str] = []
    for character in text:
        narrow = width(character) == 1
        if narrow and pieces and width(pieces[-1][-1]) == 1 and not pieces[-1].endswith(" "):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
