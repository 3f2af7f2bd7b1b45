"""What came in of each cluster: said for all, for one by its name, or in a table (收件登记) that the office keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.cluster.codes import Collector
from generator.cluster.registers.csvfile import read_csv
from generator.cluster.registers.grid import Cell, Grid, text_of
from generator.cluster.registers.sheets import OTHER_WORKBOOKS
from generator.cluster.registers.workbook import read_workbook
from generator.errors import MissingError, UsageError
from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass, replace
from generator.recommending.words import ReceiptHeads

MOST = 500
WORKBOOK, CSV = ".xlsx", ".csv"
_SAID = re.compile(r"(?:(?P<name>.+?)\s*[=＝:：]\s*)?(?P<number>[0-9]{1,4})\s*[份张]?")
_NUMBER = re.compile(r"([0-9]{1,4})(?:\.0+)?\s*[份张]?")
_ROWS_ABOVE = 30


@dataclass(frozen=True)
class Receipt:
    """How many copies and discs came in of one cluster, None where nobody says."""

    copies: int | None = None
    discs: int | None = None


@dataclass(frozen=True)
class NamedReceipt:
    """What is said of the cluster `name`, as the user wrote it; `position` is where."""

    name: str
    receipt: Receipt
    position: Position | None = None


@dataclass(frozen=True)
class Receipts:
    """All that is said: `every` for clusters of which nothing else is, `named` one by one, what was found on the way."""

    every: Receipt = Receipt()
    named: tuple[NamedReceipt, ...] = ()
    findings: Findings = ()


def read_receipts(copies: Sequence[str], discs: Sequence[str], heads: ReceiptHeads) -> Receipts:
    """Return what the texts say of copies and of discs: `3`, `夷陵区=2`, or the path of a table (.xlsx, .csv), later ones first.

    T115: a row of a table says a number that can't be read. Raises UsageError for a text that says nothing, MissingError for a
    table that is not there.
    """
    every, named, found = Receipt(), list[NamedReceipt](), list[Finding]()
    for attribute, texts in (("copies", copies), ("discs", discs)):
        for text in texts:
            if text.strip().lower().endswith((WORKBOOK, CSV, *OTHER_WORKBOOKS)):
                rows, wrong = read_table(Path(text.strip()), heads)
                named += rows
                found += wrong
                continue
            match = _SAID.fullmatch(text.strip())
            if match is None or int(match["number"]) > MOST:
                advice = f"写一个数（0 至 {MOST}），写成 集群=份数（如 夷陵区=2），或写登记表的路径（.xlsx、.csv）。"
                raise UsageError(f"看不懂收到的份数“{text}”。", advice)
            if match["name"]:
                said = NamedReceipt(match["name"], _with(Receipt(), attribute, int(match["number"])))
                named.append(said)
            else:
                every = _with(every, attribute, int(match["number"]))
    return Receipts(every, tuple(named), tuple(found))


def read_table(path: Path, heads: ReceiptHeads, *, asked: bool = True) -> tuple[tuple[NamedReceipt, ...], Findings]:
    """Return what the table at `path` says, a cluster a row, and what is wrong with it (T115).

    `asked`: a table without the columns is worth a finding. Raises MissingError where there is no such file.
    """
    if not path.is_file():
        raise MissingError(f"找不到收件登记表：{path}", "请检查 --have、--have-discs 后面的路径。")
    collector = Collector()
    sheet = read_csv(path, collector) if path.suffix.lower() == CSV else None
    grids = (sheet,) if sheet else read_workbook(path, collector) if path.suffix.lower() != CSV else None
    if grids is None:
        return (), collector.findings() if asked else ()
    headed = [(grid, head) for grid in grids if (head := _heading(grid, heads)) is not None]
    if not headed and asked:
        return (), (_headless(path, heads),)
    rows = [row for grid, (line, columns) in headed for row in _rows(grid, line, columns)]
    return tuple(row.said for row in rows), tuple(finding for row in rows for finding in row.wrong)


def allotted(receipts: Receipts, clusters: Sequence[Sequence[str]]) -> tuple[tuple[Receipt, ...], Findings]:
    """Return what came in of each of `clusters`, given by all that each may be called, and what was found.

    A name means the cluster that is called so, else the only one with the name in its own. What is said later goes before what
    was said earlier. T114: a name means none of the clusters, or several.
    """
    given = [receipts.every] * len(clusters)
    wrong = []
    for one in receipts.named:
        meant = _meant(one.name, clusters)
        if len(meant) == 1:
            (number,) = meant
            said = {name: value for name in ("copies", "discs") if (value := getattr(one.receipt, name)) is not None}
            given[number] = replace(given[number], **said)
        else:
            wrong.append(_unmatched(one, [clusters[number][0] for number in meant]))
    return tuple(given), (*receipts.findings, *wrong)


def _with(receipt: Receipt, attribute: str, number: int) -> Receipt:
    return replace(receipt, copies=number) if attribute == "copies" else replace(receipt, discs=number)


def _meant(name: str, clusters: Sequence[Sequence[str]]) -> list[int]:
    bare = _bare(name)
    same = [number for number, names in enumerate(clusters) if bare in map(_bare, names)]
    return same or [number for number, names in enumerate(clusters) if any(bare in _bare(called) for called in names)]


def _bare(name: str) -> str:
    return "".join(name.split())


# ── tables ──


def _heading(grid: Grid, heads: ReceiptHeads) -> tuple[int, dict[str, int]] | None:
    """The row of the heading, and the column of each head that the sheet has: the cluster and one of the numbers at least."""
    for row in range(min(_ROWS_ABOVE, len(grid.rows))):
        texts = [_bare(text_of(cell)).partition("（")[0].strip("*＊：:") for cell in grid.rows[row]]
        columns = {
            key: next(at for at, text in enumerate(texts) if text in names)
            for key, names in (("name", heads.cluster), ("copies", heads.copies), ("discs", heads.discs))
            if any(text in names for text in texts)
        }
        if "name" in columns and len(columns) > 1:
            return row, columns
    return None


@dataclass(frozen=True)
class _Row:
    """What a row of a table says, and what is wrong with it."""

    said: NamedReceipt
    wrong: Findings


def _rows(grid: Grid, head: int, columns: Mapping[str, int]) -> Iterator[_Row]:
    for row in range(head + 1, len(grid.rows)):
        texts = {key: _text(grid.rows[row], at) for key, at in columns.items()}
        name = texts.pop("name")
        if name and any(texts.values()):
            numbers = {key: _number(text) for key, text in texts.items()}
            wrong = tuple(
                _unreadable(name, text, grid.position(row, columns[key]))
                for key, text in texts.items()
                if text and numbers[key] is None
            )
            receipt = Receipt(numbers.get("copies"), numbers.get("discs"))
            yield _Row(NamedReceipt(name, receipt, grid.position(row)), wrong)


def _text(cells: Sequence[Cell], at: int) -> str:
    return text_of(cells[at]).strip() if at < len(cells) else ""


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match and int(match[1]) <= MOST else None


def _unreadable(name: str, text: str, position: Position) -> Finding:
    """T115: a number in the table can't be read."""
    return Finding(
        "T115",
        Severity.CHECK,
        "收件登记表里的份数看不懂，没有采用",
        path=name,
        position=position,
        found=text,
        expected=f"0 至 {MOST} 的整数",
        remedy="请改成数字，再生成一次。",
    )


def _headless(path: Path, heads: ReceiptHeads) -> Finding:
    """T115: a table has not the columns."""
    return Finding(
        "T115",
        Severity.CHECK,
        "收件登记表里找不到要的列，没有采用",
        position=Position(str(path)),
        expected=f"一列“{heads.cluster[0]}”，一列“{heads.copies[0]}”或“{heads.discs[0]}”",
        remedy="请照这几个名称写表头，一个集群一行。",
    )


def _unmatched(one: NamedReceipt, meant: Sequence[str]) -> Finding:
    """T114: a name of receipts means none of the clusters, or several."""
    return Finding(
        "T114",
        Severity.CHECK,
        "收到份数里写的集群对不上，没有采用" if not meant else "收到份数里写的集群可以指几个，没有采用",
        path=one.name,
        position=one.position,
        found="、".join(meant[:3]) or one.name,
        expected="一个集群的全称，或者只有它才有的几个字",
        remedy="请改正名称，再生成一次；不推荐的集群不用管。",
    )
