"""What a sentence says of figures is read where it is said plainly, and passed over where it is in doubt."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from generator.checks.claims import Claim, Reader, Rough, claims_in
from generator.checks.reading import read_references
from generator.checks.vocabulary import Vocabulary
from generator.cluster.catalogue import read_catalogue
from generator.forms.library import Library


@cache
def vocabulary() -> Vocabulary:
    library = Library.standard()
    return read_references(library, library.form("national-2025")).vocabulary


def read(text: str) -> list[Claim]:
    return list(claims_in(text, vocabulary()))


def test_a_text_is_read_once_for_each_way_of_understanding_it() -> None:
    reader, text = Reader(vocabulary()), "企业231家。"
    assert reader.claims(text) == tuple(read(text)) == ()
    assert [claim.text for claim in reader.claims(text, of_the_cluster=True)] == ["231家"]
    assert reader.claims(text, of_the_cluster=True) is reader.claims(text, of_the_cluster=True)


def told(text: str) -> list[tuple[str, str, int | None]]:
    return [(claim.says.value, claim.text, claim.year) for claim in read(text)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("2024年集群总产值147.21亿元", [("value", "147.21亿元", 2024)]),
        ("2024年底，集群有企业231家，其中中小企业222家。", [("value", "231家", 2024), ("value", "222家", 2024)]),
        ("优质中小企业由2022年的52家增加到2024年的97家", [("first", "52家", 2022), ("value", "97家", 2024)]),
        ("集群总产值147.21亿元，近三年年均增长14.46%", [("value", "147.21亿元", None), ("mean", "14.46%", None)]),
        ("中小企业产值115.76亿元，占78.64%", [("value", "115.76亿元", None), ("share", "78.64%", None)]),
        ("累计141家中小企业上云，占68.78%", [("value", "141家", None), ("share", "68.78%", None)]),
        ("近三年研发经费总额累计19.92亿元", [("sum", "19.92亿元", None)]),
        ("主导产品出口贸易额11.83亿元，比上年增长16.61%", [("value", "11.83亿元", None), ("growth", "16.61%", None)]),
        ("优质中小企业74家，比2021年增加53家", [("value", "74家", None), ("change", "53家", None)]),
        ("包括专精特新中小企业44家、“小巨人”企业7家", [("value", "44家", None), ("value", "7家", None)]),
        (
            "单位产值能耗由0.17吨标准煤/万元降到0.15吨标准煤/万元",
            [("first", "0.17吨标准煤/万元", None), ("value", "0.15吨标准煤/万元", None)],
        ),
    ],
)
def test_plain_statements_are_read(text: str, claims: list[tuple[str, str, int | None]]) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(
    ("text", "rough"),
    [
        ("集群总产值约147亿元", Rough.ABOUT),
        ("集群总产值近150亿元", Rough.ABOUT),
        ("集群总产值150亿元左右", Rough.ABOUT),
        ("集群总产值超过140亿元", Rough.LEAST),
        ("集群总产值突破140亿元", Rough.LEAST),
        ("集群总产值140亿元以上", Rough.LEAST),
        ("专精特新中小企业50余家", Rough.LEAST),
        ("集群总产值147亿元", None),
    ],
)
def test_how_exactly_a_number_is_meant_is_read_with_it(text: str, rough: Rough | None) -> None:
    assert [claim.rough for claim in read(text)] == [rough]


def test_a_figure_told_year_by_year_is_read_year_by_year() -> None:
    said = "2022年至2024年，集群总产值分别为112.36亿元、128.94亿元、147.21亿元"
    assert told(said) == [("value", "112.36亿元", 2022), ("value", "128.94亿元", 2023), ("value", "147.21亿元", 2024)]
    assert told("2022年和2024年集群总产值分别为112.36和147.21亿元") == [
        ("value", "112.36", 2022),
        ("value", "147.21亿元", 2024),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "新增专精特新中小企业25家、“小巨人”企业5家",
        "培育“小巨人”企业5家",
        "规模以上企业120家",
        "服务企业62家、流片430批次",
        "服务企业超过60家",
        "集群总产值、主导产业产值分别为147.21亿元、127.19亿元",
        "2024年上半年集群总产值70.12亿元",
        "骨干企业6家，有研发人员120人",
        "龙头企业集群总产值12亿元",
        "国家级、省级中小企业公共服务示范平台达到3个",
        "单位产值二氧化碳排放量、单位产值能耗分别由0.29吨/万元、0.17吨标准煤/万元降到0.25吨/万元、0.15吨标准煤/万元",
        "完成节能诊断121家次",
        "三年来新增企业34家",
        "绿色工厂占规模以上企业比例达到15%",
        "研发人员3530人，占从业人员的四分之一",
        "产业基金规模10亿元，占20%",
    ],
)
def test_what_is_in_doubt_is_passed_over(text: str) -> None:
    assert [claim.text for claim in read(text) if claim.text != "3530人"] == []


def test_a_number_that_nothing_is_known_of_takes_no_share_from_the_figure_before() -> None:
    assert told("集群总产值147.21亿元，软件收入30亿元，占20%") == [("value", "147.21亿元", None)]


def test_a_year_compared_with_is_not_the_year_that_is_spoken_of() -> None:
    (begun, _) = read("与2022年相比，专精特新中小企业由33家增加到56家")
    assert (begun.since, begun.year) == (2022, None)


def test_what_falls_is_negative() -> None:
    assert [claim.number for claim in read("集群总产值128.94亿元，比2021年下降3.00%")] == [Decimal("128.94"), -3]


def test_the_words_speak_of_known_fields_and_registers_only() -> None:
    catalogue = read_catalogue(Library.standard().field_folders())
    for word in vocabulary().words:
        assert {*word.fields, word.added, word.share, word.mean, word.growth} - {""} <= catalogue.fields.keys()
        assert not word.register_name or word.register_name in catalogue.registers
