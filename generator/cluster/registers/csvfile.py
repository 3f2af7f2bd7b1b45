"""A .csv file as a grid."""

from __future__ import annotations

import csv
from pathlib import Path

from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Grid
from generator.cluster.source import Source, read_source
from generator.findings import Position

MOST_BYTES = 60_000_000
_SEPARATORS = ",\t;"


def read_csv(path: Path, findings: Collector) -> Grid | None:
    """Return the cells of the .csv file at `path`, in UTF-8, UTF-16 or GBK. None, with a finding, where it can't be read."""
    own = Collector()
    source = read_source(path, path.name, own, most_bytes=MOST_BYTES)
    for finding in own.findings():
        if finding.code != Code.OTHER_ENCODING.code:  # Excel writes .csv in GBK: nothing to be mended
            findings.take(finding)
    return None if source is None else grid_of(source, findings)


def grid_of(source: Source, findings: Collector) -> Grid | None:
    """Return the cells of the text `source`, parted by commas, tabs or semicolons as its first line has most of."""
    first = next((line for line in source.lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(source.text.splitlines(keepends=True), delimiter=separator)
    rows: list[list[str]] = []
    lines: list[int] = []
    begin = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error:
        message, remedy = (
            "这一行读不懂，多半是引号没有配对，或一格里的文字太长",
            "请用 Excel 或 WPS 打开，重新另存为 csv",
        )
        findings.add(Code.WORKBOOK_UNREADABLE, message, Position(source.file, begin), remedy=remedy)
        return None
    return Grid(source.file, "", rows, lines=tuple(lines))
