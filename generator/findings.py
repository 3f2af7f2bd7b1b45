"""Findings: what is wrong, or worth a look, in what a user wrote. They are values; they are never raised."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from generator.frozen import dataclass

PATH_MARK = " › "
"""What parts the steps of a place in words."""


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file the user can open: the name as the user knows it, line and column counted from 1.

    In a workbook `sheet` names the sheet, and line and column are those of the cell.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""

    @property
    def cell(self) -> str:
        """The address of a cell of a workbook (`企业!B12`); empty elsewhere."""
        if not self.sheet:
            return ""
        letters, rest = "", self.column
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{self.sheet}!{letters}{self.line or ''}" if letters or self.line else self.sheet

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}{PATH_MARK}{self.cell}"
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Severity(Enum):
    """How much a finding weighs. Only `MUST` blocks a build."""

    MUST = "必须改"
    CHECK = "请核对"
    NOTE = "提示"


@dataclass(frozen=True)
class Finding:
    """One finding.

    `code` is permanent. `path` says in the words of the form where the finding stands
    (`二、主导产业情况 › 集群总产值（亿元） › 2023年`). `found`, `expected` and `remedy` are whole Chinese phrases; `clause`
    is the sentence of the official text that the finding rests on, where there is one. `waived` is the reason for which the user
    lets the finding stand; it then blocks nothing.
    """

    code: str
    severity: Severity
    message: str
    path: str = ""
    position: Position | None = None
    found: str = ""
    expected: str = ""
    remedy: str = ""
    clause: str = ""
    waived: str = ""

    @property
    def blocks(self) -> bool:
        """Whether a package may not be built for submission while this finding stands."""
        return self.severity is Severity.MUST and not self.waived


Findings = tuple[Finding, ...]

SEVERITY_KEYS = {Severity.MUST: "must", Severity.CHECK: "check", Severity.NOTE: "note"}
"""What programs call the severities."""


def finding_as_tree(finding: Finding) -> dict[str, object]:
    """Return `finding` for JSON. The keys are permanent; without a place, file, line and column are null, outside a workbook cell is."""
    position = finding.position
    return {
        "code": finding.code,
        "severity": SEVERITY_KEYS[finding.severity],
        "label": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        "file": position.file if position else None,
        "line": position.line or None if position else None,
        "column": position.column or None if position else None,
        "cell": position.cell or None if position else None,
        "found": finding.found,
        "expected": finding.expected,
        "remedy": finding.remedy,
        "clause": finding.clause,
        "waived": finding.waived,
    }


def blocking(findings: Iterable[Finding]) -> Findings:
    """Return those of `findings` that stop a build."""
    return tuple(finding for finding in findings if finding.blocks)
