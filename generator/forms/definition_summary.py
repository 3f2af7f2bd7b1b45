"""The grammar of a summary table (推荐汇总表): one row a cluster, from definitions in `templates/summaries/*.yaml`.

docs/definition.md explains every construct. Widths are millimetres.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from generator.forms.arrangement import identifier
from generator.forms.asking import pattern_names
from generator.forms.definition import Years
from generator.forms.definition_node import Node
from generator.frozen import dataclass, field

if TYPE_CHECKING:
    from pydantic import Field

SENDER = "单位"
"""The blank of a printed line that the sending office's name goes into."""
CONTACT = "联系人"
"""The blank of a printed line that the person and the mobile number go into."""
_ROOM = {"landscape": 277, "portrait": 190}  # A4 without a centimetre at either side
_BLANKS = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, kw_only=True)
class SummaryHeading(Node):
    """The line that names and seals the sender, by the sender's level; `official` is the level that the official text prints."""

    official: str
    words: Annotated[dict[str, str], Field(min_length=1)]

    def __post_init__(self) -> None:
        if self.official not in self.words:
            raise ValueError(f"official 写的“{self.official}”不在 words 之中")
        for line in self.words.values():
            _check_blanks(line)


@dataclass(frozen=True, kw_only=True)
class SummaryColumn(Node):
    """One column: the running number, a field or pattern (`value`), or a text with a limit (`narrative`, counted in 字).

    `hint` is printed only while the cell is empty.
    """

    text: str
    width: Annotated[float, Field(gt=0)]
    number: bool = False
    value: str = ""
    narrative: str = ""
    limit: int = 0
    hint: str = ""
    required: bool = True

    @property
    def source(self) -> str:
        """The field or pattern that the column is filled from, empty for the running number."""
        return self.value or self.narrative

    @property
    def tag(self) -> str:
        """What the Word template calls the column's text: the head without what stands in brackets."""
        return identifier(self.text.partition("（")[0]) or identifier(self.text)

    def __post_init__(self) -> None:
        if sum((self.number, bool(self.value), bool(self.narrative))) != 1:
            raise ValueError(f"“{self.text}”这一列要在 number、value、narrative 里写一个，且只写一个")


@dataclass(frozen=True, kw_only=True)
class SummaryFigure(Node):
    """A figure that the narrative is asked to tell: the sum of fields, in the base year or over all data years."""

    text: str
    of: Annotated[tuple[str, ...], Field(min_length=1)]
    over: Literal["base", "data"] = "base"
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class SummaryOrder(Node):
    """An order of rows: clusters alike in all of `together` stand together, or the largest `figure` (of the base year) comes first."""

    together: tuple[str, ...] = ()
    figure: str = ""

    def __post_init__(self) -> None:
        if bool(self.together) == bool(self.figure):
            raise ValueError("排序要在 together、figure 里写一个，且只写一个")


@dataclass(frozen=True, kw_only=True)
class Summary(Node):
    """A whole summary table: what stands above it, its columns, the figures asked for, the orders that its rows may have.

    `introduction` is the pattern that a narrative begins with where it is composed of the figures. Clusters of which all fields
    named in `alike` are alike may be one cluster under two names.
    """

    id: str
    title: str
    edition: int
    years: Years
    orientation: Literal["landscape", "portrait"] = "landscape"
    annex: str = ""
    heading: SummaryHeading
    lines: tuple[str, ...] = ()
    compose: dict[str, str] = field(default_factory=dict)
    columns: Annotated[tuple[SummaryColumn, ...], Field(min_length=1)]
    blank_rows: Annotated[int, Field(ge=1)] = 1
    figures: tuple[SummaryFigure, ...] = ()
    introduction: str = ""
    orders: dict[str, SummaryOrder] = field(default_factory=dict)
    alike: tuple[str, ...] = ()

    def pattern(self, source: str) -> str:
        """Return the pattern that `source` names or is, empty where it is a plain field."""
        return self.compose.get(source, source if "{" in source else "")

    def names_asked(self) -> tuple[str, ...]:
        """Return the catalogue's fields that the table is filled from, its figures among them, in order."""
        names: list[str] = []
        for column in self.columns:
            pattern = self.pattern(column.source)
            names += [*pattern_names(pattern)] if pattern else [column.source] if column.source else []
        names += pattern_names(self.introduction)
        for figure in self.figures:
            names += figure.of
        for order in self.orders.values():
            names += [*order.together, *([order.figure] if order.figure else [])]
        names += self.alike
        return tuple(dict.fromkeys(names))

    def __post_init__(self) -> None:
        width, room = sum(column.width for column in self.columns), _ROOM[self.orientation]
        if width > room:
            raise ValueError(f"各列合计 {width:g} 毫米，纸上只有 {room} 毫米")
        tags = [column.tag for column in self.columns]
        for tag in tags:
            if tags.count(tag) > 1:
                raise ValueError(f"有两列的名称相同：“{tag}”")
        for line in self.lines:
            _check_blanks(line)


def _check_blanks(line: str) -> None:
    unknown = [name for name in _BLANKS.findall(line) if name not in (SENDER, CONTACT)]
    if unknown:
        raise ValueError(f"“{line}”里不认识的空“{{{unknown[0]}}}”；可用 {{{SENDER}}} {{{CONTACT}}}")
