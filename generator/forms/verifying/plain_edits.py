"""What somebody changed by hand in a Word file of any kind, held against the file as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.forms.verifying.bare import bare
from generator.forms.verifying.edits import ROW_GONE, ROW_NEW, Edit
from generator.forms.verifying.found import FoundDocument, FoundTable

_LONGEST_STEP = 24


@dataclass(frozen=True)
class _Line:
    """A paragraph (one cell), or a row of a table: the words above it, the heads of its columns, its texts."""

    above: str
    heads: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def bare(self) -> tuple[str, ...]:
        return tuple(bare(text) for text in self.texts)


def plain_edits(before: FoundDocument, after: FoundDocument) -> tuple[Edit, ...]:
    """Return where two Word files say something else, in the order of the first; white space doesn't count.

    The path of a cell is the paragraph above its table, the first cell of its row, and the head of its column.
    """
    old, new = list(_lines(before)), list(_lines(after))
    matcher = SequenceMatcher(None, [line.bare for line in old], [line.bare for line in new], autojunk=False)
    return tuple(
        edit
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
        for edit in _replaced(old[start:end], new[first:last])
    )


def _lines(document: FoundDocument) -> Iterator[_Line]:
    above = ""
    for block in document.blocks:
        if isinstance(block, FoundTable):
            heads: tuple[str, ...] = ()
            for row in block.rows:
                texts = tuple(" ".join(cell.paragraphs()).strip() for cell in row.cells)
                yield _Line(above, heads, texts)
                heads = heads or texts
        elif block.strip():
            yield _Line(above, (), (block.strip(),))
            above = block.strip()


def _replaced(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[Edit]:
    """Yield how the lines `old` became the lines `new`: cell by cell where rows pair off, else as rows gone and rows new."""
    if len(old) == len(new) and all(len(one.texts) == len(other.texts) for one, other in zip(old, new, strict=True)):
        for one, other in zip(old, new, strict=True):
            for number, (before, after) in enumerate(zip(one.texts, other.texts, strict=True)):
                if bare(before) != bare(after):
                    yield Edit(_path(one, number), before, after)
        return
    for line in old:
        yield Edit(_path(line), "　".join(line.texts), ROW_GONE)
    for line in new:
        yield Edit(_path(line), ROW_NEW, "　".join(line.texts))


def _path(line: _Line, number: int | None = None) -> tuple[str, ...]:
    """Return the place of the cell of a number in `line`, or of the whole line."""
    steps = [line.above]
    if len(line.texts) > 1:
        steps.append(line.texts[0])
        if number is not None:
            steps.append(line.heads[number] if number < len(line.heads) else f"第{number + 1}格")
    return tuple(step if len(step) <= _LONGEST_STEP else f"{step[:_LONGEST_STEP]}…" for step in steps if step)
