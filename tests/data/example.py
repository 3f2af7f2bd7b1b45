"""The complete example cluster as plain text values, and the arithmetic that the tests hold it against."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.cluster.catalogue import read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "data" / "示例区智能传感器"

DATA_YEARS = {
    "national-2025": (2022, 2023, 2024),
    "national-2024": (2021, 2022, 2023),
    "shanghai-2024": (2021, 2022, 2023),
    "rereview-2025": (2022, 2023, 2024),
}
PLANS = {"national-2025": (2024,), "national-2024": (2023,), "shanghai-2024": (2023,), "rereview-2025": (2022, 2024)}

SHARES = {
    "产值占县域工业总产值比例": ("集群总产值", "县域工业总产值"),
    "产值占县域产值比例": ("集群总产值", "县域产值"),
    "营业收入占县域产值比例": ("集群营业收入", "县域产值"),
    "中小企业产值占比": ("中小企业产值", "集群总产值"),
    "中小企业营业收入占比": ("中小企业营业收入", "集群营业收入"),
    "主导产业产值占比": ("主导产业产值", "集群总产值"),
    "主导产业营业收入占比": ("主导产业营业收入", "集群营业收入"),
    "研发投入强度": ("研发经费总额", "中小企业营业收入"),
    "上云比例": ("上云中小企业数量", "中小企业数量"),
    "工业互联网平台普及率": ("接入工业互联网平台中小企业数量", "中小企业数量"),
    "数字化研发工具普及率": ("应用数字化研发工具中小企业数量", "中小企业数量"),
}
GROWTHS = {
    "主导产业产值增速": "主导产业产值",
    "外商直接投资额增长率": "外商直接投资额",
    "出口贸易额增长率": "出口贸易额",
    "研发经费增速": "研发经费总额",
}
MEAN_GROWTHS = {
    "主导产业产值年均增速": "主导产业产值",
    "主导产业营业收入年均增速": "主导产业营业收入",
    "集群产值年均增速": "集群总产值",
    "研发经费年均增速": "研发经费总额",
    "有效发明专利年均增速": "有效发明专利拥有量",
}
INTENSITIES = {"单位产值二氧化碳排放量": "二氧化碳排放量", "单位产值能耗": "能源消费量"}
DECREASES = {"单位产值二氧化碳排放量降低率": "单位产值二氧化碳排放量", "单位产值能耗降低率": "单位产值能耗"}
DERIVED = {*SHARES, *GROWTHS, *MEAN_GROWTHS, *INTENSITIES, *DECREASES, "每万人有效发明专利拥有量", "近三年研发投入强度"}

OF_ALL_ENTERPRISES = {"上云企业数量", "接入工业互联网平台企业数量", "应用数字化研发工具企业数量"}
"""What the example doesn't need: its rates are shares of the small and medium enterprises."""

_CHINESE = r"\u2010-\u2027\u2030-\u205e\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef×÷·"
_COUNTED = re.compile(f"[{_CHINESE}]|[^\\s{_CHINESE}]+")


class StrictLoader(yaml.BaseLoader):
    """Reads every scalar as the text that was written, and refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        if repeated:
            raise ValueError(f"{repeated} given twice, line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)


@cache
def cluster() -> Any:
    return load(FOLDER / "cluster.yaml")


@cache
def register_figures() -> Any:
    """What the example's registers add up to, as the tool that makes them up is told."""
    return load(ROOT / "tools" / "example_register.yaml")


@cache
def read_cluster() -> Cluster:
    """The example as the program reads it, with its registers."""
    found, findings = load_cluster(FOLDER, read_catalogue([ROOT / "templates" / "fields"]), forms=list(DATA_YEARS))
    assert found is not None and findings == ()
    return found


@cache
def catalogue() -> Any:
    folder = ROOT / "templates" / "fields"
    return {**load(folder / "fields.yaml"), **load(folder / "facts.yaml")}


def names(kind: str) -> set[str]:
    return {item["name"] for item in catalogue()[kind]}


def characters(text: str) -> int:
    """Count as the forms' limits do: a Chinese character or mark is 1, an unbroken run of anything else is 1."""
    return len(_COUNTED.findall(text))


def number(text: str) -> Decimal:
    return Decimal(0) if text == "无" else Decimal(text)


def given(field: str, year: int) -> Decimal:
    """Return the figure of `field` in `year`: of cluster.yaml, else what the registers add up to."""
    by_hand = cluster()["实绩"].get(field, {})
    return number(by_hand[str(year)] if str(year) in by_hand else register_figures()[field][str(year)])


def value(field: str, year: int) -> Decimal:
    """Return the figure of `field` in `year`: given, or derived by the formulas of the 填报说明, not rounded."""
    if field in SHARES:
        part, whole = SHARES[field]
        return 100 * given(part, year) / given(whole, year)
    if field in GROWTHS:
        return 100 * (given(GROWTHS[field], year) / given(GROWTHS[field], year - 1) - 1)
    if field in MEAN_GROWTHS:
        name = MEAN_GROWTHS[field]
        return 100 * ((given(name, year) / given(name, year - 2)).sqrt() - 1)
    if field in INTENSITIES:
        return given(INTENSITIES[field], year) / given("集群总产值", year)
    if field in DECREASES:
        first, last = value(DECREASES[field], year - 2), value(DECREASES[field], year)
        return 100 * (first - last) / first
    if field == "每万人有效发明专利拥有量":
        return 10000 * given("有效发明专利拥有量", year) / given("中小企业从业人员数量", year)
    if field == "近三年研发投入强度":
        years = range(year - 2, year + 1)
        cost, revenue = (sum(given(name, y) for y in years) for name in ("研发经费总额", "中小企业营业收入"))
        return 100 * Decimal(cost) / Decimal(revenue)
    return given(field, year)


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def plan(base_year: int) -> list[Any]:
    found = [item["目标"] for item in cluster()["规划"] if item["基准年"] == str(base_year)]
    assert len(found) == 1
    targets: list[Any] = found[0]
    return targets


def prose(form: str) -> str:
    return "\n".join(cluster()["申报"][form]["规划正文"].values())


def scalars(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, item in node.items():
            yield key
            yield from scalars(item)
    elif isinstance(node, list):
        for item in node:
            yield from scalars(item)
    else:
        yield node
