"""Copies counted: what the office has of each paper, what it owes to the next office, what it keeps."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Finding, Findings, Severity
from generator.frozen import dataclass
from generator.notices.definition import ELECTRONIC, EVIDENCE, FORM, SUMMARY, Copies, Demand
from generator.notices.order import DISC, PAPER, read_copies
from generator.recommending.asking import OfficeStep

PER_CLUSTER = (FORM, EVIDENCE)
"""The materials that every cluster brings on paper."""


@dataclass(frozen=True)
class Count:
    """How many copies of a material: `have` and `owe` are for each of `clusters`, None where nobody says.

    `asked` tells whether the next office asks for the material; `words` say how many it asks for (正本1份、副本2份).
    """

    material: str
    clusters: int
    have: int | None
    owe: int | None
    asked: bool
    words: str = ""

    @property
    def keep(self) -> int | None:
        """How many remain of all; negative where some are wanting, None where it can't be told."""
        return None if self.have is None or self.owe is None else (self.have - self.owe) * self.clusters


@dataclass(frozen=True)
class Counts:
    """The papers of clusters counted, and what the office makes itself: copies of the table, pieces of each medium."""

    papers: tuple[Count, ...]
    table: Copies | None
    discs: int | None
    findings: Findings

    def of(self, material: str) -> Count | None:
        """Return the count of `material`, None where it is not counted."""
        return next((count for count in self.papers if count.material == material), None)


def count_copies(step: OfficeStep, clusters: int, *, copies: str = "", have: int | None = None) -> Counts:
    """Return what the office of `step` has, owes and keeps for so many `clusters`.

    `copies` (`3`, `正本1副本2`) goes before what the notice says is owed, `have` before what it says comes in.
    T101: nobody says how many came in; T102: nobody says how many are owed; T103: too few came in.
    Raises UsageError for copies that can't be read.
    """
    owed_form = _copies(step.own.demands, FORM)
    given = read_copies(copies, owed_form)
    counted = tuple(_counts(step, clusters, given, have))
    table = given or _copies(step.own.demands, SUMMARY)
    disc = _demand(step.own.demands, ELECTRONIC, DISC)
    discs = 0 if disc is None else disc.copies.total if disc.copies else None
    found = tuple(finding for count in counted for finding in _examined(count, step))
    return Counts(counted, table, discs, found)


def _counts(step: OfficeStep, clusters: int, given: Copies | None, have: int | None) -> Iterator[Count]:
    for material in PER_CLUSTER:
        came, owed = (_demand(delivery.demands, material) for delivery in (step.before, step.own))
        if came is None and owed is None and material != FORM:
            continue
        told = step.own.demands != ()
        asked = owed is not None or (not told and material == FORM)
        due = (given or (owed.copies if owed else None)) if asked else None
        number = due.total if due else None if asked or not told else 0
        received = have if have is not None else came.copies.total if came and came.copies else None
        yield Count(material, clusters, received, number, asked, due.in_words if due else "")


def _examined(count: Count, step: OfficeStep) -> Iterator[Finding]:
    if not count.asked:
        return
    if count.owe is None:
        yield Finding(
            "T102",
            Severity.CHECK,
            f"通知没有写{count.material}要往上报几份",
            path=f"份数 › {count.material}",
            found=step.own.note,
            remedy="问清后用 --copies 写明，再生成一次。",
            clause=step.own.clause,
        )
    elif count.have is None:
        yield Finding(
            "T101",
            Severity.CHECK,
            f"通知没有写每个集群交来{count.material}几份，不知道够不够",
            path=f"份数 › {count.material}",
            expected=f"每个集群{count.words}",
            remedy="数一数手上的，用 --have 写明，再生成一次。",
            clause=step.own.clause,
        )
    elif count.have < count.owe:
        yield Finding(
            "T103",
            Severity.CHECK,
            f"{count.material}的份数不够",
            path=f"份数 › {count.material}",
            found=f"每个集群{count.have}份",
            expected=f"每个集群{count.words}",
            remedy=f"请每个集群再要{count.owe - count.have}份（要原件签章的）；自己还要留存的，另加。",
            clause=step.own.clause,
        )


def _copies(demands: tuple[Demand, ...], material: str) -> Copies | None:
    demand = _demand(demands, material)
    return demand.copies if demand else None


def _demand(demands: tuple[Demand, ...], material: str, medium: str = PAPER) -> Demand | None:
    return next((one for one in demands if (one.material, one.medium) == (material, medium)), None)
