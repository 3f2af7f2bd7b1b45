"""Data to fill a compiled template with, made from the arrangement of its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.forms.arrangement import Arrangement, Slot, SlotKind, identifier

Context = dict[str, Any]
Printed = Callable[[Slot], str]


def context_of(arrangement: Arrangement, printed: Printed, prose: list[str], target: str) -> Context:
    """The data that print `printed(slot)` in every slot, `prose` in every stretch of prose and `target` in every target."""
    context: Context = {"标记": "", "附件": "", "目标表": {}}
    for slot in arrangement.slots():
        put(context, slot.tag, list(prose) if slot.kind is SlotKind.PROSE else printed(slot))
    for _, table in arrangement.tables():
        cells = {f"c{number}": target for number in range(1, len(table.columns) - 1)}
        context[identifier(table.table)] = {
            identifier(row.direction): [{"指标": indicator, **cells} for indicator in row.indicators]
            for row in table.rows
        }
    return context


def put(context: Context, tag: str, value: object) -> None:
    *steps, last = tag.split(".")
    for step in steps:
        context = context.setdefault(step, {})
    context[last] = value


def blank_context(arrangement: Arrangement) -> Context:
    """The data of a form that nobody has filled in."""
    texts = {SlotKind.BOX: "□"}
    return context_of(
        arrangement, lambda slot: slot.text if slot.kind is SlotKind.HINT else texts.get(slot.kind, ""), [], ""
    )


def full_context(arrangement: Arrangement) -> Context:
    """The data of a form filled to the brim: every text as long as its cell must hold."""

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
                return _text(slot.capacity)

    return context_of(arrangement, printed, [_text(230), _text(200)], "425")


def _text(length: int) -> str:
    sentence = "集群围绕主导产业细分领域，持续完善产业链协作机制，推动大中小企业融通发展。"
    return (sentence * (length // len(sentence) + 1))[:length]
