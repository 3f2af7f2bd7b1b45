"""The snapshot of a 稿 as JSON: every field as resolved, the cluster's own particulars, what was found, the fingerprint of every page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from generator.cluster.model import Entry, Evidence
from generator.cluster.values import NIL, Nil, Value
from generator.errors import UnreadableError, reason_of
from generator.findings import Finding, Findings, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.asking import names_asked
from generator.forms.filled import FilledForm, FilledSlot, FilledTable, FilledTargetRow, Origin
from generator.forms.particulars import Figure, Particulars
from generator.forms.signings import Signing
from generator.forms.snapshot import (
    Made,
    RawValue,
    RememberedEvidence,
    RememberedField,
    RememberedPage,
    RememberedRow,
    RememberedTable,
    Snapshot,
)
from generator.frozen import names_of
from generator.package.page_labels import span
from generator.package.register_rows import registers_as_tree, registers_from
from generator.package.whereabouts import Whereabouts
from generator.typeset.pages import Pages

RECOMMENDATION = "recommendation"
"""The key by which the snapshot of an office's recommendation is known."""
SIGNINGS = "signings"
"""What the snapshot calls the places that are signed and sealed, of all papers."""
_EDITION = 2
_EDITIONS = frozenset({1, 2})
_LONG = frozenset({SlotKind.NARRATIVE, SlotKind.PROSE})
_FOLLOWING = frozenset({SlotKind.BOX, SlotKind.COMPOSED})
_ADVICE = "请用 shenbao build 重新生成一稿。"


def take_snapshot(
    filled: FilledForm,
    pages: Pages,
    data: Mapping[str, str],
    particulars: Particulars,
    *,
    findings: Findings = (),
    evidence: Iterable[Evidence] = (),
    units: Mapping[str, str] | None = None,
    made: Made | None = None,
    asked: Mapping[str, str] | None = None,
    registers: Mapping[str, Sequence[Entry]] | None = None,
) -> dict[str, Any]:
    """Return the snapshot of a filled and laid-out form as JSON's own kinds of value.

    `data` gives the SHA-256 of each file that the cluster's data were read from, by name relative to its folder;
    `particulars` is what the cluster says of itself, which summary tables are made of; `findings` and `evidence` are those of
    the build; `units` are the units of the catalogue's fields, `made` is what the form was printed with, `asked` what the
    operator asked for beside the notice; `registers` are those of the cluster.
    """
    where = Whereabouts(filled, pages)
    row_pages = where.row_pages(filled.tables)
    return {
        "snapshot": _EDITION,
        "form": filled.form.id,
        "cluster": filled.name,
        "data": dict(sorted(data.items())),
        "fields": [
            _field(slot, where, units or {}, _single_year(slot, filled, particulars))
            for slot in filled.slots
            if slot.slot.kind is not SlotKind.HINT
        ],
        "tables": [_table(table, rows) for table, rows in zip(filled.tables, row_pages, strict=True)],
        "particulars": particulars_as_tree(particulars),
        "findings": [_finding(finding) for finding in findings],
        "evidence": [{"name": item.name, "proves": list(item.proves), "files": list(item.files)} for item in evidence],
        "made": made_as_tree(made or Made()),
        "asked": dict(sorted((asked or {}).items())),
        **({} if registers is None else {"registers": registers_as_tree(registers)}),
        "pages": [
            {"label": page.label, "part": part, "fingerprint": page.fingerprint}
            for page, part in zip(pages.pages, where.parts(), strict=True)
        ],
    }


def read_snapshot(snapshot: Path) -> Snapshot:
    """Return what the file `snapshot` (a 稿's snapshot.json) remembers; those of older tools remember less.

    Raises UnreadableError when it can't be read, or is no snapshot that this version knows.
    """
    try:
        return decode_snapshot(json.loads(snapshot.read_bytes()))
    except OSError as error:
        raise UnreadableError(f"读不到 {snapshot}：{reason_of(error)}", _ADVICE) from error
    except ValueError as error:
        raise UnreadableError(f"{snapshot} 不是本工具写的快照。", _ADVICE) from error


