"""YAML as a tree of texts with places: nothing is guessed to be a number or a date; nothing is merged or repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from generator.cluster.codes import Code, Collector
from generator.cluster.source import Source
from generator.findings import Position
from generator.frozen import dataclass

DEEPEST = 24
_HOPELESS = 500
_TAB_WITHIN = re.compile(r"(?m)(?<=[^\t \n\r])([ \t]*\t[ \t]*)")


@dataclass(frozen=True)
class ScalarNode:
    """A text as YAML understands it. `start` and `end` are character indexes into the source; `style` is the
    character that opens it (`"`, `'`, `|`, `>`), or empty for plain text."""

    text: str
    position: Position
    start: int
    end: int
    style: str = ""

    @property
    def absent(self) -> bool:
        """Whether nothing at all is written (`集群总产值:`)."""
        return not self.text and not self.style


@dataclass(frozen=True)
class MappingNode:
    """Keys and values in the order written, repeated keys included. `flow` is true for `{…}`."""

    pairs: tuple[tuple[Node, Node], ...]
    position: Position
    flow: bool


@dataclass(frozen=True)
class SequenceNode:
    """The items of a list. `flow` is true for `[…]`."""

    items: tuple[Node, ...]
    position: Position
    flow: bool


@dataclass(frozen=True)
class RefusedNode:
    """Something that may not stand in the data (an alias, a tag, too deep a nest). Its finding has been made."""

    position: Position


Node = ScalarNode | MappingNode | SequenceNode | RefusedNode


class SyntaxProblem(Exception):
    """The text is no YAML. `problem` is the parser's English phrase, `index` the character where it gave up."""

    def __init__(self, problem: str, index: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.index = index


def compose(source: Source, findings: Collector, *, native: bool = True, aliases: bool = False) -> Node | None:
    """Return the tree of `source`, None where the text is empty.

    `native` asks for libyaml's parser, which is used where it is installed; both give the same tree. `aliases` lets
    anchors and aliases stand, as in the package's own definitions; in a cluster's data they are accidents.

    Raises SyntaxProblem.
    """
    loader: Any = yaml.CSafeLoader if native and yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        events = iter(loader(without_tabs(source.text)).get_event, None)
        return _Composer(source, findings, events, aliases).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SyntaxProblem(error.problem or error.context or "", mark.index if mark else 0) from error
    except yaml.YAMLError as error:
        raise SyntaxProblem(str(error), 0) from error


def without_tabs(text: str) -> str:
    """Return `text` as it is given to the parser: tabs within lines, which YAML takes for part of a text, are blanks."""
    return text if "\t" not in text else _TAB_WITHIN.sub(lambda found: " " * len(found.group()), text)


def _scalar(event: Any, position: Position) -> ScalarNode:
    return ScalarNode(event.value, position, event.start_mark.index, event.end_mark.index, event.style or "")


class _Composer:
    def __init__(self, source: Source, findings: Collector, events: Iterator[Any], aliases: bool) -> None:
        self._anchored: dict[str, Node] | None = {} if aliases else None
        self._source = source
        self._findings = findings
        self._events = events

    def document(self) -> Node | None:
        root: Node | None = None
        seen = False
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if seen:
                message = "文件中间有一行“---”，它后面的内容没有读入"
                position = self._position(event)
                self._findings.add(Code.SECOND_DOCUMENT, message, position, remedy="请删去这一行")
                break
            seen = True
            root = self._node(next(self._events), 0)
        return None if isinstance(root, ScalarNode) and root.absent else root

    def _node(self, event: Any, depth: int) -> Node:
        position = self._position(event)
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return _scalar(event, position)
        if isinstance(event, yaml.AliasEvent):
            if self._anchored is not None and event.anchor in self._anchored:
                return self._anchored[event.anchor]
            return self._refuse(Code.ANCHOR, f"*{event.anchor}", "以“*”开头的内容被当成了别名", event)
        opens = isinstance(event, yaml.CollectionStartEvent)
        if opens and depth >= DEEPEST:
            self._skip()
            message = f"层次超过 {DEEPEST} 层，没有读入"
            self._findings.add(Code.TOO_DEEP, message, position, remedy="请检查是否多写了括号")
            return RefusedNode(position)
        refused = None
        if event.anchor is not None and self._anchored is None:
            refused = self._refuse(Code.ANCHOR, f"&{event.anchor}", "以“&”开头的内容被当成了锚点", event)
        if event.tag is not None:
            refused = self._refuse(Code.TAG, event.tag, "以“!”开头的内容被当成了类型标签", event)
        node = self._content(event, depth, position)
        if event.anchor is not None and self._anchored is not None:
            self._anchored[event.anchor] = node
        return refused if refused is not None and isinstance(node, ScalarNode) else node

    def _content(self, event: Any, depth: int, position: Position) -> Node:
        if isinstance(event, yaml.MappingStartEvent):
            return MappingNode(tuple(self._pairs(depth + 1)), position, bool(event.flow_style))
        if isinstance(event, yaml.SequenceStartEvent):
            return SequenceNode(tuple(self._items(depth + 1)), position, bool(event.flow_style))
        return _scalar(event, position)

    def _pairs(self, depth: int) -> Iterator[tuple[Node, Node]]:
        events, last = self._events, yaml.MappingEndEvent
        for event in events:
            if type(event) is last:
                return
            key = self._node(event, depth)
            yield key, self._node(next(events), depth)

    def _items(self, depth: int) -> Iterator[Node]:
        last = yaml.SequenceEndEvent
        for event in self._events:
            if type(event) is last:
                return
            yield self._node(event, depth)

    def _skip(self) -> None:
        """Pass over the rest of the collection just opened, however deep it goes."""
        depth = 1
        while depth:
            event = next(self._events)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _HOPELESS:
                    raise SyntaxProblem("nested too deep", 0 if event.start_mark is None else event.start_mark.index)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _refuse(self, code: Code, found: str, message: str, event: Any) -> RefusedNode:
        position = self._position(event)
        written = self._source.rest_of_line(event.start_mark.index).strip()
        remedy = f"如果这是文字的一部分，请加引号：'{written}'；否则请把内容直接写出来"
        self._findings.add(code, f"{message}，没有读入", position, found=found, remedy=remedy)
        return RefusedNode(position)

    def _position(self, event: Any) -> Position:
        mark = event.start_mark
        return Position(self._source.file, mark.line + 1, mark.column + 1)
