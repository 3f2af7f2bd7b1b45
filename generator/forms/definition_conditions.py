"""The grammar of conditions: what ticks a box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from generator.forms.definition_node import Node
from generator.frozen import dataclass, field

if TYPE_CHECKING:
    from pydantic import Field


@dataclass(frozen=True, kw_only=True)
class AnyOf(Node):
    """Ticked when one of the conditions holds."""

    any: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class AllOf(Node):
    """Ticked when all of the conditions hold."""

    all: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class Negation(Node):
    """Ticked when the condition is known and does not hold."""

    negated: Annotated[Condition, Field(alias="not")]


@dataclass(frozen=True, kw_only=True)
class FieldIs(Node):
    """Ticked when a catalogue field has one of the values."""

    field: str
    values: Annotated[tuple[str, ...], Field(alias="is")]


@dataclass(frozen=True, kw_only=True)
class EventHappened(Node):
    """Ticked when an event of these kinds (and grades) fell into the data years of the form."""

    event: tuple[str, ...]
    grade: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisterHolds(Node):
    """Ticked when a register holds an entry with these columns."""

    register_name: Annotated[str, Field(alias="register")]
    where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OtherGiven(Node):
    """Ticked when the submission gives a text for the row's 其他 box."""

    other: str


Condition = str | AnyOf | AllOf | Negation | FieldIs | EventHappened | RegisterHolds | OtherGiven
"""A text is a fact: ticked when the cluster has done it."""
