"""What a derivation gives, and what a formula is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from generator.cluster.values import NIL, Value
from generator.frozen import dataclass


@dataclass(frozen=True)
class Derived:
    """A figure that follows from others: its value, the formula in words, the same with its numbers, and the clause.

    `whole` marks a count, which is printed without decimals; `register` is the register that the figure was counted or
    added up from, empty for one that follows from other figures. `rival` is the same figure as another register, or another
    column, gives it.
    """

    value: Decimal
    formula: str
    numbers: str
    clause: str = ""
    whole: bool = False
    register: str = ""
    rival: Derived | None = None


Indicators = Mapping[tuple[str, int], Derived]
Lookup = Callable[[str, int], Decimal | None]


@dataclass(frozen=True)
class Formula:
    """How one indicator follows from others: `compute(lookup, year)` gives None where a figure is missing.

    `growth` marks one that compares a figure with itself in an earlier year: what there is nothing of any more is 0 to it.
    """

    name: str
    words: str
    compute: Callable[[Lookup, int], tuple[Decimal, str] | None]
    clause: str = ""
    growth: bool = False

    def number(self, given: Value) -> Decimal | None:
        """Return the number that the formula reckons with where `given` was written; None where that says no number to it."""
        if given is NIL and self.growth:
            return Decimal(0)
        return given if isinstance(given, Decimal) else None
