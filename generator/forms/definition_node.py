"""What all constructs of the grammar share."""

from __future__ import annotations

from typing import ClassVar

from generator.frozen import dataclass


@dataclass(frozen=True, kw_only=True)
class Construct:
    """Base of all that files say by a grammar: values. generator.forms.grammar checks what a file says against them, unknown keys refused.

    The types of their fields are written for pydantic, which is not imported before something is checked: reading a
    definition that was checked and compiled before does without it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Node(Construct):
    """Base of the constructs of a form definition, and of a summary table's."""
