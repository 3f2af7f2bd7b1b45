"""A form arranged: its definition as tables of cells, with a slot wherever something is filled in.

This is the one walk over a definition. The compiler writes the arrangement as a Word template; resolve fills its slots;
fitting measures its cells; explain and the scaffold read its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from generator.forms.definition import Box, Choice, Form, PlanTable, Row
from generator.frozen import dataclass


class SlotKind(Enum):
    """What a slot takes."""

    VALUE = "value"
    COMPOSED = "composed"
    HINT = "hint"
    BOX = "box"
    OTHER = "other"
    NARRATIVE = "narrative"
    NUMBER = "number"
    NAMES = "names"
    PROSE = "prose"


@dataclass(frozen=True)
class Slot:
    """A place of the form that is filled in.

    `key` is unique in the form and is the bookmark's name in the Word file; `tag` is the template's expression (`集群总产值.y2022`),
    the same wherever the same thing is printed twice. `path` says the place in the form's own words. `source` is the
    catalogue field, pattern, register or heading that it is filled from; `year` the data year, None for a single value. `choice` tells
    which field is taken by what the submission declares; until it is known, `source` is the declared field itself. `text` is
    the printed text of a box or a hint. `capacity` is how many hanzi the slot must hold; `limit` the official limit in 字.
    `blank` is the width in spaces of the underlined blank printed while it is empty; a value keeps a space on either side there.
    """

    key: str
    tag: str
    kind: SlotKind
    path: tuple[str, ...]
    source: str = ""
    choice: Choice | None = None
    text: str = ""
    year: int | None = None
    row: Row | None = None
    box: Box | None = None
    limit: int = 0
    capacity: int = 0
    blank: int = 0
    required: bool = True
    filler: str = ""
    group_owes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: printed text, or a slot; `underlined` blanks keep their spaces; `footnote` is a note's text."""

    text: str = ""
    slot: Slot | None = None
    underlined: bool = False
    footnote: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Pieces in one style of generator.forms.typography."""

    style: str
    pieces: tuple[Piece, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of the paragraph, in order."""
        return tuple(piece.slot for piece in self.pieces if piece.slot is not None)


@dataclass(frozen=True)
class GridCell:
    """A cell: how many columns it spans, whether it begins (`restart`) or goes on with (`continue`) a vertical merge."""

    span: int
    paragraphs: tuple[Paragraph, ...] = ()
    merge: str = ""
    top: bool = False


@dataclass(frozen=True)
class GridRow:
    """A row of cells, left to right, and its least height in points (0: the style's)."""

    cells: tuple[GridCell, ...]
    height: float = 0.0


@dataclass(frozen=True)
class Grid:
    """A table: widths of its columns in millimetres, its rows, and their least height in points (0: that of all forms)."""

    columns: tuple[float, ...]
    rows: tuple[GridRow, ...]
    row_height: float = 0.0


@dataclass(frozen=True)
class PlanPiece:
    """One block of part 八: a paragraph, a slot of prose, or a target table."""

    paragraph: Paragraph | None = None
    prose: Slot | None = None
    table: PlanTable | None = None


@dataclass(frozen=True)
class ArrangedPart:
    """A part: its title, and its grid or its plan."""

    title: str
    grid: Grid | None = None
    plan: tuple[PlanPiece, ...] = ()


@dataclass(frozen=True)
class CoverLine:
    """A line of the cover: the label and the paragraph behind it, or one paragraph over the whole width (`label` empty)."""

    label: str
    paragraph: Paragraph


@dataclass(frozen=True)
class Arrangement:
    """A whole form arranged."""

    form: Form
    cover: tuple[CoverLine, ...]
    parts: tuple[ArrangedPart, ...]

    def slots(self) -> Iterator[Slot]:
        """Yield every slot in the order of the form."""
        for line in self.cover:
            yield from line.paragraph.slots
        for part in self.parts:
            for row in part.grid.rows if part.grid else ():
                for cell in row.cells:
                    for paragraph in cell.paragraphs:
                        yield from paragraph.slots
            for piece in part.plan:
                if piece.prose is not None:
                    yield piece.prose

    def tables(self) -> Iterator[tuple[str, PlanTable]]:
        """Yield the target tables, each with the title of its part."""
        for part in self.parts:
            for piece in part.plan:
                if piece.table is not None:
                    yield part.title, piece.table


def identifier(text: str) -> str:
    """Return `text` without what no template name may hold: brackets, marks and spaces."""
    return re.sub(r"\W", "", text)
