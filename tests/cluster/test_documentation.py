"""docs/cluster.md says what the code does: the table of codes, and the example."""

from __future__ import annotations

import re
from pathlib import Path

from generator.cluster.catalogue import read_catalogue
from generator.cluster.codes import Code
from generator.cluster.load import load_cluster
from generator.resources import templates_folder

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cluster.md"
REGISTERS = PAGE.with_name("registers.md")


def test_the_table_of_codes_is_the_code_s_own() -> None:
    text = PAGE.read_text(encoding="utf-8") + REGISTERS.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([YR]\d+) \| (\S+) \| (\S.*?) \|", text, re.MULTILINE)
    assert rows == [(code.code, code.severity.value, code.title) for code in Code]


def test_codes_are_unique() -> None:
    assert len({code.code for code in Code}) == len(Code)


def test_the_example_loads_with_nothing_missing_but_its_files(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "cluster.yaml").write_text(example, encoding="utf-8")
    catalogue = read_catalogue([templates_folder() / "fields"])
    cluster, findings = load_cluster(tmp_path, catalogue, forms=["national-2025"])
    assert cluster is not None
    assert {finding.code for finding in findings} == {"Y401", "Y407"}
