"""What evidence proves, in the words of the form that it is handed in with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.cluster.model import Cluster
from generator.forms.arrangement import SlotKind
from generator.forms.conditions import names_in
from generator.forms.definition import BoxesRow
from generator.forms.filled import FilledForm, FilledSlot
from generator.lists.figures import row_steps, serving_figures


def proved_words(filled: FilledForm, cluster: Cluster) -> Mapping[str, tuple[str, ...]]:
    """Return what `filled` prints for each fact, figure, register and row that evidence may prove, in form order.

    A fact is told by the ticked boxes that it is behind (by their row where one of them is chosen), a figure and a register by their row, a
    figure that only serves others by its own name. What stands on other forms only is not there.
    """
    words: dict[str, dict[str, None]] = {}
    for one in filled.slots:
        for name, printed in _told(one):
            words.setdefault(name, {})[printed] = None
    for name in serving_figures(filled, cluster):
        words.setdefault(name, {name: None})
    return {name: tuple(told) for name, told in words.items()}


def _told(filled: FilledSlot) -> Iterator[tuple[str, str]]:
    """The names behind a place, each with what is printed there; a box that isn't ticked says nothing."""
    slot = filled.slot
    if slot.kind is SlotKind.BOX:
        if not filled.ticked or slot.box is None or slot.row is None:
            return
        *_, row, text = slot.path
        one = isinstance(slot.row, BoxesRow) and slot.row.choose == "one"
        if slot.box.other:
            yield slot.row.name, f"{row}：{text}"
            return
        for name in names_in(slot.box.when):
            yield name, row if one else text
    elif slot.kind is not SlotKind.OTHER and slot.source and len(slot.path) > 1:
        yield slot.source, row_steps(slot)[1]
