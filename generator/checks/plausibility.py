"""What is plausible of figures: which are parts of which, which don't shrink, how far one may leap. Data (`checks/plausibility.yaml`)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from generator.forms.definition_node import Construct
from generator.frozen import dataclass
from generator.frozen import field as made

if TYPE_CHECKING:
    from pydantic import Field


@dataclass(frozen=True, kw_only=True)
class PartOf(Construct):
    """A figure that is part of another. `usual`: mostly so, with `why` it may be otherwise."""

    part: str
    whole: str
    usual: bool = False
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Stock(Construct):
    """A number counted at the end of a year that grows mostly, and the number that is added in a year."""

    stock: str
    added: str = ""


@dataclass(frozen=True, kw_only=True)
class Leaps(Construct):
    """How far a figure may move within a year before it is asked about.

    `ratio` is the factor that is asked about, `least` how much a count must move by for it, `slip` the factor from which on a wrong
    unit is the likelier cause.
    """

    ratio: Decimal = Decimal(2)
    least: Decimal = Decimal(20)
    slip: Decimal = Decimal(1000)


@dataclass(frozen=True, kw_only=True)
class PerHead(Construct):
    """How much of an amount at `most` comes to each of those that another column counts."""

    amount: str
    heads: str
    most: Decimal


@dataclass(frozen=True, kw_only=True)
class Large(Construct):
    """What is large by `clause`: as many heads, and as much of an amount, as said, or more. `column` says whether it is small."""

    column: str
    heads: str
    least_heads: Decimal
    amount: str
    least_amount: Decimal
    clause: str


@dataclass(frozen=True, kw_only=True)
class Rows(Construct):
    """What is held plausible of the numbers that a register gives of one enterprise, and of its columns as a whole.

    `alike` are columns whose numbers of a year are of one order, `per_head` amounts that stay below so much a head: where not, a
    wrong unit is the likeliest cause. `moving` are columns that are never the same as the year before in all rows.
    """

    register_name: Annotated[str, Field(alias="register")] = ""
    parts: tuple[PartOf, ...] = ()
    alike: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    per_head: tuple[PerHead, ...] = ()
    large: tuple[Large, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Numbered(Construct):
    """A column of a register whose numbers tell more of an entry: letters that they begin with what stands in `tells`, the year that
    they end with that of `dated`."""

    register_name: Annotated[str, Field(alias="register")]
    column: str
    tells: str
    dated: str
    begins: dict[str, str] = made(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Change(Construct):
    """A field that may differ from an earlier submission's only where an event tells of it; `clause` asks for that."""

    field: str
    event: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class Compared(Construct):
    """A figure, the choice that compares it with others, and what is chosen where there is no such figure."""

    figure: str
    choice: str
    none: str


@dataclass(frozen=True, kw_only=True)
class Unfit(Construct):
    """The body that a form's instructions say (`clause`) what it may not be: `words` of such names, and the body that it isn't."""

    field: str
    clause: str
    words: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, kw_only=True)
class Plausibility(Construct):
    """Everything that is held plausible. `about` is by how many percent a target may stay behind a line that a form calls 左右."""

    parts: tuple[PartOf, ...] = ()
    stocks: tuple[Stock, ...] = ()
    rows: Rows = Rows()
    numbers: tuple[Numbered, ...] = ()
    leaps: Leaps = Leaps()
    changes: tuple[Change, ...] = ()
    compared: tuple[Compared, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    about: Decimal = Decimal(10)
