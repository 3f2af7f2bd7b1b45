"""What may be wrong with a text that is no YAML: the parser's own complaint, and every line that looks suspicious."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.cluster.characters import WIDE_SPACES
from generator.cluster.codes import Code, Collector
from generator.cluster.keys import vocabulary
from generator.cluster.nodes import SyntaxProblem
from generator.cluster.shape import Record
from generator.cluster.source import Source
from generator.findings import Position

_YEAR = re.compile("(19|20)[0-9]{2}")
_BLOCK = re.compile(r"(?:^|[:-] +|[:：] *)[|>][+-]?[1-9]?[+-]?\s*(?:#.*)?$")
_LONGEST_LINE = 2000
_BULLET = re.compile(r"(?:[·•●○◆■－–—*]|[0-9]{1,2}[.、．)）]|[（(][0-9]{1,2}[)）]|-(?=[^\s\-0-9]))\s*")
_SHALLOW = "这一行缩进不够，不在上面那段文字里"
_KEY = re.compile(r"\s*[^\s:]{1,30}:(\s|$)")
_DASHES = re.compile(r"(?:- +)*")
_NAME = re.compile(r"[^\s:：,，、；{}\[\]｛｝\"'#]+")
_RESERVED = "@`%*&!"
_PROBLEMS = (
    ("cannot start any token", "这里的符号不能直接写", "如果是文字的一部分，请给整个值加引号：'…'"),
    ("mapping values are not allowed", "这里多了一个冒号，或上一行没有写完", "请检查本行和上一行的冒号、缩进和引号"),
    ("could not find expected ':'", "上一行或这一行缺冒号，或冒号后面缺空格", "请检查是否写成了“名称: 内容”"),
    ("unknown escape character", "双引号里不能写反斜杠“\\”", "文件位置请用“/”分隔，或改用单引号"),
    ("hexdecimal", "双引号里不能写反斜杠“\\”", "文件位置请用“/”分隔，或改用单引号"),
    ("invalid unicode", "双引号里的转义写法不对", "请改用单引号，或去掉反斜杠"),
    ("escape", "双引号里的转义写法不对", "请改用单引号，或去掉反斜杠"),
    ("unexpected end of stream", "引号没有配对，一直到文件末尾", "请检查此处之前的引号"),
    ("',' or '}'", "花括号里的内容没有写完，或少了逗号、右括号", "请检查花括号、冒号和逗号，一律用半角"),
    ("',' or ']'", "方括号里的内容没有写完，或少了逗号、右括号", "请检查方括号和逗号，一律用半角"),
    ("did not find expected key", "这一行与上下文对不上", "请检查缩进、引号后面多余的文字和括号"),
    ("expected <block end>", "这一行与上下文对不上", "请检查缩进、引号后面多余的文字和括号"),
    ("'-' indicator", "列表没有写完就换成了别的内容", "列表的每一项都要以“- ”开头，并对齐"),
    ("alphabetic or numeric character", "以“*”或“&”开头的文字要加引号", "请给整个值加引号：'…'"),
    ("sequence entries are not allowed", "列表不能与名称写在同一行", "请把“- ”移到下一行，或写成 [甲, 乙]"),
    ("nested too deep", "括号一层套一层，没有尽头", "请检查是否多写了括号"),
    ("found unexpected ':'", "这里的冒号后面缺空格", "请写成“名称: 内容”"),
    ("indentation", "缩进不对", "请用半角空格对齐"),
)


def scan(source: Source, problem: SyntaxProblem, shape: Record, findings: Collector) -> None:
    """Report the parser's `problem` in `source` and every other place that a clerk should look at.

    Where a line is suspicious in a way that explains the problem, that explanation stands for the parser's. `shape`
    tells which names are known.
    """
    known = frozenset(vocabulary(shape))
    suspicions = list(_Scanner(source, known).suspicions())
    for one in suspicions:
        findings.add(one.code, one.message, one.position, found=one.found, remedy=one.remedy)
    position = source.position(min(problem.index, len(source.text)))
    if not _explains(suspicions, source, position.line):
        message, remedy = _explained(problem.problem)
        found = source.lines[position.line - 1].strip()
        findings.add(Code.SYNTAX, f"从这里起读不懂：{message}", position, found=found, remedy=remedy)


def _explains(suspicions: list[_Suspicion], source: Source, line: int) -> bool:
    """Whether a suspicion tells why the parser gave up at `line`: one there, on the line of text before, or an open end."""
    before = next((at for at in range(line - 1, 0, -1) if _says_something(source.lines[at - 1])), line)
    open_ended = (Code.BRACKETS, Code.QUOTES)
    return any(
        one.position.line in (line, before)
        or (one.code in open_ended and one.position.line < line)
        or (one.code is Code.DASH_WITHOUT_SPACE and _one_list(source.lines[one.position.line : line]))
        or (one.message == _SHALLOW and not any(map(_KEY.match, source.lines[one.position.line : line - 1])))
        for one in suspicions
    )


def _says_something(line: str) -> bool:
    """Whether `line` is more than a blank or a remark."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _one_list(lines: Sequence[str]) -> bool:
    """Whether `lines` are items of a list and remarks, one at least."""
    texts = [line.strip() for line in lines if _says_something(line)]
    return bool(texts) and all(text.startswith("-") for text in texts)


