"""Lists on paper: each on sheets of its own, so that what comes, goes or grows moves no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.corrections.sheets import Sheet, applied, sheets_of, steps_between
from generator.documents.kept_numbers import Kept
from generator.documents.lists import NumberedLists, number_lists, print_lists
from generator.documents.printing import Printed
from generator.errors import DefinitionError
from generator.forms.definition_document import DocumentDefinition, DocumentText
from generator.forms.library import Library
from generator.forms.snapshot import RememberedPage
from generator.lists.rows import MadeList, NoList
from generator.measure.fonts import FontLibrary
from generator.package.gathered import fingerprints_of
from generator.typeset import lay_out
from generator.typeset.pages import Page
from tests.docx.word_rules import broken_rules
from tests.lists.listed import impossible, made

FONTS = FontLibrary.bundled()
DEFINITION = Library.standard().document("lists")
FACTS = {"集群": "某集群", "表名": "某表", "基准年": "2024", "单位": "", "日期": "", "签章们": []}
SIGNED = {**FACTS, "单位": "某公司", "日期": "2025年", "签章们": [{"文字": "（公章）"}]}
TITLES = "甲乙丙丁"
LONG, LONGER = 45, 90  # rows: a list of two pages, and of three


def printed(lists: NumberedLists, facts: Mapping[str, Any] = FACTS) -> Printed:
    return print_lists(DEFINITION, lists, facts, FONTS)


def words(page: Page) -> str:
    return "".join(run.text for run in page.runs)


def sheets(one: Printed) -> tuple[Sheet, ...]:
    return sheets_of([RememberedPage(*both) for both in zip(labels(one), fingerprints_of(one.pages), strict=True)])


def labels(one: Printed) -> list[str]:
    return [page.label for page in one.pages.pages]


def firms(count: int) -> tuple[str, ...]:
    return tuple(f"第{number}公司" for number in range(1, count + 1))


FIRST = number_lists([made("甲", *firms(2)), made("乙", *firms(LONG)), made("丙", *firms(3))])


def test_every_list_begins_on_a_right_hand_page_and_counts_its_own_pages() -> None:
    one = printed(FIRST)
    assert labels(one) == ["1", "", "1-1", "", "2-1", "2-2", "3-1"]
    for page in one.pages.pages:
        assert words(page).endswith(page.label)
    contents = words(one.pages.pages[0])
    assert (
        "1甲一、情况2家1-1" in contents
        and f"2乙一、情况{LONG}家2-1—2-2" in contents
        and "3丙一、情况3家3-1" in contents
    )


def test_the_word_file_says_what_is_printed() -> None:
    for lists in (FIRST, number_lists([impossible("甲")], number_lists([made("甲", "一家")]).kept)):
        one = printed(lists, SIGNED)
        assert broken_rules(one.docx) == []
        assert lay_out(one.docx, FONTS) == one.pages


def test_a_list_that_is_withdrawn_costs_its_own_sheets_and_the_contents() -> None:
    now = number_lists([made("甲", *firms(2)), impossible("乙"), made("丙", *firms(3))], FIRST.kept)
    one = printed(now)
    assert labels(one) == ["1", "", "1-1", "", "3-1"]
    assert "2乙—已撤回—" in words(one.pages.pages[0])
    steps = steps_between(sheets(printed(FIRST)), sheets(one))
    assert [(step.old, step.new) for step in steps] == [(1, 1), (3, None)]


def test_a_list_that_grows_by_a_page_moves_no_other() -> None:
    now = number_lists([made("甲", *firms(2)), made("乙", *firms(LONGER)), made("丙", *firms(3))], FIRST.kept)
    steps = steps_between(sheets(printed(FIRST)), sheets(printed(now)))
    assert [(step.old, step.new) for step in steps] == [(1, 1), (3, 3), (None, 4)]


def test_all_lists_withdrawn_leave_their_contents() -> None:
    one = printed(number_lists([impossible("甲")], FIRST.kept))
    assert labels(one) == ["1"]
    assert words(one.pages.pages[0]).count("已撤回") == 3


def test_contents_of_several_pages_are_numbered_by_themselves() -> None:
    many = number_lists([made(f"清单之{number}", "一家") for number in range(40)])
    one = printed(many)
    assert labels(one)[:4] == ["1", "2", "1-1", ""]
    assert "40清单之39一、情况1家40-1" in words(one.pages.pages[1])


def test_lists_are_signed_below_the_contents() -> None:
    one = printed(FIRST, SIGNED)
    assert [anchor.page for anchor in one.pages.anchors if anchor.name.startswith("签章_")] == [0]
    assert "（公章）" in words(one.pages.pages[0])


def test_nothing_may_stand_behind_the_lists() -> None:
    behind = DEFINITION.model_copy(update={"blocks": (*DEFINITION.blocks, DocumentText(text="以上属实。"))})
    with pytest.raises(DefinitionError, match="后面还有别的内容"):
        print_lists(behind, FIRST, FACTS, FONTS)


@pytest.mark.parametrize(
    "blocks",
    [
        [{"sheets": "1-", "blocks": [{"text": "一"}]}, {"text": "后"}],
        [{"when": "甲", "blocks": [{"sheets": "1-", "blocks": [{"text": "一"}]}]}],
    ],
)
def test_sheets_stand_at_the_end_of_a_definition(blocks: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="要排在最后"):
        DocumentDefinition.model_validate({"id": "a", "title": "a", "blocks": blocks})


COUNTS = st.lists(st.sampled_from([0, 1, 2, LONG, LONGER]), min_size=len(TITLES), max_size=len(TITLES))
"""How many rows each list has; 0 for one that can't be made."""


def numbered(counts: list[int], kept: tuple[Kept, ...]) -> NumberedLists:
    owed: list[MadeList | NoList] = [
        made(title, *firms(count)) if count else impossible(title) for title, count in zip(TITLES, counts, strict=True)
    ]
    return number_lists(owed, kept)


@settings(max_examples=25)
@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_only_the_contents_and_what_truly_changed_are_printed_again(offices: list[list[int]]) -> None:
    """Withdrawn, added, both, grown, come back: each printed version is put right by its slip, and no other list is touched."""
    kept = numbered(offices[0], ()).kept
    before, old = offices[0], sheets(printed(numbered(offices[0], ())))
    for counts in offices[1:]:
        lists = numbered(counts, kept)
        new = sheets(printed(lists))
        steps = steps_between(old, new)
        assert [sheet.prints for sheet in applied(old, new, steps)] == [sheet.prints for sheet in new]
        titles = {one.number: one.title for one in lists.kept}
        changed = {title for title, then, now in zip(TITLES, before, counts, strict=True) if then != now}
        touched = [old[step.old - 1] for step in steps if step.old] + [new[step.new - 1] for step in steps if step.new]
        for sheet in touched:
            chapter, _, page = sheet.labels[0].partition("-")
            assert not page or titles[int(chapter)] in changed, sheet.labels
        before, old, kept = counts, new, lists.kept
