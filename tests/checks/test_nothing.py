"""无 is proposed for every empty place that may say so; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.checks.nothing import propose_nothing
from generator.cli.program import program
from generator.cluster.catalogue import read_catalogue
from generator.cluster.model import Cluster
from generator.forms.library import Library
from generator.forms.resolve import resolve
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from tests.samples import cluster, decimal, form, given

CATALOGUE = read_catalogue(Library.standard().field_folders())


def proposed(row: dict[str, Any], data: Cluster) -> tuple[Any, tuple[str, ...]]:
    filled = resolve(form([row]), data, CATALOGUE, derive(data), FontLibrary.bundled())
    lines, unable = propose_nothing(filled, data, CATALOGUE)
    return yaml.load(lines, Loader=yaml.BaseLoader), unable


def test_years_that_are_given_stay_and_the_others_say_nothing() -> None:
    data = cluster(actuals={("外商直接投资额", 2023): decimal("1.50")}, events=())
    lines, unable = proposed({"label": "外资", "by_year": "外商直接投资额"}, data)
    assert lines == {"实绩": {"外商直接投资额": {"2022": "无", "2023": "1.50", "2024": "无"}}}
    assert unable == ()


def test_a_register_is_empty_and_silence_on_events_is_broken() -> None:
    lines, _ = proposed({"label": "平台", "name": "平台", "names": "创新平台"}, cluster())
    assert lines == {"名录": {"创新平台": "[]"}, "事件": "[]"} or lines == {"名录": {"创新平台": []}, "事件": []}


def test_what_follows_from_figures_that_may_exist_can_not_say_nothing() -> None:
    lines, unable = proposed({"label": "占比", "by_year": "中小企业产值占比"}, cluster(events=()))
    assert lines is None
    assert len(unable) == 3


def test_a_name_can_not_say_nothing() -> None:
    lines, unable = proposed(
        {"label": "单位", "value": "主管部门名称"}, cluster(events=(), values={"省": given("上海市")})
    )
    assert (lines, unable) == (None, ("一、情况 › 单位",))


@pytest.mark.parametrize("name", ["集群总产值", "主导产业产值增速"])
def test_what_every_cluster_has_can_not_say_nothing_nor_can_what_follows_from_it(name: str) -> None:
    lines, unable = proposed({"label": "产值", "by_year": name}, cluster(events=()))
    assert lines is None
    assert len(unable) == 3


def test_a_section_of_the_plan_can_not_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("产业: 智能传感器\n", encoding="utf-8")
    result = CliRunner().invoke(program, ["check", str(tmp_path), "--form", "national-2025", "--fill-none"])
    proposed_lines, _, asked = result.output.partition("下列各项不能写“无”")
    assert "保障措施" in asked and "保障措施" not in proposed_lines
    assert "集群总产值" in asked and "  集群总产值" not in proposed_lines


def test_what_can_not_be_read_is_told_and_not_taken_for_filled(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("地区: {省: 上海市\n", encoding="utf-8")
    for more in ([], ["--fill-none"]):
        result = CliRunner().invoke(program, ["check", str(tmp_path), "--form", "national-2025", *more])
        assert result.exit_code == 1
        assert "[Y1" in result.output and "其余各栏没有检查" in result.output
        assert "没有空着的必填栏目" not in result.output
    told = CliRunner().invoke(program, ["check", str(tmp_path), "--form", "national-2025", "--fill-none", "--json"])
    assert {"findings", "counts", "lines", "unable"} <= json.loads(told.stdout).keys()


def test_the_command_only_proposes(tmp_path: Path) -> None:
    folder = tmp_path / "集群"
    folder.mkdir()
    (folder / "cluster.yaml").write_text("产业: 智能传感器\n", encoding="utf-8")
    result = CliRunner().invoke(program, ["check", str(folder), "--form", "national-2025", "--fill-none"])
    assert "  创新平台: []" in result.output.splitlines()
    assert "事件: []" in result.output.splitlines()
    assert (folder / "cluster.yaml").read_text(encoding="utf-8") == "产业: 智能传感器\n"
    assert [path.name for path in folder.iterdir()] == ["cluster.yaml"]
