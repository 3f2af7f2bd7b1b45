from __future__ import annotations

from generator.cli.report import findings_as_text, findings_as_tree
from generator.findings import Finding, Position, Severity

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


def test_findings_keep_their_order_and_are_counted() -> None:
    text = findings_as_text((PLAIN, WRONG, PLAIN))
    assert [line for line in text.splitlines() if "[" in line][1].startswith("cluster.yaml:12:5")
    assert text.endswith("共 3 条：必须改 1，请核对 2。")


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
