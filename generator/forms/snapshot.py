"""What is remembered of a form once filled and printed: plain values that corrections compare. docs/corrections.md explains them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from generator.findings import Findings
from generator.forms.arrangement import SlotKind
from generator.forms.filled import Origin
from generator.forms.particulars import Particulars
from generator.forms.signings import Signing
from generator.frozen import dataclass, field

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")

RawValue = str | tuple[str, ...] | None
"""A value as remembered: numbers as their digits, several texts in order, None where nothing is given."""


@dataclass(frozen=True)
class RememberedField:
    """One field of the form: its place in words, what was printed, the raw value, where it comes from.

    `page` counts printed sheets' sides from 1, None where it is not known. `breaks` tell for a long text from which character
    (blanks left out) on it stands on which page. `basis` explains a derived figure with its numbers. `year` is the data year,
    also where the form prints a single one; `asks` are the fields that a box, or a composed name, follows from.
    """

    key: str
    path: tuple[str, ...]
    kind: SlotKind
    source: str
    printed: str
    value: RawValue
    origin: Origin
    year: int | None = None
    ticked: bool | None = None
    basis: str = ""
    unit: str = ""
    page: int | None = None
    breaks: tuple[tuple[int, int], ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def number(self) -> Decimal | None:
        """The value as a number, None where it is none."""
        return number_in(self.value)


@dataclass(frozen=True)
class RememberedRow:
    """A row of a target table: what its cells print, and their raw values.

    `follows` names, for a cell that no hand filled, the figure of the cluster that it repeats (its field and year), `bases` explain
    these figures with their numbers where they are derived; both are empty in a snapshot of a tool that did not remember them.
    """

    direction: str
    indicator: str
    cells: tuple[str, ...]
    values: tuple[RawValue, ...] = ()
    page: int | None = None
    follows: tuple[tuple[str, int] | None, ...] = ()
    bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class RememberedTable:
    """A target table: the part it stands in, the heads of its columns, its rows."""

    name: str
    part: str
    columns: tuple[str, ...]
    rows: tuple[RememberedRow, ...]


@dataclass(frozen=True)
class RememberedEvidence:
    """An item of evidence: what it proves, and the SHA-256 of its files by name (empty for a file that was not there).

    `pages` are the numbers printed on its pages in the volumes (31—38-2), empty where it was not bound.
    """

    name: str
    proves: tuple[str, ...]
    files: Mapping[str, str]
    pages: str = ""


@dataclass(frozen=True)
class RememberedRegister:
    """The rows of a register: what they give, as texts, by column (`产值2023年` for a number of a year); empty where nothing is."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class RememberedPage:
    """A printed page: its number as printed, the part that it belongs to, and the fingerprint of its layout."""

    label: str
    fingerprint: str
    part: str = ""


@dataclass(frozen=True)
class Made:
    """What a form was printed with: the tool's version, the SHA-256 of the Word template and of each font's file by name.

    `draft` says that every page bears the mark 草稿.
    """

    tool: str = ""
    template: str = ""
    fonts: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False


@dataclass(frozen=True)
class Snapshot:
    """A form as it was filled and printed once.

    `data` are the SHA-256 of the files that the data came from. `findings`, `evidence` and `made` are None in a snapshot of
    a tool that did not remember them. `signings` are the places of all papers that are signed and sealed, None in a snapshot of a
    tool that remembered but `seals`: the pages of those of the form, by their rows' labels.
    `papers` are the pages' fingerprints of the other papers, by path, where their makers know them.
    `labels` are the numbers printed on the pages of those that don't count from 1, by path.
    `asked` is what the operator asked for beside the notice, as typed (份数, 光盘). `registers` are the rows of the registers by
    name, None where they were not remembered.
    """

    form: str
    cluster: str
    data: Mapping[str, str]
    fields: tuple[RememberedField, ...]
    tables: tuple[RememberedTable, ...]
    particulars: Particulars
    pages: tuple[RememberedPage, ...]
    findings: Findings | None = None
    evidence: tuple[RememberedEvidence, ...] | None = None
    made: Made | None = None
    seals: Mapping[str, int] = field(default_factory=dict)
    signings: tuple[Signing, ...] | None = None
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    registers: Mapping[str, RememberedRegister] | None = None
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def number_in(value: RawValue) -> Decimal | None:
    """Return `value` as a number, None where it is none."""
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None
