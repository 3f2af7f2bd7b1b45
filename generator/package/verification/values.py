"""What a verification says: each examination with its aspect, its result, and the findings that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from generator.findings import Finding, Findings, Severity
from generator.package.manifest import Manifest


class Aspect(Enum):
    """The four sides that archives examine electronic files from (DA/T 70), in their order; then whether it is of today."""

    AUTHENTIC = "真实性"
    COMPLETE = "完整性"
    USABLE = "可用性"
    SAFE = "安全性"
    CURRENT = "现势性"


class Result(Enum):
    """What came of an examination."""

    PASSED = "合格"
    CHECK = "请核对"
    FAILED = "不合格"
    UNEXAMINED = "未检查"


@dataclass(frozen=True)
class Examination:
    """One thing that was examined, or was not: `what` it is, `detail` in a sentence (of what is not examined: why)."""

    aspect: Aspect
    what: str
    result: Result
    detail: str
    findings: Findings = ()


@dataclass(frozen=True)
class Verification:
    """A whole verification.

    `place` is the folder that was looked at, `part` what it holds of the package (empty: all; `1_报送材料/光盘/…`: what stands
    there). `today` says whether the package is made of today's data with today's tool, None where that was not looked at.
    """

    place: str
    manifest: Manifest
    part: str
    examinations: tuple[Examination, ...]
    today: bool | None = None

    @property
    def findings(self) -> Findings:
        """The findings of all examinations, in their order."""
        return tuple(finding for examination in self.examinations for finding in examination.findings)


def examined(aspect: Aspect, what: str, detail: str, findings: Iterable[Finding] = ()) -> Examination:
    """Return an examination with the result that its findings give it."""
    found = tuple(findings)
    severities = {finding.severity for finding in found}
    result = (
        Result.FAILED
        if Severity.MUST in severities
        else Result.CHECK
        if Severity.CHECK in severities
        else Result.PASSED
    )
    return Examination(aspect, what, result, detail, found)


def unexamined(aspect: Aspect, what: str, why: str) -> Examination:
    """Return an examination that was not made."""
    return Examination(aspect, what, Result.UNEXAMINED, why)
