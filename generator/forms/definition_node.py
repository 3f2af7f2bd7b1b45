"""What all constructs of the grammar share."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Node(BaseModel):
    """Base of every construct: values, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def kind_of(value: Any, keys: tuple[str, ...], otherwise: str) -> str:
    """Which of `keys` a construct bears, whether it is still YAML's mapping or a value already."""
    if isinstance(value, dict):
        return next((key for key in keys if key in value), otherwise)
    names = type(value).model_fields if isinstance(value, Node) else {}
    aliases = {field.alias or name for name, field in names.items()}
    return next((key for key in keys if key in aliases), otherwise)
