from __future__ import annotations

from generator.cli.report import findings_as_text, findings_as_tree
from generator.findings import Finding, Position, Severity
from generator.frozen import replace

WRONG = Finding(
    code="Y103",
    severity=Severity.MUST,
    message="不是一个数。",
    path="二、主导产业情况 › 集群总产值（亿元） › 2023年",
    position=Position("cluster.yaml", 12, 5),
    found="12.5亿",
    expected="12.5",
    remedy="去掉单位“亿”。",
    clause="数据有小数时保留小数点后2位",
)
PLAIN = Finding(code="C001", severity=Severity.CHECK, message="请核对。")


def rows(tree: dict[str, object]) -> list[dict[str, object]]:
    findings = tree["findings"]
    assert isinstance(findings, list)
    return findings


def test_a_finding_tells_place_weight_code_path_and_what_to_do() -> None:
    assert findings_as_text((WRONG,)).splitlines() == [
        "cluster.yaml:12:5 必须改 [Y103] 二、主导产业情况 › 集群总产值（亿元） › 2023年：不是一个数。",
        "    现为：12.5亿；应为：12.5",
        "    怎么办：去掉单位“亿”。",
        "    依据：数据有小数时保留小数点后2位",
        "共 1 条：必须改 1。",
    ]


def test_a_finding_without_place_is_one_line() -> None:
    assert findings_as_text((PLAIN,)).splitlines() == ["请核对 [C001] 请核对。", "共 1 条：请核对 1。"]


def test_what_must_be_mended_comes_first_and_all_are_counted() -> None:
    text = findings_as_text((PLAIN, replace(PLAIN, message="再核对。"), WRONG))
    heads = [line for line in text.splitlines() if "[" in line]
    assert [head.rpartition("]")[2] for head in heads[1:]] == [" 请核对。", " 再核对。"]
    assert heads[0].startswith("cluster.yaml:12:5 必须改")
    assert text.endswith("共 3 条：必须改 1，请核对 2。")


def gap(year: int, column: int, remedy: str = "") -> Finding:
    """An empty figure of one row, of which each year has a finding."""
    return Finding(
        code="C101",
        severity=Severity.MUST,
        message="必填栏目空缺",
        path=f"二、主导产业 › 集群总产值 › {year}年",
        position=Position("cluster.yaml", 9, column),
        found="空白",
        remedy=remedy or f"请填写{year}年的“集群总产值”。",
        clause="填报说明2",
    )


def test_a_gap_of_several_years_is_told_once_and_counted_as_often_as_it_is() -> None:
    years = tuple(gap(year, column) for year, column in ((2022, 11), (2023, 19), (2024, 27)))
    assert findings_as_text(years).splitlines() == [
        "cluster.yaml:9 必须改 [C101] 二、主导产业 › 集群总产值 › 2022年、2023年、2024年：必填栏目空缺",
        "    现为：空白",
        "    怎么办：请填写2022年、2023年、2024年的“集群总产值”。",
        "    依据：填报说明2",
        "共 3 条：必须改 3。",
        "同一栏的几个年度、同一件事合成一项说，上面是 1 项。",
    ]
    assert len(rows(findings_as_tree(years))) == 3


def test_years_that_lack_something_else_or_stand_elsewhere_are_told_as_such() -> None:
    other = gap(2023, 19, remedy="请核对。")
    assert findings_as_text((gap(2022, 11), other)).count("[C101]") == 2
    apart = replace(gap(2023, 3), position=Position("cluster.yaml", 12, 3))
    assert findings_as_text((gap(2022, 11), apart)).startswith("cluster.yaml:9:11、12:3 必须改")


def test_many_cells_stand_on_a_line_of_their_own() -> None:
    cells = tuple(
        replace(gap(year, 1), position=Position("企业清单.xlsx", 2, year - 2018, "企业")) for year in range(2020, 2026)
    )
    assert findings_as_text(cells[:3]).startswith("企业清单.xlsx › 企业!B2、企业!C2、企业!D2 必须改")
    head, places, *_ = findings_as_text(cells).splitlines()
    assert head.startswith("企业清单.xlsx › 企业!B2等6处 必须改")
    assert places == "    各处：企业清单.xlsx › 企业!B2、企业!C2、企业!D2、企业!E2、企业!F2、企业!G2"


def test_no_file_is_lost_where_the_same_is_wrong_with_many() -> None:
    names = [f"材料/第{number}份.pdf" for number in range(9)]
    missing = tuple(Finding("K101", Severity.MUST, "缺少文件", position=Position(name)) for name in names)
    text = findings_as_text(missing)
    assert all(name in text for name in names)
    assert "共 9 条：必须改 9。" in text


def test_what_the_finding_above_has_said_is_not_said_again() -> None:
    second = replace(gap(2024, 1), path="二、主导产业 › 户数 › 2024年", remedy="请填写2024年的“户数”。")
    third = replace(second, path="三、创新 › 经费 › 2024年", found="无")
    told = findings_as_text((gap(2024, 5), second, third)).splitlines()
    assert told[4:9] == [
        "cluster.yaml:9:1 必须改 [C101] 二、主导产业 › 户数 › 2024年：必填栏目空缺",
        "    怎么办：请填写2024年的“户数”。",
        "cluster.yaml:9:1 必须改 [C101] 三、创新 › 经费 › 2024年：必填栏目空缺",
        "    现为：无",
        "    怎么办：同上",
    ]


def test_many_findings_end_with_how_many_each_part_has() -> None:
    many = tuple(replace(gap(2024, 1), path=f"{number % 2}、部分 › 栏目{number}") for number in range(21))
    few = many[:20]
    assert findings_as_text(many).splitlines()[-1] == "其中：0、部分 11 条，1、部分 10 条。"
    assert "其中" not in findings_as_text(few)
    assert "其中" not in findings_as_text(tuple(replace(each, path="一、部分 › 栏目") for each in many))


def test_no_findings_are_said_in_so_many_words() -> None:
    assert findings_as_text(()) == "没有发现问题。"


def test_json_has_the_same_keys_for_every_finding() -> None:
    tree = findings_as_tree((WRONG, PLAIN))
    first, second = rows(tree)
    assert first.keys() == second.keys()
    assert (first["file"], first["line"], first["column"]) == ("cluster.yaml", 12, 5)
    assert (second["file"], second["line"], second["column"]) == (None, None, None)
    assert first["severity"] == "must"
    assert tree["counts"] == {"must": 1, "check": 1, "note": 0}


def test_a_place_without_a_line_has_no_line_in_json() -> None:
    tree = findings_as_tree((Finding("R1", Severity.NOTE, "提示。", position=Position("企业清单.xlsx")),))
    assert rows(tree)[0]["line"] is None
