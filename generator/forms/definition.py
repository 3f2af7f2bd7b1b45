"""The grammar of a form definition: what `templates/forms/*.yaml` may say, from the cover down to the last signature.

docs/definition.md explains every construct with the official row that it was made for. Texts hold what the paper form prints, without
the □ of a box and without the blanks; widths and heights are millimetres.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

FOOTNOTE_MARK = "[^]"
"""Where the mark of a footnote stands in a label or behind a hint."""


class Node(BaseModel):
    """Base of every construct: values, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PreviousYears(Node):
    """The years of the plan before: its base and its target (复核申报表: 2022年基准值, 2025年完成值)."""

    base: int
    target: int


class Years(Node):
    """The years of a form: data years in order, the base year, target years, and milestone years of the plan.

    `previous` are the years of the plan whose completion a re-review reports.
    """

    data: tuple[int, ...] = Field(min_length=1)
    base: int
    target: tuple[int, ...] = ()
    milestones: tuple[int, ...] = ()
    previous: PreviousYears | None = None


# ── Conditions: what ticks a box ──


class AnyOf(Node):
    """Ticked when one of the conditions holds."""

    any: tuple[Condition, ...]


class AllOf(Node):
    """Ticked when all of the conditions hold."""

    all: tuple[Condition, ...]


class Negation(Node):
    """Ticked when the condition is known and does not hold."""

    negated: Condition = Field(alias="not")


class FieldIs(Node):
    """Ticked when a catalogue field has one of the values."""

    field: str
    values: tuple[str, ...] = Field(alias="is")


class EventHappened(Node):
    """Ticked when an event of these kinds (and grades) fell into the data years of the form."""

    event: tuple[str, ...]
    grade: tuple[str, ...] = ()


class RegisterHolds(Node):
    """Ticked when a register holds an entry with these columns."""

    register_name: str = Field(alias="register")
    where: dict[str, str] = {}


class OtherGiven(Node):
    """Ticked when the submission gives a text for the row's 其他 box."""

    other: str


def _kind(value: Any, keys: tuple[str, ...], otherwise: str) -> str:
    """Which of `keys` a construct bears, whether it is still YAML's mapping or a value already."""
    if isinstance(value, dict):
        return next((key for key in keys if key in value), otherwise)
    names = type(value).model_fields if isinstance(value, Node) else {}
    aliases = {field.alias or name for name, field in names.items()}
    return next((key for key in keys if key in aliases), otherwise)


def _kind_of_condition(value: Any) -> str:
    return _kind(value, ("any", "all", "not", "field", "event", "register", "other"), "fact")


