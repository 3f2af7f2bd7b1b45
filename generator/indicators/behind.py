"""What stands behind a derived figure: the rows of a register that it is made of, or the figures that its formula takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from generator.cluster.model import Cluster
from generator.findings import Position
from generator.frozen import dataclass
from generator.indicators.derived import Derived, Formula
from generator.indicators.formulas import ENTERPRISES, SMALL_ENTERPRISES, formulas_over
from generator.indicators.registered import Total, totals_of
from generator.indicators.roll import Roll

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Row:
    """One row of a register behind a figure: what it is called, its number (1 where rows are counted), where that stands."""

    name: str
    number: Decimal
    position: Position


@dataclass(frozen=True)
class Input:
    """One figure that a formula takes: its year and value, where it was given; None for one that is derived itself."""

    name: str
    year: int
    value: Decimal
    position: Position | None


@dataclass(frozen=True)
class Behind:
    """What a derived figure rests on: `rows` of a register, whose numbers are in `unit` and of which `divisor` make one of
    the figure, or the `inputs` of a formula. `counted` says that rows are counted, not added up."""

    derived: Derived
    rows: tuple[Row, ...] = ()
    inputs: tuple[Input, ...] = ()
    unit: str = ""
    divisor: int = 1
    counted: bool = False


def behind(cluster: Cluster, indicators: Mapping[tuple[str, int], Derived], name: str, year: int) -> Behind | None:
    """Return what the derived figure `name` of `year` rests on, None where nothing is derived there."""
    derived = indicators.get((name, year))
    if derived is None:
        return None
    if derived.register:
        total = next(total for total in totals_of(name) if total.words == derived.formula)
        return _rows(cluster, derived, total, year)
    formulas = (formula for base in (SMALL_ENTERPRISES, ENTERPRISES) for formula in formulas_over(base))
    formula = next((one for one in formulas if (one.name, one.words) == (name, derived.formula)), None)
    return Behind(derived, inputs=_inputs(cluster, indicators, formula, year) if formula is not None else ())


def _rows(cluster: Cluster, derived: Derived, total: Total, year: int) -> Behind:
    rows = tuple(
        Row(
            entry.text("名称") or next((given.text for given in entry.columns.values()), ""),
            number,
            entry.place(total.column, year) if total.column else entry.position,
        )
        for entry, number in total.rows(Roll(cluster.registers), year)
    )
    return Behind(derived, rows, unit=total.unit, divisor=total.divisor, counted=not total.column)


def _inputs(
    cluster: Cluster, indicators: Mapping[tuple[str, int], Derived], formula: Formula, year: int
) -> tuple[Input, ...]:
    """The figures that the formula asked for, in its order."""
    asked: dict[tuple[str, int], Input] = {}

    def lookup(name: str, of: int) -> Decimal | None:
        given, found = cluster.value(name, of), indicators.get((name, of))
        value = formula.number(given.value) if given is not None else found.value if found is not None else None
        if value is None:
            return None
        asked.setdefault((name, of), Input(name, of, value, given.position if given is not None else None))
        return value

    formula.compute(lookup, year)
    return tuple(asked.values())


@dataclass(frozen=True)
class Difference:
    """By how much a number differs from a derived one: in the rows' own unit where there is one (else empty)."""

    number: Decimal
    unit: str = ""


def difference(behind: Behind, value: str) -> Difference | None:
    """Return by how much the number `value` is more than the derived figure; None where it is no number."""
    if not _NUMBER.fullmatch(value):
        return None
    lacking = Decimal(value) - behind.derived.value
    if behind.rows and not behind.counted:
        return Difference((lacking * behind.divisor).normalize(), behind.unit)
    return Difference(lacking.quantize(Decimal("0.0001")).normalize())
