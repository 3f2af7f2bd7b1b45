"""The names of files and the words of a recommendation. Data (`templates/materials/recommending.yaml`)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from generator.forms.library import Library
from generator.forms.reading import read_data


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileWords(_Part):
    """What files and folders are called, without extension; `unsigned` goes behind the names of unsigned forms."""

    letter: str
    table: str
    handover: str
    clusters: str
    cluster: str
    counts: str
    unsigned: str


class Letter(_Part):
    """The words of the letter; `title` goes by lines, `sender` stands where no sender is named."""

    title: tuple[str, ...]
    subject: str
    kind: str
    sender: str
    opening: str
    closing: str
    papers: str
    contact: str


class Remarks(_Part):
    """What lists say of papers."""

    original: str
    sealed: str
    unsigned: str
    again: str
    paper_only: str
    made: str
    not_asked: str
    not_told: str


class PaperWords(_Part):
    """What the papers that the office makes itself are called."""

    letter: str
    table: str
    handover: str


class PaperCopies(_Part):
    """How many copies are made of a paper that does not go with the table."""

    handover: int = Field(ge=1)


class SigningPlace(_Part):
    """A place that is signed or sealed: the last page of `paper` with the words `at` on it; `own`: by the office itself."""

    paper: Literal["letter", "table", "handover"]
    at: str = Field(min_length=1)
    place: str
    signs: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    dated: bool = False
    own: bool


class ReceiptHeads(_Part):
    """What the columns of a table of receipts may be called."""

    cluster: tuple[str, ...] = Field(min_length=1)
    copies: tuple[str, ...] = Field(min_length=1)
    discs: tuple[str, ...] = Field(min_length=1)


class RecommendingWords(_Part):
    """All of it."""

    files: FileWords
    letter: Letter
    remarks: Remarks
    papers: PaperWords
    copies: PaperCopies
    signings: tuple[SigningPlace, ...]
    receipts: ReceiptHeads


def recommending_words(library: Library) -> RecommendingWords:
    """Return the words of `library`. Raises MissingError where there are none, DefinitionError where they are wrong."""
    return read_data(library.materials("recommending"), RecommendingWords, _Part)


def said(pattern: str, **names: str) -> str:
    """Return `pattern` with `names` in the place of their braces; what else stands in braces stays."""
    for name, text in names.items():
        pattern = pattern.replace(f"{{{name}}}", text)
    return pattern
