"""Where a field stands on each form, what it is measured in, how it is derived, and the clause behind it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.cluster.catalogue import Catalogue, Field
from generator.errors import UsageError
from generator.forms.arrange import arrange
from generator.forms.arrangement import Slot
from generator.forms.conditions import names_in
from generator.forms.definition import Form
from generator.indicators import FORMULAS, Formula

_BLANK_MARKS = "{}"


@dataclass(frozen=True)
class FieldPlace:
    """A place where a form asks for a field: the form, and the place in the form's own words."""

    form: Form
    path: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """What is to be said of one name: a field of the catalogue, a fact, or a register.

    `at` is its place in cluster.yaml. `field` is None for facts and registers.
    """

    name: str
    about: str
    at: tuple[str, ...]
    places: tuple[FieldPlace, ...]
    field: Field | None = None
    formula: Formula | None = None


def explain(query: str, forms: Iterable[Form], catalogue: Catalogue) -> tuple[Explanation, ...]:
    """Explain the name `query`, or every name that stands behind a row whose label contains it.

    Raises UsageError, with the nearest names, when nothing is found.
    """
    known = list(forms)
    names = [query] if query in _all_names(catalogue) else _behind_label(query, known)
    explained = tuple(_explain(name, known, catalogue) for name in names if name in _all_names(catalogue))
    if not explained:
        near = difflib.get_close_matches(query, _all_names(catalogue), n=3, cutoff=0.4)
        advice = f"是不是：{'、'.join(near)}？" if near else "可以写字段名，或表上栏目的几个字。"
        raise UsageError(f"没有叫“{query}”的字段、事实或栏目。", advice)
    return explained


def _all_names(catalogue: Catalogue) -> list[str]:
    return [*catalogue.fields, *catalogue.facts, *catalogue.registers]


def _behind_label(query: str, forms: list[Form]) -> list[str]:
    names: dict[str, None] = {}
    for form in forms:
        for slot in arrange(form).slots():
            if any(query in step for step in slot.path[1:]):
                names |= dict.fromkeys(_names_of(slot))
    return list(names)


def _names_of(slot: Slot) -> Iterator[str]:
    if slot.box is not None:
        yield from names_in(slot.box.when)
    elif slot.source and not set(_BLANK_MARKS) & set(slot.source):
        yield slot.source


def _explain(name: str, forms: list[Form], catalogue: Catalogue) -> Explanation:
    places = tuple(place for form in forms for place in _places(name, form))
    formula = next((formula for formula in FORMULAS if formula.name == name), None)
    field = catalogue.fields.get(name)
    if field is not None:
        return Explanation(name, field.description, field.at, places, field, formula)
    if name in catalogue.facts:
        return Explanation(name, catalogue.facts[name].description, ("工作",), places)
    return Explanation(name, catalogue.registers[name].description, ("名录", name), places)


def _places(name: str, form: Form) -> Iterator[FieldPlace]:
    seen: set[tuple[str, ...]] = set()
    for slot in arrange(form).slots():
        named = name in _names_of(slot) or slot.tag == name
        path = slot.path[:-1] if slot.year is not None else slot.path
        if named and path not in seen:
            seen.add(path)
            yield FieldPlace(form, path)
