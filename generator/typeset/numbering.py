"""Page numbers as they are printed, and the fields that print them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.typeset.document import Block, Field, FieldKind, Paragraph, Text

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CHINESE = "〇一二三四五六七八九"
_LETTERS = 26
_CHAPTER = re.compile(r"(?:\d+-)+$")


def printed_number(number: int, number_format: str) -> str:
    """Return a number as Word prints it in a format (decimal, upperRoman, lowerLetter, numberInDash, …)."""
    if number_format.endswith("Roman"):
        text = _roman(number)
        return text.upper() if number_format.startswith("upper") else text
    if number_format.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return text.upper() if number_format.startswith("upper") else text
    if number_format == "numberInDash":
        return f"- {number} -"
    if number_format == "chineseCounting":
        return _chinese(number)
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _chinese(number: int) -> str:
    """Return 十, 十二, 二十, 一〇八 …: tens below a hundred, digits one by one from there."""
    tens, ones = divmod(number, 10)
    if 0 < tens < 10:
        return ("" if tens == 1 else _CHINESE[tens]) + "十" + ("" if ones == 0 else _CHINESE[ones])
    return "".join(_CHINESE[int(digit)] for digit in str(number))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the fields of a page print."""

    page: int
    pages: int
    section_pages: int
    number_format: str

    def text(self, field: Field) -> str:
        """Return what a field prints on this page."""
        if field.kind is FieldKind.PAGE:
            return printed_number(self.page, field.number_format or self.number_format)
        number = self.pages if field.kind is FieldKind.PAGES else self.section_pages
        return printed_number(number, field.number_format or "decimal")


def with_numbers(blocks: Iterable[Block], numbers: Numbers) -> tuple[Block, ...]:
    """Return blocks with the fields of their paragraphs filled, those within tables too."""
    return tuple(_filled(block, numbers) for block in blocks)


def _filled(block: Block, numbers: Numbers) -> Block:
    if isinstance(block, Paragraph):
        inlines = tuple(
            Text(numbers.text(inline), inline.style) if isinstance(inline, Field) else inline
            for inline in block.inlines
        )
        return block._replace(inlines=inlines)
    rows = tuple(
        row._replace(cells=tuple(cell._replace(blocks=with_numbers(cell.blocks, numbers)) for cell in row.cells))
        for row in block.rows
    )
    return replace(block, rows=rows)


def chapter_of_number(blocks: Iterable[Block]) -> str | None:
    """Return what belongs to the number of a page where `blocks` print it: `8-` before the 1 of 8-1, mostly nothing.

    None where they print no number.
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            before = ""
            for inline in block.inlines:
                if isinstance(inline, Field) and inline.kind is FieldKind.PAGE:
                    found = _CHAPTER.search(before)
                    return found[0] if found else ""
                before += inline.text if isinstance(inline, Text) else " "
        else:
            inside = (chapter_of_number(cell.blocks) for row in block.rows for cell in row.cells)
            if (chapter := next((one for one in inside if one is not None), None)) is not None:
                return chapter
    return None
