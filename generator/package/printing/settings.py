"""What printing and binding go by: thickness of paper, sheets in a volume, the words of signature cells. Data, read here."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, Field

from generator.forms.library import Library
from generator.forms.reading import read_data


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PaperUsed(_Part):
    """The paper printed on: its name, and how thick one sheet is, in millimetres."""

    name: str
    thickness: float = Field(gt=0, le=2)


class SigningWords(_Part):
    """The words by which a form asks for a signature or a seal."""

    sign: tuple[str, ...] = Field(min_length=1)
    seal: tuple[str, ...] = Field(min_length=1)


class SpineSettings(_Part):
    """The label for a spine: what is printed on it, from how wide a spine on, how high; millimetres."""

    narrowest: float = Field(gt=0)
    height: float = Field(gt=20, le=195)
    words: tuple[str, ...] = Field(min_length=1)

    def printed(self, names: dict[str, str]) -> tuple[str, ...]:
        """Return the words with `names` put in; those that come out empty are left away."""
        filled = (re.sub(r"\{(\w+)\}", lambda match: names.get(match[1], ""), word) for word in self.words)
        return tuple(word for word in filled if word)


class PrintSettings(_Part):
    """All settings of `templates/materials/printing.yaml`."""

    paper: PaperUsed
    sheets_per_volume: int = Field(ge=1)
    signing: SigningWords
    spine: SpineSettings


def print_settings(library: Library) -> PrintSettings:
    """Return the settings of `library`. Raises MissingError where there are none, DefinitionError where they are wrong."""
    return read_data(library.materials("printing"), PrintSettings, _Part)
