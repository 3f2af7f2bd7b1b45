"""Snapshots made by hand, small enough to read."""

from __future__ import annotations

from typing import Any

from generator.forms.arrangement import SlotKind
from generator.forms.filled import Origin
from generator.forms.particulars import Particulars
from generator.forms.snapshot import (
    Made,
    RememberedEvidence,
    RememberedField,
    RememberedPage,
    RememberedRow,
    RememberedTable,
    Snapshot,
)

PART = "二、主导产业情况"
PLAN = "八、规划"


def figure(name: str, year: int, printed: str, value: str = "", **more: Any) -> RememberedField:
    """A figure by year, on page 2, in 亿元."""
    parts: dict[str, Any] = {"unit": "亿元", "page": 2, "origin": Origin.GIVEN, **more}
    return RememberedField(
        key=f"二_{name}_y{year}",
        path=(PART, name, f"{year}年"),
        kind=SlotKind.VALUE,
        source=name,
        printed=printed,
        value=value or printed,
        year=year,
        **parts,
    )


def prose(heading: str, text: str, **more: Any) -> RememberedField:
    """A text of the plan, on page 3."""
    parts: dict[str, Any] = {"page": 3, **more}
    return RememberedField(f"八_{heading}", (PLAN, heading), SlotKind.PROSE, heading, text, text, Origin.GIVEN, **parts)


def box(text: str, *, ticked: bool) -> RememberedField:
    printed = "☑" if ticked else "□"
    return RememberedField(
        f"二_{text}", (PART, "工作", text), SlotKind.BOX, "", printed, None, Origin.DERIVED, ticked=ticked, page=2
    )


def table(*rows: tuple[str, tuple[str, ...], tuple[str, ...]], page: int = 4) -> RememberedTable:
    """A target table: rows of indicator, printed cells and values, in the direction 创新."""
    remembered = tuple(RememberedRow("创新", name, cells, values, page) for name, cells, values in rows)
    return RememberedTable("目标", PLAN, ("2024年基准值", "2027年目标值"), remembered)


def evidence(name: str, *proves: str, **files: str) -> RememberedEvidence:
    return RememberedEvidence(name, proves, {f"佐证材料/{file}.pdf": digest for file, digest in files.items()})


def snapshot(*fields: RememberedField, pages: str = "abcd", **more: Any) -> Snapshot:
    """A snapshot whose pages have the fingerprints `pages`; the cover bears no number."""
    parts: dict[str, Any] = {
        "data": {"cluster.yaml": "1"},
        "tables": (),
        "particulars": Particulars("某集群"),
        "findings": (),
        "evidence": (),
        "made": Made("1.0", "t", {"仿宋.ttf": "f"}),
        **more,
    }
    printed = tuple(
        RememberedPage(str(number) if number else "", fingerprint, PART) for number, fingerprint in enumerate(pages)
    )
    return Snapshot("tiny", "某集群", fields=fields, pages=printed, **parts)
