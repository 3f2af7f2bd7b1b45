"""docs/definition.md: its examples are read as definitions are, and it speaks of everything that a definition may say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from generator.cluster.catalogue import read_catalogue
from generator.docx.compile_document import compile_document
from generator.forms.arrange import arrange
from generator.forms.definition import Choice, TargetRule
from generator.forms.definition_document import DocumentDefinition, DocumentPart
from generator.forms.grammar import fields_of, kinds
from generator.forms.library import Library
from generator.forms.reading import form_from, summary_from
from generator.forms.vocabulary import check_names, check_summary_names
from tests.docx.word_rules import broken_rules

PAGES = Path(__file__).resolve().parents[2] / "docs"
PAGE = (PAGES / "definition.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml (\w+)\n(.*?)```", PAGE, re.DOTALL)


def definition(kind: str, example: Any) -> Any:
    """A whole definition around an example of a part of it."""
    whole: dict[str, Any] = {
        "id": "example",
        "title": "示例表",
        "issuer": "某部",
        "edition": 2025,
        "years": {
            "data": [2022, 2023, 2024],
            "base": 2024,
            "target": [2027],
            "milestones": [2025, 2026, 2027],
            "previous": {"base": 2022, "target": 2025},
        },
        "compose": {"集群全称": "{省}{市}{县}{产业}产业"},
        "cover": [{"title": "示例表"}],
        "instructions": {"title": "填报说明", "items": ["1.如实填报。"]},
        "parts": [],
    }
    match kind:
        case "form":
            return {**whole, **example}
        case "part":
            return {**whole, "parts": [example]}
        case "plan":
            return {**whole, "parts": [{"title": "八、规划", "plan": example}]}
        case "rows":
            return {**whole, "parts": [{"title": "二、情况", "columns": [70, 30, 30, 30], "rows": example}]}
    raise AssertionError(f"no such kind of example: {kind}")


def test_every_example_of_the_page_says_what_it_is_an_example_of() -> None:
    assert PAGE.count("```yaml") == len(EXAMPLES) > 15


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_an_example_of_the_page_follows_the_grammar(kind: str, text: str) -> None:
    if kind == "document":
        document = DocumentDefinition.model_validate(yaml.safe_load(text))
        assert broken_rules(compile_document(document)) == []
        return
    if kind == "summary":
        check_summary_names(
            summary_from(yaml.safe_load(text), "示例"), read_catalogue(Library.standard().field_folders())
        )
        return
    form = form_from(definition(kind, yaml.safe_load(text)), "示例")
    arrange(form)
    check_names(form, read_catalogue(Library.standard().field_folders()))


def keys() -> Iterator[str]:
    for kind in (*kinds(), *kinds(DocumentPart)):
        if kind is not Choice:  # written as a mapping of its own names
            yield from fields_of(kind)


@pytest.mark.parametrize("key", sorted(set(keys())))
def test_the_page_speaks_of_every_key_of_the_grammar(key: str) -> None:
    assert re.search(rf"(?<![a-z_]){key}(?::|`)", PAGE)


def test_the_page_speaks_of_every_requirement_that_a_plan_may_make() -> None:
    for must in get_args(fields_of(TargetRule)["must"].annotation):
        assert f"must: {must}," in PAGE


def test_the_page_speaks_of_every_placeholder() -> None:
    for name in (
        "base",
        "first",
        "data1",
        "target",
        "target3",
        "milestone1",
        "previous_base",
        "previous_target",
        "edition",
    ):
        assert f"`${name}`" in PAGE


def test_the_catalogue_in_the_page_on_new_forms_is_read(tmp_path: Path) -> None:
    page = PAGES.joinpath("new-form.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml fields\n(.*?)```", page, re.DOTALL)
    (tmp_path / "ours.yaml").write_text(example, encoding="utf-8")
    catalogue = read_catalogue([*Library.standard().field_folders(), tmp_path])
    assert catalogue.fields["研发机构数量"].by_year
    assert {"建立产业基金", "产业基金", "集群已开展的金融服务"} <= set(catalogue.provable)
