"""For every rule a cluster that has its fault, and one that is as near to it as can be and has not."""

from __future__ import annotations

from typing import Any

from generator.checks.plausibility import Plausibility
from generator.checks.reading import References
from generator.checks.standard_definition import Standard
from generator.cluster.catalogue import Kind
from generator.cluster.model import Event
from generator.forms.grammar import checked
from generator.lists.definition import ListCatalogue
from tests.samples import (
    HERE,
    catalogue,
    decimal,
    entries,
    evidence,
    facts,
    firm,
    given,
    plan,
    submission,
    target,
)

KINDS = catalogue(产值=Kind.AMOUNT, 能耗=Kind.AMOUNT)
MANY: dict[str, Any] = {
    "label": "工作",
    "name": "工作",
    "boxes": [{"text": "绘制图谱", "when": "绘制图谱"}, {"text": "开展诊断", "when": "开展诊断"}],
    "after": "（注：勾选需提供佐证材料）",
    "owes": ["佐证材料"],
}
ONE: dict[str, Any] = {
    "label": "类型",
    "name": "类型",
    "choose": "one",
    "boxes": [{"text": "甲", "when": "甲类"}, {"text": "乙", "when": "乙类"}],
}
ACCIDENT: dict[str, Any] = {
    "label": "事故",
    "name": "事故",
    "choose": "one",
    "boxes": [
        {"text": "是", "owes": ["情况说明"], "when": {"event": ["安全事故"]}},
        {"text": "否", "when": {"not": {"event": ["安全事故"]}}},
    ],
}
NAMES: dict[str, Any] = {"label": "平台", "name": "平台", "names": "创新平台", "owes": ["佐证材料"]}
DOWN: dict[str, Any] = {
    "label": "能耗",
    "down": "能耗",
    "note": "（注：需提供计算公式）",
    "owes": ["计算公式"],
    "formula": "公式",
}
PLAN: dict[str, Any] = {
    "limit": 10,
    "body": [
        {"prose": "总体思路", "heading": "总体思路"},
        {
            "table": "目标表",
            "plan": "$base",
            "columns": [
                {"text": "方向", "width": 30},
                {"text": "指标", "width": 50},
                {"text": "值", "width": 40, "shows": "base"},
            ],
            "rows": [{"direction": "创新", "indicators": ["专利"]}],
        },
    ],
}
REACHED: dict[str, Any] = {
    "limit": 10,
    "body": [
        {"prose": "总体思路", "heading": "总体思路"},
        {
            "table": "完成情况",
            "plan": "$base",
            "columns": [
                {"text": "方向", "width": 30},
                {"text": "指标", "width": 50},
                {"text": "2025年完成值", "width": 40, "shows": "done", "year": 2025},
            ],
            "rows": [{"direction": "创新", "indicators": ["专利"]}],
        },
    ],
}
TARGET = plan(2024, target("创新", "专利", base=given(1)))
PROSE = submission(prose={"总体思路": given("以创新为主线")})
ENERGY = {("能耗", 2022): decimal("1.20"), ("能耗", 2023): decimal("1.10"), ("能耗", 2024): decimal("1.00")}
PLATFORM = {"创新平台": entries({"名称": "甲中心"})}


def accident(statement: str) -> dict[str, Any]:
    return {"events": (Event("安全事故", "2023-05", HERE, "一般", statement),)}


GRAVE: dict[str, Any] = {
    "label": "事故",
    "name": "事故",
    "choose": "one",
    "boxes": [{"text": "是", "owes": ["情况说明"], "when": {"event": ["安全事故"], "grade": ["重大"]}}],
}
GRAVE_EVENTS = (
    Event("安全事故", "2023-05", HERE, "重大", "已整改，见附件"),
    Event("安全事故", "2023-06", HERE, "一般"),
    Event("安全事故", "2023-07", HERE),
    Event("安全事故", "2019-05", HERE, "重大"),
)

TEXT: dict[str, Any] = {"label": "名称", "value": "名称"}
NARRATIVE: dict[str, Any] = {"label": "情况（200字以内）", "narrative": "情况", "limit": 200}

