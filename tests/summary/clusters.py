"""Small clusters for summary tables."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from generator.cluster.catalogue import read_catalogue
from generator.forms.definition_summary import Summary
from generator.forms.library import Library
from generator.forms.particulars import Figure, Particulars
from generator.measure.fonts import FontLibrary
from generator.summary.table import Candidate

LIBRARY = Library.standard()
SUMMARY: Summary = LIBRARY.summary("summary-2024")
CATALOGUE = read_catalogue(LIBRARY.field_folders())
FONTS = FontLibrary.bundled()
FULLEST = "集群主导产业链条完整，发展水平居细分领域前列。" * 20
LIMIT = 300


def candidate(
    number: int = 1, *, figures: dict[tuple[str, int], int | Figure] | None = None, **values: str
) -> Candidate:
    """A cluster that lacks nothing that the table prints, but for what `values` say otherwise (empty: not given)."""
    texts = {
        "省": "湖北省",
        "市": "宜昌市",
        "县": "夷陵区",
        "产业": f"第{number:02d}号泵阀",
        "成立时间": "2018年6月",
        "运营管理机构名称": "夷陵区泵阀产业园管理有限公司",
        "集群简介": FULLEST[:LIMIT],
    } | values
    given = {name: text for name, text in texts.items() if text}
    name = "".join(given.get(part, "") for part in ("省", "市", "县", "产业")) + "产业集群"
    known = {key: Decimal(value) if isinstance(value, int) else value for key, value in (figures or {}).items()}
    return Candidate(f"集群{number}", Particulars(name, given, figures=known))


def cluster_folder(parent: Path, name: str, text: str) -> Path:
    folder = parent / name
    folder.mkdir(parents=True)
    (folder / "cluster.yaml").write_text(text, encoding="utf-8")
    return folder


WHOLE = """
地区: {省: 湖北省, 市: 宜昌市, 县: 夷陵区}
产业: 泵阀
成立时间: 2018-06
运营管理机构: {名称: 夷陵区泵阀产业园管理有限公司}
叙述:
  集群简介: 2023年，集群总产值35.20亿元，中小企业120家。
实绩:
  集群总产值: {2023: 35.20}
  中小企业数量: {2023: 120}
"""
"""The data of a cluster that lacks nothing that the table prints."""
