"""The self-check report as a value: what is to be mended and where, how the standard is met, what was derived and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from generator.checks.crosscheck import agrees
from generator.checks.numbers import rounded
from generator.checks.rule import Examined, Located
from generator.checks.standard_definition import Standard, Years
from generator.checks.standards import StandardResult, field_of, judge, relaxed_note
from generator.cluster.catalogue import EVENTS
from generator.cluster.values import Given
from generator.documents.charts import Trend
from generator.documents.report_words import ReportWords
from generator.findings import PATH_MARK, Finding, Findings, Severity, blocking
from generator.forms.arrangement import Slot
from generator.forms.conditions import leaves
from generator.forms.definition import EventHappened, FieldIs, Form
from generator.forms.filled import FilledSlot
from generator.forms.printing import print_given, print_indicator
from generator.frozen import dataclass
from generator.indicators import Derived
from generator.lists.demands import sentence_that_asks
from generator.points import PlacedFinding, is_year, placed_at

_LEAST_POINTS = 2


class Verdict(Enum):
    """Whether the cluster's papers may be handed in."""

    READY = "ready"
    LOOK = "look"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class DerivedFigure:
    """A figure that follows from others or from registers, as the form prints it.

    `clause` is the sentence of the form's own notes that it follows, empty where they say nothing of it. `given` is what was
    written by hand instead, empty where nothing was; `differs` tells that the two are not the same, and `difference` by how
    much the hand's is more (无 is 0).
    """

    name: str
    year: int
    unit: str
    derived: Derived
    printed: str
    clause: str = ""
    given: str = ""
    differs: bool = False
    difference: Decimal | None = None


