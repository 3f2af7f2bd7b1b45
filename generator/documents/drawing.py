"""Drawings as values, and their place on laid-out pages."""

from __future__ import annotations

from collections.abc import Mapping

from generator.forms.definition_document import DRAWING
from generator.frozen import dataclass, replace
from generator.typeset.pages import Anchor, Area, Page, Pages, Rule, TextRun


@dataclass(frozen=True)
class Drawing:
    """What is drawn, in points from its own upper left corner, y downwards."""

    width: float
    height: float
    runs: tuple[TextRun, ...] = ()
    rules: tuple[Rule, ...] = ()
    areas: tuple[Area, ...] = ()


def placed(pages: Pages, drawings: Mapping[str, Drawing]) -> Pages:
    """Return `pages` with each of `drawings` in the room that the document keeps for it, in the middle of its width.

    Raises KeyError for a drawing that the document has no room for.
    """
    anchors = {anchor.name: anchor for anchor in pages.anchors}
    drawn = list(pages.pages)
    for name, drawing in drawings.items():
        anchor = anchors[f"{DRAWING}{name}"]
        drawn[anchor.page] = _with_drawing(drawn[anchor.page], drawing, anchor)
    return replace(pages, pages=tuple(drawn))


def _with_drawing(page: Page, drawing: Drawing, anchor: Anchor) -> Page:
    x, y = anchor.x + (anchor.width - drawing.width) / 2, anchor.y
    return replace(
        page,
        runs=(*page.runs, *(run._replace(x=run.x + x, y=run.y + y) for run in drawing.runs)),
        rules=(*page.rules, *(_moved(rule, x, y) for rule in drawing.rules)),
        areas=(*page.areas, *(area._replace(x=area.x + x, y=area.y + y) for area in drawing.areas)),
    )


def _moved(rule: Rule, x: float, y: float) -> Rule:
    return rule._replace(x1=rule.x1 + x, y1=rule.y1 + y, x2=rule.x2 + x, y2=rule.y2 + y)
