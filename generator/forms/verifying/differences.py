"""What differs between a form and a file, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from generator.findings import PATH_MARK, Finding, Findings, Severity
from generator.forms.verifying.bare import BOX, bare, shortened
from generator.frozen import dataclass, replace

_SHORTEST_MOVED = 2


class Kind(Enum):
    """A kind of difference: its permanent code, its name, and what to do."""

    MISSING = ("V101", "缺少：表上印的文字没有了", "请照官方表式补上。")
    ADDED = ("V102", "多出：表上没有印这些文字", "请删去；要写的内容写在留给填写的地方。")
    CHANGED = ("V103", "改动：与表上印的文字不同", "请照官方表式改回。")
    MOVED = ("V104", "移动：表上印的文字不在原处", "请放回原来的位置。")
    ROW_LOST = ("V105", "缺行：表上的一行没有了", "请照官方表式补上这一行。")
    ROW_ADDED = ("V106", "多行：表上没有这一行", "请删去这一行。")
    CELLS = ("V107", "改动分格：这一行的格与表上不同", "请照官方表式恢复这一行的格，不合并、不拆分、不增删。")

    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.code = code
        self.message = message
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
        where = "在本栏的别处" if extra.place == missing.place else f"在“{PATH_MARK.join(extra.place)}”一栏或它之后"
        told[place] = replace(missing, kind=Kind.MOVED, found=where)
        rest = before + behind
        told[other] = replace(extra, found=rest) if rest.strip(BOX) and added is Kind.ADDED else None
        return


def with_whole_rows(differences: Iterable[Difference], rows: Mapping[int, Sequence[str]]) -> list[Difference]:
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


def as_findings(differences: Iterable[Difference], clause: str) -> Findings:
    """Return `differences` as findings, in their order; `clause` is the form's own rule, empty where it prints none."""
    return tuple(_finding(difference, clause) for difference in _with_cells_together(differences))


def _finding(difference: Difference, clause: str) -> Finding:
    in_words = difference.kind is Kind.CELLS
    return Finding(
        code=difference.kind.code,
        severity=Severity.MUST,
        message=difference.kind.message,
        path=PATH_MARK.join(difference.place),
        found=difference.found if in_words or difference.kind is Kind.MOVED else _quoted(difference.found),
        expected=difference.official if in_words else _quoted(difference.official),
        remedy=difference.kind.remedy,
        clause=clause,
    )


def _quoted(text: str) -> str:
    line = shortened(text)
    return f"“{line}”" if line else ""


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
        replace(one, found=f"{one.found}（从这一行起连续 {one.row} 行）")
        if one.kind is Kind.CELLS and one.row > 1
        else one
        for one in told
    ]


def _change(difference: Difference) -> tuple[object, ...]:
    return difference.kind, difference.place[:1], difference.official, difference.found
