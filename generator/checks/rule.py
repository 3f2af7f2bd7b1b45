"""What a rule reads and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from generator.checks.reading import References
from generator.cluster.catalogue import EVIDENCE, Catalogue
from generator.cluster.model import Cluster, Evidence
from generator.cluster.values import NIL
from generator.findings import PATH_MARK, Finding, Position
from generator.forms.arrangement import SlotKind
from generator.forms.asking import inputs
from generator.forms.filled import FilledForm, FilledSlot
from generator.frozen import dataclass, field
from generator.indicators import Indicators, formula_of
from generator.lists.owed import OwedList, owed_lists
from generator.measure.fonts import FontLibrary


@dataclass(frozen=True)
class Examined:
    """Everything that rules look at."""

    filled: FilledForm
    cluster: Cluster
    fonts: FontLibrary
    catalogue: Catalogue = field(default_factory=Catalogue)
    indicators: Indicators = field(default_factory=dict)
    references: References = field(default_factory=References)

    def proofs(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Return the evidence items by the fact, field or register that they prove."""
        return self._proofs

    @cached_property
    def _proofs(self) -> Mapping[str, tuple[Evidence, ...]]:
        return proofs_of(self.cluster)

    @property
    def evidence_unread(self) -> bool:
        """Whether the whole list of evidence was written and not read: nobody can tell what it proves."""
        return not self.cluster.evidence and self.cluster.misses(EVIDENCE)

    def number(self, name: str, year: int) -> Decimal | None:
        """Return the figure `name` of `year`: as given (无 is 0), else derived, else None. A field without years is the same in all."""
        field = self.catalogue.fields.get(name)
        given = self.cluster.value(name, year if field is None or field.by_year else None, self.filled.form.id)
        if given is not None:
            return Decimal(0) if given.value is NIL else given.value if isinstance(given.value, Decimal) else None
        derived = self.indicators.get((name, year))
        return derived.value if derived else None

    def given(self, name: str, year: int) -> Decimal | None:
        """Return the figure `name` of `year` where it was given by hand as a number."""
        given = self.cluster.value(name, year)
        return given.value if given is not None and isinstance(given.value, Decimal) else None

    def position(self, name: str, year: int | None) -> Position | None:
        """Return where the figure `name` of `year` was written."""
        given = self.cluster.value(name, year, self.filled.form.id)
        return given.position if given is not None else None

    def unit(self, name: str) -> str:
        """Return the unit of the field `name`."""
        field = self.catalogue.fields.get(name)
        return field.unit if field is not None else ""

    @cached_property
    def figures(self) -> Mapping[tuple[str, int], FilledSlot]:
        """The figures that the form prints, and those that they follow from, each with the first place that it serves."""
        found: dict[tuple[str, int], FilledSlot] = {}
        served: list[tuple[str, int, FilledSlot]] = []
        for filled in self.filled.slots:
            if filled.slot.kind is SlotKind.VALUE:
                key = filled.slot.source, filled.slot.year or self.filled.form.years.base
                if found.setdefault(key, filled) is filled:
                    served.append((*key, filled))
        while served:
            name, year, filled = served.pop(0)
            formula = formula_of(name)
            for key in inputs(formula, year) if formula is not None else ():
                if key not in found:
                    found[key] = filled
                    served.append((*key, filled))
        return found

    @cached_property
    def owed_lists(self) -> tuple[OwedList, ...]:
        """The lists that the form owes."""
        return owed_lists(self.filled, self.cluster, self.references.lists)

    def figure_path(self, name: str, year: int) -> str:
        """Return the place of a figure in words: where the form prints it, else its own name."""
        filled = self.figures.get((name, year))
        if filled is not None and filled.slot.source == name:
            return path_of(filled)
        return PATH_MARK.join((name, f"{year}年"))

    def figure_key(self, name: str, year: int) -> str:
        """Return the key of the place that a figure serves, for sorting; empty where it serves none."""
        filled = self.figures.get((name, year))
        return filled.slot.key if filled is not None else ""


def proofs_of(cluster: Cluster) -> Mapping[str, tuple[Evidence, ...]]:
    """Return the evidence items of `cluster` by the fact, field or register that they prove."""
    by_item = {item.name: item for item in cluster.evidence}
    proofs: dict[str, tuple[Evidence, ...]] = {}
    for item in cluster.evidence:
        for name in item.proves:
            proofs[name] = (*proofs.get(name, ()), item)
    for fact in (cluster.facts or {}).values():
        own = tuple(by_item[name] for name in fact.evidence if name in by_item)
        proofs[fact.name] = (*proofs.get(fact.name, ()), *own)
    return proofs


Located = tuple[str, Finding]
"""A finding with the key of the slot (or the name of the table) that it belongs to, for sorting into form order."""

Rule = Callable[[Examined], Iterator[Located]]


def path_of(filled: FilledSlot) -> str:
    """Return the place of a slot in words."""
    return PATH_MARK.join(filled.slot.path)
