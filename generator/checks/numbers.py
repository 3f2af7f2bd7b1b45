"""Figures in findings: how they are shown, and when two of them are the same on paper."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

CASES = frozenset({"家", "个", "件", "项", "人", "名", "户"})
"""Units of what is counted one by one: they may stand for each other."""
PER_OUTPUT = frozenset({"吨/万元", "吨二氧化碳/万元", "吨标准煤/万元"})
"""Units of what is used or given off for output: the short one may stand for the others."""

_PRECISION = Context(prec=34)
_WIDE = Context(prec=80)


def shown(value: Decimal, unit: str = "") -> str:
    """Return `value` as a form prints it, whole numbers without decimals, followed by `unit`."""
    whole = value == value.to_integral_value()
    return f"{rounded(value, 0 if whole else 2):f}{unit}"


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Return `value` rounded half up to `places` decimals, two on every form."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def mean_growth(last: Decimal, first: Decimal, intervals: int) -> Decimal | None:
    """Return the geometric mean growth from `first` to `last` over `intervals` years, in percent; None where there is none."""
    if first <= 0 or last < 0 or intervals <= 0:
        return None
    with localcontext(_PRECISION):
        return ((last / first) ** (Decimal(1) / intervals) - 1) * 100


def mean_growth_words(last: Decimal, first: Decimal, intervals: int) -> str:
    """Return the formula of `mean_growth` with its numbers."""
    return f"（（{shown(last)}÷{shown(first)}）^（1/{intervals}）−1）×100%"


def fall(last: Decimal, first: Decimal) -> Decimal | None:
    """Return by how many percent `last` is below `first`; None where `first` is nothing."""
    return (1 - last / first) * 100 if first > 0 else None


def fall_words(last: Decimal, first: Decimal) -> str:
    """Return the formula of `fall` with its numbers."""
    return f"（1−{shown(last)}÷{shown(first)}）×100%"
