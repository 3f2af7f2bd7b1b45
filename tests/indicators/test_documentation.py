"""docs/indicators.md says what the code does."""

from __future__ import annotations

from pathlib import Path

from generator.cluster.catalogue import read_catalogue
from generator.indicators import FORMULAS, TOTALS
from generator.resources import templates_folder

PAGE = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"


def test_the_page_lists_every_indicator_with_formula_unit_and_clause() -> None:
    fields = read_catalogue([templates_folder() / "fields"]).fields
    page = PAGE.read_text(encoding="utf-8")
    totals = [
        f"| {each.name} | {each.words} | {fields[each.name].unit} | {each.register} | {each.clause} |"
        for each in TOTALS
    ]
    formulas = [f"| {each.name} | {each.words} | {fields[each.name].unit} | {each.clause} |" for each in FORMULAS]
    listed = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| 指标 ")]
    assert listed == [*totals, *formulas]
