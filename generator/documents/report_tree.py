"""The self-check report for programs."""

from __future__ import annotations

from decimal import Decimal

from generator.checks.standards import Reading, StandardResult
from generator.documents.charts import Trend
from generator.documents.report import DerivedFigure, Report
from generator.findings import SEVERITY_KEYS, finding_as_tree
from generator.points import PlacedFinding

_EDITION = 1


def report_as_tree(report: Report) -> dict[str, object]:
    """Return `report` as JSON's own kinds of value. The keys are permanent; figures are strings, as precise as they are known."""
    return {
        "report": _EDITION,
        "cluster": report.cluster,
        "form": report.form.id,
        "verdict": report.verdict.value,
        "counts": {
            **{key: len(report.of(severity)) for severity, key in SEVERITY_KEYS.items()},
            "waived": len(report.waived),
        },
        "findings": [_finding(placed) for placed in report.findings],
        "standard": report.standard.id if report.standard is not None else None,
        "criteria": [_criterion(result) for result in report.results],
        "trends": [_trend(trend) for trend in report.trends],
        "derived": [_derived(figure) for figure in report.derived],
    }


def _finding(placed: PlacedFinding) -> dict[str, object]:
    tree = finding_as_tree(placed.finding)
    return {**tree, "part": placed.part, "row": placed.row, "year": placed.year or None, "page": placed.page}


def _criterion(result: StandardResult) -> dict[str, object]:
    criterion = result.criterion
    return {
        "id": criterion.id,
        "aspect": criterion.aspect,
        "clause": criterion.clause,
        "general": criterion.general,
        **_judged(result),
        "alternatives": [_judged(other) for other in result.alternatives],
        "elsewhere": [{"text": other.text, "wording": other.wording.value} for other in criterion.elsewhere],
    }


def _judged(result: StandardResult) -> dict[str, object]:
    measure = result.measure
    return {
        "met": result.met,
        "boundary": result.boundary,
        "wording": measure.wording.value if measure else None,
        "unit": measure.unit if measure else None,
        "line": _number(result.line),
        "value": _number(result.value),
        "margin": _number(result.margin),
        "readings": [_reading(reading) for reading in result.readings],
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {"name": reading.name, "year": reading.year, "value": _number(reading.value)}


def _trend(trend: Trend) -> dict[str, object]:
    values = {str(year): _number(value) for year, value in zip(trend.years, trend.values, strict=True)}
    return {"name": trend.title, "unit": trend.unit, "values": values, "line": _number(trend.line)}


def _derived(figure: DerivedFigure) -> dict[str, object]:
    derived = figure.derived
    return {
        "name": figure.name,
        "year": figure.year,
        "unit": figure.unit,
        "value": _number(derived.value),
        "printed": figure.printed,
        "formula": derived.formula,
        "numbers": derived.numbers,
        "clause": figure.clause,
        "register": derived.register or None,
        "rival": _number(derived.rival.value) if derived.rival is not None else None,
        "given": figure.given or None,
        "differs": figure.differs,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
