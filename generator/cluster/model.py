"""A cluster, as its folder tells it: facts once, plans by base year, and what belongs to one submission only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from generator.cluster.catalogue import Field
from generator.cluster.naming import compose
from generator.cluster.table import Cells
from generator.cluster.values import Given
from generator.findings import Position
from generator.frozen import dataclass, field, replace


@dataclass(frozen=True)
class Fact:
    """A piece of work that the cluster did (`工作`), and the names of the evidence items given with it."""

    name: str
    position: Position
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """An accident, penalty or change of operator (`事件`). `date` is ISO: `2023-05-01`, `2023-05` or `2023`."""

    kind: str
    date: str
    position: Position
    grade: str = ""
    statement: str = ""

    @property
    def year(self) -> int:
        """The calendar year of the event."""
        return int(self.date[:4])


@dataclass(frozen=True)
class Entry:
    """One row of a register: the columns given, by their Chinese names, and the numbers given by year.

    A number stated as 无 is zero in `numbers`; one left out is not there. `places` are the columns of its sheet, from 1, in which
    the numbers of all rows stand.
    """

    columns: Mapping[str, Given]
    position: Position
    numbers: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)
    places: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """Return the text of `column`, or an empty string where it is not given."""
        columns = self.columns
        if isinstance(columns, Cells):
            return columns.text(column)
        given = columns.get(column)
        return given.text if given else ""

    def place(self, column: str, year: int) -> Position:
        """Return where the number of `column` and `year` stands: its cell, or the row where that is not known."""
        at = self.places.get((column, year))
        return self.position if at is None else replace(self.position, column=at)


@dataclass(frozen=True)
class Target:
    """One row of a plan's target table.

    `base` is the value of the base year where given by hand; `basis` names the catalogue field it follows from instead.
    `values` are targets by year, `done` what was reached by year (the re-review's 完成值). `text` is the
    qualitative description (定性描述) of all target years, `texts` those of single years where they differ; `done_text` and
    `base_text` are their counterparts in the other columns. `refused` names what was written of it and a finding refuses:
    `("基准值",)`, `("值", "2027年")`.
    """

    direction: str
    indicator: str
    position: Position
    unit: str = ""
    basis: str = ""
    base: Given | None = None
    values: Mapping[int, Given] = field(default_factory=dict)
    done: Mapping[int, Given] = field(default_factory=dict)
    text: Given | None = None
    texts: Mapping[int, Given] = field(default_factory=dict)
    base_text: Given | None = None
    done_text: Given | None = None
    refused: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True)
class Plan:
    """The three-year plan made in `base_year`: its targets in the order given."""

    base_year: int
    targets: tuple[Target, ...]
    position: Position


@dataclass(frozen=True)
class Evidence:
    """One item of evidence (`佐证材料`): what it is called, which facts or fields it proves, its files."""

    name: str
    proves: tuple[str, ...]
    files: tuple[str, ...]
    position: Position


@dataclass(frozen=True)
class Waiver:
    """A kind of finding that the user lets stand (`不适用检查`), and why; `place`, part of a finding's path, narrows it."""

    code: str
    reason: str
    position: Position
    place: str = ""


@dataclass(frozen=True)
class Submission:
    """What belongs to one form only (`申报 › <form>`).

    `values` hold the catalogue fields given there, which go before the common ones; `others` the texts of 其他 boxes
    by the name of their row; `prose` the plan's text by heading, paragraphs parted by line breaks.
    """

    form: str
    position: Position
    values: Mapping[str, Given] = field(default_factory=dict)
    others: Mapping[str, Given] = field(default_factory=dict)
    prose: Mapping[str, Given] = field(default_factory=dict)


@dataclass(frozen=True)
class Cluster:
    """Everything a cluster folder says, checked for kind and place, with the position of every value.

    `values` are the catalogue fields without years, `actuals` those by calendar year. `facts` and `events` are None
    where the file says nothing of them: silence is no statement that nothing happened, `事件: []` is. `registers` holds
    those named, of cluster.yaml or of the files beside it that `register_files` names. `refused` names the fields, with
    the year where they have one, at which something was written that a finding refuses: neither given nor empty.
    `unread` are the paths in words of all that was refused, `unread_proofs` what refused evidence says, or probably means, to
    prove. `fields` are the catalogue fields that it was read by, `written` tells where the names stand that the file holds, each
    by its path in words (`("实绩", "集群总产值", "2023年")`).
    """

    folder: Path
    source: str
    values: Mapping[str, Given] = field(default_factory=dict)
    actuals: Mapping[tuple[str, int], Given] = field(default_factory=dict)
    facts: Mapping[str, Fact] | None = None
    events: tuple[Event, ...] | None = None
    registers: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    register_files: tuple[str, ...] = ()
    plans: Mapping[int, Plan] = field(default_factory=dict)
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    refused: frozenset[tuple[str, int | None]] = frozenset()
    unread: frozenset[tuple[str, ...]] = frozenset()
    unread_proofs: frozenset[str] = frozenset()
    fields: Mapping[str, Field] = field(default_factory=dict)
    written: Mapping[tuple[str, ...], Position] = field(default_factory=dict)

    def refuses(self, head: str, *tails: str) -> bool:
        """Return whether something was written under `head` (事件) that a finding refuses; only where its path ends with one of
        `tails` (基准年), where any are given."""
        return any(path[0] == head and (not tails or path[-1] in tails) for path in self.unread)

    def misses(self, *place: str) -> bool:
        """Return whether what stands at `place` (名录, 产业联盟), or around it, was written and not read."""
        return any(place[:length] in self.unread for length in range(1, len(place) + 1))

    @property
    def name(self) -> str:
        """What the cluster is called outside its forms: as given, or made of its place and trade; empty while these are missing."""
        given = self.values.get("集群全称")
        if given is not None:
            return given.text
        if "县" not in self.values or "产业" not in self.values:
            return ""
        return compose("{省}{市}{县}{产业}产业集群", {name: given.text for name, given in self.values.items()})

    @property
    def called(self) -> str:
        """What files and tables call the cluster: its own name, or that of its folder while place or trade are missing."""
        return self.name or self.folder.resolve().name

    def value(self, name: str, year: int | None = None, form: str | None = None) -> Given | None:
        """Return what is given for the catalogue field `name`: of `year`, or of the submission `form` first."""
        if year is not None:
            return self.actuals.get((name, year))
        if form is not None and form in self.submissions:
            own = self.submissions[form].values.get(name)
            if own is not None:
                return own
        return self.values.get(name)

    def place(self, name: str, year: int | None = None, form: str = "") -> tuple[str, ...]:
        """Return the path in words at which the catalogue field `name` is to be written: by year, or for the submission `form`."""
        field = self.fields.get(name)
        of_year = (f"{year}年",) if year is not None and (field is None or field.by_year) else ()
        if field is not None and field.submission:
            return ("申报", form, name)
        return (*(field.at if field is not None else (name,)), *of_year)

    def nearest(self, place: tuple[str, ...]) -> Position:
        """Return where `place` stands in the file, or the nearest of what it belongs to; the file alone where nothing does."""
        steps = range(len(place), 0, -1)
        found = (self.written[place[:step]] for step in steps if place[:step] in self.written)
        return next(found, Position(self.source))
