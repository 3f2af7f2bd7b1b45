"""The rows of a table held against the rows that the form prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.forms.verifying.bare import Bare, bare
from generator.forms.verifying.differences import Difference, Kind
from generator.forms.verifying.found import FoundCell, FoundRow
from generator.forms.verifying.paper import GAP, PaperRow, Printed, Token
from generator.forms.verifying.placing import compare, fits

_LIKE = 0.5
"""How alike a row must be to be held against a printed one; less is a row lost and another added."""
_NO_TEXT = 0.6
"""What a row without any printed text is worth, where its cells are as they should be."""
_DEEP = 4
"""The steps to a row of a target table: part, table, direction, indicator."""


def compare_rows(
    expected: Sequence[PaperRow],
    found: Sequence[FoundRow],
    place: tuple[str, ...],
    repeated: PaperRow | None = None,
) -> list[Difference]:
    """Return where the `found` rows differ from the `expected` ones; `place` is that of rows before the first.

    Behind the first, rows that are made like `repeated` may stand in any number.
    """
    told: list[Difference] = []
    previous: PaperRow | None = None
    for row, other in aligned(expected, found):
        if row is None and other is not None and repeated is not None and previous is not None:
            told.extend([] if _cells_agree(repeated, other) else [_other_cells(repeated, other)])
        elif row is None and other is not None:
            told.extend(_extra(previous, other, expected, place))
        elif row is not None and other is None:
            told.extend(_lost(row))
            previous = row
        elif row is not None and other is not None:
            told.extend(_compare_row(row, other))
            previous = row
    return told


# ── which row is which ──


def aligned(
    expected: Sequence[PaperRow], found: Sequence[FoundRow]
) -> Iterator[tuple[PaperRow | None, FoundRow | None]]:
    """Yield printed and found rows paired off in their order, None where there is no counterpart.

    Rows alike at both ends are no question.
    """
    first, last, end = 0, len(expected), len(found)
    while first < min(last, end) and _is_as_printed(expected[first], found[first]):
        yield expected[first], found[first]
        first += 1
    tail: list[tuple[PaperRow, FoundRow]] = []
    while last > first and end > first and _is_as_printed(expected[last - 1], found[end - 1]):
        last, end = last - 1, end - 1
        tail.append((expected[last], found[end]))
    yield from _best_pairs(expected[first:last], found[first:end])
    yield from reversed(tail)


def _best_pairs(
    expected: Sequence[PaperRow], found: Sequence[FoundRow]
) -> Iterator[tuple[PaperRow | None, FoundRow | None]]:
    """The pairing whose rows look most alike, in their order."""
    scores = [[likeness(row, other) for other in found] for row in expected]
    best = [[0.0] * (len(found) + 1) for _ in range(len(expected) + 1)]
    for i in range(len(expected) - 1, -1, -1):
        for j in range(len(found) - 1, -1, -1):
            pair = best[i + 1][j + 1] + scores[i][j] if scores[i][j] >= _LIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(expected) or j < len(found):
        if (
            i < len(expected)
            and j < len(found)
            and scores[i][j] >= _LIKE
            and best[i][j] == best[i + 1][j + 1] + scores[i][j]
        ):
            yield expected[i], found[j]
            i, j = i + 1, j + 1
        elif i < len(expected) and best[i][j] == best[i + 1][j]:
            yield expected[i], None
            i += 1
        else:
            yield None, found[j]
            j += 1


def _is_as_printed(row: PaperRow, found: FoundRow) -> bool:
    return _cells_agree(row, found) and all(
        fits(tokens, _bare(cell)) for tokens, cell in zip(_expected_cells(row), found.cells, strict=True)
    )


def likeness(row: PaperRow, found: FoundRow) -> float:
    """Return how much a found row looks like a printed one, from 0 to 1."""
    if _is_as_printed(row, found):
        return 1.0 if any(True for _ in row.printed()) else _NO_TEXT
    cells = _expected_cells(row)
    printed = [text.bare for cell in cells for text in cell if isinstance(text, Printed) and not text.optional]
    if not printed:
        return 0.0
    text = bare("\n".join(found.paragraphs()))
    met = sum(len(piece) if piece in text else _shared(piece, text) for piece in printed)
    return (0.95 if _cells_agree(row, found) else 0.9) * met / sum(map(len, printed))


def _shared(piece: str, text: str) -> float:
    """How many characters of a text are there in order, where they are most of it."""
    blocks = SequenceMatcher(None, piece, text, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks if block.size > 1 or len(piece) <= 3)
    return shared if shared >= _LIKE * len(piece) else 0.0


def _cells_agree(row: PaperRow, found: FoundRow) -> bool:
    return row.continues == tuple(cell.continues for cell in found.cells)


# ── what differs within a row ──


def _lost(row: PaperRow) -> Iterator[Difference]:
    if row.open and row.continues[0]:
        return
    texts = [text.text for text in row.printed() if not text.optional]
    number = next((text.row for text in row.printed()), 0)
    yield Difference(Kind.ROW_LOST, row.place, "　".join(texts) or "（只有填写格的一行）", row=number)


def _compare_row(row: PaperRow, found: FoundRow) -> list[Difference]:
    cells = _expected_cells(row)
    if not _cells_agree(row, found):
        tokens = [token for cell in cells for token in (*cell, GAP)]
        missing = compare(tokens, Bare.of(found.paragraphs()), row.place)
        return [_other_cells(row, found), *missing]
    return [
        difference
        for tokens, cell in zip(cells, found.cells, strict=True)
        for difference in compare(tokens, _bare(cell), row.place)
    ]


def _expected_cells(row: PaperRow) -> tuple[tuple[Token, ...], ...]:
    """The cells as printed; the dots of an open row may give way to an indicator of the applicant's own."""
    if not row.open:
        return row.cells
    direction, _, *values = row.cells
    return (direction, (GAP,), *values)