def _explained(problem: str) -> tuple[str, str]:
    lower = problem.lower()
    for phrase, message, remedy in _PROBLEMS:
        if phrase in lower:
            return message, remedy
    return "写法不合 YAML 的规则", "请检查本行和上一行的冒号、缩进、引号和括号"


@dataclass(frozen=True)
class _Suspicion:
    code: Code
    position: Position
    message: str
    found: str
    remedy: str


@dataclass
class _Level:
    """A name that a block opened: its indent, whether a value stands on its own line, and the number of that line."""

    indent: int
    valued: bool
    number: int


@dataclass
class _Scanner:
    """Goes through the lines once. It follows just enough of YAML to leave literal blocks and remarks alone."""

    source: Source
    known: frozenset[str]
    _levels: list[_Level] = field(default_factory=list)
    _block_indent: int | None = None
    _left_block: bool = False
    _open: list[tuple[str, int]] = field(default_factory=list)

    def suspicions(self) -> Iterator[_Suspicion]:
        for number, whole in enumerate(self.source.lines, start=1):
            line = whole[:_LONGEST_LINE]
            if not _says_something(line) or self._within_block(line):
                continue
            yield from self._unclosed(number, line)
            found = self._first(number, line)
            if found is not None:
                yield found
            self._follow(number, line)
            if found is not None and found.code is Code.CUT_BY_HASH:
                self._open.clear()

    def _within_block(self, line: str) -> bool:
        self._left_block = self._block_indent is not None
        if self._block_indent is None:
            return False
        if len(line) - len(line.lstrip(" ")) > self._block_indent:
            return True
        self._block_indent = None
        return False

    def _is_name(self, text: str) -> bool:
        return text in self.known or bool(_YEAR.fullmatch(text))

    def _first(self, number: int, line: str) -> _Suspicion | None:
        """The first thing wrong with a line; one is enough to make a clerk look at it."""
        indent = re.match(rf"[ \t{WIDE_SPACES}]*", line)
        blanks = indent.group() if indent else ""
        if any(blank in WIDE_SPACES for blank in blanks):
            column = next(at for at, blank in enumerate(blanks) if blank in WIDE_SPACES)
            return self._say(Code.WIDE_INDENT, number, column, "行首用了全角空格或不间断空格", line, "请改用半角空格")
        if "\t" in blanks:
            remedy = "请把制表符（Tab）改成两个半角空格"
            return self._say(Code.TAB_INDENT, number, blanks.index("\t"), "行首用了制表符", line, remedy)
        dashes = _DASHES.match(line, len(blanks))
        start = dashes.end() if dashes else len(blanks)
        return self._at_start(number, line, start) or self._in_value(number, line, start)

    def _at_start(self, number: int, line: str, start: int) -> _Suspicion | None:
        rest = line[start:]
        bullet = _BULLET.match(rest)
        if bullet and (rest[0] == "-" or self._beside_item(number, start)):
            message = "横线后面要空一格" if rest[0] == "-" else "列表的每一项要以半角横线加空格开头"
            remedy = f"请写“- {rest[bullet.end() :].strip()}”"
            return self._say(Code.DASH_WITHOUT_SPACE, number, start, message, rest, remedy)
        if (
            self._left_block
            and start == len(line) - len(line.lstrip())
            and not re.search(r"[:：](\s|$)|^\S{1,12}[:：]", rest)
        ):
            remedy = "属于上面那段文字的，请多缩进几格，与那段文字左边对齐"
            return self._say(Code.INDENT, number, start, _SHALLOW, rest, remedy)
        block = re.fullmatch(r"([^:：]+)(：\s*|:)([|>][+-]?)\s*", rest)
        if block:
            code = Code.COLON_WITHOUT_SPACE if block.group(2) == ":" else Code.WIDE_COLON
            remedy = f"请写 {block.group(1)}: {block.group(3)}"
            return self._say(code, number, start + block.end(1), "要用半角冒号加一个空格", rest, remedy)
        name = _NAME.match(rest)
        if name is None or self._open:
            return None
        after = rest[name.end() :]
        known = self._is_name(name.group())
        lonely = not re.search(r":(\s|$)", rest)
        if after.startswith("：") and (known or (lonely and self._near_problem(rest))):
            remedy = f"请写 {name.group()}: {after[1:].strip() or '…'}"
            return self._say(Code.WIDE_COLON, number, start + name.end(), "用了全角冒号", rest, remedy)
        if known and re.match(r":[^\s/]", after):
            remedy = f"请写 {name.group()}: {after[1:]}"
            return self._say(Code.COLON_WITHOUT_SPACE, number, start + name.end(), "冒号后面要空一格", rest, remedy)
        if re.match(r":(\s|$)", after):
            return self._misaligned(number, line, start)
        return None

    def _beside_item(self, number: int, start: int) -> bool:
        """Whether the line before or behind is an item of a list, as far in as this one."""
        lines = self.source.lines
        beside = (lines[at] for at in (number - 2, number) if 0 <= at < len(lines))
        return any(line[start:].startswith("- ") and not line[:start].strip() for line in beside)

    @staticmethod
    def _near_problem(rest: str) -> bool:
        """Whether an unknown name before a full-width colon is short enough to be meant as one."""
        return len(rest.partition("：")[0]) <= 12 and not rest.rstrip().endswith(("。", "；"))

    def _misaligned(self, number: int, line: str, start: int) -> _Suspicion | None:
        outer = [level for level in self._levels if level.indent <= start]
        if outer and outer[-1].indent < start and outer[-1].valued:
            message, beside = "比上一项多缩进了，而上一项已有内容", outer[-1].number
        elif (
            self._levels
            and not any(level.indent == start for level in self._levels)
            and start < self._levels[-1].indent
        ):
            message, beside = "缩进与前面各项都对不齐", self._levels[-1].number
        else:
            return None
        remedy = f"请与同一组的项左边对齐，用半角空格；是第 {beside} 行多了或少了空格的，改第 {beside} 行"
        return self._say(Code.INDENT, number, start, message, line, remedy)

    def _in_value(self, number: int, line: str, start: int) -> _Suspicion | None:
        opened = re.match(r"(?:[^\s:\"'{\[]+:\s+)?", line[start:])
        at = start + (opened.end() if opened else 0)
        value = line[at:]
        if value[:1] in "｛［【" and re.search("[：:]", value):
            return self._say(
                Code.WIDE_BRACKETS, number, at, "用了全角括号", value, "请改用半角：{名称: 内容, 名称: 内容}"
            )
        piped = re.match(r"[|>][+-]?\s*(?=[^\s#+\-0-9])", value)
        if piped and at > start:
            remedy = f"请在“{value[0]}”后面换行，文字从下一行写起，多缩进两格"
            return self._say(Code.SYNTAX, number, at, f"“{value[0]}”后面不能接着写文字", value, remedy)
        if self._open or value[:1] in ("{", "["):
            return self._in_flow(number, line, at)
        if value[:1] and value[0] in _RESERVED:
            remedy = f"请加引号：'{value.rstrip()}'"
            return self._say(Code.NEEDS_QUOTES, number, at, f"内容不能以“{value[0]}”开头", value, remedy)
        if value[:1] in "\"'":
            return self._quoted(number, value, at)
        inner = re.search(r":\s", _uncommented(value))
        if inner and at > start:
            remedy = f"请加引号：'{_uncommented(value).strip()}'，或改用全角冒号"
            return self._say(Code.NEEDS_QUOTES, number, at + inner.start(), "内容里有冒号加空格", value, remedy)
        return None

    def _quoted(self, number: int, value: str, at: int) -> _Suspicion | None:
        quote = value[:1]
        if not quote:
            return None
        body = r'"(?:[^"\\]|\\.)*"' if quote == '"' else "'(?:[^']|'')*'"
        closed = re.match(body, value)
        if closed is None:
            return self._say(
                Code.QUOTES, number, at, f"引号（{quote}）没有在本行配对", value, "请补上另一半引号，或删去这一个"
            )
        rest = value[closed.end() :].strip()
        if rest and not rest.startswith(("#", ":")):
            other = "'" if quote == '"' else '"'
            remedy = f"请把整个值放进引号：{other}{value.strip()}{other}，或改用中文引号“”"
            return self._say(Code.QUOTES, number, at + closed.end(), "引号后面还有文字", value, remedy)
        return None

    def _in_flow(self, number: int, line: str, at: int) -> _Suspicion | None:
        text = line[at:]
        for found in re.finditer(r"[，、；]\s*([^\s:：,，、；{}\[\]]+)\s*[:：]", text):
            if self._is_name(found.group(1)):
                mark = found.group()[0]
                remedy = f"请把“{mark}”改成英文逗号加空格：, {found.group(1)}: …"
                message = f"花括号里用了“{mark}”分隔"
                return self._say(Code.WIDE_COMMA, number, at + found.start(), message, text, remedy)
        for found in re.finditer(r"(?:^|[{,\[]\s*)([^\s:：,，、；{}\[\]]+)(：|:(?=[^\s/,}\]]))", text):
            if self._is_name(found.group(1)):
                wide = found.group(2) == "："
                code = Code.WIDE_COLON if wide else Code.COLON_WITHOUT_SPACE
                message = "用了全角冒号" if wide else "冒号后面要空一格"
                remedy = f"请写 {found.group(1)}: …"
                return self._say(code, number, at + found.start(2), message, text, remedy)
        cut = re.search(r"\s#[^}\]]*[}\]]", text)
        if cut and not re.search(r"[}\]]\s*$", text[: cut.start()]):
            remedy = "有“#”的内容请加引号：'…'"
            message = "空格加“#”使这一行后面的内容都成了备注"
            return self._say(Code.CUT_BY_HASH, number, at + cut.start() + 1, message, text, remedy)
        opened = re.search(r"[:,{\[]\s*([\"'])", _unquoted(text))
        if opened:
            quote = opened.group(1)
            message = f"引号（{quote}）没有在本行配对"
            return self._say(Code.QUOTES, number, at + opened.start(1), message, text, "请补上另一半引号，或删去这一个")
        wide = re.search("[｛｝［］]", text)
        if wide:
            return self._say(Code.WIDE_BRACKETS, number, at + wide.start(), "用了全角括号", text, "请改用半角括号")
        return None

    def _unclosed(self, number: int, line: str) -> Iterator[_Suspicion]:
        """A known name at the left edge of a line, while brackets are still open above: they were never closed."""
        name = re.match(r"([^\s:{}\[\],]+):(?:\s|$)", line)
        if not self._open or name is None or name.group(1) not in self.known:
            return
        bracket, opened = self._open[0]
        remedy = f"请补上“{'}' if bracket == '{' else ']'}”"
        above = self.source.lines[opened - 1]
        column = max(above.find(bracket), 0)
        yield self._say(Code.BRACKETS, opened, column, f"括号“{bracket}”没有配对", above, remedy)
        self._open.clear()

    def _follow(self, number: int, line: str) -> None:
        """Remember what this line leaves open for those below."""
        content = _uncommented(line)
        inside_flow = bool(self._open)
        for bracket in re.findall(r"[{}\[\]]", _unquoted(content)):
            if bracket in "{[":
                self._open.append((bracket, number))
            elif self._open:
                self._open.pop()
        if inside_flow:
            return
        dashes = re.match(r" *(?:- +)*", content)
        start = dashes.end() if dashes else 0
        key = re.match(r"[^\s:{\[\"'][^:{\[\"']*:(\s+\S|\s*$)", content[start:])
        if key:
            self._levels = [level for level in self._levels if level.indent < start]
            block = bool(_BLOCK.search(content))
            self._levels.append(_Level(start, bool(key.group(1).strip()), number))
            if block:
                self._block_indent = start
        elif _BLOCK.search(content):
            self._block_indent = len(content) - len(content.lstrip(" "))

    def _say(self, code: Code, number: int, column: int, message: str, found: str, remedy: str) -> _Suspicion:
        return _Suspicion(code, Position(self.source.file, number, column + 1), message, found.strip(), remedy)


def _uncommented(line: str) -> str:
    found = re.search(r"(?:^|\s)#", _unquoted(line))
    return line[: found.start()] if found else line


def _unquoted(line: str) -> str:
    """The line with quoted texts made blank, so that marks inside them don't count."""
    return re.sub(r"(?<=[\s{\[,])(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')", lambda found: "_" * len(found.group()), line)
