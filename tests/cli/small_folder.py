"""A cluster of a few lines over a small form, and the commands that are run on it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from generator.cli.program import program
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

    def widen_form(self, *, output: str, parts: str = "") -> None:
        """Let `output` stand in the form where 集群总产值 stands, and `parts` behind the others."""
        form = self.library / "forms" / "small.yaml"
        told, row = form.read_text(encoding="utf-8"), "      - {label: 集群总产值（亿元）, by_year: 集群总产值}\n"
        assert row in told
        form.write_text(told.replace(row, output) + parts, encoding="utf-8")

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
