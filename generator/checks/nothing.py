"""无: every empty place of a form that may say so, proposed at once as the lines to write in cluster.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.missing import may_be_nothing
from generator.cluster.catalogue import EVENTS, REGISTERS, Catalogue
from generator.cluster.model import Cluster
from generator.cluster.values import NIL
from generator.findings import PATH_MARK
from generator.forms.arrangement import SlotKind
from generator.forms.asking import inputs
from generator.forms.filled import FilledForm, FilledSlot, Origin
from generator.indicators import formula_of

_Lines = dict[str, dict[str, str]]


def propose_nothing(filled: FilledForm, cluster: Cluster, catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    """Return the lines of cluster.yaml that say 无 in every empty required place, and the places that can't say so, in words.

    Years that are given already stand in the lines as they are given. Nothing is written: whoever reads the lines decides.
    """
    empty = tuple(slot for slot in filled.slots if _is_empty(slot))
    lines: _Lines = {}
    unable: dict[str, None] = {}
    for slot in empty:
        proposed = _proposed(slot, filled, cluster, catalogue)
        if proposed is None:
            unable[PATH_MARK.join(slot.slot.path)] = None
        else:
            section, name, text = proposed
            lines.setdefault(section, {})[name] = text
    if cluster.events is None:
        lines[EVENTS] = {}
    return "\n".join(_printed(lines)), tuple(unable)


def _is_empty(filled: FilledSlot) -> bool:
    slot = filled.slot
    kept = slot.kind not in {SlotKind.BOX, SlotKind.HINT, SlotKind.OTHER} and slot.required and not slot.filler
    return kept and filled.origin is Origin.ABSENT


def _proposed(
    filled: FilledSlot, form: FilledForm, cluster: Cluster, catalogue: Catalogue
) -> tuple[str, str, str] | None:
    """The section, the name and what is written behind it; None where 无 makes no sense."""
    slot = filled.slot
    if slot.kind in {SlotKind.NUMBER, SlotKind.NAMES}:
        return REGISTERS, slot.source, "[]"
    field = catalogue.fields.get(slot.source)
    if field is None or not may_be_nothing(field):
        return None
    if not field.by_year:
        return field.at[0], field.name, NIL.value
    if not _follows_from_nothing(field.name, slot.year or form.form.years.base, form, cluster, catalogue):
        return None
    asked = {
        one.slot.year or form.form.years.base for one in form.slots if _is_empty(one) and one.slot.source == field.name
    }
    given = {year: value.text for (name, year), value in cluster.actuals.items() if name == field.name}
    return field.at[0], field.name, _by_year(given | dict.fromkeys(asked, NIL.value))


def _follows_from_nothing(name: str, year: int, form: FilledForm, cluster: Cluster, catalogue: Catalogue) -> bool:
    """Whether a figure follows from no others, or only from such as are 无 or proposed to be, not all of which every cluster has."""
    formula = formula_of(name)
    asked = inputs(formula, year) if formula is not None else ()
    if asked and all(catalogue.fields[of].always for of, _ in asked):
        return False
    empty = {(one.slot.source, one.slot.year or form.form.years.base) for one in form.slots if _is_empty(one)}
    for key in asked:
        given = cluster.value(*key)
        if key not in empty and (given is None or given.value is not NIL):
            return False
    return True


def _by_year(values: Mapping[int, str]) -> str:
    return "{" + ", ".join(f"{year}: {values[year]}" for year in sorted(values)) + "}"


def _printed(lines: _Lines) -> Iterator[str]:
    for section, entries in lines.items():
        yield f"{section}:" if entries else f"{section}: []"
        yield from (f"  {name}: {text}" for name, text in entries.items())