LISTED: dict[str, Any] = {"label": "企业数量（需提供清单）", "by_year": "企业数量", "owes": ["清单"]}
COUNTED = {("企业数量", year): given(3) for year in (2022, 2023, 2024)}
ONE_FIRM = {"企业": (firm("甲", 产值={2022: "12345.6", 2023: "12345.6", 2024: "12345.6"}),)}
LISTS = References(
    lists=checked(
        ListCatalogue,
        {
            "lists": [
                {
                    "title": f"{figure}清单",
                    "register": "企业",
                    "unit": "家",
                    "figures": [figure],
                    "columns": [{"head": "名称", "width": 60, "column": "名称"}],
                }
                for figure in ("企业数量", "集群总产值")
            ]
        },
    )
)

ROWS = References(
    plausibility=checked(
        Plausibility,
        {
            "rows": {
                "register": "企业",
                "parts": [{"part": "研发人员", "whole": "从业人员"}],
                "alike": ["产值", "营业收入"],
                "moving": ["产值"],
                "per_head": [{"amount": "产值", "heads": "从业人员", "most": 10000}],
                "large": [
                    {
                        "column": "是否中小企业",
                        "heads": "从业人员",
                        "least_heads": 1000,
                        "amount": "营业收入",
                        "least_amount": 40000,
                        "clause": "划型标准",
                    }
                ],
            }
        },
    )
)


NUMBERS = References(
    plausibility=checked(
        Plausibility,
        {
            "numbers": [
                {
                    "register": "标准",
                    "column": "标准编号",
                    "tells": "类别",
                    "dated": "取得时间",
                    "begins": {"GB": "国家", "T": "团体"},
                }
            ]
        },
    )
)


def firms(**columns: tuple[str, ...]) -> dict[str, Any]:
    """Three enterprises and their numbers, one for each in every column: of the year behind its name, else of 2024."""
    numbers = {
        (name.rstrip("0123"), int(name[-4:]) if name[-1].isdecimal() else 2024): own for name, own in columns.items()
    }

    def of(at: int) -> dict[str, Any]:
        names = dict.fromkeys(name for name, _ in numbers)
        return {name: {year: own[at] for (each, year), own in numbers.items() if each == name} for name in names}

    return {"企业": tuple(firm(name, **of(at)) for at, name in enumerate("甲乙丙"))}


OUTPUT: dict[str, Any] = {"label": "产值", "by_year": "集群总产值"}
FIRMS: dict[str, Any] = {"label": "企业", "by_year": "企业数量"}
TWO_FIRMS = {"企业": (firm("甲", 产值={2023: "12345.6", 2024: "10000"}), firm("乙", 产值={2023: "0"}))}
PATENTS: dict[str, Any] = {"label": "专利", "by_year": "有效发明专利拥有量"}


def patents(held: str) -> dict[str, Any]:
    """One enterprise that says how many patents it holds, and a register of two."""
    owned = [{"名称": name, "类型": "发明专利", "企业名称": "甲", "取得时间": "2020-01"} for name in ("一", "二")]
    return {"企业": (firm("甲", 有效发明专利=dict.fromkeys((2022, 2023, 2024), held)),), "专利": entries(*owned)}


TOTALS = {("集群总产值", year): decimal("1.00") for year in (2022, 2024)}
LINES = References(
    checked(
        Standard,
        {
            "id": "小标准",
            "title": "小标准",
            "demand": "须满足以下指标",
            "criteria": [
                {
                    "id": "产值",
                    "aspect": "一",
                    "clause": "产值40亿元以上",
                    "measures": [{"field": "产值", "wording": "以上", "value": 40}],
                }
            ],
        },
    )
)

