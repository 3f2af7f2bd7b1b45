"""Text in columns that know how wide a hanzi is. Imports next to nothing: the first help page is made of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_WIDTH = 78
_FIRST_COLUMN = 30
_LEAST = 40
_HANGING = 2
_NOT_FIRST = "，。；：！？、）》】”’,.;:!?)"
_NOT_LAST = "（《【“‘(["
_WIDE = "WF"
_DOUBTFUL = "WFA"
"""The classes of characters that take two columns: surely, and on some consoles."""


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


def wrapped(text: str, columns: int, wide: str = _WIDE) -> list[str]:
    """Break `text` into lines of at most `columns` columns: between hanzi or at spaces, no closing mark at the head of a line,
    no opening one at its end. Characters of the classes `wide` take two columns.
    """
    lines, line, taken = [], "", 0
    for piece in _pieces(text):
        if taken + width(piece.rstrip(), wide) > columns and line and piece[0] not in _NOT_FIRST:
            lines.append(line.rstrip())
            line, taken = "", 0
        piece = piece if line else piece.lstrip()
        line, taken = line + piece, taken + width(piece, wide)
    return [*lines, line.rstrip()] if line.strip() else lines


def folded(text: str, columns: int) -> str:
    """Return `text`, those of its lines broken that do not fit on a console of `columns`, each going on indented below itself.

    Marks that Chinese consoles set wide and others narrow (“”, …, ›) count as wide.
    """
    room = max(columns, _LEAST) - _HANGING
    return "\n".join(
        line if width(line, _DOUBTFUL) <= room else "\n".join(_hung(line, room)) for line in text.split("\n")
    )


def _hung(line: str, room: int) -> list[str]:
    indent = len(line) - len(line.lstrip(" "))
    first, *further = wrapped(line.lstrip(" "), room - indent - _HANGING, _DOUBTFUL)
    return [" " * indent + first, *(" " * (indent + _HANGING) + part for part in further)]


def width(text: str, wide: str = _WIDE) -> int:
    """Return the columns that `text` takes on a console: two for a hanzi, or whatever else is of one of the classes `wide`."""
    return sum(2 if unicodedata.east_asian_width(character) in wide else 1 for character in text)


def _pieces(text: str) -> list[str]:
    """Return what a line must not be broken within: single wide characters, and words with the space that follows."""
    pieces: list[str] = []
    for character in text:
        narrow = width(character) == 1
        last = pieces[-1][-1] if pieces else ""
        if last and (last in _NOT_LAST or (narrow and width(last) == 1 and last != " ")):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
