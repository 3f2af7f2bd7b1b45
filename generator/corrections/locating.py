"""Which value of the data a clerk means: by path, by the label on the form, by page, by the old value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.cluster.catalogue import OTHERS as OTHER_TEXTS
from generator.cluster.catalogue import PROSE, SUBMISSIONS, Catalogue
from generator.cluster.characters import alike, narrow
from generator.cluster.model import Cluster
from generator.cluster.splicing import Step, words_of
from generator.cluster.values import Given
from generator.findings import Position
from generator.forms.arrangement import SlotKind
from generator.forms.asking import names_asked, pattern_names
from generator.forms.filled import FilledForm, FilledSlot, Origin
from generator.forms.printing import print_given
from generator.forms.snapshot import number_in
from generator.frozen import dataclass, replace

_PAGE = re.compile(r"第(\w+)页")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?(?:度)?")
_WITH_UNIT = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)([^0-9.]*)")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_GIVEN = frozenset({SlotKind.VALUE, SlotKind.NARRATIVE, SlotKind.PROSE, SlotKind.OTHER})


@dataclass(frozen=True)
class FormPlace:
    """A place of a form: the form's id, the path in its words, and the page as it is called (empty where not known)."""

    form: str
    path: tuple[str, ...]
    page: str = ""


@dataclass(frozen=True)
class Candidate:
    """A value of cluster.yaml that may be meant.

    `steps` lead to where it stands or is to stand, `position` is where it stands; `printed` is what forms print (empty where
    nothing is given), `raw` the text as written. `name` and `year` are the catalogue's, where it is one of its fields; `derived`
    says that it follows from others now. `elsewhere` says where it must be changed by hand (another file, a register), empty
    where it can be changed here.
    """

    steps: tuple[Step, ...]
    name: str = ""
    year: int | None = None
    printed: str = ""
    raw: str = ""
    position: Position | None = None
    derived: bool = False
    places: tuple[FormPlace, ...] = ()
    elsewhere: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The path in cluster.yaml, in words."""
        return words_of(self.steps)


_COUNTED = frozenset({SlotKind.NUMBER, SlotKind.NAMES})
StepsAt = Mapping[Position, tuple[Step, ...]]
"""The steps to the values of cluster.yaml, by where they begin."""


def candidates(
    filled: FilledForm, cluster: Cluster, catalogue: Catalogue, pages: Mapping[tuple[str, ...], str], at: StepsAt
) -> Iterator[Candidate]:
    """Yield what may be changed by hand, as one form sees it: its own places in its order, its target tables, then all else given.

    `pages` name the page of each path of the form; `at` tells where the values of cluster.yaml stand.
    """
    for slot in filled.slots:
        if slot.slot.kind in _GIVEN and slot.slot.source:
            yield _of_slot(slot, filled, cluster, catalogue, pages, at)
    for table in filled.tables:
        for row in table.rows:
            for head, cell in zip(table.columns, row.cells, strict=True):
                if cell.position is not None and cell.position in at:
                    path = (table.part, row.direction, row.indicator, head)
                    place = FormPlace(filled.form.id, path, pages.get(path, ""))
                    raw = _raw(cell.value)
                    yield Candidate(at[cell.position], "", None, cell.printed, raw, cell.position, places=(place,))
    for (name, year), given in cluster.actuals.items():
        yield _given(name, year, given, at, cluster.place(name, year))
    for name, given in cluster.values.items():
        yield _given(name, None, given, at, cluster.place(name))


def inferred(filled: FilledForm, pages: Mapping[tuple[str, ...], str]) -> Iterator[Candidate]:
    """Yield the places of a form that no single value of cluster.yaml fills: boxes, composed names, what registers list and count."""
    for slot in filled.slots:
        if slot.slot.kind in _COUNTED:
            source = f"名录“{slot.slot.source}”"
        elif slot.slot.kind is SlotKind.COMPOSED:
            source = f"{''.join(f'“{name}”' for name in pattern_names(slot.slot.source))}（名称由它们组成）"
        elif slot.slot.kind is SlotKind.BOX:
            names = names_asked(slot.slot)
            source = (
                f"“工作”“事件”“概况”里的{'、'.join(f'“{name}”' for name in names)}" if names else "“申报”里“其他”的文字"
            )
        else:
            continue
        place = FormPlace(filled.form.id, slot.slot.path, pages.get(slot.slot.path, ""))
        yield Candidate(
            (source, *slot.slot.path), "", None, slot.printed.strip(), "", slot.position, True, (place,), source
        )


def merged(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return `found` with those of one place in cluster.yaml made one, which keeps all places on forms."""
    by_steps: dict[tuple[Step, ...], Candidate] = {}
    for candidate in found:
        first = by_steps.setdefault(candidate.steps, candidate)
        if first is not candidate:
            places = tuple(dict.fromkeys((*first.places, *candidate.places)))
            by_steps[candidate.steps] = replace(first, places=places, name=first.name or candidate.name)
    return tuple(by_steps.values())


def matching(found: Sequence[Candidate], words: str) -> tuple[Candidate, ...]:
    """Return those of `found` that `words` mean: the best ones only, in order; several where the words fit several.

    Words are parted by blanks and ›: names of fields, labels as printed, years (2023), pages (第6页), or the old value (46.88).
    A whole path in cluster.yaml goes before all, whole names go before parts of names.
    """
    tokens = _tokens(words)
    whole = tuple(one for one in found if [*map(str, _plain_steps(one.words))] == [*map(str, _plain_steps((*tokens,)))])
    if whole:
        return whole
    ranked = [(_rank(candidate, tokens), candidate) for candidate in found] if tokens else []
    best = max((rank for rank, _ in ranked), default=0)
    if not best and len(tokens) > 1:
        ranked = [(_rank(candidate, ["".join(tokens)]), candidate) for candidate in found]
        best = max((rank for rank, _ in ranked), default=0)
    return tuple(candidate for rank, candidate in ranked if best and rank == best)


