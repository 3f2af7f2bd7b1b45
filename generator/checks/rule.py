"""What a rule reads and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.cluster.model import Cluster, Evidence
from generator.findings import Finding
from generator.forms.filled import FilledForm, FilledSlot
from generator.indicators import Indicators
from generator.measure.fonts import FontLibrary

PATH_MARK = " › "


@dataclass(frozen=True)
class Examined:
    """Everything that rules look at."""

    filled: FilledForm
    cluster: Cluster
    fonts: FontLibrary
    indicators: Indicators = field(default_factory=dict)

    def proofs(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Return the evidence items by the fact, field or register that they prove."""
        by_item = {item.name: item for item in self.cluster.evidence}
        proofs: dict[str, tuple[Evidence, ...]] = {}
        for item in self.cluster.evidence:
            for name in item.proves:
                proofs[name] = (*proofs.get(name, ()), item)
        for fact in (self.cluster.facts or {}).values():
            own = tuple(by_item[name] for name in fact.evidence if name in by_item)
            proofs[fact.name] = (*proofs.get(fact.name, ()), *own)
        return proofs


Located = tuple[str, Finding]
"""A finding with the key of the slot (or the name of the table) that it belongs to, for sorting into form order."""

Rule = Callable[[Examined], Iterator[Located]]


def path_of(filled: FilledSlot) -> str:
    """Return the place of a slot in words."""
    return PATH_MARK.join(filled.slot.path)
