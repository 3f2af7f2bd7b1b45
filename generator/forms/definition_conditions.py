"""The grammar of conditions: what ticks a box."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from generator.forms.definition_node import Node, kind_of


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
    where: dict[str, str] = Field(default_factory=dict)


class OtherGiven(Node):
    """Ticked when the submission gives a text for the row's 其他 box."""

    other: str


def _kind_of_condition(value: Any) -> str:
    return kind_of(value, ("any", "all", "not", "field", "event", "register", "other"), "fact")


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

for _model in (AnyOf, AllOf, Negation):
    _model.model_rebuild()