def without_pages(words: str) -> str:
    """Return `words` without the pages that they name."""
    return " ".join(token for token in _tokens(words) if not _PAGE.fullmatch(token))


def _tokens(words: str) -> list[str]:
    return [token for token in re.split(r"[\s›>]+", words) if token]


def missing_year(catalogue: Catalogue, cluster: Cluster, words: str) -> Candidate | None:
    """Return the field and year that `words` name where nothing is given nor printed of it yet."""
    tokens = _tokens(words)
    years = [match[1] for token in tokens if (match := _YEAR.fullmatch(token))]
    names = [token for token in tokens if token in catalogue.fields]
    if len(names) != 1 or any(_PAGE.fullmatch(token) for token in tokens):
        return None
    field = catalogue.fields[names[0]]
    if field.submission or field.by_year != (len(years) == 1):
        return None
    year = int(years[0]) if years else None
    return Candidate(_plain_steps(cluster.place(field.name, year)), field.name, year)


# ── making candidates ──


def _of_slot(
    filled: FilledSlot,
    form: FilledForm,
    cluster: Cluster,
    catalogue: Catalogue,
    pages: Mapping[tuple[str, ...], str],
    at: StepsAt,
) -> Candidate:
    slot = filled.slot
    place = FormPlace(form.form.id, slot.path, pages.get(slot.path, ""))
    field = catalogue.fields.get(slot.source)
    year = slot.year if slot.year is not None or not (field and field.by_year) else form.form.years.base
    if filled.position is not None:
        steps = at.get(filled.position)
    elif slot.kind is SlotKind.PROSE:
        steps = (SUBMISSIONS, form.form.id, PROSE, slot.source)
    elif slot.kind is SlotKind.OTHER:
        steps = (SUBMISSIONS, form.form.id, OTHER_TEXTS, slot.source)
    else:
        steps = _plain_steps(cluster.place(slot.source, year, form.form.id))
    raw = "" if filled.origin is Origin.DERIVED else _raw(filled.value)
    printed = "" if filled.origin is Origin.ABSENT else filled.printed.strip().removeprefix("：")
    elsewhere = filled.position.file if steps is None and filled.position is not None else ""
    return Candidate(
        steps if steps is not None else (elsewhere, *slot.path),
        slot.source if field is not None else "",
        year,
        printed,
        raw,
        filled.position,
        filled.origin is Origin.DERIVED,
        (place,),
        elsewhere,
    )


def _given(name: str, year: int | None, given: Given, at: StepsAt, place: tuple[str, ...]) -> Candidate:
    steps = at.get(given.position)
    elsewhere = given.position.file if steps is None else ""
    steps = steps if steps is not None else (elsewhere, *place)
    return Candidate(steps, name, year, print_given(given), _raw(given.value), given.position, elsewhere=elsewhere)


def _plain_steps(place: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps of a path in words: a year without 年."""
    return tuple(match[1] if (match := _YEAR.fullmatch(step)) else step for step in place)


def _raw(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    text = getattr(value, "value", value)
    return "" if text is None else str(text)


# ── matching ──

_NAME, _WHOLE, _PART = 3, 2, 1


def _rank(candidate: Candidate, tokens: Sequence[str]) -> int:
    """How well the worst of `tokens` fits: the catalogue's name, a whole label or the value, a part of a label; 0: not at all."""
    return min((_fit(candidate, token) for token in tokens), default=0)


def _fit(candidate: Candidate, token: str) -> int:
    if match := _PAGE.fullmatch(token):
        return _NAME if any(place.page == f"第{match[1]}页" for place in candidate.places) else 0
    year = _YEAR.fullmatch(token)
    if year and _of_year(candidate, year[1]):
        return _NAME
    if token == candidate.name:
        return _NAME
    steps = [*candidate.words, *(step for place in candidate.places for step in place.path)]
    names = {alike(name) for step in steps for name in (step, _BRACKETS.sub("", step), step.split("、", 1)[-1])}
    if alike(token) in names or _is_value(candidate, token):
        return _WHOLE
    if any(token == place.form for place in candidate.places):
        return _NAME
    return _PART if len(token) > 1 and any(alike(token) in name for name in names) else 0


def _of_year(candidate: Candidate, year: str) -> bool:
    if candidate.year is not None:
        return str(candidate.year) == year
    return any(year == str(step) for step in candidate.steps) or any(
        place.path[-1].startswith(year) for place in candidate.places
    )


def _is_value(candidate: Candidate, token: str) -> bool:
    if token in (candidate.printed, candidate.raw):
        return True
    found = _WITH_UNIT.fullmatch(narrow(token).replace(",", ""))
    if found is None or (found[2] and not _is_unit(candidate, found[2])):
        return False
    printed = _WITH_UNIT.fullmatch(candidate.printed.replace(",", ""))
    return number_in(found[1]) in {number_in(candidate.raw), number_in(printed[1]) if printed else None}


def _is_unit(candidate: Candidate, unit: str) -> bool:
    """Whether a form says that the value is in `unit`: in brackets in its row, or behind the number."""
    rows = (step for place in candidate.places for step in place.path)
    return candidate.printed.endswith(unit) or any(unit in within for row in rows for within in _BRACKETS.findall(row))
