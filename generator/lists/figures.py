"""The figures that a form prints, and those that these follow from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.cluster.model import Cluster
from generator.cluster.values import NIL
from generator.forms.arrangement import Slot, SlotKind
from generator.forms.asking import inputs
from generator.forms.filled import FilledForm, FilledSlot
from generator.forms.printing import print_given, print_indicator
from generator.indicators import Indicators, formulas_of

_NUMBER = "数量"

FiguresByYear = Mapping[str, Mapping[int, FilledSlot]]
"""Places of the form by the name and year of a figure."""


def printed_figures(filled: FilledForm) -> FiguresByYear:
    """Return the figures that `filled` prints, by name and year, in form order; a single value is of the base year."""
    printed: dict[str, dict[int, FilledSlot]] = {}
    for slot in filled.slots:
        if slot.slot.kind is SlotKind.VALUE:
            year = slot.slot.year or filled.form.years.base
            printed.setdefault(slot.slot.source, {}).setdefault(year, slot)
    return printed


def serving_figures(filled: FilledForm, cluster: Cluster) -> FiguresByYear:
    """Return the figures that those printed follow from, with the first place that each serves, whether or not it is derived."""
    formulas = {formula.name: formula for formula in formulas_of(cluster, filled.form.id)}
    serving: dict[str, dict[int, FilledSlot]] = {}
    printed = printed_figures(filled)
    waiting = [(name, year, slot) for name, slots in printed.items() for year, slot in slots.items()]
    while waiting:
        name, year, slot = waiting.pop(0)
        for behind, of in inputs(formulas[name], year) if name in formulas else ():
            if of not in serving.setdefault(behind, {}):
                serving[behind][of] = slot
                waiting.append((behind, of, slot))
    return serving


def row_steps(slot: Slot) -> tuple[str, ...]:
    """Return part and row of a slot in words, without its year, and without 数量 of a row that counts and names."""
    steps = slot.path[:-1] if slot.year is not None else slot.path
    return steps[:-1] if slot.kind is SlotKind.NUMBER and steps[-1] == _NUMBER else steps


def figure_that_stands(name: str, year: int, cluster: Cluster, indicators: Indicators, form: str) -> str:
    """Return the figure `name` of `year` as the form reckons with it: given by hand, else derived; empty where there is none."""
    given = cluster.value(name, year, form)
    if given is not None:
        return print_given(given)
    derived = indicators.get((name, year))
    return print_indicator(derived) if derived is not None else ""


def says_nothing(printed: str) -> bool:
    """Whether a printed figure says that there is none: empty, 无 or 0."""
    return not printed or printed == NIL.value or not Decimal(printed)


def says_the_same(one: str, other: str) -> bool:
    """Whether two printed figures are the same; those that say that there is none are."""
    return one == other or (says_nothing(one) and says_nothing(other))
