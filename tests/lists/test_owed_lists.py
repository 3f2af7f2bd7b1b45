"""Lists: which a form owes, and that their rows are exactly those that its figures count."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st

from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.cluster.model import Cluster, Entry
from generator.errors import DefinitionError
from generator.forms.asking import years_asked
from generator.forms.definition import Form, GroupRow
from generator.forms.filled import FilledForm
from generator.forms.grammar import checked, fields_of
from generator.forms.library import Library
from generator.forms.printing import print_derived
from generator.forms.resolve import resolve
from generator.indicators import TOTALS, Indicators, Roll, derive, total_behind
from generator.lists.definition import ListCatalogue, ListColumn, ListDefinition
from generator.lists.demands import rows_that_ask
from generator.lists.making import make_lists
from generator.lists.owed import owed_lists
from generator.lists.reading import check_lists, read_lists
from generator.lists.rows import MadeList, NoList
from generator.measure.fonts import FontLibrary
from tests.checks.mutations import FORMS
from tests.data.example import read_cluster
from tests.samples import cluster, decimal, entries, firm, form, given

LIBRARY = Library.standard()
CATALOGUE = read_catalogue(LIBRARY.field_folders())
LISTS = read_lists(LIBRARY)
FONTS = FontLibrary.bundled()
TICK = "√"


def resolved(definition: Form, data: Cluster) -> tuple[FilledForm, Indicators]:
    indicators = derive(data, years=years_asked(definition), form=definition.id)
    return resolve(definition, data, CATALOGUE, indicators, FONTS), indicators


@cache
def example(name: str) -> tuple[MadeList | NoList, ...]:
    filled, indicators = resolved(LIBRARY.form(name), read_cluster())
    return make_lists(filled, read_cluster(), indicators, CATALOGUE, LISTS)


def made(name: str) -> dict[str, MadeList]:
    return {one.title: one for one in example(name) if isinstance(one, MadeList)}


def small(*rows: dict[str, Any], lists: ListCatalogue = LISTS, **data: Any) -> dict[str, MadeList | NoList]:
    """The lists that a small form of `rows` owes, by title."""
    of = cluster(**data)
    filled, indicators = resolved(form(list(rows)), of)
    found = make_lists(filled, of, indicators, CATALOGUE, lists)
    return {one.owed.definition.title: one for one in found}


COUNT = {"label": "企业数量（需提供清单）", "by_year": "企业数量", "owes": ["清单"]}
OUTPUT = {"label": "产值（需提供清单）", "by_year": "集群总产值", "owes": ["清单"]}


# ── Rows are what was counted ──


@pytest.mark.parametrize("name", dict.fromkeys(total.name for total in TOTALS))
def test_the_entries_behind_a_total_come_to_what_is_derived(name: str) -> None:
    roll, indicators = Roll(read_cluster().registers), derive(read_cluster())
    for year in range(2020, 2025):
        found, derived = total_behind(name, roll, year), indicators.get((name, year))
        assert (found is None) == (derived is None)
        if found is None or derived is None:
            continue
        total, behind = found
        if total.column:
            numbers = [entry.numbers[total.column, year] for entry in behind]
            assert sum(numbers, Decimal(0)) / total.divisor == derived.value
        else:
            assert len(behind) == derived.value


@pytest.mark.parametrize("name", FORMS)
def test_every_list_of_the_example_is_made(name: str) -> None:
    assert [one.owed.definition.title for one in example(name) if isinstance(one, NoList)] == []


@pytest.mark.parametrize("name", FORMS)
def test_the_rows_of_every_list_are_as_many_as_the_form_prints_in_every_year(name: str) -> None:
    compared = 0
    for one in made(name).values():
        columns = {int(head.text[:4]): at for at, head in enumerate(one.heads) if head.text[:4].isdecimal()}
        for figure in one.owed.figures:
            alone = len(one.owed.figures) == 1
            for year, printed in figure.printed.items():
                number = Decimal(0) if printed == "无" else Decimal(printed)
                if figure.name in ("集群总产值", "集群营业收入"):
                    cells = [row[columns[year]] for row in one.rows]
                    assert sum((Decimal(cell) for cell in cells if cell), Decimal(0)) == number * 10000
                elif alone and columns:
                    assert sum(row[columns[year]] == TICK for row in one.rows) == number
                elif alone:
                    assert len(one.rows) == number
                compared += 1
    assert compared > 40


@pytest.mark.parametrize("name", FORMS)
def test_the_totals_below_a_list_are_what_the_form_prints(name: str) -> None:
    for one in made(name).values():
        lines = {line[label_of(one)]: line for line in one.totals}
        columns = {int(head.text[:4]): at for at, head in enumerate(one.heads) if head.text[:4].isdecimal()}
        for figure in one.owed.figures:
            for year, printed in figure.printed.items():
                at = columns.get(year, len(one.heads) - 1)
                assert lines[figure.label][at].rstrip(one.owed.definition.unit) == printed


def label_of(one: MadeList) -> int:
    return next(at for at, head in enumerate(one.heads) if head.align == "left")


@pytest.mark.parametrize("name", FORMS)
def test_where_several_figures_share_a_list_their_sum_is_its_rows(name: str) -> None:
    lists = made(name)
    shared = [one for title, one in lists.items() if "标准" in title or "平台清单" in title or "绿色" in title]
    assert shared
    for one in shared:
        year = one.owed.years[-1]
        columns = [at for at, head in enumerate(one.heads) if head.text.startswith(str(year))]
        rows = [row for row in one.rows if not columns or row[columns[0]] == TICK]
        printed = [figure.printed[year] for figure in one.owed.figures]
        assert len(rows) == sum(int(number) for number in printed if number != "无")


YEARS = st.integers(2019, 2026)
CHAMPIONS = {"label": "单项冠军（需提供清单）", "by_year": "单项冠军企业数量", "owes": ["清单"]}
FIRMS = st.fixed_dictionaries(
    {
        "small": st.booleans(),
        "leading": st.booleans(),
        "产值": st.dictionaries(st.sampled_from([2022, 2023, 2024]), st.decimals(0, 99999, places=2).map(str)),
    },
    optional=dict.fromkeys(
        (
            "加入年份",
            "退出年份",
            "成为大型企业年份",
            "国家级单项冠军起始年份",
            "省级单项冠军起始年份",
            "省级单项冠军截止时间",
        ),
        YEARS,
    ),
)


@settings(max_examples=60)
@given_(st.lists(FIRMS, min_size=1, max_size=8))
def test_whatever_the_register_says_a_list_holds_what_the_form_counts(drawn: list[dict[str, Any]]) -> None:
    register = tuple(firm(f"企业{number}", **each) for number, each in enumerate(drawn))
    lists = small(COUNT, OUTPUT, CHAMPIONS, registers={"企业": register})
    for one in lists.values():
        if isinstance(one, NoList):
            assert one.reason == ""
            continue
        for figure in one.owed.figures:
            for year, printed in figure.printed.items():
                at = next(at for at, head in enumerate(one.heads) if head.text.startswith(str(year)))
                line = next(line for line in one.totals if line[label_of(one)] == figure.label)
                cells = [row[at] for row in one.rows if row[at]]
                if figure.name == "集群总产值":
                    whole = sum((Decimal(cell) for cell in cells), Decimal(0)) / 10000
                    assert printed == (print_derived(whole) if cells else "") == line[at]
                elif figure.name != "中小企业数量":
                    assert line[at] == printed == str(len(cells))


# ── Which lists ──


@pytest.mark.parametrize("name", LIBRARY.ids())
def test_every_row_that_owes_a_list_has_one(name: str) -> None:
    definition = LIBRARY.form(name)
    filled, _ = resolved(definition, read_cluster())
    covered = {
        id(slot.slot.row) for one in owed_lists(filled, read_cluster(), LISTS) for f in one.figures for slot in f.slots
    }
    asking = {id(row) for part in definition.parts for row in part.rows if not isinstance(row, GroupRow)}
    assert set(rows_that_ask(definition)) & asking <= covered
    assert len(rows_that_ask(definition)) > 2


def test_the_notes_of_shanghai_ask_for_their_lists_in_their_own_words() -> None:
    clauses = {title: one.owed.clause for title, one in made("shanghai-2024").items()}
    assert (
        clauses["专精特新中小企业名单"] == "部分指标填报说明和要求6：专精特新中小企业数量：提供专精特新中小企业名单。"
    )
    assert clauses["应用数字化研发工具企业清单"].startswith("部分指标填报说明和要求15：")
    assert clauses["主持或参与制修订标准清单"] == "需提供清单"
    assert "境外分支机构清单" not in clauses and "试点示范项目清单" not in clauses
    assert "境外分支机构清单" in made("national-2025")


def test_the_declared_choice_decides_between_output_and_revenue() -> None:
    chosen = read_cluster().submissions["shanghai-2024"]
    revenue = {**chosen.values, "口径": given("营业收入")}
    data = read_cluster()
    other = type(data)(
        **{**vars(data), "submissions": {"shanghai-2024": type(chosen)(**{**vars(chosen), "values": revenue})}}
    )
    filled, indicators = resolved(LIBRARY.form("shanghai-2024"), other)
    titles = [one.owed.definition.title for one in make_lists(filled, other, indicators, CATALOGUE, LISTS)]
    assert "集群企业营业收入清单" in titles and "集群企业产值清单" not in titles


def test_rates_over_all_enterprises_list_them_all() -> None:
    data = read_cluster()
    values = {**data.values, "普及率分母": given("企业数量")}
    other = type(data)(**{**vars(data), "values": values})
    filled, indicators = resolved(LIBRARY.form("national-2025"), other)
    lists = {one.owed.definition.title: one for one in make_lists(filled, other, indicators, CATALOGUE, LISTS)}
    cloud, small_only = lists["上云企业清单"], made("national-2025")["上云企业清单"]
    assert isinstance(cloud, MadeList) and len(cloud.rows) > len(small_only.rows)
    assert {row[-1] for row in cloud.rows} == {"中小企业", ""}
    assert {row[-1] for row in small_only.rows} == {"中小企业"}


def test_a_form_that_asks_for_no_list_owes_none() -> None:
    assert small({"label": "企业数量", "by_year": "企业数量"}, registers={"企业": (firm("甲"),)}) == {}


# ── Cells ──


def test_an_enterprise_counts_in_its_own_years_only_and_its_amounts_with_it() -> None:
    firms = (
        firm("甲", 产值={2022: "100", 2023: "200", 2024: "300.5"}, 成为大型企业年份=2024),
        firm("乙", 退出年份=2024, 产值={2022: "50", 2023: "50", 2024: "999"}),
        firm("丙", 加入年份=2030, 产值={2022: "7"}),
    )
    lists = small(COUNT, OUTPUT, registers={"企业": firms})
    counted, output = lists["集群企业清单"], lists["集群企业产值清单"]
    assert isinstance(counted, MadeList) and isinstance(output, MadeList)
    assert [(row[1], row[3:]) for row in counted.rows] == [
        ("甲", (TICK, TICK, TICK, "中小企业（2022、2023年）")), ("乙", (TICK, TICK, "", "中小企业")),
    ]  # fmt: skip
    assert [row[1:5] for row in output.rows] == [("甲", "100", "200", "300.50"), ("乙", "50", "50", "")]
    assert output.totals[0][:5] == ("合计", "各企业合计（万元）", "150.00", "250.00", "300.50")


def test_a_title_got_after_the_last_year_is_not_told_yet() -> None:
    row = {"label": "单项冠军（需提供清单）", "by_year": "单项冠军企业数量", "owes": ["清单"]}
    firms = (firm("甲", 省级单项冠军起始年份=2021, 国家级单项冠军起始年份=2025),)
    found = small(row, registers={"企业": firms})["制造业单项冠军企业名单"]
    assert isinstance(found, MadeList)
    assert found.rows[0][3:5] == ("", "2021")


def test_the_words_of_a_level_are_those_of_the_form() -> None:
    levels = {row[2] for row in made("shanghai-2024")["创新平台清单"].rows}
    assert levels == {"国家级", "市级", "其他"}
    assert {row[2] for row in made("national-2024")["创新平台清单"].rows} == {"国家级", "省级", "其他"}


def test_rows_stand_in_the_order_of_the_list_then_of_the_register() -> None:
    row = {"label": "标准", "by_year": "当年主持国家标准数量", "owes": ["清单"]}
    international = {"label": "国际", "by_year": "当年参与国际标准数量", "owes": ["清单"]}

    def standard(name: str, level: str, side: str, year: str) -> Entry:
        return entries({"名称": name, "类别": level, "参与方式": side, "取得时间": year})[0]

    register = (
        standard("后", "国家", "主持", "2024"), standard("先", "国家", "主持", "2023"), standard("远", "国际", "参与", "2024"),
    )  # fmt: skip
    found = small(row, international, registers={"标准": register})["主持或参与制修订标准清单"]
    assert isinstance(found, MadeList)
    assert [line[1] for line in found.rows] == ["远", "先", "后"]


def test_patents_of_the_enterprises_are_listed_where_there_is_no_register_of_patents() -> None:
    row = {"label": "专利", "value": "有效发明专利拥有量", "after": "个（需提供清单）", "owes": ["清单"]}
    firms = (firm("甲", 有效发明专利={2024: "3"}), firm("乙", 有效发明专利={2024: "4"}))
    found = small(row, registers={"企业": firms})
    assert list(found) == ["有效发明专利清单（按企业）"]
    only = found["有效发明专利清单（按企业）"]
    assert isinstance(only, MadeList)
    assert [(line[0], line[-1]) for line in only.totals] == [("合计", "7")]
    assert only.summary == "7件"


# ── No list ──


def test_nothing_to_list_needs_no_list_and_no_reason() -> None:
    row = {"label": "联盟（需提供清单）", "name": "联盟", "names": "产业联盟", "owes": ["清单"]}
    found = small(row, registers={"产业联盟": ()})["产业联盟清单"]
    assert isinstance(found, NoList) and found.reason == ""


@pytest.mark.parametrize(
    ("figure", "reason"),
    [("3", "2024年是 3，“企业”名录合计是 1"), ("1", ""), ("无", "2024年是 无，“企业”名录合计是 1")],
)
def test_a_list_that_would_contradict_the_form_is_not_made(figure: str, reason: str) -> None:
    value = given(figure) if figure == "无" else decimal(figure)
    found = small(COUNT, registers={"企业": (firm("甲"),)}, actuals={("企业数量", 2024): value})["集群企业清单"]
    if reason:
        assert isinstance(found, NoList) and reason in found.reason
    else:
        assert isinstance(found, MadeList)


def test_figures_given_by_hand_without_a_register_leave_no_list_and_say_so() -> None:
    actuals = {("企业数量", year): decimal("3") for year in (2022, 2023, 2024)}
    found = small(COUNT, actuals=actuals)["集群企业清单"]
    assert isinstance(found, NoList) and "“企业”名录里没有" in found.reason


# ── Definitions ──


def test_the_lists_of_the_package_speak_of_known_names() -> None:
    check_lists(LISTS, CATALOGUE)
    assert len(LISTS.lists) > 20


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"register": "没有的名录"}, "没有的名录"),
        ({"columns": [{"head": "名称", "width": 9, "column": "没有的列"}]}, "没有的列"),
        ({"figures": ["没有的数"]}, "没有的数"),
        ({"columns": [{"head": "名称", "width": 9, "column": "名称", "number": True}]}, "只能写其中一样"),
        ({"columns": [{"head": "年", "width": 9, "years": "mark"}]}, "$year"),
    ],
)
def test_a_wrong_list_is_told_in_words(changed: dict[str, Any], told: str, tmp_path: Path) -> None:
    one = {
        "title": "清单",
        "register": "企业",
        "unit": "家",
        "columns": [{"head": "名称", "width": 9, "column": "名称"}],
    }
    (tmp_path / "lists").mkdir()
    text = yaml.safe_dump({"lists": [{**one, **changed}]}, allow_unicode=True)
    (tmp_path / "lists" / "lists.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=told.replace("$", r"\$")):
        check_lists(read_lists(Library((tmp_path,))), CATALOGUE)


def test_a_library_without_lists_owes_none() -> None:
    assert read_lists(Library(())) == ListCatalogue()
    assert isinstance(CATALOGUE, Catalogue)


def test_the_list_of_the_documentation_follows_the_grammar() -> None:
    page = (Path(__file__).parents[2] / "docs" / "papers.md").read_text("utf-8")
    examples = re.findall(r"```yaml list\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 1
    lists = checked(ListCatalogue, yaml.safe_load(examples[0]))
    check_lists(lists, CATALOGUE)
    keys = {key for kind in (ListCatalogue, ListDefinition, ListColumn) for key in fields_of(kind)}
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", page)) == []
