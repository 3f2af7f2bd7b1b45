"""Entries of registers: numbers of one enterprise that don't go together, columns that are copies, numbers that contradict dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import gt

from generator.checks.numbers import shown
from generator.checks.plausibility import Rows
from generator.checks.rule import Examined, Located
from generator.checks.series import years_compared, years_paired
from generator.cluster.columns import Columns, floats
from generator.cluster.enterprises import GREW, Enterprises
from generator.cluster.model import Entry
from generator.cluster.table import NumberKey
from generator.findings import PATH_MARK, Finding, Severity
from generator.frozen import dataclass, replace
from generator.indicators import totals_of

_NAME = "名称"
_LISTED = 3
_FEWEST_COPIED = 3
_DIGITS = "0123456789.-—"
_BEFORE_YEAR = ("-", "—", "–", ":", "：", "－")


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
            for year in years_compared(self.examined):
                if (one, year) in self.columns and (other, year) in self.columns:
                    yield (one, year), (other, year)

    def _of_two_years(self, names: Iterable[str]) -> Iterator[tuple[NumberKey, NumberKey]]:
        """Each of the columns `names` with itself a year before."""
        for name in names:
            for before, year in years_paired(self.examined):
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
