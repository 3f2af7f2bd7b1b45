"""Figures given by hand against what the registers add up to: both are shown, and the hand's is the one that is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.checks.rule import Examined, Located, path_of
from generator.cluster.catalogue import ACTUALS
from generator.cluster.values import NIL, Given
from generator.findings import PATH_MARK, Finding, Severity
from generator.forms.printing import print_given, print_indicator
from generator.indicators import Derived
from generator.lists.figures import says_the_same


def given_against_registers(examined: Examined) -> Iterator[Located]:
    """C701: a figure given by hand is not what the registers give, rounded as the hand's is; 无 is 0."""
    slots = {(filled.slot.source, filled.slot.year): filled for filled in reversed(examined.filled.slots)}
    for (name, year), given in examined.cluster.actuals.items():
        derived = examined.indicators.get((name, year))
        if derived is None or not derived.register or agrees(given, derived):
            continue
        filled = slots.get((name, year))
        lists = _lists_not_made(examined, name, year, given, derived)
        yield (
            filled.slot.key if filled is not None else "",
            Finding(
                code="C701",
                severity=Severity.CHECK,
                message="直接填写的数与名录推算的不符；表上印的是直接填写的" + (f"，{lists}没有生成" if lists else ""),
                path=path_of(filled) if filled is not None else PATH_MARK.join((ACTUALS, name, f"{year}年")),
                position=given.position,
                found=f"填写的是 {print_given(given)}",
                expected=f"“{derived.register}”名录推算为 {print_indicator(derived)}（{derived.numbers}）",
                remedy=f"请核对两处；以名录为准的，删去“{ACTUALS}”里这个数即可。",
                clause=derived.clause,
            ),
        )


def _lists_not_made(examined: Examined, name: str, year: int, given: Given, derived: Derived) -> str:
    """The lists that would contradict the form, so that they are not made; empty where none does."""
    if says_the_same(print_indicator(derived), print_given(given)):
        return ""
    titles = (
        owed.definition.title
        for owed in examined.owed_lists
        if any(figure.name == name and year in figure.years for figure in owed.figures)
    )
    return "、".join(f"“{title}”" for title in dict.fromkeys(titles))


def registers_that_disagree(examined: Examined) -> Iterator[Located]:
    """C702: a figure that the form needs is given by two registers, or columns, and they differ."""
    for (name, year), filled in examined.figures.items():
        derived = examined.indicators.get((name, year))
        if derived is None or derived.rival is None:
            continue
        yield (
            filled.slot.key,
            Finding(
                code="C702",
                severity=Severity.CHECK,
                message="名录里的两处对不上；用的是前一处",
                path=examined.figure_path(name, year),
                found=f"{derived.formula}：{print_indicator(derived)}（{derived.numbers}）",
                expected=f"{derived.rival.formula}：{print_indicator(derived.rival)}（{derived.rival.numbers}）",
                remedy="请核对两处；只用其中一处的，另一处不必填。",
                clause=derived.clause,
            ),
        )


def agrees(given: Given, derived: Derived) -> bool:
    """Return whether the two are equal once the derived one is rounded to as many decimals as were written by hand; 无 is 0."""
    if given.value is NIL:
        return not derived.value
    if not isinstance(given.value, Decimal):
        return True
    exponent = given.value.as_tuple().exponent
    unit = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return abs(given.value - derived.value) <= (Decimal(0) if derived.whole else unit / 2)
