"""The permanent codes of everything that reading a cluster folder can find.

docs/cluster.md lists those of the data (Y), docs/registers.md those of the registers (R).
"""

from __future__ import annotations

from enum import Enum

from generator.findings import PATH_MARK, Finding, Findings, Position, Severity

MUST, CHECK, NOTE = Severity.MUST, Severity.CHECK, Severity.NOTE

Path = tuple[str, ...]
"""A place in the data, in words: `("实绩", "集群总产值", "2023年")`."""

_SHOWN_CHARACTERS = 40
_SPOKEN_CHARACTERS = 240
MOST_FINDINGS = 500


class Code(Enum):
    """Code, severity and short title of each kind of finding. Codes are never reused and never change their meaning."""

    FILE_MISSING = ("Y001", MUST, "找不到数据文件")
    FILE_TOO_BIG = ("Y002", MUST, "文件太大")
    NOT_TEXT = ("Y003", MUST, "不是文本文件")
    OTHER_ENCODING = ("Y004", NOTE, "文件不是 UTF-8 编码")
    BROKEN_ENCODING = ("Y005", MUST, "文字编码损坏")
    EMPTY_FILE = ("Y006", MUST, "文件没有内容")
    CONTROL_CHARACTER = ("Y007", MUST, "含有控制字符")
    INVISIBLE_CHARACTER = ("Y008", NOTE, "含有看不见的字符")
    SECOND_DOCUMENT = ("Y009", MUST, "一个文件里有两份数据")
    SYNTAX = ("Y101", MUST, "写法读不懂")
    TAB_INDENT = ("Y102", MUST, "行首用了制表符")
    WIDE_INDENT = ("Y103", MUST, "行首用了全角空格")
    WIDE_COLON = ("Y104", MUST, "用了全角冒号")
    COLON_WITHOUT_SPACE = ("Y105", MUST, "冒号后面缺空格")
    DASH_WITHOUT_SPACE = ("Y106", MUST, "横线后面缺空格")
    WIDE_COMMA = ("Y107", MUST, "用了全角逗号或顿号")
    QUOTES = ("Y108", MUST, "引号没有配对")
    BRACKETS = ("Y109", MUST, "括号没有配对")
    INDENT = ("Y110", MUST, "缩进不齐")
    NEEDS_QUOTES = ("Y111", MUST, "内容要加引号")
    WIDE_BRACKETS = ("Y112", MUST, "用了全角括号")
    CUT_BY_HASH = ("Y113", CHECK, "井号后面的内容没有读入")
    TOO_DEEP = ("Y114", MUST, "层次太多")
    ANCHOR = ("Y115", MUST, "用了锚点或别名")
    MERGE_KEY = ("Y116", MUST, "用了合并键")
    TAG = ("Y117", MUST, "用了类型标签")
    DUPLICATE_KEY = ("Y118", MUST, "同一项写了两次")
    STRANGE_KEY = ("Y119", MUST, "冒号左边不是名称")
    UNKNOWN_KEY = ("Y201", MUST, "不认识的项")
    MISPLACED_KEY = ("Y202", MUST, "写错了地方")
    WRONG_SHAPE = ("Y203", MUST, "写法不对")
    MISSING_MEMBER = ("Y204", MUST, "缺少必需的项")
    BAD_YEAR = ("Y205", MUST, "年份写法不对")
    THOUSANDS = ("Y206", MUST, "数字里有千分位逗号")
    REPEATED_ITEM = ("Y207", MUST, "重复的条目")
    UNKNOWN_FORM = ("Y208", MUST, "不认识的申报表")
    NOT_A_NUMBER = ("Y301", MUST, "不是数字")
    UNIT_IN_VALUE = ("Y302", MUST, "数字后面带了单位")
    OUT_OF_RANGE = ("Y303", MUST, "超出范围")
    FRACTION_IN_COUNT = ("Y304", MUST, "个数有小数")
    BAD_DATE = ("Y305", MUST, "日期写法不对")
    DOUBTFUL_PHONE = ("Y306", CHECK, "电话号码可疑")
    UNKNOWN_CHOICE = ("Y307", MUST, "不在选项之内")
    FOREIGN_GRADE = ("Y308", MUST, "等级与事件不符")
    PLACEHOLDER = ("Y309", MUST, "还是示例里的省略号")
    REFERENCE_MISSING = ("Y401", MUST, "找不到引用的文件")
    OUTSIDE_FOLDER = ("Y402", MUST, "文件不在集群文件夹内")
    REFERENCE_UNREADABLE = ("Y403", MUST, "引用的文件读不出")
    HEADING_MISSING = ("Y404", MUST, "引用的标题不存在")
    TABLES_LEFT_OUT = ("Y405", NOTE, "引用的文件里有表格")
    UNKNOWN_EVIDENCE = ("Y406", MUST, "没有这份佐证材料")
    EVIDENCE_MISSING = ("Y407", MUST, "找不到佐证文件")
    EVIDENCE_EMPTY = ("Y408", CHECK, "佐证材料没有内容")
    EVIDENCE_FILE_EMPTY = ("Y409", MUST, "佐证文件是空的")
    EVIDENCE_FOREIGN = ("Y410", MUST, "佐证文件不能装订")
    EVIDENCE_MISLABELLED = ("Y411", NOTE, "佐证文件的扩展名不对")
    TOO_MANY = ("Y901", NOTE, "问题太多，未全部列出")
    WORKBOOK_UNREADABLE = ("R001", MUST, "名录文件打不开")
    WORKBOOK_LOCKED = ("R002", MUST, "名录文件加了密码")
    WORKBOOK_TOO_BIG = ("R003", MUST, "名录文件太大")
    UNKNOWN_SHEET = ("R004", CHECK, "不认识的工作表")
    HEADING_ROW_MISSING = ("R005", MUST, "找不到表头")
    MISSPELT_COLUMN = ("R006", CHECK, "列的名称写错")
    UNREAD_COLUMN = ("R007", NOTE, "没有读的列")
    REPEATED_COLUMN = ("R008", MUST, "同一列有两处")
    FOREIGN_UNIT = ("R009", MUST, "表头的单位不对")
    KEY_MISMATCH = ("R010", MUST, "隐藏的代号与表头不符")
    REGISTER_TWICE = ("R011", MUST, "同一名录写在两处")
    NOTES_LEFT_OUT = ("R012", NOTE, "表下的说明没有读")
    UNREAD_FILE = ("R013", CHECK, "像是名录的文件没有读")
    RENAMED_SHEET = ("R014", MUST, "名录的工作表改了名")
    ROWS_ABOVE = ("R015", MUST, "名录的行在表头上面")
    RUINED_NUMBER = ("R101", MUST, "号码被表格软件改坏")
    WRONG_CHECK_DIGIT = ("R102", CHECK, "统一社会信用代码不对")
    REPEATED_ENTRY = ("R103", MUST, "重复的行")
    MISSING_CELL = ("R104", MUST, "必填的格空着")
    MERGED_NUMBER = ("R105", CHECK, "合并单元格里的数")
    ERROR_CELL = ("R106", MUST, "单元格是错误值")
    AMBIGUOUS_MONTH = ("R107", MUST, "月份分不清")
    UNCOMPUTED_CELL = ("R108", MUST, "公式没有算出结果")
    ROW_TOO_LONG = ("R109", MUST, "这一行比表头长")
    LEFT_BEFORE_JOINED = ("R201", CHECK, "退出早于加入")
    ENDED_BEFORE_BEGUN = ("R202", CHECK, "截止早于起始")
    END_WITHOUT_BEGIN = ("R203", CHECK, "有截止没有起始")
    NOT_SMALL = ("R204", CHECK, "称号与划型矛盾")
    TITLE_WITHOUT_BASIS = ("R205", CHECK, "缺少前一级称号")
    TITLES_AT_ONCE = ("R206", CHECK, "两种称号矛盾")
    NOT_A_MEMBER = ("R207", NOTE, "不在集群的年份有数")
    CELLS_LEFT_OUT = ("R208", CHECK, "有企业没有填")
    UNKNOWN_ENTERPRISE = ("R209", CHECK, "企业不在名录里")
    SAME_NAME = ("R210", CHECK, "同名的两行")
    TOTAL_DIFFERS = ("R211", CHECK, "合计与各行之和不符")

    def __init__(self, code: str, severity: Severity, title: str) -> None:
        self.code = code
        self.severity = severity
        self.title = title


