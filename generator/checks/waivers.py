"""Waivers: findings that the user has looked into and lets stand, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.rule import Located
from generator.cluster.catalogue import WAIVERS
from generator.cluster.model import Waiver
from generator.findings import PATH_MARK, Finding, Severity
from generator.frozen import replace


def waive(located: Sequence[Located], waivers: Sequence[Waiver]) -> Iterator[Located]:
    """Yield `located`, those that a waiver names with its reason, then C991 for every waiver that names none of them."""
    used: set[Waiver] = set()
    for key, finding in located:
        waiver = next((one for one in waivers if _names(one, finding)), None)
        if waiver is not None:
            used.add(waiver)
            finding = replace(finding, waived=waiver.reason)
        yield key, finding
    for waiver in waivers:
        if waiver not in used:
            yield "", _unused(waiver)


def _names(waiver: Waiver, finding: Finding) -> bool:
    return waiver.code == finding.code and waiver.place in finding.path


def _unused(waiver: Waiver) -> Finding:
    return Finding(
        code="C991",
        severity=Severity.NOTE,
        message="“不适用检查”里的这一条没有用上",
        path=PATH_MARK.join((WAIVERS, waiver.code)),
        position=waiver.position,
        found=f"{waiver.code}{f'（{waiver.place}）' if waiver.place else ''}",
        expected="现有的检查结果之一",
        remedy="问题已经改好，或只在别的申报表上有，可以保留或删去；编号（以 C 开头）、栏目写错了的请改正。",
    )
