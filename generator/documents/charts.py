"""Pictures of figures: a trend over years, a value against its line. Figures in, drawings out; made to be printed in grey."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from generator.checks.numbers import rounded, shown
from generator.documents.drawing import Drawing
from generator.documents.lettering import Lettering
from generator.frozen import dataclass, replace
from generator.measure.fonts import FontLibrary
from generator.typeset.pages import Area, Rule, TextRun

_TITLE = Lettering("黑体", 9)
_VALUE = Lettering("宋体", 8)
_YEAR = Lettering("宋体", 8)
_TICK = Lettering("宋体", 7, "595959")
_LINE_LABEL = Lettering("黑体", 7)
_LABEL = Lettering("宋体", 9)
_STRONG = Lettering("黑体", 9)

_BLACK, _DARK, _PALE, _GRID, _WHITE = "000000", "8C8C8C", "E6E6E6", "D0D0D0", "FFFFFF"
_HAIR, _THIN, _BOLD = 0.4, 0.7, 1.3
_DASH = (3.0, 2.0)
_HEAD = 26.0  # points above the plot: the title, and the value of a column that reaches the top
_FOOT = 14.0  # below it: the years
_COLUMN = 0.46  # of the room of a year
_DOT = 3.4
_SMALLEST = 5.0
_MISSING = "—"
_CLEAR = 9.0  # points that a value keeps from a dashed line
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Shape(Enum):
    """How a trend is drawn: amounts and counts as columns, rates as a line."""

    COLUMNS = "columns"
    LINE = "line"


@dataclass(frozen=True)
class Trend:
    """A figure over years: `values` go with `years`, None where one is missing. `line` is what a standard asks for, if it asks."""

    title: str
    unit: str
    years: tuple[int, ...]
    values: tuple[Decimal | None, ...]
    shape: Shape = Shape.COLUMNS
    line: Decimal | None = None


@dataclass(frozen=True)
class Bar:
    """A value against the line that it has to reach, and the words that are printed behind.

    `met` is None where the value is on the line so exactly that the wording decides.
    """

    label: str
    value: Decimal
    line: Decimal
    words: str
    met: bool | None


@dataclass(frozen=True)
class Scale:
    """An axis: from `bottom` to `top` in steps."""

    bottom: float
    top: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values at which the axis has a mark."""
        count = round((self.top - self.bottom) / self.step)
        return tuple(self.bottom + self.step * number for number in range(count + 1))

    def share(self, value: float) -> float:
        """Return how far up `value` is: 0 at the bottom, 1 at the top."""
        return (value - self.bottom) / (self.top - self.bottom)


def scale_of(values: Sequence[float], steps: int = 4) -> Scale:
    """Return an axis from 0 that holds `values` in about `steps` steps of round length."""
    low, high = min((0.0, *values)), max((0.0, *values))
    rough = (high - low or 1.0) / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in _STEPS if factor * power >= rough * (1 - 1e-9))
    return Scale(math.floor(low / step + 1e-9) * step, max(math.ceil(high / step - 1e-9), 0) * step or step, step)


def draw_trend(trend: Trend, fonts: FontLibrary, *, width: float, height: float) -> Drawing:
    """Return a small chart of `trend`, `width` by `height` points: title and unit, axis from 0, every value printed.

    The line of a standard is dashed and says its value.
    """
    plot = _Plot.of(trend, fonts, width, height)
    title = f"{trend.title}（{trend.unit}）" if trend.unit else trend.title
    runs = [
        *_fitted(_TITLE, title, width, fonts).runs(title, width / 2, 9.5, fonts, "centre"),
        *plot.tick_labels(fonts),
        *plot.year_labels(fonts),
    ]
    runs += [*plot.value_labels(fonts), *plot.line_label(fonts)]
    rules = [*plot.grid(), *plot.standard_line()]
    areas: list[Area] = []
    if trend.shape is Shape.COLUMNS:
        areas = list(plot.columns())
    else:
        rules += plot.path()
        areas = list(plot.dots())
    return Drawing(width, height, tuple(runs), tuple(rules), tuple(areas))


