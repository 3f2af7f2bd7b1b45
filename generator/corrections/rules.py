"""What corrections of printed copies go by: which binding lets sheets be exchanged, what needs consent. Data, read here."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from generator.forms.library import Library
from generator.forms.reading import read_data
from generator.package.versions.ledger import Binding


class Way(StrEnum):
    """A way to put a copy right."""

    PRINT = "打印新稿"
    KEEP = "维持原样"
    EXCHANGE = "换页"
    REPRINT = "整册重印"
    STRIKE = "划线更正加盖校对章"
    NOTICE = "另附更正说明"
    BURN = "重新刻录"
    ENCLOSE = "更换集群材料"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StrikeRules(_Part):
    """How much may be struck out and written beside: at most so many places, each of so many characters."""

    places: int = Field(ge=0)
    characters: int = Field(ge=1)


class SeamRules(_Part):
    """How many sheets one 骑缝章 covers, and the ways that need consent where a copy bears one."""

    sheets: int = Field(ge=2)
    consent: frozenset[Way]


class CorrectionRules(_Part):
    """All rules of `templates/materials/corrections.yaml`."""

    exchanged_first: frozenset[Binding]
    never_exchanged: frozenset[Binding]
    consent: frozenset[Way]
    strike: StrikeRules
    seam: SeamRules


def read_correction_rules(library: Library) -> CorrectionRules:
    """Return the rules of `library`. Raises MissingError where there are none, DefinitionError where they are wrong."""
    return read_data(library.materials("corrections"), CorrectionRules, _Part)
