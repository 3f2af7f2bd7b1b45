"""The words that prose has for figures. Data (`checks/words.yaml`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Vocabulary(BaseModel):
    """Everything that prose says of figures."""

    model_config = ConfigDict(frozen=True, extra="forbid")
