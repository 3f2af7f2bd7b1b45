"""`shenbao set` and `shenbao diff` from end to end, over a small form and a cluster of a few lines."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.commands import set as set_command
from generator.cli.program import program
from generator.corrections.records import RECORDS, read_records
from tests.package.samples import pdf_file

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "tuned" / "forms" / "small.yaml"
DATA = """\
地区: {省: 江苏省, 市: 苏州市, 县: 吴江区}   # 所在地
产业: 仿真纤维
概况:
  占地面积: 12.60        # 平方公里
  产业类型: 第二产业
实绩:
  集群总产值: {2022: 41.05, 2023: 46.88}   # 亿元；2024 年由名录合计
叙述:
  产业链强链补链情况: |
    2023年集群总产值46.88亿元，占地面积12.60平方公里。
名录:
  企业:
    - {名称: 甲公司, 是否中小企业: 是, 是否主导产业相关: 是, 产值: {2024: 300000}}
    - {名称: 乙公司, 是否中小企业: 是, 是否主导产业相关: 是, 产值: {2024: 231000}}
  创新平台: [{名称: 国家纤维中心, 级别: 国家级, 取得时间: 2020-05}]
规划:
  - 基准年: 2024
    目标:
      - {方向: 创新, 指标: 研发经费投入, 单位: 亿元, 基准值: 2.10, 值: {2027: 3.30}}
      - {方向: 创新, 指标: 有效发明专利数量, 单位: 件, 基准值: 100, 值: {2027: 170}}
      - {方向: 开放合作, 指标: 定性描述, 基准文字: 一家, 文字: 三家}
申报:
  small:
    申报时间: 2025-05-20
    规划正文: {（二）保障措施: 加强领导。}
佐证材料:
  - {名称: 产值清单, 证明: [集群总产值], 文件: [佐证材料/清单.pdf]}
"""
NOTICE = """\
id: small
title: 某市关于组织申报的通知
issuer: 某市产业办公室
level: 市级
form: small
summary: null
summary_note: 不要求汇总表。
deliveries:
  - name: 申报
    by: 申报主体
    sender: 集群运营管理机构
    recipient: 某市产业办公室
    level: 市级
    deadline: {note: 不清楚。}
    demands:
      - {material: 申报表, copies: 5}
