"""The snapshot of a 稿: every field as resolved, and the fingerprint of every page. What diff and summary read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.cluster.values import Nil, Value
from generator.forms.arrangement import SlotKind
from generator.forms.filled import FilledForm, FilledSlot, FilledTable
from generator.typeset.pages import Pages

_EDITION = 1


def take_snapshot(filled: FilledForm, pages: Pages, data: Mapping[str, str]) -> dict[str, Any]:
    """Return the snapshot of a filled and laid-out form as JSON's own kinds of value.

    `data` gives the SHA-256 of each file that the cluster's data were read from, by name relative to its folder.
    """
    places = {anchor.name: anchor.page + 1 for anchor in pages.anchors}
    return {
        "snapshot": _EDITION,
        "form": filled.form.id,
        "cluster": filled.name,
        "data": dict(sorted(data.items())),
        "fields": [_field(slot, places) for slot in filled.slots if slot.slot.kind is not SlotKind.HINT],
        "tables": [_table(table) for table in filled.tables],
        "pages": [{"label": page.label, "fingerprint": page.fingerprint} for page in pages.pages],
    }


def _field(filled: FilledSlot, places: Mapping[str, int]) -> dict[str, Any]:
    slot = filled.slot
    field: dict[str, Any] = {
        "key": slot.key,
        "path": list(slot.path),
        "kind": slot.kind.value,
        "source": slot.source,
        "printed": filled.printed.strip(),
        "value": _value(filled.value),
        "origin": filled.origin.value,
    }
    if slot.year is not None:
        field["year"] = slot.year
    if filled.ticked is not None:
        field["ticked"] = filled.ticked
    if filled.basis:
        field["basis"] = filled.basis
    if slot.key in places:
        field["page"] = places[slot.key]
    return field


def _table(table: FilledTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "part": table.part,
        "columns": list(table.columns),
        "rows": [
            {"direction": row.direction, "indicator": row.indicator, "cells": [cell.printed for cell in row.cells]}
            for row in table.rows
        ],
    }


def _value(value: Value | None) -> str | Sequence[str] | None:
    match value:
        case Decimal():
            return f"{value:f}"
        case Nil():
            return value.value
        case tuple():
            return list(value)
        case _:
            return value
