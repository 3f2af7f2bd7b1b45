"""What is missing where a place on the form is empty: the paths in cluster.yaml at which something is to be written."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import Examined
from generator.cluster.catalogue import ACTUALS, NARRATIVES, OVERVIEW, Field, Kind
from generator.cluster.model import Cluster
from generator.forms.arrangement import Slot, SlotKind
from generator.forms.asking import inputs, pattern_names
from generator.forms.filled import FilledSlot, Origin
from generator.forms.places import OPTIONAL_PLACES, SHORT_PLACES
from generator.frozen import dataclass
from generator.indicators import Formula, formula_of, totals_of

_STATED = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.TEXT, Kind.NARRATIVE})
_WHERE_STATED = frozenset({ACTUALS, OVERVIEW, NARRATIVES})


@dataclass(frozen=True)
class Needs:
    """What an empty place needs.

    `places` are the paths to be filled in; empty for a figure that can't be derived from what is given (division by 0).
    `derived` says that the place may be filled by derivation, `own` then is the path of its own value. `refused` is
    true where something was written and reading it refused all of it: that has its finding already.
    """

    places: tuple[tuple[str, ...], ...]
    own: tuple[tuple[str, ...], ...] = ()
    derived: bool = False
    refused: bool = False


def empty_of(examined: Examined) -> Iterator[FilledSlot]:
    """Yield the slots that must be filled and hold nothing, boxes aside."""
    for filled in examined.filled.slots:
        slot = filled.slot
        wanted = slot.required and not slot.filler and slot.kind not in {SlotKind.BOX, SlotKind.HINT}
        if wanted and filled.origin is Origin.ABSENT:
            yield filled


def wanted_places(examined: Examined) -> frozenset[tuple[str, ...]]:
    """Return the paths in cluster.yaml that the empty slots of the form need filled in."""
    return frozenset(place for filled in empty_of(examined) for place in needs_of(examined, filled).places)


def needs_of(examined: Examined, filled: FilledSlot) -> Needs:
    """Return what the empty slot `filled` needs."""
    slot, form = filled.slot, examined.filled.form
    match slot.kind:
        case SlotKind.PROSE:
            return _unless_unread(examined.cluster, ("申报", form.id, "规划正文", slot.source))
        case SlotKind.NUMBER | SlotKind.NAMES:
            register = examined.catalogue.registers.get(slot.source)
            if register is not None and examined.cluster.misses(register.sheet):
                return Needs((), refused=True)
            return _unless_unread(examined.cluster, ("名录", slot.source))
        case SlotKind.COMPOSED:
            return _names(examined.cluster, slot, form.id)
        case _:
            name = SHORT_PLACES.get(slot.source, slot.source)
            return needs_of_value(examined, name, slot.year or form.years.base)


def may_be_nothing(field: Field) -> bool:
    """Whether 无 makes sense for `field`: a figure or a text that a cluster may lack, and no name, telephone number, date or choice."""
    return field.kind in _STATED and not (field.submission or field.always) and field.at[0] in _WHERE_STATED


def _unless_unread(cluster: Cluster, place: tuple[str, ...]) -> Needs:
    return Needs((), refused=True) if cluster.misses(*place) else Needs((place,))


def needs_of_value(examined: Examined, name: str, year: int) -> Needs:
    """Return what the catalogue field `name` needs, of `year` where it is one by year: itself, or what it is derived from."""
    cluster, form = examined.cluster, examined.filled.form.id
    own = cluster.place(name, year, form)
    if {(name, year), (name, None)} & cluster.refused:
        return Needs((), (own,), refused=True)
    formula = formula_of(name)
    if formula is None and _register_unread(examined, name, year):
        return Needs((), (own,), refused=True)
    if formula is None:
        return Needs((own,), (own,))
    missing = dict.fromkeys(_missing_inputs(examined, formula, year))
    open_ = [
        input_
        for input_ in missing
        if not {input_, (input_[0], None)} & cluster.refused and not _register_unread(examined, *input_)
    ]
    places = tuple(cluster.place(*input_) for input_ in open_)
    return Needs(places, (own,), derived=True, refused=bool(missing) and not open_)


def _register_unread(examined: Examined, name: str, year: int) -> bool:
    """Whether the figure `name` would follow from a register, or a column of it, that was written and not read."""
    for total in totals_of(name):
        register = examined.catalogue.registers.get(total.register)
        if register is not None and examined.cluster.misses(register.sheet, f"{total.column}{year}"):
            return True
    return False


def _names(cluster: Cluster, slot: Slot, form: str) -> Needs:
    names = [name for name in pattern_names(slot.source) if name not in OPTIONAL_PLACES]
    missing = [name for name in names if cluster.value(name, form=form) is None]
    open_ = [name for name in missing if (name, None) not in cluster.refused]
    return Needs(tuple(cluster.place(name, form=form) for name in open_), refused=not open_)


def _missing_inputs(examined: Examined, formula: Formula, year: int) -> Iterator[tuple[str, int]]:
    """Yield the names and years of the figures, not derivable themselves, that `formula` lacks."""
    for name, of in inputs(formula, year):
        if examined.cluster.value(name, of) is not None or (name, of) in examined.indicators:
            continue
        inner = formula_of(name)
        if inner is None or {(name, of), (name, None)} & examined.cluster.refused:
            yield name, of
        else:
            yield from _missing_inputs(examined, inner, of)
