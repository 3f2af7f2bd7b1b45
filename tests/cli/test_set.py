"""`shenbao set` from end to end: what is found, told, refused and written."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from generator.cli.commands import set as set_command
from generator.corrections.records import RECORDS, read_records
from tests.cli.small_folder import DATA, Folder


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
