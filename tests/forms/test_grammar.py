"""What a definition may say, and what somebody who gets it wrong is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cluster.catalogue import read_catalogue
from generator.errors import DefinitionError
from generator.forms.arrange import arrange
from generator.forms.arrangement import SlotKind
from generator.forms.definition import BoxesRow, OtherGiven, PlanTable
from generator.forms.library import Library
from generator.forms.reading import form_from, read_form
from generator.forms.verifying.paper import printed_texts
from generator.forms.vocabulary import check_names
from generator.resources import templates_folder
from tests.samples import form

FORMS = Library.standard().ids()
EITHER = {"口径": {"产值": "集群总产值", "营业收入": "集群营业收入"}}


def definition(identifier: str = "national-2025") -> Any:
    return yaml.safe_load((templates_folder() / "forms" / f"{identifier}.yaml").read_text(encoding="utf-8"))


def told(change: Callable[[Any], None]) -> str:
    """What is said of national-2025 after `change`."""
    data = definition()
    change(data)
    with pytest.raises(DefinitionError) as caught:
        form_from(data, "national-2025.yaml")
    return str(caught.value)


def row(data: Any, part: int, number: int) -> Any:
    return data["parts"][part]["rows"][number]


# ── what is wrong, in words ──


def test_a_misspelt_key_is_named_with_its_row_and_the_nearest_key() -> None:
    def change(data: Any) -> None:
        row(data, 1, 1)["by_yaer"] = row(data, 1, 1).pop("by_year")

    message = told(change)
    assert "二、主导产业情况 › 集群总产值（亿元）：不认识的“by_yaer”，是不是“by_year”？" in message
    assert "缺少" not in message


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.pop("title"), "整份定义：缺少 title"),
        (lambda data: row(data, 0, 6).pop("name"), "“主导产业所属产业类型”这一行需要 name"),
        (lambda data: row(data, 0, 6)["boxes"][1].pop("when"), "选项“第二产业”需要 when，写明什么情况下勾选"),
        (lambda data: row(data, 0, 6).update(choose="some"), "choose：不能写 “some”；可用 one、many"),
        (lambda data: row(data, 0, 6).update(per_line="三"), "per_line：应当是整数，现在是 “三”"),
        (lambda data: row(data, 0, 6).update(boxes="第一产业"), "boxes：应当是列表"),
        (lambda data: row(data, 1, 20).update(limit=None), "limit：应当是整数，现在是 空白"),
        (lambda data: row(data, 0, 5).update(footnote="说明"), "“集群占地面积（平方公里）”的脚注号 [^] 与 footnote 要成对"),
        (lambda data: row(data, 0, 5).update(label="面积[^]"), "“面积[^]”的脚注号 [^] 与 footnote 要成对"),
        (lambda data: row(data, 0, 5).update(label=12), "label：应当是文字，现在是 “12”"),
        (lambda data: data["parts"][7]["plan"]["body"][1].update(level=4), "一、集群基本情况简介 › level：不能写 “4”；可用 1、2、3"),
        (lambda data: data["years"].update(data=[]), "years › data：至少要有一项"),
        (lambda data: data["years"].update(base="今年"), "years › base：应当是整数，现在是 “今年”"),
        (lambda data: data["instructions"]["items"].append("截止到$bsae年"), "items第12条：不认识的年份“$bsae”"),
        (lambda data: data.pop("years"), "缺少 years"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_words(change: Callable[[Any], None], expected: str) -> None:
    assert expected in told(change)


def test_a_mistake_in_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    text = (templates_folder() / "forms" / "national-2025.yaml").read_text(encoding="utf-8")
    line = next(n for n, line in enumerate(text.splitlines(), start=1) if "by_year: 集群总产值}" in line)
    file = tmp_path / "own.yaml"
    file.write_text(text.replace("by_year: 集群总产值}", "by_yaer: 集群总产值}"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=f"own.yaml 不合文法：\n第{line}行，二、主导产业情况"):
        read_form(file)


@pytest.mark.parametrize("text", ["parts: [", "years: {data: [2024]\nparts: x", "a: b: c", "\tx: 1"])
def test_a_file_that_is_no_yaml_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"own.yaml 读不出来：第\d+行第\d+列附近") as caught:
        read_form(file)
    assert caught.value.advice


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_bytes("title: 申报表".encode("gb18030"))
    with pytest.raises(DefinitionError, match="读不出来"):
        read_form(file)


def test_rows_that_do_not_fit_the_columns_are_told() -> None:
    narrow = form([{"label": "年度", "years": "data"}], columns=(70, 30, 30))
    with pytest.raises(DefinitionError, match="列数与数据年度数不合"):
        arrange(narrow)


def test_two_rows_of_one_name_are_told() -> None:
    twice = form([{"label": "甲", "value": "占地面积"}, {"label": "乙", "value": "占地面积"}])
    with pytest.raises(DefinitionError, match="与前面某栏重名"):
        arrange(twice)


# ── what a definition may say ──


def test_a_row_by_what_is_declared_is_named_by_its_row() -> None:
    (first, *_) = arrange(form([{"label": "产值/营业收入", "name": "总量", "by_year": EITHER}])).slots()
    assert (first.key, first.tag, first.source) == ("一_总量_y2022", "总量.y2022", "口径")
    assert first.choice is not None and first.choice.sources["营业收入"] == "集群营业收入"


def test_a_row_by_what_is_declared_needs_a_name() -> None:
    with pytest.raises(DefinitionError, match="“产值/营业收入”这一行需要 name"):
        form([{"label": "产值/营业收入", "by_year": EITHER}])


def test_the_other_box_is_ticked_by_the_text_given_under_the_name_of_its_row() -> None:
    tiny = form([{"label": "工作", "name": "工作", "boxes": [{"text": "其他", "other": True}]}])
    (boxes,) = tiny.parts[0].rows
    assert isinstance(boxes, BoxesRow)
    assert boxes.boxes[0].when == OtherGiven(other="工作")


def test_a_mark_behind_the_hint_stays_behind_the_label() -> None:
    hinted = form(
        [{"label": "名称：", "hint": "（XX产业）[^]", "value": "占地面积", "footnote": "突出特色；"}], columns=(70, 90)
    )
    label = arrange(hinted).parts[0].grid.rows[0].cells[0].paragraphs  # type: ignore[union-attr]
    assert len(label) == 1
    name, hint, mark = label[0].pieces
    assert (name.text, mark.footnote) == ("名称：", "突出特色；")
    assert hint.slot is not None and (hint.slot.kind, hint.slot.text) == (SlotKind.HINT, "（XX产业）")


@pytest.mark.parametrize("identifier", FORMS)
def test_a_form_is_rolled_forward_by_its_years_alone(identifier: str) -> None:
    data = definition(identifier)
    data["years"] = later(data["years"])
    rolled = form_from(data, identifier)
    now = Library.standard().form(identifier)
    known = sorted({year for texts in _years(definition(identifier)["years"]) for year in [texts]}, reverse=True)
    expected = printed_texts(now)
    for year in known:
        expected = [text.replace(f"{year}年", f"{year + 1}年") for text in expected]
    assert printed_texts(rolled) == expected
    assert _plan_years(rolled) == [
        (base + 1, *(year and year + 1 for year in years)) for base, *years in _plan_years(now)
    ]


def later(years: Any) -> Any:
    """`years` of a definition, each a year on."""
    match years:
        case dict():
            return {key: later(value) for key, value in years.items()}
        case list():
            return [later(year) for year in years]
        case _:
            return years + 1


def _years(years: Any) -> list[int]:
    match years:
        case dict():
            return [year for value in years.values() for year in _years(value)]
        case list():
            return [year for value in years for year in _years(value)]
        case _:
            return [years]


def _plan_years(of: Any) -> list[tuple[int, ...]]:
    plans = [block for part in of.parts if part.plan for block in part.plan.body if isinstance(block, PlanTable)]
    return [(plan.plan, *(column.year for column in plan.columns)) for plan in plans]


# ── names of the catalogue ──


@pytest.mark.parametrize("identifier", FORMS)
def test_every_form_speaks_of_what_the_catalogue_knows(identifier: str) -> None:
    library = Library.standard()
    check_names(library.form(identifier), read_catalogue(library.field_folders()))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"label": "产值", "by_year": "集群产值"}, "没有“集群产值”这个字段，是不是“集群总产值”？"),
        ({"label": "面积", "by_year": "占地面积"}, "字段“占地面积”不按年填写"),
        ({"label": "总量", "name": "总量", "by_year": {"口径": {"产出": "集群总产值"}}}, "没有“产出”这个“口径”的选项"),
        ({"label": "平台", "name": "平台", "names": "创新平台", "where": {"级别": "市级"}}, "没有“市级”这个“级别”的选项"),
        ({"label": "平台", "name": "平台", "names": "创新平台", "where": {"等级": "省级"}}, "没有“等级”这个名录“创新平台”的列"),
        ({"label": "平台", "name": "平台", "count": "平台"}, "没有“平台”这个名录"),
        ({"label": "能耗", "down": "单位产值能耗", "formula": "公式"}, "没有“公式”这个字段"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_in_the_catalogue_is_told(row: Any, expected: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        check_names(form([row], sublabel=1), read_catalogue(Library.standard().field_folders()))
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("绘制图谱", "没有“绘制图谱”这个工作事实"),
        ({"any": ["绘制产业链图谱", {"not": "绘制图"}]}, "没有“绘制图”这个工作事实"),
        ({"all": [{"field": "产业类型", "is": ["第四产业"]}]}, "没有“第四产业”这个“产业类型”的选项"),
        ({"event": ["安全"]}, "没有“安全”这个事件"),
        ({"event": ["安全事故"], "grade": ["严重"]}, "没有“严重”这个“安全事故”的等级"),
        ({"register": "创新平台", "where": {"级别": "区级"}}, "没有“区级”这个“级别”的选项"),
    ],
)
def test_a_condition_on_something_unknown_is_told(when: Any, expected: str) -> None:
    boxes = {"label": "工作", "name": "工作", "boxes": [{"text": "甲", "when": when}]}
    with pytest.raises(DefinitionError) as caught:
        check_names(form([boxes]), read_catalogue(Library.standard().field_folders()))
    assert expected in str(caught.value)
