"""The rows of a list: the entries that were counted for its figures, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from generator.cluster.catalogue import Catalogue, Kind
from generator.cluster.model import Cluster, Entry
from generator.forms.conditions import matching_entries
from generator.forms.definition import Form
from generator.forms.printing import print_derived, print_value
from generator.frozen import dataclass
from generator.indicators import Indicators, Roll, Total, total_behind
from generator.lists.definition import YEAR, ListColumn, ListDefinition
from generator.lists.figures import figure_that_stands, says_nothing, says_the_same
from generator.lists.owed import ListFigure, OwedList
from generator.lists.reading import MARK

_TICK = "√"
_NAME = "名称"
_TOTAL = "合计"


@dataclass(frozen=True)
class Head:
    """A column as printed: its head, its width in millimetres, and how its cells are set (`left`, `centre`, `right`)."""

    text: str
    width: float
    align: str


@dataclass(frozen=True)
class MadeList:
    """A list ready to be printed: heads, rows, and the totals below them, all in printed texts.

    `summary` is what it comes to in its last year, with the unit.
    """

    owed: OwedList
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...]
    summary: str

    @property
    def title(self) -> str:
        """Its title."""
        return self.owed.definition.title


@dataclass(frozen=True)
class NoList:
    """A list that is owed and can't be made: `reason` in words; empty where there is nothing to list (无)."""

    owed: OwedList
    reason: str = ""


@dataclass(frozen=True)
class Registers:
    """What lists are made from: a cluster and its roll, the figures derived from it, and the catalogue's words."""

    cluster: Cluster
    form: Form
    indicators: Indicators
    catalogue: Catalogue
    roll: Roll
    words: Mapping[str, str]

    def behind(self, definition: ListDefinition, figure: ListFigure, year: int) -> tuple[Entry, ...] | None:
        """Return the entries of the list's register that were counted for `figure`; None where none of it gives the figure."""
        if not figure.name:
            return matching_entries(self.cluster, definition.register_name, figure.where, self.form)
        return self.named(definition, figure.name, year)

    def named(self, definition: ListDefinition, name: str, year: int) -> tuple[Entry, ...] | None:
        """Return the entries of the list's register that were counted for the field `name`; None where another gives it, or none."""
        found = total_behind(name, self.roll, year)
        return found[1] if found is not None and found[0].register == definition.register_name else None

    def stands(self, name: str, year: int) -> str:
        """Return the figure `name` of `year` as the form reckons with it."""
        return figure_that_stands(name, year, self.cluster, self.indicators, self.form.id)


def make_list(owed: OwedList, registers: Registers) -> MadeList | NoList:
    """Return the list `owed` with the rows that were counted, or why there is none: nothing to list, or totals that differ."""
    behind = {
        (figure.label, year): registers.behind(owed.definition, figure, year)
        for figure in owed.figures
        for year in figure.years
    }
    differing = list(_differences(owed, registers))
    if differing:
        return NoList(owed, "；".join(differing))
    counted = {
        year: [entry for figure in owed.figures for entry in behind.get((figure.label, year)) or ()]
        for year in owed.years
    }
    rows = _ordered(owed.definition, counted, registers)
    if not rows:
        return NoList(owed)
    return _Table(owed, registers, counted).made(rows)


def _differences(owed: OwedList, registers: Registers) -> Iterable[str]:
    """What the form says otherwise than the register: a list that doesn't add up to the form is none."""
    for figure in owed.figures:
        for year in figure.years if figure.name else ():
            found = total_behind(figure.name, registers.roll, year)
            stands = figure.printed.get(year) or registers.stands(figure.name, year)
            if found is None:
                if not says_nothing(stands):
                    yield f"{figure.label}{year}年是 {stands}，“{owed.definition.register_name}”名录里没有"
            elif found[0].register == owed.definition.register_name:
                listed = _total(*found, year)
                if not says_the_same(listed, stands):
                    yield f"{figure.label}{year}年是 {stands}，“{owed.definition.register_name}”名录合计是 {listed}"


