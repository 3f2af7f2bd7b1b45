"""The example's registers: invented, sound, and adding up to its figures to the last digit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cluster.columns import Columns
from generator.cluster.credit import check_character
from generator.cluster.enterprises import ENTERPRISES, PATENTS, STANDARDS, Enterprises
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.indicators import TOTALS, derive
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from tests.by_hand import EXAMPLE, copy_by_hand
from tests.data.example import DATA_YEARS, OF_ALL_ENTERPRISES, number, read_cluster, register_figures

YEARS = range(2020, 2025)


@pytest.mark.parametrize("field", sorted(register_figures()))
def test_the_registers_add_up_to_the_figure_in_every_year(field: str) -> None:
    derived = derive(read_cluster())
    for year in YEARS:
        assert derived[field, year].value == number(register_figures()[field][str(year)]), year
        assert derived[field, year].register


def test_the_registers_give_every_figure_that_registers_can_give() -> None:
    assert set(register_figures()) == {total.name for total in TOTALS} - OF_ALL_ENTERPRISES


def test_enterprises_are_invented_and_their_codes_sound() -> None:
    entries = read_cluster().registers[ENTERPRISES]
    assert len(entries) > 231
    assert len({entry.text("名称") for entry in entries}) == len(entries)
    for entry in entries:
        code = entry.text("统一社会信用代码")
        assert entry.text("名称").startswith("上海示例")
        assert code.startswith("91310199") and check_character(code) == code[-1]
        assert re.fullmatch(r"021-5555\d{4}", entry.text("联系电话"))


def test_parts_of_an_enterprise_stay_within_it() -> None:
    entries = read_cluster().registers[ENTERPRISES]
    for enterprise in Enterprises(entries, Columns(entries)):
        entry = enterprise.entry
        for year in YEARS:
            if enterprise.belongs(year):
                numbers = {
                    column: entry.numbers[column, year]
                    for column in ("从业人员", "研发人员", "营业收入", "研发费用", "出口额")
                }
                assert numbers["研发人员"] <= numbers["从业人员"]
                assert numbers["研发费用"] + numbers["出口额"] <= numbers["营业收入"], (entry.text("名称"), year)


def test_standards_and_patents_name_enterprises_of_the_register() -> None:
    registers = read_cluster().registers
    names = {entry.text("名称") for entry in registers[ENTERPRISES]}
    assert {entry.text("企业名称") for name in (STANDARDS, PATENTS) for entry in registers[name]} <= names


def filled(folder: Path, form: str) -> FilledForm:
    prepared = prepare(folder, form, Library.standard(), FontLibrary.bundled())
    assert prepared.filled is not None and prepared.findings == ()
    return prepared.filled


@pytest.mark.parametrize("form", sorted(DATA_YEARS))
def test_a_form_prints_the_same_from_the_registers_as_from_figures_given_by_hand(form: str, tmp_path: Path) -> None:
    by_hand, registered = filled(copy_by_hand(tmp_path / "集群").parent, form), filled(EXAMPLE, form)
    assert by_hand.context() == registered.context()
    assert by_hand.sizes() == registered.sizes()
    assert sum(slot.basis != "" for slot in registered.slots) > sum(slot.basis != "" for slot in by_hand.slots) + 30
