"""Copies counted: what the office has of each paper, what it owes to the next office, what it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.findings import Finding, Findings, Severity
from generator.frozen import dataclass
from generator.notices.definition import ELECTRONIC, EVIDENCE, FORM, SUMMARY, Copies, Demand
from generator.notices.order import DISC, PAPER, read_copies
from generator.recommending.asking import OfficeStep
from generator.recommending.receipts import Receipt

_NAMED = 5

PER_CLUSTER = (FORM, EVIDENCE)
"""The materials that every cluster brings on paper."""


@dataclass(frozen=True)
class Count:
    """How many copies of a material: `have` of each cluster in order, `owe` for each, None where nobody says.

    `asked` tells whether the next office asks for the material; `words` say how many it asks for (正本1份、副本2份), `unit` is
    what one is counted by.
    """

    material: str
    have: tuple[int | None, ...]
    owe: int | None
    asked: bool
    words: str = ""
    unit: str = "份"

    @property
    def clusters(self) -> int:
        """Of how many clusters."""
        return len(self.have)

    @property
    def each(self) -> int | None:
        """How many came in of every cluster, None where nobody says, or not of all the same."""
        return self.have[0] if len(set(self.have)) == 1 else None

    @property
    def total(self) -> int | None:
        """How many came in of all clusters, None where it is not known of one."""
        known = [one for one in self.have if one is not None]
        return sum(known) if len(known) == len(self.have) else None

    @property
    def keep(self) -> int | None:
        """How many remain of all, those that are wanting of others not taken off; None where it can't be told."""
        if self.total is None or self.owe is None:
            return None
        return sum(max(one - self.owe, 0) for one in self.have if one is not None)

    @property
    def short(self) -> int:
        """How many are wanting of all clusters together, as far as it is known."""
        return sum(self.wanting(at) for at in range(self.clusters))

    def wanting(self, cluster: int) -> int:
        """Return how many are wanting of the cluster at `cluster` (from 0); 0 where there are enough, or it is not known."""
        have = self.have[cluster]
        return max(self.owe - have, 0) if have is not None and self.owe is not None else 0


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


def count_copies(
    step: OfficeStep, receipts: Sequence[Receipt], *, copies: str = "", names: Sequence[str] = ()
) -> Counts:
    """Return what the office of `step` has, owes and keeps, where `receipts` came in of the clusters called `names`.

    `copies` (`3`, `正本1副本2`) goes before what the notice says is owed, receipts before what it says comes in.
    T101: nobody says how many came in; T102: nobody says how many are owed; T103: too few came in.
    Raises UsageError for copies that can't be read.
    """
    given = read_copies(copies, _copies(step.own.demands, FORM))
    counted = (*_counts(step, receipts, given), *_discs(step, receipts))
    table = given or _copies(step.own.demands, SUMMARY)
    disc = _demand(step.own.demands, ELECTRONIC, DISC)
    discs = 0 if disc is None else disc.copies.total if disc.copies else None
    called = names or [f"第{number}个" for number in range(1, len(receipts) + 1)]
    found = tuple(finding for count in counted for finding in _examined(count, step, called))
    return Counts(counted, table, discs, found)


def _counts(step: OfficeStep, receipts: Sequence[Receipt], given: Copies | None) -> Iterator[Count]:
    for material in PER_CLUSTER:
        came, owed = (_demand(delivery.demands, material) for delivery in (step.before, step.own))
        if came is None and owed is None and material != FORM:
            continue
        told = step.own.demands != ()
        asked = owed is not None or (not told and material == FORM)
        due = (given or (owed.copies if owed else None)) if asked else None
        number = due.total if due else None if asked or not told else 0
        usual = came.copies.total if came and came.copies else None
        have = tuple(usual if one.copies is None else one.copies for one in receipts)
        yield Count(material, have, number, asked, due.in_words if due else "")


def _discs(step: OfficeStep, receipts: Sequence[Receipt]) -> Iterator[Count]:
    """The discs that clusters bring: the office makes its own of what it hands on, and keeps these."""
    came = _demand(step.before.demands, ELECTRONIC, DISC)
    if came is None and all(one.discs is None for one in receipts):
        return
    usual = came.copies.total if came and came.copies else None if came else 0
    have = tuple(usual if one.discs is None else one.discs for one in receipts)
    yield Count(DISC, have, 0, False, unit="张")


def _examined(count: Count, step: OfficeStep, names: Sequence[str]) -> Iterator[Finding]:
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
        return
    unknown = [name for name, have in zip(names, count.have, strict=True) if have is None]
    if unknown:
        whose = "每个集群" if len(unknown) == count.clusters else f"{len(unknown)}个集群"
        yield Finding(
            "T101",
            Severity.CHECK,
            f"不知道{whose}交来{count.material}几份，不知道够不够",
            path=f"份数 › {count.material}",
            found="" if len(unknown) == count.clusters else first_of(unknown),
            expected=f"每个集群{count.words}",
            remedy="通知没有写，数一数手上的，用 --have 写明，再生成一次。",
            clause=step.own.clause,
        )
    short = [(name, wanting) for at, name in enumerate(names) if (wanting := count.wanting(at))]
    if short:
        all_alike = len(short) == count.clusters and count.each is not None
        told = f"每个集群{count.each}份" if all_alike else first_of([f"{name}缺{wanting}份" for name, wanting in short])
        asking = (
            f"每个集群再要{short[0][1]}份" if all_alike else f"这{len(short)}个集群再要{sum(n for _, n in short)}份"
        )
        yield Finding(
            "T103",
            Severity.CHECK,
            f"{count.material}的份数不够",
            path=f"份数 › {count.material}",
            found=told,
            expected=f"每个集群{count.words}",
            remedy=f"请{asking}（要原件签章的）；自己还要留存的，另加。",
            clause=step.own.clause,
        )


def first_of(names: Sequence[str]) -> str:
    """Return `names`, one after the other; of many the first only, and how many there are."""
    told = "、".join(names[:_NAMED])
    return told if len(names) <= _NAMED else f"{told}等{len(names)}个，见份数清点表"


def _copies(demands: tuple[Demand, ...], material: str) -> Copies | None:
    demand = _demand(demands, material)
    return demand.copies if demand else None


def _demand(demands: tuple[Demand, ...], material: str, medium: str = PAPER) -> Demand | None:
    return next((one for one in demands if (one.material, one.medium) == (material, medium)), None)
