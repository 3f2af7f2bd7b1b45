"""What a cluster says of itself outside any form: its values as printed, its figures by year. A summary table is made of these."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.cluster.model import Cluster
from generator.cluster.naming import compose
from generator.cluster.values import NIL, Given, Nil
from generator.findings import Position
from generator.forms.asking import pattern_names
from generator.forms.places import OPTIONAL_PLACES
from generator.forms.printing import print_given
from generator.frozen import dataclass, field
from generator.indicators import Indicators

Figure = Decimal | Nil


@dataclass(frozen=True)
class Particulars:
    """A cluster's name, its printed values by field, and its figures by field and calendar year, derived ones among them.

    `versions` are the values that a submission (by its id) gives instead. `positions` tell where a value was written, where known.
    """

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[tuple[str, int], Figure] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)

    def value(self, name: str, submission: str = "") -> str:
        """Return the printed value of the field `name`, that of `submission` first; empty where there is none."""
        return self.versions.get(submission, {}).get(name) or self.values.get(name, "")

    def composed(self, pattern: str, submission: str = "") -> str:
        """Return `pattern` with the values of its fields, empty where one is missing (市 may be)."""
        if self.lacking(pattern, submission):
            return ""
        return compose(pattern, {name: self.value(name, submission) for name in pattern_names(pattern)})

    def lacking(self, pattern: str, submission: str = "") -> tuple[str, ...]:
        """Return the fields of `pattern` that have no value and may not be missing."""
        names = (name for name in pattern_names(pattern) if name not in OPTIONAL_PLACES)
        return tuple(name for name in names if not self.value(name, submission))

    def total(self, names: tuple[str, ...], years: tuple[int, ...]) -> Decimal | None:
        """Return the sum of the figures `names` over `years`, None where one is missing; 无 adds nothing."""
        found = [self.figures.get((name, year)) for name in names for year in years]
        if any(figure is None for figure in found):
            return None
        return sum((figure for figure in found if isinstance(figure, Decimal)), Decimal(0))


def particulars_of(cluster: Cluster, indicators: Indicators) -> Particulars:
    """Return the particulars of a loaded cluster; where `cluster` has no name yet, its folder's stands for it."""
    values, positions = _texts(cluster.values), {name: given.position for name, given in cluster.values.items()}
    figures: dict[tuple[str, int], Figure] = {key: found.value for key, found in indicators.items()}
    for key, given in cluster.actuals.items():
        if given.value == NIL or isinstance(given.value, Decimal):
            figures[key] = given.value
    return Particulars(
        name=cluster.called,
        values=values,
        versions={form: _texts(submission.values) for form, submission in cluster.submissions.items()},
        figures=figures,
        positions=positions,
    )


def _texts(values: Mapping[str, Given]) -> dict[str, str]:
    return {name: print_given(given).strip() for name, given in values.items()}
