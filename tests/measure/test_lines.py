from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from generator.measure.fonts import FontLibrary
from generator.measure.lines import NOT_AT_END, NOT_AT_START, BreakRules, break_lines, line_count, may_break

FONTS = FontLibrary.bundled()
MIXED = st.text(alphabet="国家中，。“”（）《》、 —…R&D12.5%/-a\n", max_size=80)


def parted(text: str, width: float, rules: BreakRules | None = None, first: float | None = None) -> list[str]:
    widths = [1.0 if character >= "\u2000" else 0.5 for character in text]
    ends = break_lines(text, widths, width if first is None else first, width, rules or BreakRules())
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def test_a_line_takes_as_many_characters_as_fit() -> None:
    assert parted("中华人民共和国", 3) == ["中华人", "民共和", "国"]


def test_a_comma_takes_the_character_before_it_to_the_next_line() -> None:
    assert parted("中华人，民共", 3) == ["中华", "人，民", "共"]


def test_an_opening_bracket_goes_with_what_follows() -> None:
    assert parted("中华（人民）", 3) == ["中华", "（人", "民）"]


def test_a_mark_hangs_beyond_the_edge_where_the_paragraph_allows_it() -> None:
    assert parted("中华人，民共", 3, BreakRules(hanging=True)) == ["中华人，", "民共"]


def test_a_number_is_not_parted() -> None:
    assert parted("中华12.5人", 3) == ["中华", "12.5人"]


def test_a_word_longer_than_a_line_is_parted_nevertheless() -> None:
    assert parted("abcdefgh", 3) == ["abcdef", "gh"]


def test_a_dash_of_two_is_not_parted() -> None:
    assert parted("中华——人民", 3) == ["中华", "——人", "民"]


def test_spaces_at_the_end_of_a_line_hang() -> None:
    assert parted("中华人    民", 3) == ["中华人    ", "民"]


def test_the_first_line_may_be_narrower() -> None:
    assert parted("中华人民共和国", 4, first=2) == ["中华", "人民共和", "国"]


def test_a_line_feed_ends_a_line_and_leaves_an_empty_one_at_the_end() -> None:
    assert parted("中\n\n国\n", 3) == ["中\n", "\n", "国\n", ""]


def test_a_page_break_at_the_end_opens_no_line() -> None:
    assert parted("中\f", 3) == ["中\f"]


def test_empty_text_is_one_line() -> None:
    assert parted("", 3) == [""]


@given(MIXED, st.integers(2, 12))
@example("“" * 9, 2)
@example("\n", 2)
def test_lines_lose_and_add_nothing(text: str, width: int) -> None:
    assert "".join(parted(text, width)) == text


@given(MIXED, st.integers(6, 12))
def test_lines_end_only_where_they_may_unless_nothing_else_is_left(text: str, width: int) -> None:
    pieces = parted(text, width)
    for line, following in pairwise(pieces):
        if line.endswith("\n") or not following:
            continue
        could = any(may_break(before, after) for before, after in pairwise(line))
        assert may_break(line[-1], following[0]) or not could


@given(MIXED, st.integers(2, 12))
def test_no_line_is_wider_than_its_room_without_the_spaces_at_its_end(text: str, width: int) -> None:
    for line in parted(text, width):
        visible = line.rstrip(" \n")
        assert sum(1.0 if character >= "\u2000" else 0.5 for character in visible) <= max(width, 1.0)


@given(st.sampled_from(sorted(NOT_AT_START)), st.sampled_from(sorted(NOT_AT_END)))
def test_the_forbidden_characters_keep_to_their_side(closing: str, opening: str) -> None:
    assert not may_break("国", closing)
    assert not may_break(opening, "国")
    assert may_break("国", opening) or opening in NOT_AT_START


def test_line_count_counts_each_paragraph_with_its_indent() -> None:
    ten = "国" * 10
    assert line_count(ten, "仿宋", 10.5, 105, FONTS) == 1
    assert line_count(ten, "仿宋", 10.5, 105, FONTS, first_indent=21) == 2
    assert line_count(f"{ten}\n{ten}国\n", "仿宋", 10.5, 105, FONTS) == 4
