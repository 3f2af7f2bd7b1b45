"""份数台账: every physical copy and disc, which version it holds, and what was done with it. Edited by command or by hand.

A YAML file beside the 稿 of a series. A copy's line says the version it was printed of, and `换页` the sheets exchanged
since; both are what the corrections per copy are reckoned from.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from generator.cluster.characters import narrow
from generator.errors import MissingError, UnreadableError, UsageError, reason_of
from generator.forms.problems import problems_in_words
from generator.notices.definition import FORM
from generator.package.versions.frozen import version_name

LEDGER = "份数台账.yaml"
"""The name of the file, in the folder of a series."""

SheetsKnown = Mapping[int, Mapping[str, int]]
"""How many sheets each paper of a version has, by the version's number and the paper's name."""

ALL = "全部"
"""How the file says that all sheets that differ were exchanged."""

_COPIES = "份"
_HEAD = """\
# 份数台账：每一份纸质材料、每一张光盘一行；定稿时写出，之后用 shenbao ledger 改，也可以直接改这个文件。
# 版：现在是哪一版（换过几页的，写打印时的那一版，再在“换页”里逐次写明换成哪一版的第几张）。
# 打印（光盘写 刻录，U盘写 拷贝）、签字、盖章：是、否；盖了骑缝章的，写 骑缝章: 是。装订：未装订、活页、订书钉、胶装；光盘、U盘不写。
# 张：从封面数起的第几张纸（双面打印，一张两页），照新的一版数；照换页单全部换好的写 全部。
# 换的不是申报表的，另写“材料”，如 {版: 2, 材料: 清单, 张: [3]}。
"""
_ADVICE = f"请照 {LEDGER} 开头的说明改正；也可以把它改名留存，重新定稿时会写出新的一份。"


class Kind(StrEnum):
    """What a copy is."""

    PAPER = "纸质"
    DISC = "光盘"
    STICK = "U盘"

    @property
    def making(self) -> str:
        """What making one is called, in the ledger and wherever it is told of."""
        return _MAKING[self]

    @property
    def is_bound(self) -> bool:
        """Whether there is anything to bind, and to exchange sheets of."""
        return self is Kind.PAPER


_MAKING = {Kind.PAPER: "打印", Kind.DISC: "刻录", Kind.STICK: "拷贝"}


class Binding(StrEnum):
    """How a copy is bound."""

    LOOSE = "未装订"
    RINGS = "活页"
    STAPLES = "订书钉"
    GLUE = "胶装"


_SAID = {"是": True, "否": False, "true": True, "false": False}
_SEVERAL = re.compile(r"[,，、\s]+")


def _version(value: object) -> object:
    """The number that 第1版, １ and 1 write; anything else as it is."""
    found = re.fullmatch(r"第?\s*([0-9]+)\s*版?", narrow(value).strip()) if isinstance(value, str) else None
    return found[1] if found else value


def _sheets(value: object) -> object:
    """The numbers of sheets, one or several in one text (5、8) too; anything else as it is."""
    if value is None:
        return None
    told = value if isinstance(value, list | tuple) else [value]
    parts = [part for one in told for part in (_SEVERAL.split(narrow(one).strip()) if isinstance(one, str) else [one])]
    if any(isinstance(part, str) and not part.isdecimal() for part in parts):
        raise ValueError(f"张应当是数，如 [3, 4]，全部换好的写“{ALL}”")
    return parts


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Exchange(_Part):
    """Sheets, counted from 1, that were exchanged for those of a later version, numbered as there; `None` are all that differ.

    `paper` is the paper that they belong to; empty stands for the form, and with all sheets for all papers.
    """

    version: int = Field(alias="版", ge=1)
    sheets: tuple[int, ...] | None = Field(alias="张")
    paper: str = Field(default="", alias="材料")

    @model_validator(mode="before")
    @classmethod
    def _in_words(cls, data: Any) -> Any:
        """全部 is how the file says all; 5、8 in place of [5, 8] is understood."""
        if not isinstance(data, dict) or "张" not in data:
            return data
        if data["张"] == ALL:
            return {**data, "张": None}
        return {**data, "张": _sheets(data["张"])}

    @field_validator("version", mode="before")
    @classmethod
    def _numbered(cls, value: object) -> object:
        return _version(value)

    @model_validator(mode="after")
    def _counted_from_one(self) -> Exchange:
        if self.sheets is not None and (not self.sheets or min(self.sheets) < 1):
            raise ValueError(f"张从 1 数起，全部换好的写“{ALL}”")
        return self


class Copy(_Part):
    """One physical copy.

    `seam` says whether it bears a seal across the edges of its sheets; None where nobody said. `papers` are the papers that it
    holds; empty stands for all.
    """

    name: str = Field(alias="份", min_length=1)
    kind: Kind = Field(default=Kind.PAPER, alias="种类")
    version: int = Field(alias="版", ge=1)
    printed: bool = Field(default=False, alias="打印")
    signed: bool = Field(default=False, alias="签字")
    sealed: bool = Field(default=False, alias="盖章")
    seam: bool | None = Field(default=None, alias="骑缝章")
    binding: Binding = Field(default=Binding.LOOSE, alias="装订")
    where: str = Field(default="本单位", alias="所在")
    exchanges: tuple[Exchange, ...] = Field(default=(), alias="换页")
    papers: tuple[str, ...] = Field(default=(), alias="材料")

    @model_validator(mode="before")
    @classmethod
    def _made(cls, data: Any) -> Any:
        """Of a disc the file says 刻录 in place of 打印."""
        if not isinstance(data, dict):
            return data
        written = [word for word in _MAKING.values() if word in data]
        if len(written) > 1:
            raise ValueError(f"“{'”和“'.join(written)}”只写一个")
        return {("打印" if key in written else key): value for key, value in data.items()}

    @field_validator("printed", "signed", "sealed", "seam", mode="before")
    @classmethod
    def _in_words(cls, value: object) -> object:
        """是 and 否 are how the file says true and false."""
        if not isinstance(value, str):
            return value
        if value.strip() not in _SAID:
            raise ValueError(f"应当写 是 或 否，现在是 “{value}”")
        return _SAID[value.strip()]

    @field_validator("kind", "binding", mode="before")
    @classmethod
    def _one_of(cls, value: object, info: ValidationInfo) -> object:
        words = [str(one) for one in (Kind if info.field_name == "kind" else Binding)]
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and text not in words:
            raise ValueError(f"应当写 {'、'.join(words)} 中的一个，现在是 “{value}”")
        return text

    @field_validator("version", mode="before")
    @classmethod
    def _numbered(cls, value: object) -> object:
        return _version(value)

    @model_validator(mode="after")
    def _of_its_kind(self) -> Copy:
        if not self.kind.is_bound and self.binding is not Binding.LOOSE:
            raise ValueError(f"{self.kind}不装订，不写“装订”")
        return self

    def holds(self, paper: str) -> bool:
        """Whether `paper` is in the copy."""
        return not self.papers or paper in self.papers

    def bears_seam(self, *, asked: bool) -> bool:
        """Whether it bears a 骑缝章: as is said of it, or else where the notice asks for one and it is sealed."""
        return asked and self.sealed if self.seam is None else self.seam

    @property
    def latest(self) -> int:
        """The latest version that any of its sheets holds."""
        return max([self.version, *(exchange.version for exchange in self.exchanges)])


class Ledger(_Part):
    """All copies of a series, in the order of the file."""

    copies: tuple[Copy, ...] = Field(default=(), alias="份")

    @model_validator(mode="after")
    def _told_apart(self) -> Ledger:
        names = [copy.name for copy in self.copies]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"“{name}”写了两行")
        return self

    def copy_named(self, name: str) -> Copy:
        """Return the copy called `name`. Raises MissingError when there is none."""
        for copy in self.copies:
            if copy.name == name.strip():
                return copy
        known = "、".join(copy.name for copy in self.copies) or "一份也没有"
        raise MissingError(f"台账里没有“{name}”这一份。", f"台账里有：{known}。")


def read_ledger(series: Path) -> Ledger:
    """Return the ledger of the folder `series`, an empty one where there is none.

    Raises UnreadableError, with line and place, for one that can't be read.
    """
    content = ledger_bytes(series)
    return decode_ledger(content) if content is not None else Ledger()


def ledger_bytes(series: Path) -> bytes | None:
    """Return the bytes of the ledger file, None where there is none. Raises UnreadableError where it can't be read."""
    try:
        return (series / LEDGER).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableError(
            f"读不到 {series / LEDGER}：{reason_of(error)}", "请关闭打开着它的程序，检查有没有读取的权限。"
        ) from error


