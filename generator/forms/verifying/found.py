"""The texts of a Word file, cell by cell, as verifying reads them. The mark of a footnote is `[^]`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.frozen import dataclass


@dataclass(frozen=True)
class FoundCell:
    """A cell: its paragraphs and tables in order; `continues` when it goes on with the cell above it."""

    blocks: tuple[str | FoundTable, ...]
    continues: bool = False

    def paragraphs(self) -> Iterator[str]:
        """Yield the paragraphs of the cell and of the tables in it. What a continued cell holds is not printed."""
        for block in () if self.continues else self.blocks:
            if isinstance(block, str):
                yield block
            else:
                for row in block.rows:
                    yield from row.paragraphs()


@dataclass(frozen=True)
class FoundRow:
    """A row of a table, its cells from left to right."""

    cells: tuple[FoundCell, ...]

    def paragraphs(self) -> Iterator[str]:
        """Yield the paragraphs of all cells."""
        for cell in self.cells:
            yield from cell.paragraphs()


@dataclass(frozen=True)
class FoundTable:
    """A table."""

    rows: tuple[FoundRow, ...]


@dataclass(frozen=True)
class FoundDocument:
    """The body of a Word file, its paragraphs and tables in order, and the texts of its footnotes."""

    blocks: tuple[str | FoundTable, ...]
    notes: tuple[str, ...] = ()
