"""The grammar of a standard (`templates/standards/*.yaml`): what an applicant must reach, clause by clause, as worded."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from generator.checks.numbers import shown
from generator.forms.definition import Condition, Source
from generator.forms.definition_node import Construct
from generator.frozen import dataclass

if TYPE_CHECKING:
    from pydantic import Field


class Wording(Enum):
    """How a text words its line. 以上 holds the number itself (《民法典》第一千二百五十九条: “以上”包括本数)."""

    OR_MORE = "以上"
    NOT_BELOW = "不低于"
    NOT_FEWER = "不少于"
    ABOVE = "高于"
    NOT_BEYOND = "不超过"
    FALLING = "持续下降"

    @property
    def holds_line(self) -> bool:
        """Whether a value exactly on the line is good enough."""
        return self in {Wording.OR_MORE, Wording.NOT_BELOW, Wording.NOT_FEWER, Wording.NOT_BEYOND}


class Years(Enum):
    """Which of a form's data years count: the base year, every one, or all taken together."""

    LAST = "last"
    EACH = "each"
    TOTAL = "total"


@dataclass(frozen=True, kw_only=True)
class Measure(Construct):
    """One line to reach: a field (or one by the declared 口径), the sum of several, or the entries of a register.

    `overlapping` says that one enterprise may be counted in several of the fields summed.
    """

    wording: Wording
    value: Decimal = Decimal(0)
    unit: str = ""
    field: Source = ""
    sum: tuple[str, ...] = ()
    count: str = ""
    overlapping: bool = False
    years: Years = Years.LAST

    def __post_init__(self) -> None:
        if sum(map(bool, (self.field, self.sum, self.count))) != 1:
            raise ValueError("field、sum、count 要写一个，只能写一个")

    @property
    def line(self) -> str:
        """The line in words: 40亿元以上, 不低于15%."""
        line = shown(self.value, self.unit)
        return f"{line}以上" if self.wording is Wording.OR_MORE else f"{self.wording.value}{line}"

    @property
    def at_most(self) -> bool:
        """Whether less is better."""
        return self.wording is Wording.NOT_BEYOND

    def margin(self, value: Decimal) -> Decimal:
        """Return how far `value` is on the good side of the line; negative where it falls short."""
        return self.value - value if self.at_most else value - self.value

    def reached(self, value: Decimal) -> bool:
        """Return whether `value` reaches the line as it is worded."""
        margin = self.margin(value)
        return margin > 0 or (margin == 0 and self.wording.holds_line)


@dataclass(frozen=True, kw_only=True)
class Elsewhere(Construct):
    """How another official text words the same line."""

    text: str
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class Criterion(Construct):
    """One clause: met when any of its `measures` is reached, or when its condition `holds`.

    `general` marks a line that the text itself calls 一般. `at_line` is the condition that is exactly on the line.
    """

    id: str
    aspect: str
    clause: str
    general: bool = False
    measures: tuple[Measure, ...] = ()
    holds: Condition | None = None
    at_line: Condition | None = None
    elsewhere: tuple[Elsewhere, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.measures) == (self.holds is not None):
            raise ValueError("measures 和 holds 要写一个，只能写一个")


@dataclass(frozen=True, kw_only=True)
class Relaxed(Construct):
    """Where the lines may be relaxed, and what is to be said of it."""

    places: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class Standard(Construct):
    """A standard: its title, the sentence that makes it a demand, its criteria in the order of the text."""

    id: str
    title: str
    demand: str
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    relaxed: Relaxed | None = None
