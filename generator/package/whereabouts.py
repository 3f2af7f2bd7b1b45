"""On which page what was filled in came to stand, read from the laid-out pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from generator.forms.filled import FilledForm, FilledTable
from generator.typeset.pages import Page, Pages


class Whereabouts:
    """The pages of one printed form, asked for what stands where. Pages are counted from 1."""

    def __init__(self, filled: FilledForm, pages: Pages) -> None:
        self._pages = pages
        self._anchors: dict[str, int] = {}
        for anchor in pages.anchors:
            self._anchors.setdefault(anchor.name, anchor.page + 1)
        self._titles = [part.title for part in filled.form.parts]
        self._cells: list[tuple[int, str]] | None = None

    def page_of(self, key: str) -> int | None:
        """Return the page on which the slot `key` begins, None where the template has no bookmark of it."""
        return self._anchors.get(key)

    def parts(self) -> tuple[str, ...]:
        """Return the title of the part that each page belongs to, empty before the first."""
        starts = {entry.page: entry.title for entry in self._pages.outline if entry.title in self._titles}
        return tuple(_carried(starts, len(self._pages.pages)))

    def breaks(self, text: str, first: int | None) -> tuple[tuple[int, int], ...]:
        """Return from which character of `text` (blanks left out) on it stands on which page, where it begins on page `first`.

        Nothing where it stands on one page, or can't be found whole.
        """
        sought = _bare(text)
        if first is None or not sought:
            return ()
        bodies = [
            _bare("".join(run.text for run in page.runs if run.cell >= 0)) for page in self._pages.pages[first - 1 :]
        ]
        at = "".join(bodies).find(sought)
        if at < 0:
            return ()
        found: list[tuple[int, int]] = []
        start = 0
        for number, body in enumerate(bodies, start=first):
            if start < at + len(sought) and start + len(body) > at:
                found.append((max(0, start - at), number))
            start += len(body)
        return tuple(found) if len(found) > 1 else ()

    def row_pages(self, tables: tuple[FilledTable, ...]) -> Iterator[tuple[int | None, ...]]:
        """Yield for each of the target tables the pages on which its rows begin, None for one that is not found."""
        after = 0
        for table in tables:
            first = next((entry.page + 1 for entry in self._pages.outline if entry.title == table.part), None)
            found: list[int | None] = []
            for row in table.rows:
                at = self._cell(row.indicator, after, first) if first is not None else None
                found.append(None if at is None else self._all_cells()[at][0])
                after = after if at is None else at + 1
            yield tuple(found)

    def _cell(self, text: str, after: int, first: int) -> int | None:
        sought, cells = _bare(text), self._all_cells()
        places = range(after, len(cells))
        return next((at for at in places if cells[at][0] >= first and cells[at][1] == sought), None)

    def _all_cells(self) -> list[tuple[int, str]]:
        """The cells of all pages in reading order: the page, and what stands in it."""
        if self._cells is None:
            self._cells = [
                cell for number, page in enumerate(self._pages.pages, start=1) for cell in _cells_of(page, number)
            ]
        return self._cells


def _cells_of(page: Page, number: int) -> Iterator[tuple[int, str]]:
    for cell, runs in groupby(page.runs, key=lambda run: run.cell):
        if cell >= 0:
            yield number, _bare("".join(run.text for run in runs))


def _carried(starts: Mapping[int, str], count: int) -> Iterator[str]:
    title = ""
    for page in range(count):
        title = starts.get(page, title)
        yield title


def _bare(text: str) -> str:
    return "".join(text.split())
