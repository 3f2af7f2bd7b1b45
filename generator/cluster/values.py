"""The values a cluster's data are made of."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from generator.findings import Position
from generator.frozen import dataclass


class Nil(Enum):
    """无: the applicant states that there is none. Printed 无, and nothing in sums."""

    NIL = "无"


NIL = Nil.NIL

Value = Decimal | str | tuple[str, ...] | Nil
"""A number, a text (choices and dates among them), several texts, or 无."""


@dataclass(frozen=True)
class Given:
    """A value as the user gave it: the value, the text as written, and where it stands."""

    value: Value
    text: str
    position: Position


def plain(number: Decimal) -> str:
    """Return `number` as a clerk writes it: no exponent, no needless zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(value: Value) -> str:
    """Return how a clerk writes `value`: a number plain, several texts parted by 、."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Nil):
        return value.value
    return "、".join(value) if isinstance(value, tuple) else value
