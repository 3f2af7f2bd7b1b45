"""Every way of going wrong that has been seen, or can be foreseen: found, placed, and answered with the mend."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.cluster.codes import Code
from generator.findings import Finding
from tests.cluster.conftest import Load


@dataclass(frozen=True)
class Trap:
    """What a clerk writes, what is found of it, where, and words of the remedy. `reads` is whether a cluster results."""

    name: str
    text: str
    code: Code
    place: str
    remedy: str
    path: str = ""
    reads: bool = True
    others: tuple[Code, ...] = field(default=())


YEARS = "实绩 › 集群总产值"
ROW = "名录 › 创新平台 › 第1行 › 名称"
PLAN = "规划 › 第1项 › 基准年"

ITEMS = "工作:\n  {} 绘制产业链图谱\n  - 组建创新联合体\n  # 资源共享\n  - 共享服务资源\n产业: 智能\n"
SECOND = "叙述:\n  {}: |\n    第一段。\n第二段。\n    第三段。\n产业: 智能\n".format("集群简介")

SYNTAX = [
    Trap("bullet for a dash", ITEMS.format("·"), Code.DASH_WITHOUT_SPACE, "2:3", "- 绘制产业链图谱", reads=False),
    Trap("wide dash", ITEMS.format("－"), Code.DASH_WITHOUT_SPACE, "2:3", "- 绘制产业链图谱", reads=False),
    Trap("number for a dash", ITEMS.format("1."), Code.DASH_WITHOUT_SPACE, "2:3", "- 绘制产业链图谱", reads=False),
    Trap("text behind the bar", "叙述:\n  集群简介: |集群\n    简介\n", Code.SYNTAX, "2:9", "换行", reads=False),
    Trap("paragraph without indent", SECOND, Code.INDENT, "4:1", "多缩进几格", reads=False),
    Trap(
        "prose no further in than its name",
        "叙述:\n  集群简介: |\n  集群位于甲县。\n  国际合作交流情况: 无\n",
        Code.INDENT,
        "3:3",
        "多缩进几格",
        reads=False,
    ),
    Trap("tab as indent", "地区:\n\t县: 示例区\n", Code.TAB_INDENT, "2:1", "两个半角空格", reads=False),
    Trap(
        "colon missing its space",
        "产业:智能\n地区: {县: 甲}\n",
        Code.COLON_WITHOUT_SPACE,
        "1:3",
        "产业: 智能",
        reads=False,
    ),
    Trap("wide colon", "产业：智能\n地区: {县: 甲}\n", Code.WIDE_COLON, "1:3", "产业: 智能", reads=False),
    Trap(
        "wide colon after a year",
        "实绩:\n  企业数量:\n    2023：1\n    2024: 2\n",
        Code.WIDE_COLON,
        "3:9",
        "2023: 1",
        reads=False,
    ),
    Trap(
        "heading with a wide colon",
        "申报:\n  national-2025:\n    规划正文:\n      三、问题：|\n        一\n      四、目标: 二\n",
        Code.WIDE_COLON,
        "4:11",
        "三、问题: |",
        reads=False,
        others=(Code.SYNTAX,),
    ),
    Trap(
        "heading without space",
        "申报:\n  national-2025:\n    规划正文:\n      三、问题:|\n        一\n      四、目标: 二\n",
        Code.COLON_WITHOUT_SPACE,
        "4:11",
        "三、问题: |",
        reads=False,
        others=(Code.SYNTAX,),
    ),
    Trap(
        "quote never closed in braces",
        '地区: {省: "上海市, 县: 甲}\n产业: 智能\n',
        Code.QUOTES,
        "1:9",
        "另一半引号",
        reads=False,
    ),
    Trap("wide comma in braces", "地区: {省: 上海市，县: 示例区}\n", Code.WIDE_COMMA, "1:12", "英文逗号", reads=False),
    Trap(
        "enumeration comma in braces",
        "实绩: {企业数量: {2022: 1、2023: 2}}\n",
        Code.WIDE_COMMA,
        "1:20",
        "英文逗号",
        reads=False,
    ),
    Trap("wide braces", "地区: ｛省: 上海市, 县: 示例区｝\n", Code.WIDE_BRACKETS, "1:5", "半角", reads=False),
    Trap(
        "dash missing its space",
        "工作:\n-绘制产业链图谱\n-建立共享车间\n",
        Code.DASH_WITHOUT_SPACE,
        "2:1",
        "- 绘制产业链图谱",
        reads=False,
        others=(Code.DASH_WITHOUT_SPACE,),
    ),
    Trap("indent too deep", "地区:\n  省: 上海市\n   县: 示例区\n", Code.INDENT, "3:4", "对齐", reads=False),
    Trap(
        "indent between levels", "地区:\n    省: 上海市\n  县: 示例区\n", Code.INDENT, "3:3", "改第 2 行", reads=False
    ),
    Trap(
        "wide colon before a remark",
        "概况:\n  # 平方公里\n  占地面积：5\n  # 备注\n  能效水平: 高于\n",
        Code.WIDE_COLON,
        "3:7",
        "占地面积: 5",
        reads=False,
    ),
    Trap("brackets never closed", "地区: {省: 上海市\n产业: 智能\n", Code.BRACKETS, "1:5", "请补上“}”", reads=False),
    Trap("quote never closed", '产业: "智能\n联系人: 张三\n', Code.QUOTES, "1:5", "另一半引号", reads=False),
    Trap("text after a quote", '产业: "智能"传感器\n联系人: 张三\n', Code.QUOTES, "1:9", "中文引号", reads=False),
    Trap("colon within a value", "产业: 智能: 传感器\n", Code.NEEDS_QUOTES, "1:7", "'智能: 传感器'", reads=False),
    Trap("at sign at the start", "联系人: @张三\n", Code.NEEDS_QUOTES, "1:6", "'@张三'", reads=False),
    Trap("star before hanzi", "产业: *重点\n", Code.NEEDS_QUOTES, "1:5", "'*重点'", reads=False),
    Trap(
        "hash in a list",
        "概况: {公共服务: [信息 #服务, 人员培训]}\n产业: 智能\n",
        Code.CUT_BY_HASH,
        "1:16",
        "加引号",
        reads=False,
    ),
    Trap("backslash in double quotes", '产业: "佐证\\协议"\n', Code.SYNTAX, "1:8", "“/”", reads=False),
    Trap("list on the line of its name", "工作: - 绘制产业链图谱\n", Code.SYNTAX, "1:5", "移到下一行", reads=False),
]

KEYS = [
    Trap("wide blank as indent", "地区:\n\u3000\u3000县: 示例区\n", Code.WIDE_INDENT, "2:1", "", reads=True),
    Trap("no-break space as indent", "地区: {县: 甲}\n\xa0产业: 智能\n", Code.WIDE_INDENT, "2:1", "产业: …"),
    Trap("colon missing its space in braces", "地区: {省:上海市, 县: 甲}\n", Code.COLON_WITHOUT_SPACE, "1:6", "省: 上海市"),
    Trap("year's colon missing its space", "实绩: {集群总产值: {2023:46.88}}\n", Code.COLON_WITHOUT_SPACE, "1:14", "2023: 46.88"),
    Trap("wide colon in braces", "地区: {省：上海市, 县: 甲}\n", Code.WIDE_COLON, "1:6", "省: 上海市"),
    Trap("everything full-width", "地区: ｛省：上海市，县：示例区｝\n", Code.WIDE_BRACKETS, "1:5", "半角"),
    Trap("year lines without space", "实绩:\n  集群总产值:\n    2023:46.88\n    2024:53\n", Code.COLON_WITHOUT_SPACE, "3:5", "2023: 46.88"),
    Trap("dash and name without space", "规划:\n  -基准年: 2024\n", Code.DASH_WITHOUT_SPACE, "2:3", "- 基准年: …"),
    Trap("dashes folding to one text", "工作:\n  -绘制产业链图谱\n  -建立共享车间\n", Code.DASH_WITHOUT_SPACE, "2:3", "- 绘制产业链图谱"),
    Trap("merge key", "地区: {<<: {省: 甲}, 县: 乙}\n", Code.MERGE_KEY, "1:6", "直接写出来"),
    Trap("alias", "产业: *b\n", Code.ANCHOR, "1:5", "'*b'"),
    Trap("anchor", "联系人: &d 张三\n", Code.ANCHOR, "1:6", "'&d 张三'"),
    Trap("tag", "产业: !重要 智能\n".replace("重要", "x"), Code.TAG, "1:5", "'!x 智能'"),
    Trap("same name twice", "产业: 甲\n联系人: 乙\n产业: 丙\n", Code.DUPLICATE_KEY, "3:1", "合并成一处", "产业"),
    Trap("same year twice", "实绩: {企业数量: {2023: 1, 2023: 2}}\n", Code.DUPLICATE_KEY, "1:22", "删去一处", "实绩 › 企业数量 › 2023年"),
    Trap("list as a name", "? [甲]\n: 乙\n", Code.STRANGE_KEY, "1:3", "括号"),
    Trap("too deep", "概况: " + "[" * 60 + "]" * 60 + "\n", Code.TOO_DEEP, "1:28", "括号", others=(Code.WRONG_SHAPE,)),
    Trap("second document", "产业: 甲\n---\n产业: 乙\n", Code.SECOND_DOCUMENT, "2:1", "删去这一行", reads=False),
    Trap("unknown name", "实绩: {集群总产直: {2023: 1}}\n", Code.UNKNOWN_KEY, "1:6", "是不是“集群总产值”？", "实绩 › 集群总产直"),
    Trap("misplaced name", "集群总产值: {2023: 1}\n", Code.MISPLACED_KEY, "1:1", "“实绩”下面", "集群总产值"),
    Trap("name that exists nowhere", "概况: {天气: 晴}\n", Code.UNKNOWN_KEY, "1:6", "这里可写：能效水平", "概况 › 天气"),
    Trap("words of the form", "概况: {集群占地面积（平方公里）: 5}\n", Code.UNKNOWN_KEY, "1:6", "是不是“占地面积”？"),
    Trap("other words of the form", "概况: {每亩平均投入的强度和产出: 5}\n", Code.UNKNOWN_KEY, "1:6", "shenbao explain"),
    Trap("unknown form", "申报: {national-2O25: {}}\n", Code.UNKNOWN_FORM, "1:6", "是不是“national-2025”？"),
    Trap("list where names belong", "- 产业\n- 地区\n", Code.WRONG_SHAPE, "1:1", "- "),
    Trap("text where names belong", "产业\n", Code.WRONG_SHAPE, "1:1", "说明: …"),
    Trap("names where a list belongs", "工作: {绘制产业链图谱: 是}\n", Code.WRONG_SHAPE, "1:5", "“- ”"),
    Trap("text where a list belongs", "工作: 绘制产业链图谱\n", Code.WRONG_SHAPE, "1:5", "- 绘制产业链图谱"),
    Trap("enumeration for a list", "工作: 绘制产业链图谱、建立共享车间\n", Code.WIDE_COMMA, "1:5", "[绘制产业链图谱, 建立共享车间]"),
    Trap("enumeration in a list", "工作: [绘制产业链图谱、建立共享车间]\n", Code.WIDE_COMMA, "1:6", "[绘制产业链图谱, 建立共享车间]"),
    Trap("enumeration of choices", "概况: {公共服务: 信息服务，创业辅导}\n", Code.WIDE_COMMA, "1:12", "[信息服务, 创业辅导]"),
    Trap("list where a value belongs", "联系人: [张三, 李四]\n", Code.WRONG_SHAPE, "1:6", "张三、李四"),
    Trap("braces where a value belongs", "联系人: {张三}\n", Code.WRONG_SHAPE, "1:6", "加引号"),
    Trap("years where a value belongs", "概况: {占地面积: {2023: 5}}\n", Code.WRONG_SHAPE, "1:12", "只写一个值"),
    Trap("value where years belong", "实绩: {集群总产值: 53.10}\n", Code.WRONG_SHAPE, "1:13", "{2023: …, 2024: …}", YEARS),
    Trap("member", "规划:\n  - 目标: [{方向: 创新}]\n", Code.MISSING_MEMBER, "2:5", "基准年: …", PLAN, others=(Code.MISSING_MEMBER,)),
    Trap("register row without its name", "名录: {创新平台: [{级别: 省级}]}\n", Code.MISSING_MEMBER, "1:13", "名称: …", ROW),
    Trap("year with 年", "实绩: {企业数量: {2023年: 1}}\n", Code.BAD_YEAR, "1:13", "请写 2023", "实绩 › 企业数量"),
    Trap("year of two digits", "实绩: {企业数量: {23: 1}}\n", Code.BAD_YEAR, "1:13", "四位数字"),
    Trap("torn number", "实绩: {集群总产值: {2023: 1,234.50, 2024: 7}}\n", Code.THOUSANDS, "1:20", "2023: 1234.50", YEARS + " › 2023年"),
    Trap("millions torn apart", "实绩: {外商直接投资额: {2023: 1,234,567}}\n", Code.THOUSANDS, "1:22", "2023: 1234567"),
    Trap("torn number in a row", "名录: {创新平台: [{名称: 甲, 投资: 1,200}]}\n", Code.THOUSANDS, "1:25", "投资: 1200"),
    Trap("thousands in a line", "概况:\n  占地面积: 1,234.5\n", Code.THOUSANDS, "2:9", "请写 1234.5", "概况 › 占地面积"),
    Trap("plan of one year twice", "规划:\n  - {基准年: 2024}\n  - {基准年: 2024}\n", Code.REPEATED_ITEM, "3:5", "合并"),
    Trap(
        "target twice",
        "规划:\n  - 基准年: 2024\n    目标:\n      - {方向: 创新, 指标: 专利}\n      - {方向: 绿色化, 指标: 专利}\n"
        "      - {方向: 创新, 指标: 专利}\n",
        Code.REPEATED_ITEM,
        "6:9",
        "合并",
    ),
    Trap("example left as it is", "名录: {创新平台: [{名称: …}]}\n", Code.PLACEHOLDER, "1:18", "写上内容", ROW),
    Trap("fact twice", "工作:\n  - 建立共享车间\n  - 建立共享车间\n", Code.REPEATED_ITEM, "3:5", "合并"),
]  # fmt: skip

VALUES = [
    Trap("hash in a name", "产业: 上海 #1 工厂\n", Code.CUT_BY_HASH, "1:5", "'上海 #1 工厂'", "产业"),
    Trap("hash at the start of a name", "联系人: #1厂长\n", Code.CUT_BY_HASH, "1:5", "'#1厂长'"),
    Trap("hash in prose", "叙述:\n  强链补链情况: 建成 # 示范线\n", Code.CUT_BY_HASH, "2:11", "'建成 # 示范线'"),
    Trap("words for a number", "概况: {占地面积: 约三}\n", Code.NOT_A_NUMBER, "1:12", "无", "概况 › 占地面积"),
    Trap("dash for nothing", "实绩: {企业数量: {2023: —}}\n", Code.NOT_A_NUMBER, "1:19", "请写 无"),
    Trap("range for a number", "概况: {占地面积: 3-5}\n", Code.NOT_A_NUMBER, "1:12", "一个数字"),
    Trap("number without its zero", "概况: {占地面积: .5}\n", Code.NOT_A_NUMBER, "1:12", "请写 0.5"),
    Trap("number with a blank", "实绩: {企业数量: {2023: 1 200}}\n", Code.NOT_A_NUMBER, "1:19", "请写 1200"),
    Trap("unit of the field", "实绩: {集群总产值: {2023: 12.5亿}}\n", Code.UNIT_IN_VALUE, "1:20", "请写 12.5"),
    Trap("unit of another size", "实绩: {集群总产值: {2023: 5200万元}}\n", Code.UNIT_IN_VALUE, "1:20", "请写 0.52"),
    Trap(
        "unit to be made smaller", "实绩: {外商直接投资额: {2023: 1.2亿元}}\n", Code.UNIT_IN_VALUE, "1:22", "请写 12000"
    ),
    Trap("counted with a unit", "实绩: {企业数量: {2023: 120家}}\n", Code.UNIT_IN_VALUE, "1:19", "请写 120"),
    Trap("percent sign", "实绩: {中小企业产值占比: {2023: 12.5%}}\n", Code.UNIT_IN_VALUE, "1:23", "请写 12.5"),
    Trap("wide percent sign", "实绩: {中小企业产值占比: {2023: 12.5％}}\n", Code.UNIT_IN_VALUE, "1:23", "请写 12.5"),
    Trap("unit that is another thing", "概况: {占地面积: 5亩}\n", Code.UNIT_IN_VALUE, "1:12", "换算"),
    Trap("percent out of range", "实绩: {中小企业产值占比: {2023: 120}}\n", Code.OUT_OF_RANGE, "1:23", "核对"),
    Trap("number out of range", "概况: {占地面积: -1}\n", Code.OUT_OF_RANGE, "1:12", "核对"),
    Trap("negative count", "实绩: {企业数量: {2023: -5}}\n", Code.OUT_OF_RANGE, "1:19", "核对"),
    Trap("endless number", f"实绩: {{企业数量: {{2023: {'9' * 40}}}}}\n", Code.OUT_OF_RANGE, "1:19", "核对"),
    Trap(
        "half an enterprise",
        "实绩: {企业数量: {2023: 12.5}}\n",
        Code.FRACTION_IN_COUNT,
        "1:19",
        "核对",
        "实绩 › 企业数量 › 2023年",
    ),
    Trap("day that is none", "申报: {national-2025: {申报时间: 2025-02-30}}\n", Code.BAD_DATE, "1:28", "年月日"),
    Trap("date without marks", "申报: {national-2025: {申报时间: 20250506}}\n", Code.BAD_DATE, "1:28", "2025-05-06"),
    Trap("month that is none", "成立时间: 2018-13\n", Code.BAD_DATE, "1:7", "年和月"),
    Trap("day where a month is asked", "成立时间: 2018-06-15\n", Code.BAD_DATE, "1:7", "请写 2018-06"),
    Trap(
        "area code without zero",
        "主管部门: {联系方式: 21-12345678}\n",
        Code.DOUBTFUL_PHONE,
        "1:14",
        "区号",
        "主管部门 › 联系方式",
    ),
    Trap("choice mistyped", "概况: {能效水平: 高干}\n", Code.UNKNOWN_CHOICE, "1:12", "", "概况 › 能效水平"),
    Trap(
        "fact mistyped",
        "工作: [绘制产业链图普]\n",
        Code.UNKNOWN_CHOICE,
        "1:6",
        "是不是“绘制产业链图谱”？",
        "工作 › 第1项",
    ),
    Trap(
        "grade of another event",
        "事件: [{类别: 运营机构变更, 日期: 2023, 等级: 较大}]\n",
        Code.FOREIGN_GRADE,
        "1:33",
        "",
    ),
    Trap("escaped control character", '产业: "智能\\u0007"\n', Code.CONTROL_CHARACTER, "1:5", "单引号"),
    Trap("control character", "产业: 智\x07能\n", Code.CONTROL_CHARACTER, "1:6", "删去这个字符"),
    Trap("foreign line separator", "产业: 智\u2028能\n", Code.CONTROL_CHARACTER, "1:6", "删去这个字符"),
    Trap("zero-width space", "产业: 智\u200b能\n", Code.INVISIBLE_CHARACTER, "1:6", "网页"),
]

VALUES += [
    Trap("file name for a text", "叙述: {强链补链情况: 强链.docx}\n", Code.WRONG_SHAPE, "1:14", "{文件: 强链.docx}"),
    Trap(
        "name that is none",
        "名录: {创新平台: [{名称: 暂无, 级别: 省级}]}\n",
        Code.MISSING_MEMBER,
        "1:18",
        "创新平台: []",
    ),
]
VALUES.append(
    Trap(
        "wide bar",
        "叙述:\n  强链补链情况: ｜\n    集群位于甲县。\n",
        Code.WRONG_SHAPE,
        "2:11",
        "半角的 |",
        "叙述 › 强链补链情况",
    )
)

TRAPS = SYNTAX + KEYS + VALUES


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
@pytest.mark.parametrize("trap", TRAPS, ids=[trap.name for trap in TRAPS])
def test_a_trap_is_found_where_it_is_with_the_mend(load: Load, trap: Trap, native: bool) -> None:
    cluster, findings = load(trap.text, native=native)
    assert (cluster is not None) is trap.reads
    finding = _first(findings, trap.code)
    assert str(finding.position) == f"cluster.yaml:{trap.place}" or (trap.code is Code.SYNTAX and not native)
    assert trap.remedy in finding.remedy + finding.expected
    assert finding.path == trap.path or not trap.path
    allowed = {trap.code.code, *(code.code for code in trap.others)}
    assert {one.code for one in findings} <= allowed


def _first(findings: tuple[Finding, ...], code: Code) -> Finding:
    found = [finding for finding in findings if finding.code == code.code]
    assert found, [(one.code, str(one.position), one.message) for one in findings]
    return found[0]


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.name for trap in TRAPS])
def test_messages_can_be_shown_on_a_console_of_gbk(load: Load, trap: Trap) -> None:
    _, findings = load(trap.text)
    for finding in findings:
        for words in (finding.message, finding.found, finding.expected, finding.remedy):
            words.replace("\xa0", " ").encode("gbk")
            assert "\n" not in words


def test_every_code_is_tried() -> None:
    tried = {trap.code for trap in TRAPS}
    elsewhere = {
        Code.FILE_MISSING, Code.FILE_TOO_BIG, Code.NOT_TEXT, Code.OTHER_ENCODING, Code.BROKEN_ENCODING, Code.EMPTY_FILE,
        Code.REFERENCE_MISSING, Code.OUTSIDE_FOLDER, Code.REFERENCE_UNREADABLE, Code.HEADING_MISSING,
        Code.TABLES_LEFT_OUT, Code.UNKNOWN_EVIDENCE, Code.EVIDENCE_MISSING, Code.EVIDENCE_EMPTY, Code.TOO_MANY,
        Code.EVIDENCE_FILE_EMPTY, Code.EVIDENCE_FOREIGN, Code.EVIDENCE_MISLABELLED,
    }  # fmt: skip
    others = "".join(
        (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("test_files.py", "test_source.py")
    )
    assert all(code.code in others for code in elsewhere)
    assert tried | elsewhere == {code for code in Code if code.code.startswith("Y")}


def test_all_that_is_wrong_comes_at_once(load: Load) -> None:
    text = "产业：智能\n地区:\n\t县: 示例区\n工作:\n-绘制产业链图谱\n实绩: {集群总产值: {2022: 1，2023: 2}}\n"
    cluster, findings = load(text)
    assert cluster is None
    assert [(one.code, one.position.line if one.position else 0) for one in findings] == [
        ("Y104", 1), ("Y102", 3), ("Y106", 5), ("Y107", 6)
    ]  # fmt: skip


def test_prose_in_a_broken_file_is_not_suspected(load: Load) -> None:
    prose = '叙述:\n  强链补链情况: |\n    一、目标：做强\n    -甲、乙: 丙\n    \u3000\u3000{未完 #1\n产业: "智能\n'
    _, findings = load(prose)
    assert {one.position.line for one in findings if one.position} <= {6, 7}


def test_a_remark_set_off_by_two_blanks_is_no_trap(load: Load) -> None:
    cluster, findings = load(
        "产业: 智能  # 不带产业二字\n实绩: {企业数量: {2023: 5}} # 家\n概况: {占地面积: 5} #平方公里\n"
    )
    assert findings == ()
    assert cluster is not None


def test_an_alias_bomb_stays_small(load: Load) -> None:
    lines = ["a0: &a0 [x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    cluster, findings = load("\n".join(lines) + "\n")
    assert cluster is not None
    assert {"Y115", "Y201"} >= {one.code for one in findings} - {"Y901"}


def test_a_value_given_twice_keeps_the_first_and_both_are_checked(load: Load) -> None:
    cluster, findings = load("实绩:\n  企业数量: {2022: 1}\n实绩:\n  企业数量: {2023: 多}\n")
    assert [one.code for one in findings] == ["Y118", "Y301"]
    assert cluster is not None
    assert list(cluster.actuals) == [("企业数量", 2022)]
