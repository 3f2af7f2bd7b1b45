"""One value of cluster.yaml changed where it stands: text is spliced at PyYAML's marks, every other byte stays.

What is written is read again: the tree must say the new text in that one place and the same as before everywhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import yaml

from generator.cluster.characters import narrow, tidy
from generator.cluster.codes import Collector
from generator.cluster.folding import unfolded
from generator.cluster.nodes import MappingNode, Node, ScalarNode, SequenceNode, SyntaxProblem, compose, without_tabs
from generator.cluster.shape import YEAR_PATTERN
from generator.cluster.source import Source, source_of
from generator.errors import UnreadableError, UsageError
from generator.findings import PATH_MARK, Position
from generator.frozen import dataclass

Step = str | int
"""A step into cluster.yaml: a name (a year among them), or the number of an item, from 0."""

Rank = Callable[[tuple[Step, ...], str], float]
"""Where a name belongs among those of the mapping at a place: names of a lower rank stand before it."""

_ANCHOR = re.compile(r"&|[^\n]*:\s+&\S")
_LINE_BREAK = re.compile("\r\n|\n|\r")
_BLOCK = "|>"
_INDENT = 2
BY_HAND = "请打开 cluster.yaml 手工改。"


@dataclass(frozen=True)
class Splice:
    """`text` in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def by_year(place: tuple[Step, ...], name: str) -> float:
    """Rank years by themselves, and all other names alike: these come last."""
    year = narrow(name).strip()
    return float(year) if re.fullmatch(YEAR_PATTERN, year) else float("inf")


def splice(data: bytes, file: str, steps: tuple[Step, ...], text: str, rank: Rank = by_year) -> bytes:
    """Return `data`, the bytes of the YAML file called `file`, with `text` as the value at `steps`.

    The value is replaced in the style that it has (quotes, literal block); one that is missing is put in, with the mappings it
    stands in, behind the last name of a lower `rank`. No byte outside the value changes; encoding, mark and line breaks stay.

    Raises UnreadableError where `data` can't be read as YAML or written back as they are, UsageError where nothing can be
    put at `steps`.
    """
    source = readable(data, file)
    tree = told_by(source)
    wanted = told_with(tree, steps, tidy(text))
    return rewritten(data, source, wanted, splices(source, steps, Writer(source, tidy(text), rank)))


def rewritten(data: bytes, source: Source, wanted: Told, ways: Iterable[Splice]) -> bytes:
    """Return `data`, which `source` was read from, with the first of `ways` done that makes it say what is `wanted`.

    Raises UnreadableError where `data` can't be written back as they are, UsageError where none of the ways does.
    """
    file = source.file
    written = data[len(source.mark) :].decode(source.encoding)
    if written.encode(source.encoding) != data[len(source.mark) :]:
        raise UnreadableError(f"{file} 的编码不能原样写回。", "请用记事本打开，另存为 UTF-8 编码，再改一次。")
    for made in ways:
        if _ANCHOR.match(source.text[made.start : made.end]):
            continue  # what names the anchor elsewhere would lose it
        try:
            piece = made.text.encode(source.encoding)
        except UnicodeEncodeError:
            continue
        start, end = (len(source.mark) + len(written[:at].encode(source.encoding)) for at in (made.start, made.end))
        changed = data[:start] + piece + data[end:]
        if _says(changed, file, wanted):
            return changed
    raise UsageError(f"{file} 里这一处不能自动改写。", BY_HAND)


def places_of(data: bytes, file: str) -> Mapping[Position, tuple[Step, ...]]:
    """Return the steps to every value of the YAML file called `file`, a list among them, by where it begins.

    Raises UnreadableError where `data` can't be read as YAML.
    """
    found: dict[Position, tuple[Step, ...]] = {}
    for mark, steps in _places(root_of(readable(data, file), file), ()):
        found.setdefault(Position(file, mark.line + 1, mark.column + 1), steps)
    return found


