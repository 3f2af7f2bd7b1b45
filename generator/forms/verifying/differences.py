"""What differs between a form and a file, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from generator.findings import Finding, Findings, Severity
from generator.forms.definition import Form
from generator.forms.verifying.bare import BOX, TABLE, bare, shortened

_RULE = "不得改变表格样式"
_PATH = " › "
_SHORTEST_MOVED = 2


class Kind(Enum):
    """A kind of difference: its permanent code, its name, and what to do."""

    MISSING = ("V101", "缺少", "请照官方表式补上。")
    ADDED = ("V102", "多出", "请删去；要写的内容写在留给填写的地方。")
    CHANGED = ("V103", "改动", "请照官方表式改回。")
    MOVED = ("V104", "移动", "请放回原来的位置。")
    ROW_LOST = ("V105", "缺行", "请照官方表式补上这一行。")
    ROW_ADDED = ("V106", "多行", "请删去这一行。")
    CELLS = ("V107", "改动表格分格", "请照官方表式恢复这一行的分格，不合并、不拆分、不增删。")

    def __init__(self, code: str, label: str, remedy: str) -> None:
        self.code = code
        self.label = label
        self.remedy = remedy


@dataclass(frozen=True)
class Difference:
    """One difference: where, what the form prints there, what the file holds."""

    kind: Kind
    place: tuple[str, ...]
    official: str = ""
    found: str = ""
    row: int = 0


def with_moves(differences: Sequence[Difference]) -> list[Difference]:
    """Return `differences`, a text or row that is missing in one place and too many in another told as moved."""
    told: list[Difference | None] = list(differences)
    pairs = ((Kind.ROW_LOST, Kind.ROW_ADDED), (Kind.MISSING, Kind.ADDED), (Kind.ROW_LOST, Kind.ADDED))
    for lost, added in pairs:
        for place, missing in enumerate(told):
            if missing is None or missing.kind is not lost:
                continue
            _move(told, place, missing, added)
    return [difference for difference in told if difference is not None]


def _move(told: list[Difference | None], place: int, missing: Difference, added: Kind) -> None:
    wanted = bare(missing.official)
    if len(wanted) < _SHORTEST_MOVED:
        return
    for other, extra in enumerate(told):
        if extra is None or extra.kind is not added:
            continue
        before, met, behind = bare(extra.found).partition(wanted)
        if not met:
            continue
        told[place] = replace(missing, kind=Kind.MOVED, found=f"在“{_PATH.join(extra.place)}”")
        rest = before + behind
        told[other] = replace(extra, found=rest) if rest.strip(BOX) and added is Kind.ADDED else None
        return


def with_whole_rows(differences: Iterable[Difference], rows: dict[int, Sequence[str]]) -> list[Difference]:
    """Return `differences`, a row of which every printed text is missing told as one; `rows` are the texts of each row."""
    missing: dict[int, int] = {}
    listed = list(differences)
    for difference in listed:
        if difference.kind is Kind.MISSING and difference.row:
            missing[difference.row] = missing.get(difference.row, 0) + 1
    lost = {row for row, count in missing.items() if count == len(rows[row])}
    told: list[Difference] = []
    for difference in listed:
        if difference.kind is not Kind.MISSING or difference.row not in lost:
            told.append(difference)
        elif not told or (told[-1].kind, told[-1].row) != (Kind.ROW_LOST, difference.row):
            told.append(replace(difference, kind=Kind.ROW_LOST, official="".join(rows[difference.row])))
    return told


def as_findings(form: Form, differences: Iterable[Difference]) -> Findings:
    """Return `differences` as findings, in their order. Each rests on the form's own rule, where it prints one."""
    clause = next((item for item in form.instructions.items if _RULE in item), "")
    return tuple(_finding(difference, clause) for difference in _with_cells_together(differences))


def _finding(difference: Difference, clause: str) -> Finding:
    return Finding(
        code=difference.kind.code,
        severity=Severity.MUST,
        message=_message(difference),
        path=_PATH.join(difference.place),
        found=_quoted(difference.found) if difference.kind not in (Kind.MOVED, Kind.CELLS) else difference.found,
        expected=_quoted(difference.official) if difference.kind is not Kind.CELLS else difference.official,
        remedy=difference.kind.remedy,
        clause=clause,
    )


def _message(difference: Difference) -> str:
    match difference.kind:
        case Kind.CELLS:
            return difference.kind.label
        case Kind.ADDED | Kind.ROW_ADDED:
            return f"{difference.kind.label}：{_quoted(difference.found)}"
    return f"{difference.kind.label}：{_quoted(difference.official)}"


def _quoted(text: str) -> str:
    return f"“{shortened(text)}”" if text.strip() and text != TABLE else shortened(text)


def _with_cells_together(differences: Iterable[Difference]) -> list[Difference]:
    """Rows of one part whose cells changed in the same way are told once, with the number of rows."""
    told: list[Difference] = []
    for difference in differences:
        last = told[-1] if told else None
        if last is None or difference.kind is not Kind.CELLS or _change(last) != _change(difference):
            told.append(difference)
            continue
        told[-1] = replace(last, row=last.row + 1)
    return [
        replace(one, found=f"{one.found}（从这一行起连续 {one.row} 行）") if one.kind is Kind.CELLS and one.row > 1 else one
        for one in told
    ]


def _change(difference: Difference) -> tuple[object, ...]:
    return difference.kind, difference.place[:1], difference.official, difference.found
