"""Figures beside each other: parts and wholes, stocks, and the same figure from year to year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import gt

from generator.checks.numbers import shown
from generator.checks.plausibility import PartOf, Rows
from generator.checks.rule import PATH_MARK, Examined, Located
from generator.cluster.catalogue import Kind
from generator.cluster.columns import Columns, floats
from generator.cluster.enterprises import GREW, Enterprises
from generator.cluster.model import Entry
from generator.cluster.table import NumberKey
from generator.cluster.values import NIL
from generator.findings import Finding, Position, Severity
from generator.frozen import dataclass, replace
from generator.indicators import formula_of, totals_of

_CASES = frozenset({Kind.AMOUNT, Kind.COUNT})
_NAME = "名称"
_LISTED = 3
_FEWEST_COPIED = 3
_DIGITS = "0123456789.-—"
_BEFORE_YEAR = ("-", "—", "–", ":", "：", "－")


def parts_beyond_wholes(examined: Examined) -> Iterator[Located]:
    """C716: a part is larger than the whole."""
    for relation in examined.references.plausibility.parts:
        for year in _years(examined):
            if not {(relation.part, year), (relation.whole, year)} & examined.figures.keys():
                continue
            part, whole = examined.number(relation.part, year), examined.number(relation.whole, year)
            if part is not None and whole is not None and part > whole:
                yield _beyond(relation, year, part, whole, examined)


def compared_without_figure(examined: Examined) -> Iterator[Located]:
    """C721: a row compares a figure with others, and there is no such figure; or there is one, and the row says that there is none."""
    form = examined.filled.form
    for relation in examined.references.plausibility.compared:
        figure = examined.cluster.value(relation.figure, form.years.base)
        choice = examined.cluster.value(relation.choice, form=form.id)
        if figure is None or choice is None or (relation.figure, form.years.base) not in examined.figures:
            continue
        if (figure.value is NIL) != (choice.text == relation.none):
            yield (
                examined.figure_key(relation.figure, form.years.base),
                Finding(
                    code="C721",
                    severity=Severity.CHECK if figure.value is NIL else Severity.NOTE,
                    message="这个数与“是否高于行业平均水平”对不上",
                    path=examined.figure_path(relation.figure, form.years.base),
                    position=choice.position,
                    found=f"{relation.figure}是“{figure.text}”，“{relation.choice}”是“{choice.text}”",
                    expected=f"没有这个数的选“{relation.none}”，有的选其余各项",
                    remedy="请核对这两处。",
                ),
            )


def _beyond(relation: PartOf, year: int, part: Decimal, whole: Decimal, examined: Examined) -> Located:
    key = examined.figure_key(relation.part, year) or examined.figure_key(relation.whole, year)
    return key, Finding(
        code="C716",
        severity=Severity.NOTE if relation.usual else Severity.CHECK,
        message="部分大于整体",
        path=examined.figure_path(relation.part, year),
        position=examined.position(relation.part, year),
        found=f"{relation.part}{shown(part, examined.unit(relation.part))}",
        expected=f"不超过{relation.whole}{shown(whole, examined.unit(relation.whole))}",
        remedy=f"请核对这两个数。{relation.why}{'。' if relation.why else ''}",
    )


def shrinking_stocks(examined: Examined) -> Iterator[Located]:
    """C717: a stock is smaller than the year before. C720: two years of a stock don't differ by what was added."""
    for relation in examined.references.plausibility.stocks:
        for before, year in _pairs(examined):
            if (relation.stock, year) not in examined.figures or (relation.stock, before) not in examined.figures:
                continue
            less, more = examined.number(relation.stock, before), examined.number(relation.stock, year)
            if less is None or more is None:
                continue
            unit = examined.unit(relation.stock)
            added = examined.number(relation.added, year) if relation.added else None
            if more < less:
                remedy = "年末累计数一般不会减少；确有失效、废止的，请准备说明。"
                wanted = f"不少于{before}年的{shown(less, unit)}"
                yield _of(
                    relation.stock, year, "C717", "年末累计数比上年少", shown(more, unit), wanted, remedy, examined
                )
            elif added is not None and more - less != added:
                wanted = f"{shown(less + added, unit)}：{before}年末{shown(less)}＋{relation.added}{shown(added)}"
                remedy = "请核对累计数和当年数；有失效、废止的除外。"
                yield _of(
                    relation.stock, year, "C720", "累计数与当年数对不上", shown(more, unit), wanted, remedy, examined
                )