def _total(total: Total, entries: tuple[Entry, ...], year: int) -> str:
    """What `total` gives of the entries behind it, as a form prints it."""
    if not total.column:
        return str(len(entries))
    return _printed(_sum(entries, total.column, year) / total.divisor, whole=total.whole)


def _sum(entries: Iterable[Entry], column: str, year: int) -> Decimal:
    return sum((entry.numbers[column, year] for entry in entries), Decimal(0))


def _printed(value: Decimal, *, whole: bool) -> str:
    return f"{value:.0f}" if whole else print_derived(value)


def _ordered(definition: ListDefinition, counted: Mapping[int, list[Entry]], registers: Registers) -> tuple[Entry, ...]:
    """All entries that count in any year, each once: by the order of the list, then as the register has them."""
    chosen = {id(entry) for entries in counted.values() for entry in entries}
    entries = [entry for entry in registers.cluster.registers.get(definition.register_name, ()) if id(entry) in chosen]
    columns = {column.name: column for column in registers.catalogue.registers[definition.register_name].columns}

    def rank(entry: Entry) -> tuple[tuple[int, str], ...]:
        texts = ((entry.text(name), columns[name].choices) for name in definition.order)
        return tuple((choices.index(text) if text in choices else len(choices), text) for text, choices in texts)

    return tuple(sorted(entries, key=rank))


Cell = Callable[[Entry, int], str]
"""Gives the text of a cell: of an entry, in the row of a number."""


