"""A .csv file as a grid."""

from __future__ import annotations

from pathlib import Path

from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Grid
from generator.cluster.source import Source, read_source
from generator.findings import Position

MOST_BYTES = 60_000_000
_SEPARATORS = ",\t;"
_OTHER_SEPARATORS = "，|"
"""What parts the cells of a table typed by hand, where none of the usual marks stands at all: texts hold it too."""
_LINES_LOOKED_AT = 30
_FEWEST_SWALLOWED = 3


def read_csv(path: Path, findings: Collector) -> Grid | None:
    """Return the cells of the .csv file at `path`, in UTF-8, UTF-16 or GBK. None, with a finding, where it can't be read."""
    own = Collector()
    source = read_source(path, path.name, own, most_bytes=MOST_BYTES)
    for finding in own.findings():
        if finding.code != Code.OTHER_ENCODING.code:  # Excel writes .csv in GBK: nothing to be mended
            findings.take(finding)
    return None if source is None else grid_of(source, findings)


def grid_of(source: Source, findings: Collector) -> Grid | None:
    """Return the cells of the text `source`, parted by commas, tabs or semicolons as one of its first lines has most of; where
    there are none, by full-width commas or bars.

    Quotes that don't pair are a finding: they would make one cell of all the lines between.
    """
    begins = source.lines[:_LINES_LOOKED_AT]
    marks = _SEPARATORS if any(mark in line for line in begins for mark in _SEPARATORS) else _OTHER_SEPARATORS
    separator = max(marks, key=lambda mark: max(line.count(mark) for line in begins))
    import csv

    reader = csv.reader(source.text.splitlines(keepends=True), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    begin = width = 1
    try:
        for row in reader:
            width = max(width, len(row))
            if reader.line_num > begin and _swallowed(row, separator, width):
                raise csv.Error
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


def _swallowed(row: list[str], separator: str, width: int) -> bool:
    """Whether a cell of several lines holds what are cells of other rows: its quotes don't belong together."""
    behind = (cell.partition("\n")[2] for cell in row if "\n" in cell)
    return any(rest.count(separator) >= max(1, min(_FEWEST_SWALLOWED, width - 1)) for rest in behind)
