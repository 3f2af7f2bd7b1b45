"""The JSON Schema (draft-07) of cluster.yaml, for editors that complete and check while one types."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from generator.cluster.catalogue import NUMERIC, Catalogue, Kind
from generator.cluster.scalars import NOTHING
from generator.cluster.shape import (
    REFERENCE_KEY,
    YEAR_PATTERN,
    ByYear,
    ListOf,
    Record,
    Scalar,
    Shape,
    Table,
    cluster_shape,
)
from generator.cluster.values import plain

_Schema = dict[str, Any]

_MOST_LISTED = 12
_DATE, _MONTH = r"[0-9]{4}([-/.]|年)[0-9]{1,2}([-/.]|月)[0-9]{1,2}日?", r"[0-9]{4}([-/.]|年)[0-9]{1,2}月?"
_MOMENT_PATTERNS = {
    Kind.DATE: f"^({_DATE}|{NOTHING})?$",
    Kind.MONTH: f"^({_MONTH}|{NOTHING})?$",
    Kind.WHEN: f"^({_DATE}|{_MONTH}|[0-9]{{4}}年?)?$",
    Kind.YEAR: f"^({_DATE}|{_MONTH}|[0-9]{{4}}年?|{NOTHING})?$",
}
_KIND_WORDS = {
    Kind.AMOUNT: "数字",
    Kind.COUNT: "整数",
    Kind.PERCENT: "百分数，只写数字",
    Kind.MONTH: "年月，如 2018-06",
    Kind.DATE: "日期，如 2024-05-06",
    Kind.WHEN: "日期，可只写到月或年",
    Kind.YEAR: "四位数字的年份",
    Kind.CODE: "18 位统一社会信用代码",
    Kind.PHONE: "电话，如 021-12345678",
    Kind.CHOICE: "选一项",
    Kind.CHOICES: "可选多项",
}


def json_schema(catalogue: Catalogue, forms: Collection[str]) -> _Schema:
    """Return the schema of a cluster.yaml with the fields of `catalogue` and submissions for the ids `forms`.

    It takes what the loader takes without a finding, whether the editor reads values as texts or as YAML 1.1 does
    (numbers as numbers, dates as dates); empty values are allowed everywhere.
    """
    schema = _schema(cluster_shape(catalogue, forms))
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "中小企业特色产业集群数据（cluster.yaml）"}
    return head | schema


def constraint_words(scalar: Scalar) -> str:
    """Return what a value must be, in a few words: kind, unit, range and choices."""
    words = [scalar.unit] if scalar.unit else []
    told_by_unit = scalar.unit and scalar.kind in (Kind.AMOUNT, Kind.PERCENT)
    told_by_choices = scalar.kind is Kind.CHOICE and len(scalar.choices) <= _MOST_LISTED
    if scalar.kind in _KIND_WORDS and not told_by_unit and not told_by_choices:
        words.append(_KIND_WORDS[scalar.kind])
    low, high = scalar.minimum, scalar.maximum
    if low is not None and high is not None:
        words.append(f"{plain(low)} 至 {plain(high)}")
    elif low is not None and low != 0:
        words.append(f"不小于 {plain(low)}")
    elif high is not None:
        words.append(f"不大于 {plain(high)}")
    if scalar.choices and len(scalar.choices) <= _MOST_LISTED:
        words.append("／".join(scalar.choices))
    return "；".join(words)


def _schema(shape: Shape) -> _Schema:
    match shape:
        case Scalar():
            schema = _scalar(shape)
            description = "。".join(part for part in (shape.description, constraint_words(shape)) if part)
        case ByYear():
            schema = _by_year(shape)
            words = (shape.description, constraint_words(shape.item), "按年填写：{2023: …, 2024: …}")
            description = "。".join(part for part in words if part)
        case ListOf():
            schema, description = _list(shape), shape.description
        case Record():
            schema, description = _record(shape), shape.description
        case Table():
            schema = {"type": ["object", "null"], "additionalProperties": _scalar(shape.item)}
            description = shape.description
    return schema | {"description": description} if description else schema


def _by_year(shape: ByYear) -> _Schema:
    by_year: _Schema = {
        "type": ["object", "null"],
        "patternProperties": {YEAR_PATTERN: _scalar(shape.item)},
        "additionalProperties": False,
    }
    return {"anyOf": [_scalar(shape.item), by_year]} if shape.single else by_year


def _scalar(shape: Scalar) -> _Schema:
    single: _Schema = {"type": ["string", "number", "boolean", "null"]}
    if shape.kind in NUMERIC:
        fraction = "" if shape.kind is Kind.COUNT else r"(\.[0-9]+)?"
        pattern = rf"^\s*([+\-]?[0-9]+{fraction}|{NOTHING})?\s*$"
        return {"type": ["number", "string", "null"], "pattern": pattern} | _range(shape)
    if shape.kind in _MOMENT_PATTERNS:
        # A YAML 1.1 reader makes dates of these, which have no JSON type: only what they can't be is said.
        return {"not": {"type": ["object", "array"]}, "pattern": _MOMENT_PATTERNS[shape.kind]}
    if shape.kind is Kind.CHOICE:
        return {"enum": [*dict.fromkeys((*shape.choices, NOTHING)), None]}
    if shape.kind is Kind.CHOICES:
        one: _Schema = {"enum": [*dict.fromkeys((*shape.choices, NOTHING)), None]}
        return {"anyOf": [one, {"type": "array", "items": one}]}
    if shape.kind is Kind.NARRATIVE:
        reference = {
            "type": "object",
            "properties": {REFERENCE_KEY: {"type": ["string", "null"], "description": "docx 或 txt 文件"}},
            "required": [REFERENCE_KEY],
            "additionalProperties": False,
        }
        return {"anyOf": [single, reference]}
    return {"not": {"type": ["object", "array"]}}


def _range(shape: Scalar) -> _Schema:
    minimum = Decimal(0) if shape.kind is Kind.COUNT and shape.minimum is None else shape.minimum
    limits: _Schema = {}
    if minimum is not None:
        limits["minimum"] = _number(minimum)
    if shape.maximum is not None:
        limits["maximum"] = _number(shape.maximum)
    if shape.kind is Kind.COUNT:
        limits["multipleOf"] = 1
    return limits


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _list(shape: ListOf) -> _Schema:
    item = _schema(shape.item)
    choices: list[_Schema] = [{"type": "array", "items": item}, {"enum": [NOTHING, None]}]
    if shape.single:
        choices.append(item)
    return {"anyOf": choices}


def _record(shape: Record) -> _Schema:
    record: _Schema = {
        "type": ["object", "null"],
        "properties": {name: _schema(member) for name, member in shape.members.items()},
        "additionalProperties": False,
    }
    if shape.short:
        return {"anyOf": [_schema(shape.members[shape.short]), record]}
    return record
