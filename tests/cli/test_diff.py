"""`shenbao diff` from end to end: the data now, and 稿 and versions, against each other."""

from __future__ import annotations

import pytest

from tests.cli.small_folder import DATA, NOTICE, Folder
from tests.package.samples import pdf_file


def test_without_a_change_nothing_differs(folder: Folder) -> None:
    folder.build()
    assert folder.compared()["nothing"]
    assert "没有变化" in folder.run("diff").stdout


def test_a_correction_is_told_by_place_page_finding_and_sentence(folder: Folder) -> None:
    folder.build()
    folder.write(DATA.replace("2023: 46.88}", "2023: 47.95}"))
    told = folder.compared("--form", "small")
    (field,) = told["fields"]
    assert field["path"] == ["一、基本情况", "集群总产值（亿元）", "2023年"]
    assert (field["old"], field["new"], field["page"]) == ("46.88", "47.95", "第2页")
    assert [(page["label"], page["cause"]) for page in told["pages"]] == [("2", "data")]
    assert [one["code"] for one in told["findings"]["came"]] == ["C911"]
    assert [(echo["page"], echo["number"], echo["certain"]) for echo in told["echoes"]] == [
        ("第3页", "46.88亿元", True)
    ]
    assert [proof["evidence"] for proof in told["proofs"]] == ["产值清单"]


def test_two_drafts_are_compared_by_number_or_name(folder: Folder) -> None:
    folder.build()
    folder.write(DATA.replace("12.60   ", "13   "))
    folder.build()
    assert folder.compared("--against", "1", "--of", "第002稿")["fields"][0]["new"] == "13"
    back = folder.compared("--against", "第002稿", "--of", "1")
    assert (back["against"], back["of"]) == ("第002稿", "第001稿")
    assert back["fields"][0]["new"] == "12.60"


def test_the_version_that_was_frozen_last_is_what_counts(folder: Folder) -> None:
    folder.build()
    assert folder.run("freeze", "--form", "small", "--date", "2025-06-01").exit_code == 0
    folder.write(DATA.replace("12.60   ", "13   "))
    folder.build()
    told = folder.compared()
    assert (told["against"], told["of"], told["fields"][0]["new"]) == ("第01版", "现在的数据", "13")
    assert folder.compared("--against", "第01版", "--of", "第001稿")["nothing"]
    assert folder.compared("--against", "第002稿")["nothing"]
    missing = folder.run("diff", "--against", "第02版")
    assert missing.exit_code == 3
    assert "第01版" in missing.stderr


def test_what_the_operator_asked_for_is_no_change_of_the_data(folder: Folder) -> None:
    (folder.library / "notices").mkdir()
    (folder.library / "notices" / "small.yaml").write_text(NOTICE, encoding="utf-8")
    built = folder.run("build", "--notice", "small", "--copies", "3")
    assert built.exit_code == 0, built.output
    assert "N104" in built.stdout
    assert folder.compared("--notice", "small")["nothing"]


def test_a_draft_is_compared_with_what_would_be_a_draft_too(folder: Folder) -> None:
    assert folder.run("build", "--form", "small", "--draft").exit_code == 0
    assert folder.compared()["nothing"]


def test_replaced_evidence_and_a_file_without_effect_are_told(folder: Folder) -> None:
    folder.build()
    (folder.cluster / "佐证材料" / "清单.pdf").write_bytes(pdf_file(2))
    folder.write(DATA + "# 备注\n")
    told = folder.compared()
    assert [(one["name"], one["fate"]) for one in told["evidence"]["changes"]] == [("产值清单", "replaced")]
    assert told["files"] == [{"name": "cluster.yaml", "fate": "replaced"}]
    assert (told["fields"], told["pages"]) == ([], [])
    assert "改过，表上各栏都没有变" in folder.run("diff").stdout


def test_a_form_that_prints_otherwise_is_a_change_of_layout(folder: Folder) -> None:
    folder.build()
    small = folder.library / "forms" / "small.yaml"
    small.write_text(
        small.read_text(encoding="utf-8").replace("columns: [64, 32", "columns: [67, 29"), encoding="utf-8"
    )
    told = folder.compared()
    assert told["layout_only"]
    assert told["fields"] == []
    assert {page["cause"] for page in told["pages"]} == {"layout"}
    assert [made["what"] for made in told["made"]] == ["申报表模板"]
    assert "版式变化" in folder.run("diff").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--against", "第009稿"], "没有“第009稿”这一稿"),
        (["--form", "national-2025"], "没有可比的"),
        (["--form", "没有"], "没有“没有”这个表式"),
    ],
)
def test_what_can_not_be_compared_is_told(words: list[str], said: str, folder: Folder) -> None:
    folder.build()
    result = folder.run("diff", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_before_any_build_there_is_nothing_to_compare_with(folder: Folder) -> None:
    result = folder.run("diff")
    assert result.exit_code == 2
    assert "shenbao build" in result.stderr


def test_a_draft_that_was_tampered_with_is_not_compared(folder: Folder) -> None:
    folder.build()
    (snapshot,) = folder.output.glob("*/*/第001稿/snapshot.json")
    snapshot.write_bytes(snapshot.read_bytes() + b" ")
    result = folder.run("diff", "--against", "1")
    assert result.exit_code == 1
    assert "不完整" in result.stderr
