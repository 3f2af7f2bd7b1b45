"""How far long work is: stages say their names, and whoever called decides whether anybody sees them."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told at the beginning of each stage, and as often within it as the stage likes."""

    def __call__(self, stage: str, done: int = 0, total: int = 0, /) -> None:
        """Take notice that `stage` (in Chinese, for the user) is at `done` of `total` steps; 0 of 0 where nobody counts."""


def silent(stage: str, done: int = 0, total: int = 0, /) -> None:
    """Take no notice: the progress of work that nobody watches."""
