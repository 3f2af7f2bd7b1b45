"""Which names scans have, and what a good scan is. Data (`media/sealing.yaml`)."""

from __future__ import annotations

import re

from pydantic import Field, field_validator

from generator.forms.library import Library
from generator.package.media.rules import MediaPart, read_rules


class Paper(MediaPart):
    """The paper of the forms, upright, in millimetres, and by how much a scan may differ."""

    width: float = Field(gt=0)
    height: float = Field(gt=0)
    tolerance: float = Field(ge=0)

    def matches(self, width: float, height: float) -> bool:
        """Whether a sheet of `width` by `height` millimetres is this paper, upright or turned."""
        short, long = sorted((width, height))
        return abs(short - self.width) <= self.tolerance and abs(long - self.height) <= self.tolerance

    def has_shape_of(self, width: float, height: float, percent: float) -> bool:
        """Whether the sides of a picture are to each other as those of the paper, within `percent`."""
        short, long = sorted((width, height))
        return abs(long / short * self.width / self.height - 1) * 100 <= percent


class SealingRules(MediaPart):
    """All of it.

    `cover`, `whole` and `signed` (the pages to be signed) are words in a file's name; `page` is a pattern with the printed page
    number in its group.
    """

    cover: tuple[str, ...]
    whole: tuple[str, ...]
    signed: tuple[str, ...]
    page: str
    paper: Paper
    ratio_tolerance: float = Field(ge=0)
    resolution: float = Field(ge=0)

    def is_coarse(self, dots: float) -> bool:
        """Whether a scan of `dots` per inch is less clear than it should be; a scan may be as much narrower as its paper."""
        return dots < self.resolution * (1 - self.paper.tolerance / self.paper.width)

    @field_validator("page")
    @classmethod
    def _with_one_group(cls, pattern: str) -> str:
        try:
            groups = re.compile(pattern).groups
        except re.error as error:
            raise ValueError(f"page：{error}") from error
        if groups != 1:
            raise ValueError("page：要有一对括号，括住页码")
        return pattern


def read_sealing_rules(library: Library) -> SealingRules:
    """Return the rules of `library`. Raises DefinitionError when they are missing or wrong."""
    return read_rules(library, "sealing", SealingRules)