def recorded_papers(snapshot: Path) -> Mapping[str, Sequence[str]]:
    """Return the fingerprints of the pages of papers beside the form, by path, from the file `snapshot`; nothing where it tells none."""
    try:
        papers = json.loads(snapshot.read_bytes())["papers"]
        return {_text(path): tuple(map(_text, pages)) for path, pages in papers.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def is_recommendation(snapshot: Path) -> bool:
    """Whether the file `snapshot` (a 稿's snapshot.json) is that of an office's recommendation of many clusters."""
    try:
        return RECOMMENDATION in json.loads(snapshot.read_bytes())
    except (OSError, ValueError, TypeError, RecursionError):
        return False


def decode_snapshot(tree: Any) -> Snapshot:
    """Return the snapshot that `tree`, JSON's own kinds of value, tells. Raises ValueError when it tells none."""
    try:
        return _snapshot(tree)
    except (KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise ValueError("no snapshot") from error


def read_particulars(snapshot: Path) -> Particulars:
    """Return the cluster's particulars from the file `snapshot` (a 稿's snapshot.json).

    Raises UnreadableError when it can't be read, is no snapshot, or was written before snapshots held particulars.
    """
    advice = "请用 shenbao build 重新生成一稿，或改用集群文件夹。"
    try:
        return particulars_from(json.loads(snapshot.read_bytes())["particulars"])
    except OSError as error:
        raise UnreadableError(f"读不到 {snapshot}：{reason_of(error)}", advice) from error
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise UnreadableError(f"{snapshot} 里没有汇总要用的集群数据。", advice) from error


def signings_as_tree(signings: Iterable[Signing]) -> list[dict[str, Any]]:
    """Return the places that are signed or sealed as JSON's own kinds of value."""
    names = names_of(Signing)
    return [
        {name: list(value) if isinstance(value := getattr(one, name), tuple) else value for name in names}
        for one in signings
    ]


def _signing(told: Any) -> Signing:
    who = {name: tuple(_text(one) for one in told[name]) for name in ("signs", "seals")}
    return Signing(**{**told, **who})


def particulars_as_tree(particulars: Particulars) -> dict[str, Any]:
    """Return `particulars` as JSON's own kinds of value."""
    years: dict[str, dict[str, str]] = {}
    for (name, year), figure in sorted(particulars.figures.items()):
        years.setdefault(name, {})[str(year)] = figure.value if isinstance(figure, Nil) else f"{figure:f}"
    return {
        "name": particulars.name,
        "values": dict(sorted(particulars.values.items())),
        "versions": {form: dict(sorted(values.items())) for form, values in sorted(particulars.versions.items())},
        "figures": years,
    }


def particulars_from(told: Any) -> Particulars:
    """Return the particulars that `particulars_as_tree` gave.

    Raises ValueError, KeyError, TypeError, AttributeError or InvalidOperation when `told` is something else.
    """
    figures: dict[tuple[str, int], Figure] = {
        (name, int(year)): _figure(text) for name, years in told["figures"].items() for year, text in years.items()
    }
    return Particulars(
        name=_text(told["name"]),
        values=_texts(told["values"]),
        versions={form: _texts(values) for form, values in told["versions"].items()},
        figures=figures,
    )


def _figure(text: str) -> Figure:
    figure = NIL if text == NIL.value else Decimal(text)
    if isinstance(figure, Decimal) and not figure.is_finite():
        raise ValueError("no figure")
    return figure


def _texts(values: Any) -> dict[str, str]:
    return {name: _text(text) for name, text in values.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _single_year(slot: FilledSlot, filled: FilledForm, particulars: Particulars) -> int | None:
    """The year of the one value that the form prints of a figure that the cluster has by year: that of its base."""
    base = filled.form.years.base
    by_year = slot.slot.kind is SlotKind.VALUE and (slot.slot.source, base) in particulars.figures
    return base if by_year else None


def _field(filled: FilledSlot, where: Whereabouts, units: Mapping[str, str], single: int | None) -> dict[str, Any]:
    slot = filled.slot
    page = where.page_of(slot.key)
    field: dict[str, Any] = {
        "key": slot.key,
        "path": list(slot.path),
        "kind": slot.kind.value,
        "source": slot.source,
        "printed": filled.printed.strip(),
        "value": _value(filled.value),
        "origin": filled.origin.value,
    }
    year = slot.year if slot.year is not None else single
    if year is not None:
        field["year"] = year
    if slot.kind in _FOLLOWING and (asks := names_asked(slot)):
        field["asks"] = list(asks)
    if filled.ticked is not None:
        field["ticked"] = filled.ticked
    if filled.basis:
        field["basis"] = filled.basis
    if units.get(slot.source) and slot.kind is SlotKind.VALUE:
        field["unit"] = units[slot.source]
    if page is not None:
        field["page"] = page
    if slot.kind in _LONG and isinstance(filled.value, str):
        breaks = where.breaks(filled.printed, page)
        if breaks:
            field["breaks"] = [list(pair) for pair in breaks]
    return field


def _table(table: FilledTable, pages: Sequence[int | None]) -> dict[str, Any]:
    return {
        "name": table.name,
        "part": table.part,
        "columns": list(table.columns),
        "rows": [
            {
                "direction": row.direction,
                "indicator": row.indicator,
                "cells": [cell.printed for cell in row.cells],
                "values": [_value(cell.value) for cell in row.cells],
                **_followed(row),
                **({} if page is None else {"page": page}),
            }
            for row, page in zip(table.rows, pages, strict=True)
        ],
    }


def _followed(row: FilledTargetRow) -> dict[str, Any]:
    if not any(cell.follows for cell in row.cells):
        return {}
    follows = [list(cell.follows) if cell.follows else None for cell in row.cells]
    return {"follows": follows, "bases": [cell.basis for cell in row.cells]}


def _finding(finding: Finding) -> dict[str, Any]:
    told = {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "message": finding.message,
        "found": finding.found,
        "expected": finding.expected,
    }
    return {**told, "waived": finding.waived} if finding.waived else told


def made_as_tree(made: Made) -> dict[str, Any]:
    """Return `made` as JSON's own kinds of value."""
    return {
        "tool": made.tool,
        "template": made.template,
        "fonts": dict(sorted(made.fonts.items())),
        "draft": made.draft,
    }


def made_from(told: Any) -> Made:
    """Return what `made_as_tree` gave. Raises KeyError, TypeError or AttributeError for anything else."""
    return Made(told["tool"], told["template"], _texts(told["fonts"]), bool(told["draft"]))


def _value(value: Value | None) -> str | Sequence[str] | None:
    match value:
        case Decimal():
            return f"{value:f}"
        case Nil():
            return value.value
        case tuple():
            return list(value)
        case _:
            return value


# ── from JSON back to values ──


def _snapshot(tree: Any) -> Snapshot:
    if tree["snapshot"] not in _EDITIONS:
        raise ValueError("unknown edition")
    data = _texts(tree["data"])
    made = tree.get("made")
    return Snapshot(
        form=_text(tree["form"]),
        cluster=_text(tree["cluster"]),
        data=data,
        fields=tuple(_remembered_field(field) for field in tree["fields"]),
        tables=tuple(_remembered_table(table) for table in tree["tables"]),
        particulars=particulars_from(tree["particulars"]) if "particulars" in tree else Particulars(""),
        pages=tuple(
            RememberedPage(_text(page["label"]), _text(page["fingerprint"]), page.get("part", ""))
            for page in tree["pages"]
        ),
        findings=tuple(_remembered_finding(one) for one in tree["findings"]) if "findings" in tree else None,
        evidence=_evidence(tree, data) if "evidence" in tree else None,
        made=None if made is None else made_from(made),
        asked=_texts(tree.get("asked", {})),
        registers=registers_from(tree["registers"]) if "registers" in tree else None,
        seals={label: int(page) for label, page in tree.get("seals", {}).items()},
        signings=tuple(_signing(one) for one in tree[SIGNINGS]) if SIGNINGS in tree else None,
        papers={path: tuple(map(_text, pages)) for path, pages in tree.get("papers", {}).items()},
        labels={path: tuple(map(_text, pages)) for path, pages in tree.get("labels", {}).items()},
    )


def _remembered_field(field: Any) -> RememberedField:
    return RememberedField(
        key=_text(field["key"]),
        path=tuple(_text(step) for step in field["path"]),
        kind=SlotKind(field["kind"]),
        source=_text(field["source"]),
        printed=_text(field["printed"]),
        value=_raw(field["value"]),
        origin=Origin(field["origin"]),
        year=field.get("year"),
        ticked=field.get("ticked"),
        basis=field.get("basis", ""),
        unit=field.get("unit", ""),
        page=field.get("page"),
        breaks=tuple((int(at), int(page)) for at, page in field.get("breaks", ())),
        asks=tuple(field.get("asks", ())),
    )


def _remembered_table(table: Any) -> RememberedTable:
    rows = tuple(
        RememberedRow(
            _text(row["direction"]),
            _text(row["indicator"]),
            tuple(_text(cell) for cell in row["cells"]),
            tuple(_raw(value) for value in row.get("values", ())),
            row.get("page"),
            tuple((_text(one[0]), int(one[1])) if one else None for one in row.get("follows", ())),
            tuple(_text(basis) for basis in row.get("bases", ())),
        )
        for row in table["rows"]
    )
    return RememberedTable(_text(table["name"]), _text(table["part"]), tuple(table["columns"]), rows)


def _remembered_finding(told: Any) -> Finding:
    return Finding(
        code=_text(told["code"]),
        severity=Severity(told["severity"]),
        message=_text(told["message"]),
        path=_text(told["path"]),
        found=_text(told["found"]),
        expected=_text(told["expected"]),
        waived=told.get("waived", ""),
    )


def _evidence(tree: Any, data: Mapping[str, str]) -> tuple[RememberedEvidence, ...]:
    places = tree.get("evidence_places", ())
    pages = {_text(place["name"]): span(str(place["first"]), str(place["last"])) for place in places}
    return tuple(
        RememberedEvidence(
            _text(told["name"]),
            tuple(_text(name) for name in told["proves"]),
            {_text(file): data.get(file, "") for file in told["files"]},
            pages.get(told["name"], ""),
        )
        for told in tree["evidence"]
    )


def _raw(value: Any) -> RawValue:
    return tuple(_text(one) for one in value) if isinstance(value, list) else None if value is None else _text(value)
