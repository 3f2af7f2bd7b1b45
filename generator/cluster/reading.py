"""A tree of nodes held against the shape it should have: values with their places, and findings for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path as FilePath

from generator.cluster.catalogue import Kind
from generator.cluster.characters import holds_control, narrow, tidy
from generator.cluster.codes import Code, Collector, Path
from generator.cluster.folding import unfolded
from generator.cluster.keys import KeyProblem, misread_key, unknown_key, vocabulary
from generator.cluster.nodes import MappingNode, Node, RefusedNode, ScalarNode, SequenceNode
from generator.cluster.references import read_prose
from generator.cluster.scalars import NOTHING, Problem, doubt, parted, read_value
from generator.cluster.shape import REFERENCE_KEY, YEAR_PATTERN, ByYear, ListOf, Record, Scalar, Shape, Table
from generator.cluster.source import Source
from generator.cluster.values import NIL, Given
from generator.findings import Position
from generator.frozen import dataclass

_PLACEHOLDERS = frozenset({"…", "……"})
"""What `shenbao new` writes where an example asks to be filled in."""
_CUT = re.compile(r"[ \t]+#[^ \t#=!-]|[ ]# ?[^ \t#=!-]")


@dataclass(frozen=True)
class Years:
    """Values by year, as read."""

    values: Mapping[int, Given]


@dataclass(frozen=True)
class Branch:
    """A record or table, as read: what is given of it, by name."""

    members: Mapping[str, Tree]
    position: Position


@dataclass(frozen=True)
class Items:
    """A list, as read, by the number of the item; items that could not be read are left out.

    An empty one was written so (`[]`, 无): a statement that there is nothing.
    """

    items: Mapping[int, Tree]


Tree = Given | Years | Branch | Items


class Reading:
    """Reads nodes of one file. `folder` is where its references to other files begin."""

    def __init__(self, source: Source, folder: FilePath, root: Record, findings: Collector) -> None:
        self._source = source
        self._folder = folder
        self._root = root
        self._findings = findings
        self.written: dict[Path, Position] = {}
        """Where the names stand that were read, by path."""
        self.misnamed: dict[Path, tuple[str, ...]] = {}
        """The texts that stand under names that are not known, by path."""

    @cached_property
    def _vocabulary(self) -> dict[str, tuple[Path, ...]]:
        return vocabulary(self._root)

    def read(self, node: Node, shape: Shape, path: Path = ()) -> Tree | None:
        """Return what `node` holds as `shape` asks; None where nothing is given, or nothing that can be used."""
        if self._findings.full or isinstance(node, RefusedNode):
            if isinstance(node, RefusedNode):
                self._findings.refused.add(path)
            return None
        if isinstance(node, ScalarNode):
            self._warn_of_cut(node, shape, path)
            if node.absent:
                return None
        match shape:
            case Scalar():
                return self._scalar(node, shape, path)
            case ByYear():
                return (
                    self._scalar(node, shape.item, path)
                    if _is_single(node, shape)
                    else self._by_year(node, shape, path)
                )
            case ListOf():
                return self._list(node, shape, path)
            case Record():
                return self._record(node, shape, path)
            case Table():
                return self._table(node, shape, path)

    # One value

    def _scalar(self, node: Node, shape: Scalar, path: Path) -> Given | None:
        if isinstance(node, MappingNode):
            return self._reference(node, shape, path)
        if isinstance(node, SequenceNode):
            return self._several(node, shape, path)
        assert isinstance(node, ScalarNode)
        text = self._text(node, path)
        if shape.kind is Kind.CHOICES and text:
            return self._several(SequenceNode((node,), node.position, False), shape, path)
        return self._given(text, node.text, shape, node.position, path)

    def _given(self, text: str, written: str, shape: Scalar, position: Position, path: Path) -> Given | None:
        if not text:
            return None
        if text in _PLACEHOLDERS:
            message, remedy = "这里还是示例里的省略号", "请写上内容；没有这一项请写 无，暂时不知道请留空"
            self._findings.add(Code.PLACEHOLDER, message, position, path, found=written, remedy=remedy)
            return None
        value = read_value(text, shape)
        if isinstance(value, Problem):
            self._report(value, position, path, written)
            return None
        problem = doubt(value, shape)
        if problem is not None:
            self._report(problem, position, path, written)
        return Given(value, text, position)

    def _text(self, node: ScalarNode, path: Path) -> str:
        """The text of `node` without the accidents of writing; escapes (`"\\0"`) may have put control characters in."""
        if holds_control(node.text):
            message = "引号里的转义写法得到了控制字符，已略去"
            self._findings.add(
                Code.CONTROL_CHARACTER,
                message,
                node.position,
                path,
                found=node.text,
                remedy="请改用单引号，或去掉反斜杠",
            )
        return tidy(unfolded(node, self._source))

    def _several(self, node: SequenceNode, shape: Scalar, path: Path) -> Given | None:
        """Several choices in a list; for any other kind a list is wrong."""
        if shape.kind is not Kind.CHOICES:
            texts = [item.text for item in node.items if isinstance(item, ScalarNode)]
            remedy = f"请去掉方括号或横线，写成一行：{'、'.join(texts)}"
            self._wrong(node, "这里只能写一个值，不能写列表", "一个值", remedy, path)
            return None
        chosen: dict[str, None] = {}
        for number, item in enumerate(node.items, start=1):
            place = (*path, f"第{number}项") if len(node.items) > 1 else path
            if not isinstance(item, ScalarNode):
                self._wrong(item, "这里只能写选项的名称", "一个选项", "请检查括号和缩进", place)
                self._findings.refused.add(path)
                continue
            one = self._given(self._text(item, place), item.text, shape, item.position, place)
            if one is not None and one.value is NIL and len(node.items) == 1:
                return one
            if one is not None:
                chosen[one.text if one.value is NIL else str(one.value)] = None
            elif not item.absent:
                self._findings.refused.add(path)
        if not chosen or path in self._findings.refused:
            return None
        return Given(tuple(chosen), "、".join(chosen), node.position)

    def _reference(self, node: MappingNode, shape: Scalar, path: Path) -> Given | None:
        keys = [key.text for key, _ in node.pairs if isinstance(key, ScalarNode)]
        if keys == [REFERENCE_KEY] and shape.kind is Kind.NARRATIVE:
            written = node.pairs[0][1]
            if not isinstance(written, ScalarNode):
                self._wrong(written, "“文件”后面要写一个文件名", "文件名", f"{REFERENCE_KEY}: 规划.docx", path)
                return None
            if written.absent:
                return None
            prose = read_prose(self._folder, self._text(written, path), self._findings, written.position, path)
            return self._given(tidy(prose.text), written.text, shape, prose.position, path) if prose else None
        if keys and re.fullmatch(YEAR_PATTERN, keys[0]):
            self._wrong(node, "这一项不分年度", "一个值", "请只写一个值", path)
        elif shape.kind is Kind.NARRATIVE:
            expected = "一段文字，或者 {文件: 规划.docx}"
            self._wrong(node, "这里只能写文字，或引用一个文件", expected, "请检查冒号、括号和缩进", path)
        else:
            self._wrong(node, "这里只能写一个值", "一个值", "如果内容里有冒号或花括号，请加引号：'…'", path)
        return None

    # Values by year

    def _by_year(self, node: Node, shape: ByYear, path: Path) -> Years | None:
        name = path[-1] if path else ""
        if not isinstance(node, MappingNode):
            self._not_a_mapping(node, "这一项要分年度写", f"{name}: {{2023: …, 2024: …}}", path)
            return None
        values: dict[int, Given] = {}
        seen: dict[str, Position] = {}
        for key, value in self._pairs(node, path):
            year = narrow(key.text).strip()
            if not re.fullmatch(YEAR_PATTERN, year):
                self._strange_year(key, value, path)
                continue
            place = (*path, f"{year}年")
            if self._repeated(key, year, seen, place):
                continue
            self.written[place] = key.position
            given = self.read(value, shape.item, place)
            if isinstance(given, Given):
                values[int(year)] = given
        return Years(values) if values else None

    def _strange_year(self, key: ScalarNode, value: Node, path: Path) -> None:
        absent = isinstance(value, ScalarNode) and value.absent
        misread = misread_key(key.text, absent, known=lambda name: bool(re.fullmatch(YEAR_PATTERN, narrow(name))))
        if misread is not None:
            self._report_key(misread, key, path)
            return
        digits = re.match("(?:19|20)[0-9]{2}", narrow(key.text))
        remedy = f"请写 {digits.group()}" if digits else "请写四位数字的年份，如 2023"
        self._findings.add(
            Code.BAD_YEAR, "年份写法不对", key.position, path, found=key.text, expected="四位数字", remedy=remedy
        )

    # Lists

    def _list(self, node: Node, shape: ListOf, path: Path) -> Items | None:
        if isinstance(node, ScalarNode) and tidy(node.text) == NOTHING:
            return Items({})
        if isinstance(node, ScalarNode) and not node.text.startswith("-") and shape.single:
            node = SequenceNode((node,), node.position, False)
        if not isinstance(node, SequenceNode):
            self._not_a_list(node, shape, path)
            return None
        if not node.items:
            return Items({})
        items: dict[int, Tree] = {}
        for number, item in enumerate(node.items, start=1):
            one = self.read(item, shape.item, (*path, f"第{number}{shape.word}"))
            if one is not None:
                items[number] = one
        return Items(items) if items else None

    def _not_a_list(self, node: Node, shape: ListOf, path: Path) -> None:
        if isinstance(node, ScalarNode) and node.text.startswith("-"):
            remedy = f"请写成“- {node.text[1:].split(' ')[0]}”，每项一行"
            self._findings.add(
                Code.DASH_WITHOUT_SPACE, "横线后面要空一格", node.position, path, found=node.text, remedy=remedy
            )
        elif isinstance(node, ScalarNode):
            parts = parted(node.text)
            if len(parts) > 1:
                remedy = f"请写成 [{', '.join(parts)}]"
                self._findings.add(
                    Code.WIDE_COMMA, "这里要写成列表", node.position, path, found=node.text, remedy=remedy
                )
            else:
                self._wrong(node, "这里要写成列表", "每项一行，以“- ”开头", f"请写成“- {node.text}”", path)
        elif isinstance(node, MappingNode):
            first = node.pairs[0][0] if node.pairs else None
            if isinstance(first, ScalarNode) and first.text.startswith("-") and first.text != "-":
                remedy = f"请写成“- {first.text[1:]}: …”"
                self._findings.add(
                    Code.DASH_WITHOUT_SPACE, "横线后面要空一格", first.position, path, found=first.text, remedy=remedy
                )
            elif node.pairs:
                self._wrong(node, "这里要写成列表", "每项以“- ”开头", "请在每一项的第一行前面加“- ”", path)

    # Groups

    def _record(self, node: Node, shape: Record, path: Path) -> Branch | None:
        if shape.short and isinstance(node, ScalarNode):
            only = self.read(node, shape.members[shape.short], path)
            return Branch({shape.short: only}, node.position) if only is not None else None
        if not isinstance(node, MappingNode):
            self._not_a_mapping(node, "这里要分项写", _example(shape), path)
            return None
        members: dict[str, Tree] = {}
        seen: dict[str, Position] = {}
        given = False
        for key, value in self._pairs(node, path):
            given = given or not (isinstance(value, ScalarNode) and value.absent)
            name = self._known_name(key, value, shape, path)
            if name is None:
                continue
            place = (*path, name)
            repeated = self._repeated(key, name, seen, place)
            self.written.setdefault(place, key.position)
            tree = self.read(value, shape.members[name], place)
            if tree is not None and not repeated:
                members[name] = tree
        if not members and not given:
            return Branch({}, node.position) if not node.pairs and not shape.required else None
        for name in shape.required:
            if name not in members and (*path, name) not in self._findings.refused:
                message = f"缺少“{name}”"
                self._findings.add(
                    Code.MISSING_MEMBER, message, node.position, (*path, name), remedy=f"请补上“{name}: …”"
                )
        return Branch(members, node.position)

    def _known_name(self, key: ScalarNode, value: Node, shape: Record, path: Path) -> str | None:
        if key.text in shape.members:
            return key.text
        absent = isinstance(value, ScalarNode) and value.absent
        misread = misread_key(key.text, absent, known=shape.members.__contains__)
        if misread is None:
            misread = unknown_key(key.text, shape, self._vocabulary, path)
            self._findings.refused.update(misread.stands_for)
            self.misnamed[*path, key.text] = _texts(value)
        self._report_key(misread, key, path)
        return misread.meant

    def _table(self, node: Node, shape: Table, path: Path) -> Branch | None:
        if not isinstance(node, MappingNode):
            self._not_a_mapping(node, "这里要分项写", "标题: 文字", path)
            return None
        members: dict[str, Tree] = {}
        seen: dict[str, Position] = {}
        for key, value in self._pairs(node, path):
            name = tidy(unfolded(key, self._source))
            place = (*path, name)
            if self._repeated(key, name, seen, place):
                continue
            self.written[place] = key.position
            tree = self.read(value, shape.item, place)
            if tree is not None:
                members[name] = tree
        return Branch(members, node.position) if members else None

    def _pairs(self, node: MappingNode, path: Path) -> Iterator[tuple[ScalarNode, Node]]:
        """The pairs whose key is a text, without numbers torn apart by a thousands comma."""
        torn = self._torn_numbers(node, path)
        for index, (key, value) in enumerate(node.pairs):
            if index in torn or self._findings.full:
                continue
            if not isinstance(key, ScalarNode) or key.absent:
                if not isinstance(key, RefusedNode):
                    message, remedy = "冒号左边应当是一个名称", "请检查括号、问号和冒号；文字里有这些符号时请加引号"
                    self._findings.add(Code.STRANGE_KEY, message, key.position, path, remedy=remedy)
            elif key.text == "<<" and not key.style:
                remedy = "请把要合并的内容直接写出来"
                self._findings.add(Code.MERGE_KEY, "不能用合并键“<<”", key.position, path, found="<<", remedy=remedy)
            else:
                yield key, value

    def _torn_numbers(self, node: MappingNode, path: Path) -> set[int]:
        """Report the numbers that a thousands comma tears apart; return the indexes of the pairs they fell into."""
        if not (node.flow and any(isinstance(value, ScalarNode) and value.absent for _, value in node.pairs)):
            return set()
        from generator.cluster.torn import torn_numbers

        indexes: set[int] = set()
        for torn in torn_numbers(node):
            place = f"{torn.name}年" if re.fullmatch(YEAR_PATTERN, torn.name) else torn.name
            remedy = f"请写 {torn.name}: {torn.written.replace(',', '')}"
            message = "花括号里的逗号把一个数拆成了几项"
            self._findings.add(
                Code.THOUSANDS, message, torn.position, (*path, place), found=torn.written, remedy=remedy
            )
            indexes.update(torn.indexes)
        return indexes

    # Findings

    def _repeated(self, key: ScalarNode, name: str, seen: dict[str, Position], path: Path) -> bool:
        first = seen.setdefault(name, key.position)
        if first is key.position:
            return False
        message = f"“{name}”写了两次，第一次在第 {first.line} 行；只读了第一次"
        self._findings.add(
            Code.DUPLICATE_KEY, message, key.position, path, found=name, remedy="请合并成一处，或删去一处"
        )
        return True

    def _warn_of_cut(self, node: ScalarNode, shape: Shape, path: Path) -> None:
        """A text goes on after ` #`: YAML takes the rest for a remark."""
        if node.style or not isinstance(shape, Scalar) or not self._source.has_remarks:
            return
        if shape.kind not in (Kind.TEXT, Kind.NARRATIVE) and not node.absent:
            return
        rest = self._source.rest_of_line(node.end)
        if not _CUT.match(rest) or (node.absent and rest.lstrip().startswith("# ")):
            return
        whole = (node.text + rest).strip()
        remedy = f"如果是内容，请加引号：'{whole}'；如果是备注，请在 # 前空两格、后空一格"
        self._findings.add(
            Code.CUT_BY_HASH, "空格加“#”后面的文字当作备注，没有读入", node.position, path, found=whole, remedy=remedy
        )

    def _not_a_mapping(self, node: Node, message: str, expected: str, path: Path) -> None:
        if isinstance(node, ScalarNode):
            joined = re.match(r"([^\s:：]{1,40})([:：])(\S.*)", node.text, re.DOTALL)
            if node.text[:1] in "｛［【":
                remedy = "请改用半角的花括号、冒号和逗号：{…: …, …: …}"
                self._findings.add(
                    Code.WIDE_BRACKETS, "用了全角括号", node.position, path, found=node.text, remedy=remedy
                )
                return
            if joined:
                code = Code.WIDE_COLON if joined.group(2) == "：" else Code.COLON_WITHOUT_SPACE
                rest = joined.group(3).split(" ")[0]
                self._findings.add(
                    code,
                    "要用半角冒号加一个空格",
                    node.position,
                    path,
                    found=node.text,
                    remedy=f"请写 {joined.group(1)}: {rest}",
                )
                return
        remedy = "请去掉行首的“- ”" if isinstance(node, SequenceNode) else f"请照“{expected}”的样子写"
        self._wrong(node, message, expected, remedy, path)

    def _wrong(self, node: Node, message: str, expected: str, remedy: str, path: Path) -> None:
        found = node.text if isinstance(node, ScalarNode) else ""
        self._findings.add(
            Code.WRONG_SHAPE, message, node.position, path, found=found, expected=expected, remedy=remedy
        )

    def _report(self, problem: Problem, position: Position, path: Path, found: str) -> None:
        self._findings.add(
            problem.code, problem.message, position, path, found=found, expected=problem.expected, remedy=problem.remedy
        )

    def _report_key(self, problem: KeyProblem, key: ScalarNode, path: Path) -> None:
        self._findings.add(
            problem.code, problem.message, key.position, (*path, problem.meant or key.text), found=key.text,
            remedy=problem.remedy,
        )  # fmt: skip


def _is_single(node: Node, shape: ByYear) -> bool:
    """Whether one value (or a reference to a file) stands where values by year might."""
    if not shape.single or not isinstance(node, MappingNode):
        return shape.single
    return [key.text for key, _ in node.pairs if isinstance(key, ScalarNode)] == [REFERENCE_KEY]


def _texts(node: Node) -> tuple[str, ...]:
    """The texts of a value, or of the items of a list."""
    nodes = node.items if isinstance(node, SequenceNode) else (node,)
    return tuple(tidy(each.text) for each in nodes if isinstance(each, ScalarNode))


def _example(shape: Record) -> str:
    return "、".join(f"{name}: …" for name in list(shape.members)[:3])
