"""Resolve: a form and a cluster become a filled form. The keystone: everything after reads its result only."""

from __future__ import annotations

import re

from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster
from generator.cluster.naming import compose
from generator.cluster.values import NIL, Given
from generator.forms.arrangement import Arrangement, Slot, SlotKind
from generator.forms.asking import nothing_behind
from generator.forms.conditions import holds, matching_entries
from generator.forms.definition import Choice, CountRow, Form, NamesRow
from generator.forms.filled import TICKED, UNTICKED, FilledForm, FilledSlot, Origin
from generator.forms.fitting import Rooms, SlotBox, fit, slot_boxes
from generator.forms.places import OPTIONAL_PLACES, SHORT_PLACES, short_place
from generator.forms.printing import print_given, print_indicator
from generator.forms.targets import blank_table, fill_table
from generator.frozen import dataclass, replace
from generator.indicators import Indicators
from generator.measure.fonts import FontLibrary

_BLANK_PROSE_LINES = 2
_PATTERN = re.compile(r"\{(\w+)\}")


def resolve(
    form: Form,
    cluster: Cluster,
    catalogue: Catalogue,
    indicators: Indicators,
    fonts: FontLibrary,
    arrangement: Arrangement | None = None,
    rooms: Rooms | None = None,
) -> FilledForm:
    """Fill `form` with what `cluster` says and `indicators` derive, choosing the size of type for every cell with `fonts`.

    `arrangement` is the form arranged and `rooms` are those of its slots, where that was done already.
    """
    if arrangement is None:
        from generator.forms.arrange import arrange

        arrangement = arrange(form)
    resolver = _Resolver(form, cluster, catalogue, indicators)
    boxes = slot_boxes(arrangement, fonts, rooms)
    slots = tuple(_fitted(resolver.fill(slot), boxes.get(slot.key), fonts) for slot in arrangement.slots())
    slots = _without_hints(slots)
    tables = tuple(fill_table(part, table, cluster, indicators) for part, table in arrangement.tables())
    return FilledForm(form, _name(slots), slots, tables)


def blank(form: Form) -> FilledForm:
    """Return `form` unfilled, as it is printed for filling by hand: hints, empty boxes and blanks, the official table rows."""
    from generator.forms.arrange import arrange

    arrangement = arrange(form)
    slots = tuple(_blank(slot) for slot in arrangement.slots())
    tables = tuple(blank_table(part, table) for part, table in arrangement.tables())
    return FilledForm(form, form.title, slots, tables, given=False)


def _blank(slot: Slot) -> FilledSlot:
    match slot.kind:
        case SlotKind.HINT:
            return FilledSlot(slot, slot.text, Origin.PRINTED)
        case SlotKind.BOX:
            return FilledSlot(slot, UNTICKED, Origin.ABSENT, ticked=False, known=False)
        case SlotKind.PROSE:
            return FilledSlot(slot, "", Origin.ABSENT, paragraphs=("",) * _BLANK_PROSE_LINES)
        case _:
            return FilledSlot(slot, " " * slot.blank, Origin.ABSENT)


