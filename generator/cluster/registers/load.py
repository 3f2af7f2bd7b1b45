"""The files of a cluster folder that hold registers: found, read, and held against each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from generator.cluster.catalogue import REGISTERS, Catalogue, RegisterKind
from generator.cluster.characters import alike
from generator.cluster.codes import Code, Collector
from generator.cluster.enterprises import ENTERPRISES
from generator.cluster.model import Entry
from generator.cluster.registers.ahead import STEM, WORKBOOK, ReadingAhead
from generator.cluster.registers.consistency import check_registers, without_repetitions
from generator.cluster.registers.grid import Cell, Grid, blank
from generator.cluster.registers.heading import Heading, main_column, read_heading
from generator.cluster.registers.rows import read_entries
from generator.cluster.registers.sheets import OTHER_WORKBOOKS
from generator.cluster.registers.workbook import read_workbook
from generator.cluster.scalars import closest
from generator.findings import Position
from generator.frozen import dataclass

NOTES = "说明"
_LISTED = 3
_ONE_SHEET = "一个名录只用一张工作表，请把各行并到工作表“{}”里，各年的数各占一列"
_TABLES = (".xlsx", ".csv", *OTHER_WORKBOOKS)


@dataclass(frozen=True)
class ReadRegisters:
    """The registers of a cluster, and the files beside cluster.yaml that they were read from."""

    registers: Mapping[str, Sequence[Entry]]
    files: tuple[str, ...] = ()


def read_registers(
    folder: Path,
    catalogue: Catalogue,
    given: Mapping[str, Sequence[Entry]],
    findings: Collector,
    ahead: ReadingAhead | None = None,
) -> ReadRegisters:
    """Return `given`, the registers of cluster.yaml, with those of the workbook and the .csv files in `folder`.

    A register that stands in two places is a finding; the one in cluster.yaml is taken before the workbook's, and that
    before a .csv file's. What contradicts itself is reported for all. `ahead` is the workbook where it is being read already.
    """
    registers: dict[str, Sequence[Entry]] = dict(given)
    places = dict.fromkeys(given, f"cluster.yaml 的“{REGISTERS}”")
    files: list[str] = []
    for file, name, grid in _grids(folder, catalogue, given, findings, ahead):
        if file not in files:
            files.append(file)
        if grid is None:
            continue
        register = catalogue.registers[name]
        heading = read_heading(grid, register, findings)
        if heading is not None:
            _report_rows_above(grid, heading, register, findings)
        entries = None if heading is None else read_entries(grid, heading, register, findings)
        if entries is None:
            continue
        if name in registers:
            message = f"“{register.sheet}”在{places[name]}里也有，这里的没有读"
            remedy = "请只留一处：数量多的写在企业清单.xlsx 里，几行的写在 cluster.yaml 里都可以"
            findings.add(Code.REGISTER_TWICE, message, grid.place, (REGISTERS, name), remedy=remedy)
            continue
        registers[name], places[name] = entries, f"“{file}”"
    registers = {
        name: without_repetitions(catalogue.registers[name], entries, findings) for name, entries in registers.items()
    }
    check_registers(registers, catalogue, findings)
    return ReadRegisters(_founded(registers, catalogue, findings), tuple(files))


def _report_rows_above(grid: Grid, heading: Heading, register: RegisterKind, findings: Collector) -> None:
    """Tell of rows above the heading that are entries: sorted along with it, they would be lost without a word."""
    main = main_column(heading.slots, register)
    above = [row for row in range(heading.row) if _is_entry(grid.rows[row], heading, main)]
    if above:
        message = f"表头上面的 {len(above)} 行像是名录的行，没有读"
        listed = "、".join(str(grid.rows[row][main]) for row in above[:_LISTED])
        remedy = "请把表头移到各行的上面（多半是排序时把表头也排进去了）；举例的请删去"
        findings.add(
            Code.ROWS_ABOVE, message, grid.position(above[0]), (register.sheet,), found=listed, remedy=remedy,
        )  # fmt: skip


def _is_entry(cells: Sequence[Cell], heading: Heading, main: int) -> bool:
    """Whether a row above the heading names an entry, in the column `main`, and gives a number, or one of the choices that there are."""
    if main >= len(cells) or blank(cells[main]):
        return False
    given = [(slot.column, cells[at]) for at, slot in heading.slots.items() if at < len(cells)]
    return any(
        (column.by_year and isinstance(cell, float) and not 1900 <= cell < 2100) or (cell in column.choices)
        for column, cell in given
    )


def _founded(
    registers: Mapping[str, Sequence[Entry]], catalogue: Catalogue, findings: Collector
) -> Mapping[str, Sequence[Entry]]:
    """Return `registers` without those that refer to one that could not be read: what they add up to can't be told either."""
    if not any((register.sheet,) in findings.refused for register in catalogue.registers.values()):
        return registers
    unread = {
        each.name
        for each in catalogue.registers.values()
        if (each.sheet,) in findings.refused and each.name not in registers
    }
    loose = [name for name in registers if any(one.refers in unread for one in catalogue.registers[name].columns)]
    findings.refused.update((catalogue.registers[name].sheet,) for name in loose)
    return {name: entries for name, entries in registers.items() if name not in loose}


