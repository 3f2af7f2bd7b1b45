"""汇总底稿.xlsx: a cluster a row, for offices that have the summary's few facts and no cluster folder."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from generator.cluster.catalogue import Catalogue, Column, Kind, RegisterKind
from generator.cluster.codes import Collector
from generator.cluster.model import Entry
from generator.cluster.registers.heading import read_heading
from generator.cluster.registers.rows import read_entries
from generator.cluster.registers.workbook import read_workbook
from generator.cluster.registers.workbook_to_fill import Words, workbook_to_fill
from generator.findings import Findings
from generator.forms.definition_summary import Summary
from generator.forms.particulars import Figure, Particulars
from generator.forms.printing import print_given
from generator.summary.table import Candidate

DRAFT_WORKBOOK = "汇总底稿.xlsx"
SUFFIX = ".xlsx"

RECEIVED = (("已收份数", "份", "收到这个集群几份申报材料"), ("已收光盘", "张", "收到这个集群几张光盘"))
"""The columns of what came in of each cluster: for counting copies, not for the table. Name, unit, description."""

_NAME, _NAMES = "集群全称", ("集群名称", "集群")
_WORDS = Words(
    "汇总底稿",
    "汇总底稿填写说明",
    (
        "一行一个集群。集群名称照申报表封面写全；直辖市没有“市”一级，留空。",
        "第一行隐藏的是代号，请不要删；列可以隐藏、调换，自己加的列不会读。",
        "数写在“年份”那一列，只写数字，单位见表头；没有的写 0 或无，空着表示还没有填，会提示。",
        "已收份数、已收光盘写收到这个集群几份申报材料、几张光盘，往上推荐（shenbao recommend）时清点用；不清点就空着。",
        "集群简介可以空着：由这一行的数拼成一段，再补写产业链条、行业地位、荣誉称号。",
        "填好后运行：shenbao summary 汇总底稿.xlsx",
    ),
)


def draft_workbook(summary: Summary, catalogue: Catalogue) -> bytes:
    """Return the workbook to fill for `summary`; equal arguments give equal bytes."""
    register = _register(summary, catalogue)
    return workbook_to_fill(Catalogue(registers={register.name: register}), summary.years.data, words=_WORDS)


def read_draft_workbook(
    path: Path, summary: Summary, catalogue: Catalogue
) -> tuple[tuple[Candidate, ...] | None, Findings]:
    """Return a candidate for every row of the workbook at `path`, and what is wrong with it.

    None where it can't be read, or no sheet of it has the heading; empty where nothing stands below it.
    """
    collector = Collector()
    register = _register(summary, catalogue)
    grids = read_workbook(path, collector)
    headed = False
    for grid in grids or ():
        if grid.sheet == "说明":
            continue
        heading = read_heading(grid, register, collector)
        entries = read_entries(grid, heading, register, collector) if heading is not None else None
        headed = headed or heading is not None
        if entries is not None:
            return tuple(_candidate(path, entry) for entry in entries), collector.findings()
    return () if headed else None, collector.findings()


def _register(summary: Summary, catalogue: Catalogue) -> RegisterKind:
    """The summary's fields as columns: the name first, then texts, then figures by year, then what came in."""
    fields = [catalogue.fields[name] for name in summary.names_asked() if name != _NAME]
    columns = [Column(_NAME, catalogue.fields[_NAME].kind, required=True, also=_NAMES)]
    for field in sorted(fields, key=lambda field: field.by_year):
        columns.append(
            Column(
                field.name,
                field.kind,
                choices=field.choices,
                description=field.description,
                unit=field.unit,
                by_year=field.by_year,
                minimum=field.minimum,
                maximum=field.maximum,
            )
        )
    for name, unit, description in RECEIVED:
        columns.append(Column(name, Kind.COUNT, description=description, unit=unit, minimum=Decimal(0)))
    return RegisterKind(_WORDS.title, tuple(columns), summary.title, _WORDS.title)


def _candidate(path: Path, entry: Entry) -> Candidate:
    counted = {name for name, _, _ in RECEIVED}
    given = {name: one for name, one in entry.columns.items() if name not in counted}
    values = {name: print_given(one).strip() for name, one in given.items()}
    positions = {name: one.position for name, one in given.items()}
    figures: dict[tuple[str, int], Figure] = {key: one for key, one in entry.numbers.items() if key[0] not in counted}
    where = f"{path} {entry.position.cell or f'第{entry.position.line}行'}"
    return Candidate(where, Particulars(values[_NAME], values, figures=figures, positions=positions))