def leaps(examined: Examined) -> Iterator[Located]:
    """C715: from one year to the next a figure changes as only a wrong unit does. C718: it changes by more than is plausible."""
    limits = examined.references.plausibility.leaps
    for name in _given_series(examined, _CASES):
        for before, year in _pairs(examined):
            earlier, later = examined.number(name, before), examined.number(name, year)
            if {(name, before), (name, year)} - examined.figures.keys() or not earlier or not later:
                continue
            factor = max(later / earlier, earlier / later)
            if factor < min(limits.slip, limits.ratio):
                continue
            unit = examined.unit(name)
            found = f"{before}年{shown(earlier, unit)}，{year}年{shown(later, unit)}"
            worst = _most_changed(examined, name, before, year)
            position = worst.position if worst is not None else None
            found += f"；其中变化最大的是{worst.words}" if worst is not None else ""
            counted = examined.catalogue.fields[name].kind is Kind.COUNT
            if factor >= limits.slip:
                remedy = f"单位是“{unit}”，请核对是不是有一年用了别的单位（万元与亿元相差一万倍）。"
                wanted, message = f"各年都以{unit}计", "像是单位写错了"
                yield _of(name, year, "C715", message, found, wanted, remedy, examined, position)
            elif factor >= limits.ratio and (not counted or abs(later - earlier) >= limits.least):
                wanted = f"一年之内增减不到{shown(limits.ratio)}倍"
                remedy = "请核对；属实的，请准备说明。"
                yield _of(name, year, "C718", "一年之间变化很大", found, wanted, remedy, examined, position)


@dataclass(frozen=True)
class _Changed:
    """The row of a register that has most to do with the change of a figure: its two numbers in words, where the later stands."""

    words: str
    position: Position


def _most_changed(examined: Examined, name: str, before: int, year: int) -> _Changed | None:
    """The row that makes up half of the change of `name`, or more; None where no register adds up to it, or no row does so."""
    if not any(
        total.column for total in totals_of(name)
    ):  # rows are counted: none of them has more to do with it than another
        return None
    if not all((derived := examined.indicators.get((name, at))) and derived.register for at in (before, year)):
        return None
    from generator.indicators.behind import behind

    then, now = (behind(examined.cluster, examined.indicators, name, at) for at in (before, year))
    if then is None or now is None or now.counted or not now.rows:
        return None
    earlier = {row.name: row.number for row in then.rows}
    row = max(now.rows, key=lambda row: abs(row.number - earlier.get(row.name, Decimal(0))))
    first = earlier.get(row.name, Decimal(0))
    change = sum((each.number for each in now.rows), Decimal(0)) - sum(earlier.values(), Decimal(0))
    if abs(row.number - first) * 2 < abs(change):
        return None
    words = f"{row.name}：{before}年{shown(first, now.unit)}，{year}年{shown(row.number, now.unit)}"
    return _Changed(words, row.position)


def standing_still(examined: Examined) -> Iterator[Located]:
    """C719: an amount or a share is the same in all data years, to the last digit."""
    years = examined.filled.form.years.data
    for name in _given_series(examined, frozenset({Kind.AMOUNT, Kind.PERCENT})):
        values = {examined.number(name, year) for year in years}
        if len(years) > 1 and len(values) == 1 and None not in values and values != {Decimal(0)}:
            if any((name, year) not in examined.figures for year in years):
                continue
            (value,) = values
            assert value is not None
            found = f"{years[0]}—{years[-1]}年都是{shown(value, examined.unit(name))}"
            remedy = "请核对是不是复制了上一年的数。"
            yield _of(name, years[-1], "C719", "各年的数完全相同", found, "各年各自的数", remedy, examined)


