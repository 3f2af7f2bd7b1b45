"""The area of a PDF page that is seen: its boxes, its turn, its unit, told by strangers and not always soundly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.package.evidence.paper import A4, IDENTITY, Matrix, SourcePage, times

if TYPE_CHECKING:
    import pikepdf

Box = tuple[float, float, float, float]
"""Left, bottom, right and top of an area, in the units of its page."""

_LEAST, _MOST = 1.0, 1_000_000.0  # points, of a side
_QUARTERS: dict[int, Matrix] = {
    0: IDENTITY,
    90: (0, -1, 1, 0, 0, 1),
    180: (-1, 0, 0, -1, 1, 1),
    270: (0, 1, -1, 0, 1, 0),
}


@dataclass(frozen=True)
class SeenPage:
    """A page as it is seen: its area in its own units, that area upright on paper, and whether the size had to be guessed."""

    box: Box
    page: SourcePage
    guessed: bool = False


def seen(page: pikepdf.Page) -> SeenPage:
    """Return the area of a PDF page that readers show; A4 where the page doesn't tell a size that can be."""
    unit = _number(page.obj.get("/UserUnit"), 1.0)
    unit = unit if 0 < unit <= _MOST else 1.0
    turn = _turn(page.obj.get("/Rotate"))
    whole, crop = _box(page.obj.get("/MediaBox")), _box(page.obj.get("/CropBox"))
    if whole is not None and crop is not None:
        crop = (max(whole[0], crop[0]), max(whole[1], crop[1]), min(whole[2], crop[2]), min(whole[3], crop[3]))
    for box in (crop, whole):
        if box is not None and _is_sound(box, unit):
            return SeenPage(box, _upright(box, turn, unit))
    guess = (0.0, 0.0, A4.width, A4.height)
    return SeenPage(guess, _upright(guess, turn, 1.0), guessed=True)


def _upright(box: Box, turn: int, unit: float) -> SourcePage:
    left, bottom, right, top = box
    width, height = (right - left) * unit, (top - bottom) * unit
    if turn % 180:
        width, height = height, width
    square: Matrix = (1 / (right - left), 0, 0, 1 / (top - bottom), -left / (right - left), -bottom / (top - bottom))
    return SourcePage(width, height, times(times(square, _QUARTERS[turn]), (width, 0, 0, height, 0, 0)))


def _turn(found: Any) -> int:
    turn = _number(found, 0.0)
    return round(turn / 90) * 90 % 360 if math.isfinite(turn) else 0


def _box(found: Any) -> Box | None:
    import pikepdf

    if not isinstance(found, pikepdf.Array) or len(found) != 4:
        return None
    values = [_number(each, math.nan) for each in found]
    if not all(map(math.isfinite, values)):
        return None
    return min(values[0], values[2]), min(values[1], values[3]), max(values[0], values[2]), max(values[1], values[3])


def _is_sound(box: Box, unit: float) -> bool:
    return all(_LEAST <= side * unit <= _MOST for side in (box[2] - box[0], box[3] - box[1]))


def _number(found: Any, otherwise: float) -> float:
    try:
        return float(found) if found is not None else otherwise
    except (TypeError, ValueError, OverflowError):
        return otherwise
