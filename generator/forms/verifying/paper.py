"""A form or summary table as it stands on paper: every printed text in order, with gaps where something is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property

from generator.forms.arrange import arrange
from generator.forms.arrange_cover import COVER
from generator.forms.arrangement import (
    ArrangedPart,
    Arrangement,
    CoverLine,
    GridCell,
    GridRow,
    Paragraph,
    Slot,
    SlotKind,
)
from generator.forms.definition import FOOTNOTE_MARK, Form, Instructions, PlanTable
from generator.forms.targets import OPEN_ROW
from generator.forms.verifying.bare import BOX, TABLE, bare
from generator.frozen import dataclass

NOTES = "脚注"
_SIGNED = "签章"
_DATED = "签章日期"
_STATED = "声明"
_BLANKS = re.compile(r"\s+")
_RULE = re.compile(r"[^，。；]*不得改变表格样式")


@dataclass(frozen=True)
class Printed:
    """A printed text: a paragraph, or a box with the text behind it.

    `place` says in the form's words where it stands; `row` is unique to the row of a table, 0 outside tables. A text is
    `optional` where it may go when the form is filled in, and `begins` a paragraph where free text may stand before it; `box` is
    the slot of the box that it begins with.
    """

    text: str
    place: tuple[str, ...]
    row: int = 0
    optional: bool = False
    begins: bool = False
    box: Slot | None = None

    @cached_property
    def bare(self) -> str:
        """The text as it is compared."""
        return bare(self.text)


@dataclass(frozen=True)
class Gap:
    """A place where anything may stand once the form is filled in; `slot` is None where people write by hand."""

    slot: Slot | None = None


Token = Printed | Gap
GAP = Gap()


@dataclass(frozen=True)
class PaperRow:
    """A row: what is printed in each of its cells, and which of them go on with the cell above. `open` is a row of dots."""

    place: tuple[str, ...]
    cells: tuple[tuple[Token, ...], ...]
    continues: tuple[bool, ...]
    open: bool = False

    def printed(self) -> Iterator[Printed]:
        """Yield the printed texts of the row."""
        for cell in self.cells:
            yield from (token for token in cell if isinstance(token, Printed))


@dataclass(frozen=True)
class PaperTable:
    """A table: its rows, the first of them its head; behind them any number of rows may stand that are made like `repeated`."""

    rows: tuple[PaperRow, ...]
    repeated: PaperRow | None = None

    def printed(self) -> Iterator[Printed]:
        """Yield the printed texts of the table, those of the repeated row once."""
        for row in (*self.rows, *([self.repeated] if self.repeated else [])):
            yield from row.printed()


class SectionKind(Enum):
    """How a section is made: running text, one table of rows, or (the plan) text with tables in it."""

    TEXT = "text"
    ROWS = "rows"
    PLAN = "plan"


@dataclass(frozen=True)
class Section:
    """A stretch of the form below its title (None for the first, the cover): its text, its rows, or its plan with the tables in it."""

    kind: SectionKind
    name: str
    title: Printed | None = None
    text: tuple[Token, ...] = ()
    rows: tuple[PaperRow, ...] = ()
    tables: tuple[PaperTable, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole form or summary table on paper, the texts of its footnotes, and its own rule against changes (`clause`)."""

    title: str
    clause: str
    sections: tuple[Section, ...]
    notes: tuple[Printed, ...]

    def printed(self) -> Iterator[Printed]:
        """Yield every printed text from the cover to the annex, the footnotes left out; their marks are `[^]`."""
        for section in self.sections:
            if section.title is not None:
                yield section.title
            tables = iter(section.tables)
            for token in section.text:
                if not isinstance(token, Printed):
                    continue
                if token.text != TABLE:
                    yield token
                    continue
                yield from next(tables).printed()
            for row in section.rows:
                yield from row.printed()


def printed_texts(form: Form) -> list[str]:
    """Return every printed text of `form` from the cover to the annex, in order; a footnote's mark is `[^]`."""
    return [printed.text for printed in paper_of(form).printed()]


def note_texts(form: Form) -> list[str]:
    """Return the texts of the footnotes of `form`, in order."""
    return [note.text for note in paper_of(form).notes]


def paper_of(form: Form) -> Paper:
    """Return `form` as it stands on paper. Raises DefinitionError as arranging does."""
    arrangement = arrange(form)
    sections = [Section(SectionKind.TEXT, COVER, text=tuple(_cover(arrangement.cover))), _text(form.instructions)]
    rows = _RowNumbers()
    for part in arrangement.parts:
        sections.append(_plan(part, rows) if part.grid is None else _grid(part, rows))
    if form.appendix is not None:
        sections.append(_text(form.appendix))
    clause = next((rule[0] for item in form.instructions.items if (rule := _RULE.search(item))), "")
    return Paper(form.title, clause, tuple(sections), _notes(arrangement))


