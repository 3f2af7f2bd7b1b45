"""What else the old figure touches: sentences with their pages, target tables, names of evidence, proofs, upstream rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from generator.checks.reading import read_references
from generator.checks.vocabulary import Vocabulary
from generator.corrections.changes import FieldChange
from generator.corrections.compare import compare, with_units
from generator.corrections.echoes import Echo, echoes, proofs, upstream
from generator.corrections.quantities import Likeness
from generator.forms.filled import Origin
from generator.forms.library import Library
from generator.forms.particulars import Particulars
from generator.forms.snapshot import Snapshot
from tests.corrections.snapshots import evidence, figure, prose, snapshot, table

PADDING = "这一句没有数字，只是占一些地方。" * 10


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    library = Library.standard()
    return read_references(library, library.form("national-2025")).vocabulary


def corrected(
    *fields: Any, old: str = "46.88", new: str = "47.91", **more: Any
) -> tuple[Snapshot, tuple[FieldChange, ...]]:
    """A form on which 集群总产值 of 2023 was corrected while `fields` and the rest stayed."""
    now = snapshot(figure("集群总产值", 2023, new), *fields, **more)
    then = replace(now, fields=(figure("集群总产值", 2023, old), *fields))
    return now, compare(then, now).fields


def said(found: tuple[Echo, ...]) -> list[tuple[str, str, bool]]:
    return [(echo.page, echo.number, echo.certain) for echo in found]


def test_the_sentence_that_still_says_the_old_figure_is_told_with_its_page(vocabulary: Vocabulary) -> None:
    now, changes = corrected(prose("发展成效", "开头。2023年，集群总产值46.88亿元，居全省前列。结尾。"))
    (echo,) = echoes(now, changes, vocabulary)
    assert echo.path == ("八、规划", "发展成效")
    assert (echo.page, echo.number, echo.certain) == ("第2页", "46.88亿元", True)
    assert echo.sentence == "2023年，集群总产值46.88亿元，居全省前列。"
    assert (echo.figure, echo.now) == ("2023年集群总产值", "47.91")


def test_a_sentence_on_the_second_page_of_a_text_is_told_there(vocabulary: Vocabulary) -> None:
    text = PADDING + "2023年集群总产值46.88亿元。"
    now, changes = corrected(prose("发展成效", text, breaks=((0, 3), (len(PADDING), 4))))
    assert said(echoes(now, changes, vocabulary)) == [("第3页", "46.88亿元", True)]


@pytest.mark.parametrize("number", ["46.9亿元", "47亿元", "468800万元"])
def test_rounded_and_converted_forms_are_found(number: str, vocabulary: Vocabulary) -> None:
    now, changes = corrected(prose("发展成效", f"2023年集群总产值{number}。"))
    assert [echo.number for echo in echoes(now, changes, vocabulary)] == [number]


def test_what_is_rounded_to_the_same_as_the_new_figure_is_no_echo(vocabulary: Vocabulary) -> None:
    now, changes = corrected(prose("发展成效", "2023年集群总产值47亿元。"), new="46.91")
    assert echoes(now, changes, vocabulary) == ()


def test_a_sentence_that_names_another_figure_or_year_is_passed_over(vocabulary: Vocabulary) -> None:
    text = "2023年主导产业产值46.88亿元。2022年集群总产值46.88亿元。"
    now, changes = corrected(prose("发展成效", text))
    assert echoes(now, changes, vocabulary) == ()


def test_a_number_of_the_same_size_without_a_name_is_told_as_doubtful(vocabulary: Vocabulary) -> None:
    now, changes = corrected(prose("发展成效", "这一数字是46.88亿元，比什么都大。园区有7家企业。"))
    assert said(echoes(now, changes, vocabulary)) == [("第2页", "46.88亿元", False)]


def test_texts_that_this_form_does_not_print_are_read_too(vocabulary: Vocabulary) -> None:
    told = Particulars("某集群", {"集群简介": "2023年，集群总产值46.88亿元。"}, {"tiny": {}})
    now, changes = corrected(particulars=told)
    (echo,) = echoes(now, changes, vocabulary)
    assert (echo.path, echo.page) == (("集群简介",), "")


def test_a_base_value_written_by_hand_and_a_name_of_evidence_are_found(vocabulary: Vocabulary) -> None:
    now, changes = corrected(
        tables=(table(("集群总产值", ("46.88亿元", "60亿元"), ("46.88", "60"))),),
        evidence=(evidence("产值46.88亿元的证明", "图谱"),),
    )
    told = [(echo.path, echo.page) for echo in echoes(now, changes, vocabulary)]
    assert told == [
        (("佐证材料", "产值46.88亿元的证明"), ""),
        (("八、规划", "创新", "集群总产值", "2024年基准值"), "第3页"),
    ]


def test_an_old_name_is_sought_but_not_within_the_new_one(vocabulary: Vocabulary) -> None:
    text = prose("发展成效", "由张家港机械公司管理。张家港机械公司集团很好。")
    field = replace(figure("运营管理机构名称", 2023, "张家港机械公司集团"), year=None, unit="")
    now = snapshot(field, text)
    changes = compare(snapshot(replace(field, printed="张家港机械公司", value="张家港机械公司"), text), now).fields
    assert [echo.sentence for echo in echoes(now, changes, vocabulary)] == ["由张家港机械公司管理。"]


def test_evidence_that_proves_the_field_is_to_be_checked() -> None:
    items = (evidence("产值清单", "集群总产值", 清单="1"), evidence("图谱", "绘制图谱"))
    now, changes = corrected(evidence=items)
    (proof,) = proofs(now, changes)
    assert (proof.evidence, proof.figures, proof.files) == ("产值清单", ("2023年集群总产值",), ("佐证材料/清单.pdf",))


def test_evidence_of_a_register_is_to_be_checked_where_a_figure_is_counted_from_it() -> None:
    fields = [figure("企业数量", 2023, count, origin=Origin.DERIVED, unit="家") for count in ("10", "11")]
    items = (evidence("企业名单", "企业"),)
    now = snapshot(fields[1], evidence=items)
    assert [proof.evidence for proof in proofs(now, compare(snapshot(fields[0], evidence=items), now).fields)] == [
        "企业名单"
    ]


def test_the_upstream_row_is_told_for_the_year_that_it_asks_for() -> None:
    summary = Library.standard().summary("summary-2024")
    _, changes = corrected()
    told = [(one.column.partition("（")[0], one.source) for one in upstream(changes, [summary])]
    assert told == [("集群简介", "集群总产值")]
    older = [replace(change, year=2021) for change in changes]
    assert upstream(older, [summary]) == ()


def test_a_name_that_a_column_is_composed_of_touches_it() -> None:
    summary = Library.standard().summary("summary-2024")
    field = replace(figure("产业", 2023, "甲"), year=None)
    changes = compare(snapshot(field), snapshot(replace(field, printed="乙", value="乙"))).fields
    assert "集群名称" in {one.column for one in upstream(changes, [summary])}


def test_the_old_number_of_a_target_is_sought_in_the_prose_too(vocabulary: Vocabulary) -> None:
    text = prose("（3）2027年度", "集群总产值达到60亿元，投资60亿元建厂。")
    tables = [table(("集群总产值", ("50亿元", cell), ("50", cell[:2]))) for cell in ("60亿元", "62亿元")]
    now = snapshot(text, tables=(tables[1],))
    changes = compare(snapshot(text, tables=(tables[0],)), now).fields
    (echo,) = echoes(now, changes, vocabulary)
    assert (echo.number, echo.figure, echo.now, echo.certain) == ("60亿元", "集群总产值2027年目标值", "62亿元", True)


def test_what_the_form_does_not_print_is_sought_as_well(vocabulary: Vocabulary) -> None:
    text = prose("发展成效", "2023年主导产业产值30.12亿元。")
    then, now = (
        snapshot(text, particulars=Particulars("甲", figures={("主导产业产值", 2023): Decimal(value)}))
        for value in ("30.12", "31.00")
    )
    changes = with_units(compare(then, now), {"主导产业产值": "亿元"}).fields
    assert said(echoes(now, changes, vocabulary)) == [("第2页", "30.12亿元", True)]


def test_a_derived_figure_as_it_was_printed_is_the_old_number_and_not_a_rounded_one(vocabulary: Vocabulary) -> None:
    now, changes = corrected(prose("发展成效", "2023年集群总产值46.88亿元。"))
    derived = tuple(replace(change, raw_old="46.8812345", origin_new=Origin.DERIVED) for change in changes)
    assert [echo.how for echo in echoes(now, derived, vocabulary)] == [Likeness.SAME]


def test_a_formula_with_the_old_figure_in_it_is_told(vocabulary: Vocabulary) -> None:
    formula = "单位产值能耗＝20.63÷46.88亿元×100%，按季度核对"
    field = replace(figure("能耗计算公式", 2023, formula), year=None, unit="")
    now, changes = corrected(field)
    assert [(echo.path[1], echo.number) for echo in echoes(now, changes, vocabulary)] == [("能耗计算公式", "46.88亿元")]
