"""Headings as the workbook to fill prints them are known at once, and mean what they mean to whoever reads closely."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from generator.cluster.registers.heading import Names
from tests.cluster.registers.sheets import whole_catalogue

REGISTERS = whole_catalogue().registers
NAMES = sorted({name for each in REGISTERS.values() for column in each.columns for name in (column.name, *column.also)})
YEARS = some.sampled_from(["", "2023", "2020年", " 2024", "２０２３", "1800", "20233", "23"])
UNITS = some.sampled_from(
    ["", "\n（万元）", "（万元）", "\n（件）", "\n（人）", "\n(万元)", "\n（亿元）", "\n", "\n（）"]
)


@given(some.sampled_from(sorted(REGISTERS)), some.sampled_from(NAMES), YEARS, UNITS)
def test_a_printed_heading_means_what_a_closer_look_finds(register: str, name: str, year: str, unit: str) -> None:
    names = Names(REGISTERS[register])
    for text in (f"{name}{year}{unit}", f"{year}{name}{unit}"):
        printed = names._printed(text)
        assert printed is None or printed == names._slot(text)


def test_every_column_is_known_at_once() -> None:
    for register in REGISTERS.values():
        names = Names(register)
        for column in register.columns:
            unit = f"\n（{column.unit}）" if column.unit else ""
            assert names._printed(f"{column.name}{2023 if column.by_year else ''}{unit}") is not None
