"""The snapshot of a 稿: every field as resolved, the cluster's own particulars, and the fingerprint of every page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from generator.cluster.values import NIL, Nil, Value
from generator.errors import UnreadableError
from generator.forms.arrangement import SlotKind
from generator.forms.filled import FilledForm, FilledSlot, FilledTable
from generator.forms.particulars import Figure, Particulars
from generator.typeset.pages import Pages

_EDITION = 1


def take_snapshot(
    filled: FilledForm, pages: Pages, data: Mapping[str, str], particulars: Particulars
) -> dict[str, Any]:
    """Return the snapshot of a filled and laid-out form as JSON's own kinds of value.

    `data` gives the SHA-256 of each file that the cluster's data were read from, by name relative to its folder;
    `particulars` is what the cluster says of itself, which summary tables are made of.
    """
    places = {anchor.name: anchor.page + 1 for anchor in pages.anchors}
    return {
        "snapshot": _EDITION,
        "form": filled.form.id,
        "cluster": filled.name,
        "data": dict(sorted(data.items())),
        "fields": [_field(slot, places) for slot in filled.slots if slot.slot.kind is not SlotKind.HINT],
        "tables": [_table(table) for table in filled.tables],
        "particulars": particulars_as_tree(particulars),
        "pages": [{"label": page.label, "fingerprint": page.fingerprint} for page in pages.pages],
    }


def read_particulars(snapshot: Path) -> Particulars:
    """Return the cluster's particulars from the file `snapshot` (a 稿's snapshot.json).

    Raises UnreadableError when it can't be read, is no snapshot, or was written before snapshots held particulars.
    """
    advice = "请用 shenbao build 重新生成一稿，或改用集群文件夹。"
    try:
        return particulars_from(json.loads(snapshot.read_bytes())["particulars"])
    except OSError as error:
        raise UnreadableError(f"读不到 {snapshot}：{error.strerror}", advice) from error
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise UnreadableError(f"{snapshot} 里没有汇总要用的集群数据。", advice) from error


def particulars_as_tree(particulars: Particulars) -> dict[str, Any]:
    """Return `particulars` as JSON's own kinds of value."""
    years: dict[str, dict[str, str]] = {}
    for (name, year), figure in sorted(particulars.figures.items()):
        years.setdefault(name, {})[str(year)] = figure.value if isinstance(figure, Nil) else f"{figure:f}"
    return {
        "name": particulars.name,
        "values": dict(sorted(particulars.values.items())),
        "versions": {form: dict(sorted(values.items())) for form, values in sorted(particulars.versions.items())},
        "figures": years,
    }


def particulars_from(told: Any) -> Particulars:
    """Return the particulars that `particulars_as_tree` gave.

    Raises ValueError, KeyError, TypeError, AttributeError or InvalidOperation when `told` is something else.
    """
    figures: dict[tuple[str, int], Figure] = {
        (name, int(year)): _figure(text) for name, years in told["figures"].items() for year, text in years.items()
    }
    return Particulars(
        name=_text(told["name"]),
        values=_texts(told["values"]),
        versions={form: _texts(values) for form, values in told["versions"].items()},
        figures=figures,
    )


def _figure(text: str) -> Figure:
    figure = NIL if text == NIL.value else Decimal(text)
    if isinstance(figure, Decimal) and not figure.is_finite():
        raise ValueError("no figure")
    return figure


def _texts(values: Any) -> dict[str, str]:
    return {name: _text(text) for name, text in values.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


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
