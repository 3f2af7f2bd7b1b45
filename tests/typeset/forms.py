"""The riskiest pages of the forms, written by hand: notes in cells, and a cell of several pages with a table in it."""

from __future__ import annotations

from tests.typeset.word import cell, document, field, note_mark, paragraph, row, run, section, table

NOTES = (
    "集群近三年产值或营业收入均在30亿元以上；",
    "中小企业产值或营业收入占集群总产值50%以上；",
    "主导产业占集群总产值或营业收入比例高于50%；",
    "产值或营业收入年均增速高于10%；",
    "集群拥有不少于1家主导产业的制造业单项冠军企业或专精特新“小巨人”企业，或者不少于10家专精特新中小企业、创新型中小企业"
    "或国家级高新技术企业。",
)
_ROWS: tuple[tuple[str, int, str], ...] = (
    ("集群总产值/营业收入", 1, "（亿元）"),
    ("集群总产值/营业收入占所在区产值比例（%）", 0, ""),
    ("集群内中小企业产值/营业收入占集群总产值/营业收入比例", 2, "（%）"),
    ("集群主导产业产值/营业收入占集群总产值/营业收入比例", 3, "（%）"),
    ("近三年主导产业产值/营业收入年均增速", 4, "（%）"),
    ("集群企业数量", 5, ""),
    ("其中：集群中小企业数量", 0, ""),
    ("主导产业相关的专精特新中小企业数量", 0, ""),
    ("主导产业相关的制造业单项冠军企业数量", 0, ""),
    ("主导产业相关的国家级高新技术企业数量", 0, ""),
    ("主导产业相关的创新型中小企业数量", 0, ""),
    ("主导产业相关的上市中小企业数量", 0, ""),
    ("主导产业相关的上市辅导期中小企业数量", 0, ""),
)
_PROSE = (
    "集群主导产业在细分领域处于国内领先水平，2021年获评市级特色产业集群（首批），近三年先后出台《促进智能传感器产业发展若干"
    "措施》等政策12项，培育国家级专精特新“小巨人”企业12家、制造业单项冠军企业3家；规模以上工业企业研发经费投入强度达到"
    "5.6%，R&D人员4,120人，实现营业收入46.88亿元，占全区工业总产值的17.5%，同比增长13.2%。",
    "集群建有国家级创新平台2个、市级创新平台9个，与高等院校、科研院所共建联合实验室6个；累计主持或参与制修订国家标准、行业"
    "标准31项，有效发明专利拥有量425件，每万人拥有量68.5件。存在的问题：一是关键材料、核心工艺对外依存度较高；二是中小企业"
    "“上云用数赋智”程度不一——尤其是设备联网率；三是能耗、物耗仍有下降空间……",
)
_PART = '<w:keepNext/><w:outlineLvl w:val="0"/>'
_WHOLE = "<w:cantSplit/>"
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="420"/>'


def _heading(text: str) -> str:
    return paragraph(text, font="黑体", size=16, line=28, properties=f"{_PART}<w:pageBreakBefore/>")


def _part_two() -> str:
    columns = [215, 80, 80, 80]
    titles = [cell(paragraph(title, alignment="center")) for title in ("年度", "2021年", "2022年", "2023年")]
    rows = [row(titles, height=28, properties=f"{_WHOLE}<w:tblHeader/>")]
    for label, note, after in _ROWS:
        content = run(label) + (note_mark(note) if note else "") + (run(after) if after else "")
        values = [cell(paragraph("12.30", alignment="center"), vertical="center") for _ in range(3)]
        labelled = cell(paragraph(content, alignment="both"), 215, vertical="center")
        rows.append(row([labelled, *values], height=28, properties=_WHOLE))
    return table(columns, rows)


def _targets() -> str:
    widths = [70, 125, 60, 60, 60, 60]
    titles = ("方向", "指标", "2023年基准值", "2024年目标值", "2025年目标值", "2026年目标值")
    rows = [row([cell(title) for title in titles], properties=f"{_WHOLE}<w:tblHeader/>")]
    for direction in ("主导产业", "创新", "数字化", "绿色化"):
        for number, indicator in enumerate(("近三年集群产值年均增速（%）", "优质中小企业数量", "研发经费投入（亿元）")):
            merged = cell(direction, merge="restart" if number == 0 else "continue", vertical="center")
            values = [cell(paragraph("17.25", alignment="center"), vertical="center") for _ in range(4)]
            rows.append(row([merged, cell(indicator), *values], height=24, properties=_WHOLE))
    return table(widths, rows, indent=4)


def _part_eight() -> str:
    prose = "".join(paragraph(text, alignment="both", indent=_INDENT) for text in _PROSE)
    content = (
        paragraph("一、集群基本情况简介", font="黑体", properties="<w:keepNext/>")
        + prose * 4
        + paragraph("（二）发展目标", font="楷体_GB2312", properties="<w:keepNext/>")
        + _targets()
        + paragraph("（三）重点任务", font="楷体_GB2312", properties="<w:keepNext/>")
        + prose * 4
    )
    return table([440], [row([cell(content, 440)])])


def two_parts() -> bytes:
    """Return a document with part 二 (notes in cells) and part 八 (one cell of several pages) of Shanghai's form."""
    body = (
        paragraph("上海市中小企业特色产业集群申报表", font="方正小标宋简体", size=22, line=36, alignment="center")
        + _heading("二、主导产业情况")
        + _part_two()
        + _heading("八、未来三年中小企业特色产业集群发展规划")
        + _part_eight()
        + _heading("九、真实性声明及推荐意见")
        + paragraph(_PROSE[0], alignment="both", indent=_INDENT)
    )
    return document(
        body,
        notes=NOTES,
        parts={"footer1": paragraph(field("PAGE"), line=14, alignment="center")},
        sections=section('<w:footerReference w:type="default" r:id="footer1"/>'),
    )
