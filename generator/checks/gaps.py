"""Columns that a register lacks: each takes several figures of the form with it, and is told of once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.checks.missing import may_be_nothing
from generator.checks.rule import Examined
from generator.cluster.catalogue import ACTUALS
from generator.cluster.columns import Columns
from generator.findings import Position
from generator.frozen import dataclass, replace
from generator.indicators import totals_of

Place = tuple[str, ...]
"""A path in words at which something is to be written in cluster.yaml: 实绩, 集群总产值, 2024年."""

_LENGTH_OF_FIGURE = 3


@dataclass(frozen=True)
class Gap:
    """A register that says nothing in some of its `columns`, as they are headed, of which one would do."""

    register: str
    columns: tuple[str, ...]


class Gaps:
    """Finds the column that a missing figure would follow from, where the register of it is there and the column is not."""

    def __init__(self, examined: Examined) -> None:
        self._examined = examined

    def behind(self, place: Place) -> Gap | None:
        """Return what the register lacks for the figure to be written at `place`; None where no register would give it.

        Numbers by year are lacking only where the register has them for other years: else they were never meant to stand there.
        """
        if place[0] != ACTUALS or len(place) != _LENGTH_OF_FIGURE:
            return None
        year = int(place[2].removesuffix("年"))
        for total in totals_of(place[1]):
            columns = self._columns.get(total.register)
            if columns is None:
                continue
            if total.column and total.column in {column for column, _ in columns.numbers}:
                if (total.column, year) not in columns.numbers:
                    return Gap(total.register, (f"{total.column}{year}（{total.unit}）",))
            elif total.counts_by and not set(total.counts_by) & set(columns.names):
                return Gap(total.register, total.counts_by)
        return None

    def position(self, gap: Gap) -> Position:
        """Return where the register stands that lacks something: its sheet or file."""
        first = self._examined.cluster.registers[gap.register][0].position
        return first if first.file == self._examined.cluster.source else replace(first, line=0, column=0)

    def remedy(self, gap: Gap, places: Iterable[Place]) -> str:
        """Return what to do about `gap`, which the figures to be written at `places` would follow from."""
        figures = [(name, year) for _, name, year in places]
        names = "、".join(dict.fromkeys(f"“{name}”" for name, _ in figures))
        years = "、".join(sorted({year for _, year in figures}))
        columns = "或".join(f"“{column}”" for column in gap.columns)
        fields = self._examined.catalogue.fields
        nothing = (
            "，确无此项写“无”" if any(may_be_nothing(fields[name]) for name, _ in figures if name in fields) else ""
        )
        sheet = self._examined.catalogue.registers[gap.register].sheet
        return (
            f"“{sheet}”名录里没有{columns}的内容：请补上这一列，表头写错的请改正，由它推算；"
            f"不由名录推算的，在 cluster.yaml 的“{ACTUALS}”里填写{names}的{years}数{nothing}。"
        )

    @cached_property
    def _columns(self) -> Mapping[str, Columns]:
        registers = self._examined.cluster.registers.items()
        return {name: Columns(entries) for name, entries in registers if entries}
