"""The real clusters: the public figures, their source, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.data.example import ROOT, load, names

PUBLIC = {
    "吴江区仿真纤维材料": (
        {"省": "江苏省", "市": "苏州市", "县": "吴江区"},
        {
            "集群总产值": {"2024": "274.99"},
            "中小企业数量": {"2024": "73"},
            "专精特新中小企业数量": {"2024": "37"},
            "小巨人企业数量": {"2024": "3"},
            "国家级单项冠军企业数量": {"2024": "2"},
        },
        {"national-2025": {}},
    ),
    "青浦区北斗导航": (
        {"省": "上海市", "县": "青浦区"},
        {
            "主导产业营业收入": {"2022": "59"},
            "专精特新中小企业数量": {"2022": "31"},
            "小巨人企业数量": {"2022": "8"},
            "国家级单项冠军企业数量": {"2022": "1"},
            "高新技术企业数量": {"2022": "50"},
            "创新型中小企业数量": {"2022": "40"},
            "中小企业从业人员数量": {"2022": "4800"},
            "研发经费总额": {"2022": "6.80"},
        },
        {"rereview-2025": {}},
    ),
    "闵行区汽车设计及零部件智造": (
        {"省": "上海市", "县": "闵行区"},
        {
            "集群总产值": {"2024": "56.48"},
            "集群产值年均增速": {"2024": "13.14"},
            "专精特新中小企业数量": {"2024": "23"},
            "小巨人企业数量": {"2024": "8"},
            "高新技术企业数量": {"2024": "20"},
            "研发经费总额": {"2024": "3.32"},
            "研发经费年均增速": {"2024": "5"},
        },
        {"shanghai-2024": {"口径": "产值"}},
    ),
}


@pytest.mark.parametrize("folder", sorted(PUBLIC))
def test_a_real_cluster_holds_its_public_figures_and_nothing_else(folder: str) -> None:
    region, actuals, submissions = PUBLIC[folder]
    found: dict[str, Any] = load(ROOT / "data" / folder / "cluster.yaml")
    assert set(found) == {"说明", "地区", "产业", "实绩", "申报"}
    assert (found["地区"], found["实绩"], found["申报"]) == (region, actuals, submissions)
    assert found["产业"] == folder.partition("区")[2]
    assert set(actuals) <= names("fields")
    assert "来源：" in found["说明"]
