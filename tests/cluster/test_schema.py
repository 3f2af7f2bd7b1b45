"""The JSON Schema says of a file what the loader says."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.cluster.catalogue import Catalogue
from generator.cluster.schema import json_schema
from tests.cluster.conftest import FORMS, Load
from tests.cluster.test_load import WHOLE


@pytest.fixture(scope="module")
def validator(catalogue: Catalogue) -> Draft7Validator:
    schema = json_schema(catalogue, FORMS)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def as_texts(text: str) -> Any:
    """As an editor that leaves values as they are written; what isn't written is null."""
    return json.loads(json.dumps(yaml.load(text, Loader=yaml.BaseLoader)).replace(': ""', ": null"))


def as_yaml_1_1(text: str) -> Any:
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


@pytest.mark.parametrize("parse", [as_texts, as_yaml_1_1])
def test_a_whole_file_is_valid_however_it_is_parsed(validator: Draft7Validator, parse: Any) -> None:
    text = WHOLE.replace("３．５０", "3.50")
    assert [error.message for error in validator.iter_errors(parse(text))] == []


def test_dates_may_arrive_as_dates(validator: Draft7Validator) -> None:
    data = yaml.safe_load("申报: {national-2025: {申报时间: 2025-05-20}}\n")
    assert validator.is_valid(data)


@pytest.mark.parametrize(
    "text",
    [
        "集群总产直: 1", "集群总产值: {2023: 1}", "实绩: {集群总产值: 5}", "实绩: {集群总产值: {23: 5}}", "实绩: {集群总产值: {2023: -5}}",
        "实绩: {集群总产值: {2023: 12.5亿}}", "实绩: {企业数量: {2023: 1.5}}", "概况: {能效水平: 高干}", "概况: {公共服务: [天气]}",
        "联系人: [张三]", "工作: [没有的工作]", "工作: {绘制产业链图谱: 是}", "申报: {national-2O25: {}}", "成立时间: 去年",
        "叙述: {强链补链情况: {图片: a.png}}", "事件: [{类别: 火灾}]", "规划: {基准年: 2024}",
    ],
)  # fmt: skip
def test_what_the_loader_finds_is_invalid_too(validator: Draft7Validator, load: Load, text: str) -> None:
    _, findings = load(text + "\n")
    assert findings
    assert not validator.is_valid(as_yaml_1_1(text))


@pytest.mark.parametrize(
    "text",
    ["产业:", "实绩: {集群总产值: {2023: }}", "实绩: {集群总产值: {2023: 无}}", "工作:", "事件: 无", "概况: {公共服务: 信息服务}",
     "成立时间: 2018年6月", "叙述: {强链补链情况: {文件: }}", "事件: [{类别: 安全事故, 日期: 2023}]", "联系人: 0012"],
)  # fmt: skip
def test_what_the_loader_takes_is_valid_too(validator: Draft7Validator, load: Load, text: str) -> None:
    _, findings = load(text + "\n")
    assert findings == ()
    assert validator.is_valid(as_texts(text))
    assert validator.is_valid(as_yaml_1_1(text))


def test_descriptions_and_choices_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    properties = json_schema(catalogue, FORMS)["properties"]
    total = properties["实绩"]["properties"]["集群总产值"]
    assert total["description"] == "全部企业的产值。亿元；0 至 100000。按年填写：{2023: …, 2024: …}"
    efficiency = properties["概况"]["properties"]["能效水平"]
    assert efficiency["enum"] == ["低于", "等于", "高于", "不适用", "无", None]
    assert list(properties["申报"]["properties"]) == list(FORMS)
