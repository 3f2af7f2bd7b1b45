"""Looking at laid-out pages: their lines, cells and runs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.measure.fonts import FontLibrary
from generator.typeset import lay_out
from generator.typeset.pages import Cell, Page, Pages, Rule, TextRun

FONTS = FontLibrary.bundled()


def laid_out(docx: bytes, mark: str = "") -> Pages:
    """Return the pages of a document, set in the bundled fonts."""
    return lay_out(docx, FONTS, mark=mark)


def lines(page: Page) -> list[str]:
    """Return the lines of a page in reading order: the runs of one cell at one height."""
    found: list[str] = []
    place: tuple[int, float] | None = None
    for run in page.runs:
        here = (run.cell, run.y)
        if here == place:
            found[-1] += run.text
        else:
            found.append(run.text)
        place = here
    return found


def text_of(pages: Pages) -> str:
    """Return everything printed, without white space."""
    return "".join("".join(run.text.split()) for page in pages.pages for run in page.runs)


def run_with(page: Page, text: str) -> TextRun:
    """Return the first run that holds a text."""
    return next(run for run in page.runs if text in run.text)


def page_of(pages: Pages, text: str) -> int:
    """Return the first page (from 0) with a line that holds a text."""
    return next(number for number, page in enumerate(pages.pages) if any(text in line for line in lines(page)))


def strays(page: Page) -> Iterator[tuple[TextRun, Cell]]:
    """Yield the runs that leave their cell."""
    for run in page.runs:
        if run.cell >= 0:
            cell = page.cells[run.cell]
            outside = run.x < cell.x - 0.01 or run.x + run.width > cell.x + cell.width + 0.01
            if outside or run.y - 0.8 * run.size < cell.y - 0.01 or run.y > cell.y + cell.height + 0.01:
                yield run, cell


def across(page: Page) -> list[Rule]:
    """Return the horizontal rules, from top to bottom."""
    return sorted((rule for rule in page.rules if rule.y1 == rule.y2), key=lambda rule: (rule.y1, rule.x1))


def down(page: Page) -> list[Rule]:
    """Return the vertical rules, from left to right."""
    return sorted((rule for rule in page.rules if rule.x1 == rule.x2), key=lambda rule: (rule.x1, rule.y1))
