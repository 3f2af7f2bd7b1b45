"""Where else an old figure still stands once it was corrected: prose, 简介, target tables, names of evidence, proofs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from generator.checks.claims import Claim, Says, claims_in
from generator.checks.vocabulary import Vocabulary
from generator.corrections.changes import FieldChange, page_names
from generator.corrections.quantities import Likeness, Quantity, likeness, quantities
from generator.forms.arrangement import SlotKind
from generator.forms.definition_summary import Summary
from generator.forms.snapshot import RememberedField, Snapshot
from generator.frozen import dataclass
from generator.indicators import totals_of

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_NAMES = frozenset({SlotKind.VALUE, SlotKind.COMPOSED})
_SHORTEST_NAME, _LONGEST_NAME, _SHORTEST_PHRASE = 3, 60, 15
_TEXTS = frozenset({SlotKind.NARRATIVE, SlotKind.PROSE, SlotKind.OTHER})


@dataclass(frozen=True)
class Echo:
    """A place that still says an old figure: where, on which page (in words, empty where it is not printed), in which sentence.

    `number` is the old figure as it stands there, `how` whether as it was, rounded or in another unit. `figure` names the figure
    that was corrected, `now` what it is now. `certain` says that the sentence names the figure; otherwise it may be another
    one of the same size.
    """

    path: tuple[str, ...]
    page: str
    sentence: str
    number: str
    how: Likeness
    figure: str
    now: str
    certain: bool


@dataclass(frozen=True)
class Proof:
    """An item of evidence that proves a figure which changed: it is to be checked, or replaced."""

    evidence: str
    figures: tuple[str, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Upstream:
    """A column of a summary table that the cluster's row must be made anew for, and the field that it is filled from."""

    table: str
    column: str
    source: str


def echoes(snapshot: Snapshot, changes: Sequence[FieldChange], vocabulary: Vocabulary) -> tuple[Echo, ...]:
    """Return where `snapshot`, the form as it is now, still says the old numbers, or names, of `changes`.

    Claims that `vocabulary` recognises settle of which figure a sentence speaks; other numbers count where size and unit agree.
    """
    own = [change for change in changes if change.source and not change.row]
    known = {(change.source, change.year) for change in own}
    repeated = [
        change for change in changes if change.row and change.source and (change.source, change.year) not in known
    ]
    figures = [change for change in (*own, *repeated) if change.number_old is not None]
    targets = [change for change in changes if change.row and not change.source and change.shows]
    names = [change for change in own if change.kind in _NAMES and _is_name(change)]
    reader = _Reader(tuple(figures), tuple(names), tuple(targets), vocabulary)
    found: list[Echo] = []
    for path, text, pages in _texts(snapshot):
        for start, sentence in _sentences(text):
            page = _page_at(pages, len("".join(text[:start].split())))
            found += (_placed(echo, path, page) for echo in reader.read(sentence))
    for item in snapshot.evidence or ():
        for name in (item.name, *item.files):
            found += (_placed(echo, ("佐证材料", item.name), "") for echo in reader.read(name))
    found += _in_tables(snapshot, figures)
    return tuple(dict.fromkeys(found))


def proofs(snapshot: Snapshot, changes: Sequence[FieldChange]) -> tuple[Proof, ...]:
    """Return the evidence that proves what changed: the fields themselves, or the registers that derived ones are counted from."""
    names: dict[str, list[str]] = {}
    for change in changes:
        if not change.source:
            continue
        registers = {total.register for total in totals_of(change.source)} if change.derived else set[str]()
        for name in (change.source, *sorted(registers)):
            names.setdefault(name, []).append(_figure(change))
    told = []
    for item in snapshot.evidence or ():
        figures = [figure for name in item.proves for figure in names.get(name, ())]
        if figures:
            told.append(Proof(item.name, tuple(dict.fromkeys(figures)), tuple(item.files)))
    return tuple(told)


def upstream(changes: Sequence[FieldChange], summaries: Iterable[Summary]) -> tuple[Upstream, ...]:
    """Return the columns of `summaries` that are filled from what changed, or asked to tell it."""
    names = {change.source for change in changes}
    years = {(change.source, change.year) for change in changes}
    told: dict[Upstream, None] = {}
    for summary in summaries:
        for column in summary.columns:
            pattern = summary.pattern(column.source)
            for name in sorted(names):
                if name and (column.source == name or f"{{{name}}}" in pattern):
                    told[Upstream(summary.title, column.text, name)] = None
        for figure in summary.figures:
            narrative = next((column.text for column in summary.columns if column.narrative), figure.text)
            asked = (summary.years.base,) if figure.over == "base" else summary.years.data
            for name in figure.of:
                if any((name, year) in years for year in asked):
                    told[Upstream(summary.title, narrative, name)] = None
    return tuple(told)


# ── texts ──

_Pages = Sequence[tuple[int, str]]
"""From which character (blanks left out) on a text stands on which page, in words."""


def _texts(snapshot: Snapshot) -> Iterator[tuple[tuple[str, ...], str, _Pages]]:
    """The texts that the form prints, and those of the data that are printed elsewhere, the submission's own first."""
    names = page_names(snapshot.pages)
    printed = set()
    for field in snapshot.fields:
        printed.add(field.source)
        if isinstance(field.value, str) and (field.kind in _TEXTS or _is_phrase(field)):
            yield field.path, field.value, _pages(field, names)
    for table in snapshot.tables:
        for row in table.rows:
            page = [(0, names[row.page - 1])] if row.page else []
            for head, cell, value in zip(table.columns, row.cells, row.values, strict=False):
                if cell == value:
                    yield (table.part, row.direction, row.indicator, head), cell, page
    told = snapshot.particulars
    for name, text in {**told.values, **told.versions.get(snapshot.form, {})}.items():
        if name not in printed:
            yield (name,), text, ()


