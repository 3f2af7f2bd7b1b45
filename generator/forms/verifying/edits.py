"""What somebody changed by hand in a filled form: each slot as it was printed, and as it reads in a Word file of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.forms.arrangement import Slot
from generator.forms.definition import Form
from generator.forms.snapshot import RememberedRow, RememberedTable, Snapshot
from generator.forms.verifying.bare import BOX, TABLE, Bare, bare
from generator.forms.verifying.document import plan_content, running_text
from generator.forms.verifying.found import FoundCell, FoundDocument, FoundRow, FoundTable
from generator.forms.verifying.paper import Gap, PaperRow, Printed, Section, SectionKind, Token, paper_of
from generator.forms.verifying.placing import places_of
from generator.forms.verifying.rows import aligned
from generator.forms.verifying.sections import Located, located

TICKED = "已勾选"
UNTICKED = "未勾选"
BY_HAND = "签字盖章处"
ROW_GONE = "（这一行没有了）"
ROW_NEW = "（原来没有这一行）"
_EMPTY_BOXES = frozenset("□☐▢◻")


@dataclass(frozen=True)
class Edit:
    """One place that was changed: where in the form's words, what was printed, what stands there now; `key` names the slot."""

    path: tuple[str, ...]
    before: str
    after: str
    key: str = ""


def edits_of(form: Form, snapshot: Snapshot, found: FoundDocument) -> tuple[Edit, ...]:
    """Return where `found` says something else than `snapshot` in the slots and target tables of `form`, in the form's order.

    White space, blanks and the likeness of ticks don't count. What differs in the printed words of the form itself is
    `verify_document`'s to tell; a row that is gone altogether, too.
    """
    texts = _Texts({field.key: field.printed for field in snapshot.fields}, snapshot.tables)
    edits = [edit for place in located(paper_of(form).sections, found) for edit in _section(place, texts)]
    return tuple(dict.fromkeys(edits))


@dataclass(frozen=True)
class _Texts:
    """A filled form as it was printed: the text of each slot by its key (☑ and □ for boxes), and the target tables."""

    printed: Mapping[str, str]
    tables: tuple[RememberedTable, ...]


def _section(place: Located, texts: _Texts) -> Iterator[Edit]:
    section = place.section
    match section.kind:
        case SectionKind.TEXT:
            yield from _stretch(section.text, Bare.of(running_text(place.items)), texts)
        case SectionKind.ROWS:
            rows = [item for item in place.items if isinstance(item, FoundRow)]
            for row, other in aligned(section.rows, rows):
                if row is not None and other is not None:
                    yield from _row(row, other, texts)
        case SectionKind.PLAN:
            yield from _plan(section, place, texts)


# ── slots between printed words ──


def _row(row: PaperRow, found: FoundRow, texts: _Texts) -> Iterator[Edit]:
    if len(row.cells) != len(found.cells):
        before = "　".join(_as_printed(cell, texts) for cell in row.cells).strip()
        after = "　".join(_text(cell) for cell in found.cells).strip()
        if bare(before) != bare(after):
            yield Edit(row.place, before, after)
        return
    for tokens, cell in zip(row.cells, found.cells, strict=True):
        edits = list(_stretch(tokens, Bare.of(cell.paragraphs()), texts, row.place))
        yield from (edit for edit in edits if edit.path[-1] != BY_HAND)
        if any(edit.path[-1] == BY_HAND for edit in edits):
            yield Edit((*row.place, BY_HAND), "", _written_by_hand(tokens, cell))


def _written_by_hand(tokens: Sequence[Token], cell: FoundCell) -> str:
    """Return the lines of a cell that say more than is printed in it."""
    printed = "".join(token.bare for token in tokens if isinstance(token, Printed))
    return "　".join(text.strip() for text in cell.paragraphs() if bare(text) not in printed)


def _stretch(tokens: Sequence[Token], found: Bare, texts: _Texts, place: tuple[str, ...] = ()) -> Iterator[Edit]:
    """Yield what changed in a stretch of printed words and gaps: a cell, the cover, the plan."""
    places = places_of(tokens, found)
    for number, token in enumerate(tokens):
        if isinstance(token, Printed) and token.box is not None and number in places:
            yield from _box(token.box, _is_ticked(found, places[number][0]), texts)
    for first, last in _runs_of_gaps(tokens, places):
        start = places[first - 1][1] if first else 0
        end = places[last][0] if last < len(tokens) else found.length
        gaps = [token for token in tokens[first:last] if isinstance(token, Gap)]
        yield from _gaps(gaps, found.excerpt(start, end), texts, place)


