"""The order: what a notice asks for, and what the operator says besides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import UsageError
from generator.forms.library import Library
from generator.notices.definition import Copies
from generator.notices.order import Order, Said, examine_order, read_copies, take_order
from generator.package.names import LONGEST_IN_BYTES, name_file

LIBRARY = Library.standard()
FILES = LIBRARY.file_names()


def order(name: str, copies: str = "", discs: int | None = None, form: str = "") -> Order:
    return take_order(FILES, notice=LIBRARY.notice(name), copies=copies, discs=discs, form=form)


def told(name: str, applied: str = "", **given: str | int) -> list[str]:
    copies, discs = str(given.get("copies", "")), given.get("discs")
    found = examine_order(order(name, copies, discs if isinstance(discs, int) else None), Said(applied))
    assert all(finding.message and finding.remedy for finding in found)
    return [finding.code for finding in found]


def test_a_notice_knows_form_annex_copies_and_discs() -> None:
    shanghai = order("上海")
    assert (shanghai.form, shanghai.annex, shanghai.folder) == ("shanghai-2024", "附件1", "shanghai-2024")
    assert (shanghai.copies, shanghai.discs) == (Copies(plain=5), 2)
    assert shanghai.copies_of("佐证材料") == Copies(plain=5)
    assert told("上海") == []


def test_a_form_alone_asks_for_nothing() -> None:
    alone = take_order(FILES, form="national-2025")
    assert (alone.notice, alone.copies, alone.discs, alone.annex, alone.folder) == (
        None,
        None,
        None,
        "",
        "national-2025",
    )
    assert examine_order(alone, Said("2099-01-01"), Said("上海市")) == ()


def test_copies_and_discs_may_be_given_and_what_differs_from_the_notice_is_told() -> None:
    own = order("上海", "6", 3)
    assert (own.copies, own.copies_of("佐证材料"), own.discs) == (Copies(plain=6), Copies(plain=6), 3)
    assert told("上海", copies="6", discs=3) == ["N104", "N105"]
    assert told("上海", copies="5", discs=2) == []


def test_unknown_numbers_are_told_until_the_operator_gives_them() -> None:
    assert (order("miit-2025").copies, order("miit-2025").discs) == (None, None)
    assert told("miit-2025") == ["N101", "N102"]
    assert told("miit-2025", copies="3", discs=0) == []


def test_numbers_of_the_next_office_up_are_used_and_told_to_be_its() -> None:
    hubei = order("hubei-2024")
    assert (hubei.copies, hubei.discs) == (Copies(plain=1), 1)
    assert [demand.address for _, demand in hubei.addresses] == ["zxc87122161@163.com"]
    assert hubei.copies_of("佐证材料") is None
    assert told("hubei-2024") == ["N103"]


def test_an_application_dated_after_the_deadline_is_told() -> None:
    assert told("上海", "2024-05-15") == []
    assert told("上海", "2024-05") == []
    assert told("上海", "2024-05-16") == ["N106"]


@pytest.mark.parametrize(("province", "codes"), [("湖北省", []), ("", []), ("上海市", ["N107"])])
def test_a_cluster_of_another_province_is_told(province: str, codes: list[str]) -> None:
    found = examine_order(order("hubei-2024", "2", 0), province=Said(province))
    assert [finding.code for finding in found if finding.code == "N107"] == codes
    assert not [
        finding for finding in examine_order(order("miit-2025"), province=Said(province)) if finding.code == "N107"
    ]


def test_a_plain_number_keeps_the_original() -> None:
    pair = Copies(originals=1, duplicates=2)
    assert read_copies("4", pair) == Copies(originals=1, duplicates=3)
    assert read_copies("1", pair) == Copies(originals=1)
    assert read_copies("正本1副本3") == read_copies("正本1份、副本3份") == Copies(originals=1, duplicates=3)
    assert order("miit-2022", form="national-2024").copies == pair


@pytest.mark.parametrize("text", ["0", "-1", "5份", "三", "正本", "1.5", "9999", "正本0副本0", "副本", "١٢٣٤"])
def test_copies_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="看不懂份数"):
        read_copies(text)


def test_either_a_notice_or_a_form_is_asked_for() -> None:
    with pytest.raises(UsageError, match="写一个"):
        take_order(FILES)
    with pytest.raises(UsageError, match="只能写一个"):
        order("上海", form="national-2024")
    with pytest.raises(UsageError, match="没有定义"):
        order("miit-2022")


@given(
    st.text(min_size=1, max_size=400), st.text(min_size=1, max_size=400), st.sampled_from([".pdf", ".docx", ".xlsx"])
)
def test_long_names_are_cut_in_the_name_and_two_clusters_stay_told_apart(one: str, other: str, extension: str) -> None:
    first, second = (name_file(FILES, "佐证材料", f"甲{name}乙", extension, behind="_第2册") for name in (one, other))
    assert first.startswith("03_佐证材料_甲") and first.endswith(f"_第2册{extension}")
    assert len(first.encode()) <= LONGEST_IN_BYTES
    if len(one) > 300 and one != other:
        assert first != second


def test_a_usual_name_is_as_the_counter_expects_it() -> None:
    assert name_file(FILES, "申报表", "示例区产业集群", ".pdf") == "01_申报表_示例区产业集群.pdf"
    assert name_file(FILES.with_own({"申报表": "{集群名称}（申报表）"}), "申报表", "甲", ".pdf") == "甲（申报表）.pdf"
    assert name_file(FILES, "别的", "甲", ".txt") == "别的_甲.txt"


def test_every_code_of_an_order_is_explained() -> None:
    root = Path(__file__).parents[2]
    used = set(re.findall(r'"(N\d{3})"', (root / "generator/notices/order.py").read_text("utf-8")))
    assert used == set(re.findall(r"`(N\d{3})`", (root / "docs/notices.md").read_text("utf-8")))
