"""What can't be true of a register together: repeated entries, contradicting titles, years outside the cluster, blanks."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TypeVar

from generator.cluster.catalogue import Catalogue, Column, Kind, RegisterKind, Title
from generator.cluster.characters import alike, all_alike
from generator.cluster.codes import Code, Collector
from generator.cluster.columns import Columns, Entries
from generator.cluster.enterprises import (
    ENTERPRISES,
    JOINED,
    LEFT,
    SMALL,
    Enterprise,
    Enterprises,
    began,
    lasts,
    named,
    year_of,
)
from generator.cluster.model import Entry
from generator.cluster.recurring import Recurring, marks, places
from generator.cluster.scalars import closest
from generator.cluster.table import absent, nonzero
from generator.findings import Position

_LISTED = 3
_BETWEEN = "\x00"
_PAIR = 2
_LEVEL = "级别"
_ENTERPRISES_END = ("公司", "集团", "厂")

Registers = Mapping[str, Sequence[Entry]]


def without_repetitions(register: RegisterKind, entries: Sequence[Entry], findings: Collector) -> Sequence[Entry]:
    """Return `entries` without those that say again, in a unique column, what one before them says; each is reported.

    Where no column is unique, an entry says again what one before it says when all its columns do.
    """
    unique = [column for column in register.columns if column.unique]
    if not unique:
        return _without_twins(register, entries, findings)
    columns = Columns(entries)
    keys = [
        _keys(texts if column is register.columns[0] or column.kind is not Kind.TEXT else _bare_numbers(texts))
        for column, texts in ((column, columns.texts(column.name)) for column in unique)
    ]
    if all(_all_differ(each) for each in keys):
        return entries
    keys = [
        each if column is register.columns[0] else _of_numbers(each) for column, each in zip(unique, keys, strict=True)
    ]
    seen: dict[tuple[str, str | None], int] = {}
    kept: list[int] = []
    for at, entry in enumerate(entries):
        twin = None
        for column, texts in zip(unique, keys, strict=True):
            first = at if texts[at] is None else seen.setdefault((column.name, texts[at]), at)
            if first != at and twin is None:
                twin = first
                _report_repeated(register, column, entry, entries[first], findings)
        if twin is None:
            kept.append(at)
    return entries.only(kept) if isinstance(entries, Entries) else tuple(entries[at] for at in kept)


def _without_twins(register: RegisterKind, entries: Sequence[Entry], findings: Collector) -> Sequence[Entry]:
    """Return `entries` without those that are wholly like one before them; one of the same name alone is told and stays."""
    columns, main = Columns(entries), register.columns[0].name
    names = _keys(columns.texts(main))
    if _all_differ(names):
        return entries
    rows = list(zip(*(all_alike(columns.texts(column.name)) for column in register.columns), strict=True))
    first: dict[str, int] = {}
    kept: list[int] = []
    for at, (name, row) in enumerate(zip(names, rows, strict=True)):
        twin = first.setdefault(name, at) if name is not None else at
        if twin == at or row != rows[twin]:
            kept.append(at)
        if twin != at:
            _report_twin(register, entries[at], entries[twin], findings, whole=row == rows[twin])
    return entries.only(kept) if isinstance(entries, Entries) else tuple(entries[at] for at in kept)


def _keys(texts: Sequence[str]) -> list[str | None]:
    """What tells texts apart; None for an empty one, which is like no other."""
    keys = all_alike(texts)
    return [key if text else None for text, key in zip(texts, keys, strict=True)] if "" in texts else [*keys]


def _bare_numbers(texts: Sequence[str]) -> Sequence[str]:
    """The numbers `texts` without the letters that patents are written with or not (ZL), and with dashes of one kind."""
    return _BETWEEN.join(texts).replace("ZL", "").replace("zl", "").replace("—", "-").replace("–", "-").split(_BETWEEN)


def _of_numbers(keys: Sequence[str | None]) -> list[str | None]:
    """Those of `keys` that stand for a code or number: 无, 个体户, 申请中 say that there is none, as often as they like."""
    return [key if key is not None and re.search("[0-9]", key) else None for key in keys]


def _all_differ(keys: Sequence[str | None]) -> bool:
    if len(set(keys)) == len(keys):
        return True
    given = [key for key in keys if key is not None]
    return len(set(given)) == len(given)


def check_registers(registers: Registers, catalogue: Catalogue, findings: Collector) -> None:
    """Report what contradicts itself within and between `registers`."""
    for name, entries in registers.items():
        register = catalogue.registers[name]
        for column in register.columns:
            if column.refers and column.refers in registers:
                _check_references(register, column, entries, registers[column.refers], findings)
    if ENTERPRISES in registers:
        register = catalogue.registers[ENTERPRISES]
        columns = Columns(registers[ENTERPRISES])
        enterprises = Enterprises(registers[ENTERPRISES], columns)
        for enterprise, title in _doubtful(register, enterprises, columns):
            if title is None:
                _check_membership(register, enterprise, findings)
            else:
                _check_title(register, enterprise, title, findings)
        _check_lacking_begin(register, enterprises, columns, findings)
        _check_numbers(register, enterprises, columns, findings)
        _check_codes(register, enterprises, columns, findings)


def _path(register: RegisterKind, *words: str) -> tuple[str, ...]:
    return (register.sheet, *words)


def _at(entry: Entry, column: str) -> Position:
    given = entry.columns.get(column)
    return given.position if given else entry.position


def _report_repeated(register: RegisterKind, column: Column, entry: Entry, first: Entry, findings: Collector) -> None:
    text = entry.text(column.name)
    before = _at(first, column.name)
    where = before.cell or f"第 {before.line} 行"
    message = f"“{column.name}”与 {where}“{first.text(register.columns[0].name)}”相同；只读了前一行"
    path = _path(register, entry.text(register.columns[0].name), column.name)
    remedy = "重复的请删去一行；不是重复的请核对号码或名称"
    findings.add(Code.REPEATED_ENTRY, message, _at(entry, column.name), path, found=text, remedy=remedy)


def _report_twin(register: RegisterKind, entry: Entry, first: Entry, findings: Collector, *, whole: bool) -> None:
    main = register.columns[0].name
    before = _at(first, main)
    where = before.cell or f"第 {before.line} 行"
    code, message, remedy = Code.SAME_NAME, f"与 {where} 同名，两条都计入了", "同一个只列一次；不是同一个的不用管"
    if any(column.name == _LEVEL for column in register.columns):
        remedy = "同一个只列一次，列最高的级别；不是同一个的不用管"
    if whole:
        code, message, remedy = Code.REPEATED_ENTRY, f"与 {where} 完全相同；只读了前一行", "重复的请删去一行"
    path = _path(register, entry.text(main), main)
    findings.add(code, message, _at(entry, main), path, found=entry.text(main), remedy=remedy)


def _doubtful(
    register: RegisterKind, enterprises: Enterprises, columns: Columns
) -> Iterator[tuple[Enterprise, Title | None]]:
    """Yield, in the order of the register, who left before coming, and each title at which more than a glance is needed."""
    leavers = places(columns.recurring(LEFT).rows(bool), len(enterprises))
    spans = zip(leavers, enterprises.joined.at(leavers), enterprises.left.at(leavers), strict=True)
    found = [(at, 0) for at, joined, left in spans if left < joined]
    small = marks(enterprises.small, len(enterprises))
    years = {title.name: columns.recurring(title.since).each(year_of) for title in register.titles}
    never = Recurring(bytes(len(enterprises)), (0,))
    for number, title in enumerate(register.titles, start=1):
        begins, ends = columns.recurring(title.since), columns.recurring(title.until)
        if not begins.rows(bool):
            continue
        rows = places(begins.rows(bool) | ends.rows(bool), len(enterprises))
        told = (years[title.name], ends.each(year_of), years.get(title.apart, never), enterprises.grew)
        before = years[title.after].at(rows) if title.after in years else repeat(1)
        for at, basis, begun, ended, apart, grew in zip(
            rows, before, *(column.at(rows) for column in told), strict=False
        ):
            sound = begun and not 0 < ended < begun and (not title.small or (small[at] and begun < grew))
            if not sound or apart or not 0 < basis <= begun:
                found.append((at, number))
    yield from ((enterprises[at], register.titles[number - 1] if number else None) for at, number in sorted(found))


def _check_membership(register: RegisterKind, enterprise: Enterprise, findings: Collector) -> None:
    if enterprise.left < enterprise.joined:
        message = f"{enterprise.left}年退出，早于{enterprise.joined}年加入"
        path, position = _path(register, enterprise.name, LEFT), _at(enterprise.entry, LEFT)
        findings.add(Code.LEFT_BEFORE_JOINED, message, position, path, remedy=f"请核对“{JOINED}”和“{LEFT}”")


def _check_lacking_begin(
    register: RegisterKind, enterprises: Enterprises, columns: Columns, findings: Collector
) -> None:
    """Titles of which all that is told is when they end: their other column is missing, which is told once."""
    for title in register.titles:
        if columns.recurring(title.since).rows(bool):
            continue
        ended = places(columns.recurring(title.until).rows(bool), len(enterprises))
        if ended:
            message = f"{len(ended)} 家企业的“{title.name}”有截止时间，没有起始年份，没有计入"
            remedy = f"请补上“{title.since}”一列；有这一列的，请改正表头，填上年份"
            position = _at(enterprises[ended[0]].entry, title.until)
            findings.add(
                Code.END_WITHOUT_BEGIN, message, position, _path(register, title.since),
                found=_listed([enterprises[at].name for at in ended]), remedy=remedy,
            )  # fmt: skip


def _check_title(register: RegisterKind, enterprise: Enterprise, title: Title, findings: Collector) -> None:
    entry = enterprise.entry
    since, until = entry.text(title.since), entry.text(title.until)
    if not since and not until:
        return
    begun = year_of(since)
    path = _path(register, enterprise.name, title.since)
    position = _at(entry, title.since if since else title.until)

    def report(code: Code, message: str, remedy: str) -> None:
        findings.add(code, message, position, path, found="、".join(filter(None, (since, until))), remedy=remedy)

    if not begun:
        if year_of(until):
            report(Code.END_WITHOUT_BEGIN, f"“{title.name}”有截止时间，没有起始年份，没有计入", "请补上起始年份")
        return
    if year_of(until) and year_of(until) < begun:
        report(Code.ENDED_BEFORE_BEGUN, f"“{title.name}”的截止时间早于起始年份", "请核对两个时间")
    if title.small and entry.text(SMALL) and not enterprise.is_small(begun):
        remedy = "请核对“是否中小企业”“成为大型企业年份”和起始年份"
        report(Code.NOT_SMALL, f"{begun}年取得“{title.name}”，但不是中小企业", remedy)
    titles = {each.name: each for each in register.titles}
    before, other = titles.get(title.after), titles.get(title.apart)
    if before is not None and not began(entry, before.since, begun):
        message = f"{begun}年取得“{title.name}”，但此前没有“{before.name}”"
        report(Code.TITLE_WITHOUT_BASIS, message, "请补上，或核对年份")
    if other is not None:
        year = max(begun, year_of(entry.text(other.since)))
        if all(began(entry, each.since, year) and lasts(entry.text(each.until), year) for each in (title, other)):
            remedy = f"请填写“{title.until}”，或核对“{other.since}”"
            report(Code.TITLES_AT_ONCE, f"{year}年末既有“{title.name}”又有“{other.name}”", remedy)


def _check_numbers(register: RegisterKind, enterprises: Enterprises, columns: Columns, findings: Collector) -> None:
    """Numbers of years in which the enterprise is not in the cluster, and members whose number is missing.

    Columns in which it is the same enterprises and years are told of at once: what they lack is one thing.
    """
    outside: dict[str, dict[int, None]] = {}
    missing: dict[str, dict[int, list[int]]] = {}
    for at, column, year in sorted(_misplaced(enterprises, columns)):
        if columns.numbers[column, year][at] is None:
            if _path(register, enterprises[at].name, f"{column}{year}") in findings.refused:
                continue
            missing.setdefault(column, {}).setdefault(year, []).append(at)
        else:
            outside.setdefault(column, {})[at] = None
    for strangers, names in _together({name: tuple(given) for name, given in outside.items()}):
        message = f"有 {len(strangers)} 家企业在不属于集群的年份填了{_quoted(names)}，没有计入合计"
        findings.add(
            Code.NOT_A_MEMBER, message, enterprises[strangers[0]].entry.position, _path(register, *(names if len(names) == 1 else ())),
            found=_listed([enterprises[at].name for at in strangers]),
            remedy="不用管；如果当年在集群内，请核对加入年份和退出年份",
        )  # fmt: skip
    lacking = {name: tuple((year, *years[year]) for year in sorted(years)) for name, years in sorted(missing.items())}
    for years, names in _together(lacking):
        _report_left_out(register, enterprises, columns, names, years, findings)


def _report_left_out(
    register: RegisterKind,
    enterprises: Enterprises,
    columns: Columns,
    names: Sequence[str],
    years: Sequence[tuple[int, ...]],
    findings: Collector,
) -> None:
    """Tell of the columns `names`, in which the same enterprises give no number; `years` has each year and who they are."""
    counted = "、".join(f"{year}年 {len(lacking)} 家" for year, *lacking in years)
    who = tuple(dict.fromkeys(enterprises[at].name for _, *lacking in years for at in lacking))
    message, found = f"{_quoted(names)}没有填全，合计会偏小", f"{counted}没有填：{_listed(who)}"
    remedy = "请补上；确实没有的填 0 或无"
    if len(names) > 1:
        message, found = f"{_quoted(names)}没有填全（{counted}），合计会偏小", _listed(who)
        empty = [column for column in (JOINED, LEFT) if not any(columns.texts(column))]
        aside = f"（名录里现在没有{_quoted(empty)}的内容）" if empty else ""
        remedy = f"当年不在集群内的，请填写“{JOINED}”“{LEFT}”{aside}；当年在的请补上，确实没有的填 0 或无"
    findings.add(
        Code.CELLS_LEFT_OUT, message, enterprises[years[0][1]].entry.place(names[0], years[0][0]),
        _path(register, *(names if len(names) == 1 else ())),
        found=found, expected="当年在集群内的企业都填", remedy=remedy,
    )  # fmt: skip


_Same = TypeVar("_Same", bound=Hashable)


def _together(columns: Mapping[str, _Same]) -> Iterator[tuple[_Same, list[str]]]:
    """Yield what is the same in several of `columns`, and in which."""
    names: dict[_Same, list[str]] = {}
    for name, same in columns.items():
        names.setdefault(same, []).append(name)
    yield from names.items()


def _quoted(names: Sequence[str]) -> str:
    return "".join(f"“{name}”" for name in names) + (f"共 {len(names)} 列" if len(names) > _PAIR else "")


def _misplaced(enterprises: Enterprises, columns: Columns) -> Iterator[tuple[int, str, int]]:
    """Yield where a member gives no number, and where one gives a number that is no member: which one, column and year."""
    everyone = enterprises.joined.rows(lambda joined: True)
    strangers: dict[int, list[int]] = {}
    for (column, year), numbers in columns.numbers.items():
        if year not in strangers:
            strangers[year] = places(everyone & ~enterprises.belonging(year), len(enterprises))
        rows = (*nonzero(numbers, strangers[year]), *absent(numbers, strangers[year]))
        yield from ((at, column, year) for at in rows)


def _check_codes(register: RegisterKind, enterprises: Enterprises, columns: Columns, findings: Collector) -> None:
    column = next(column for column in register.columns[1:] if column.unique)
    texts = columns.texts(column.name)
    lacking = [enterprises[at] for at, text in enumerate(texts) if not text] if "" in texts else []
    lacking = [each for each in lacking if _path(register, each.name, column.name) not in findings.refused]
    if 0 < len(lacking) < len(enterprises):
        findings.add(
            Code.CELLS_LEFT_OUT, f"有 {len(lacking)} 家企业没有“{column.name}”", lacking[0].entry.position,
            _path(register, column.name), found=_listed(tuple(each.name for each in lacking)),
            remedy="请照营业执照补上",
        )  # fmt: skip


def _check_references(
    register: RegisterKind, column: Column, entries: Sequence[Entry], others: Sequence[Entry], findings: Collector
) -> None:
    names = Columns(others).texts("名称")
    exact = set(names)
    known: dict[str, str] = {}
    strange: dict[str, Entry] = {}
    for at, text in enumerate(Columns(entries).texts(column.name)):
        if text in exact:
            continue
        known = known or {alike(name): name for name in names}
        listed = named(text)
        unknown = [name for name in listed if alike(name) not in known]
        if len(unknown) < len(listed):  # a university or a person may stand beside an enterprise of the cluster
            unknown = [name for name in unknown if name.endswith(_ENTERPRISES_END)]
        for name in unknown:
            strange.setdefault(name, entries[at])
    if not strange:
        return
    name, entry = next(iter(strange.items()))
    guess = closest(name, known.values())
    message = f"有 {len(strange)} 个名称不在“{column.refers}”名录里"
    remedy = f"“{name}”是不是“{guess}”？" if guess else f"请核对名称，或补进“{column.refers}”"
    findings.add(
        Code.UNKNOWN_ENTERPRISE, message, _at(entry, column.name), _path(register, column.name),
        found=_listed(tuple(strange)), remedy=remedy,
    )  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    rest = f" 等 {len(names)} 个" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + rest
