"""Drawings as SVG, to stand inside an HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.documents.drawing import Drawing
from generator.typeset.pages import Area, Rule, TextRun


def as_svg(drawing: Drawing, title: str, kind: str = "") -> str:
    """Return `drawing` as one `<svg>` element that `title` describes to those who can't see it; `kind` is its class.

    Words keep the widths that they were measured with, whatever font the reader has.
    """
    size = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    named = f' class="{escape(kind)}"' if kind else ""
    parts = [
        f'<svg{named} {size} role="img" aria-label="{escape(title)}">',
        *(_area(area) for area in drawing.areas),
        *(_rule(rule) for rule in drawing.rules),
        *_texts(drawing.runs),
        "</svg>",
    ]
    return "\n".join(parts)


def _area(area: Area) -> str:
    place = f'x="{_n(area.x)}" y="{_n(area.y)}" width="{_n(area.width)}" height="{_n(area.height)}"'
    return f'<rect {place} fill="#{area.colour}"/>'


def _rule(rule: Rule) -> str:
    ends = f'x1="{_n(rule.x1)}" y1="{_n(rule.y1)}" x2="{_n(rule.x2)}" y2="{_n(rule.y2)}"'
    dash = f' stroke-dasharray="{" ".join(map(_n, rule.dash))}"' if rule.dash else ""
    return f'<line {ends} stroke="#{rule.colour}" stroke-width="{_n(rule.width)}"{dash}/>'


def _texts(runs: tuple[TextRun, ...]) -> Iterator[str]:
    for run in runs:
        place = f'x="{_n(run.x)}" y="{_n(run.y)}" font-size="{_n(run.size)}" textLength="{_n(run.width)}"'
        yield f'<text {place} lengthAdjust="spacingAndGlyphs" fill="#{run.colour}">{escape(run.text)}</text>'


def _n(number: float) -> str:
    """A length in points, short."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
