"""Two snapshots of one form compared: pure, from values to values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from generator.corrections.changes import (
    Cause,
    Changes,
    EvidenceChange,
    Fate,
    FieldChange,
    FileChange,
    FindingsChange,
    MadeChange,
    PageChange,
    page_names,
)
from generator.corrections.registers import register_changes
from generator.findings import Finding, Findings
from generator.forms.arrangement import SlotKind
from generator.forms.filled import Origin
from generator.forms.particulars import Figure
from generator.forms.printing import print_value
from generator.forms.snapshot import (
    Made,
    RememberedEvidence,
    RememberedField,
    RememberedPage,
    RememberedRow,
    RememberedTable,
    Snapshot,
    number_in,
)
from generator.frozen import replace

_SHORT = 12
"""How many digits of a SHA-256 tell two files apart for a reader."""


def compare(then: Snapshot, now: Snapshot) -> Changes:
    """Return what differs between two snapshots of the same form: fields, findings, evidence, files, pages, and tools."""
    fields = (*_field_changes(then, now), *_table_changes(then, now), *_unprinted(then, now))
    made = tuple(_made_changes(then.made, now.made))
    evidence_known = then.evidence is not None and now.evidence is not None
    return Changes(
        form=now.form,
        cluster=now.cluster,
        fields=fields,
        findings=_findings_change(then.findings, now.findings),
        evidence=tuple(_evidence_changes(then.evidence or (), now.evidence or ())) if evidence_known else (),
        evidence_known=evidence_known,
        registers=tuple(register_changes(then.registers, now.registers)),
        registers_known=then.registers is not None and now.registers is not None,
        files=tuple(_file_changes(then, now)),
        pages=tuple(_page_changes(then, now, fields, layout=bool(made) or then.made is None)),
        made=made,
        labels_old=page_names(then.pages),
        labels_new=page_names(now.pages),
    )


def with_units(changes: Changes, units: Mapping[str, str]) -> Changes:
    """Return `changes` with the units, by field, of those that have none yet: snapshots remember them of printed fields only."""
    fields = (
        one if one.unit or not units.get(one.source) else replace(one, unit=units[one.source]) for one in changes.fields
    )
    return replace(changes, fields=tuple(fields))


# ── fields and target tables ──


def _field_changes(then: Snapshot, now: Snapshot) -> Iterator[FieldChange]:
    old = {field.key: field for field in then.fields}
    for field in now.fields:
        before = old.pop(field.key, None)
        if before is None or _says(before) != _says(field):
            yield _field_change(before, field)
    for gone in old.values():
        yield _field_change(gone, None)


def _says(field: RememberedField) -> Hashable:
    return field.printed, field.number if field.number is not None else field.value, field.ticked


def _field_change(before: RememberedField | None, after: RememberedField | None) -> FieldChange:
    either = after or before
    assert either is not None
    return FieldChange(
        path=either.path,
        kind=either.kind,
        source=either.source,
        old=before.printed if before else "",
        new=after.printed if after else "",
        raw_old=before.value if before else None,
        raw_new=after.value if after else None,
        year=either.year,
        unit=either.unit,
        origin_old=before.origin if before else None,
        origin_new=after.origin if after else None,
        basis_old=before.basis if before else "",
        basis_new=after.basis if after else "",
        pages_old=pages_of(before) if before else (),
        pages_new=pages_of(after) if after else (),
    )


def pages_of(field: RememberedField) -> tuple[int, ...]:
    """Return the pages that the text of `field` runs over, counted from 1."""
    if field.breaks:
        return tuple(page for _, page in field.breaks)
    return (field.page,) if field.page is not None else ()


def _table_changes(then: Snapshot, now: Snapshot) -> Iterator[FieldChange]:
    old = {table.name: table for table in then.tables}
    for table in now.tables:
        yield from _rows_compared(old.pop(table.name, None), table)
    for gone in old.values():
        yield from _rows_compared(gone, None)


def _rows_compared(before: RememberedTable | None, after: RememberedTable | None) -> Iterator[FieldChange]:
    rows_old, rows_new = _rows_by_name(before), _rows_by_name(after)
    table = after or before
    assert table is not None
    for name in dict.fromkeys((*rows_new, *rows_old)):
        old, new = rows_old.get(name), rows_new.get(name)
        cells_old, cells_new = (row.cells if row else () for row in (old, new))
        for number, (one, other) in enumerate(zip_longest(cells_old, cells_new, fillvalue="")):
            raw_old, raw_new = _raw(old, number), _raw(new, number)
            if one == other and (raw_old is None or raw_new is None or _same(raw_old, raw_new)):
                continue
            followed_old, followed_new = _followed(old, number), _followed(new, number)
            source, year = (followed_new or followed_old)[:2]
            yield FieldChange(
                path=(table.part, *filter(None, name[:2]), _head(table, number)),
                kind=SlotKind.VALUE,
                source=source,
                old=one,
                new=other,
                raw_old=raw_old,
                raw_new=raw_new,
                year=year,
                origin_old=_origin(old, followed_old),
                origin_new=_origin(new, followed_new),
                basis_old=followed_old.basis,
                basis_new=followed_new.basis,
                pages_old=(old.page,) if old and old.page else (),
                pages_new=(new.page,) if new and new.page else (),
                row=True,
            )


def _rows_by_name(table: RememberedTable | None) -> Mapping[tuple[str, str, int], RememberedRow]:
    seen: Counter[tuple[str, str]] = Counter()
    rows: dict[tuple[str, str, int], RememberedRow] = {}
    for row in table.rows if table else ():
        key = row.direction, row.indicator
        rows[(*key, seen[key])] = row
        seen[key] += 1
    return rows


def _raw(row: RememberedRow | None, number: int) -> str | tuple[str, ...] | None:
    return row.values[number] if row and number < len(row.values) else None


class _Followed(NamedTuple):
    """The figure that a cell repeats, and what explains it; without a name where it repeats none."""

    source: str = ""
    year: int | None = None
    basis: str = ""

    def __bool__(self) -> bool:
        return bool(self.source)


def _followed(row: RememberedRow | None, number: int) -> _Followed:
    followed = row.follows[number] if row and number < len(row.follows) else None
    if row is None or followed is None:
        return _Followed()
    name, year = followed
    basis = row.bases[number] if number < len(row.bases) else ""
    return _Followed(name, year, basis or f"{year}年{name}")


def _origin(row: RememberedRow | None, followed: _Followed) -> Origin | None:
    return None if row is None else Origin.DERIVED if followed else Origin.GIVEN


def _same(one: str | tuple[str, ...], other: str | tuple[str, ...]) -> bool:
    numbers = number_in(one), number_in(other)
    return numbers[0] == numbers[1] if None not in numbers else one == other


def _head(table: RememberedTable, number: int) -> str:
    return table.columns[number] if number < len(table.columns) else f"第{number + 1}列"


def _unprinted(then: Snapshot, now: Snapshot) -> Iterator[FieldChange]:
    """What the cluster's particulars say otherwise that the form has no place for, and that no box or name shows by changing."""
    places = _places(then) | _places(now)
    sources = {source for source, year in places if year is None} | _shown_by_others(then, now)
    old, new = then.particulars, now.particulars
    for name in dict.fromkeys((*new.values, *old.values)):
        if name not in sources and old.value(name) != new.value(name):
            yield _elsewhere(name, None, old.value(name), new.value(name))
    for name, year in dict.fromkeys((*new.figures, *old.figures)):
        before, after = (_printed(told.figures.get((name, year))) for told in (old, new))
        if (name, year) not in places and before != after:
            yield _elsewhere(name, year, before, after)


