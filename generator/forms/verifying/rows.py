"""The rows of a table held against the rows that the form prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.forms.verifying.bare import Bare, bare
from generator.forms.verifying.differences import Difference, Kind
from generator.forms.verifying.found import FoundCell, FoundRow
from generator.forms.verifying.paper import GAP, PaperRow, Token
from generator.forms.verifying.placing import compare, fits

_LIKE = 0.5
"""How alike a row must be to be held against a printed one; less is a row lost and another added."""
_NO_TEXT = 0.6
"""What a row without any printed text is worth, where its cells are as they should be."""


def compare_rows(expected: Sequence[PaperRow], found: Sequence[FoundRow], place: tuple[str, ...]) -> list[Difference]:
    """Return where the `found` rows differ from the `expected` ones; `place` is that of rows before the first."""
    told: list[Difference] = []
    previous: PaperRow | None = None
    for row, other in _aligned(expected, found):
        if row is None and other is not None:
            if not _is_own_row(previous, other, expected):
                told.append(
                    Difference(Kind.ROW_ADDED, previous.place if previous else place, found=_text(other.paragraphs()))
                )
        elif row is not None and other is None:
            told.extend(_lost(row))
            previous = row
        elif row is not None and other is not None:
            told.extend(_compare_row(row, other))
            previous = row
    return told


# ── which row is which ──


def _aligned(
    expected: Sequence[PaperRow], found: Sequence[FoundRow]
) -> Iterator[tuple[PaperRow | None, FoundRow | None]]:
    """Pair the rows off in their order; rows alike at both ends are no question."""
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
        fits(tokens, _bare(cell)) for tokens, cell in zip(_expected_cells(row, found), found.cells, strict=True)
    )


def likeness(row: PaperRow, found: FoundRow) -> float:
    """Return how much a found row looks like a printed one, from 0 to 1."""
    printed = [text.bare for text in row.printed() if not text.optional]
    if not printed:
        return _NO_TEXT if _cells_agree(row, found) and _is_as_printed(row, found) else 0.0
    text = bare("\n".join(found.paragraphs()))
    met = sum(len(piece) if piece in text else _shared(piece, text) for piece in printed)
    alike = met / sum(map(len, printed))
    return alike - 0.05 * (not _cells_agree(row, found)) - 0.01 * _too_much(row, found, text, printed)


def _shared(piece: str, text: str) -> float:
    """How many characters of a text are there in order, where they are most of it."""
    blocks = SequenceMatcher(None, piece, text, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks if block.size > 1 or len(piece) <= 3)
    return shared if shared >= _LIKE * len(piece) else 0.0


def _too_much(row: PaperRow, found: FoundRow, text: str, printed: Sequence[str]) -> bool:
    """Whether a cell without gaps holds more than is printed: another row's label may begin like this one's."""
    if any(GAP in cell for cell in row.cells[:1]) or not found.cells:
        return False
    return len(_text(found.cells[0].paragraphs())) > 0 and not _is_as_printed(row, found) and len(text) > len(printed[0])


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
    cells = _expected_cells(row, found)
    if not _cells_agree(row, found):
        change = Difference(Kind.CELLS, row.place, _cells_in_words(row.continues), _found_cells_in_words(found), row=1)
        tokens = [token for cell in cells for token in (*cell, GAP)]
        missing = compare(tokens, Bare.of(found.paragraphs()), row.place)
        return [change, *missing]
    return [
        difference
        for tokens, cell in zip(cells, found.cells, strict=True)
        for difference in compare(tokens, _bare(cell), row.place)
    ]


def _expected_cells(row: PaperRow, found: FoundRow) -> tuple[tuple[Token, ...], ...]:
    """The cells as printed; a row of dots gives way to an indicator of the applicant's own."""
    if not row.open or len(row.cells) != len(found.cells):
        return row.cells
    direction, _, *values = row.cells
    return (direction, (GAP,), *values)


def _is_own_row(previous: PaperRow | None, found: FoundRow, expected: Sequence[PaperRow]) -> bool:
    """Whether a row that is not printed stands where the form's row of dots allows rows of the applicant's own."""
    if previous is None or len(found.cells) != len(previous.cells):
        return False
    directions = [row for row in expected if row.open and row.place[:-1] == previous.place[:-1]]
    if not directions:
        return False
    return found.cells[0].continues or bare("".join(found.cells[0].paragraphs())) in ("", bare(previous.place[-2]))


def _cells_in_words(continues: Sequence[bool]) -> str:
    merged = sum(continues)
    return f"{len(continues)} 格" + (f"，其中 {merged} 格与上一行合并" if merged else "")


def _found_cells_in_words(found: FoundRow) -> str:
    return _cells_in_words([cell.continues for cell in found.cells])


def _bare(cell: FoundCell) -> Bare:
    return Bare.of(cell.paragraphs())


def _text(paragraphs: Iterator[str]) -> str:
    return "　".join(text.strip() for text in paragraphs if text.strip())