@dataclass(frozen=True)
class _Plot:
    """Where things of a trend stand: the plot's edges in points, and its scale."""

    trend: Trend
    scale: Scale
    left: float
    right: float
    top: float
    bottom: float
    foot: float

    @classmethod
    def of(cls, trend: Trend, fonts: FontLibrary, width: float, height: float) -> _Plot:
        known = [float(value) for value in trend.values if value is not None]
        scale = scale_of([*known, *([] if trend.line is None else [float(trend.line)])])
        labels = max(_TICK.width(_tick(tick), fonts) for tick in scale.ticks)
        below = _CLEAR if any(value < 0 for value in known) else 0.0
        return cls(trend, scale, labels + 4, width - 2, _HEAD, height - _FOOT - below, height - _FOOT)

    def y(self, value: float) -> float:
        return self.bottom - self.scale.share(value) * (self.bottom - self.top)

    def x(self, number: int) -> float:
        """The middle of the room of a year."""
        return self.left + (number + 0.5) * (self.right - self.left) / len(self.trend.years)

    def points(self) -> Iterator[tuple[float, float, Decimal]]:
        for number, value in enumerate(self.trend.values):
            if value is not None:
                yield self.x(number), self.y(float(value)), value

    def grid(self) -> Iterator[Rule]:
        for tick in self.scale.ticks:
            if abs(tick) > self.scale.step / 2:
                yield Rule(self.left, self.y(tick), self.right, self.y(tick), _HAIR, _GRID)
        yield Rule(self.left, self.y(0), self.right, self.y(0), _THIN)

    def tick_labels(self, fonts: FontLibrary) -> Iterator[TextRun]:
        for tick in self.scale.ticks:
            yield from _TICK.runs(_tick(tick), self.left - 3, self.y(tick) + 2.5, fonts, "right")

    def year_labels(self, fonts: FontLibrary) -> Iterator[TextRun]:
        for number, year in enumerate(self.trend.years):
            yield from _YEAR.runs(f"{year}年", self.x(number), self.foot + 10.5, fonts, "centre")

    def value_labels(self, fonts: FontLibrary) -> Iterator[TextRun]:
        room = (self.right - self.left) / len(self.trend.years) - 2
        widest = max((self._printed(value) for value in self.trend.values if value is not None), key=len, default="")
        letters = _fitted(_VALUE, widest, room, fonts)
        for number, value in enumerate(self.trend.values):
            if value is None:
                yield from letters.runs(_MISSING, self.x(number), self.y(0) - 3, fonts, "centre")
            else:
                yield from letters.runs(self._printed(value), self.x(number), self._label_y(value), fonts, "centre")

    def _printed(self, value: Decimal) -> str:
        """A value with as many decimals as its neighbours: none, or two."""
        whole = all(one is None or one == one.to_integral_value() for one in self.trend.values)
        return shown(value) if whole else f"{rounded(value):f}"

    def _label_y(self, value: Decimal) -> float:
        """The baseline of the words at a value: above it, below it for what is negative, never on the dashed line."""
        y = self.y(float(value))
        if value < 0:
            return y + 9
        y -= 4 if self.trend.shape is Shape.LINE else 3
        if self.trend.line is not None:
            dashed = self.y(float(self.trend.line))
            if dashed - 1 < y < dashed + _CLEAR:
                y = dashed - 2.5
        return y

    def columns(self) -> Iterator[Area]:
        half = (self.right - self.left) / len(self.trend.years) * _COLUMN / 2
        for x, y, _ in self.points():
            upper, lower = sorted((y, self.y(0)))
            yield Area(x - half, upper, 2 * half, lower - upper, _DARK)

    def path(self) -> Iterator[Rule]:
        """The line from point to point; it is broken where a value is missing."""
        values = self.trend.values
        for number, (one, other) in enumerate(pairwise(values)):
            if one is not None and other is not None:
                ends = (self.x(number), self.y(float(one)), self.x(number + 1), self.y(float(other)))
                yield Rule(*ends, _BOLD)

    def dots(self) -> Iterator[Area]:
        for x, y, _ in self.points():
            yield Area(x - _DOT / 2, y - _DOT / 2, _DOT, _DOT, _BLACK)

    def standard_line(self) -> Iterator[Rule]:
        if self.trend.line is not None:
            y = self.y(float(self.trend.line))
            yield Rule(self.left, y, self.right, y, _THIN, _BLACK, _DASH)

    def line_label(self, fonts: FontLibrary) -> Iterator[TextRun]:
        """The value of the dashed line, at the right end, below it: above it stand the values. Close to the years it stands above."""
        if self.trend.line is not None:
            y = self.y(float(self.trend.line))
            below = y + _CLEAR <= self.bottom
            yield from _LINE_LABEL.runs(shown(self.trend.line), self.right, y + 7.5 if below else y - 2, fonts, "right")


