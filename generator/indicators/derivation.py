"""All that can be derived of a cluster: what its registers add up to, and what follows from that and from given figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Context, Decimal, localcontext

from generator.cluster.columns import Columns
from generator.cluster.enterprises import ENTERPRISES
from generator.cluster.model import Cluster
from generator.frozen import replace
from generator.indicators.derived import Derived, Formula, Indicators
from generator.indicators.formulas import formulas_over
from generator.indicators.registered import TOTALS
from generator.indicators.roll import Roll

RATE_BASE = "普及率分母"
"""The field that says what the rates of cloud, platform and research tools are shares of."""
_PRECISION = Context(prec=34)


def derive(cluster: Cluster, *, years: Collection[int] = (), form: str | None = None) -> Indicators:
    """Return every indicator that can be derived from the registers and actuals of `cluster`, by name and year.

    `years` are asked for beside those that the data speak of; `form` is the submission whose own statements go first.
    Figures given by hand go before derived ones wherever others follow from them. Indicators build on each other: first
    the registers' totals, then FORMULAS in their order (energy per output, then its reduction).
    """
    asked = sorted({*years, *_years(cluster)})
    derived: dict[tuple[str, int], Derived] = {}

    def lookup(name: str, year: int) -> Decimal | None:
        given = cluster.value(name, year)
        if given is not None:
            return given.value if isinstance(given.value, Decimal) else None
        found = derived.get((name, year))
        return found.value if found else None

    with localcontext(_PRECISION):
        roll = Roll(cluster.registers)
        for total in TOTALS if cluster.registers else ():
            for year in asked:
                counted = total.compute(roll, year)
                if counted is None:
                    continue
                found = Derived(counted[0], total.words, counted[1], total.clause, total.whole, total.register)
                first = derived.setdefault((total.name, year), found)
                if first is not found and first.value != found.value:
                    derived[total.name, year] = replace(first, rival=found)
        for formula in formulas_of(cluster, form):
            for year in asked:
                result = formula.compute(lookup, year)
                if result is not None:
                    derived[formula.name, year] = Derived(result[0], formula.words, result[1], formula.clause)
    return derived


def _years(cluster: Cluster) -> Iterator[int]:
    """The years that the data speak of."""
    yield from (year for _, year in cluster.actuals)
    yield from cluster.plans
    yield from (year for _, year in Columns(cluster.registers.get(ENTERPRISES, ())).numbers)


def formulas_of(cluster: Cluster, form: str | None = None) -> tuple[Formula, ...]:
    """Return the formulas that `cluster` is to be reckoned by, in their order: the rates as shares of what it chose."""
    return formulas_over(_rate_base(cluster, form))


def _rate_base(cluster: Cluster, form: str | None) -> str:
    given = cluster.value(RATE_BASE, form=form)
    return given.value if given is not None and isinstance(given.value, str) else ""
