"""Data to fill a compiled template with, made from the arrangement of its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.forms.arrangement import Arrangement, Slot, SlotKind, identifier
from generator.forms.fitting import fit, slot_boxes
from generator.measure.fonts import FontLibrary

Context = dict[str, Any]


def context_of(arrangement: Arrangement, printed: Callable[[Slot], str], prose: Sequence[str], target: str) -> Context:
    """The data that print `printed(slot)` in every slot, `prose` in every stretch of prose and `target` in every target."""
    context: Context = {"标记": "", "附件": ""}
    for slot in arrangement.slots():
        put(context, slot.tag, list(prose) if slot.kind is SlotKind.PROSE else printed(slot))
    for _, table in arrangement.tables():
        cells = {f"c{number}": target for number in range(1, len(table.columns) - 1)}
        context[identifier(table.table)] = {
            identifier(row.direction): [{"指标": indicator, "文字": "", **cells} for indicator in row.indicators]
            for row in table.rows
        }
    return context


def put(context: Context, tag: str, value: object) -> None:
    """Put a value where a tag looks for it."""
    *steps, last = tag.split(".")
    for step in steps:
        context = context.setdefault(step, {})
    context[last] = value


def get(context: Context, tag: str) -> Any:
    """What a tag finds."""
    found: Any = context
    for step in tag.split("."):
        found = found[step]
    return found


def blank_context(arrangement: Arrangement) -> Context:
    """The data of a form that nobody has filled in."""

    def printed(slot: Slot) -> str:
        return {SlotKind.HINT: slot.text, SlotKind.BOX: "□"}.get(slot.kind, " " * slot.blank)

    return context_of(arrangement, printed, [], "")


def full_context(arrangement: Arrangement) -> Context:
    """The data of a form filled to the brim: every text as long as its cell must hold, every box ticked."""

    def printed(slot: Slot) -> str:
        match slot.kind:
            case SlotKind.HINT | SlotKind.OTHER:
                return ""
            case SlotKind.BOX:
                return "☑"
            case SlotKind.NUMBER:
                return "10"
            case _ if slot.year is not None or slot.capacity <= 1:
                return "1024"
            case _:
                return running_text(slot.capacity)

    return context_of(arrangement, printed, [running_text(230), running_text(200)], "425")


def fitted_sizes(arrangement: Arrangement, context: Context, fonts: FontLibrary) -> dict[str, tuple[float, float]]:
    """The sizes of type in which the data stay within their cells, by bookmark."""
    boxes = slot_boxes(arrangement, fonts)
    fits = {
        slot.key: fit(get(context, slot.tag), boxes[slot.key], fonts)
        for slot in arrangement.slots()
        if slot.key in boxes
    }
    return {key: (found.size, found.leading) for key, found in fits.items()}


def running_text(length: int) -> str:
    """Chinese prose of just so many characters."""
    sentence = "集群围绕主导产业细分领域，持续完善产业链协作机制，推动大中小企业融通发展。"
    return (sentence * (length // len(sentence) + 1))[:length]
