"""Paragraphs to lines: gathering characters, breaking, aligning, and the height of each line."""

from __future__ import annotations

import re
from math import ceil

from generator.errors import UnknownConstructError
from generator.measure.lines import BreakRules, break_lines
from generator.typeset.boxes import Line, ParagraphBox
from generator.typeset.document import Alignment, Field, LineRule, NoteMark, Paragraph
from generator.typeset.setting import PIECES, Galley, LineSetter, Span, is_latin_piece
from generator.typeset.shaping import Shaper
from generator.typeset.tabulation import Tabulation

_BASELINE_OF_EXACT = 0.8
_GAP = 0.25
_IDEOGRAPH = "[\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\uf900-\ufaff]"
_LETTER = "[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff]"
_MEETINGS = re.compile(f"{_IDEOGRAPH}(?={_LETTER})|{_LETTER}(?={_IDEOGRAPH})")
_FIRST_IDEOGRAPH = "\u2e80"


class ParagraphMaker:
    """Breaks paragraphs, one after another."""

    def __init__(self, shaper: Shaper, tab_distance: float) -> None:
        self._shaper = shaper
        self._tab_distance = tab_distance

    def box(self, paragraph: Paragraph, width: float, grid_pitch: float = 0.0) -> ParagraphBox:
        """Return a paragraph broken for a column `width` wide.

        Raises UnknownConstructError for a page field in the text: only headers and footers know their page.
        """
        breaking = _Breaking(paragraph, width, grid_pitch, self._shaper, self._tab_distance)
        return ParagraphBox.of(paragraph, breaking.lines(), width)