def decode_ledger(content: bytes) -> Ledger:
    """Return the ledger that `content` tells. Raises UnreadableError, with line and place, where it tells none."""
    try:
        text = content.decode("utf-8-sig")
        tree = yaml.load(text, Loader=yaml.BaseLoader) or {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"第{mark.line + 1}行附近" if mark is not None else "有一处"
        raise UnreadableError(f"{LEDGER} 读不出来：{where}写法有误。", _ADVICE) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableError(f"{LEDGER} 读不出来：要存为 UTF-8 编码的文本。", _ADVICE) from error
    try:
        return Ledger.model_validate(tree)
    except ValidationError as error:
        lines = _lines(text)
        told = "\n".join(
            _placed(place, words, tree, lines) for place, words in problems_in_words(error, tree, grammar=_Part)
        )
        raise UnreadableError(f"{LEDGER} 有写错的地方：\n{told}", _ADVICE) from error


def _placed(place: Sequence[str | int], words: str, tree: Any, lines: Sequence[int]) -> str:
    """What is wrong with a ledger, `words`, with the line and the copy that it is about where that is known."""
    number = place[1] if len(place) > 1 and place[0] == _COPIES else None
    if not isinstance(number, int):
        return words.removeprefix("整份定义：")
    copy = tree[_COPIES][number]
    name = str(copy.get(_COPIES, "")) if isinstance(copy, dict) else ""
    called = f"第{lines[number]}行“{name}”" if name else f"第{lines[number]}行"
    return called + words.removeprefix(f"{_COPIES}第{number + 1}项").replace(" › ", "的", 1)


def _lines(text: str) -> Sequence[int]:
    """The lines, from 1, on which the copies of a ledger begin."""
    tree = yaml.compose(text, Loader=yaml.BaseLoader)
    pairs = tree.value if isinstance(tree, yaml.MappingNode) else ()
    return [
        item.start_mark.line + 1
        for key, items in pairs
        if key.value == _COPIES and isinstance(items, yaml.SequenceNode)
        for item in items.value
    ]


def doubts(copy: Copy, sheets: SheetsKnown) -> Iterator[str]:
    """Yield what `copy` says of exchanged sheets that can't be, in words: papers, or sheets, that it or a version has not.

    Versions that `sheets` doesn't know are passed over.
    """
    for exchange in copy.exchanges:
        papers = sheets.get(exchange.version)
        if papers is None or exchange.sheets is None:
            continue
        paper = exchange.paper or next(iter(papers), FORM)
        if not copy.holds(paper):
            yield f"这一份里没有“{paper}”，只有{'、'.join(copy.papers)}"
        elif paper not in papers:
            yield f"{version_name(exchange.version)}里没有“{paper}”，有{'、'.join(papers)}"
        elif max(exchange.sheets) > papers[paper]:
            yield f"{version_name(exchange.version)}的{paper}只有{papers[paper]}张，没有第{max(exchange.sheets)}张"


def new_copies(names: Iterable[str], kind: Kind, version: int, papers: Sequence[str] = ()) -> tuple[Copy, ...]:
    """Return copies of `version` with which nothing was done yet; `papers` are those that each holds, empty for all."""
    return tuple(Copy.model_validate({"份": name, "种类": kind, "版": version, "材料": list(papers)}) for name in names)


def with_copies(content: bytes | None, copies: Sequence[Copy]) -> bytes:
    """Return the ledger file `content` (None where there is none yet) with lines for `copies` at its end.

    What stands there, comments too, stays as it is. Raises UnreadableError for a file that can't be read, UsageError where a
    copy stands there already or lines can't be added.
    """
    standing = decode_ledger(content) if content is not None else Ledger()
    known = {copy.name for copy in standing.copies}
    repeated = [copy.name for copy in copies if copy.name in known]
    if repeated:
        raise UsageError(f"台账里已有“{repeated[0]}”。", "已有的一份用 shenbao ledger 改。")
    before = content.decode() if content is not None else f"{_HEAD}{_COPIES}:\n"
    parting = "\r\n" if "\r\n" in before else "\n"
    if before and not before.endswith("\n"):
        before += parting
    written = (before + "".join(f"  - {_line(copy)}{parting}" for copy in copies)).encode()
    if decode_ledger(written).copies != (*standing.copies, *copies):
        raise UsageError(f"{LEDGER} 里不能自动加行。", "请打开它，照已有的行手工加上。")
    return written


def with_copy(content: bytes, changed: Copy) -> bytes:
    """Return the ledger file `content` with the line of the copy that is called like `changed` saying what that says.

    Every other byte stays. Raises UnreadableError and MissingError as reading does, UsageError where the file can't be
    edited so.
    """
    ledger = decode_ledger(content)
    number = ledger.copies.index(ledger.copy_named(changed.name))
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.decode("utf-8-sig")
    tree = yaml.compose(text, Loader=yaml.BaseLoader)
    for key, items in tree.value if isinstance(tree, yaml.MappingNode) else ():
        if key.value == _COPIES:
            node = items.value[number]
            written = mark + (text[: node.start_mark.index] + _line(changed) + _behind(text, node)).encode()
            expected = tuple(changed if at == number else copy for at, copy in enumerate(ledger.copies))
            if decode_ledger(written).copies == expected:
                return written
    raise UsageError(f"{LEDGER} 里“{changed.name}”一行不能自动改写。", "请打开它手工改。")


def _behind(text: str, node: yaml.Node) -> str:
    """Return what stands behind `node`: a block's end mark lies behind its last line break, which stays."""
    end = node.end_mark.index
    kept = text[node.start_mark.index : end].rstrip()
    return text[node.start_mark.index + len(kept) :]


def _line(copy: Copy) -> str:
    """A copy as one line of YAML. Of a disc it says nothing of binding, and of signing only what was done."""
    said = {True: "是", False: "否"}
    paper = copy.kind.is_bound
    parts = [
        f"份: {_quoted(copy.name)}",
        f"种类: {copy.kind}",
        f"版: {copy.version}",
        f"{copy.kind.making}: {said[copy.printed]}",
        *([f"签字: {said[copy.signed]}"] if paper or copy.signed else []),
        *([f"盖章: {said[copy.sealed]}"] if paper or copy.sealed else []),
        *([] if copy.seam is None else [f"骑缝章: {said[copy.seam]}"]),
        *([f"装订: {copy.binding}"] if paper else []),
        f"所在: {_quoted(copy.where)}",
    ]
    if copy.papers:
        parts.append(f"材料: [{', '.join(map(_quoted, copy.papers))}]")
    if copy.exchanges:
        parts.append(f"换页: [{', '.join(_exchanged(each) for each in copy.exchanges)}]")
    return f"{{{', '.join(parts)}}}"


def _exchanged(exchange: Exchange) -> str:
    paper = f", 材料: {_quoted(exchange.paper)}" if exchange.paper else ""
    return f"{{版: {exchange.version}{paper}, 张: {ALL if exchange.sheets is None else list(exchange.sheets)}}}"


def _quoted(text: str) -> str:
    """A text as YAML takes it inside braces."""
    dumped = yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=10_000)
    return dumped.strip()[1:-1]