class Collector:
    """Gathers the findings of one reading, and the places whose value was refused.

    `full` becomes true when more was found than anyone reads; the reading may then stop.
    """

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self.refused: set[Path] = set()
        self.full = False

    def add(
        self,
        code: Code,
        message: str,
        position: Position | None,
        path: Path = (),
        *,
        found: str = "",
        expected: str = "",
        remedy: str = "",
    ) -> None:
        """Add one finding, its texts made visible. What must be mended marks its `path` as refused."""
        if code.severity is MUST and path:
            self.refused.add(path)
        if len(self._findings) >= MOST_FINDINGS:
            self.full = True
            return
        words = PATH_MARK.join(shown(word) for word in path)
        spoken = (shown(text, _SPOKEN_CHARACTERS) for text in (expected, remedy))
        message = shown(message, _SPOKEN_CHARACTERS)
        self._findings.append(Finding(code.code, code.severity, message, words, position, shown(found), *spoken))

    def take(self, finding: Finding) -> None:
        """Add a finding that another reading has made."""
        if len(self._findings) >= MOST_FINDINGS:
            self.full = True
        else:
            self._findings.append(finding)

    def findings(self) -> Findings:
        """Return everything found, in the order of the files, with a note where the list was cut off."""
        ordered = sorted(self._findings, key=_place)
        if self.full:
            message = f"问题太多，只列出前 {MOST_FINDINGS} 处"
            ordered.append(Finding(Code.TOO_MANY.code, NOTE, message, remedy="请先改正列出的问题，再检查一遍"))
        return tuple(ordered)


def _place(finding: Finding) -> tuple[str, str, int, int, str]:
    at = finding.position or Position("")
    return at.file, at.sheet, at.line, at.column, finding.code


def shown(text: str, most: int = _SHOWN_CHARACTERS) -> str:
    """Return `text` fit for a message: one line, nothing unprintable, at most `most` characters."""
    flat = "".join(
        character if character.isprintable() or character == "\u3000" else _visible(character)
        for character in text[:most]
    )
    return flat if len(text) <= most else flat + "…"


def _visible(character: str) -> str:
    return " " if character in "\n\r\t\xa0" else f"<U+{ord(character):04X}>"
