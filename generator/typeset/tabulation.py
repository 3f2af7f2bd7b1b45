"""Tabs: how far each moves on, given the stops of its paragraph and the text that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from generator.typeset.document import ParagraphFormat, TabStop

_NEAR = 0.01


class Tabulation:
    """The tabs of one paragraph. Positions are measured from the left edge of its column."""

    def __init__(self, text: str, widths: Sequence[float], form: ParagraphFormat, distance: float) -> None:
        self._text = text
        self._widths = widths
        self._format = form
        self._distance = distance

    def width(self, index: int, x: float, is_first_line: bool) -> float:
        """Return the width of the tab at an index, `x` being its distance from where its line begins."""
        origin = self._format.left + (self._format.first if is_first_line else 0.0)
        position = origin + x
        stop = self.stop_after(position)
        room = stop.position - position
        if stop.alignment == "left":
            return room
        following = self._following(index)
        if stop.alignment == "center":
            return max(room - sum(following) / 2, 0.0)
        if stop.alignment == "decimal":
            text = self._text[index + 1 : index + 1 + len(following)]
            return max(room - sum(following[: text.find(".")] if "." in text else following), 0.0)
        return max(room - sum(following), 0.0)

    def stop_after(self, position: float) -> TabStop:
        """Return the next stop: one of the paragraph's own, its hanging indent, or the next of the default ones."""
        form = self._format
        stops = [stop for stop in form.tabs if stop.position > position + _NEAR]
        if form.first < 0 and form.left > position + _NEAR:
            stops.append(TabStop(form.left, "left", ""))
        if stops:
            return min(stops, key=lambda stop: stop.position)
        return TabStop((floor((position + _NEAR) / self._distance) + 1) * self._distance, "left", "")

    def _following(self, index: int) -> Sequence[float]:
        """Return the widths of the characters up to the next tab or the end of the line."""
        end = index + 1
        while end < len(self._text) and self._text[end] not in "\t\n\f":
            end += 1
        return self._widths[index + 1 : end]
