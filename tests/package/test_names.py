from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.package.names import LONGEST_IN_BYTES, LONGEST_IN_UNITS, safe_name

FORBIDDEN = set('<>:"/\\|?*')


@given(st.text(alphabet=st.characters(codec=None), max_size=300), st.sampled_from(["", ".docx", ".pdf", ".json"]))
@example("集" * 300, ".docx")
@example("\U0002ceae" * 300, ".docx")
@example("...", "")
@example("e\u0301" * 200, ".pdf")
@example("\ud800", "")
def test_any_text_gives_a_name_that_every_system_takes(text: str, extension: str) -> None:
    name = safe_name(text, extension)
    assert name.endswith(extension)
    assert len(name) > len(extension)
    assert not FORBIDDEN & set(name)
    assert all(ord(character) >= 32 and character != "\x7f" for character in name)
    assert name == name.strip() and not name.endswith(".") and not name.startswith(".")
    assert len(name.encode("utf-16-le")) // 2 <= LONGEST_IN_UNITS
    assert len(name.encode("utf-8")) <= LONGEST_IN_BYTES


@given(st.text(max_size=300))
def test_a_safe_name_is_left_as_it_is(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@pytest.mark.parametrize("device", ["CON", "con", "NUL", "nul.docx", "Aux . txt", "COM1", "LPT9", "COM¹"])
def test_names_of_windows_devices_are_not_used(device: str) -> None:
    head = safe_name(device).partition(".")[0].rstrip().upper()
    assert head.endswith("_") and head.rstrip("_ ") == device.partition(".")[0].rstrip().upper()


def test_what_windows_forbids_becomes_its_full_width_counterpart() -> None:
    assert safe_name('A/B:C*D?"E"<F>|G\\', ".docx") == "A／B：C＊D？＂E＂＜F＞｜G＼.docx"


def test_a_name_in_order_stays_word_for_word() -> None:
    assert (
        safe_name("01_申报表_上海市示例区智能传感器产业集群", ".docx")
        == "01_申报表_上海市示例区智能传感器产业集群.docx"
    )


def test_long_names_that_differ_only_at_their_ends_stay_different() -> None:
    first, second = (safe_name("集群" * 100 + end, ".docx") for end in "甲乙")
    assert first != second


def test_a_name_of_nothing_usable_still_has_a_name() -> None:
    assert safe_name(" .\u200b\x00. ", ".pdf") == "未命名.pdf"
