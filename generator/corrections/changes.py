"""What changed between two printings of one form, as plain values. Pages are named as printed; see `page_name`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

from generator.findings import Finding, Findings
from generator.forms.arrangement import SlotKind
from generator.forms.filled import Origin
from generator.forms.snapshot import RawValue, RememberedPage, number_in
from generator.frozen import dataclass


@dataclass(frozen=True)
class FieldChange:
    """One place of the form that says something else, or rests on another value.

    `old` and `new` are what is printed, `raw_old` and `raw_new` the values behind it, `basis_old` and `basis_new` what explains a
    derived figure; `pages_old` and `pages_new` are the pages, counted from 1, that it stands on, as far as known. `row` tells a
    cell of a target table from a field (its `source` and `year` are those of the figure that it repeats, if it does); `here` is
    False for what the data say without a place of its own on this form; `whole` tells that a whole row came, went or moved, which
    nobody can put right by hand.
    """

    path: tuple[str, ...]
    kind: SlotKind
    source: str
    old: str
    new: str
    raw_old: RawValue = None
    raw_new: RawValue = None
    year: int | None = None
    unit: str = ""
    origin_old: Origin | None = None
    origin_new: Origin | None = None
    basis_old: str = ""
    basis_new: str = ""
    pages_old: tuple[int, ...] = ()
    pages_new: tuple[int, ...] = ()
    row: bool = False
    here: bool = True
    whole: bool = False

    @property
    def shows(self) -> bool:
        """Whether the paper says something else."""
        return self.here and self.old != self.new

    @property
    def derived(self) -> bool:
        """Whether it is a figure that follows from others and moved with them, or is gone with them."""
        origin = self.origin_old if self.origin_new in (None, Origin.ABSENT) else self.origin_new
        return origin is Origin.DERIVED and self.kind is not SlotKind.BOX

    @property
    def number_old(self) -> Decimal | None:
        """The old value as a number, None where it was none."""
        return number_in(self.raw_old)

    @property
    def number_new(self) -> Decimal | None:
        """The new value as a number, None where it is none."""
        return number_in(self.raw_new)


@dataclass(frozen=True)
class FindingsChange:
    """Findings that went, came, or say other numbers (before, now); `known` is False where the older snapshot held none."""

    gone: Findings = ()
    came: Findings = ()
    moved: tuple[tuple[Finding, Finding], ...] = ()
    known: bool = True


class Fate(Enum):
    """What became of an item of evidence, a file or a page."""

    ADDED = "新增"
    REMOVED = "去掉"
    REPLACED = "更换"


@dataclass(frozen=True)
class EvidenceChange:
    """An item of evidence that is new, gone, or not the same; `why` says in words what differs in it.

    `pages_old` and `pages_new` are the numbers of its pages (31—38-2), empty where they are not known.
    """

    name: str
    fate: Fate
    proves: tuple[str, ...] = ()
    why: str = ""
    pages_old: str = ""
    pages_new: str = ""

    @property
    def where(self) -> str:
        """Its pages in words, empty where none is known."""
        if self.pages_old == self.pages_new or (self.pages_new and not self.pages_old):
            return f"第{self.pages_new}页" if self.pages_new else ""
        now = f"，现第{self.pages_new}页" if self.pages_new else ""
        return f"原第{self.pages_old}页{now}"


@dataclass(frozen=True)
class CellChange:
    """A cell of a register's row that says something else; a number of a year is in the column `产值2023年`."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class RegisterChange:
    """A row of a register that is new, gone, or says something else: the register, what the row was called, and its cells."""

    register: str
    row: str
    fate: Fate
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class FileChange:
    """A file of the data that is new, gone, or holds other bytes."""

    name: str
    fate: Fate


class Cause(Enum):
    """Why a page is another one."""

    DATA = "内容"
    FLOW = "移行"
    LAYOUT = "版式"


@dataclass(frozen=True)
class PageChange:
    """A page that must be printed anew: counted from 1, its printed number, its part, and why.

    `places` are the places on it that say something else.
    """

    page: int
    label: str
    part: str
    fate: Fate
    cause: Cause
    places: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class MadeChange:
    """Something that forms are printed with, other than before: its name in words, what it was, what it is."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """All that differs between two snapshots of one form; `labels_old` and `labels_new` name their pages."""

    form: str
    cluster: str
    fields: tuple[FieldChange, ...] = ()
    findings: FindingsChange = FindingsChange()
    evidence: tuple[EvidenceChange, ...] = ()
    evidence_known: bool = True
    registers: tuple[RegisterChange, ...] = ()
    registers_known: bool = True
    files: tuple[FileChange, ...] = ()
    pages: tuple[PageChange, ...] = ()
    made: tuple[MadeChange, ...] = ()
    labels_old: tuple[str, ...] = ()
    labels_new: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[FieldChange, ...]:
        """The fields whose print changed, that were written by hand or are boxes."""
        return tuple(change for change in self.fields if change.shows and not change.derived)

    @property
    def moved(self) -> tuple[FieldChange, ...]:
        """The derived figures whose print changed."""
        return tuple(change for change in self.fields if change.shows and change.derived)

    @property
    def silent(self) -> tuple[FieldChange, ...]:
        """The fields whose value changed while the paper says the same."""
        return tuple(change for change in self.fields if change.here and not change.shows)

    @property
    def elsewhere(self) -> tuple[FieldChange, ...]:
        """What the data say otherwise, that this form does not print: other forms and summary tables may."""
        return tuple(change for change in self.fields if not change.here)

    @property
    def layout_only(self) -> bool:
        """Whether pages differ although no field does: 版式变化, not data."""
        return bool(self.pages) and not any(change.shows for change in self.fields)

    @property
    def nothing(self) -> bool:
        """Whether nothing differs at all."""
        told = self.findings
        found = told.gone or told.came or told.moved
        differs = self.fields or found or self.evidence or self.registers or self.files or self.pages or self.made
        return not differs


def page_names(pages: Sequence[RememberedPage]) -> tuple[str, ...]:
    """Return what each page is called: by its printed number, or counted from the front where it bears none."""
    return tuple(
        f"第{page.label}页" if page.label else "封面" if number == 1 else f"第{number}面（无页码）"
        for number, page in enumerate(pages, start=1)
    )
