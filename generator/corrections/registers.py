"""What changed in the rows of registers between two snapshots: rows that came, went, or say something else. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.corrections.changes import CellChange, Changes, Fate, RegisterChange
from generator.forms.snapshot import RememberedRegister, number_in

_NAME = "名称"
_NUMBERS = ("统一社会信用代码", "专利号", "标准编号")
"""The columns that tell rows apart better than their names: a row with the same number was renamed."""

MOST_ROWS = 20
"""Of so many rows anyone reads what changed."""
_MOST_CELLS, _LONGEST = 8, 60
_WRITTEN = (".yaml", ".yml", ".txt", ".md", ".docx")

Row = Mapping[str, str]


def register_changes(
    then: Mapping[str, RememberedRegister] | None, now: Mapping[str, RememberedRegister] | None
) -> Iterator[RegisterChange]:
    """Yield the rows that differ, register by register in their order; nothing where either was not remembered.

    Rows that say the same are the same wherever they stand. Of the others those with one number (credit code, patent, standard) are
    one row, then those of one name.
    """
    if then is None or now is None:
        return
    for name in dict.fromkeys((*now, *then)):
        before, after = then.get(name), now.get(name)
        if before != after:
            yield from _compared(name, _rows(before), _rows(after))


def what_changed(change: RegisterChange) -> str:
    """Return in words what became of a row: 新增, 去掉, or the cells that say something else; of many, and of long ones, the beginning."""
    if change.fate is not Fate.REPLACED:
        return str(change.fate.value)
    told = [f"{cell.column} {_short(cell.old)} → {_short(cell.new)}" for cell in change.cells[:_MOST_CELLS]]
    more = f" 等 {len(change.cells)} 格" if len(change.cells) > _MOST_CELLS else ""
    return "；".join(told) + more


def tables_not_compared(changes: Changes) -> tuple[str, ...]:
    """Return the files of registers that changed while their rows were not remembered."""
    if changes.registers_known:
        return ()
    return tuple(file.name for file in changes.files if not file.name.endswith(_WRITTEN))


def _short(text: str) -> str:
    return "（空）" if not text else text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _rows(register: RememberedRegister | None) -> Sequence[Row]:
    if register is None:
        return ()
    return [{column: text for column, text in zip(register.columns, row, strict=True) if text} for row in register.rows]


def _compared(register: str, then: Sequence[Row], now: Sequence[Row]) -> Iterator[RegisterChange]:
    old, new = _without(then, now), _without(now, then)
    partners: dict[int, Row] = {}
    left = list(old)
    for column in (*_NUMBERS, _NAME):
        for at, row in enumerate(new):
            same = next((one for one in left if row.get(column) and one.get(column) == row[column]), None)
            if at not in partners and same is not None:
                partners[at] = same
                left.remove(same)
    for at, row in enumerate(new):
        before = partners.get(at)
        if before is None:
            yield RegisterChange(register, _called(row), Fate.ADDED)
        elif cells := tuple(_cells(before, row)):
            yield RegisterChange(register, _called(before), Fate.REPLACED, cells)
    for gone in left:
        yield RegisterChange(register, _called(gone), Fate.REMOVED)


def _without(rows: Sequence[Row], others: Sequence[Row]) -> Sequence[Row]:
    """The rows that are not among `others`, each of which stands for one."""
    standing = Counter(frozenset(row.items()) for row in others)
    left = []
    for row in rows:
        key = frozenset(row.items())
        if standing[key]:
            standing[key] -= 1
        else:
            left.append(row)
    return left


def _called(row: Row) -> str:
    return row.get(_NAME) or next(iter(row.values()), "")


def _cells(before: Row, after: Row) -> Iterator[CellChange]:
    for column in dict.fromkeys((*after, *before)):
        old, new = before.get(column, ""), after.get(column, "")
        numbers = number_in(old), number_in(new)
        if old != new and (None in numbers or numbers[0] != numbers[1]):
            yield CellChange(column, old, new)