@dataclass(frozen=True)
class Report:
    """Everything that a self-check report tells, in the order of the form. Without a readable cluster there are findings only."""

    cluster: str
    form: Form
    findings: tuple[PlacedFinding, ...]
    readable: bool
    standard: Standard | None = None
    relaxed: str = ""
    results: tuple[StandardResult, ...] = ()
    trends: tuple[Trend, ...] = ()
    derived: tuple[DerivedFigure, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What the findings come to; waived ones weigh nothing."""
        if not self.readable:
            return Verdict.UNREADABLE
        if blocking(placed.finding for placed in self.findings):
            return Verdict.BLOCKED
        return Verdict.LOOK if self.of(Severity.CHECK) else Verdict.READY

    def of(self, severity: Severity) -> tuple[PlacedFinding, ...]:
        """Return the findings of one weight that are not waived."""
        return tuple(
            placed for placed in self.findings if placed.finding.severity is severity and not placed.finding.waived
        )

    @property
    def waived(self) -> tuple[PlacedFinding, ...]:
        """The findings that the user lets stand, each with its reason."""
        return tuple(placed for placed in self.findings if placed.finding.waived)


def compose_report(
    cluster: str,
    form: Form,
    findings: Findings,
    words: ReportWords,
    examined: Examined | None = None,
    located: Sequence[Located] = (),
    pages: Mapping[str, int] | None = None,
    clauses: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Report:
    """Return the report on the `findings` of a cluster called `cluster` for `form`.

    `examined` is what the rules looked at, None for a cluster that can't be read; `located` are those of the findings that the
    rules gave, each with the key of its place. `pages` tells the printed page of each place by its key, where the form has been
    laid out. `clauses` gives words by figure: the sentence of the form that holds one is the figure's clause.
    """
    keys = {finding: key for key, finding in located}
    slots = examined.filled.slots if examined is not None else ()
    placed = tuple(_in_form_order(findings, keys, slots, pages or {}, words.whole))
    if examined is None:
        return Report(cluster, form, placed, readable=False)
    results = judge(examined)
    return Report(
        cluster,
        form,
        placed,
        readable=True,
        standard=examined.references.standard,
        relaxed=relaxed_note(examined),
        results=results,
        trends=tuple(_trends(words, results, examined)),
        derived=tuple(_derived_figures(examined, clauses)),
    )


def _in_form_order(
    findings: Findings,
    keys: Mapping[Finding, str],
    slots: Sequence[FilledSlot],
    pages: Mapping[str, int],
    whole: str,
) -> Iterator[PlacedFinding]:
    """Yield the findings placed: those of reading that belong to no place, those of the form in its order, then the rest."""
    places = _Places(keys, slots, pages, whole)
    ranked = [places.ranked(finding) for finding in findings]
    told = [number for number, finding in enumerate(findings) if finding in keys]
    for number in range(max(told, default=len(findings)) + 1, len(findings)):  # of stages after the rules
        ranked[number] = (len(slots) + 1, ranked[number][1])
    ranked.sort(key=lambda entry: entry[0])
    yield from (placed for _, placed in ranked)


class _Places:
    """The places of a form, by key and by what they are filled from."""

    def __init__(
        self, keys: Mapping[Finding, str], slots: Sequence[FilledSlot], pages: Mapping[str, int], whole: str
    ) -> None:
        self._whole = whole
        self._keys = keys
        self._pages = pages
        self._slots = {filled.slot.key: filled.slot for filled in slots}
        self._order = {key: number for number, key in enumerate(self._slots)}
        self._sources: dict[tuple[str, int | None], Slot] = {}
        for slot in self._slots.values():
            self._sources.setdefault((slot.source, slot.year), slot)
            for leaf in leaves(slot.box.when) if slot.box is not None else ():
                if isinstance(leaf, FieldIs | EventHappened):
                    self._sources.setdefault((leaf.field if isinstance(leaf, FieldIs) else EVENTS, None), slot)

    def ranked(self, finding: Finding) -> tuple[int, PlacedFinding]:
        """Return a finding placed, and how far down the form it stands: -1 before all of it, beyond all slots after."""
        path = finding.path.split(PATH_MARK)
        if finding in self._keys:
            key = self._keys[finding]
            slot = self._slots.get(key)
            if slot is not None and path[0] != slot.path[0]:  # a figure that the form does not print: where it serves
                path = [slot.path[0], *path]
            return self._order.get(key, len(self._order)), placed_at(finding, path, self._pages.get(key))
        slot = self._filled_from(path) if finding.path else None
        if slot is not None:
            row = slot.path if slot.box is None else slot.path[:-1]
            return self._order[slot.key], placed_at(finding, row, self._pages.get(slot.key))
        file = finding.position.file if finding.position is not None else ""
        return -1, placed_at(finding, path if finding.path else [file or self._whole], None)

    def _filled_from(self, path: Sequence[str]) -> Slot | None:
        """The slot that is filled from the place in a file that `path` says in words, if it says one."""
        years = [int(step[:-1]) for step in path if is_year(step)]
        asked = ((step, year) for step in reversed(path) for year in (*years[-1:], None))
        return next((self._sources[source] for source in asked if source in self._sources), None)


def _trends(words: ReportWords, results: Iterable[StandardResult], examined: Examined) -> Iterator[Trend]:
    """The trends that are drawn: of figures that the form prints or needs, where two years at least are known."""
    lines = dict(_lines(results))
    years = examined.filled.form.years.data
    asked = {name for name, _ in examined.figures}
    for chart in words.trends:
        name = field_of(chart.field, examined)
        values = tuple(examined.number(name, year) for year in years)
        if name in asked and sum(value is not None for value in values) >= _LEAST_POINTS:
            yield Trend(name, examined.unit(name), years, values, chart.shape, lines.get(name))


def _lines(results: Iterable[StandardResult]) -> Iterator[tuple[str, Decimal]]:
    """The lines that the standard draws for single figures of a year."""
    for result in results:
        measure = result.measure
        if measure is not None and result.line and measure.years is not Years.TOTAL:
            names = {reading.name for reading in result.readings}
            if len(names) == 1 and not measure.count:
                yield names.pop(), result.line


def _derived_figures(examined: Examined, clauses: Mapping[str, Sequence[str]]) -> Iterator[DerivedFigure]:
    """The derived figures that the form prints, in its order, then those that they follow from."""
    for name, year in examined.figures:
        derived = examined.indicators.get((name, year))
        if derived is None:
            continue
        given = examined.cluster.actuals.get((name, year))
        yield DerivedFigure(
            name=name,
            year=year,
            unit=examined.unit(name),
            derived=derived,
            printed=print_indicator(derived),
            clause=sentence_that_asks(examined.filled.form, clauses.get(name, ())),
            given=print_given(given) if given is not None else "",
            differs=given is not None and not _same(given, derived),
            difference=_number(given) - derived.value if given is not None else None,
        )


def _same(given: Given, derived: Derived) -> bool:
    """Whether a figure given by hand is the derived one: a register's as precisely as it was written, another as it is printed."""
    if derived.register or not isinstance(given.value, Decimal):
        return agrees(given, derived)
    return rounded(given.value) == rounded(derived.value)


def _number(given: Given) -> Decimal:
    """A figure as a number; 无 is 0."""
    return given.value if isinstance(given.value, Decimal) else Decimal(0)
