"""Small clusters and forms for tests: built in code, so that each test shows all that matters to it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.cluster.catalogue import Catalogue, Field, Kind
from generator.cluster.model import Cluster, Entry, Evidence, Fact, Plan, Submission, Target
from generator.cluster.values import NIL, Given, Value
from generator.findings import Position
from generator.forms.definition import Form
from generator.forms.reading import form_from

HERE = Position("cluster.yaml", 1, 1)


def given(value: Value | int) -> Given:
    """A value as if written in cluster.yaml; `无` is a statement."""
    if value == "无":
        value = NIL
    if isinstance(value, int):
        value = Decimal(value)
    text = value if isinstance(value, str) else str(value)
    return Given(value, text, HERE)


def decimal(text: str) -> Given:
    """A number as written."""
    return Given(Decimal(text), text, HERE)


def facts(*names: str) -> dict[str, Fact]:
    return {name: Fact(name, HERE) for name in names}


def entries(*rows: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(Entry({column: given(value) for column, value in row.items()}, HERE) for row in rows)


def firm(name: str, *, small: bool = True, leading: bool = True, **more: Any) -> Entry:
    """An enterprise of the register 企业: texts by column, and numbers by year where a column is given a mapping."""
    texts = {"名称": name, "是否中小企业": "是" if small else "否", "是否主导产业相关": "是" if leading else "否"}
    texts |= {column: str(value) for column, value in more.items() if not isinstance(value, Mapping)}
    numbers = {
        (column, year): Decimal(number)
        for column, values in more.items()
        if isinstance(values, Mapping)
        for year, number in values.items()
    }
    return Entry({column: Given(text, text, HERE) for column, text in texts.items()}, HERE, numbers)


def evidence(name: str, *proves: str) -> Evidence:
    return Evidence(name, proves, (f"佐证材料/{name}.pdf",), HERE)


def cluster(**parts: Any) -> Cluster:
    return Cluster(Path("示例"), "cluster.yaml", **parts)


def submission(form: str = "tiny", **parts: Any) -> dict[str, Submission]:
    return {form: Submission(form, HERE, **parts)}


def plan(year: int, *targets: Target) -> dict[int, Plan]:
    return {year: Plan(year, targets, HERE)}


def target(direction: str, indicator: str, **parts: Any) -> Target:
    return Target(direction, indicator, HERE, **parts)


def catalogue(**kinds: Kind) -> Catalogue:
    """A catalogue of fields by year, by name."""
    return Catalogue(fields={name: Field(name, kind, ("实绩", name), by_year=True) for name, kind in kinds.items()})


def form(rows: list[dict[str, Any]], *, columns: tuple[float, ...] = (70, 30, 30, 30), **more: Any) -> Form:
    """A form of one part with `rows`, data years 2022–2024."""
    return form_from(
        {
            "id": "tiny",
            "title": "小表",
            "issuer": "某部",
            "edition": 2025,
            "years": {"data": [2022, 2023, 2024], "base": 2024, "target": [2027], "milestones": [2025]},
            "cover": [{"title": "小表"}],
            "instructions": {"title": "填报说明", "items": ["1.如实填报。"]},
            "parts": [{"title": "一、情况", "columns": list(columns), "rows": rows, **more}],
        },
        "tiny.yaml",
    )
