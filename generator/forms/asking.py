"""What a form asks a cluster for: the fields, facts, registers and events that its places are filled from, in its own order."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.cluster.model import Cluster
from generator.cluster.values import NIL, Value
from generator.forms.arrangement import Slot, SlotKind
from generator.forms.conditions import leaves, names_in
from generator.forms.definition import Form, OtherGiven
from generator.forms.places import SHORT_PLACES
from generator.indicators import Formula, Indicators, formula_of

_PATTERN = re.compile(r"\{(\w+)\}")


def years_asked(form: Form) -> tuple[int, ...]:
    """Return the years that a register has columns for: the form's data years, and the one before them, for growth."""
    return (min(form.years.data) - 1, *form.years.data)


def names_asked(slot: Slot) -> tuple[str, ...]:
    """Return the names of the catalogue that `slot` is filled from: one mostly, several for a pattern or a box, none for prose."""
    match slot.kind:
        case SlotKind.COMPOSED:
            return (*pattern_names(slot.source), slot.tag)
        case SlotKind.BOX:
            asked = leaves(slot.box.when if slot.box is not None else None)
            return tuple(dict.fromkeys(n for leaf in asked if not isinstance(leaf, OtherGiven) for n in names_in(leaf)))
        case SlotKind.HINT | SlotKind.OTHER | SlotKind.PROSE:
            return ()
        case _ if slot.choice is not None:
            return (slot.choice.field, *slot.choice.sources.values())
        case _:
            return (SHORT_PLACES.get(slot.source, slot.source),)


def pattern_names(pattern: str) -> tuple[str, ...]:
    """Return the fields that the name pattern `pattern` is composed of, in order."""
    return tuple(_PATTERN.findall(pattern))


def nothing_behind(name: str, year: int, cluster: Cluster, indicators: Indicators) -> str:
    """Return why the figure `name` of `year`, which can't be derived, is 无 all the same; empty where it is merely missing.

    What there is nothing of has no growth and no share (填报说明2: 无相关情况时应填写“无”): the year that a growth starts from says
    无 or 0, or the part of a ratio says 无.
    """

    def known(of: str, when: int) -> Value | None:
        given, derived = cluster.value(of, when), indicators.get((of, when))
        if given is not None:
            return given.value
        return derived.value if derived is not None else NIL if nothing_behind(of, when, cluster, indicators) else None

    formula = formula_of(name)
    wanted = inputs(formula, year) if formula is not None else ()
    if not wanted or any(known(*one) is None for one in wanted):
        return ""
    growth = len({of for of, _ in wanted}) == 1
    of, when = min(wanted, key=lambda one: one[1]) if growth else wanted[0]
    value = known(of, when)
    return f"{when}年{of}是“{NIL.value}”或0" if value is NIL or (growth and value == Decimal(0)) else ""


def inputs(formula: Formula, year: int) -> tuple[tuple[str, int], ...]:
    """Return the names and years that `formula` looks up for its value of `year`."""
    asked: dict[tuple[str, int], None] = {}

    def lookup(name: str, of: int) -> Decimal:
        asked[name, of] = None
        return Decimal(1)

    formula.compute(lookup, year)
    return tuple(asked)
