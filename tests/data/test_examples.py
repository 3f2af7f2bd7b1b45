"""The complete example: whole, in the words of the catalogue, and of the length that each form allows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from pypdf import PdfReader

from tests.data import example
from tests.data.example import (
    DATA_YEARS,
    DERIVED,
    FOLDER,
    OF_ALL_ENTERPRISES,
    PLANS,
    catalogue,
    characters,
    cluster,
    names,
    plan,
    prose,
    read_cluster,
    register_figures,
)

YEARS = {str(year) for year in range(2020, 2025)}
FORMS = sorted(DATA_YEARS)
SECTIONS = {
    "说明", "地区", "产业", "成立时间", "主管部门", "运营管理机构", "概况", "实绩",
    "叙述", "工作", "事件", "名录", "规划", "申报", "佐证材料",
}  # fmt: skip
IN_THE_WORKBOOK = {"企业", "标准", "专利"}
DIRECTIONS = ["主导产业", "创新", "数字化", "绿色化", "开放合作", "治理和服务", "其它"]
PRINTED_INDICATORS = {
    "近三年集群产值年均增速", "优质中小企业数量", "研发经费投入", "有效发明专利数量",
    "工业互联网普及率", "二氧化碳排放量", "单位工业产值能耗",
}  # fmt: skip
HEADINGS = {
    "national-2025": "一、集群基本情况简介 二、发展成效 三、存在的问题 （一）总体思路 （1）2025年度 （2）2026年度 "
    "（3）2027年度 （一）重点任务 （二）保障措施",
    "national-2024": "一、集群基本情况简介 二、发展成效 三、存在的问题 （一）总体思路 （1）2024年度 （2）2025年度 "
    "（3）2026年度 （三）重点任务 （四）保障措施",
    "shanghai-2024": "一、集群基本情况简介 二、发展成效 三、存在的问题 （一）总体思路 （三）重点任务 （四）保障措施",
    "rereview-2025": "一、集群基本情况简介 二、培育工作 三、发展成效 （一）总体思路 （1）2025年度 （2）2026年度 "
    "（3）2027年度 （一）重点任务 （二）保障措施",
}


def by_year() -> set[str]:
    return {item["name"] for item in catalogue()["fields"] if item.get("by_year") == "true"} - OF_ALL_ENTERPRISES


def test_it_says_that_it_is_invented() -> None:
    assert "虚构" in cluster()["说明"]


def test_it_holds_the_known_sections_and_no_others() -> None:
    assert set(cluster()) == SECTIONS


def test_every_field_by_year_that_no_formula_gives_stands_for_every_year() -> None:
    actuals, registered = cluster()["实绩"], register_figures()
    assert set(actuals) | set(registered) == by_year() - DERIVED
    assert all(set(figures) == YEARS for figures in registered.values())
    assert all(set(figures) == YEARS for name, figures in actuals.items() if name not in registered)


def test_a_figure_that_the_registers_give_is_given_by_hand_only_to_say_that_there_is_none() -> None:
    actuals = cluster()["实绩"]
    assert {text for name in actuals if name in register_figures() for text in actuals[name].values()} == {"无"}


def test_every_field_that_formulas_give_is_known_to_the_catalogue() -> None:
    assert by_year() >= DERIVED


def test_every_other_field_is_given_in_its_place() -> None:
    for field in catalogue()["fields"]:
        if field.get("by_year") or field.get("submission") or field["name"] in {"市", "集群全称", "普及率分母"}:
            continue
        home = "叙述" if field["kind"] == "narrative" else "概况"
        place = cluster()
        for key in field.get("at", [home, field["name"]]):
            place = place[key]
        assert place, field["name"]
        if "choices" in field:
            assert place in field["choices"], field["name"]


def test_nothing_is_given_that_the_catalogue_does_not_know() -> None:
    assert set(cluster()["概况"]) | set(cluster()["叙述"]) <= names("fields")
    assert set(cluster()["工作"]) <= names("facts")
    assert set(cluster()["名录"]) == names("registers") - IN_THE_WORKBOOK
    assert set(read_cluster().registers) == names("registers")
    assert max(Counter(cluster()["工作"]).values()) == 1


def test_a_few_facts_are_left_unticked() -> None:
    assert names("facts") - set(cluster()["工作"]) == {
        "集中采销", "获得集体商标或地理标志", "推广绿色制造解决方案", "承办国际会议",
    }  # fmt: skip


def test_registers_fill_their_columns_and_reach_every_level() -> None:
    for register in (each for each in catalogue()["registers"] if each["name"] not in IN_THE_WORKBOOK):
        entries = cluster()["名录"][register["name"]]
        columns = {column["name"]: column for column in register["columns"]}
        assert len({entry["名称"] for entry in entries}) == len(entries)
        for entry in entries:
            assert set(entry) == set(columns)
            assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", entry["取得时间"])
        if "级别" in columns:
            assert {entry["级别"] for entry in entries} == set(columns["级别"]["choices"])
            assert {entry["级别"] for entry in entries if entry["取得时间"] < "2024"} == set(columns["级别"]["choices"])


def test_amounts_have_two_decimals_and_counts_none() -> None:
    kinds = {item["name"]: item["kind"] for item in catalogue()["fields"]}
    for field, figures in {**register_figures(), **cluster()["实绩"]}.items():
        shape = r"\d+" if kinds[field] == "count" else r"\d+\.\d\d"
        assert all(text == "无" or re.fullmatch(shape, text) for text in figures.values()), field


def test_fractions_in_plans_have_two_decimals() -> None:
    for base_year in (2022, 2023, 2024):
        for target in plan(base_year):
            for text in [*target.get("值", {}).values(), *target.get("完成", {}).values()]:
                assert re.fullmatch(r"\d+(\.\d\d)?", text), target


@pytest.mark.parametrize("form", FORMS)
def test_the_plan_has_exactly_the_headings_of_the_form(form: str) -> None:
    assert list(cluster()["申报"][form]["规划正文"]) == HEADINGS[form].split()


@pytest.mark.parametrize("form", FORMS)
def test_the_plan_and_its_tables_come_near_the_limit_and_stay_below(form: str) -> None:
    shown = {"shanghai-2024": 3}.get(form, 1)
    total = characters(prose(form))
    for base_year in PLANS[form]:
        for target in plan(base_year):
            text = target.get("文字", "")
            texts = list(text.values())[-shown:] if isinstance(text, dict) else [text] * shown
            cells = [target.get("基准文字", ""), *texts, target.get("完成文字", "")]
            if target["指标"] not in PRINTED_INDICATORS | {"定性描述"}:
                cells.append(target["指标"])
            if "值" in target:
                columns = 1 + shown + ("完成" in target)
                cells += ["9" + target["单位"]] * columns
            total += sum(characters(cell) for cell in cells)
    low, high = (1800, 1950) if form == "shanghai-2024" else (2700, 2950)
    assert low <= total <= high


def test_narratives_come_near_their_limits_and_stay_below() -> None:
    for name, text in cluster()["叙述"].items():
        low, high = (280, 300) if name == "集群简介" else (180, 200)
        assert low <= characters(text) <= high, name


def test_counting_takes_a_mark_as_one_and_a_run_of_digits_or_letters_as_one() -> None:
    assert characters("产值147.21亿元，增长14.17%。") == 10
    assert characters("PCT专利 30件\n") == 5


def test_no_sentence_stands_in_two_texts() -> None:
    texts = {form: prose(form) for form in FORMS} | cluster()["叙述"]
    sentences = {
        name: {s.strip() for s in re.split(r"[。；\n]", text) if len(s.strip()) >= 16} for name, text in texts.items()
    }
    for one, other in combinations(texts, 2):
        assert not sentences[one] & sentences[other], (one, other)


def test_plans_cover_every_direction_and_the_printed_indicators() -> None:
    for base_year in (2022, 2023, 2024):
        targets = plan(base_year)
        assert list(dict.fromkeys(target["方向"] for target in targets)) == DIRECTIONS
        assert {target["指标"] for target in targets} >= PRINTED_INDICATORS
        for target in targets:
            if target["指标"] == "定性描述":
                assert target["文字"] and target["基准文字"]
                if base_year == 2023:
                    assert len(set(target["文字"].values())) == len(["2024", "2025", "2026"])
            else:
                assert target["依据"] in names("fields")
                assert sorted(target["值"]) == [str(base_year + n) for n in (1, 2, 3)]
            if base_year == 2022:
                assert "完成文字" in target or set(target["完成"]) == {"2025"}


def test_submissions_name_their_dates_and_shanghai_its_measure() -> None:
    dates = {form: submission["申报时间"] for form, submission in cluster()["申报"].items()}
    assert set(dates) == set(FORMS)
    assert all(re.fullmatch(r"202[45]-0[56]-\d\d", date) for date in dates.values())
    assert cluster()["申报"]["shanghai-2024"]["口径"] == "产值"


def test_telephones_are_of_the_reserved_form() -> None:
    for office in ("主管部门", "运营管理机构"):
        assert re.fullmatch(r"021-5555\d{4}", cluster()[office]["联系方式"])


def test_every_fact_and_register_is_proved_and_proofs_name_only_known_things() -> None:
    proved = [name for item in cluster()["佐证材料"] for name in item["证明"]]
    assert max(Counter(proved).values()) == 1
    assert set(proved) <= names("facts") | names("registers") | names("fields") | names("others")
    assert set(proved) >= set(cluster()["工作"]) | set(cluster()["名录"])
    assert set(proved) & names("facts") == set(cluster()["工作"])


def test_every_evidence_file_is_small_invented_and_says_so() -> None:
    files = [file for item in cluster()["佐证材料"] for file in item["文件"]]
    assert sorted(files) == sorted(f"佐证材料/{path.name}" for path in (FOLDER / "佐证材料").iterdir())
    for file in files:
        assert (FOLDER / file).stat().st_size <= 42 * 1024, file
        pages = PdfReader(FOLDER / file).pages
        assert 1 <= len(pages) <= 3
        assert all("虚构示例" in page.extract_text() for page in pages), file


def test_no_text_holds_a_character_that_an_office_cannot_print() -> None:
    for text in example.scalars(cluster()):
        text.encode("gbk")
