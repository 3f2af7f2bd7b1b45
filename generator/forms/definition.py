"""The grammar of a form definition: what `templates/forms/*.yaml` may say, from the cover down to the last signature.

docs/definition.md explains every construct with the official row that it was made for. Texts hold what the paper form prints, without
the □ of a box and without the blanks; widths and heights are millimetres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from generator.forms.definition_conditions import AllOf as AllOf
from generator.forms.definition_conditions import AnyOf as AnyOf
from generator.forms.definition_conditions import Condition as Condition
from generator.forms.definition_conditions import EventHappened as EventHappened
from generator.forms.definition_conditions import FieldIs as FieldIs
from generator.forms.definition_conditions import Negation as Negation
from generator.forms.definition_conditions import OtherGiven as OtherGiven
from generator.forms.definition_conditions import RegisterHolds as RegisterHolds
from generator.forms.definition_node import Node as Node
from generator.forms.definition_plan import Plan as Plan
from generator.forms.definition_plan import PlanBlock as PlanBlock
from generator.forms.definition_plan import PlanColumn as PlanColumn
from generator.forms.definition_plan import PlanDirection as PlanDirection
from generator.forms.definition_plan import PlanHeading as PlanHeading
from generator.forms.definition_plan import PlanMilestones as PlanMilestones
from generator.forms.definition_plan import PlanProse as PlanProse
from generator.forms.definition_plan import PlanTable as PlanTable
from generator.forms.definition_plan import PlanText as PlanText
from generator.forms.definition_plan import TargetRule as TargetRule
from generator.frozen import dataclass, field

if TYPE_CHECKING:
    from pydantic import Field

FOOTNOTE_MARK = "[^]"
"""Where the mark of a footnote stands in a label or behind a hint."""


@dataclass(frozen=True, kw_only=True)
class PreviousYears(Node):
    """The years of the plan before: its base and its target (复核申报表: 2022年基准值, 2025年完成值)."""

    base: int
    target: int


@dataclass(frozen=True, kw_only=True)
class Years(Node):
    """The years of a form: data years in order, the base year, target years, and milestone years of the plan.

    `previous` are the years of the plan whose completion a re-review reports.
    """

    data: Annotated[tuple[int, ...], Field(min_length=1)]
    base: int
    target: tuple[int, ...] = ()
    milestones: tuple[int, ...] = ()
    previous: PreviousYears | None = None


Owed = Literal["佐证材料", "清单", "计算公式", "情况说明"]


@dataclass(frozen=True, kw_only=True)
class Box(Node):
    """One box of a row. `other` marks the 其他 box, whose text the submission gives."""

    text: str
    when: Condition | None = None
    owes: tuple[Owed, ...] = ()
    other: bool = False


# ── Rows of a part's table ──


@dataclass(frozen=True, kw_only=True)
class Choice(Node):
    """One field or another, by what the submission declares: `{口径: {产值: 集群总产值, 营业收入: 集群营业收入}}`.

    `field` is the catalogue field that is declared, `sources` the field behind each of its values.
    """

    field: str
    sources: Annotated[dict[str, str], Field(min_length=1)]


Source = str | Choice
"""A catalogue field, or one or another."""


@dataclass(frozen=True, kw_only=True)
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

    def __post_init__(self) -> None:
        marks = self.label.count(FOOTNOTE_MARK) + getattr(self, "hint", "").count(FOOTNOTE_MARK)
        if marks != bool(self.footnote):
            raise ValueError(f"“{self.label}”的脚注号 {FOOTNOTE_MARK} 与 footnote 要成对，各写一次")
        if not self.name and _needs_name(self):
            raise ValueError(f"“{self.label or self.caption}”这一行需要 name")


@dataclass(frozen=True, kw_only=True)
class YearsRow(Row):
    """The header row: the label and one year a column."""

    years: Literal["data"]


@dataclass(frozen=True, kw_only=True)
class ValueRow(Row):
    """One value over all columns. A field by year gives the value of the base year. `after` is printed behind the value."""

    value: Source
    hint: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class PairCell(Node):
    """One label and its value within a row of several."""

    label: str
    value: str
    capacity: int = 0
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class CellsRow(Row):
    """Several labels and values side by side (联系人 | … | 联系方式 | …)."""

    cells: tuple[PairCell, ...]


@dataclass(frozen=True, kw_only=True)
class ByYearRow(Row):
    """One value a data year, side by side."""

    by_year: Source


@dataclass(frozen=True, kw_only=True)
class DownRow(Row):
    """One value a data year, one below the other behind its caption (2022年 | …); `note` closes the group.

    `formula` names the field that tells how the figure was calculated.
    """

    down: str
    note: str = ""
    formula: str = ""


@dataclass(frozen=True, kw_only=True)
class CaptionedRow(Row):
    """One value a data year side by side, each below its own caption (工业软件采购金额)."""

    captioned: str


@dataclass(frozen=True, kw_only=True)
class MatrixLine(Node):
    """One line of the standards matrix: its text and the fields behind it."""

    text: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Matrix(Node):
    """The standards matrix: for every data year a block of columns with these heads."""

    head: tuple[str, ...]
    rows: tuple[MatrixLine, ...]


@dataclass(frozen=True, kw_only=True)
class MatrixRow(Row):
    """A merged label over a matrix of year blocks."""

    matrix: Matrix


@dataclass(frozen=True, kw_only=True)
class BoxesRow(Row):
    """Boxes to tick: exactly one (`choose: one`) or any number.

    `per_line` boxes stand on a line; `trailing` is printed behind the last box on its line, `after` on a line of its own.
    """

    boxes: tuple[Box, ...]
    choose: Literal["one", "many"] = "many"
    per_line: Annotated[int, Field(ge=1)] = 1
    trailing: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        for box in self.boxes:
            if box.when is None:
                raise ValueError(f"选项“{box.text}”需要 when，写明什么情况下勾选")


@dataclass(frozen=True, kw_only=True)
class NarrativeRow(Row):
    """A short text with a limit, counted in 字 (docs/counting.md)."""

    narrative: str
    limit: int


@dataclass(frozen=True, kw_only=True)
class NamesRow(Row):
    """数量：__个 名称：__ of the entries of a register that match `where`."""

    names: str
    where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CountRow(Row):
    """The number of a register's entries, `after` printed behind it."""

    count: str
    where: dict[str, str] = field(default_factory=dict)
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class SignedRow(Row):
    """A cell that is signed and sealed on paper: the statement, the lines to sign and to seal, and the date."""

    signed: tuple[str, ...]
    statement: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupRow(Row):
    """A merged label over rows of mixed kinds."""

    rows: Annotated[tuple[AnyRow, ...], Field(min_length=1)]


