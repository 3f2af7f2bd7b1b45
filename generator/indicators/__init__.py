"""Indicators: the figures that follow from registers and from other figures, each with its formula, numbers and clause.

A figure given by hand stands; what is derived fills the gaps and is held against what was given. Values keep their full precision:
rounding to two decimals happens where a form prints them.
"""

from __future__ import annotations

from generator.indicators.derivation import RATE_BASE, derive
from generator.indicators.derived import Derived, Formula, Indicators, Lookup
from generator.indicators.formulas import FORMULAS, formula_of
from generator.indicators.registered import TOTALS, Total, totals_of

__all__ = [
    "FORMULAS",
    "RATE_BASE",
    "TOTALS",
    "Derived",
    "Formula",
    "Indicators",
    "Lookup",
    "Total",
    "derive",
    "formula_of",
    "totals_of",
]
