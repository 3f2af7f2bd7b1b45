"""集群简介 composed of a cluster's own figures, where none was given: in the order that the table's hint asks for them."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from generator.forms.definition_summary import Summary, SummaryFigure
from generator.forms.particulars import Particulars
from generator.forms.printing import print_derived, print_value


def compose_introduction(summary: Summary, particulars: Particulars) -> str:
    """Return the lead of the definition and a sentence for the figures of each time, those that are known; empty without any.

    What has no figures (the chain of trades, rank, honours) it can't say: the reader is told so by a finding.
    """
    sentences = [particulars.composed(summary.introduction, summary.id)] if summary.introduction else []
    told = False
    for over, figures in groupby(summary.figures, key=lambda figure: figure.over):
        known = [(figure, total_of(summary, figure, particulars)) for figure in figures]
        parts = [f"{figure.text}{print_total(total)}{figure.unit}" for figure, total in known if total is not None]
        if parts:
            told = True
            year = f"{summary.years.base}年，" if over == "base" else ""
            sentences.append(f"{year}{'，'.join(parts)}。")
    return "".join(sentences) if told else ""


def total_of(summary: Summary, figure: SummaryFigure, particulars: Particulars) -> Decimal | None:
    """Return a figure that the table asks for, None where the data lack a part of it."""
    years = summary.years.data if figure.over == "data" else (summary.years.base,)
    return particulars.total(figure.of, years)


def print_total(value: Decimal) -> str:
    """Return a figure as the text prints it: whole numbers whole, others with two decimals."""
    whole = value == value.to_integral_value()
    return print_value(value.to_integral_value()) if whole else print_derived(value)