def _needs_name(row: Row) -> bool:
    """Whether a row's places can't be named after the one field that they are filled from."""
    if isinstance(row, ValueRow):
        return isinstance(row.value, Choice)
    if isinstance(row, ByYearRow):
        return isinstance(row.by_year, Choice)
    return isinstance(row, BoxesRow | NamesRow | CountRow)


AnyRow = (
    YearsRow
    | ValueRow
    | CellsRow
    | ByYearRow
    | DownRow
    | CaptionedRow
    | MatrixRow
    | BoxesRow
    | NarrativeRow
    | NamesRow
    | CountRow
    | SignedRow
    | GroupRow
)


# ── The form ──


@dataclass(frozen=True, kw_only=True)
class CoverTitle(Node):
    """The form's title on the cover."""

    title: str


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class CoverHint(Node):
    """A hint printed under a line while its value is empty."""

    hint: str
    of: str


@dataclass(frozen=True, kw_only=True)
class CoverIssuer(Node):
    """Who made the form (工业和信息化部 制)."""

    issuer: str


CoverItem = CoverTitle | CoverField | CoverHint | CoverIssuer


@dataclass(frozen=True, kw_only=True)
class Instructions(Node):
    """填报说明: its title and its paragraphs, numbers as printed."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Part(Node):
    """One part of the form: a table of rows, or the plan. Its title as printed, its columns in millimetres.

    `sublabel` is how many columns the label of a row inside a group takes, `row_height` the least height of its rows in
    millimetres (0: as all forms have it).
    """

    title: str
    columns: tuple[float, ...] = ()
    row_height: Annotated[float, Field(ge=0)] = 0.0
    sublabel: int = 1
    rows: tuple[AnyRow, ...] = ()
    plan: Plan | None = None

    @property
    def numeral(self) -> str:
        """The part's number as printed before 、 (一, 二, …)."""
        return self.title.split("、", 1)[0]


@dataclass(frozen=True, kw_only=True)
class Form(Node):
    """A whole form. `standard` names the standard that its applicants are judged by."""

    id: str
    title: str
    issuer: str
    edition: int
    level: str = ""
    annex: str = ""
    standard: str = ""
    years: Years
    compose: dict[str, str] = field(default_factory=dict)
    cover: tuple[CoverItem, ...]
    instructions: Instructions
    parts: tuple[Part, ...]
    appendix: Instructions | None = None
