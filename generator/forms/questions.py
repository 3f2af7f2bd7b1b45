"""A form's questions in its own order: what a new cluster.yaml asks for, so that it can be filled in beside the paper."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cluster.catalogue import Catalogue
from generator.cluster.scaffold import Entry, Heading, OtherEntry, ProseEntry, ScaffoldEntry, ScaffoldYears, scaffold
from generator.forms.arrange import arrange
from generator.forms.arrangement import Slot, SlotKind
from generator.forms.asking import inputs, names_asked
from generator.forms.definition import DownRow, Form
from generator.indicators import formula_of, totals_of


def new_cluster(form: Form, catalogue: Catalogue) -> str:
    """Return the text of the cluster.yaml that a new cluster begins with, for `form`: empty, with remarks, in the form's order."""
    years = ScaffoldYears(form.years.data, form.years.base, form.years.milestones or form.years.target)
    return scaffold(questions(form, catalogue), catalogue, form.id, years)


def questions(form: Form, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return what `form` asks for, from top to bottom; before what is derived, the figures that it is derived from.

    A figure is asked for all years that any place or formula needs, where it first comes up.
    """
    slots = tuple(arrange(form).slots())
    years = _years(slots, form, catalogue)
    entries: list[Entry] = []
    part = ""
    for slot in slots:
        if slot.path[0] != part:
            part = slot.path[0]
            entries.append(Heading(part))
        if slot.kind is SlotKind.PROSE:
            entries.append(ProseEntry(slot.source))
        elif slot.kind is SlotKind.OTHER:
            entries.append(OtherEntry(slot.source))
        for name in names_asked(slot):
            entries += _derived_from(name, form.years.base, years)
            label = _label(slot, row=name in catalogue.fields)
            entries.append(ScaffoldEntry(name, label, years.get(name, ()), _note(name, slot, catalogue)))
        if isinstance(slot.row, DownRow) and slot.row.formula:
            entries.append(ScaffoldEntry(slot.row.formula, "", (), _formula_owed(slot.row)))
    return tuple(entries)


def _derived_from(name: str, year: int, years: dict[str, tuple[int, ...]]) -> Iterator[ScaffoldEntry]:
    """Yield the figures that `name` is derived from and that are not derived themselves."""
    formula = formula_of(name)
    if formula is None:
        return
    for source in dict.fromkeys(source for source, _ in inputs(formula, year)):
        if formula_of(source) is None:
            yield ScaffoldEntry(source, "", years.get(source, ()), f"用于推算{name}")
        else:
            yield from _derived_from(source, year, years)


def _years(slots: tuple[Slot, ...], form: Form, catalogue: Catalogue) -> dict[str, tuple[int, ...]]:
    """Return the years that each field by year is needed for, inputs of formulas included, without gaps."""
    needed: dict[str, set[int]] = {}

    def need(name: str, year: int) -> None:
        needed.setdefault(name, set()).add(year)
        formula = formula_of(name)
        for source, of in inputs(formula, year) if formula is not None else ():
            need(source, of)

    for slot in slots:
        for name in names_asked(slot):
            field = catalogue.fields.get(name)
            if field is not None and field.by_year:
                need(name, slot.year if slot.year is not None else form.years.base)
    return {name: tuple(range(min(found), max(found) + 1)) for name, found in needed.items()}


def _formula_owed(row: DownRow) -> str:
    """Say how the formula that `row` owes may read, by the one that its figure is derived with."""
    formula = formula_of(row.down)
    return f"如 {row.down}＝{formula.words}" if formula else row.note


def _label(slot: Slot, *, row: bool) -> str:
    """Return what the form prints where `slot` stands: the text of its box, or (with `row`) the label of its row."""
    if slot.kind is SlotKind.BOX:
        return slot.path[-2] if row else slot.text
    path = slot.path[1:-1] if slot.year is not None else slot.path[1:]
    return path[-1] if path else ""


def _note(name: str, slot: Slot, catalogue: Catalogue) -> str:
    formula, field = formula_of(name), catalogue.fields.get(name)
    limit = f"{slot.limit}字以内" if slot.limit else ""
    notes = ["" if field is not None and limit in field.description else limit]
    totals = totals_of(name)
    notes.append(f"填了{totals[0].register}名录的留空，由它推算" if totals else "")
    notes.append(f"留空则推算：{formula.words}" if formula else "")
    return "；".join(note for note in notes if note)