def _runs_of_gaps(tokens: Sequence[Token], places: Mapping[int, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches, from one number up to another, between words that stand where they are printed.

    Hints that are gone belong to them. A stretch beside words that were changed is left out: nobody can tell what is whose.
    """
    first = 0
    for last in range(len(tokens) + 1):
        if last < len(tokens) and last not in places:
            continue
        within = tokens[first:last]
        certain = all(isinstance(token, Gap) or token.optional for token in within)
        if certain and any(isinstance(token, Gap) for token in within):
            yield first, last
        first = last + 1


def _gaps(gaps: Sequence[Gap], after: str, texts: _Texts, place: tuple[str, ...]) -> Iterator[Edit]:
    """Yield how one gap, or several with nothing between them, changed."""
    slots = [gap.slot for gap in gaps if gap.slot is not None]
    before = "".join(texts.printed.get(slot.key, "") for slot in slots)
    if bare(before) == bare(after):
        return
    if slots:
        yield Edit(slots[0].path, before.strip(" _"), after.strip(" _\n"), slots[0].key)
    else:
        yield Edit((*place, BY_HAND), "", after.strip())


def _box(slot: Slot, ticked: bool, texts: _Texts) -> Iterator[Edit]:
    before = texts.printed.get(slot.key, BOX) not in _EMPTY_BOXES
    if before is not ticked:
        yield Edit(slot.path, _tick_in_words(before), _tick_in_words(ticked), slot.key)


def _tick_in_words(ticked: bool) -> str:
    return TICKED if ticked else UNTICKED


def _is_ticked(found: Bare, start: int) -> bool:
    """Whether the box at `start` is ticked: itself another sign than an empty box, or with a tick beside it."""
    end = found.origin[start + 1] if start + 1 < found.length else len(found.source)
    marks = found.source[found.origin[start] : end]
    return any(not mark.isspace() and mark not in _EMPTY_BOXES for mark in marks)


def _as_printed(tokens: Sequence[Token], texts: _Texts) -> str:
    words = []
    for token in tokens:
        if isinstance(token, Gap):
            words.append(texts.printed.get(token.slot.key, "") if token.slot else "")
        elif token.box is not None:
            words.append(token.text.replace(BOX, texts.printed.get(token.box.key, BOX), 1))
        elif not token.optional:
            words.append(token.text)
    return " ".join(words)


def _text(cell: FoundCell) -> str:
    return " ".join(text.strip() for text in cell.paragraphs() if text.strip())


# ── the plan ──


def _plan(section: Section, place: Located, texts: _Texts) -> Iterator[Edit]:
    content = plan_content(section, place.items)
    tables = iter(content.tables)
    tokens = [
        token
        for token in section.text
        if not isinstance(token, Printed) or token.text != TABLE or next(tables) is not None
    ]
    for edit in _stretch(tokens, Bare.of(content.paragraphs), texts):
        yield from _paragraphs(edit)
    told = [table for table in texts.tables if table.part == section.name]
    for table, other in zip(told, content.tables, strict=False):
        yield from _target_table(table, other)


def _paragraphs(edit: Edit) -> Iterator[Edit]:
    """Yield an edit of prose paragraph by paragraph, those that did not change left out."""
    before = [line.strip() for line in edit.before.splitlines() if line.strip()]
    after = [line.strip() for line in edit.after.splitlines() if line.strip()]
    for path, old, new in _changed(before, after):
        yield Edit((*edit.path, f"第{path + 1}段"), "\n".join(old), "\n".join(new), edit.key)


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """Yield the stretches that differ: their number in `before`, what was there and what is; replaced ones singly."""
    matcher = SequenceMatcher(None, [bare(line) for line in before], [bare(line) for line in after], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace" and end - start == last - first:
            for old, new in zip(range(start, end), range(first, last), strict=True):
                yield old, before[old : old + 1], after[new : new + 1]
        elif kind != "equal":
            yield start, before[start:end], after[first:last]


def _target_table(table: RememberedTable, found: FoundTable | None) -> Iterator[Edit]:
    place = (table.part, table.name)
    if found is None:
        yield Edit(place, "（整张表）", "")
        return
    rows = list(_target_rows(found))
    told = [_texts_of(row) for row in table.rows]
    keys = [_key(row) for row in told]
    matcher = SequenceMatcher(None, keys, [_key(row) for row in rows], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if end - start == last - first:
            for old, new in zip(told[start:end], rows[first:last], strict=True):
                yield from _target_row(table, place, old, new)
        elif kind != "equal":
            for row in told[start:end]:
                yield Edit((*place, *row[:2]), "　".join(row[2:]), ROW_GONE)
            for row in rows[first:last]:
                yield Edit((*place, *row[:2]), ROW_NEW, "　".join(row[2:]))


def _target_rows(found: FoundTable) -> Iterator[tuple[str, ...]]:
    """Yield the rows below the head; a direction merged over several rows stands in each of them."""
    direction = ""
    for row in found.rows[1:]:
        if not row.cells:
            continue
        direction = direction if row.cells[0].continues else _text(row.cells[0])
        yield (direction, *(_text(cell) for cell in row.cells[1:]))


def _texts_of(row: RememberedRow) -> tuple[str, ...]:
    return (row.direction, row.indicator, *row.cells)


def _key(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(bare(text) for text in row[:2])


def _target_row(
    table: RememberedTable, place: tuple[str, ...], old: Sequence[str], new: Sequence[str]
) -> Iterator[Edit]:
    heads = ("方向", "指标", *table.columns)
    if len(old) != len(new):
        yield Edit((*place, *old[:2]), "　".join(old), "　".join(new))
        return
    for head, before, after in zip(heads, old, new, strict=False):
        if bare(before) != bare(after):
            yield Edit((*place, *old[:2], head), before, after)
