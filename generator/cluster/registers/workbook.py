"""An Excel workbook as grids: what can't be read is a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.cluster.codes import Code, Collector
from generator.cluster.registers.grid import Grid, Merged
from generator.cluster.registers.sheets import RefusedError, Sheet, UnreachableError, read_sheets
from generator.errors import reason_of
from generator.findings import Position


def read_workbook(
    path: Path, findings: Collector, read: Callable[[], Sequence[Sheet]] | None = None
) -> tuple[Grid, ...] | None:
    """Return the sheets of the workbook at `path` that hold anything. None, with a finding, where it can't be read.

    `read` gives them, as `read_sheets` does, where they are being read already.
    """
    try:
        sheets = read_sheets(path) if read is None else read()
    except UnreachableError as error:
        message = f"读不到 {path.name}：{reason_of(error.cause)}"
        remedy = "请关闭打开着它的程序（Excel、WPS），检查有没有读取的权限，再运行一次"
        findings.add(Code.WORKBOOK_UNREADABLE, message, Position(path.name), remedy=remedy)
        return None
    except RefusedError as refused:
        problem = _empty(path) or refused
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the reading library is no Exception
        problem = RefusedError(f"{path.name} 打不开，文件可能没有传完整或已损坏")
    else:
        grids = (_grid(path.name, sheet) for sheet in sheets)
        return tuple(grid for grid in grids if _holds_anything(grid))
    expected = "Excel 工作簿（.xlsx）"
    findings.add(_code(problem), problem.message, Position(path.name), expected=expected, remedy=problem.remedy)
    return None


def _empty(path: Path) -> RefusedError | None:
    """What is to be said of a workbook without a byte: a copy that failed, nothing to be saved as something else."""
    try:
        size = path.stat().st_size
    except OSError:
        return None
    return None if size else RefusedError(f"{path.name} 是空的（0 字节）", "请重新拷贝；不用这个文件的，请移走")


def _code(problem: RefusedError) -> Code:
    if problem.too_big:
        return Code.WORKBOOK_TOO_BIG
    return Code.WORKBOOK_LOCKED if problem.locked else Code.WORKBOOK_UNREADABLE


def _grid(file: str, sheet: Sheet) -> Grid:
    merged = tuple(Merged(*first, *last) for first, last in sheet.merged)
    return Grid(file, sheet.name, sheet.rows, merged, (), sheet.errors, sheet.uncomputed, sheet.reserved)


def _holds_anything(grid: Grid) -> bool:
    return any(map(grid.filled, range(len(grid.rows)))) or bool(grid.errors or grid.uncomputed)
