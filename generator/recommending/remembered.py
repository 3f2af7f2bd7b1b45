"""A recorded recommendation as corrections read one: what its papers say place by place, and what changed told in few rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from generator.corrections.changes import Cause, Changes, Fate, FieldChange
from generator.corrections.compare import compare
from generator.forms.arrangement import SlotKind
from generator.forms.filled import Origin
from generator.forms.particulars import Particulars
from generator.forms.snapshot import RememberedField, RememberedPage, Snapshot
from generator.frozen import replace
from generator.recommending.printing import KEYS, LETTER, TABLE
from generator.recommending.record import Record
from generator.recommending.words import PaperWords

NUMBER = "序号"
_TEMPLATES = "汇总表、推荐文件、移交清单的模板"
_ORDER = "次序"


def pages_of(record: Record, role: str) -> tuple[RememberedPage, ...]:
    """Return the pages of the document `role`; an older record does not know their printed numbers."""
    document = record.documents.get(role)
    if document is None:
        return ()
    labels = document.labels or ("",) * len(document.fingerprints)
    return tuple(RememberedPage(*both) for both in zip(labels, document.fingerprints, strict=True))


def main_role(record: Record) -> str:
    """Return the role of the paper that is told of place by place: the table, or where none is asked for the letter."""
    return TABLE if TABLE in record.documents else LETTER


def snapshot_of(record: Record, words: PaperWords, role: str = "") -> Snapshot:
    """Return what the office's papers of `record` say: a field for each cell of the table, and for each place of the others.

    A path begins with the paper. `data` are the digests of what each paper was filled with, the pages those of the main paper;
    with a `role` all is that of the one document.
    """
    called = {one: getattr(words, KEYS[one]) for one in record.documents if one in KEYS and role in ("", one)}
    fields = (*_rows(record, called.get(TABLE, "")), *_places(record, called))
    return Snapshot(
        form=record.notice,
        cluster=record.sender.name,
        data={
            called[one]: document.digest
            for one, document in record.documents.items()
            if one in called and document.digest
        },
        fields=tuple(fields),
        tables=(),
        particulars=Particulars(record.sender.name),
        pages=pages_of(record, role or main_role(record)),
        evidence=(),
        findings=(),
        made=record.made,
    )


def _rows(record: Record, paper: str) -> Iterator[RememberedField]:
    """The cells of the table; its numbers are a column like the others, known by its name."""
    for number, cluster in enumerate(record.clusters, start=1) if paper else ():
        cells = [
            (column, text)
            for at, (column, text) in enumerate(zip(record.columns, cluster.row, strict=False))
            if at != record.number_column
        ]
        for column, text in ((NUMBER, str(number)), *cells):
            path = paper, cluster.name, column
            yield _field(path, text, source=cluster.name, page=cluster.page)


def _places(record: Record, called: Mapping[str, str]) -> Iterator[RememberedField]:
    for role, paper in called.items():
        for place, text in record.documents[role].says.items():
            yield _field((paper, *place.split(" ", 1)), text)


def _field(path: tuple[str, ...], text: str, *, source: str = "", page: int | None = None) -> RememberedField:
    return RememberedField("\n".join(path), path, SlotKind.VALUE, source, text, text, Origin.GIVEN, page=page)


# ── what changed ──


def compare_recommendations(then: Snapshot, now: Snapshot) -> Changes:
    """Return what differs, told as a clerk tells it.

    A cluster that came or went is one row, and so are clusters that follow each other and whose numbers moved alike; a paper
    that says the same in another order says so. Where something differs that is on no known page, no page is called 版式变化.
    """
    found = compare(then, now)
    fields = tuple(
        replace(one, whole=one.whole or None in (one.origin_old, one.origin_new))
        for one in (*_folded(found.fields), *_reordered(found))
    )
    somewhere = any(one.shows and not (one.pages_old or one.pages_new) for one in fields)
    pages = tuple(
        replace(
            page,
            places=tuple(_places_on(page.page, fields)),
            cause=Cause.DATA if somewhere and page.cause is Cause.LAYOUT else page.cause,
        )
        for page in found.pages
    )
    made = tuple(replace(one, what=_TEMPLATES) if one.what == "申报表模板" else one for one in found.made)
    return replace(found, fields=fields, pages=pages, made=made)


def _places_on(page: int, fields: Sequence[FieldChange]) -> Iterator[tuple[str, ...]]:
    """The places on `page` that say something else, once each."""
    yield from dict.fromkeys(one.path for one in fields if one.shows and page in (*one.pages_old, *one.pages_new))


def _folded(fields: Sequence[FieldChange]) -> Iterator[FieldChange]:
    """Give the changes of every cluster together, those of its number apart."""
    moved = []
    for (cluster, came, gone), several in groupby(fields, key=_whole):
        changes = list(several)
        if cluster and (came or gone):
            yield _come_or_gone(changes, came=came)
            continue
        for one in changes:
            if one.source and one.path[-1] == NUMBER:
                moved.append(one)
            else:
                yield one
    yield from _moved(moved)


def _whole(change: FieldChange) -> tuple[str, bool, bool]:
    return change.source, change.origin_old is None, change.origin_new is None


def _come_or_gone(changes: Sequence[FieldChange], *, came: bool) -> FieldChange:
    one = changes[0]
    number = next(each.new or each.old for each in changes if each.path[-1] == NUMBER)
    words = f"{NUMBER}{number}"
    return replace(
        one,
        path=one.path[:-1],
        old="" if came else f"列入，{words}",
        new=f"新列入，{words}" if came else "撤下",
    )


def _moved(changes: Sequence[FieldChange]) -> Iterator[FieldChange]:
    """Give the changes of numbers, a row for clusters that follow each other and moved by as much."""
    for _, several in groupby(sorted(changes, key=lambda one: int(one.new)), key=_Run()):
        run = list(several)
        first, last = replace(run[0], whole=True), run[-1]
        if len(run) == 1:
            yield first
            continue
        yield replace(
            first,
            path=(first.path[0], NUMBER),
            old=f"{first.old}至{last.old}",
            new=f"{first.new}至{last.new}",
            pages_old=tuple(dict.fromkeys(page for one in run for page in one.pages_old)),
            pages_new=tuple(dict.fromkeys(page for one in run for page in one.pages_new)),
        )


class _Run:
    """Tells numbers apart that don't follow the one before, then and now."""

    def __init__(self) -> None:
        self._before = (0, 0)
        self._count = 0

    def __call__(self, change: FieldChange) -> int:
        old, new = int(change.old), int(change.new)
        if (old - 1, new - 1) != self._before:
            self._count += 1
        self._before = old, new
        return self._count


def _reordered(found: Changes) -> Iterator[FieldChange]:
    """A paper that was filled with something else and says the same in every place has it in another order."""
    told = {change.path[0] for change in found.fields if change.shows}
    for file in found.files:
        if file.name not in told and file.fate is Fate.REPLACED:
            path = file.name, _ORDER
            yield FieldChange(path, SlotKind.VALUE, "", "原来的次序", "新的次序", "原来的次序", "新的次序")
