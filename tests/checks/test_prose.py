"""Sentences as offices write them, held against the complete example: what is wrong is told, what is right or unclear is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.findings import Finding
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare

HEADING = "      二、发展成效: |\n"

RIGHT = """
2024年集群总产值1472100万元，合1,472,100万元。
2024年集群总产值147.2亿元，近150亿元，超过140亿元，约147亿元，140亿元以上，140余亿元，150亿元左右。
2024年集群总产值约150亿元。
2024年集群总产值近150亿元。
2024年集群总产值超过140亿元。
2024年集群总产值140余亿元。
2024年集群总产值140亿元以上。
2024年集群总产值１４７．２１亿元。
2024 年集群总产值为 147.21 亿元。
2023年集群总产值128.94亿元，2024年达到147.21亿元。
集群总产值从112.36亿元增至147.21亿元。
2022年至2024年，集群总产值分别为112.36亿元、128.94亿元、147.21亿元。
2022—2024年集群总产值分别为112.36、128.94和147.21亿元。
集群总产值、主导产业产值分别为147.21亿元、127.19亿元。
集群总产值同比增长14.17%。
集群企业231家，比上年增长7.94%。
单位产值能耗比2022年下降11.77%。
研发投入强度提高0.36个百分点。
中小企业从业人员1.5万人。
新增专精特新中小企业12家，每年培育专精特新中小企业15家，力争新增“小巨人”企业5家。
龙头企业上海示例微传感科技有限公司产值12.5亿元，有效发明专利120件。
共享工厂服务企业超过60家、流片430余批次。
产业基金规模10亿元，带动投资超过30亿元。
全区工业总产值1825.60亿元，全市中小企业约50万家。
国内智能传感器市场规模超过3000亿元，企业平均产值约0.64亿元。
集群总产值年均增长10%以上，近三年均超过100亿元。
“十三五”末集群总产值60亿元。
集群研发投入强度10%以上的企业30家，上云比例超过80%的镇街3个。
工业互联网平台普及率60%以上的细分行业2个。
到“十五五”末，集群总产值达到300亿元。
集群总产值增速14.17%，同比增速14.17%。
2024年1至6月，集群总产值70.12亿元。
2024年上半年集群总产值达70.12亿元。
2025年一季度，集群总产值38亿元，同比增长12%。
2024年前三季度，集群总产值102亿元；2024年全年集群总产值147.21亿元。
集群2024年总产值147.21亿元。
集群2024年引进企业12家。
截至2024年底，集群集聚企业231家，其中中小企业222家，占比96.10%。
集群现有国家级高企108家、专精特新企业56家、专精特新“小巨人”9家。
目标：到2027年，集群总产值超过200亿元，“小巨人”企业20家。
其中核心区集聚企业150家，辐射区集聚企业81家。
集群拥有省级以上创新平台7个。
近3年集群总产值年均复合增长率14.46%。
研发费用占营业收入的比重，“小巨人”企业达到12.50%。
集群总产值由2022年的112.36亿元发展到2024年的147.21亿元。
2024年，集群总产值147.21亿，较上年增加18.27亿元，近150亿左右。
专精特新中小企业56家，比上年增加12家。
近三年集群累计投入研发经费23.52亿元，累计拥有有效发明专利887件。
集群产业基金10亿，带动投资30亿。
""".strip().splitlines()

WRONG = """
2024年，集群实现总产值142.71亿元。
2024年集群总产值1,427,100万元。
集群2024年总产值142.71亿元。
2024年前三季度，集群总产值102亿元，2024年全年集群总产值142.71亿元。
2024年集群总产值１４２．７１亿元。
2024 年集群总产值为 142.71 亿元。
2023年集群总产值128.94亿元，2024年达到174.21亿元。
集群总产值从112.36亿元增至174.21亿元。
2022年至2024年，集群总产值分别为112.36亿元、128.49亿元、147.21亿元。
2022—2024年集群总产值分别为112.36、128.94和174.21亿元。
2024年集群总产值突破160亿元。
2024年集群总产值约180亿元。
2024年集群总产值近200亿元。
2024年集群总产值160亿元以上。
2024年集群总产值160余亿元。
集群总产值同比增长41.17%。
集群企业231家，比上年增长9.74%。
单位产值能耗比2022年下降17.71%。
中小企业从业人员1.8万人。
集群总产值增速达24.17%。
集群总产值首次突破150亿元。
集群企业数达到331家。
每万人发明专利拥有量490件。
在境外设立分支机构16家，境外设立分支机构16家。
集群实现营业收入135.76亿元。
2024年，集群工业总产值达到157.21亿元。
近三年集群总产值年均复合增长率24.46%。
集群总产值占全区工业总产值比重达18.06%。
主导产业占比96.40%。
集群拥有国家专精特新“小巨人”19家。
集群现有国家高企118家。
集群已培育专精特新企业156家。
集群企业数量从2022年的197家发展到2024年的331家。
集群拥有省级以上创新平台17个。
集群研发费用占营业收入比重达8.62%。
数字化研发设计工具普及率89.28%。
2024年，集群总产值157.21亿，同比增长14.17%。
集群总产值较上年增加28.27亿元。
研发投入强度7.62%，比上年提高1.30个百分点。
近三年集群累计投入研发经费34.27亿元。
""".strip().splitlines()


def stale(file: Path, text: str, sentences: list[str]) -> list[Finding]:
    lines = "".join(f"        {sentence}\n" for sentence in sentences)
    file.write_text(text.replace(HEADING, HEADING + lines, 1), "utf-8")
    findings = prepare(file, "national-2025", Library.standard(), FontLibrary.bundled()).findings
    return [finding for finding in findings if finding.code == "C911"]


def test_what_is_right_or_unclear_is_passed_over(file: Path, text: str) -> None:
    assert text.index(HEADING) < text.index("national-2024")
    assert [finding.found for finding in stale(file, text, RIGHT)] == []


def test_each_wrong_figure_is_told_once_with_its_sentence(file: Path, text: str) -> None:
    found = [finding.found.partition("：")[0] for finding in stale(file, text, WRONG)]
    assert found == [
        "142.71亿元", "1427100万元", *["142.71亿元"] * 4, "174.21亿元", "174.21亿元", "128.49亿元", "174.21亿元",
        "突破160亿元", "约180亿元", "近200亿元", "160亿元以上", "160余亿元", "41.17%", "9.74%", "17.71%", "1.8万人",
        "24.17%", "突破150亿元", "331家", "490件", "16家", "16家", "135.76亿元", "157.21亿元", "24.46%", "18.06%",
        "96.40%", "19家", "118家", "156家", "331家", "17个", "8.62%", "89.28%",
        "157.21亿", "28.27亿元", "1.30个百分点", "34.27亿元",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"), [("无", "2024年外商直接投资额是“无”"), ("0", "2024年外商直接投资额0万元")]
)
def test_a_figure_that_is_none_is_told_as_the_form_says_it(written: str, expected: str, file: Path, text: str) -> None:
    without = re.sub(r"(  外商直接投资额: .*2024: )[0-9.]+", rf"\g<1>{written}", text)
    (finding,) = stale(file, without, ["2024年外商直接投资额512.30万元。"])
    assert finding.expected == expected


def test_what_is_said_of_three_years_is_answered_with_their_figure(file: Path, text: str) -> None:
    at = text.index(HEADING, text.index("\n  shanghai-2024:"))
    said = f"{HEADING}        近三年研发投入强度8.28%。\n"
    file.write_text(text[:at] + said + text[at + len(HEADING) :], "utf-8")
    findings = prepare(file, "shanghai-2024", Library.standard(), FontLibrary.bundled()).findings
    assert [each.expected for each in findings if each.code == "C911"] == ["2023年近三年研发投入强度7.28%"]
