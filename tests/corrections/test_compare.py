"""Two snapshots compared: what changed, what moved with it, what does not show, which pages, and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.corrections.changes import Cause, CellChange, Changes, Fate, FileChange, RegisterChange
from generator.corrections.compare import compare
from generator.corrections.registers import tables_not_compared, what_changed
from generator.findings import Finding, Severity
from generator.forms.filled import Origin
from generator.forms.particulars import Particulars
from generator.forms.snapshot import (
    Made,
    RememberedEvidence,
    RememberedRegister,
    RememberedRow,
    RememberedTable,
    Snapshot,
)
from tests.corrections.snapshots import box, evidence, figure, prose, snapshot, table


def finding(code: str, found: str = "", path: str = "二 › 甲") -> Finding:
    return Finding(code, Severity.CHECK, "数与表上的不一致", path, found=found)


def test_the_same_snapshot_twice_differs_in_nothing() -> None:
    one = snapshot(figure("总产值", 2023, "46.88"), table_given := prose("发展成效", "好"), findings=(finding("C911"),))
    assert table_given in one.fields
    assert compare(one, one).nothing
    assert not compare(one, one).layout_only


def test_a_figure_is_told_by_its_place_with_old_and_new() -> None:
    then = snapshot(figure("总产值", 2022, "41.05"), figure("总产值", 2023, "46.88"))
    now = snapshot(figure("总产值", 2022, "41.05"), figure("总产值", 2023, "47.88"), pages="abXd")
    (change,) = compare(then, now).shown
    assert change.path == ("二、主导产业情况", "总产值", "2023年")
    assert (change.old, change.new, change.year) == ("46.88", "47.88", 2023)
    assert (change.number_old, change.number_new) == (Decimal("46.88"), Decimal("47.88"))


def test_a_derived_figure_that_moved_tells_why() -> None:
    basis: dict[str, Any] = {"origin": Origin.DERIVED, "unit": "%"}
    then = snapshot(figure("占比", 2023, "10.00", basis="甲÷乙：1÷10", **basis))
    now = snapshot(figure("占比", 2023, "20.00", basis="甲÷乙：2÷10", **basis))
    changes = compare(then, now)
    (change,) = changes.moved
    assert changes.shown == ()
    assert (change.basis_old, change.basis_new) == ("甲÷乙：1÷10", "甲÷乙：2÷10")


def test_a_figure_written_by_hand_in_place_of_a_derived_one_is_a_change_of_its_own() -> None:
    then = snapshot(figure("占比", 2023, "10.00", origin=Origin.DERIVED))
    now = snapshot(figure("占比", 2023, "11.00", origin=Origin.GIVEN))
    assert [change.new for change in compare(then, now).shown] == ["11.00"]


def test_a_change_that_does_not_show_is_told_apart() -> None:
    then = snapshot(figure("总产值", 2023, "46.88", "46.881"))
    now = snapshot(figure("总产值", 2023, "46.88", "46.882"), data={"cluster.yaml": "2"})
    changes = compare(then, now)
    assert (changes.shown, changes.moved) == ((), ())
    assert [(change.raw_old, change.raw_new) for change in changes.silent] == [("46.881", "46.882")]


def test_a_number_written_otherwise_is_no_change() -> None:
    then, now = snapshot(figure("总产值", 2023, "46.80", "46.8")), snapshot(figure("总产值", 2023, "46.80", "46.80"))
    assert compare(then, now).nothing


def test_a_tick_counts_as_its_box() -> None:
    (change,) = compare(snapshot(box("绘制图谱", ticked=False)), snapshot(box("绘制图谱", ticked=True))).shown
    assert (change.path[-1], change.old, change.new) == ("绘制图谱", "□", "☑")


def test_cells_of_target_tables_are_compared_row_by_row() -> None:
    then = snapshot(
        tables=(table(("产值", ("46.88亿元", "60亿元"), ("46.88", "60")), ("旧项", ("1", "2"), ("1", "2"))),)
    )
    now = snapshot(
        tables=(table(("产值", ("46.88亿元", "61亿元"), ("46.88", "61")), ("新项", ("3", "4"), ("3", "4"))),)
    )
    told = [(*change.path[-2:], change.old, change.new) for change in compare(then, now).shown]
    assert told == [
        ("产值", "2027年目标值", "60亿元", "61亿元"),
        ("新项", "2024年基准值", "", "3"),
        ("新项", "2027年目标值", "", "4"),
        ("旧项", "2024年基准值", "1", ""),
        ("旧项", "2027年目标值", "2", ""),
    ]


def test_what_this_form_does_not_print_is_told_for_the_others() -> None:
    then = snapshot(particulars=Particulars("甲", {"成立时间": "2018年6月"}, figures={("总产值", 2020): Decimal(1)}))
    now = snapshot(particulars=Particulars("甲", {"成立时间": "2018年7月"}, figures={("总产值", 2020): Decimal(2)}))
    changes = compare(then, now)
    assert [(change.path, change.old, change.new) for change in changes.elsewhere] == [
        (("成立时间",), "2018年6月", "2018年7月"),
        (("总产值", "2020年"), "1", "2"),
    ]
    assert changes.shown == ()


def test_findings_go_come_and_say_other_numbers() -> None:
    then = snapshot(findings=(finding("C301"), finding("C911", "1%"), finding("C911", "2%")))
    now = snapshot(findings=(finding("C911", "2%"), finding("C911", "3%"), finding("C505")))
    told = compare(then, now).findings
    assert [one.code for one in told.gone] == ["C301"]
    assert [one.code for one in told.came] == ["C505"]
    assert [(before.found, after.found) for before, after in told.moved] == [("1%", "3%")]


def test_a_snapshot_that_held_no_findings_says_so() -> None:
    changes = compare(snapshot(findings=None, evidence=None, made=None), snapshot(findings=(finding("C301"),)))
    assert not changes.findings.known
    assert changes.findings.came == ()
    assert not changes.evidence_known


def test_evidence_is_added_replaced_and_removed() -> None:
    then = snapshot(evidence=(evidence("甲", "产值", 一="1"), evidence("乙", "产值"), evidence("丙", "图谱", 三="3")))
    now = snapshot(evidence=(evidence("甲", "产值", 一="2", 二="5"), evidence("丙", "图谱", 三="3"), evidence("丁")))
    told = {item.name: (item.fate, item.why) for item in compare(then, now).evidence}
    assert told == {
        "甲": (Fate.REPLACED, "内容变了：佐证材料/一.pdf；新增文件：佐证材料/二.pdf"),
        "丁": (Fate.ADDED, ""),
        "乙": (Fate.REMOVED, ""),
    }


def test_a_renamed_item_is_one_item_and_pages_are_told_as_they_are_numbered() -> None:
    then = snapshot(evidence=(_at("3—8", "甲", 一="1"), _at("9—12", "乙", 二="2"), _at("13", "丙", 三="3")))
    now = snapshot(evidence=(_at("3—8", "甲方", 一="1"), _at("13—14-2", "丙", 三="4"), _at("15", "丁")))
    told = [(item.name, item.fate, item.why.partition("：")[0], item.where) for item in compare(then, now).evidence]
    assert told == [
        ("甲方", Fate.REPLACED, "名称由“甲”改为“甲方”", "第3—8页"),
        ("丙", Fate.REPLACED, "内容变了", "原第13页，现第13—14-2页"),
        ("丁", Fate.ADDED, "", "第15页"),
        ("乙", Fate.REMOVED, "", "原第9—12页"),
    ]
    unbound = snapshot(evidence=(evidence("甲", 一="2"),))
    assert [item.where for item in compare(then, unbound).evidence] == ["原第3—8页", "原第9—12页", "原第13页"]


def _at(pages: str, name: str, **files: str) -> RememberedEvidence:
    return replace(evidence(name, **files), pages=pages)


def test_a_file_of_the_data_that_changed_without_effect_is_told() -> None:
    changes = compare(snapshot(), snapshot(data={"cluster.yaml": "1", "企业清单.xlsx": "9"}))
    assert [(file.name, file.fate) for file in changes.files] == [("企业清单.xlsx", Fate.ADDED)]
    assert changes.pages == ()


def test_pages_are_told_with_their_cause() -> None:
    then = snapshot(figure("总产值", 2023, "46.88"), pages="abcdef")
    now = snapshot(figure("总产值", 2023, "47.88"), pages="aBcDe")
    told = [(page.page, page.label, page.fate, page.cause) for page in compare(then, now).pages]
    assert told == [
        (2, "1", Fate.REPLACED, Cause.DATA),
        (4, "3", Fate.REPLACED, Cause.FLOW),
        (6, "5", Fate.REMOVED, Cause.FLOW),
    ]
    assert compare(then, now).pages[0].places == (("二、主导产业情况", "总产值", "2023年"),)


def test_a_text_over_two_pages_touches_both() -> None:
    breaks = ((0, 3), (120, 4))
    then = snapshot(prose("发展成效", "一", breaks=breaks), pages="abcd")
    now = snapshot(prose("发展成效", "二", breaks=breaks), pages="abCD")
    assert [page.cause for page in compare(then, now).pages] == [Cause.DATA, Cause.DATA]


def test_other_pages_of_the_same_fields_are_a_change_of_layout() -> None:
    then, now = snapshot(figure("总产值", 2023, "46.88")), snapshot(figure("总产值", 2023, "46.88"), pages="abXd")
    changes = compare(then, now)
    assert changes.layout_only
    assert [page.cause for page in changes.pages] == [Cause.LAYOUT]


def test_another_template_explains_pages_on_which_nothing_changed() -> None:
    then = snapshot(figure("总产值", 2023, "46.88"), pages="abcd")
    made = Made("2.0", "u", {"仿宋.ttf": "g", "黑体.ttf": "h"}, draft=True)
    now = snapshot(figure("总产值", 2023, "47.88"), pages="aBCd", made=made)
    changes = compare(then, now)
    assert [page.cause for page in changes.pages] == [Cause.DATA, Cause.LAYOUT]
    assert [change.what for change in changes.made] == [
        "工具版本", "申报表模板", "字体 仿宋.ttf", "字体 黑体.ttf", "草稿标记",
    ]  # fmt: skip


FIGURES = st.lists(st.sampled_from(["1.00", "2.00", "3.50", ""]), min_size=3, max_size=3)


def of(printed: list[str]) -> Snapshot:
    fields = [figure("产值", 2022 + number, text) for number, text in enumerate(printed)]
    return snapshot(*fields, pages="a" + "".join(sorted(printed)))


@given(FIGURES, FIGURES)
def test_comparing_backwards_swaps_old_and_new(one: list[str], other: list[str]) -> None:
    there, back = compare(of(one), of(other)), compare(of(other), of(one))
    assert [(change.path, change.old, change.new) for change in there.fields] == [
        (change.path, change.new, change.old) for change in back.fields
    ]


@given(FIGURES, FIGURES)
def test_every_figure_is_either_the_same_or_told(one: list[str], other: list[str]) -> None:
    told = {change.path[-1] for change in compare(of(one), of(other)).fields}
    assert told == {f"{2022 + at}年" for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b}


def test_a_field_that_the_form_lost_is_told() -> None:
    then, now = snapshot(figure("总产值", 2023, "46.88")), snapshot()
    (change,) = compare(then, now).shown
    assert (change.old, change.new, change.origin_new) == ("46.88", "", None)


def test_two_pages_with_one_number_keep_their_own_names() -> None:
    changes = compare(snapshot(pages="abc"), replace(snapshot(pages="abx")))
    assert changes.labels_new == ("封面", "第1页", "第2页")


def test_a_single_value_that_the_form_prints_is_not_said_to_be_unprinted() -> None:
    field = replace(figure("水利用率", 2023, "82.90"), path=("五", "水利用率"))
    told = Particulars("甲", figures={("水利用率", 2023): Decimal("82.90")})
    then = snapshot(field, particulars=told)
    other = replace(field, printed="81.90", value="81.90")
    now = snapshot(other, particulars=replace(told, figures={("水利用率", 2023): Decimal("81.90")}))
    assert [change.here for change in compare(then, now).fields] == [True]


def test_a_base_value_that_follows_from_a_figure_moves_with_it_and_says_from_which() -> None:
    rows = [
        RememberedRow(
            "创新", "研发经费投入", (cell, "9亿元"), (cell[:-2], "9"), 4, (("研发经费总额", 2024), None), ("", "")
        )
        for cell in ("7.78亿元", "7.74亿元")
    ]
    then, now = (
        snapshot(
            tables=(RememberedTable("目标", "八", ("2024年基准值", "2027年目标值"), (row,)),),
            particulars=Particulars("甲", figures={("研发经费总额", 2024): Decimal(row.cells[0][:-2])}),
        )
        for row in rows
    )
    changes = compare(then, now)
    (moved,) = changes.moved
    assert (moved.source, moved.year, moved.basis_new) == ("研发经费总额", 2024, "2024年研发经费总额")
    assert not changes.elsewhere


def test_a_choice_that_a_box_shows_is_told_once() -> None:
    ticks = [replace(box("是", ticked=ticked), asks=("能效水平",)) for ticked in (False, True)]
    then, now = (
        snapshot(tick, particulars=Particulars("甲", {"能效水平": word}))
        for tick, word in zip(ticks, ("低于", "高于"), strict=True)
    )
    assert [change.path[-1] for change in compare(then, now).fields] == ["是"]
    unseen = snapshot(ticks[0], particulars=Particulars("甲", {"能效水平": "等于"}))
    assert [change.source for change in compare(then, unseen).elsewhere] == ["能效水平"]


def test_rows_of_registers_are_known_again_by_number_then_by_name() -> None:
    columns = ("名称", "统一社会信用代码", "产值2023年")
    then = RememberedRegister(columns, (("甲", "1", "5"), ("乙", "2", "6"), ("丙", "3", "7"), ("丁", "", "8")))
    now = RememberedRegister(columns, (("丁", "", "9.0"), ("乙二", "2", "6"), ("甲", "1", "5.0"), ("戊", "4", "")))
    told = compare(snapshot(registers={"企业": then}), snapshot(registers={"企业": now}))
    assert [(one.row, one.fate, [cell.column for cell in one.cells]) for one in told.registers] == [
        ("丁", Fate.REPLACED, ["产值2023年"]),
        ("乙", Fate.REPLACED, ["名称"]),
        ("戊", Fate.ADDED, []),
        ("丙", Fate.REMOVED, []),
    ]
    assert not told.nothing
    assert [what_changed(one) for one in told.registers] == ["产值2023年 8 → 9.0", "名称 乙 → 乙二", "新增", "去掉"]
    assert not compare(snapshot(), snapshot(registers={"企业": now})).registers_known


def test_what_changed_in_a_row_is_told_no_longer_than_anyone_reads() -> None:
    cells = tuple(CellChange(f"列{number}", "", "长" * 300) for number in range(100))
    told = what_changed(RegisterChange("企业", "甲", Fate.REPLACED, cells))
    assert told.startswith("列0 （空） → 长长") and told.endswith("… 等 100 格") and len(told) < 700
    assert "列7" in told and "列8" not in told


def test_tables_whose_rows_were_not_remembered_are_named() -> None:
    files = tuple(
        FileChange(name, Fate.REPLACED) for name in ("cluster.yaml", "企业清单.xlsx", "规划.docx", "专利.csv")
    )
    assert tables_not_compared(Changes("small", "甲", files=files, registers_known=False)) == (
        "企业清单.xlsx",
        "专利.csv",
    )
    assert tables_not_compared(Changes("small", "甲", files=files)) == ()