def fractions(examined: Examined) -> Iterator[Located]:
    """C714: a share that follows from no other figure is a fraction in place of percent, in all years that are given."""
    for name in _given_series(examined, frozenset({Kind.PERCENT})):
        if examined.catalogue.fields[name].minimum != 0:
            continue
        years = [year for one, year in examined.figures if one == name]
        known = {year: value for year in years if (value := examined.number(name, year))}
        if known and all(value < 1 for value in known.values()):
            year, value = max(known.items())
            wanted, remedy = (
                f"{shown(value * 100)}%？",
                "单位是%：百分之八十五写 85，不写 0.85。确实不到1%的，请准备说明。",
            )
            yield _of(name, year, "C714", "百分数像是写成了小数", shown(value), wanted, remedy, examined)


def _of(
    name: str, year: int, code: str, message: str, found: str, wanted: str, remedy: str, examined: Examined,
    position: Position | None = None,
) -> Located:  # fmt: skip
    return examined.figure_key(name, year), Finding(
        code=code,
        severity=Severity.CHECK,
        message=message,
        path=examined.figure_path(name, year),
        position=examined.position(name, year) or position,
        found=found,
        expected=wanted,
        remedy=remedy,
    )


def _given_series(examined: Examined, kinds: frozenset[Kind]) -> Iterator[str]:
    """The figures by year of these kinds that the form needs and that follow from no others."""
    for name in dict.fromkeys(name for name, _ in examined.figures):
        field = examined.catalogue.fields.get(name)
        if field is not None and field.by_year and field.kind in kinds and formula_of(name) is None:
            yield name


def _years(examined: Examined) -> tuple[int, ...]:
    """The data years and the year before them, which growth begins from."""
    data = examined.filled.form.years.data
    return (data[0] - 1, *data)


def _pairs(examined: Examined) -> Iterator[tuple[int, int]]:
    years = _years(examined)
    yield from pairwise(years)


def doubtful_rows(examined: Examined) -> Iterator[Located]:
    """C722: a number of one enterprise is of another order than it should be, as with a wrong unit. C723: a part is larger than
    the whole. C724: two columns are the same from the first enterprise to the last. C726: one is called small that is large."""
    rows = examined.references.plausibility.rows
    entries = examined.cluster.registers.get(rows.register_name, ())
    if not entries:
        return
    columns = {key: floats(numbers) for key, numbers in Columns(entries).numbers.items()}
    doubtful = _Doubtful(examined, entries, columns)
    yield from doubtful.units(rows)
    yield from doubtful.parts(rows)
    yield from doubtful.sizes(rows)
    yield from doubtful.copies(rows)


def numbers_that_contradict(examined: Examined) -> Iterator[Located]:
    """C725: what the number of an entry tells (GB/T 12345—2022: national, of 2022) is not what stands beside it."""
    for numbered in examined.references.plausibility.numbers:
        entries = examined.cluster.registers.get(numbered.register_name, ())
        columns = Columns(entries)
        kinds, dates = columns.texts(numbered.tells), columns.texts(numbered.dated)
        wrong: dict[str, list[tuple[int, str]]] = {}
        for at, number in enumerate(columns.texts(numbered.column)):
            told = numbered.begins.get(number.partition("/")[0].partition(" ")[0].rstrip(_DIGITS).upper())
            year = number[-4:] if number[-5:-4] in _BEFORE_YEAR and number[-4:].isdecimal() else ""
            for column, said, text in ((numbered.tells, told, kinds[at]), (numbered.dated, year, dates[at][:4])):
                if said and text and said != text:
                    wrong.setdefault(column, []).append((at, f"{number}：{column}“{text}”，编号说的是“{said}”"))
        for column, found in wrong.items():
            first = entries[found[0][0]]
            yield (
                "",
                Finding(
                    code="C725",
                    severity=Severity.CHECK,
                    message=f"编号与“{column}”对不上",
                    path=PATH_MARK.join((numbered.register_name, first.text(_NAME), column)),
                    position=first.columns[column].position,
                    found="；".join(words for _, words in found[:_LISTED]) + _rest(len(found), "条"),
                    expected="与编号一致",
                    remedy=f"请照原件核对编号和“{column}”；属实的不用管。",
                ),
            )