@dataclass(frozen=True)
class _Resolver:
    """Fills slots one by one; pure, it only holds what it reads."""

    form: Form
    cluster: Cluster
    catalogue: Catalogue
    indicators: Indicators

    def fill(self, slot: Slot) -> FilledSlot:
        match slot.kind:
            case SlotKind.BOX:
                return self._box(slot)
            case SlotKind.PROSE:
                return self._prose(slot)
            case SlotKind.COMPOSED:
                return self._composed(slot)
            case SlotKind.NUMBER | SlotKind.NAMES:
                return self._register(slot)
            case SlotKind.OTHER:
                return self._other(slot)
            case SlotKind.HINT:
                return FilledSlot(slot, slot.text, Origin.PRINTED)
            case SlotKind.VALUE | SlotKind.NARRATIVE:
                return self._value(slot)

    def _value(self, slot: Slot) -> FilledSlot:
        if slot.choice is not None:
            return self._chosen(slot, slot.choice)
        place = SHORT_PLACES.get(slot.source)
        if place is not None:
            given = self.cluster.value(place)
            return _blank(slot) if given is None else self._given(slot, given, short_place(given.text))
        field = self.catalogue.fields.get(slot.source)
        year = slot.year if slot.year is not None or not (field and field.by_year) else self.form.years.base
        given = self.cluster.value(slot.source, year, self.form.id)
        if given is not None:
            return self._given(slot, given, print_given(given))
        derived = self.indicators.get((slot.source, year)) if year is not None else None
        if derived is None:
            why = nothing_behind(slot.source, year, self.cluster, self.indicators) if year is not None else ""
            return FilledSlot(slot, _padded(slot, NIL.value), Origin.DERIVED, NIL, basis=why) if why else _blank(slot)
        printed = _padded(slot, print_indicator(derived))
        basis = f"{derived.formula}：{derived.numbers}"
        return FilledSlot(slot, printed, Origin.DERIVED, derived.value, basis=basis)

    def _chosen(self, slot: Slot, choice: Choice) -> FilledSlot:
        """Fill from the field that the submission's declaration chooses; without one, the declaration is what is missing."""
        declared = self.cluster.value(choice.field, form=self.form.id)
        chosen = declared.value if declared is not None else None
        source = choice.sources.get(chosen) if isinstance(chosen, str) else None
        if source is None:
            return _blank(replace(slot, year=None))
        return self._value(replace(slot, source=source, choice=None))

    def _given(self, slot: Slot, given: Given, printed: str) -> FilledSlot:
        return FilledSlot(slot, _padded(slot, printed), Origin.GIVEN, given.value, given.position)

    def _composed(self, slot: Slot) -> FilledSlot:
        own = self.cluster.value(slot.tag, form=self.form.id) if slot.tag in self.catalogue.fields else None
        if own is not None:
            return self._given(slot, own, print_given(own))
        parts = {name: self.cluster.value(name, form=self.form.id) for name in _PATTERN.findall(slot.source)}
        if any(given is None for name, given in parts.items() if name not in OPTIONAL_PLACES):
            return _blank(slot)
        printed = compose(slot.source, {name: print_given(given) for name, given in parts.items() if given is not None})
        position = next(given.position for given in parts.values() if given is not None)
        return FilledSlot(slot, _padded(slot, printed), Origin.GIVEN, printed, position)

    def _box(self, slot: Slot) -> FilledSlot:
        assert slot.box is not None and slot.row is not None
        answer = None if slot.box.when is None else holds(slot.box.when, self.cluster, self.form)
        printed = TICKED if answer else UNTICKED
        return FilledSlot(slot, printed, Origin.DERIVED, ticked=bool(answer), known=answer is not None)

    def _other(self, slot: Slot) -> FilledSlot:
        submission = self.cluster.submissions.get(self.form.id)
        given = submission.others.get(slot.source) if submission else None
        return _blank(slot) if given is None else self._given(slot, given, f"：{given.text}")

    def _register(self, slot: Slot) -> FilledSlot:
        row = slot.row
        where = row.where if isinstance(row, NamesRow | CountRow) else {}
        entries = matching_entries(self.cluster, slot.source, where, self.form)
        if entries is None:
            return _blank(slot)
        position = entries[0].position if entries else None
        if slot.kind is SlotKind.NUMBER:
            return FilledSlot(slot, _padded(slot, str(len(entries))), Origin.DERIVED, str(len(entries)), position)
        names = tuple(entry.text("名称") for entry in entries)
        return FilledSlot(slot, "、".join(names) or NIL.value, Origin.GIVEN, names or NIL, position)

    def _prose(self, slot: Slot) -> FilledSlot:
        submission = self.cluster.submissions.get(self.form.id)
        given = submission.prose.get(slot.source) if submission else None
        if given is None:
            return replace(_blank(slot), paragraphs=())
        text = print_given(given)
        paragraphs = tuple(line.strip() for line in text.split("\n") if line.strip())
        return FilledSlot(slot, text, Origin.GIVEN, given.value, given.position, paragraphs=paragraphs)


def _padded(slot: Slot, printed: str) -> str:
    return f" {printed} " if slot.blank else printed


def _without_hints(slots: tuple[FilledSlot, ...]) -> tuple[FilledSlot, ...]:
    """Hints go once what they hint at is filled in."""
    filled = {entry.slot.tag for entry in slots if entry.origin is not Origin.ABSENT}
    return tuple(
        replace(entry, printed="") if entry.slot.kind is SlotKind.HINT and entry.slot.source in filled else entry
        for entry in slots
    )


def _fitted(filled: FilledSlot, box: SlotBox | None, fonts: FontLibrary) -> FilledSlot:
    if box is None or filled.origin is Origin.ABSENT:
        return filled
    chosen = fit(filled.printed, box, fonts)
    if not chosen.fits and filled.slot.kind is SlotKind.NAMES and isinstance(filled.value, tuple):
        filled = replace(filled, printed=_shortened(filled.value, box, fonts))
        chosen = fit(filled.printed, box, fonts)
    return replace(filled, size=chosen.size, leading=chosen.leading, fits=chosen.fits)


def _shortened(names: tuple[str, ...], box: SlotBox, fonts: FontLibrary) -> str:
    """As many names as the cell holds, then 等N个，名单见附件."""
    tail = f"等{len(names)}个，名单见附件"
    for kept in range(len(names) - 1, 0, -1):
        printed = "、".join(names[:kept]) + tail
        if fit(printed, box, fonts).fits:
            return printed
    return names[0] + tail


def _name(slots: tuple[FilledSlot, ...]) -> str:
    """The cluster's name as the cover prints it."""
    composed = next((entry for entry in slots if entry.slot.kind is SlotKind.COMPOSED), None)
    return composed.printed.strip() if composed else ""
