"""Every form says what the official text says: each character in its place, none missing, none added."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from generator.forms.definition import FOOTNOTE_MARK, Form
from generator.forms.library import Library
from generator.forms.verifying.official import footnoted
from generator.forms.verifying.paper import note_texts, printed_texts

OFFICIAL = Path(__file__).resolve().parents[1] / "fixtures" / "official"
_BLANK = re.compile(r"[\s_]")


@cache
def form(identifier: str) -> Form:
    return Library.standard().form(identifier)


def official(name: str) -> str:
    return (OFFICIAL / f"{name}.txt").read_text(encoding="utf-8")


def unspaced(text: str) -> str:
    """`text` without white space and underlines: both stand for blanks and for how lines were broken."""
    return _BLANK.sub("", text)


def on_paper(form: Form) -> str:
    return unspaced("".join(printed_texts(form)))


def differences(expected: str, found: str) -> str:
    """Where two texts part, with some text around; empty where they don't."""
    if expected == found:
        return ""
    length = min(len(expected), len(found))
    at = next((at for at in range(length) if expected[at] != found[at]), length)
    return f"官方：…{expected[max(0, at - 20) : at + 30]}…  表式：…{found[max(0, at - 20) : at + 30]}…"


@pytest.mark.parametrize("identifier", ["national-2025", "national-2024", "rereview-2025"])
def test_a_form_prints_the_official_text_and_nothing_else(identifier: str) -> None:
    assert differences(unspaced(official(f"{identifier}-form")), on_paper(form(identifier))) == ""


def test_the_shanghai_form_prints_the_official_text_and_nothing_else() -> None:
    expected = unspaced("".join(footnoted(official("shanghai-2024-form")).lines))
    appendix = unspaced(official("shanghai-2024-indicator-notes"))
    assert differences(expected + appendix, on_paper(form("shanghai-2024"))) == ""


def test_the_shanghai_form_has_the_official_eleven_notes_in_order() -> None:
    expected = footnoted(official("shanghai-2024-form"))
    assert expected.lines.count(FOOTNOTE_MARK) == len(expected.notes) == 11
    assert [unspaced(note) for note in note_texts(form("shanghai-2024"))] == [unspaced(note) for note in expected.notes]


def test_a_changed_missing_or_added_character_would_be_seen() -> None:
    text = unspaced(official("national-2025-form"))
    mine = on_paper(form("national-2025"))
    for other in (mine[:500] + mine[501:], mine[:500] + "多" + mine[500:], mine[:500] + "改" + mine[501:], mine[:-1]):
        assert differences(text, other) != ""


def test_a_note_moved_to_another_label_would_be_seen() -> None:
    marked = footnoted("1.集群\n名称\n1\n（%）\n1 说明；\n数量\n2\n2说明\n二。\n")
    assert "".join(marked.lines) == "1.集群名称[^]（%）数量[^]"
    assert marked.notes == ("说明；", "说明二。")


def test_every_quirk_told_of_stands_in_an_official_text() -> None:
    page = (OFFICIAL.parents[2] / "docs" / "quirks.md").read_text(encoding="utf-8")
    texts = [unspaced(file.read_text(encoding="utf-8")) for file in OFFICIAL.glob("*.txt")]
    quotes = [quote for line in page.splitlines() if line.startswith("|") for quote in re.findall(r"`([^`]+)`", line)]
    pieces = [unspaced(piece) for quote in quotes for piece in quote.split("……") if unspaced(piece)]
    assert len(pieces) > 30
    assert [piece for piece in pieces if not any(piece in text for text in texts)] == []
