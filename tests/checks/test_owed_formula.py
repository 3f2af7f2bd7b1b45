"""A formula that the form owes is asked for with the one that the figure was derived with."""

from __future__ import annotations

from pathlib import Path

from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from tests.by_hand import EXAMPLE


def test_the_advice_shows_how_the_formula_may_read(tmp_path: Path) -> None:
    text = (EXAMPLE / "cluster.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("能耗计算公式:")]
    (tmp_path / "cluster.yaml").write_text("".join(lines), "utf-8")
    (tmp_path / "企业清单.xlsx").write_bytes((EXAMPLE / "企业清单.xlsx").read_bytes())
    findings = prepare(tmp_path, "national-2025", Library.standard(), FontLibrary.bundled()).findings
    (owed,) = (finding for finding in findings if finding.code == "C404")
    assert owed.remedy.endswith("填写“能耗计算公式”，如 单位产值能耗＝能源消费量÷集群总产值。")
