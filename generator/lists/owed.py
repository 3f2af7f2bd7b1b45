"""Which lists a form owes, and the figures on it that each is to add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.cluster.model import Cluster
from generator.forms.arrangement import SlotKind
from generator.forms.definition import CountRow, MatrixRow, NamesRow
from generator.forms.filled import FilledForm, FilledSlot
from generator.lists.definition import ListCatalogue, ListDefinition
from generator.lists.demands import rows_that_ask, sentence_that_asks
from generator.lists.figures import FiguresByYear, printed_figures, row_steps, serving_figures


@dataclass(frozen=True)
class ListFigure:
    """A figure that a list proves.

    `name` is the catalogue field, empty for a row that counts the entries of the register that match `where`. `place` is the
    part and row of the form in words, `label` what it is called below the list. `printed` gives what the form prints of it by
    year; a figure that only serves another one, which stands at `place`, prints nothing itself.
    """

    name: str
    label: str
    place: tuple[str, ...]
    slots: tuple[FilledSlot, ...]
    years: tuple[int, ...]
    where: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OwedList:
    """A list that a form owes: its figures, the words of the form that ask for it, and whether a row itself does."""

    definition: ListDefinition
    figures: tuple[ListFigure, ...]
    clause: str
    by_row: bool

    @property
    def years(self) -> tuple[int, ...]:
        """The years that its figures are of."""
        return tuple(sorted({year for figure in self.figures for year in figure.years}))

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """The parts and rows of the form that it belongs to, in order."""
        return tuple(dict.fromkeys(figure.place for figure in self.figures))


def owed_lists(filled: FilledForm, cluster: Cluster, lists: ListCatalogue) -> tuple[OwedList, ...]:
    """Return the lists that the form of `filled` owes, in the order of `lists`, whether or not there is anything to list."""
    asking = rows_that_ask(filled.form)
    printed, served = printed_figures(filled), serving_figures(filled, cluster)
    owed = []
    for definition in lists.lists:
        figures = _figures_of(definition, filled, printed, served)
        rows = [slot.slot.row for figure in figures for slot in figure.slots]
        by_row = next((asking[id(row)] for row in rows if id(row) in asking), None)
        clause = by_row if by_row is not None else sentence_that_asks(filled.form, definition.asked)
        if figures and (clause or by_row is not None):
            owed.append(OwedList(definition, figures, clause, by_row is not None))
    return tuple(owed)


def _figures_of(
    definition: ListDefinition, filled: FilledForm, printed: FiguresByYear, served: FiguresByYear
) -> tuple[ListFigure, ...]:
    if not definition.figures:
        counts = [slot for slot in filled.slots if slot.slot.kind is SlotKind.NUMBER]
        base = filled.form.years.base
        return tuple(_counted(slot, base) for slot in counts if slot.slot.source == definition.register_name)
    figures = [
        _figure(name, printed.get(name) or served[name], name in printed, filled.form.years.data)
        for name in definition.figures
        if name in printed or (definition.served and name in served)
    ]
    return tuple(figure for figure in figures if figure.years)


def _figure(name: str, slots: Mapping[int, FilledSlot], itself: bool, data_years: tuple[int, ...]) -> ListFigure:
    first = next(iter(slots.values()))
    steps = row_steps(first.slot)
    label = steps[-1] if itself and not isinstance(first.slot.row, MatrixRow) else name
    years = tuple(year for year in data_years if year in slots)
    texts = {year: slots[year].printed.strip() for year in years} if itself else {}
    return ListFigure(name, label, steps[:2], tuple(slots[year] for year in years), years, printed=texts)


def _counted(slot: FilledSlot, year: int) -> ListFigure:
    row, steps = slot.slot.row, row_steps(slot.slot)
    where = row.where if isinstance(row, NamesRow | CountRow) else {}
    return ListFigure("", steps[-1], steps[:2], (slot,), (year,), where, {year: slot.printed.strip()})