source: 某市的通知
"""


class Folder:
    """A cluster's folder with an office's library of one small form, and what is run on it."""

    def __init__(self, base: Path) -> None:
        self.cluster = base / "吴江区仿真纤维"
        self.output = base / "output"
        self.library = base / "library"
        (self.library / "forms").mkdir(parents=True)
        shutil.copy(SMALL, self.library / "forms")
        (self.cluster / "佐证材料").mkdir(parents=True)
        (self.cluster / "佐证材料" / "清单.pdf").write_bytes(pdf_file(1))
        self.write(DATA)

    @property
    def file(self) -> Path:
        return self.cluster / "cluster.yaml"

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    def write(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")

    def run(self, command: str, *words: str, **more: Any) -> Result:
        args = [command, str(self.cluster), *words, "--library", str(self.library), "-o", str(self.output)]
        return CliRunner().invoke(program, args, **more)

    def set(self, field: str, value: str, *words: str, **more: Any) -> Result:
        return self.run("set", field, value, "--reason", "统计局核定", "--date", "2025-06-01", *words, **more)

    def build(self) -> None:
        result = self.run("build", "--form", "small")
        assert result.exit_code == 0, result.output

    def findings(self) -> list[dict[str, Any]]:
        words = ["check", str(self.cluster), "--form", "small", "--library", str(self.library), "--json"]
        told: list[dict[str, Any]] = json.loads(CliRunner().invoke(program, words).stdout)["findings"]
        return told

    def compared(self, *words: str) -> dict[str, Any]:
        result = self.run("diff", *words, "--json")
        assert result.exit_code == 0, result.output
        (told,) = json.loads(result.stdout)["comparisons"]
        assert isinstance(told, dict)
        return told


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# ── set ──


def test_a_value_is_corrected_in_its_place_and_its_reason_kept(folder: Folder) -> None:
    result = folder.set("集群总产值 2023", "47.95", "--yes", "--by", "张工")
    assert result.exit_code == 0, result.output
    assert folder.text == DATA.replace("2023: 46.88}", "2023: 47.95}")
    (record,) = read_records((folder.cluster / RECORDS).read_bytes())
    assert (record.date.isoformat(), record.place) == ("2025-06-01", "实绩 › 集群总产值 › 2023年")
    assert (record.old, record.new, record.reason, record.by) == ("46.88", "47.95", "统计局核定", "张工")
    assert record.before != record.after


def test_the_consequences_are_told_before_anything_is_written(folder: Folder) -> None:
    result = folder.set("集群总产值 2023", "47.95", "--dry-run")
    assert result.exit_code == 0
    assert "第2页 一、基本情况 › 集群总产值（亿元） › 2023年：46.88 → 47.95" in result.stdout
    assert "“2023年集群总产值46.88亿元，占地面积12.60平方公里。”" in result.stdout
    assert "产值清单（佐证材料/清单.pdf）：证明集群总产值（2023年）" in result.stdout
    assert "第2页：这一页的内容变了" in result.stdout
    assert folder.text == DATA
    assert not (folder.cluster / RECORDS).exists()


def test_nobody_to_ask_and_no_yes_changes_nothing(folder: Folder) -> None:
    result = folder.set("占地面积", "13")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert folder.text == DATA


@pytest.mark.parametrize(("answer", "changed"), [("是", True), ("y", True), ("否", False), ("", False)])
def test_somebody_at_a_terminal_is_asked(
    answer: str, changed: bool, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_command, "_asks", lambda yes: not yes)
    result = folder.set("占地面积", "13", input=f"{answer}\n")
    assert result.exit_code == 0, result.output
    assert (folder.text != DATA) == changed


def test_several_that_may_be_meant_are_listed_and_nothing_changes(folder: Folder) -> None:
    result = folder.set("集群总产值", "1", "--yes")
    assert result.exit_code == 2
    for year in (2022, 2023, 2024):
        assert f"实绩 › 集群总产值 › {year}年" in result.stderr
    assert folder.text == DATA


def test_what_is_on_another_page_is_told(folder: Folder) -> None:
    result = folder.set("第1页 占地面积", "13", "--yes")
    assert result.exit_code == 2
    assert "第2页" in result.stderr
    assert folder.text == DATA


@pytest.mark.parametrize(
    ("field", "value", "code", "mend"),
    [
        ("占地面积", "1,234.5", "Y206", "请写 1234.5"),
        ("占地面积", "13平方公里", "Y302", "请写 13"),
        ("占地面积", "很大", "Y301", "请只写一个数字"),
        ("产业类型", "第四产业", "Y307", ""),
        ("产业类型", "无", "C102", "勾选其中一项"),
        ("申报时间", "2025-02-30", "Y305", "如 2024-05-06"),
    ],
)
def test_what_the_checks_refuse_is_refused_with_the_mend(
    field: str, value: str, code: str, mend: str, folder: Folder
) -> None:
    result = folder.set(field, value, "--yes")
    assert result.exit_code == 1
    assert code in result.stderr
    assert mend in result.stderr
    assert folder.text == DATA


def test_a_figure_below_zero_is_a_value_and_a_misspelt_option_is_none(folder: Folder) -> None:
    refused = folder.set("占地面积", "-5", "--yes")
    assert (refused.exit_code, "Y303" in refused.stderr) == (1, True)
    for words in (("占地面积", "--dryrun"), ("--yess", "13")):
        result = folder.set(*words, "--yes")
        assert (result.exit_code, "没有选项" in result.stderr) == (2, True)
    assert folder.text == DATA


def test_an_old_figure_is_found_with_its_unit_and_not_with_another(folder: Folder) -> None:
    found = folder.set("46.88亿元", "47.95", "--dry-run")
    assert "实绩 › 集群总产值 › 2023年（亿元）：46.88 → 47.95" in found.stdout
    assert folder.set("46.88家", "47.95", "--dry-run").exit_code == 2


@pytest.mark.parametrize("year", ["2032", "2013"])
def test_a_year_that_no_form_asks_for_is_a_slip(year: str, folder: Folder) -> None:
    result = folder.set(f"集群总产值 {year}", "47.95", "--yes")
    assert (result.exit_code, f"{year}年" in result.stderr) == (2, True)
    assert folder.text == DATA


def test_rows_of_registers_that_changed_are_told_beside_the_figures_that_moved(folder: Folder) -> None:
    folder.build()
    changed = DATA.replace("产值: {2024: 300000}", "产值: {2024: 310000}").replace(
        "  创新平台: [{名称: 国家纤维中心, 级别: 国家级, 取得时间: 2020-05}]",
        "  创新平台: [{名称: 国家纤维实验室, 级别: 国家级, 取得时间: 2020-05}]",
    )
    folder.write(changed)
    told = folder.run("diff").stdout
    assert "企业 甲公司：产值2024年 300000 → 310000" in told
    assert "创新平台 新增：国家纤维实验室" in told and "创新平台 去掉：国家纤维中心" in told
    (comparison,) = json.loads(folder.run("diff", "--json").stdout)["comparisons"]
    assert comparison["registers_known"] is True
    assert comparison["registers"][0] == {
        "register": "企业",
        "row": "甲公司",
        "fate": "replaced",
        "cells": [{"column": "产值2024年", "old": "300000", "new": "310000"}],
    }


def test_what_blocks_elsewhere_is_told_and_left_to_the_clerk(folder: Folder) -> None:
    long = "加强领导。" * 120
    result = folder.set("保障措施", long, "--yes")
    assert result.exit_code == 0, result.output
    assert "必须改 [C202]" in result.stdout.partition("在别的栏目：")[2]
    assert long in folder.text


def test_a_derived_figure_shows_its_rows_and_the_difference_and_is_not_written_over(folder: Folder) -> None:
    result = folder.set("集群总产值 2024", "54.10", "--yes")
    assert result.exit_code == 2
    assert "甲公司：300000万元（cluster.yaml:13:7）" in result.stdout
    assert "多 10000万元" in result.stdout
    assert "--override" in result.stderr
    assert folder.text == DATA


def test_a_derived_figure_may_be_written_by_hand_and_the_checks_say_both(folder: Folder) -> None:
    result = folder.set("集群总产值 2024", "54.10", "--yes", "--override")
    assert result.exit_code == 0, result.output
    assert "2023: 46.88, 2024: 54.10}" in folder.text
    (record,) = read_records((folder.cluster / RECORDS).read_bytes())
    assert (record.old, record.override) == ("53.10", "53.10")
    (finding,) = [one for one in folder.findings() if one["code"] == "C701"]
    assert finding["severity"] == "check"
    assert "54.10" in finding["found"] and "53.10" in finding["expected"]


def test_what_a_register_lists_says_where_to_change_it(folder: Folder) -> None:
    result = folder.set("国家级创新平台名称及数量 名称", "别的中心", "--yes")
    assert result.exit_code == 2
    assert "名录“创新平台”（cluster.yaml:15:" in result.stderr


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("目标 研发经费投入 2027", "3.50", "{2027: 3.30}", "{2027: 3.50}"),
        ("保障措施", "加强领导，强化考核。", "加强领导。}", "加强领导，强化考核。}"),
        ("市", "南京市", "苏州市", "南京市"),
        ("县域产值 2023", "500", "46.88}   # 亿元；2024 年由名录合计\n", "46.88}   # 亿元；2024 年由名录合计\n  县域产值: {2023: 500}\n"),
        ("产业链强链补链情况", "新的一段。", "    2023年集群总产值46.88亿元，占地面积12.60平方公里。\n", "    新的一段。\n"),
    ],
)  # fmt: skip
def test_targets_prose_places_and_missing_figures_are_written_too(
    field: str, value: str, old: str, new: str, folder: Folder
) -> None:
    result = folder.set(field, value, "--yes")
    assert result.exit_code == 0, result.output
    assert folder.text == DATA.replace(old, new)


@pytest.mark.parametrize(
    ("field", "value", "reason", "words"),
    [
        ("占地面积", "12.60", "核定", "没有改动"),
        ("占地面积", " ", "核定", "没有写新的值"),
        ("占地面积", "13", " ", "理由"),
    ],
)
def test_what_says_nothing_new_is_refused(field: str, value: str, reason: str, words: str, folder: Folder) -> None:
    result = folder.run("set", field, value, "--reason", reason, "--yes")
    assert result.exit_code == 2
    assert words in result.stderr
    assert folder.text == DATA


def test_the_file_keeps_encoding_line_ends_permissions_and_link(folder: Folder, tmp_path: Path) -> None:
    text = DATA.replace("\n", "\r\n")
    real = tmp_path / "真的.yaml"
    real.write_bytes(text.encode("gbk"))
    real.chmod(0o640)
    folder.file.unlink()
    folder.file.symlink_to(real)
    assert folder.set("占地面积", "13", "--yes").exit_code == 0
    assert folder.file.is_symlink()
    assert (folder.cluster / RECORDS).is_file()
    assert real.read_bytes() == text.replace("12.60        #", "13        #").encode("gbk")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert not [path for path in folder.cluster.iterdir() if path.name.startswith(".")]


def test_a_changed_name_is_told(folder: Folder) -> None:
    result = folder.set("产业", "化学纤维", "--dry-run")
    assert "集群名称变为“江苏省苏州市吴江区化学纤维产业集群”" in result.stdout


def test_a_spoilt_record_keeps_the_data_from_being_changed(folder: Folder) -> None:
    (folder.cluster / RECORDS).write_text("a: [", encoding="utf-8")
    result = folder.set("占地面积", "13", "--yes")
    assert result.exit_code == 1
    assert folder.text == DATA


def test_a_file_that_can_not_be_read_is_told_with_its_findings(folder: Folder) -> None:
    folder.write("产业: [\n")
    result = folder.set("占地面积", "13", "--yes")
    assert result.exit_code == 1
    assert "cluster.yaml" in result.stderr


# ── diff ──


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


# ── set: entries taken out and added ──


def test_a_value_is_taken_out_and_the_record_says_so(folder: Folder) -> None:
    result = folder.set("占地面积", "--remove", "--yes")
    assert result.exit_code == 0, result.output
    assert "（删去）" in result.stdout
    assert folder.text == DATA.replace("  占地面积: 12.60        # 平方公里\n", "")
    (record,) = read_records((folder.cluster / RECORDS).read_bytes())
    assert (record.place, record.old, record.new) == ("概况 › 占地面积", "12.60", "")


def test_a_fact_is_added_and_taken_out_again(folder: Folder) -> None:
    added = folder.set("工作", "绘制产业链图谱", "--add", "--yes")
    assert added.exit_code == 0, added.output
    assert folder.text == DATA.replace("名录:\n", "工作: [绘制产业链图谱]\n名录:\n", 1)
    assert folder.set("工作", "绘制产业链图谱", "--remove", "--yes").exit_code == 0
    assert folder.text == DATA
    first, second = read_records((folder.cluster / RECORDS).read_bytes())
    assert (first.place, first.old, first.new) == ("工作", "", "绘制产业链图谱")
    assert (second.place, second.old, second.new) == ("工作", "绘制产业链图谱", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["工作", "绘制产业链图", "--add"], "是不是：绘制产业链图谱"),
        (["工作", "绘制产业链图谱", "--remove"], "没有可以删的"),
        (["工作", "绘制产业链图谱"], "一次添一项或删一项"),
        (["占地面积", "--add"], "--add 只用来给“工作”添一项"),
        (["占地面积", "13", "--remove"], "删去一项不写值"),
        (["集群总产值 2024", "--remove"], "没有可以删的"),
        (["占地面积", "13", "--add", "--remove"], "只能写一个"),
    ],
)
def test_what_cannot_be_taken_out_or_added_is_refused_in_words(words: list[str], said: str, folder: Folder) -> None:
    result = folder.run("set", *words, "--yes", "--reason", "核定")
    assert result.exit_code == 2 and said in result.stderr
    assert folder.text == DATA
