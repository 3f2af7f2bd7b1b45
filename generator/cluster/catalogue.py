"""The catalogue of fields: what a cluster's data may hold, as data (`templates/fields/*.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class Kind(Enum):
    """The kinds of value a field may take. The names are those written in the catalogue files."""

    TEXT = "text"
    NARRATIVE = "narrative"
    AMOUNT = "amount"
    COUNT = "count"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"
    MONTH = "month"
    DATE = "date"
    PHONE = "phone"


NUMERIC = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.PERCENT})


@dataclass(frozen=True)
class Field:
    """One field.

    `at` is its place in cluster.yaml (`("主管部门", "名称")`); a field by year stands under `实绩`, other figures
    under `概况`, narratives under `叙述`, unless the catalogue says otherwise. `submission` marks a field that belongs to a submission
    (`申报 › <form> › <name>`) and to nothing else; narratives may stand in both places.
    """

    name: str
    kind: Kind
    at: tuple[str, ...]
    unit: str = ""
    by_year: bool = False
    submission: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    description: str = ""
    clause: str = ""


@dataclass(frozen=True)
class FactKind:
    """One fact that may stand under `工作`."""

    name: str
    description: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a register."""

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class RegisterKind:
    """One register under `名录`."""

    name: str
    columns: tuple[Column, ...]
    description: str = ""


@dataclass(frozen=True)
class EventKind:
    """One kind of event under `事件`, and the grades it may have (较大, 重大, …), none where it has no grades."""

    name: str
    grades: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All that may be said of a cluster, in the order of the catalogue files."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    facts: Mapping[str, FactKind] = field(default_factory=dict)
    registers: Mapping[str, RegisterKind] = field(default_factory=dict)
    events: Mapping[str, EventKind] = field(default_factory=dict)