def _served(examined: Examined, register: str, column: str) -> str:
    """The key of the first place of the form that a register serves, with one of its columns or by being counted (empty)."""
    served = (
        filled.slot.key
        for (name, year), filled in examined.figures.items()
        if (derived := examined.indicators.get((name, year))) is not None
        and derived.register == register
        and any(total.column == column for total in totals_of(name))
    )
    return next(served, "")


def _rest(number: int, unit: str) -> str:
    return f"……共{number}{unit}" if number > _LISTED else ""


@dataclass(frozen=True)
class _Doubtful:
    """Finds rows of a register whose numbers don't go together; `columns` are its numbers by column and year."""

    examined: Examined
    entries: Sequence[Entry]
    columns: Mapping[NumberKey, Sequence[float]]

    def units(self, rows: Rows) -> Iterator[Located]:
        slip = float(self.examined.references.plausibility.leaps.slip)
        told: set[int] = set()
        for first, second in [*self._of_one_year(rows.alike)] or self._of_two_years(rows.alike):
            ones, others = self.columns[first], self.columns[second]
            # Thousands of rows are passed over here, so no more is done for one than has to be.
            if [1 for one, other in zip(ones, others, strict=True) if one > slip * other or other > slip * one]:
                both = enumerate(zip(ones, others, strict=True))
                found = [at for at, pair in both if min(pair) and max(pair) > slip * min(pair)]
                yield from self._of_another_order(found, first, second, told)
        base = self.examined.filled.form.years.base
        for relation in rows.per_head:
            amount, heads, most = (relation.amount, base), (relation.heads, base), float(relation.most)
            if {amount, heads} <= self.columns.keys():
                both = enumerate(zip(self.columns[amount], self.columns[heads], strict=True))
                found = [at for at, (one, other) in both if one > most * other > 0]
                yield from self._of_another_order(found, amount, heads, told)

    def _of_one_year(self, names: Iterable[str]) -> Iterator[tuple[NumberKey, NumberKey]]:
        """The columns `names`, each with the next, of every year in which both are there."""
        for one, other in pairwise(names):
            for year in _years(self.examined):
                if (one, year) in self.columns and (other, year) in self.columns:
                    yield (one, year), (other, year)

    def _of_two_years(self, names: Iterable[str]) -> Iterator[tuple[NumberKey, NumberKey]]:
        """Each of the columns `names` with itself a year before."""
        for name in names:
            for before, year in _pairs(self.examined):
                if (name, before) in self.columns and (name, year) in self.columns:
                    yield (name, year), (name, before)

    def _of_another_order(
        self, found: Sequence[int], first: NumberKey, second: NumberKey, told: set[int]
    ) -> Iterator[Located]:
        """Tell of the rows `found`, those left out that were `told` of before."""
        rows = [at for at in found if at not in told]
        told.update(rows)
        if rows:
            unit = self._unit(first[0])
            remedy = "请核对这些格是不是有的写成了元或亿元（与万元相差一万倍）；属实的，请准备说明。"
            yield self._finding("C722", "像是单位写错了", rows, first, second, f"各格都以{unit}计", remedy)

    def parts(self, rows: Rows) -> Iterator[Located]:
        for relation in rows.parts:
            told: set[int] = set()
            for part, whole in self._of_one_year((relation.part, relation.whole)):
                if not any(map(gt, self.columns[part], self.columns[whole])):
                    continue
                pairs = enumerate(zip(self.columns[part], self.columns[whole], strict=True))
                beyond = [at for at, (one, other) in pairs if one > other and at not in told]
                found = [at for at in beyond if whole in self.entries[at].numbers]
                told.update(found)
                if found:
                    severity = Severity.NOTE if relation.usual else Severity.CHECK
                    wanted = f"{relation.part}不超过{relation.whole}"
                    remedy = f"请核对这两个数，各年都看一看。{relation.why}{'。' if relation.why else ''}"
                    yield self._finding("C723", "一家企业的部分大于整体", found, part, whole, wanted, remedy, severity)

    def sizes(self, rows: Rows) -> Iterator[Located]:
        base = self.examined.filled.form.years.base
        for large in rows.large:
            heads, amount = (large.heads, base), (large.amount, base)
            if not {heads, amount} <= self.columns.keys():
                continue
            least_heads, least_amount = float(large.least_heads), float(large.least_amount)
            both = enumerate(zip(self.columns[heads], self.columns[amount], strict=True))
            beyond = [at for at, (one, other) in both if one >= least_heads and other >= least_amount]
            small = Enterprises(self.entries, Columns(self.entries)) if beyond else ()
            found = [at for at in beyond if small[at].is_small(base)]
            if found:
                wanted = f"{large.heads}{shown(large.least_heads)}以下，或{large.amount}{shown(large.least_amount)}以下"
                remedy = f"请按所属行业核对“{large.column}”；后来才超出的，填写“{GREW}”。"
                message = "填的是中小企业，按划型标准像是大型企业"
                key, finding = self._finding("C726", message, found, heads, amount, wanted, remedy)
                yield key, replace(finding, clause=large.clause)

    def copies(self, rows: Rows) -> Iterator[Located]:
        for pairs in (self._of_one_year(rows.alike), self._of_two_years(rows.moving)):
            same = [
                (one, other)
                for one, other in pairs
                if self.columns[one] == self.columns[other] and sum(map(bool, self.columns[one])) >= _FEWEST_COPIED
            ]
            if same:
                first, second = same[0]
                named = "、".join(f"{_label(one)}与{_label(other)}" for one, other in same)
                remedy = "请核对是不是把一列复制成了另一列；属实的，请准备说明。"
                everyone = range(len(self.entries))
                yield self._finding("C724", f"两列逐户相同：{named}", everyone, first, second, "各有各的数", remedy)

    def _unit(self, column: str) -> str:
        register = self.examined.catalogue.registers.get(self.examined.references.plausibility.rows.register_name)
        found = [each.unit for each in register.columns if each.name == column] if register is not None else []
        return found[0] if found else ""

    def _finding(
        self, code: str, message: str, rows: Sequence[int], first: NumberKey, second: NumberKey, wanted: str,
        remedy: str, severity: Severity = Severity.CHECK,
    ) -> Located:  # fmt: skip
        entries = [self.entries[at] for at in rows[:_LISTED]]
        said = "；".join(f"{entry.text(_NAME)}：{_number(entry, first)}，{_number(entry, second)}" for entry in entries)
        register = self.examined.references.plausibility.rows.register_name
        path = PATH_MARK.join((register, *(entry.text(_NAME) for entry in entries[: len(rows) == 1]), _label(first)))
        position = entries[0].place(*first)
        return _served(self.examined, register, first[0]), Finding(
            code=code, severity=severity, message=message, path=path, position=position, found=said + _rest(len(rows), "家"),
            expected=wanted, remedy=remedy,
        )  # fmt: skip


def _label(key: NumberKey) -> str:
    return f"{key[0]}{key[1]}"


def _number(entry: Entry, key: NumberKey) -> str:
    number = entry.numbers.get(key, Decimal(0))
    return f"{_label(key)} {shown(number)}"
