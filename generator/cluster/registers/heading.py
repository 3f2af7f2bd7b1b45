"""The heading of a register's sheet: which column holds what, however the clerk has named and placed it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from generator.cluster.catalogue import Column, Kind, RegisterKind, Title
from generator.cluster.characters import alike, narrow
from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Grid, text_of
from generator.frozen import dataclass

MOST_ROWS_ABOVE = 30
_TEXTS = (Kind.TEXT, Kind.PHONE, Kind.CHOICE)
# Headings as we print them are known without these patterns: each is compiled when another heading comes.
_YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])年?度?(?:末|底|全年|1[-—至]12月)?"
_BRACKETS = r"[（(\[【]([^（()）\]】]*)[）)\]】]"
_MULTIPLES = "万亿千百十"
_UNIT = rf"[{_MULTIPLES}]*(?:元|美元|人民币|吨标准煤|吨|人|件|家|项)"
_UNIT_TOLD = r"[,，;；/ ]*(?:计量|金额)?单位[:：] *([^,，;；\s]*)"
_PARTS = r"[,，、;；/ ]+"
_OTHER_BRACKETS = frozenset("（()）]】")
_QUOTES = '[“”"《》「」]'
_YES_OR_NO = "是否"
_KIND_OF_ALL = "企业"
_TITLE_BEGINS = "起始年度|起始时间|(?:认定|获评|评定|评价|入选|获批|获得)?(?:年份|年度|时间|日期)"
_TITLE_ENDS = "有效期(?:至|止|截止)?|(?:到期|截止|终止)(?:年份|时间|日期|日)"
_OF_TITLE = rf"(.+?)(?:证书|称号)?(?:({_TITLE_ENDS})|{_TITLE_BEGINS})"
_LAST_OF_TITLE = frozenset("份度间期至止日")
_ENDING = "[止效]|到期"
"""What all entries of the register of enterprises are: 小巨人企业 is as much as 小巨人."""


@dataclass(frozen=True)
class Slot:
    """What a column of a sheet holds: a column of the register, and the year where it has one for each year."""

    column: Column
    year: int | None = None

    @property
    def label(self) -> str:
        """What its heading says."""
        return f"{self.column.name}{self.year or ''}"

    @property
    def heading(self) -> str:
        """What its heading says, with the unit."""
        return f"{self.label}（{self.column.unit}）" if self.column.unit else self.label


@dataclass(frozen=True)
class Heading:
    """The row (from 0) below which the entries begin, what each column (from 0) holds, and what every entry must have and
    no column is headed with."""

    row: int
    slots: Mapping[int, Slot]
    lacking: tuple[Column, ...] = ()


def main_column(slots: Mapping[int, Slot], register: RegisterKind) -> int:
    """Return the column (from 0) in which the names of the entries stand."""
    return next(at for at, slot in slots.items() if slot.column is register.columns[0])


def read_heading(grid: Grid, register: RegisterKind, findings: Collector) -> Heading | None:
    """Return the heading of `grid`, a sheet of `register`. None, with a finding, where it has none.

    It is the row in which most columns are known, the first column of the register among them. Names are known without
    their unit and with the year before or behind them; a year may stand below a name that spans several columns. A hidden
    row of keys (`[产值2024]`) goes before what is printed.
    """
    names = Names(register)
    keys = _keys(grid, names)
    best: tuple[int, dict[int, Slot]] | None = None
    for row in range(min(MOST_ROWS_ABOVE, len(grid.rows))):
        if best and not grid.merged:
            most = len(best[1])
            if len(grid.rows[row]) <= most or _most_headings(grid, row) <= most:
                continue
        found = {at: slot for at, text in headings_in(grid, row) if (slot := names.known(text)) is not None}
        if any(slot.column is register.columns[0] for slot in found.values()) and (
            not best or len(found) > len(best[1])
        ):
            best = row, found
    if best is None:
        from generator.cluster.registers.unheaded import report_no_heading

        report_no_heading(grid, register, findings)
        return None
    row, found = best
    texts = dict(headings_in(grid, row))
    last, years = _years_below(grid, row)
    if years:
        texts |= years
        found |= {at: slot for at, text in years.items() if (slot := names.known(text)) is not None}
    main = main_column(found, register)
    for named in (row, row + 1):
        if under := _under_years(grid, named, main, row, names):
            last = max(last, named)
            texts |= under
            found |= {at: slot for at, text in under.items() if (slot := names.known(text)) is not None}
    slots = _reconciled(grid, row, texts, {**found, **keys}, names, register, findings)
    headed = {slot.column.name for slot in (*found.values(), *slots.values())}
    lacking = tuple(column for column in register.columns if column.required and column.name not in headed)
    return Heading(last, _in_told_unit(grid, row, texts, slots, register, findings), lacking)


def _most_headings(grid: Grid, row: int) -> int:
    """How many cells of `row` may be headings: texts, and numbers that may be years."""
    cells = grid.rows[row]
    return len([cell for cell in cells if cell != "" and (type(cell) is not float or 1900 <= cell < 2100)])


class Names:
    """The names under which the columns of a register are known."""

    def __init__(self, register: RegisterKind) -> None:
        self.by_key: dict[str, Column] = {}
        for column in register.columns:
            for name in (column.name, *column.also):
                self.by_key.setdefault(alike(name), column)
        self._columns, self._titles = register.columns, register.titles
        self._plain = {
            column.name: column
            for column in register.columns
            if self.by_key[alike(column.name)] is column and column.name.isalpha()
        }
        self._known: dict[str, Slot | None] = {}

    def known(self, text: str) -> Slot | None:
        """The slot that a heading of this text means."""
        if text not in self._known:
            self._known[text] = self._printed(text) or self._slot(text)
        return self._known[text]

    def _printed(self, text: str) -> Slot | None:
        """The slot of a heading that says what ours do; there are a hundred of them, and to understand any other takes time."""
        name, _, unit = text.partition("\n")
        last = name[-4:]
        year = int(last) if last.isascii() and last.isdecimal() and last[:2] in ("19", "20") else None
        column = self._plain.get(name if year is None else name[:-4])
        if column is None or column.by_year != (year is not None) or (unit and unit != f"（{column.unit}）"):
            return None
        return Slot(column, year)

    def _slot(self, text: str) -> Slot | None:
        if text.replace(".", "", 1).isdecimal() or _is_bracketed(text):
            return None
        bare, year = parted(text)
        key = alike(bare)
        column = self.by_key.get(key) or self.by_key.get(alike(re.sub(_BRACKETS, "", text)))
        if column is None and key[-1:] in _LAST_OF_TITLE:
            column = self._of_title(key)
        if column is None or (year is not None) != column.by_year:
            return None
        return Slot(column, year)

    def _of_title(self, key: str) -> Column | None:
        """The column of a title that a heading means which calls it otherwise: “小巨人”企业认定时间, 高企证书有效期至."""
        said = re.fullmatch(_OF_TITLE, key) if self._titles else None
        title = self._by_title.get(said[1].removesuffix(_KIND_OF_ALL)) if said else None
        return None if title is None or said is None else self.by_key[alike(title.until if said[2] else title.since)]

    @cached_property
    def _by_title(self) -> Mapping[str, Title]:
        return {
            alike(name).removesuffix(_KIND_OF_ALL): each for each in self._titles for name in (each.name, *each.also)
        }

    def near(self, bare: str, *, yearly: bool) -> str:
        """The column that is probably meant; with a year, half of the characters will do."""
        from difflib import get_close_matches

        lead = _YES_OR_NO if bare.startswith(_YES_OR_NO) else ""
        names = [column.name for column in self._columns if column.by_year == yearly and column.name.startswith(lead)]
        rests = {name.removeprefix(lead): name for name in names}
        found = get_close_matches(bare.removeprefix(lead), rests, n=1, cutoff=0.5 if yearly else 0.6)
        guess = rests[found[0]] if found else ""
        begins = {title.until: title.since for title in self._titles}
        return guess if re.search(_ENDING, bare) else begins.get(guess, guess)

    def since_when(self, bare: str) -> tuple[str, ...]:
        """The columns that ask from which year on, of a heading that only asks whether: 是否上云, 高新技术企业."""
        subject = re.sub(_QUOTES, "", bare).removeprefix(_YES_OR_NO)
        exact = tuple(title.since for title in self._titles if title.name == subject)
        if exact or not bare.startswith(_YES_OR_NO):
            return exact
        stem = subject.removesuffix(_KIND_OF_ALL) or subject
        years = [column for column in self._columns if column.kind is Kind.YEAR]
        held = [title for title in self._titles if title.name in subject]
        return (
            tuple(column.name for column in years if any(name.startswith(stem) for name in (column.name, *column.also)))
            or tuple(title.since for title in self._titles if stem in title.name)
            or tuple(title.since for title in sorted(held, key=lambda each: -len(each.name))[:1])
        )


def parted(text: str) -> tuple[str, int | None]:
    """A heading without unit, marks and year, and the year."""
    bare = re.sub(_UNIT_TOLD, "", re.sub(_BRACKETS, "", narrow(text))).strip(" *:：")
    years = re.findall(_YEAR, bare)
    if len(set(years)) != 1:
        inside = re.findall(_YEAR, narrow(text))
        years = inside if len(set(inside)) == 1 and not years else []
    return re.sub(_YEAR, "", bare).strip(), int(years[0]) if years else None


def headings_in(grid: Grid, row: int) -> Iterator[tuple[int, str]]:
    """The headings of `row`, by column; a bare year is led by what stands above it."""
    texts = [(at, text) for at, text in enumerate(map(text_of, grid.rows[row])) if text]
    above = _above(grid, row) if any(_is_year(text) for _, text in texts) else {}
    for at, text in texts:
        yield at, f"{above[at]} {text}" if above.get(at) and _is_year(text) else text
    for merged in grid.merged:
        if merged.top < row <= merged.bottom and merged.left < len(grid.rows[row]):
            text = text_of(grid.rows[merged.top][merged.left])
            if text and merged.left == merged.right:
                yield merged.left, text


def _is_key(text: str) -> bool:
    """Whether `text` is a key of the hidden row: `[产值2024]`."""
    return text[:1] == "[" and text[-1:] == "]" and len(text) > 2 and "\n" not in text


def _is_bracketed(text: str) -> bool:
    """Whether all of `text` stands in one pair of square brackets, as keys do."""
    return text[:1] == "[" and text[-1:] == "]" and _OTHER_BRACKETS.isdisjoint(text[1:-1])


def _is_year(text: str) -> bool:
    return text[0].isdecimal() and not re.sub(_YEAR, "", narrow(text)).strip()


def _above(grid: Grid, row: int) -> Mapping[int, str]:
    """What stands above each cell of `row`, or above all of them in a cell that spans them."""
    above = {at: text_of(cell) for at, cell in enumerate(grid.rows[row - 1])} if row else {}
    for merged in grid.merged:
        if merged.top <= row - 1 <= merged.bottom:
            first = text_of(grid.rows[merged.top][merged.left]) if merged.top < len(grid.rows) else ""
            above |= dict.fromkeys(range(merged.left, min(merged.right, merged.left + 200) + 1), first)
    return above


def _years_below(grid: Grid, row: int) -> tuple[int, dict[int, str]]:
    """The row, of the two below the heading, that holds nothing but years, and its headings; the heading's own row if none does.

    A name leads the years below it as far as the row above it is empty.
    """
    for below in range(row + 1, min(row + 3, len(grid.rows))):
        texts = dict(headings_in(grid, below))
        bare = {at: text_of(cell) for at, cell in enumerate(grid.rows[below]) if text_of(cell)}
        if not bare or any(re.sub(_YEAR, "", narrow(text)).strip() for text in bare.values()):
            continue
        above, name = grid.rows[below - 1], ""
        for at in range(len(grid.rows[below])):
            name = (text_of(above[at]) if at < len(above) else "") or name
            if texts.get(at) == bare.get(at) and at in bare and name:
                texts[at] = f"{name} {bare[at]}"
        return below, {at: texts[at] for at in bare}
    return row, {}


def _under_years(grid: Grid, named: int, main: int, row: int, names: Names) -> dict[int, str]:
    """The headings of the row `named` that stand below years, each led by its own: 2023年 above 产值, 营业收入.

    It is the heading's own `row`, or the one below, in which there is no entry: nothing stands in the column `main` there. A year
    leads what stands below it as far as the row of years is empty.
    """
    if not 0 < named < len(grid.rows) or (named > row and any(map(text_of, grid.rows[named][main : main + 1]))):
        return {}
    under: dict[int, str] = {}
    told, above = "", grid.rows[named - 1]
    for at, cell in enumerate(grid.rows[named]):
        told = (text_of(above[at]) if main < at < len(above) else "") or told
        text = text_of(cell)
        if not text or not told or _is_key(told) or names.known(text) is not None:
            continue
        year = re.fullmatch(rf"{_YEAR}(?:[^0-9:：填报表]*)", narrow(told))
        led = f"{year[1]}年{text}" + "".join(f"（{unit}）" for unit in _units(told)) if year else ""
        slot = names.known(led) if led else None
        if slot is not None and slot.year is not None:
            under[at] = led
    return under


def _keys(grid: Grid, names: Names) -> dict[int, Slot]:
    """The slots that a hidden row of keys names."""
    for row in range(min(MOST_ROWS_ABOVE, len(grid.rows))):
        texts = {at: text_of(cell) for at, cell in enumerate(grid.rows[row])}
        slots = {at: names.known(text[1:-1]) for at, text in texts.items() if _is_key(text)}
        if len(slots) > 1:
            return {at: slot for at, slot in slots.items() if slot is not None}
    return {}


def _reconciled(
    grid: Grid, row: int, texts: Mapping[int, str], slots: dict[int, Slot], names: Names,
    register: RegisterKind, findings: Collector,
) -> dict[int, Slot]:  # fmt: skip
    """Without columns that are doubtful (repeated, in another unit, with a key that the heading belies), and the clerk's own: a
    column of texts that only has another name of one beside it (手机, 联系电话)."""
    kept: dict[int, Slot] = {}
    seen: dict[str, int] = {}
    aside: set[int] = set()
    for at in sorted(slots):
        slot, text = slots[at], texts.get(at, "")
        shown, path, position = names.known(text), (register.sheet, slot.label), grid.position(row, at)
        if shown is not None and shown != slot:
            remedy = f"这一列隐藏的代号是“{slot.label}”：请把内容放回原来的列，或删去隐藏的代号行"
            findings.add(
                Code.KEY_MISMATCH, "隐藏的代号与表头不符，这一列没有读", position, path, found=text, remedy=remedy
            )
        elif slot.label in seen and _only_called_otherwise(slot, text, texts.get(seen[slot.label], ""), register):
            if alike(text) == alike(slot.label):
                aside.add(seen[slot.label])
                seen[slot.label], kept[at] = at, kept.pop(seen[slot.label])
            else:
                aside.add(at)
        elif slot.label in seen:
            first = grid.position(row, seen[slot.label])
            message = f"“{slot.label}”有两列，只读了前一列（{first.cell or f'第 {first.column} 列'}）"
            findings.add(Code.REPEATED_COLUMN, message, position, path, found=text, remedy="请删去一列")
        elif (unit := _foreign_unit(text, slot)) is not None:
            remedy = f"请换算成{slot.column.unit}，并把表头改为“{slot.heading}”"
            findings.add(
                Code.FOREIGN_UNIT, "表头写的单位与本栏不同，这一列没有读", position, path,
                found=unit, expected=slot.column.unit, remedy=remedy,
            )  # fmt: skip
        else:
            seen[slot.label], kept[at] = at, slot
    left = {at: text for at, text in texts.items() if at in aside or (at not in slots and not _is_key(text))}
    if left:
        from generator.cluster.registers.unknown import report_unknown

        report_unknown(
            grid, row, left, {at: slots[at] for at in slots.keys() - aside}, aside, names, register, findings
        )
    return kept


def _only_called_otherwise(slot: Slot, text: str, other: str, register: RegisterKind) -> bool:
    return slot.column.kind in _TEXTS and slot.column is not register.columns[0] and alike(text) != alike(other)


def _foreign_unit(text: str, slot: Slot) -> str | None:
    """The unit that a heading says, in brackets or behind 单位, where it is not that of the column."""
    if text.replace("\n", "") == slot.heading:
        return None
    return next((unit for unit in _units(text) if unit != slot.column.unit), None)


def _units(text: str) -> tuple[str, ...]:
    """The units that a heading, or a line above it, says: in brackets, beside a year or not, or behind 单位."""
    told = re.findall(_UNIT_TOLD, narrow(text))
    inside = [re.sub(_UNIT_TOLD, r"\1", found) for found in re.findall(_BRACKETS, narrow(text))]
    parts = (part for said in (*told, *inside) for part in re.split(_PARTS, re.sub(_YEAR, "", said)))
    return tuple(
        part.removeprefix("人民币") or part
        for part in parts
        if re.fullmatch(_UNIT, part.removeprefix("人民币") or part)
    )


def _in_told_unit(
    grid: Grid, row: int, headings: Mapping[int, str], slots: dict[int, Slot], register: RegisterKind,
    findings: Collector,
) -> dict[int, Slot]:  # fmt: skip
    """Without the columns for which a line above the heading (`单位：亿元`) says another unit than theirs."""
    for above in range(row):
        for at, cell in enumerate(grid.rows[above]):
            if not isinstance(cell, str) or "单位" not in cell or not re.search(_UNIT_TOLD, narrow(cell)):
                continue
            told = {unit.lstrip(_MULTIPLES): unit for unit in _units(cell)}
            foreign = {
                place: slot
                for place, slot in slots.items()
                if told.get(slot.column.unit.lstrip(_MULTIPLES), slot.column.unit) != slot.column.unit
                and not _units(headings.get(place, ""))
            }
            if foreign:
                slots = {place: slot for place, slot in slots.items() if place not in foreign}
                names = list(dict.fromkeys(slot.column.name for slot in foreign.values()))
                units = "、".join(dict.fromkeys(slot.column.unit for slot in foreign.values()))
                message = f"表上方写的单位与名录的不同，{'、'.join(names)}各列没有读"
                remedy = f"请换算成{units}，并改正这一格"
                findings.add(
                    Code.FOREIGN_UNIT, message, grid.position(above, at), (register.sheet,),
                    found=cell.strip(), expected=units, remedy=remedy,
                )  # fmt: skip
    return slots
