"""Findings as a user reads them, and as a program does."""

from __future__ import annotations

from collections.abc import Iterable

from generator.findings import SEVERITY_KEYS, Finding, Findings, Severity, finding_as_tree


def findings_as_text(findings: Findings) -> str:
    """Return `findings` in the order given, each with its place, what was found, what is expected and what to do; then counts.

    Those that are waived follow by themselves, each with its reason.
    """
    standing = tuple(finding for finding in findings if not finding.waived)
    waived = tuple(finding for finding in findings if finding.waived)
    lines = [*(_as_text(finding) for finding in standing), _summary(standing)]
    if waived:
        lines += [f"另有 {len(waived)} 条已说明不适用：", *(_as_text(finding) for finding in waived)]
    return "\n".join(lines)


def findings_as_tree(findings: Findings) -> dict[str, object]:
    """Return `findings` for JSON. The keys are permanent; a finding without a place has null for file, line and column,
    and one outside a workbook for cell. Counts are of the findings that are not waived.
    """
    return {"findings": [finding_as_tree(finding) for finding in findings], "counts": _counts(findings)}


def _as_text(finding: Finding) -> str:
    head = f"{finding.severity.value} [{finding.code}] "
    if finding.position is not None:
        head = f"{finding.position} {head}"
    if finding.path:
        head += f"{finding.path}："
    lines = [head + finding.message]
    compared = "；".join(
        f"{name}：{text}" for name, text in (("现为", finding.found), ("应为", finding.expected)) if text
    )
    for name, text in (
        ("", compared),
        ("怎么办：", finding.remedy),
        ("依据：", finding.clause),
        ("不适用的理由：", finding.waived),
    ):
        if text:
            lines.append(f"    {name}{text}")
    return "\n".join(lines)


def _summary(findings: Findings) -> str:
    if not findings:
        return "没有发现问题。"
    counted = [(severity.value, _count(findings, severity)) for severity in Severity]
    return f"共 {len(findings)} 条：" + "，".join(f"{name} {number}" for name, number in counted if number) + "。"


def _counts(findings: Findings) -> dict[str, int]:
    return {key: _count(findings, severity) for severity, key in SEVERITY_KEYS.items()}


def _count(findings: Iterable[Finding], severity: Severity) -> int:
    return sum(finding.severity is severity and not finding.waived for finding in findings)
