"""The 佐证对应表 as an Excel workbook; every cell is text."""

from __future__ import annotations

from collections.abc import Sequence

from generator.documents.correspondence import Proof
from generator.documents.text_workbook import TextColumn, TextSheet, text_workbook

_COLUMNS = (
    TextColumn("序号", 11),
    TextColumn("申报表部分", 32, "left"),
    TextColumn("栏目", 50, "left"),
    TextColumn("勾选或填写的内容", 50, "left"),
    TextColumn("佐证材料", 50, "left"),
    TextColumn("所在", 18),
    TextColumn("页码", 16),
)
_TITLE = "佐证材料对应表"


def correspondence_workbook(proofs: Sequence[Proof], *, mark: str = "") -> bytes:
    """Return the bytes of an .xlsx of `proofs`, the same for the same proofs; `mark` (草稿) stands in the head of every page."""
    rows = tuple(
        (str(number), proof.part, proof.row, proof.content, proof.material, proof.where, proof.pages)
        for number, proof in enumerate(proofs, start=1)
    )
    return text_workbook([TextSheet(_TITLE, _COLUMNS, rows)], _TITLE, mark=mark)
