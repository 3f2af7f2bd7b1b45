"""A form as it stands on paper, unfilled: every printed text in order, blanks as nothing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.forms.arrange import arrange
from generator.forms.arrangement import Paragraph, Slot, SlotKind
from generator.forms.definition import FOOTNOTE_MARK, Form, Instructions, PlanTable
from generator.forms.filled import UNTICKED


def printed_texts(form: Form) -> list[str]:
    """Every printed text of `form` from the cover to the appendix; a footnote's mark is `[^]`."""
    return list(_texts(form))


def notes(form: Form) -> list[str]:
    """The texts of the footnotes of `form`, in order."""
    return [piece.footnote for paragraph in _paragraphs(form) for piece in paragraph.pieces if piece.footnote]


def _texts(form: Form) -> Iterator[str]:
    arrangement = arrange(form)
    for line in arrangement.cover:
        yield line.label
        yield from _of_paragraph(line.paragraph)
    yield from _of_instructions(form.instructions)
    for part in arrangement.parts:
        yield part.title
        for row in part.grid.rows if part.grid else ():
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    yield from _of_paragraph(paragraph)
        for piece in part.plan:
            if piece.paragraph is not None:
                yield from _of_paragraph(piece.paragraph)
            if piece.table is not None:
                yield from _of_table(piece.table)
    if form.appendix is not None:
        yield from _of_instructions(form.appendix)


def _paragraphs(form: Form) -> Iterator[Paragraph]:
    for part in arrange(form).parts:
        for row in part.grid.rows if part.grid else ():
            for cell in row.cells:
                yield from cell.paragraphs


def _of_paragraph(paragraph: Paragraph) -> Iterator[str]:
    for piece in paragraph.pieces:
        if piece.footnote:
            yield FOOTNOTE_MARK
        elif piece.slot is not None:
            yield _of_slot(piece.slot)
        else:
            yield piece.text


def _of_slot(slot: Slot) -> str:
    match slot.kind:
        case SlotKind.BOX:
            return UNTICKED
        case SlotKind.HINT:
            return slot.text
        case _:
            return ""


def _of_table(table: PlanTable) -> Iterator[str]:
    for column in table.columns:
        yield column.text
    for direction in table.rows:
        yield direction.direction
        yield from direction.indicators


def _of_instructions(instructions: Instructions) -> Iterator[str]:
    yield instructions.title
    yield from instructions.items
