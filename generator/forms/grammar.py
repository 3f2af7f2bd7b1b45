"""Checking what a file says against the grammar, with pydantic: the one place that imports it, and that knows its variants.

A construct (generator.forms.definition_node.Node) that may be of several kinds is told by the keys that it bears.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator.forms import definition as form
from generator.forms import definition_conditions as conditions
from generator.forms import definition_plan as plan
from generator.forms.definition_node import Construct, Node

__all__ = ["Grammar", "ValidationError", "checked", "fields_of", "kinds"]

Grammar = Construct | BaseModel
"""What a grammar is written in: constructs, or pydantic's models where nothing hurries."""

_Kind = TypeVar("_Kind", bound=Grammar)


def checked(kind: type[_Kind], data: Any) -> _Kind:
    """Return what `data`, a file as YAML gives it, says as a `kind`. Raises ValidationError where it does not follow the grammar."""
    if issubclass(kind, BaseModel):  # knows its fields already, where those of constructs have to be looked up first
        return kind.model_validate(data)
    adapter: TypeAdapter[_Kind] = _adapter(kind)  # type: ignore[arg-type]
    return adapter.validate_python(data)


def kinds(kind: type[Grammar] = Node) -> Iterator[type[Grammar]]:
    """Yield all constructs that there are of a `kind`: those of form definitions."""
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


def fields_of(kind: type[Grammar]) -> dict[str, FieldInfo]:
    """Return the fields of a construct by the names that a file has for them."""
    if issubclass(kind, BaseModel):
        return {field.alias or name: field for name, field in kind.model_fields.items()}
    found: dict[str, FieldInfo] = {}
    for field in dataclasses.fields(kind):
        info = FieldInfo.from_annotation(_hints(kind)[field.name])
        found[info.alias or field.name] = info
    return found


@cache
def _adapter(kind: type[Grammar]) -> TypeAdapter[Any]:
    for each in _constructs(Construct):
        hints = _hints(each)
        for field in dataclasses.fields(each):
            field.type = hints[field.name]
    return TypeAdapter(kind)


def _constructs(kind: type[Construct]) -> Iterator[type[Construct]]:
    for each in kind.__subclasses__():
        yield each
        yield from _constructs(each)


def _hints(kind: type[Construct]) -> dict[str, Any]:
    """The types of the fields of a construct, those of its bases among them, with the variants told apart."""
    hints: dict[str, Any] = {}
    for each in reversed(kind.__mro__[:-1]):
        names = {**vars(sys.modules[each.__module__]), "Field": Field, **_VARIANTS}
        for name, annotation in each.__annotations__.items():
            if not annotation.startswith("ClassVar"):
                hints[name] = eval(annotation, names)
    return hints


def _told_by(keys: tuple[str, ...], otherwise: str) -> Discriminator:
    """Variants told by which of `keys` a construct bears; one that bears none of them is `otherwise`."""

    def kind_of(value: Any) -> str:
        bears = value if isinstance(value, dict) else ()
        return next((key for key in keys if key in bears), otherwise)

    return Discriminator(kind_of)


def _declared(data: Any) -> Any:
    """One field or another, as it is written: `{口径: {产值: 集群总产值, 营业收入: 集群营业收入}}`."""
    if isinstance(data, dict) and len(data) == 1:
        ((field, sources),) = data.items()
        return {"field": field, "sources": sources}
    return data


def _with_other(data: Any) -> Any:
    """The 其他 box is ticked by its text, which the submission gives under the name of the row."""
    if not isinstance(data, dict) or not isinstance(data.get("boxes"), list) or not data.get("name"):
        return data
    condition = {"other": data["name"]}
    boxes = [{"when": condition, **box} if isinstance(box, dict) and box.get("other") else box for box in data["boxes"]]
    return {**data, "boxes": boxes}


def _source_kind(value: Any) -> str:
    return "choice" if isinstance(value, dict | form.Choice) else "field"


_ROWS: dict[str, Any] = {
    "years": form.YearsRow,
    "value": form.ValueRow,
    "cells": form.CellsRow,
    "by_year": form.ByYearRow,
    "down": form.DownRow,
    "captioned": form.CaptionedRow,
    "matrix": form.MatrixRow,
    "boxes": Annotated[form.BoxesRow, BeforeValidator(_with_other)],
    "narrative": form.NarrativeRow,
    "names": form.NamesRow,
    "count": form.CountRow,
    "signed": form.SignedRow,
    "rows": form.GroupRow,
}
_CONDITIONS: dict[str, Any] = {
    "any": conditions.AnyOf,
    "all": conditions.AllOf,
    "not": conditions.Negation,
    "field": conditions.FieldIs,
    "event": conditions.EventHappened,
    "register": conditions.RegisterHolds,
    "other": conditions.OtherGiven,
    "fact": str,
}
_COVER: dict[str, Any] = {
    "title": form.CoverTitle,
    "hint": form.CoverHint,
    "issuer": form.CoverIssuer,
    "label": form.CoverField,
}
_BLOCKS: dict[str, Any] = {
    "table": plan.PlanTable,
    "milestones": plan.PlanMilestones,
    "prose": plan.PlanProse,
    "heading": plan.PlanHeading,
    "text": plan.PlanText,
}
_SOURCES: dict[str, Any] = {"choice": Annotated[form.Choice, BeforeValidator(_declared)], "field": str}


def _union(variants: dict[str, Any], told: Discriminator) -> Any:
    whole: Any = None
    for tag, kind in variants.items():
        tagged: Any = Annotated[kind, Tag(tag)]
        whole = tagged if whole is None else whole | tagged
    return Annotated[whole, told]


_VARIANTS: dict[str, Any] = {
    "AnyRow": _union(_ROWS, _told_by(tuple(_ROWS), "value")),
    "Condition": _union(_CONDITIONS, _told_by(tuple(_CONDITIONS)[:-1], "fact")),
    "CoverItem": _union(_COVER, _told_by(tuple(_COVER), "label")),
    "PlanBlock": _union(_BLOCKS, _told_by(tuple(_BLOCKS), "text")),
    "Source": _union(_SOURCES, Discriminator(_source_kind)),
}
"""The unions of the grammar by the names that its modules have for them."""
