"""The cover of a form, arranged."""

from __future__ import annotations

import re

from generator.forms.arrangement import CoverLine, Paragraph, Piece, Slot, SlotKind, identifier
from generator.forms.definition import CoverField, CoverHint, CoverIssuer, CoverTitle, Form

COVER = "封面"
_BLANK = re.compile(r"\{(\w+)\}")
_CAPACITY = 40


def arrange_cover(form: Form) -> tuple[CoverLine, ...]:
    """Return the lines of the cover of `form`, from top to bottom."""
    lines: list[CoverLine] = []
    for item in form.cover:
        match item:
            case CoverTitle():
                lines.append(CoverLine("", Paragraph("封面标题", (Piece(item.title),))))
            case CoverHint():
                slot = Slot(
                    key=f"提示_{COVER}_{item.of}",
                    tag=f"提示.{COVER}_{item.of}",
                    kind=SlotKind.HINT,
                    path=(COVER, item.hint),
                    source=item.of,
                    text=item.hint,
                    required=False,
                )
                lines.append(CoverLine("", Paragraph("封面提示", (Piece(slot=slot),))))
            case CoverIssuer():
                lines.append(CoverLine("", Paragraph("封面制表", (Piece(item.issuer),))))
            case CoverField():
                lines.append(CoverLine(item.label, Paragraph("封面填写", _field_pieces(form, item))))
    return tuple(lines)


def _field_pieces(form: Form, item: CoverField) -> tuple[Piece, ...]:
    if not item.blanks:
        return (Piece(slot=_slot(form, item, item.value), underlined=True),)
    pieces: list[Piece] = []
    for text, name in _parts(item.blanks):
        if text:
            pieces.append(Piece(text))
        if name:
            pieces.append(Piece(slot=_slot(form, item, name), underlined=True))
    return tuple(pieces)


def _parts(pattern: str) -> list[tuple[str, str]]:
    """Split a sentence with blanks into (text before, name of the blank), the last name empty."""
    pieces = _BLANK.split(pattern)
    return [(pieces[index], pieces[index + 1] if index + 1 < len(pieces) else "") for index in range(0, len(pieces), 2)]


def _slot(form: Form, item: CoverField, value: str) -> Slot:
    label = item.label.rstrip("：")
    pattern = value if "{" in value else form.compose.get(value, "")
    name = identifier(label) if "{" in value else value
    step = (label, value) if item.blanks else (label,)
    return Slot(
        key=f"{COVER}_{name}",
        tag=name,
        kind=SlotKind.COMPOSED if pattern else SlotKind.VALUE,
        path=(COVER, *step),
        source=pattern or value,
        required=value not in item.optional,
        capacity=item.capacity or (8 if item.blanks else _CAPACITY),
        blank=6 if item.blanks else 0,
    )
