"""Indicators: the figures that follow from registers and from other figures, each with its formula, numbers and clause.

A figure given by hand stands; what is derived fills the gaps and is held against what was given. Values keep their full precision:
rounding to two decimals happens where a form prints them.
"""

from __future__ import annotations

from generator.indicators.derivation import RATE_BASE, derive, formulas_of
from generator.indicators.derived import Derived, Formula, Indicators, Lookup
from generator.indicators.formulas import FORMULAS, formula_of
from generator.indicators.registered import TOTALS, Total, total_behind, totals_of
from generator.indicators.roll import Roll

__all__ = [
    "FORMULAS",
    "RATE_BASE",
    "TOTALS",
    "Derived",
    "Formula",
    "Indicators",
    "Lookup",
    "Roll",
    "Total",
    "derive",
    "formula_of",
    "formulas_of",
    "total_behind",
    "totals_of",
]
