"""All that can be derived of a cluster: what its registers add up to, and what follows from that and from given figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Context, Decimal, localcontext

from generator.cluster.columns import Columns
from generator.cluster.enterprises import ENTERPRISES
from generator.cluster.model import Cluster
from generator.frozen import replace
from generator.indicators.derived import Derived, Formula, Indicators, Lookup
from generator.indicators.formulas import formulas_over
from generator.indicators.registered import TOTALS, Total, totals_of
from generator.indicators.roll import Roll

RATE_BASE = "普及率分母"
"""The field that says what the rates of cloud, platform and research tools are shares of."""
_PRECISION = Context(prec=34)


def derive(cluster: Cluster, *, years: Collection[int] = (), form: str | None = None) -> Indicators:
    """Return every indicator that can be derived from the registers and actuals of `cluster`, by name and year.

    `years` are asked for beside those that the data speak of; `form` is the submission whose own statements go first.
    Figures given by hand go before derived ones wherever others follow from them. Indicators build on each other: first
    the registers' totals, then FORMULAS in their order (energy per output, then its reduction). Each is derived when it is
    first asked for.
    """
    return _Derivation(cluster, tuple(sorted({*years, *_years(cluster)})), formulas_of(cluster, form))


class _Derivation(Mapping[tuple[str, int], Derived]):
    """What can be derived of `cluster` in `years`: each figure when it is first asked for, for no form asks for all."""

    def __init__(self, cluster: Cluster, years: tuple[int, ...], formulas: Sequence[Formula]) -> None:
        self._cluster, self._years = cluster, years
        self._roll = Roll(cluster.registers)
        self._formulas = {formula.name: formula for formula in formulas}
        self._known: dict[tuple[str, int], Derived | None] = {}

    def __getitem__(self, key: tuple[str, int]) -> Derived:
        found = self._found(*key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[tuple[str, int]]:
        told: dict[tuple[str, int], None] = {}
        sources: tuple[Total | Formula, ...] = (*TOTALS, *self._formulas.values())
        for source in sources:
            for year in self._years:
                found = self._found(source.name, year)
                if found is not None and found.formula == source.words:
                    told[source.name, year] = None
        return iter(told)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))

    def _found(self, name: str, year: int) -> Derived | None:
        if (name, year) not in self._known:
            with localcontext(_PRECISION):
                self._known[name, year] = self._derived(name, year) if year in self._years else None
        return self._known[name, year]

    def _derived(self, name: str, year: int) -> Derived | None:
        formula = self._formulas.get(name)
        if formula is not None:
            result = formula.compute(self._lookup(formula), year)
            return None if result is None else Derived(result[0], formula.words, result[1], formula.clause)
        first: Derived | None = None
        for total in totals_of(name) if self._cluster.registers else ():
            counted = total.compute(self._roll, year)
            if counted is None:
                continue
            found = Derived(counted[0], total.words, counted[1], total.clause, total.whole, total.register)
            if first is not None and first.value != found.value:
                first = replace(first, rival=found)
            first = first or found
        return first

    def _lookup(self, formula: Formula) -> Lookup:
        """What `formula` finds of a figure: as given, else derived."""

        def lookup(name: str, year: int) -> Decimal | None:
            given = self._cluster.value(name, year)
            if given is not None:
                return formula.number(given.value)
            found = self._found(name, year)
            return found.value if found else None

        return lookup


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