CASES: list[tuple[str, dict[str, Any] | None, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("C101", TEXT, {}, {"values": {"名称": given("甲")}}, {}),
    ("C101", TEXT, {}, {"values": {"名称": given("无")}}, {}),
    ("C102", ONE, {"facts": {}}, {"facts": facts("甲类")}, {}),
    ("C103", ONE, {"facts": facts("甲类", "乙类")}, {"facts": facts("乙类")}, {}),
    (
        "C104",
        None,
        {"plans": plan(2024), "submissions": PROSE},
        {"plans": TARGET, "submissions": PROSE},
        {"plan": PLAN},
    ),
    (
        "C107",
        None,
        {"plans": plan(2024, target("创新", "专利", base=given(1))), "submissions": PROSE},
        {"plans": plan(2024, target("创新", "专利", base=given(1), done={2025: given(2)})), "submissions": PROSE},
        {"plan": REACHED},
    ),
    (
        "C105",
        None,
        {"plans": TARGET, "submissions": submission(prose={"总体思路": given("甲"), "总体思想": given("乙")})},
        {"plans": TARGET, "submissions": PROSE},
        {"plan": PLAN},
    ),
    (
        "C105",
        TEXT,
        {"values": {"名称": given("甲")}, "submissions": submission(others={"工作": given("其他工作")})},
        {"values": {"名称": given("甲")}},
        {},
    ),
    (
        "C106",
        None,
        {"plans": plan(2024, *TARGET[2024].targets, target("创薪", "专利")), "submissions": PROSE},
        {"plans": TARGET, "submissions": PROSE},
        {"plan": PLAN},
    ),
    (
        "C106",
        None,
        {"plans": plan(2024, *TARGET[2024].targets, target("创新", "自己的指标")), "submissions": PROSE},
        {"plans": TARGET, "submissions": PROSE},
        {"plan": PLAN},
    ),
    ("C201", NARRATIVE, {"values": {"情况": given("国" * 201)}}, {"values": {"情况": given("国" * 200)}}, {}),
    (
        "C202",
        None,
        {"plans": TARGET, "submissions": submission(prose={"总体思路": given("国" * 10)})},
        {"plans": TARGET, "submissions": submission(prose={"总体思路": given("国" * 9)})},
        {"plan": PLAN},
    ),
    ("C203", TEXT, {"values": {"名称": given("国" * 200)}}, {"values": {"名称": given("国" * 40)}}, {}),
    ("C301", TEXT, {"values": {"名称": decimal("1.234")}}, {"values": {"名称": decimal("1.23")}}, {}),
    (
        "C401",
        MANY,
        {"facts": facts("绘制图谱"), "evidence": (evidence("别的", "别的事实"),)},
        {"facts": facts("绘制图谱"), "evidence": (evidence("图谱", "绘制图谱"),)},
        {},
    ),
    (
        "C402",
        NAMES,
        {"registers": PLATFORM},
        {"registers": PLATFORM, "evidence": (evidence("平台批文", "创新平台"),)},
        {},
    ),
    (
        "C403",
        MANY,
        {"facts": facts("绘制图谱"), "evidence": (evidence("两样", "绘制图谱", "开展诊断"),)},
        {"facts": facts("绘制图谱", "开展诊断"), "evidence": (evidence("两样", "绘制图谱", "开展诊断"),)},
        {},
    ),
    (
        "C404",
        DOWN,
        {"actuals": ENERGY},
        {"actuals": ENERGY, "values": {"公式": given("能耗÷产值")}},
        {"sublabel": 1},
    ),
    ("C405", ACCIDENT, accident(""), accident("已整改，见附件"), {}),
    (
        "C802",
        TEXT,
        {"values": {"名称": given("甲")}},
        {"values": {"名称": given("甲")}, "actuals": {("产值", 2024): decimal("40.00")}},
        {"references": LINES},
    ),
    (
        "C405",
        GRAVE,
        {"events": (*GRAVE_EVENTS, Event("安全事故", "2022-01", HERE, "重大"))},
        {"events": GRAVE_EVENTS},
        {},
    ),
    (
        "C701",
        OUTPUT,
        {"registers": TWO_FIRMS, "actuals": TOTALS | {("集群总产值", 2023): decimal("1.24")}},
        {"registers": TWO_FIRMS, "actuals": TOTALS | {("集群总产值", 2023): decimal("1.23")}},
        {},
    ),
    (
        "C701",
        FIRMS,
        {"registers": TWO_FIRMS, "actuals": {("企业数量", 2022): given(3)}},
        {"registers": TWO_FIRMS, "actuals": {("企业数量", 2022): given(2)}},
        {},
    ),
    (
        "C407",
        LISTED,
        {"actuals": COUNTED},
        {"actuals": COUNTED, "evidence": (evidence("企业清单", "企业数量"),)},
        {"references": LISTS},
    ),
    (
        "C407",
        LISTED,
        {"actuals": COUNTED},
        {"actuals": dict.fromkeys(COUNTED, given("无"))},
        {"references": LISTS},
    ),
    (
        "C408",
        {**OUTPUT, "owes": ["清单"]},
        {"registers": ONE_FIRM, "actuals": {("集群总产值", 2023): decimal("1.2")}},
        {"registers": ONE_FIRM, "actuals": {("集群总产值", 2023): decimal("1.23")}},
        {"references": LISTS},
    ),
    (
        "C722",
        None,
        {"registers": firms(产值=("900", "20000000", "800"), 营业收入=("800", "1900", "700"))},
        {"registers": firms(产值=("900", "1999000", "800"), 营业收入=("800", "2000", "0"))},
        {"references": ROWS},
    ),
    (
        "C722",
        None,
        {"registers": firms(产值2023=("900", "2000", "800"), 产值=("900", "0.2", "810"))},
        {"registers": firms(产值2023=("900", "2000", "0"), 产值=("900", "2.1", "810"))},
        {"references": ROWS},
    ),
    (
        "C722",
        None,
        {"registers": firms(产值=("900", "8000000", "800"), 从业人员=("9", "80", "8"))},
        {"registers": firms(产值=("900", "800000", "800"), 从业人员=("9", "80", "0"))},
        {"references": ROWS},
    ),
    (
        "C723",
        None,
        {"registers": firms(研发人员=("2", "9", "1"), 从业人员=("9", "8", "7"))},
        {"registers": firms(研发人员=("2", "8", "1"), 从业人员=("9", "8", "7"))},
        {"references": ROWS},
    ),
    (
        "C726",
        None,
        {"registers": firms(从业人员=("1000", "8", "7"), 营业收入=("40000", "2000", "800"))},
        {"registers": firms(从业人员=("999", "1200", "7"), 营业收入=("90000", "39999", "800"))},
        {"references": ROWS},
    ),
    (
        "C724",
        None,
        {"registers": firms(产值=("900", "2000", "800"), 营业收入=("900", "2000", "800"))},
        {"registers": firms(产值=("900", "2000", "800"), 营业收入=("900", "2000", "801"))},
        {"references": ROWS},
    ),
    (
        "C724",
        None,
        {"registers": firms(产值2023=("900", "2000", "800"), 产值=("900", "2000", "800"))},
        {"registers": firms(产值2023=("0", "2000", "800"), 产值=("0", "2000", "800"))},
        {"references": ROWS},
    ),
    (
        "C725",
        None,
        {
            "registers": {
                "标准": entries({"名称": "甲", "标准编号": "T/SLCG 1—2022", "类别": "国家", "取得时间": "2022-03"})
            }
        },
        {
            "registers": {
                "标准": entries({"名称": "甲", "标准编号": "T/SLCG 1—2022", "类别": "团体", "取得时间": "2022-03"})
            }
        },
        {"references": NUMBERS},
    ),
    (
        "C725",
        None,
        {"registers": {"标准": entries({"名称": "甲", "标准编号": "GB 1-2019", "类别": "国家", "取得时间": "2022"})}},
        {"registers": {"标准": entries({"名称": "甲", "标准编号": "UL 94-2019A", "类别": "国家", "取得时间": "2022"})}},
        {"references": NUMBERS},
    ),
    ("C702", PATENTS, {"registers": patents("1")}, {"registers": patents("2")}, {}),
    ("C601", TEXT, {"values": {"名称": given("甲\U0002b740")}}, {"values": {"名称": given("甲")}}, {}),
    (
        "C602",
        TEXT,
        {"values": {"名称": given("甲")}, "registers": {"企业": (firm("甲\U0002b740"),)}},
        {"values": {"名称": given("甲")}, "registers": {"企业": (firm("甲"),)}},
        {},
    ),
]
