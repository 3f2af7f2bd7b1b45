"""How values are printed on a form."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from generator.cluster.values import Given, Nil, Value
from generator.indicators import Derived

_CENT = Decimal("0.01")


def print_given(given: Given) -> str:
    """Return what a form prints for a value given by hand: whole numbers as written, others with two decimals."""
    return print_value(given.value)


def print_value(value: Value) -> str:
    """Return the printed text of `value`. A number written without decimals stays whole; 无 is 无; texts are joined by 、."""
    if isinstance(value, Nil):
        return value.value
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return f"{value:f}" if isinstance(exponent, int) and exponent >= 0 else print_derived(value)
    if isinstance(value, tuple):
        return "、".join(value)
    return _print_date(value)


def print_derived(value: Decimal) -> str:
    """Return `value` with two decimals, rounded half up (数据有小数时，保留小数点后2位)."""
    return f"{value.quantize(_CENT, rounding=ROUND_HALF_UP):f}"


def print_indicator(derived: Derived) -> str:
    """Return a derived figure as a form prints it: a count whole, anything else with two decimals."""
    return f"{derived.value:.0f}" if derived.whole else print_derived(derived.value)


def loses_digits(value: Value) -> bool:
    """Whether printing `value` with two decimals drops digits that were given."""
    return isinstance(value, Decimal) and value != value.quantize(_CENT, rounding=ROUND_HALF_UP)


def _print_date(text: str) -> str:
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text)
    if match is None:
        return text
    year, month, day = match.groups()
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