class _RowNumbers:
    """Numbers rows through a form, from 1."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        self._last += 1
        return self._last


def _cover(lines: Iterable[CoverLine]) -> Iterator[Token]:
    for line in lines:
        place = (COVER, line.label.rstrip("：")) if line.label else (COVER,)
        if line.label:
            yield Printed(line.label, place)
        yield from _tokens(line.paragraph, place)


def _text(instructions: Instructions) -> Section:
    place = (instructions.title,)
    items = tuple(Printed(item, place) for item in instructions.items)
    return Section(SectionKind.TEXT, instructions.title, Printed(instructions.title, place), text=items)


def _notes(arrangement: Arrangement) -> tuple[Printed, ...]:
    texts = [
        piece.footnote
        for part in arrangement.parts
        for row in (part.grid.rows if part.grid else ())
        for cell in row.cells
        for paragraph in cell.paragraphs
        for piece in paragraph.pieces
        if piece.footnote
    ]
    return tuple(Printed(text, (NOTES, f"第{number}条")) for number, text in enumerate(texts, start=1))


# ── the table of a part ──


def _grid(part: ArrangedPart, rows: _RowNumbers) -> Section:
    assert part.grid is not None
    made: list[PaperRow] = []
    group = ""
    for row in part.grid.rows:
        first, *others = row.cells
        if first.merge != "continue":
            group = _label(first)
        inner = _label(others[0]) if first.merge and others and not others[0].merge else ""
        place = tuple(step for step in (part.title, group, inner) if step)
        made.append(_paper_row(row, place, rows.next()))
    return Section(SectionKind.ROWS, part.title, Printed(part.title, (part.title,)), rows=tuple(made))


def _label(cell: GridCell) -> str:
    """What a cell says as a step of a path: its first line, where it holds nothing to fill in."""
    if any(slot.kind is not SlotKind.HINT for paragraph in cell.paragraphs for slot in paragraph.slots):
        return ""
    lines = ["".join(piece.text for piece in paragraph.pieces) for paragraph in cell.paragraphs]
    kept = [line for number, line in enumerate(lines) if not (number and line.startswith("（"))]
    return "".join(kept).rstrip("：")


def _paper_row(row: GridRow, place: tuple[str, ...], number: int) -> PaperRow:
    cells = tuple(_cell(cell, place, number) for cell in row.cells)
    return PaperRow(place, cells, tuple(cell.merge == "continue" for cell in row.cells))


def _cell(cell: GridCell, place: tuple[str, ...], row: int) -> tuple[Token, ...]:
    styles = {paragraph.style for paragraph in cell.paragraphs}
    tokens: list[Token] = []
    if styles & {_SIGNED, _DATED} and _STATED not in styles:
        tokens.append(GAP)
    for paragraph in cell.paragraphs:
        if paragraph.style in (_SIGNED, _DATED):
            tokens.extend(_signed(paragraph, place, row))
        else:
            tokens.extend(_tokens(paragraph, place, row))
    return tuple(tokens)


def _signed(paragraph: Paragraph, place: tuple[str, ...], row: int) -> Iterator[Token]:
    """What is signed by hand: names, dates and seals may stand behind every word, in a date between them."""
    text = "".join(piece.text for piece in paragraph.pieces)
    for word in _BLANKS.split(text) if paragraph.style == _DATED else [text]:
        if word:
            yield Printed(word, place, row)
        yield GAP


def _tokens(paragraph: Paragraph, place: tuple[str, ...], row: int = 0) -> Iterator[Token]:
    text, box = "", None
    for piece in paragraph.pieces:
        if piece.slot is None:
            text += FOOTNOTE_MARK if piece.footnote else piece.text
            continue
        if text.strip():
            yield Printed(text.strip(), place, row, box=box)
        text, box = "", None
        match piece.slot.kind:
            case SlotKind.BOX:
                text, box = BOX, piece.slot
            case SlotKind.HINT:
                yield Printed(piece.slot.text, place, row, optional=True)
            case _:
                yield Gap(piece.slot)
    if text.strip():
        yield Printed(text.strip(), place, row, box=box)


# ── the plan ──


def _plan(part: ArrangedPart, rows: _RowNumbers) -> Section:
    place = (part.title,)
    text: list[Token] = []
    tables: list[PaperTable] = []
    for piece in part.plan:
        if piece.paragraph is not None:
            begins = bool(text) and isinstance(text[-1], Gap)
            text.extend(
                Printed(token.text, place, begins=begins) if isinstance(token, Printed) else token
                for token in _tokens(piece.paragraph, place)
            )
        if piece.prose is not None:
            text.append(Gap(piece.prose))
        if piece.table is not None:
            text.append(Printed(TABLE, (part.title, piece.table.table)))
            tables.append(_target_table(part.title, piece.table, rows))
    return Section(SectionKind.PLAN, part.title, Printed(part.title, place), text=tuple(text), tables=tuple(tables))


def _target_table(title: str, table: PlanTable, rows: _RowNumbers) -> PaperTable:
    place = (title, table.table)
    number = rows.next()
    head = tuple((Printed(column.text, place, number),) for column in table.columns)
    made = [PaperRow(place, head, (False,) * len(head))]
    for direction in table.rows:
        made += _direction(table, direction.direction, direction.indicators, place, rows)
    return PaperTable(tuple(made))


def _direction(
    table: PlanTable, direction: str, indicators: Sequence[str], place: tuple[str, ...], rows: _RowNumbers
) -> Iterator[PaperRow]:
    for index, indicator in enumerate(indicators):
        number = rows.next()
        here = (*place, direction, indicator)
        first: tuple[Token, ...] = (Printed(direction, here, number),) if index == 0 else ()
        values = ((GAP,),) * (len(table.columns) - 2)
        cells = (first, (Printed(indicator, here, number),), *values)
        continues = (index > 0, *(False for _ in cells[1:]))
        yield PaperRow(here, cells, continues, open=indicator == OPEN_ROW)
