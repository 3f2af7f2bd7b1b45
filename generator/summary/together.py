"""What is found about the clusters of a summary table together: repeats, likenesses, more than the quota."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import combinations

from generator.findings import Finding, Findings, Position, Severity
from generator.forms.definition_summary import Summary
from generator.frozen import dataclass
from generator.summary.table import Candidate, SummaryTable, cell_text

_TRADE = "产业"


@dataclass(frozen=True)
class Quota:
    """How many clusters a notice lets a sender recommend: the sender's kind (empty: not known), the limit for it, the notice's words.

    `limit` is None where the notice says nothing for that kind; `kinds` are those that the notice names.
    """

    kind: str
    limit: int | None
    clause: str
    kinds: tuple[str, ...]


def examine_together(table: SummaryTable, quota: Quota | None = None) -> Findings:
    """Return what is found about all clusters of `table` together, `quota` among it where the notice sets one.

    H108: more clusters than the notice allows; H109: it allows a number that depends on the sender's kind, which is not known;
    H110: two clusters of one county and trade under different names.
    """
    return (*_quota(len(table.rows), quota), *_alike(table))


def without_repeats(candidates: tuple[Candidate, ...], summary: Summary) -> tuple[tuple[Candidate, ...], Findings]:
    """Return `candidates` with every cluster once, the first kept, and a finding for each that was left out.

    H105: the same cluster came twice, saying the same (请核对) or not (必须改).
    """
    kept: dict[str, Candidate] = {}
    findings: list[Finding] = []
    for candidate in candidates:
        name = _compared(candidate.particulars.name)
        first = kept.setdefault(name, candidate)
        if first is not candidate:
            findings.append(_repeated(first, candidate, summary))
    return tuple(kept.values()), tuple(findings)


def _repeated(first: Candidate, again: Candidate, summary: Summary) -> Finding:
    differing = [
        column.text
        for column in summary.columns
        if not column.number
        and cell_text(summary, column, first.particulars) != cell_text(summary, column, again.particulars)
    ]
    return Finding(
        code="H105",
        severity=Severity.MUST if differing else Severity.CHECK,
        message="同一集群给了两次，表上只列第一份" + (f"；两份的“{'、'.join(differing)}”不同" if differing else ""),
        path=first.particulars.name,
        position=Position(again.source),
        found=again.source,
        expected=first.source,
        remedy="请只留正确的一份。",
    )


def _quota(number: int, quota: Quota | None) -> Iterator[Finding]:
    if quota is None:
        return
    if quota.kind and quota.limit is not None and number > quota.limit:
        yield Finding(
            code="H108",
            severity=Severity.MUST,
            message="推荐的集群超过通知给的名额",
            path="集群数量",
            found=f"{number}个",
            expected=f"不超过{quota.limit}个（{quota.kind}）",
            remedy=f"请减去至少{number - quota.limit}个；报送单位不是“{quota.kind}”的，用 --sender-kind 写明。",
            clause=quota.clause,
        )
    elif not quota.kind:
        yield Finding(
            code="H109",
            severity=Severity.CHECK,
            message="通知按报送单位的种类给名额，不知道报送单位是哪一种，没有核对名额",
            path="集群数量",
            found=f"{number}个",
            remedy=f"请用 --sender-kind 写明，可写：{'、'.join(quota.kinds)}。",
            clause=quota.clause,
        )


def _alike(table: SummaryTable) -> Iterator[Finding]:
    """H110: clusters that are alike in all that tells clusters apart, whatever they are called."""
    fields = table.summary.alike
    told = [
        (row.candidate, tuple(_bare(row.candidate.particulars.value(name)) for name in fields)) for row in table.rows
    ]
    for (first, one), (second, other) in combinations(told, 2):
        if fields and all(one) and one == other:
            yield Finding(
                code="H110",
                severity=Severity.CHECK,
                message=f"与“{first.particulars.name}”的{'、'.join(fields)}相同，可能是同一个集群",
                path=second.particulars.name,
                position=Position(second.source),
                found=second.source,
                expected=first.source,
                remedy="请核对；是同一个集群的，只留一份。",
            )


def _bare(text: str) -> str:
    """Return `text` without what is written one way or the other: spaces, widths, a 产业 at its end."""
    return _compared(text).casefold().removesuffix(_TRADE)


def _compared(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
