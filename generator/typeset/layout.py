"""From a document to pages: sections, page bodies with their footnotes, headers and footers, numbers, marks."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees

from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.typeset.boxes import Box, stack_height
from generator.typeset.columns import fill, whole_column
from generator.typeset.document import Block, Document, Paragraph, Section, Watermark
from generator.typeset.numbering import Numbers, chapter_of_number, printed_number, with_numbers
from generator.typeset.pages import Mark, Page, Pages
from generator.typeset.paragraphs import ParagraphMaker
from generator.typeset.placing import Column, NoteRoom, Room
from generator.typeset.shaping import Shaper
from generator.typeset.sheets import Register, Sheet
from generator.typeset.tables import table_box

_SEPARATOR_LENGTH = 144.0
_SEPARATOR_WIDTH = 0.5
_PLAIN_SEPARATOR = 6.0
_MARK_COLOUR = "D9D9D9"
_MARK_SHARE = 0.55
_MARK_TYPEFACE = "黑体"
_PLACEHOLDERS = Numbers(1, 1, 1, "decimal")


@dataclass(frozen=True)
class _Body:
    """A page before header and footer: its section, what stands on it, and the number that it bears."""

    section: int
    column: Column
    number: int
    is_first: bool
    is_blank: bool = False


@dataclass(frozen=True)
class _Frame:
    """Where the body of a page begins and ends, and its header and footer."""

    top: float
    bottom: float
    header: tuple[Block, ...]
    footer: tuple[Block, ...]
    watermark: Watermark | None


class Layout:
    """One document being laid out."""

    def __init__(self, document: Document, fonts: FontLibrary, mark: str) -> None:
        self._document = document
        self._fonts = fonts
        self._mark = mark
        self._maker = ParagraphMaker(Shaper(fonts), document.tab_distance)
        self._register = Register()
        self._notes: dict[str, tuple[Box, ...]] = {}
        self._frames: dict[tuple[int, str], _Frame] = {}

    def pages(self) -> Pages:
        """Lay everything out."""
        bodies = list(self._bodies())
        counts = [0] * len(self._document.sections)
        for body in bodies:
            counts[body.section] += 1
        pages = tuple(self._page(index, body, len(bodies), counts[body.section]) for index, body in enumerate(bodies))
        anchors = tuple(self._register.anchors.values())
        return Pages(pages, anchors, tuple(self._register.outline), self._document.metadata)

    def _boxes(self, blocks: tuple[Block, ...], width: float, grid_pitch: float = 0.0) -> tuple[Box, ...]:
        return tuple(
            self._maker.box(block, width, grid_pitch)
            if isinstance(block, Paragraph)
            else table_box(block, width, lambda inner, room: self._boxes(inner, room, grid_pitch))
            for block in blocks
        )

    def _bodies(self) -> Iterator[_Body]:
        """Yield the pages' bodies, blank pages included where a section must begin on a right- or left-hand page."""
        number = count = 0
        waiting: tuple[Box, ...] = ()
        sections = self._document.sections
        for index, section in enumerate(sections):
            if not waiting and _is_wrong_side(section, count):
                count += 1
                number += 1
                yield _Body(max(index - 1, 0), Column((), 0.0), number, is_first=False, is_blank=True)
            if section.number_start is not None and not waiting:
                number = section.number_start - 1
            width = section.width - section.margins.left - section.margins.right
            boxes = (*waiting, *self._boxes(section.blocks, width, section.grid_pitch))
            if index + 1 < len(sections) and _goes_on(section, sections[index + 1]):
                waiting = boxes
                continue
            waiting = ()
            for column, is_first in self._columns(index, section, width, boxes, count):
                number += 1
                count += 1
                yield _Body(index, column, number, is_first)

    def _columns(
        self, index: int, section: Section, width: float, boxes: tuple[Box, ...], count: int
    ) -> Iterator[tuple[Column, bool]]:
        note_room = self._note_room(width)
        is_first, goes_on = True, False
        while True:
            frame = self._frame(index, self._kind(section, count, is_first=is_first))
            room = Room(frame.bottom - frame.top, (), note_room, is_page=True, goes_on=goes_on, must_place=True)
            column, boxes = fill(boxes, room)
            goes_on = not column.ends_with_break
            yield column, is_first
            count += 1
            is_first = False
            if not boxes:
                return

    def _kind(self, section: Section, page: int, *, is_first: bool) -> str:
        """Return which of a section's headers and footers a page has; `page` counts from 0."""
        if is_first and section.title_page:
            return "first"
        return "even" if self._document.even_and_odd and page % 2 == 1 else "default"

    def _frame(self, index: int, kind: str) -> _Frame:
        frame = self._frames.get((index, kind))
        if frame is None:
            frame = self._frames[(index, kind)] = self._new_frame(self._document.sections[index], kind)
        return frame

    def _new_frame(self, section: Section, kind: str) -> _Frame:
        width = section.width - section.margins.left - section.margins.right
        header, footer = section.headers.get(kind, ()), section.footers.get(kind, ())
        top, bottom = section.margins.top, section.margins.bottom
        if header and top >= 0:
            top = max(top, section.header_distance + self._height(header, width))
        if footer and bottom >= 0:
            bottom = max(bottom, section.footer_distance + self._height(footer, width))
        watermark = section.watermarks.get(kind)
        return _Frame(abs(top), section.height - abs(bottom), header, footer, watermark)

    def _height(self, blocks: tuple[Block, ...], width: float) -> float:
        return stack_height(self._boxes(with_numbers(blocks, _PLACEHOLDERS), width))

    def _note_room(self, width: float) -> NoteRoom:
        notes = self._document.notes
        if not notes:
            return NoteRoom({}, 0.0)
        self._notes = {identifier: self._boxes(blocks, width) for identifier, blocks in notes.items()}
        heights = {identifier: stack_height(boxes) for identifier, boxes in self._notes.items()}
        separator = stack_height(self._boxes(self._document.note_separator, width))
        return NoteRoom(heights, separator or _PLAIN_SEPARATOR)

    def _page(self, index: int, body: _Body, total: int, section_total: int) -> Page:
        section = self._document.sections[body.section]
        sheet = Sheet(index, section.width, section.height, self._register)
        if body.is_blank:
            return sheet.page("", self._page_mark(section, None))
        frame = self._frame(body.section, self._kind(section, index, is_first=body.is_first))
        numbers = Numbers(body.number, total, section_total, section.number_format)
        left = section.margins.left
        width = section.width - left - section.margins.right
        if frame.header:
            self._write(sheet, with_numbers(frame.header, numbers), left, section.header_distance, width)
        sheet.write(body.column, left, frame.top)
        if body.column.notes:
            self._write_notes(sheet, body.column.notes, left, frame.bottom, width)
        if frame.footer:
            boxes = self._boxes(with_numbers(frame.footer, numbers), width)
            top = section.height - section.footer_distance - stack_height(boxes)
            sheet.write(whole_column(boxes), left, top)
        chapter = chapter_of_number((*frame.header, *frame.footer))
        label = "" if chapter is None else f"{chapter}{printed_number(body.number, section.number_format)}"
        return sheet.page(label, self._page_mark(section, frame.watermark))

    def _write(self, sheet: Sheet, blocks: tuple[Block, ...], x: float, y: float, width: float) -> None:
        sheet.write(whole_column(self._boxes(blocks, width)), x, y)

    def _write_notes(self, sheet: Sheet, notes: tuple[str, ...], x: float, bottom: float, width: float) -> None:
        room = self._note_room(width)
        y = bottom - room.height(notes)
        middle = y + room.separator / 2
        sheet.rule(x, middle, x + min(_SEPARATOR_LENGTH, width), middle, _SEPARATOR_WIDTH)
        y += room.separator
        for note in notes:
            boxes = self._notes.get(note, ())
            sheet.write(whole_column(boxes), x, y)
            y += stack_height(boxes)

    def _page_mark(self, section: Section, watermark: Watermark | None) -> Mark | None:
        """Return the page's large mark: the one asked for, else the header's own."""
        if self._mark:
            angle = degrees(atan2(section.height, section.width))
            watermark = Watermark(self._mark, _MARK_COLOUR, angle)
        if watermark is None:
            return None
        face = self._fonts.face(_MARK_TYPEFACE)
        advances = sum(face.advance(character) if face.has(character) else 1.0 for character in watermark.text)
        diagonal = (section.width**2 + section.height**2) ** 0.5
        size = min(_MARK_SHARE * diagonal / advances, section.width / 3)
        return Mark(watermark.text, face.key, round(size, 3), round(watermark.angle, 3), watermark.colour)


def _is_wrong_side(section: Section, count: int) -> bool:
    """Whether a section that wants a right- or left-hand page would begin on the other; `count` pages stand already."""
    return (section.start == "oddPage" and count % 2 == 1) or (section.start == "evenPage" and count % 2 == 0)


def _goes_on(section: Section, following: Section) -> bool:
    """Whether the next section goes on upon the same page, which then is of the next one's shape."""
    return following.start == "continuous" and (section.width, section.height, section.margins) == (
        following.width,
        following.height,
        following.margins,
    )