class _Table:
    """Sets out the cells of one list."""

    def __init__(self, owed: OwedList, registers: Registers, counted: Mapping[int, list[Entry]]) -> None:
        self._owed = owed
        self._registers = registers
        self._years = owed.years
        self._counting = {year: {id(entry) for entry in entries} for year, entries in counted.items()}
        kinds = registers.catalogue.registers[owed.definition.register_name].columns
        self._kinds = {column.name: column.kind for column in kinds}

    def made(self, entries: tuple[Entry, ...]) -> MadeList:
        columns = [(column, year) for column in self._owed.definition.columns for year in self._repeated(column)]
        heads = tuple(self._head(column, year) for column, year in columns)
        cells = [self._cell(column, year) for column, year in columns]
        rows = tuple(tuple(cell(entry, number) for cell in cells) for number, entry in enumerate(entries, start=1))
        return MadeList(self._owed, heads, rows, tuple(self._totals(columns)), self._summary())

    def _repeated(self, column: ListColumn) -> tuple[int, ...]:
        return self._years if column.years else (0,)

    def _head(self, column: ListColumn, year: int) -> Head:
        text = column.head.replace(YEAR, str(year))
        for word, as_printed in self._registers.words.items():
            text = text.replace(word, as_printed)
        return Head(text, column.width, column.align)

    def _cell(self, column: ListColumn, year: int) -> Cell:
        if column.number:
            return lambda entry, number: str(number)
        if column.remarks:
            return self._remarks(column.remarks)
        if column.years == MARK:
            return lambda entry, number: _TICK if id(entry) in self._counting[year] else ""
        if column.years:
            key = column.years, year
            return lambda entry, number: _amount(entry, key) if id(entry) in self._counting[year] else ""
        return self._text(column.column)

    def _text(self, name: str) -> Cell:
        """The text of a column; a year that comes after those of the list isn't said yet."""
        last, words = max(self._years), self._registers.words
        dates = self._kinds[name] is Kind.YEAR

        def cell(entry: Entry, number: int) -> str:
            text = entry.text(name)
            if dates and text[:4].isdecimal() and int(text[:4]) > last:
                return ""
            return words.get(text, text)

        return cell

    def _remarks(self, remarks: Mapping[str, str]) -> Cell:
        """What an entry counts for besides, with the years where it doesn't in all of its own."""
        definition = self._owed.definition
        counting = {
            name: {year: {id(e) for e in self._registers.named(definition, name, year) or ()} for year in self._years}
            for name in remarks
        }

        def cell(entry: Entry, number: int) -> str:
            own = [year for year in self._years if id(entry) in self._counting[year]]
            said = []
            for name, word in remarks.items():
                years = [year for year in own if id(entry) in counting[name][year]]
                if years:
                    said.append(word if years == own else f"{word}（{'、'.join(map(str, years))}年）")
            return "、".join(said)

        return cell

    # ── totals ──

    def _totals(self, columns: list[tuple[ListColumn, int]]) -> Iterable[tuple[str, ...]]:
        """The lines below the rows: the sum in the unit of the rows where they hold amounts of money, then every figure."""
        definition = self._owed.definition
        amounts = self._amounts()
        lines: list[tuple[str, Mapping[int, str]]] = []
        if amounts and not self._counts(amounts):
            lines.append((f"各企业合计（{definition.unit}）", self._sums(amounts)))
        for figure in self._owed.figures:
            lines.append((figure.label, {year: self._listed(figure, year) for year in figure.years}))
        for name in definition.also:
            shown = {year: self._also(name, year) for year in self._years}
            if any(shown.values()):
                unit = self._registers.catalogue.fields[name].unit
                lines.append((f"其中：{name}（{unit}）", shown))
        for number, (label, figures) in enumerate(lines):
            yield self._line(columns, "" if number else _TOTAL, label, figures)

    def _summary(self) -> str:
        last = self._years[-1]
        unit = self._owed.definition.unit
        amounts = self._amounts()
        if amounts:
            return f"{self._sums(amounts)[last]}{unit}"
        return f"{len(self._counting[last])}{unit}"

    def _amounts(self) -> str:
        """The column of the register by year whose numbers the rows hold; empty for a list that counts."""
        columns = (column.years for column in self._owed.definition.columns)
        return next((years for years in columns if years not in ("", MARK)), "")

    def _sums(self, column: str) -> dict[int, str]:
        entries = self._registers.cluster.registers.get(self._owed.definition.register_name, ())
        counted = {year: [e for e in entries if id(e) in ids] for year, ids in self._counting.items()}
        whole = self._counts(column)
        return {year: _printed(_sum(found, column, year), whole=whole) for year, found in counted.items()}

    def _counts(self, column: str) -> bool:
        """Whether the numbers of a column of the register are counts, which the form adds up as they are."""
        register = self._registers.catalogue.registers[self._owed.definition.register_name]
        return any(one.name == column and one.kind is Kind.COUNT for one in register.columns)

    def _listed(self, figure: ListFigure, year: int) -> str:
        """What the list itself gives for a figure, in the words of the form: 无 where that says so."""
        if figure.name:
            found = total_behind(figure.name, self._registers.roll, year)
            listed = _total(*found, year) if found is not None else ""
        else:
            listed = str(len(self._registers.behind(self._owed.definition, figure, year) or ()))
        return figure.printed.get(year, listed) if says_nothing(listed) else listed

    def _also(self, name: str, year: int) -> str:
        """A figure besides; nothing where the form reckons with another that was given by hand."""
        found = total_behind(name, self._registers.roll, year)
        if found is None:
            return ""
        listed = _total(*found, year)
        return listed if says_the_same(listed, self._registers.stands(name, year)) else ""

    def _line(
        self, columns: list[tuple[ListColumn, int]], first: str, label: str, figures: Mapping[int, str]
    ) -> tuple[str, ...]:
        """A line of totals: the label where the names stand, each year's figure below its column, or the only one at the end."""
        cells = [figures.get(year, "") if year else "" for _, year in columns]
        cells[0] = first
        names = next(number for number, (column, _) in enumerate(columns) if column.column == _NAME)
        cells[names] = label
        if not any(year for _, year in columns):
            cells[-1] = f"{figures[self._years[-1]]}{self._owed.definition.unit}"
        return tuple(cells)


def _amount(entry: Entry, key: tuple[str, int]) -> str:
    """A number as the register has it: whole where it was written so."""
    number = entry.numbers.get(key)
    return "" if number is None else print_value(number)