def words_of(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Return `steps` in words, as findings say them: `("实绩", "集群总产值", "2023年")`."""
    return tuple(
        f"第{step + 1}项" if isinstance(step, int) else f"{step}年" if re.fullmatch(YEAR_PATTERN, step) else step
        for step in steps
    )


# ── reading ──


def readable(data: bytes, file: str) -> Source:
    """Return the text of the YAML file called `file`. Raises UnreadableError where `data` are no text."""
    source = source_of(data, file, Collector())
    if source is None:
        raise UnreadableError(f"{file} 读不出来。", "请先用 shenbao check 检查，改正后再改数。")
    return source


def root_of(source: Source, file: str) -> Any:
    """Return PyYAML's own tree, which knows where every node begins and ends; None for a file without content."""
    loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        return next(yaml.compose_all(without_tabs(source.text), Loader=loader), None)
    except yaml.YAMLError as error:
        raise UnreadableError(f"{file} 的写法读不懂。", "请先用 shenbao check 检查，改正后再改数。") from error


def _places(node: Any, steps: tuple[Step, ...]) -> Iterator[tuple[Any, tuple[Step, ...]]]:
    """Yield the marks of values, lists before what stands in them."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _places(value, (*steps, name_of(key)))
    elif isinstance(node, yaml.SequenceNode):
        yield node.start_mark, steps
        for number, item in enumerate(node.value):
            yield from _places(item, (*steps, number))
    elif node is not None:
        yield node.start_mark, steps


def name_of(key: Any) -> str:
    """Return the name that a key of PyYAML's tree stands for, empty for a key that is no text."""
    return _plain_name(key.value) if isinstance(key, yaml.ScalarNode) else ""


def _plain_name(text: str) -> str:
    """A name as the loader knows it: a year in half-width digits, all else without odd blanks."""
    year = narrow(text).strip()
    return year if re.fullmatch(YEAR_PATTERN, year) else tidy(text)


# ── what the file says, to hold the changed one against ──

Told = Any
"""A text, a list, or a mapping as its pairs sorted by name (the first of a repeated name stays first)."""


def told_by(source: Source) -> Told:
    """Return what `source` says. Raises UnreadableError where it is no YAML."""
    try:
        return _tell(compose(source, Collector()), source)
    except SyntaxProblem as error:
        raise UnreadableError(f"{source.file} 的写法读不懂。", "请先用 shenbao check 检查，改正后再改数。") from error


def _tell(node: Node | None, source: Source) -> Told:
    match node:
        case ScalarNode():
            return tidy(unfolded(node, source))
        case MappingNode():
            pairs = [(_key(key, source), _tell(value, source)) for key, value in node.pairs]
            return tuple(sorted(pairs, key=lambda pair: pair[0]))
        case SequenceNode():
            return [_tell(item, source) for item in node.items]
        case _:
            return ""


def _key(key: Node, source: Source) -> str:
    return _plain_name(unfolded(key, source)) if isinstance(key, ScalarNode) else repr(key)


def told_with(told: Told, steps: tuple[Step, ...], text: Told) -> Told:
    """Return what the file is to say: `told` with `text` at `steps`. Raises UsageError for an item that is not there."""
    if not steps:
        return text
    step, *rest = steps
    inner = tuple(rest)
    if isinstance(step, int):
        items = list(told) if isinstance(told, list) else []
        if step >= len(items):
            raise UsageError("这一项还没有，不能自动添加。", BY_HAND)
        items[step] = told_with(items[step], inner, text)
        return items
    pairs = list(told) if isinstance(told, tuple) else []
    at = next((number for number, (name, _) in enumerate(pairs) if name == step), None)
    if at is None:
        pairs.append((step, told_with("", inner, text)))
    else:
        pairs[at] = step, told_with(pairs[at][1], inner, text)
    return tuple(sorted(pairs, key=lambda pair: pair[0]))


def _says(data: bytes, file: str, wanted: Told) -> bool:
    source = source_of(data, file, Collector())
    try:
        return source is not None and _tell(compose(source, Collector()), source) == wanted
    except SyntaxProblem:
        return False


# ── what may be written ──


def splices(source: Source, steps: tuple[Step, ...], writer: Writer) -> Iterator[Splice]:
    """Yield the ways in which `writer` puts what it writes at `steps`, the one that changes least in style first."""
    root = root_of(source, source.file)
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        yield from writer.at_the_end(steps)
        return
    node, flow, column = root, False, 0
    for depth, step in enumerate(steps):
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            flow, node = flow or bool(node.flow_style), node.value[step]
            continue
        if isinstance(node, yaml.ScalarNode) and not node.value and not node.style:
            yield from writer.below_nothing(node, steps[depth:], flow, column)
            return
        if not isinstance(node, yaml.MappingNode) or not isinstance(step, str):
            raise UsageError(f"“{PATH_MARK.join(words_of(steps[:depth]))}”写的不是分项，不能自动改写。", BY_HAND)
        flow = flow or bool(node.flow_style)
        pair = next((pair for pair in node.value if name_of(pair[0]) == step), None)
        if pair is None:
            yield from writer.new_name(node, steps[:depth], steps[depth:], flow)
            return
        column = pair[0].start_mark.column
        key, node = pair
        if isinstance(node, yaml.ScalarNode) and not node.value and not node.style:
            between = source.text[key.end_mark.index : node.start_mark.index]
            writer.colon = "" if ":" in between else ":"
            writer.behind = node.start_mark.index if ":" in between else key.end_mark.index
    yield from writer.in_place_of(node, flow, column)


class Writer:
    """Writes one text; `colon` and `behind` say where it goes where a name stands without a value."""

    def __init__(self, source: Source, text: str, rank: Rank) -> None:
        self.source = source
        self._text = text
        self._rank = rank
        found = _LINE_BREAK.search(source.text)
        self.line_break = found.group() if found else "\n"
        self.colon = ""
        self.behind = 0

    def in_place_of(self, node: Any, flow: bool, column: int) -> Iterator[Splice]:
        """Replace the value of `node`, whose name begins at `column`."""
        if isinstance(node, yaml.MappingNode):
            raise UsageError("这里写的是分项或文件引用，不能换成一个值。", BY_HAND)
        if isinstance(node, yaml.ScalarNode) and not node.value and not node.style:
            for text in self.styles("", flow, column):
                yield Splice(self.behind, self.behind, f"{self.colon} {text}")
            return
        start, end = node.start_mark.index, end_of(self.source.text, node)
        style = node.style if isinstance(node, yaml.ScalarNode) else ""
        if style and style in _BLOCK:
            yield from self._in_block(start, end, style)
        for text in self.styles(style or "", flow, column):
            yield Splice(start, end, text)

    def below_nothing(self, node: Any, steps: tuple[Step, ...], flow: bool, column: int) -> Iterator[Splice]:
        """Put names below one that has no value yet and begins at `column`."""
        if flow:
            for text in self._pairs(steps, True, 0):
                yield Splice(self.behind, self.behind, f"{self.colon} {{{text}}}")
            return
        at = end_of_line(self.source.text, self.behind)
        for text in self._pairs(steps, False, column + _INDENT):
            yield Splice(at, at, f"{self.line_break}{' ' * (column + _INDENT)}{text}")

    def new_name(self, mapping: Any, place: tuple[Step, ...], steps: tuple[Step, ...], flow: bool) -> Iterator[Splice]:
        """Put a new name into `mapping`, which stands at `place`, behind the last one of a lower rank."""
        own = self._rank(place, str(steps[0]))
        lower = [pair for pair in mapping.value if self._rank(place, name_of(pair[0])) < own]
        if not lower and own == float("inf"):
            lower = list(mapping.value)
        before = max(
            lower, key=lambda pair: (self._rank(place, name_of(pair[0])), pair[0].start_mark.index), default=None
        )
        if before is None and mapping.value:
            first = mapping.value[0][0].start_mark
            parting = ", " if flow else self.line_break + " " * first.column
            for text in self._pairs(steps, flow, first.column):
                yield Splice(first.index, first.index, text + parting)
        elif before is None:
            at = mapping.start_mark.index + 1
            for text in self._pairs(steps, flow, 0):
                yield Splice(at, at, text)
        elif flow:
            at = end_of_pair(self.source.text, before)
            for text in self._pairs(steps, flow, 0):
                yield Splice(at, at, f", {text}")
        else:
            column = before[0].start_mark.column
            at = end_of_line(self.source.text, end_of_pair(self.source.text, before))
            for text in self._pairs(steps, flow, column):
                yield Splice(at, at, f"{self.line_break}{' ' * column}{text}")

    def at_the_end(self, steps: tuple[Step, ...]) -> Iterator[Splice]:
        """Write behind a file's remarks, where it says nothing yet."""
        at = len(self.source.text)
        apart = self.line_break if self.source.text and not self.source.text.endswith(("\n", "\r")) else ""
        for text in self._pairs(steps, False, 0):
            yield Splice(at, at, f"{apart}{text}{self.line_break}")

    def _pairs(self, steps: tuple[Step, ...], flow: bool, column: int) -> Iterator[str]:
        """Yield the text of the name `steps[0]`, what stands below it, and the value."""
        name, *below = steps
        rest = tuple(below)
        if isinstance(name, int) or any(isinstance(step, int) for step in rest):
            raise UsageError("这一项还没有，不能自动添加。", BY_HAND)
        for key in (name, _single(name), _double(name)):
            if not rest:
                yield from (f"{key}: {text}" for text in self.new_value(flow, column))
            elif flow or all(re.fullmatch(YEAR_PATTERN, str(step)) for step in rest):
                yield from (f"{key}: {{{text}}}" for text in self._pairs(rest, True, 0))
            else:
                inner = column + _INDENT
                yield from (f"{key}:{self.line_break}{' ' * inner}{text}" for text in self._pairs(rest, False, inner))

    def new_value(self, flow: bool, column: int) -> Iterator[str]:
        """Yield what stands behind a new name, in every style that may hold it."""
        yield from self.styles("", flow, column)

    def styles(self, style: str, flow: bool, column: int) -> Iterator[str]:
        """Yield the text as a scalar in every style that may hold it, its own `style` first."""
        single = "\n" not in self._text
        if single:
            own = {"'": _single, '"': _double}.get(style)
            if own is not None:
                yield own(self._text)
            yield from (self._text, _single(self._text))
        elif not flow:
            indent = " " * (column + _INDENT)
            lines = self._text.split("\n")
            yield self.line_break.join(["|", *(indent + line if line else "" for line in lines)])
        yield _double(self._text)

    def _in_block(self, start: int, end: int, style: str) -> Iterator[Splice]:
        """Replace the lines of a literal or folded block; its header and its indent stay."""
        head = end_of_line(self.source.text, start)
        old = self.source.text[head:end]
        first = re.search(r"[\r\n]([ ]+)[^ \r\n]", old)
        if first is None:
            return
        between = self.line_break if style == "|" else self.line_break * 2
        lines = (first[1] + line if line else "" for line in self._text.split("\n"))
        yield Splice(head, end, self.line_break + between.join(lines))


def end_of_line(text: str, index: int) -> int:
    """Return where the line of `index` ends, before its line break."""
    found = _LINE_BREAK.search(text, index)
    return found.start() if found else len(text)


def end_of_pair(text: str, pair: tuple[Any, Any]) -> int:
    """Return where the characters of a name and its value end."""
    key, value = pair
    return max(int(key.end_mark.index), end_of(text, value))


def end_of(text: str, node: Any) -> int:
    """Return where the characters of `node` end in `text`, without the blank lines that PyYAML counts to it."""
    if not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of_pair(text, last) if isinstance(node, yaml.MappingNode) else end_of(text, last)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) and node.style and node.style in _BLOCK:
        return start + len(text[start:end].rstrip())
    return end


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