def _places(snapshot: Snapshot) -> frozenset[tuple[str, int | None]]:
    """The figures, with their years, that the form prints: in fields of its own, and in the target tables."""
    rows = (row for table in snapshot.tables for row in table.rows)
    followed = (one for row in rows for one in row.follows if one is not None)
    return frozenset([*((field.source, field.year) for field in snapshot.fields), *followed])


def _shown_by_others(then: Snapshot, now: Snapshot) -> frozenset[str]:
    """The fields that boxes, or composed names, follow from which changed."""
    before = {field.key: _says(field) for field in then.fields}
    changed = (field for field in now.fields if field.asks and before.get(field.key) != _says(field))
    return frozenset(name for field in changed for name in field.asks)


def _elsewhere(name: str, year: int | None, old: str, new: str) -> FieldChange:
    path = (name,) if year is None else (name, f"{year}年")
    return FieldChange(path, SlotKind.VALUE, name, old, new, old or None, new or None, year, here=False)


def _printed(figure: Figure | None) -> str:
    return "" if figure is None else print_value(figure)


# ── findings ──


def _findings_change(then: Findings | None, now: Findings | None) -> FindingsChange:
    """Findings of one rule in one place are the same; of these, equal ones first, then those whose numbers moved."""
    if then is None or now is None:
        return FindingsChange(known=False)
    old, new = _by_rule(then), _by_rule(now)
    gone: list[Finding] = []
    came: list[Finding] = []
    moved: list[tuple[Finding, Finding]] = []
    for key in dict.fromkeys((*old, *new)):
        before, after = list(old.get(key, ())), list(new.get(key, ()))
        for finding in list(after):
            same = next((one for one in before if _told(one) == _told(finding)), None)
            if same is not None:
                before.remove(same)
                after.remove(finding)
        paired = min(len(before), len(after))
        moved += zip(before[:paired], after[:paired], strict=True)
        gone += before[paired:]
        came += after[paired:]
    return FindingsChange(tuple(gone), tuple(came), tuple(moved))


