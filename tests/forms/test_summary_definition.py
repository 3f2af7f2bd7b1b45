"""Definitions of summary tables: what they may say, what is refused, how the years move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.cluster.catalogue import read_catalogue
from generator.errors import DefinitionError, UsageError
from generator.forms.definition_summary import Summary
from generator.forms.library import Library
from generator.forms.reading import summary_from
from generator.forms.vocabulary import check_summary_names

LIBRARY = Library.standard()


def definition(**parts: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "id": "tiny",
        "title": "$edition年度小汇总表",
        "edition": 2024,
        "years": {"data": [2022, 2023], "base": 2023},
        "heading": {"official": "市级", "words": {"市级": "市局：{单位}（盖章）"}},
        "columns": [{"text": "序号", "width": 10, "number": True}, {"text": "产业", "width": 40, "value": "产业"}],
    }
    return {**whole, **parts}


def read(**parts: Any) -> Summary:
    return summary_from(definition(**parts), "tiny.yaml")


def column(**parts: Any) -> list[dict[str, Any]]:
    return [{"text": "简介", "width": 50, "narrative": "集群简介", **parts}]


def test_the_official_table_has_the_seven_columns_in_order() -> None:
    summary = LIBRARY.summary("summary-2024")
    assert [column.text for column in summary.columns] == [
        "序号",
        "集群名称",
        "集群运营管理机构",
        "所在省、市、县（区）",
        "主导产业",
        "集群成立时间",
        "集群简介（300字以内）",
    ]
    assert summary.heading.official == "市级"
    check_summary_names(summary, read_catalogue(LIBRARY.field_folders()))


def test_every_year_moves_with_the_edition() -> None:
    summary = summary_from(definition(columns=column(hint="$base年，$data1年")), "tiny.yaml", 2030)
    assert (summary.title, summary.edition) == ("2030年度小汇总表", 2030)
    assert (summary.years.data, summary.years.base) == ((2028, 2029), 2029)
    assert summary.columns[0].hint == "2029年，2028年"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"columns": column(value="产业")}, "在 number、value、narrative 里写一个"),
        ({"columns": [{"text": "空列", "width": 10}]}, "在 number、value、narrative 里写一个"),
        ({"columns": column(width=0)}, "要大于0"),
        ({"columns": column(width=300)}, "纸上只有 277 毫米"),
        ({"columns": column(width=200), "orientation": "portrait"}, "纸上只有 190 毫米"),
        ({"columns": column() + column()}, "名称相同：“简介”"),
        ({"columns": []}, "至少要有一项"),
        ({"columns": column(hintt="提示")}, "是不是“hint”？"),
        ({"heading": {"official": "省级", "words": {"市级": "市局"}}}, "“省级”不在 words 之中"),
        ({"heading": {"official": "市级", "words": {"市级": "{单味}"}}}, "不认识的空“{单味}”"),
        ({"lines": ["电话：{电话}"]}, "不认识的空“{电话}”"),
        ({"orders": {"乱": {}}}, "在 together、figure 里写一个"),
        ({"orientation": "across"}, "landscape"),
        ({"title": "$editon年度"}, "不认识的年份“$editon”"),
        ({"years": {"data": []}}, "years"),
        ({"edition": "今年"}, "edition"),
    ],
)
def test_what_the_grammar_does_not_know_is_refused_in_words(parts: dict[str, Any], told: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(**parts)
    assert told in str(caught.value)
    assert "tiny.yaml" in str(caught.value)


def test_a_definition_without_years_is_refused() -> None:
    with pytest.raises(DefinitionError, match="缺少 years"):
        summary_from({"id": "tiny"}, "tiny.yaml")


def test_a_field_that_no_catalogue_knows_is_refused_with_the_nearest() -> None:
    catalogue = read_catalogue(LIBRARY.field_folders())
    for parts in (
        {"columns": [{"text": "时间", "width": 20, "value": "成立时问"}]},
        {"figures": [{"text": "产值", "of": ["成立时问"]}]},
        {"orders": {"时间": {"figure": "成立时问"}}},
        {"orders": {"时间": {"together": ["成立时问"]}}},
    ):
        with pytest.raises(DefinitionError, match="是不是“成立时间”"):
            check_summary_names(read(**parts), catalogue)


def test_the_line_of_a_mistake_is_told(tmp_path: Path) -> None:
    (tmp_path / "summaries").mkdir()
    standard = (LIBRARY.folders[-1] / "summaries" / "summary-2024.yaml").read_text(encoding="utf-8")
    wrong = standard.replace("number: true", "nubmer: true")
    (tmp_path / "summaries" / "summary-2024.yaml").write_text(wrong, encoding="utf-8")
    line = 1 + wrong[: wrong.index("nubmer")].count("\n")
    with pytest.raises(DefinitionError, match=f"第{line}行"):
        Library.standard([tmp_path]).summary("summary-2024")


def test_a_summary_table_is_no_form_and_a_form_no_summary_table() -> None:
    assert LIBRARY.summary_ids() == ("summary-2024",)
    assert "summary-2024" not in LIBRARY.ids()
    with pytest.raises(UsageError) as caught:
        LIBRARY.form("summary-2024")
    assert "shenbao summary" in caught.value.advice
    with pytest.raises(UsageError, match="没有“national-2025”这个汇总表"):
        LIBRARY.summary("national-2025")