def _pages(field: RememberedField, names: Sequence[str]) -> _Pages:
    if field.breaks:
        return [(at, names[page - 1]) for at, page in field.breaks]
    return [(0, names[field.page - 1])] if field.page else []


def _page_at(pages: _Pages, index: int) -> str:
    return next((page for at, page in reversed(pages) if at <= index), "")


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(text):
        if found[0].strip():
            yield found.start(), found[0].strip()


# ── one sentence ──


@dataclass(frozen=True)
class _Reader:
    """Reads sentences for the old numbers of figures."""

    figures: tuple[FieldChange, ...]
    names: tuple[FieldChange, ...]
    targets: tuple[FieldChange, ...]
    vocabulary: Vocabulary

    def read(self, sentence: str) -> Iterator[Echo]:
        """Yield what `sentence` says of an old figure or name; the place is the caller's to add."""
        for change in self.names:
            if change.old in sentence.replace(change.new or change.old, "" if change.new else change.old):
                yield Echo((), "", sentence, change.old, Likeness.SAME, _figure(change), change.new, False)
        found = list(quantities(sentence))
        yield from self._of_targets(sentence, found)
        claims: list[Claim] | None = None
        for quantity in found:
            alike = [(change, how) for change in self.figures if (how := _still(quantity, change)) is not None]
            if not alike:
                continue
            if claims is None:
                claims = list(claims_in(sentence, self.vocabulary, of_the_cluster=True))
            about = [claim for claim in claims if claim.text == quantity.text]
            named = [pair for pair in alike if any(_speaks_of(claim, pair[0]) for claim in about)]
            if about and not named:
                continue
            for change, how in named or (pair for pair in alike if quantity.telling):
                yield Echo((), "", sentence, quantity.text, how, _figure(change), change.new, bool(named))

    def _of_targets(self, sentence: str, found: Sequence[Quantity]) -> Iterator[Echo]:
        """What `sentence` says of the old number of a target: the number with its unit, where it names the indicator for certain."""
        for change in self.targets:
            for target in quantities(change.old):
                if not target.base or target.text in change.new:
                    continue
                indicator = change.path[-2] if len(change.path) > 1 else ""
                named = any(name in sentence for name in _names_of(indicator, self.vocabulary))
                for quantity in found:
                    how = likeness(quantity, target.number, f"{target.scale}{target.base}")
                    if how is not None and (named or quantity.telling):
                        figure = f"{indicator}{change.path[-1]}"
                        yield Echo((), "", sentence, quantity.text, how, figure, change.new, named)


def _names_of(indicator: str, vocabulary: Vocabulary) -> Iterator[str]:
    """How sentences may call the indicator of a target table."""
    yield indicator
    for word in vocabulary.words:
        if indicator in (*word.words, *word.weak, *word.fields):
            yield from word.words


def _still(quantity: Quantity, change: FieldChange) -> Likeness | None:
    """How `quantity` is like the old figure of `change`, None where it is not, or where it is just as like the new one."""
    old, new = change.number_old, change.number_new
    if old is None:
        return None
    how = _like(quantity, old, change)
    if how is Likeness.ROUNDED and any(quantity.number == one.number for one in quantities(change.old)):
        how = Likeness.SAME
    return None if how is None or (new is not None and _like(quantity, new, change) is not None) else how


def _like(quantity: Quantity, figure: Decimal, change: FieldChange) -> Likeness | None:
    return likeness(quantity, figure, change.unit)


def _speaks_of(claim: Claim, change: FieldChange) -> bool:
    fields: tuple[str, ...] = {
        Says.SHARE: (claim.word.share,),
        Says.MEAN: (claim.word.mean,),
        Says.GROWTH: (claim.word.growth,),
    }.get(claim.says, claim.word.fields)
    another_year = claim.exact and claim.year is not None and change.year is not None and claim.year != change.year
    return change.source in fields and not another_year


def _is_phrase(field: RememberedField) -> bool:
    """Whether a value is said in words that may hold numbers: a formula with its figures, say."""
    return field.kind is SlotKind.VALUE and field.number is None and len(field.printed) > _SHORTEST_PHRASE


def _is_name(change: FieldChange) -> bool:
    """Whether the old value is a text long enough not to be met by chance."""
    return change.old != change.new and change.number_old is None and _SHORTEST_NAME <= len(change.old) <= _LONGEST_NAME


def _figure(change: FieldChange) -> str:
    return f"{change.year}年{change.source}" if change.year is not None else change.source


def _placed(echo: Echo, path: tuple[str, ...], page: str) -> Echo:
    return Echo(path, page, echo.sentence, echo.number, echo.how, echo.figure, echo.now, echo.certain)


def _in_tables(snapshot: Snapshot, figures: Sequence[FieldChange]) -> Iterator[Echo]:
    """Figures of target tables, given by hand, that still are an old one: the base value of a plan among them."""
    names = page_names(snapshot.pages)
    for table in snapshot.tables:
        for row in table.rows:
            page = names[row.page - 1] if row.page else ""
            for head, cell, value in zip(table.columns, row.cells, row.values, strict=False):
                if cell == value:
                    continue
                for quantity in quantities(cell):
                    for change in figures:
                        how = _still(quantity, change)
                        if how is not None and quantity.telling:
                            yield Echo(
                                (table.part, row.direction, row.indicator, head),
                                page,
                                cell,
                                quantity.text,
                                how,
                                _figure(change),
                                change.new,
                                False,
                            )
