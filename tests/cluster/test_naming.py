"""Names are composed as one would write them by hand."""

from __future__ import annotations

import pytest

from generator.cluster.naming import compose


@pytest.mark.parametrize(
    ("province", "city", "county", "trade", "name"),
    [
        ("江苏省", "苏州市", "吴江区", "仿真纤维材料", "江苏省苏州市吴江区仿真纤维材料产业"),
        ("上海市", None, "示例区", "智能传感器", "上海市示例区智能传感器产业"),
        ("上海市", "上海市", "浦东新区", "智能传感器", "上海市浦东新区智能传感器产业"),
        ("湖北省", "无", "潜江市", "虾产业", "湖北省潜江市虾产业"),
        ("广东省", "东莞市", "无", "玩具", "广东省东莞市玩具产业"),
        ("吉林省", "吉林市", "龙潭区", "碳纤维", "吉林省吉林市龙潭区碳纤维产业"),
    ],
)
def test_a_name_says_nothing_twice(province: str, city: str | None, county: str, trade: str, name: str) -> None:
    parts = {"省": province, "县": county, "产业": trade}
    if city is not None:
        parts["市"] = city
    assert compose("{省}{市}{县}{产业}产业", parts) == name


def test_a_repeat_of_the_beginning_of_what_follows_is_left_out_too() -> None:
    assert compose("{产业}产业集群", {"产业": "虾产业"}) == "虾产业集群"
    assert compose("{产业}产业集群", {"产业": "虾产业集群"}) == "虾产业集群"
    assert compose("{产业}产业集群", {"产业": "高产"}) == "高产产业集群"


def test_what_follows_in_brackets_counts_too() -> None:
    assert compose("集群（{产业}产业）", {"产业": "传感器产业"}) == "集群（传感器产业）"
    assert compose("集群（{产业}）", {"产业": "传感器（芯片）"}) == "集群（传感器（芯片））"


def test_nothing_is_said_of_people_where_there_are_none() -> None:
    assert compose("{联系人} {联系方式}", {"联系人": "无", "联系方式": "无"}) == "无 无"
