"""A form filled: for every slot its place, value, printed text and origin. Fill, checks, corrections and summary read this only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from generator.cluster.values import Value
from generator.findings import Position
from generator.forms.arrangement import Slot, SlotKind
from generator.forms.definition import Form
from generator.frozen import dataclass

TICKED = "☑"
UNTICKED = "□"


class Origin(Enum):
    """Where a printed text comes from."""

    GIVEN = "给定"
    DERIVED = "推算"
    ABSENT = "空缺"
    PRINTED = "表式"


@dataclass(frozen=True)
class FilledSlot:
    """One slot filled.

    `value` is the raw value (None where absent or where there is none), `printed` what stands on the paper. `basis` explains a
    derived figure with its numbers. `ticked` is None for slots that are no boxes; `known` tells whether the data say anything of a
    box. `size` and `leading` (points) are what the text is set in, None where the template's own type stays; `fits` is False when
    it overflows even at the smallest size.
    """

    slot: Slot
    printed: str
    origin: Origin
    value: Value | None = None
    position: Position | None = None
    basis: str = ""
    ticked: bool | None = None
    known: bool = True
    paragraphs: tuple[str, ...] = ()
    size: float | None = None
    leading: float | None = None
    fits: bool = True


@dataclass(frozen=True)
class FilledCell:
    """One value cell of a target table.

    `follows` names the figure of the cluster (field and year) that it repeats, None where the plan itself says it; `basis` explains
    that figure with its numbers where it is derived.
    """

    printed: str
    origin: Origin
    value: Value | None = None
    position: Position | None = None
    follows: tuple[str, int] | None = None
    basis: str = ""


@dataclass(frozen=True)
class FilledTargetRow:
    """One row of a target table. `official` marks an indicator that the form prints; `open` the printed row of dots."""

    direction: str
    indicator: str
    cells: tuple[FilledCell, ...]
    official: bool = True
    open: bool = False
    unit: str = ""

    @property
    def in_words(self) -> bool:
        """Whether a cell holds a description (定性描述): such rows are set from the left, figures in the middle."""
        return any(isinstance(cell.value, str) for cell in self.cells)


@dataclass(frozen=True)
class FilledTable:
    """A target table filled: its name in the template, the part it stands in, its columns' heads, its rows."""

    name: str
    part: str
    columns: tuple[str, ...]
    rows: tuple[FilledTargetRow, ...]


@dataclass(frozen=True)
class FilledForm:
    """A whole form filled, in the order of the paper. `given` is False for the blank form."""

    form: Form
    name: str
    slots: tuple[FilledSlot, ...]
    tables: tuple[FilledTable, ...] = ()
    given: bool = True

    def by_key(self) -> Mapping[str, FilledSlot]:
        """Return the slots by their keys."""
        return {filled.slot.key: filled for filled in self.slots}

    def boxes(self) -> Iterator[tuple[FilledSlot, ...]]:
        """Yield the boxes of each row together, in form order."""
        group: list[FilledSlot] = []
        for filled in self.slots:
            if filled.slot.kind is not SlotKind.BOX:
                continue
            if group and group[-1].slot.row is not filled.slot.row:
                yield tuple(group)
                group = []
            group.append(filled)
        if group:
            yield tuple(group)

    def sizes(self) -> Mapping[str, tuple[float, float]]:
        """Return size and leading (points) of the slots set in smaller type, by slot key."""
        return {
            filled.slot.key: (filled.size, filled.leading)
            for filled in self.slots
            if filled.size is not None and filled.leading is not None
        }

    def context(self, *, mark: str = "", annex: str = "") -> dict[str, Any]:
        """Return what the template is filled with: printed strings, nested as its tags ask, lists for prose and table rows.

        `mark` is printed at the head of every page (草稿), `annex` above the title (附件2).
        """
        context: dict[str, Any] = {"标记": mark, "附件": annex}
        for filled in self.slots:
            value: Any = list(filled.paragraphs) if filled.slot.kind is SlotKind.PROSE else filled.printed
            _put(context, filled.slot.tag, value)
        for table in self.tables:
            rows: dict[str, list[dict[str, str]]] = {}
            for row in table.rows:
                cells = {f"c{number}": cell.printed for number, cell in enumerate(row.cells, start=1)}
                words = "是" if row.in_words else ""
                rows.setdefault(row.direction, []).append({"指标": row.indicator, "文字": words, **cells})
            context[table.name] = rows
        return context


def _put(context: dict[str, Any], tag: str, value: Any) -> None:
    *outer, last = tag.split(".")
    for name in outer:
        context = context.setdefault(name, {})
    context[last] = value