def _extra(
    previous: PaperRow | None, found: FoundRow, expected: Sequence[PaperRow], place: tuple[str, ...]
) -> Iterator[Difference]:
    """A row that is not printed: too many, unless it stands where the form's row of dots allows rows of the applicant's own."""
    own = None if previous is None else _own_row(previous, found, expected)
    if own is None:
        yield Difference(Kind.ROW_ADDED, previous.place if previous else place, found=_text(found.paragraphs()))
    elif len(own.cells) != len(found.cells):
        yield _other_cells(own, found)


def _own_row(previous: PaperRow, found: FoundRow, expected: Sequence[PaperRow]) -> PaperRow | None:
    """The row of dots in whose stead `found` may stand."""
    if not found.cells or len(previous.place) < _DEEP:
        return None
    direction = bare("".join(found.cells[0].paragraphs()))
    if not found.cells[0].continues and direction not in ("", bare(previous.place[-2])):
        return None
    return next((row for row in expected if row.open and row.place[:-1] == previous.place[:-1]), None)


def _other_cells(row: PaperRow, found: FoundRow) -> Difference:
    wanted, got = row.continues, tuple(cell.continues for cell in found.cells)
    if len(wanted) != len(got):
        return Difference(Kind.CELLS, row.place, f"{len(wanted)} 格", f"{len(got)} 格", row=1)
    return Difference(Kind.CELLS, row.place, _merged_in_words(wanted), _merged_in_words(got), row=1)


def _merged_in_words(continues: Sequence[bool]) -> str:
    merged = "、".join(f"第{number}格" for number, goes_on in enumerate(continues, start=1) if goes_on)
    return f"{merged}与上一行合并" if merged else "各格都不与上一行合并"


def _bare(cell: FoundCell) -> Bare:
    return Bare.of(cell.paragraphs())


def _text(paragraphs: Iterator[str]) -> str:
    return "　".join(text.strip() for text in paragraphs if text.strip())
