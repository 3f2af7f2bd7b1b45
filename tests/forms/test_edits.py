"""The law of hand edits: whatever is changed in a filled form is told, slot by slot, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.docx.fill import Template
from generator.docx.reading import read_document
from generator.forms.arrangement import SlotKind
from generator.forms.filled import TICKED, UNTICKED, FilledForm, FilledSlot
from generator.forms.library import Library
from generator.forms.particulars import Particulars
from generator.forms.snapshot import Snapshot
from generator.forms.verifying.bare import bare
from generator.forms.verifying.edits import edits_of
from generator.measure.fonts import FontLibrary
from generator.package.snapshot import decode_snapshot, take_snapshot
from generator.prepared import prepare
from generator.typeset.pages import Pages

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
FORMS = ("national-2025", "national-2024", "rereview-2025", "shanghai-2024")
WORDS = (
    "无",
    "47.00",
    "上海市示例区",
    "R&D <x>",
    "是",
    "（一）重点任务",
    "数量",
    "2024年",
    "、",
    "个",
    "见附件",
    "①",
    "□",
)


@cache
def example(form: str) -> tuple[FilledForm, Template]:
    library = Library.standard()
    filled = prepare(EXAMPLE, form, library, FontLibrary.bundled()).filled
    template = library.template(form)
    assert filled is not None and template is not None
    return filled, Template.prepare(template)


def remembered(filled: FilledForm) -> Snapshot:
    return decode_snapshot(take_snapshot(filled, Pages(()), {}, Particulars("")))


def changed(slot: FilledSlot, text: str) -> FilledSlot:
    """The slot with another text, or ticked the other way."""
    if slot.slot.kind is SlotKind.BOX:
        return replace(slot, printed=UNTICKED if slot.printed == TICKED else TICKED)
    if slot.slot.kind is SlotKind.PROSE:
        return replace(slot, printed=text, paragraphs=(text,))
    return replace(slot, printed=text)


def told(filled: FilledForm, other: FilledForm, template: Template) -> set[str]:
    found = read_document(template.fill(other.context(), {}))
    return {edit.key for edit in edits_of(filled.form, remembered(filled), found)}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_as_it_was_filled_tells_nothing(form: str) -> None:
    filled, template = example(form)
    assert told(filled, filled, template) == set()


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25)
@given(data=st.data())
def test_what_was_changed_is_told_and_nothing_else(form: str, data: st.DataObject) -> None:
    filled, template = example(form)
    tags = sorted({slot.slot.tag for slot in filled.slots if slot.slot.kind is not SlotKind.HINT})
    chosen = data.draw(st.lists(st.sampled_from(tags), min_size=1, max_size=6, unique=True))
    text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join)
    new = {tag: data.draw(text) for tag in chosen}
    slots = tuple(changed(slot, new[slot.slot.tag]) if slot.slot.tag in new else slot for slot in filled.slots)
    expected = {
        after.slot.key
        for before, after in zip(filled.slots, slots, strict=True)
        if (after.slot.kind is SlotKind.BOX and before is not after) or bare(before.printed) != bare(after.printed)
    }
    assert told(filled, replace(filled, slots=slots), template) == expected


@pytest.mark.parametrize("form", FORMS)
def test_every_single_cell_of_the_target_tables_is_told(form: str) -> None:
    filled, template = example(form)
    for number, table in enumerate(filled.tables):
        for at, row in enumerate(table.rows):
            cells = (replace(row.cells[0], printed="999.99"), *row.cells[1:])
            rows = (*table.rows[:at], replace(row, cells=cells), *table.rows[at + 1 :])
            tables = (*filled.tables[:number], replace(table, rows=rows), *filled.tables[number + 1 :])
            found = read_document(template.fill(replace(filled, tables=tables).context(), {}))
            (edit,) = edits_of(filled.form, remembered(filled), found)
            assert edit.path == (table.part, table.name, row.direction, row.indicator, table.columns[0])
            assert (bare(edit.before), edit.after) == (bare(row.cells[0].printed), "999.99")
