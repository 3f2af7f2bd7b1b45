"""The grammar of part 八: a tree of headings, guidance, prose and tables in one box."""

from __future__ import annotations

from typing import Literal

from generator.forms.definition_node import Node
from generator.frozen import dataclass


@dataclass(frozen=True, kw_only=True)
class PlanText(Node):
    """A printed line that stays: guidance, a note, a limit."""

    text: str


@dataclass(frozen=True, kw_only=True)
class PlanHeading(Node):
    """A printed heading. Level 1 is 一、, 2 is （一）, 3 is 1."""

    heading: str
    level: Literal[1, 2, 3]


@dataclass(frozen=True, kw_only=True)
class PlanProse(Node):
    """Where the applicant's prose goes; `heading` is its key in the submission's 规划正文, `prose` its name in the template."""

    prose: str
    heading: str
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class PlanMilestones(Node):
    """One heading and prose for every milestone year; `$n` counts from 1 and `$year` is the year."""

    milestones: str


@dataclass(frozen=True, kw_only=True)
class PlanColumn(Node):
    """One column of a target table; without `shows` it is the column of directions or of indicators."""

    text: str
    width: float
    shows: Literal["", "base", "target", "done"] = ""
    year: int = 0


@dataclass(frozen=True, kw_only=True)
class PlanDirection(Node):
    """The printed indicators of one direction; `......` is the open row for the applicant's own."""

    direction: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlanTable(Node):
    """A target table: the plan made in `plan` (its base year), column by column."""

    table: str
    plan: int
    columns: tuple[PlanColumn, ...]
    rows: tuple[PlanDirection, ...]


PlanBlock = PlanText | PlanHeading | PlanProse | PlanMilestones | PlanTable


@dataclass(frozen=True, kw_only=True)
class TargetRule(Node):
    """What a form's own note asks of one indicator; `value` in percent, `intervals` the years between base and target.

    `base_meets` (基准值须符合认定标准) is asked of all indicators at once and names none.
    """

    direction: str = ""
    indicator: str = ""
    must: Literal[
        "at_least",
        "about",
        "rise",
        "grow_at_least",
        "fall_about",
        "at_least_average",
        "fall_at_least_average",
        "base_meets",
    ]
    value: float = 0.0
    intervals: int = 0
    severity: Literal["必须改", "请核对", "提示"] = "必须改"
    clause: str = ""

    def __post_init__(self) -> None:
        if (self.must == "base_meets") == bool(self.direction and self.indicator):
            raise ValueError("direction 和 indicator 要一起写；must: base_meets 时不写")


@dataclass(frozen=True, kw_only=True)
class Plan(Node):
    """Part 八: its limit in 字 and its blocks from top to bottom."""

    limit: int
    body: tuple[PlanBlock, ...]
    rules: tuple[TargetRule, ...] = ()