def _grids(
    folder: Path,
    catalogue: Catalogue,
    given: Collection[str],
    findings: Collector,
    ahead: ReadingAhead | None,
) -> Iterator[tuple[str, str, Grid | None]]:
    """Each file that holds registers, with the name of the register and its cells, where there are any."""
    workbook = folder / WORKBOOK
    if _exists(workbook):
        yield WORKBOOK, "", None
        begun = ahead.sheets if ahead is not None and ahead.path == workbook else None
        grids = read_workbook(workbook, findings, begun)
        if grids is None:
            findings.refused.update((register.sheet,) for register in catalogue.registers.values())
        for name, grid in _sheets(grids or (), catalogue, given, findings):
            yield WORKBOOK, name, grid
    for suffix in OTHER_WORKBOOKS:
        if _exists(folder / f"{STEM}{suffix}"):
            _report_other_kind(f"{STEM}{suffix}", findings, beside=_exists(workbook))
    yield from _tables_of_text(folder, catalogue, findings)
    _report_unread(folder, catalogue, findings)


def _report_other_kind(name: str, findings: Collector, *, beside: bool) -> None:
    """The register as another program keeps it; `beside` it stands the workbook that is read."""
    message, remedy = f"{name} 没有读", f"请用 Excel、WPS 或 LibreOffice 打开，另存为 {WORKBOOK}"
    if beside:
        message = f"{message}，读的是 {WORKBOOK}"
        remedy = f"{name} 里改过的，{remedy.removeprefix('请')}；不再用的请移走"
    code = Code.UNREAD_FILE if beside else Code.WORKBOOK_UNREADABLE
    findings.add(code, message, Position(name), expected=WORKBOOK, remedy=remedy)


def _tables_of_text(folder: Path, catalogue: Catalogue, findings: Collector) -> Iterator[tuple[str, str, Grid | None]]:
    for register in catalogue.registers.values():
        own = (STEM,) if register.name == ENTERPRISES else ()
        for stem in dict.fromkeys((register.sheet, register.name, *own)):
            file = folder / f"{stem}.csv"
            if _exists(file):
                from generator.cluster.registers.csvfile import read_csv

                yield file.name, register.name, read_csv(file, findings)


def _report_unread(folder: Path, catalogue: Catalogue, findings: Collector) -> None:
    """Tables beside cluster.yaml that nobody reads though their name says that they are a register: `企业名单.csv`."""
    stems = {stem: f"{stem}.csv" for each in catalogue.registers.values() for stem in (each.name, each.sheet)}
    stems[STEM] = f"{ENTERPRISES}.csv"
    read = {WORKBOOK, *(f"{STEM}{suffix}" for suffix in (*OTHER_WORKBOOKS, ".csv")), *stems.values()}
    try:
        names = sorted(each.name for each in folder.iterdir() if each.suffix.lower() in _TABLES and each.is_file())
    except OSError:
        return
    for name in names:
        if name in read or name.startswith(("~", ".")):
            continue
        bare = re.sub(r"[（(]?[0-9]*[)）]?$|副本|最新|最终|定稿", "", name.rpartition(".")[0]).strip(" -_")
        guess = closest(bare, stems) or next((stem for stem in sorted(stems, key=len) if bare.startswith(stem)), "")
        if guess:
            right = stems[guess] if name.lower().endswith(".csv") else WORKBOOK
            remedy = f"是名录的，请改名为 {right}；工作表用名录的名称；自己用的文件不用管"
            findings.add(Code.UNREAD_FILE, f"{name} 没有读", Position(name), expected=right, remedy=remedy)


def _sheets(
    grids: Collection[Grid], catalogue: Catalogue, given: Collection[str], findings: Collector
) -> Iterator[tuple[str, Grid]]:
    names = {alike(name): each.name for each in catalogue.registers.values() for name in (each.name, each.sheet)}
    found = {*given, *(names[alike(grid.sheet)] for grid in grids if alike(grid.sheet) in names)}
    unknown = []
    for grid in grids:
        key = alike(grid.sheet)
        if key in names:
            yield names[key], grid
        elif key != NOTES and not grid.reserved:
            from generator.cluster.registers.unheaded import likely_register

            unknown.append((grid, likely_register(grid, catalogue.registers.values())))
    for grid, likely in unknown:
        same = [other for other, each in unknown if likely is not None and each is likely]
        _report_unknown_sheet(grid, likely, same, catalogue, found, findings)


def _report_unknown_sheet(
    grid: Grid, likely: RegisterKind | None, same: Sequence[Grid], catalogue: Catalogue, found: Collection[str],
    findings: Collector,
) -> None:  # fmt: skip
    """Tell of a sheet that nobody reads: one that holds a register which is not `found` elsewhere (`likely`; the `same` as other
    such sheets), one more of a register that is, another name, or the clerk's own."""
    message = f"不认识工作表“{grid.sheet}”，没有读"
    if likely is not None and likely.name not in found:
        remedy = f"看表头是“{likely.sheet}”名录：请把工作表改名为“{likely.sheet}”"
        if len(same) > 1:
            remedy = f"看表头是“{likely.sheet}”名录，这样的有 {len(same)} 张：{_ONE_SHEET.format(likely.sheet)}"
        findings.add(Code.RENAMED_SHEET, message, grid.place, (likely.sheet,), found=grid.sheet, remedy=remedy)
        return
    guess = closest(grid.sheet, [each.sheet for each in catalogue.registers.values()])
    known = "、".join(each.sheet for each in catalogue.registers.values())
    remedy = f"是不是“{guess}”？" if guess else f"名录的工作表叫：{known}；自己用的表不用管"
    if likely is not None:
        remedy = f"看表头也是“{likely.sheet}”名录：{_ONE_SHEET.format(likely.sheet)}；底稿、旧表不用管"
    findings.add(Code.UNKNOWN_SHEET, message, grid.place, found=grid.sheet, remedy=remedy)


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