def _tick(value: float) -> str:
    """A value on the axis, without noise behind the point; adding nothing makes of −0 a 0."""
    return f"{round(value, 10) + 0.0:.10f}".rstrip("0").rstrip(".")


def draw_bar(bar: Bar, fonts: FontLibrary, *, width: float, height: float) -> Drawing:
    """Return one row of a chart, `width` by `height` points: label, a bar as long as value by line, a mark at the line, words.

    The line stands at the same place in every row. A value beyond 2.5 times its line ends in a gap. What falls short is an
    empty bar, what is exactly on the line a pale one.
    """
    start, end = width * 0.235, width * 0.615
    at_line = start + (end - start) / _REACH
    ratio = max(float(bar.value / bar.line), 0.0) if bar.line else _REACH
    reach = start + (end - start) * min(ratio, _REACH) / _REACH
    top, bottom = height * 0.22, height * 0.78
    baseline = height / 2 + 3.2
    runs = [*_fitted(_LABEL, bar.label, start - 5, fonts).runs(bar.label, start - 5, baseline, fonts, "right")]
    letters = _fitted(_LABEL if bar.met else _STRONG, bar.words, width - end - 6, fonts)
    runs += letters.runs(bar.words, end + 6, baseline, fonts)
    areas: list[Area] = []
    rules = [Rule(start, 0, start, height, _THIN), Rule(at_line, 0, at_line, height, _THIN, _BLACK, _DASH)]
    if reach > start:
        colour = _DARK if bar.met else _PALE if bar.met is None else _WHITE
        areas.append(Area(start, top, reach - start, bottom - top, colour))
        if not bar.met:
            rules += _outline(start, top, reach, bottom)
    if ratio > _REACH:
        areas.append(Area(reach - 12, top - 1, 3, bottom - top + 2, _WHITE))
    return Drawing(width, height, tuple(runs), tuple(rules), tuple(areas))


_REACH = 2.5
"""How many times its line a bar is long at most."""


def _fitted(letters: Lettering, text: str, width: float, fonts: FontLibrary) -> Lettering:
    """The lettering of `text`: smaller where it would be wider than `width`."""
    wide = letters.width(text, fonts)
    return letters if wide <= width else replace(letters, size=max(letters.size * width / wide, _SMALLEST))


def _outline(left: float, top: float, right: float, bottom: float) -> list[Rule]:
    return [
        Rule(left, top, right, top, _THIN),
        Rule(left, bottom, right, bottom, _THIN),
        Rule(right, top, right, bottom, _THIN),
    ]


def side_by_side(drawings: Sequence[Drawing], *, width: float, columns: int) -> Drawing:
    """Return `drawings` in a row `width` points wide that has room for `columns` of them, the first at the left."""
    step = width / columns
    runs: list[TextRun] = []
    rules: list[Rule] = []
    areas: list[Area] = []
    for number, drawing in enumerate(drawings):
        x = number * step + (step - drawing.width) / 2
        runs += (run._replace(x=run.x + x) for run in drawing.runs)
        rules += (rule._replace(x1=rule.x1 + x, x2=rule.x2 + x) for rule in drawing.rules)
        areas += (area._replace(x=area.x + x) for area in drawing.areas)
    height = max((drawing.height for drawing in drawings), default=0.0)
    return Drawing(width, height, tuple(runs), tuple(rules), tuple(areas))