Condition = Annotated[
    Annotated[str, Tag("fact")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[Negation, Tag("not")]
    | Annotated[FieldIs, Tag("field")]
    | Annotated[EventHappened, Tag("event")]
    | Annotated[RegisterHolds, Tag("register")]
    | Annotated[OtherGiven, Tag("other")],
    Discriminator(_kind_of_condition),
]

Owed = Literal["佐证材料", "清单", "计算公式", "情况说明"]


class Box(Node):
    """One box of a row. `other` marks the 其他 box, whose text the submission gives."""

    text: str
    when: Condition | None = None
    owes: tuple[Owed, ...] = ()
    other: bool = False


# ── Rows of a part's table ──


class Choice(Node):
    """One field or another, by what the submission declares: `{口径: {产值: 集群总产值, 营业收入: 集群营业收入}}`.

    `field` is the catalogue field that is declared, `sources` the field behind each of its values.
    """

    field: str
    sources: dict[str, str] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _from_mapping(cls, data: Any) -> Any:
        if isinstance(data, dict) and len(data) == 1:
            ((field, sources),) = data.items()
            return {"field": field, "sources": sources}
        return data


def _kind_of_source(value: Any) -> str:
    return "choice" if isinstance(value, dict | Choice) else "field"


Source = Annotated[
    Annotated[str, Tag("field")] | Annotated[Choice, Tag("choice")],
    Discriminator(_kind_of_source),
]


class Row(Node):
    """What all rows share.

    `label` stands in the first column (line breaks as printed); `caption` stands inside the value's cell, above the value. A row
    without a label lets its cell run over the label's column too.
    `capacity` is the number of hanzi that the cell must hold at the full size of type. `footnote` is the text of the note
    whose mark `[^]` stands in the label, or behind the hint.
    """

    label: str = ""
    caption: str = ""
    name: str = ""
    owes: tuple[Owed, ...] = ()
    required: bool = True
    capacity: int = 0
    filler: str = ""
    height: float = 0.0
    footnote: str = ""

    @model_validator(mode="after")
    def _marked(self) -> Row:
        marks = self.label.count(FOOTNOTE_MARK) + getattr(self, "hint", "").count(FOOTNOTE_MARK)
        if marks != bool(self.footnote):
            raise ValueError(f"“{self.label}”的脚注号 {FOOTNOTE_MARK} 与 footnote 要成对，各写一次")
        return self

    @model_validator(mode="after")
    def _named(self) -> Row:
        if not self.name and _needs_name(self):
            raise ValueError(f"“{self.label or self.caption}”这一行需要 name")
        return self


class YearsRow(Row):
    """The header row: the label and one year a column."""

    years: Literal["data"]


class ValueRow(Row):
    """One value over all columns. A field by year gives the value of the base year. `after` is printed behind the value."""

    value: Source
    hint: str = ""
    after: str = ""


class PairCell(Node):
    """One label and its value within a row of several."""

    label: str
    value: str
    capacity: int = 0
    required: bool = True


class CellsRow(Row):
    """Several labels and values side by side (联系人 | … | 联系方式 | …)."""

    cells: tuple[PairCell, ...]


class ByYearRow(Row):
    """One value a data year, side by side."""

    by_year: Source


class DownRow(Row):
    """One value a data year, one below the other behind its caption (2022年 | …); `note` closes the group.

    `formula` names the field that tells how the figure was calculated.
    """

    down: str
    note: str = ""
    formula: str = ""


class CaptionedRow(Row):
    """One value a data year side by side, each below its own caption (工业软件采购金额)."""

    captioned: str


class MatrixLine(Node):
    """One line of the standards matrix: its text and the fields behind it."""

    text: str
    fields: tuple[str, ...]


class Matrix(Node):
    """The standards matrix: for every data year a block of columns with these heads."""

    head: tuple[str, ...]
    rows: tuple[MatrixLine, ...]


class MatrixRow(Row):
    """A merged label over a matrix of year blocks."""

    matrix: Matrix


class BoxesRow(Row):
    """Boxes to tick: exactly one (`choose: one`) or any number.

    `per_line` boxes stand on a line; `trailing` is printed behind the last box on its line, `after` on a line of its own.
    """

    boxes: tuple[Box, ...]
    choose: Literal["one", "many"] = "many"
    per_line: int = Field(default=1, ge=1)
    trailing: str = ""
    after: str = ""

    @model_validator(mode="before")
    @classmethod
    def _others(cls, data: Any) -> Any:
        """The 其他 box is ticked by its text, which the submission gives under the name of the row."""
        if not isinstance(data, dict) or not isinstance(data.get("boxes"), list) or not data.get("name"):
            return data
        condition = {"other": data["name"]}
        boxes = [
            {"when": condition, **box} if isinstance(box, dict) and box.get("other") else box for box in data["boxes"]
        ]
        return {**data, "boxes": boxes}

    @model_validator(mode="after")
    def _ticked_by_something(self) -> BoxesRow:
        for box in self.boxes:
            if box.when is None:
                raise ValueError(f"选项“{box.text}”需要 when，写明什么情况下勾选")
        return self


class NarrativeRow(Row):
    """A short text with a limit, counted in 字 (docs/counting.md)."""

    narrative: str
    limit: int


class NamesRow(Row):
    """数量：__个 名称：__ of the entries of a register that match `where`."""

    names: str
    where: dict[str, str] = {}


class CountRow(Row):
    """The number of a register's entries, `after` printed behind it."""

    count: str
    where: dict[str, str] = {}
    after: str = ""


class SignedRow(Row):
    """A cell that is signed and sealed on paper: the statement, the lines to sign and to seal, and the date."""

    signed: tuple[str, ...]
    statement: str = ""
    date: str = ""


class GroupRow(Row):
    """A merged label over rows of mixed kinds."""

    rows: tuple[AnyRow, ...] = Field(min_length=1)


def _needs_name(row: Row) -> bool:
    """Whether a row's places can't be named after the one field that they are filled from."""
    if isinstance(row, ValueRow):
        return isinstance(row.value, Choice)
    if isinstance(row, ByYearRow):
        return isinstance(row.by_year, Choice)
    return isinstance(row, BoxesRow | NamesRow | CountRow)


_ROW_KEYS = (
    "years",
    "value",
    "cells",
    "by_year",
    "down",
    "captioned",
    "matrix",
    "boxes",
    "narrative",
    "names",
    "count",
    "signed",
    "rows",
)


def _kind_of_row(value: Any) -> str:
    return _kind(value, _ROW_KEYS, "value")


AnyRow = Annotated[
    Annotated[YearsRow, Tag("years")]
    | Annotated[ValueRow, Tag("value")]
    | Annotated[CellsRow, Tag("cells")]
    | Annotated[ByYearRow, Tag("by_year")]
    | Annotated[DownRow, Tag("down")]
    | Annotated[CaptionedRow, Tag("captioned")]
    | Annotated[MatrixRow, Tag("matrix")]
    | Annotated[BoxesRow, Tag("boxes")]
    | Annotated[NarrativeRow, Tag("narrative")]
    | Annotated[NamesRow, Tag("names")]
    | Annotated[CountRow, Tag("count")]
    | Annotated[SignedRow, Tag("signed")]
    | Annotated[GroupRow, Tag("rows")],
    Discriminator(_kind_of_row),
]


# ── Part 八: a tree of headings, guidance, prose and tables in one box ──


class PlanText(Node):
    """A printed line that stays: guidance, a note, a limit."""

    text: str


class PlanHeading(Node):
    """A printed heading. Level 1 is 一、, 2 is （一）, 3 is 1."""

    heading: str
    level: Literal[1, 2, 3]


class PlanProse(Node):
    """Where the applicant's prose goes; `heading` is its key in the submission's 规划正文, `prose` its name in the template."""

    prose: str
    heading: str
    required: bool = True


class PlanMilestones(Node):
    """One heading and prose for every milestone year; `$n` counts from 1 and `$year` is the year."""

    milestones: str


class PlanColumn(Node):
    """One column of a target table; without `shows` it is the column of directions or of indicators."""

    text: str
    width: float
    shows: Literal["", "base", "target", "done"] = ""
    year: int = 0


class PlanDirection(Node):
    """The printed indicators of one direction; `......` is the open row for the applicant's own."""

    direction: str
    indicators: tuple[str, ...]


class PlanTable(Node):
    """A target table: the plan made in `plan` (its base year), column by column."""

    table: str
    plan: int
    columns: tuple[PlanColumn, ...]
    rows: tuple[PlanDirection, ...]


def _kind_of_block(value: Any) -> str:
    return _kind(value, ("table", "milestones", "prose", "heading", "text"), "text")


PlanBlock = Annotated[
    Annotated[PlanText, Tag("text")]
    | Annotated[PlanHeading, Tag("heading")]
    | Annotated[PlanProse, Tag("prose")]
    | Annotated[PlanMilestones, Tag("milestones")]
    | Annotated[PlanTable, Tag("table")],
    Discriminator(_kind_of_block),
]


class TargetRule(Node):
    """What a form's own note asks of one indicator; `value` in percent, `intervals` the years between base and target."""

    direction: str
    indicator: str
    must: Literal[
        "at_least", "about", "rise", "grow_at_least", "fall_about", "at_least_average", "fall_at_least_average"
    ]
    value: float = 0.0
    intervals: int = 0
    severity: Literal["必须改", "请核对", "提示"] = "必须改"
    clause: str = ""


class Plan(Node):
    """Part 八: its limit in 字 and its blocks from top to bottom."""

    limit: int
    body: tuple[PlanBlock, ...]
    rules: tuple[TargetRule, ...] = ()


# ── The form ──


class CoverTitle(Node):
    """The form's title on the cover."""

    title: str


class CoverField(Node):
    """A labelled line of the cover: one value or composed value, or a sentence with several blanks.

    `seal` names the office that puts its seal there.
    """

    label: str
    value: str = ""
    blanks: str = ""
    optional: tuple[str, ...] = ()
    seal: str = ""
    capacity: int = 0


class CoverHint(Node):
    """A hint printed under a line while its value is empty."""

    hint: str
    of: str


class CoverIssuer(Node):
    """Who made the form (工业和信息化部 制)."""

    issuer: str


def _kind_of_cover(value: Any) -> str:
    return _kind(value, ("title", "hint", "issuer", "label"), "label")


CoverItem = Annotated[
    Annotated[CoverTitle, Tag("title")]
    | Annotated[CoverField, Tag("label")]
    | Annotated[CoverHint, Tag("hint")]
    | Annotated[CoverIssuer, Tag("issuer")],
    Discriminator(_kind_of_cover),
]


class Instructions(Node):
    """填报说明: its title and its paragraphs, numbers as printed."""

    title: str
    items: tuple[str, ...]


class Part(Node):
    """One part of the form: a table of rows, or the plan. Its title as printed, its columns in millimetres.

    `sublabel` is how many columns the label of a row inside a group takes.
    """

    title: str
    columns: tuple[float, ...] = ()
    sublabel: int = 1
    rows: tuple[AnyRow, ...] = ()
    plan: Plan | None = None

    @property
    def numeral(self) -> str:
        """The part's number as printed before 、 (一, 二, …)."""
        return self.title.split("、", 1)[0]


class Form(Node):
    """A whole form."""

    id: str
    title: str
    issuer: str
    edition: int
    level: str = ""
    annex: str = ""
    years: Years
    compose: dict[str, str] = {}
    cover: tuple[CoverItem, ...]
    instructions: Instructions
    parts: tuple[Part, ...]
    appendix: Instructions | None = None


for _model in (AnyOf, AllOf, Negation, Box, BoxesRow, GroupRow, Part, Plan, Form):
    _model.model_rebuild()