def _by_rule(findings: Findings) -> Mapping[tuple[str, str, str], Sequence[Finding]]:
    found: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.code, finding.path, finding.message), []).append(finding)
    return found


def _told(finding: Finding) -> tuple[str, str, bool]:
    return finding.found, finding.expected, bool(finding.waived)


# ── evidence, files, what it was made with ──


def _evidence_changes(
    then: Iterable[RememberedEvidence], now: Iterable[RememberedEvidence]
) -> Iterator[EvidenceChange]:
    old, today = {item.name: item for item in then}, list(now)
    names = {item.name for item in today}
    renamed = {_held(item): item for item in old.values() if item.name not in names and _held(item)}
    for item in today:
        before = old.pop(item.name, None) or renamed.pop(_held(item), None)
        if before is None:
            yield EvidenceChange(item.name, Fate.ADDED, item.proves, pages_new=item.pages)
            continue
        old.pop(before.name, None)
        if why := "；".join(_differences(before, item)):
            yield EvidenceChange(item.name, Fate.REPLACED, item.proves, why, before.pages, item.pages)
    for gone in old.values():
        yield EvidenceChange(gone.name, Fate.REMOVED, gone.proves, pages_old=gone.pages)


def _held(item: RememberedEvidence) -> tuple[str, ...]:
    """What the files of an item hold, by which one that was renamed is known; nothing where one of them is not known."""
    return tuple(sorted(item.files.values())) if all(item.files.values()) else ()


def _differences(before: RememberedEvidence, after: RememberedEvidence) -> Iterator[str]:
    changed = [name for name, digest in after.files.items() if before.files.get(name, digest) != digest]
    added = [name for name in after.files if name not in before.files]
    gone = [name for name in before.files if name not in after.files]
    if before.name != after.name:
        yield f"名称由“{before.name}”改为“{after.name}”"
    for word, names in (("内容变了", changed), ("新增文件", added), ("去掉文件", gone)):
        if names:
            yield f"{word}：{'、'.join(names)}"
    if set(before.proves) != set(after.proves):
        yield f"证明的事项由“{'、'.join(before.proves)}”改为“{'、'.join(after.proves)}”"


def _file_changes(then: Snapshot, now: Snapshot) -> Iterator[FileChange]:
    """The files of the data but those of evidence, which are told by item."""
    evidence = {name for item in (*(then.evidence or ()), *(now.evidence or ())) for name in item.files}
    for name in dict.fromkeys((*now.data, *then.data)):
        if name in evidence:
            continue
        if name not in then.data:
            yield FileChange(name, Fate.ADDED)
        elif name not in now.data:
            yield FileChange(name, Fate.REMOVED)
        elif then.data[name] != now.data[name]:
            yield FileChange(name, Fate.REPLACED)


def _made_changes(then: Made | None, now: Made | None) -> Iterator[MadeChange]:
    if then is None or now is None:
        return
    if then.tool != now.tool:
        yield MadeChange("工具版本", then.tool, now.tool)
    if then.template != now.template:
        yield MadeChange("申报表模板", then.template[:_SHORT], now.template[:_SHORT])
    for name in dict.fromkeys((*now.fonts, *then.fonts)):
        old, new = then.fonts.get(name, ""), now.fonts.get(name, "")
        if old != new:
            yield MadeChange(f"字体 {name}", old[:_SHORT], new[:_SHORT])
    if then.draft != now.draft:
        words = {True: "每页标“草稿”", False: "不标“草稿”"}
        yield MadeChange("草稿标记", words[then.draft], words[now.draft])


# ── pages ──


def _page_changes(
    then: Snapshot, now: Snapshot, fields: Sequence[FieldChange], *, layout: bool
) -> Iterator[PageChange]:
    """The pages whose fingerprints differ, place by place of the stack; `layout` says that tools, fonts or templates differ."""
    places: dict[int, list[tuple[str, ...]]] = {}
    for change in fields:
        for page in dict.fromkeys((*change.pages_old, *change.pages_new)) if change.shows else ():
            places.setdefault(page, []).append(change.path)
    flowing = min(places, default=None)
    for number, (old, new) in enumerate(zip_longest(then.pages, now.pages), start=1):
        if old is not None and new is not None and old.fingerprint == new.fingerprint:
            continue
        cause = _cause(number, places, flowing, layout=layout)
        either: RememberedPage = new or old or RememberedPage("", "")
        fate = Fate.ADDED if old is None else Fate.REMOVED if new is None else Fate.REPLACED
        yield PageChange(number, either.label, either.part, fate, cause, tuple(dict.fromkeys(places.get(number, ()))))


def _cause(number: int, places: Container[int], flowing: int | None, *, layout: bool) -> Cause:
    """Why page `number` differs: what stands on it, what changed before it (from page `flowing` on), or how it is printed."""
    if number in places:
        return Cause.DATA
    return Cause.LAYOUT if layout or flowing is None or number < flowing else Cause.FLOW
