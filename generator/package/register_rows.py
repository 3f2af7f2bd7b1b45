"""The rows of registers in a snapshot: a text a row, so that thousands of enterprises take little space and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.cluster.columns import Columns
from generator.cluster.model import Entry
from generator.cluster.table import written
from generator.forms.snapshot import RememberedRegister

_APART = "\t"


def registers_as_tree(registers: Mapping[str, Sequence[Entry]]) -> dict[str, Any]:
    """Return the rows of `registers` by name as JSON's own kinds of value; those without rows are left out."""
    return {name: _register(Columns(entries)) for name, entries in sorted(registers.items()) if entries}


def registers_from(tree: Any) -> Mapping[str, RememberedRegister]:
    """Return the rows that `registers_as_tree` gave.

    Raises KeyError, TypeError or AttributeError when `tree` is something else.
    """
    return {
        name: RememberedRegister(tuple(told["columns"]), tuple(tuple(row.split(_APART)) for row in told["rows"]))
        for name, told in tree.items()
    }


def _register(columns: Columns) -> dict[str, list[str]]:
    told: dict[str, Sequence[str]] = {
        name: [text.replace(_APART, " ") for text in columns.texts(name)] for name in columns.names
    }
    for (name, year), numbers in columns.numbers.items():
        told[f"{name}{year}年"] = written(numbers)
    return {"columns": list(told), "rows": [_APART.join(row) for row in zip(*told.values(), strict=True)]}