class _Breaking:
    """One paragraph on its way to lines."""

    def __init__(
        self, paragraph: Paragraph, width: float, grid_pitch: float, shaper: Shaper, tab_distance: float
    ) -> None:
        form = paragraph.format
        self._format = form
        self._mark = paragraph.mark
        self._room = max(width - form.left - form.right, 1.0)
        self._grid_pitch = grid_pitch if form.snap_to_grid else 0.0
        self._shaper = shaper
        self._notes: list[tuple[int, str]] = []
        self._galley = self._gather(paragraph)
        self._tabulation: Tabulation | None = None
        if "\t" in self._galley.text:
            self._tabulation = Tabulation(self._galley.text, self._galley.widths, form, tab_distance)

    def _gather(self, paragraph: Paragraph) -> Galley:
        texts: list[str] = []
        widths: list[float] = []
        spans: list[Span] = []
        position = 0
        for inline in paragraph.inlines:
            if isinstance(inline, Field):
                raise UnknownConstructError(f"正文里的域 {inline.kind.value} 无法排版：只有页眉、页脚里的可以。")
            if isinstance(inline, NoteMark):
                self._notes.append((position, inline.identifier))
            table = self._shaper.table(inline.style)
            widths.extend(map(table.__getitem__, inline.text))
            texts.append(inline.text)
            end = position + len(inline.text)
            spans.append(Span(position, end, table))
            position = end
        text = "".join(texts)
        return Galley(text, widths, self._spread_gaps(text, widths, spans), spans)

    def _spread_gaps(self, text: str, widths: list[float], spans: list[Span]) -> list[float] | None:
        """Widen the characters after which an ideograph meets a letter or figure; return by how much."""
        letters, digits = self._format.gap_letters, self._format.gap_digits
        if not (letters or digits) or not (meetings := list(_MEETINGS.finditer(text))):
            return None
        gaps = [0.0] * len(text)
        for match in meetings:
            index = match.start()
            latin = text[index] if text[index] < _FIRST_IDEOGRAPH else text[index + 1]
            if digits if latin.isdigit() else letters:
                size = next(span.table.style.full_size for span in spans if span.begin <= index < span.end)
                gaps[index] = size * _GAP
                widths[index] += gaps[index]
        return gaps

    def lines(self) -> tuple[Line, ...]:
        """Break the paragraph and set each line."""
        form, galley = self._format, self._galley
        rules = BreakRules(form.kinsoku, form.overflow_punctuation, form.break_words)
        ends = break_lines(
            galley.text,
            galley.widths,
            self._room - form.first,
            self._room,
            rules,
            gaps=galley.gaps,
            tab=self._tabulation.width if self._tabulation else None,
        )
        starts = [0, *ends[:-1]]
        return tuple(
            self._line(start, end, is_first=number == 0, is_last=number == len(ends) - 1)
            for number, (start, end) in enumerate(zip(starts, ends, strict=True))
        )

    def _line(self, start: int, end: int, *, is_first: bool, is_last: bool) -> Line:
        form, text = self._format, self._galley.text[start:end]
        indent = form.first if is_first else 0.0
        setter = LineSetter(self._galley, form.left + indent)
        if self._tabulation is not None and "\t" in text:
            self._set_tabbed(setter, start, start + len(text.rstrip("\n\f")), self._tabulation, is_first=is_first)
        elif text:
            self._set_aligned(setter, start, end, self._room - indent, is_last=is_last or text[-1] in "\n\f")
        height, baseline = self._heights(start, end)
        return Line(
            height=height,
            baseline=baseline,
            segments=tuple(setter.segments),
            strokes=tuple(setter.strokes),
            washes=tuple(setter.washes),
            notes=tuple([note for index, note in self._notes if start <= index < end]) if self._notes else (),
            ends_page=text.endswith("\f"),
        )

    def _set_tabbed(self, setter: LineSetter, start: int, end: int, tabs: Tabulation, *, is_first: bool) -> None:
        """Set a line that has tabs; such a line is always set from the left."""
        origin = setter.x
        position = start
        for index in [*(index for index in range(start, end) if self._galley.text[index] == "\t"), end]:
            setter.set(position, index)
            if index < end:
                stop = tabs.stop_after(setter.x)
                setter.skip(tabs.width(index, setter.x - origin, is_first), index, stop.leader)
            position = index + 1

    def _set_aligned(self, setter: LineSetter, start: int, end: int, room: float, *, is_last: bool) -> None:
        text, widths, gaps = self._galley.text, self._galley.widths, self._galley.gaps
        printed = start + len(text[start:end].rstrip(" \n\f"))
        visible = sum(widths[start:printed])
        if gaps is not None and printed > start:
            visible -= gaps[printed - 1]
        alignment = self._format.alignment
        slack = max(room - visible, 0.0)
        extra = 0.0
        if alignment is Alignment.DISTRIBUTE and printed - start > 1:
            extra = slack / (printed - start - 1)
        elif alignment is Alignment.BOTH and not is_last and slack:
            extra = slack / places if (places := _places(text[start:printed])) > 0 else 0.0
        elif alignment is Alignment.RIGHT:
            setter.x += slack
        elif alignment is Alignment.CENTRE:
            setter.x += slack / 2
        setter.set(start, printed, extra, everywhere=alignment is Alignment.DISTRIBUTE)
        if printed < end and text[printed] == " ":
            setter.set(printed, self._end_of_blanks(printed, end, 0.0 if extra else slack))

    def _end_of_blanks(self, start: int, end: int, slack: float) -> int:
        """Return up to where the spaces at a line's end stand within the column: underlined blanks keep them."""
        if self._format.alignment not in (Alignment.LEFT, Alignment.BOTH):
            return start
        for index in range(start, end):
            slack -= self._galley.widths[index]
            if slack < -0.01 or self._galley.text[index] != " ":
                return index
        return end

    def _heights(self, start: int, end: int) -> tuple[float, float]:
        """Return a line's height and its baseline's distance from its top."""
        form = self._format
        if form.line_rule is LineRule.EXACT:
            return form.line, form.line * _BASELINE_OF_EXACT
        ascent, descent = self._natural(start, end)
        natural = ascent + descent
        height = max(natural, form.line) if form.line_rule is LineRule.AT_LEAST else natural * form.line
        if self._grid_pitch:
            height = max(height, ceil(natural / self._grid_pitch - 0.001) * self._grid_pitch)
            return height, (height - natural) / 2 + ascent
        return height, height - descent

    def _natural(self, start: int, end: int) -> tuple[float, float]:
        """Return the greatest ascent and descent on a line, those of the paragraph's mark when it is empty."""
        ascent = descent = 0.0
        for span in self._galley.spans_between(start, end):
            style = span.table.style
            for face in {span.table.faces[character] for character in set(self._galley.text[span.begin : span.end])}:
                above, below = self._shaper.metrics(face)
                ascent = max(ascent, above * style.size + style.raised)
                descent = max(descent, below * style.size - style.raised)
        if not ascent:
            face = self._shaper.fonts.face(self._mark.east, bold=self._mark.bold).key
            above, below = self._shaper.metrics(face)
            return above * self._mark.full_size, below * self._mark.full_size
        return ascent, descent


def _places(text: str) -> int:
    """Return after how many of a line's characters justification widens it: not within words, not after the last."""
    places = -1
    for match in PIECES.finditer(text):
        if not is_latin_piece(match[0]):
            places += match.end() - match.start()
        elif text[match.end() : match.end() + 1] != " ":
            places += 1
    return places
