"""What is wrong with a form definition, in words that somebody who writes one can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.findings import PATH_MARK
from generator.forms.definition_node import Node
from generator.forms.grammar import Grammar, fields_of, kinds

Step = str | int
_LIMIT = 8
_TITLES = (
    "title",
    "label",
    "caption",
    "text",
    "name",
    "heading",
    "prose",
    "table",
    "direction",
    "indicator",
    "material",
)
_ITEMS = {
    "parts": "部分",
    "rows": "行",
    "boxes": "个选项",
    "cover": "行",
    "items": "条",
    "cells": "个栏目",
    "columns": "列",
    "body": "段",
    "rules": "条要求",
    "deliveries": "步",
    "demands": "条",
    "offices": "家",
    "quota": "条",
}
_UNKNOWN_KEYS = ("extra_forbidden", "unexpected_keyword_argument")
_OF_VARIANTS = frozenset({"when", "not", "by_year", "value"})
_LISTS_OF_VARIANTS = frozenset({"cover", "rows", "body", "any", "all"})
_KINDS = {
    "int": "应当是整数",
    "float": "应当是数字",
    "decimal": "应当是数字",
    "bool": "应当是 true 或 false",
    "string": "应当是文字",
    "tuple": "应当是列表（一项一行、前面加“- ”，或写成 [ ]）",
    "dict": "应当是一组“名称: 内容”",
    "dataclass": "应当是一组“名称: 内容”",
    "date": "应当是日期，如 2024-05-15",
    "model": "应当是一组“名称: 内容”",
}


def problems_in_words(
    error: ValidationError, data: Any, prefix: tuple[Step, ...] = (), *, grammar: type[Grammar] = Node
) -> tuple[tuple[tuple[Step, ...], str], ...]:
    """Return the first problems of `error`, each with its place in `data` and in words, place first.

    `data` is the definition that was checked, `prefix` the place in it of what was checked, `grammar` the base of all its constructs.
    """
    problems = error.errors()
    unknown = {problem["loc"][:-1] for problem in problems if problem["type"] in _UNKNOWN_KEYS}
    told: dict[tuple[tuple[Step, ...], str], None] = {}
    for problem in problems:
        if problem["type"] == "missing" and problem["loc"][:-1] in unknown:
            continue  # a misspelt key is told already
        place = _place((*prefix, *problem["loc"]), data, missing=problem["type"] == "missing")
        shown = place[:-1] if problem["type"] in _UNKNOWN_KEYS else place
        told[place, f"{place_in_words(shown, data)}：{_told(problem, grammar)}"] = None
    return tuple(told)[:_LIMIT]


def place_in_words(place: Sequence[Step], data: Any) -> str:
    """Return a place of the definition `data` in words: `二、主导产业情况 › 集群总产值（亿元） › by_year`."""
    words: list[str] = []
    node, name = data, ""
    for step in place:
        node = node[step]
        if isinstance(step, int):
            words[-1:] = [_item(node, name, step)]
        else:
            words.append(step)
            name = step
    return PATH_MARK.join(words) or "整份定义"


def _item(node: Any, name: str, number: int) -> str:
    titled = next((str(node[key]) for key in _TITLES if node.get(key)), "") if isinstance(node, Mapping) else ""
    return "".join(titled.split()) or f"{name}第{number + 1}{_ITEMS.get(name, '项')}"


def _place(location: Sequence[Step], data: Any, *, missing: bool) -> tuple[Step, ...]:
    """The steps of `location` that are in `data`: the names of variants that pydantic puts between, and what is missing, are not."""
    node, place = data, []
    variant, name = False, ""
    for step in location[:-1] if missing else location:
        if variant:
            variant = False
            continue
        if isinstance(node, Mapping) and step in node:
            node, name = node[step], str(step)
            variant = name in _OF_VARIANTS
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
            variant = name in _LISTS_OF_VARIANTS
        else:
            break
        place.append(step)
    return tuple(place)


def _told(problem: ErrorDetails, grammar: type[Grammar]) -> str:
    last, kind, context = str((problem["loc"] or ("",))[-1]), problem["type"], problem.get("ctx", {})
    match kind:
        case "missing":
            return f"缺少 {last}"
        case "extra_forbidden" | "unexpected_keyword_argument":
            near = get_close_matches(last, sorted(set(_grammar_words(grammar))), 1)
            return f"不认识的“{last}”" + (f"，是不是“{near[0]}”？" if near else "")
        case "value_error":
            return str(context["error"])
        case "literal_error":
            expected = str(context["expected"]).replace(" or ", "、").replace(", ", "、").replace("'", "")
            return f"不能写 {_shown(problem['input'])}；可用 {expected}"
        case "too_short":
            return "至少要有一项"
        case "greater_than":
            return f"要大于{context['gt']:g}"
        case "greater_than_equal":
            return f"不能小于{context['ge']}"
    wanted = next((words for name, words in _KINDS.items() if kind.startswith(name)), f"写法不对（{kind}）")
    return f"{wanted}，现在是 {_shown(problem['input'])}"


def _shown(value: Any) -> str:
    if value is None:
        return "空白"
    if isinstance(value, bool):
        return "true 或 false（不加引号的 yes、no、on、off 也当作它）"
    text = str(value)
    return f"“{text[:20]}…”" if len(text) > 20 else f"“{text}”"


def _grammar_words(grammar: type[Grammar]) -> Iterator[str]:
    for kind in (grammar, *kinds(grammar)):
        yield from fields_of(kind)
