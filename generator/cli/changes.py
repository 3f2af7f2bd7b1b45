"""Changes between two printings as a user reads them, and as a program does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING

from generator.corrections.changes import Cause, Changes, Fate, FieldChange, PageChange
from generator.corrections.echoes import Echo, Upstream
from generator.corrections.enclosures import moved_together
from generator.corrections.passages import in_one_line, passages
from generator.corrections.registers import MOST_ROWS, tables_not_compared, what_changed
from generator.corrections.tree import enclosed_as_tree
from generator.findings import PATH_MARK, Finding
from generator.forms.snapshot import number_in

if TYPE_CHECKING:
    from generator.comparing import Effect

_LONG = 40
_MOST, _MOST_PLACES = 20, 4
_YEAR = re.compile("[0-9]{4}年")
_OF_YEAR = re.compile("([0-9]{4})年(.+)")
_CAUSES = {
    Cause.DATA: "这一页的内容变了",
    Cause.FLOW: "前面的文字增减，这一页的文字移了位置",
    Cause.LAYOUT: "版式变化，内容没有变",
}


def effect_as_text(effect: Effect) -> str:
    """Return what `effect` tells, heading by heading; a heading without anything below it is left out."""
    changes = effect.changes
    lines: list[str] = []
    for title, told in (
        (
            f"改了的栏目（{len(changes.shown)} 处）",
            [line for change in changes.shown for line in _field(change, changes)],
        ),
        (
            f"随之变动的推算数（{len(changes.moved)} 处）",
            [line for change in changes.moved for line in _field(change, changes)],
        ),
        ("名录的变化", [*_registers(changes)]),
        ("改了，但纸上看不出来", [*_silent(changes)]),
        ("这张表不单独印、也变了的（别的表、汇总表可能用到）", [*_elsewhere(changes)]),
        ("检查结果的变化", [*_findings(changes)]),
        ("佐证材料的变化", [*_evidence(changes)]),
        (f"要换的页（{len(changes.pages)} 页）", [*_pages(changes)]),
        ("与上次不同的工具、模板、字体", [f"{made.what}：{made.old} → {made.new}" for made in changes.made]),
        ("文字里还留着旧数，请改正", [*_echoes([echo for echo in effect.echoes if echo.certain])]),
        (
            "可能也是这个旧数，请核对",
            [*_echoes([echo for echo in effect.echoes if not echo.certain])],
        ),
        (
            "须核对或更换的佐证材料",
            [
                f"{proof.evidence}（{'、'.join(proof.files) or '没有文件'}）：证明{_figures(proof.figures)}"
                for proof in effect.proofs
            ],
        ),
        ("各集群的材料", [*_enclosed(effect)]),
        (
            "要重新汇总的上级表",
            [*_upstream(effect.upstream)],
        ),
    ):
        if told:
            lines += [f"{title}：", *(f"  {line}" for line in told)]
    return "\n".join(lines) if lines else "没有变化。"


def _enclosed(effect: Effect) -> Iterator[str]:
    for one in moved_together(effect.enclosed):
        number = " → ".join(dict.fromkeys(filter(None, (one.number_old, one.number_new))))
        papers = f"：{'、'.join(one.papers)}" if one.papers else ""
        yield f"{one.what} {one.name}（序号 {number}）{papers}"


def page_of(pages: Sequence[int], labels: Sequence[str]) -> str:
    """Return what `pages` (counted from 1) are called, empty where none is known."""
    return "、".join(labels[page - 1] for page in pages if page <= len(labels))


def _place(change: FieldChange, changes: Changes) -> str:
    page = page_of(change.pages_new, changes.labels_new) or page_of(change.pages_old, changes.labels_old)
    return f"{page} {PATH_MARK.join(change.path)}".strip()


def _field(change: FieldChange, changes: Changes) -> Iterator[str]:
    place = _place(change, changes)
    if change.new in {"☑", "□"} and change.old in {"☑", "□"}:
        yield f"{place}：{'勾上' if change.new == '☑' else '去掉勾'}"
    elif max(len(change.old), len(change.new)) > _LONG:
        yield f"{place}："
        yield from (f"  {line}" for line in _passages(change.old, change.new))
    else:
        yield f"{place}：{change.old or '（空）'} → {change.new or '（空）'}"
    if change.derived and change.basis_old != change.basis_new:
        if change.basis_old or not change.row:
            yield f"  原：{_basis(change.basis_old, change.old)}"
        yield f"  现：{_basis(change.basis_new, change.new)}"
    elif change.derived and change.row:
        yield f"  取自{change.basis_new or change.basis_old}"


def _basis(basis: str, printed: str) -> str:
    return basis or ("直接填写" if printed else "缺数，推算不出来")


def _passages(old: str, new: str) -> Iterator[str]:
    """The passages of two long texts that differ, with a little of what stands around them."""
    for one in passages(old, new):
        before, behind = (text.replace("\n", " ") for text in (one.before, one.behind))
        yield f"{before}【{in_one_line(one.old)} → {in_one_line(one.new)}】{behind}"


def _silent(changes: Changes) -> Iterator[str]:
    for change in changes.silent:
        old, new = _apart(_raw(change.raw_old), _raw(change.raw_new))
        yield f"{_place(change, changes)}：{old} → {new}，都印成“{change.new}”"
    printed = any(change.shows for change in changes.fields)
    for file in changes.files:
        if file.fate is not Fate.REPLACED:
            yield f"数据文件{file.fate.value}：{file.name}"
        elif not printed and not changes.silent and not changes.elsewhere and not changes.registers:
            yield f"数据文件 {file.name} 改过，表上各栏都没有变"


def _raw(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else "（空）" if value is None else str(value)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two numbers with endless digits, cut two digits behind the first that differs; other texts as they are."""
    if number_in(old) is None or number_in(new) is None:
        return old, new
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0) + 3
    point = max(old.find("."), new.find("."))
    return (old[:at], new[:at]) if point >= 0 and at > point else (old, new)


def _elsewhere(changes: Changes) -> Iterator[str]:
    """A line for each field with its years; beyond so many fields, the names of the others."""
    by_name = {name: [*group] for name, group in groupby(changes.elsewhere, key=lambda change: change.path[0])}
    for name, group in islice(by_name.items(), _MOST):
        years = "；".join(
            f"{' '.join(change.path[1:])} {change.old or '（空）'} → {change.new or '（空）'}".strip()
            for change in group
        )
        yield f"{name}：{years}"
    rest = [*by_name][_MOST:]
    if rest:
        yield f"另有 {len(rest)} 项：{'、'.join(rest)}（--json 列出各年的数）"


def _registers(changes: Changes) -> Iterator[str]:
    if tables := tables_not_compared(changes):
        yield f"以前那一稿没有记下名录的各行，不能逐行比较；变了的文件：{'、'.join(tables)}"
    for change in changes.registers[:MOST_ROWS]:
        if change.fate is not Fate.REPLACED:
            yield f"{change.register} {what_changed(change)}：{change.row}"
        else:
            yield f"{change.register} {change.row}：{what_changed(change)}"
    if len(changes.registers) > MOST_ROWS:
        yield f"……共 {len(changes.registers)} 行（--json 全部列出）"


def _findings(changes: Changes) -> Iterator[str]:
    told = changes.findings
    if not told.known:
        yield "以前那一稿没有记下检查结果，不能比较。"
    for finding in told.came:
        yield f"新出现 {_finding(finding)}"
    for before, after in told.moved:
        yield f"数变了 {_finding(after)}（原为：{before.found or before.expected}）"
    for finding in told.gone:
        yield f"不再有 {_finding(finding)}"


def _finding(finding: Finding) -> str:
    compared = "；".join(
        f"{name}{text}" for name, text in (("现为 ", finding.found), ("应为 ", finding.expected)) if text
    )
    place = f"{finding.path}：" if finding.path else ""
    return f"{finding.severity.value} [{finding.code}] {place}{finding.message}" + (
        f"（{compared}）" if compared else ""
    )


def _evidence(changes: Changes) -> Iterator[str]:
    if not changes.evidence_known:
        yield "以前那一稿没有记下佐证材料，不能比较。"
    for item in changes.evidence:
        told = "；".join(filter(None, (item.why, item.where)))
        yield f"{item.fate.value}：{item.name}" + (f"（{told}）" if told else "")


def _pages(changes: Changes) -> Iterator[str]:
    """Pages one after the other with the same reason are told together."""
    if changes.layout_only:
        yield "版式变化：各栏内容都没有变，只是印出来的样子不同了。"
    for (cause, fate, places), pages in groupby(changes.pages, key=lambda page: (page.cause, page.fate, _places(page))):
        labels = changes.labels_old if fate is Fate.REMOVED else changes.labels_new
        names = "、".join(labels[page.page - 1] for page in pages)
        more = "" if fate is Fate.REPLACED else f"（{fate.value}的页）"
        yield f"{names}{more}：{_CAUSES[cause]}" + (f"：{places}" if places else "")


def _places(page: PageChange) -> str:
    """The rows of the form that say something else on a page, the first few by name."""
    if page.cause is not Cause.DATA:
        return ""
    rows = [*dict.fromkeys(_row(path) for path in page.places)]
    return "；".join(rows[:_MOST_PLACES]) + (f"等 {len(rows)} 栏" if len(rows) > _MOST_PLACES else "")


def _row(path: Sequence[str]) -> str:
    """The row that a place is in: without its year."""
    steps = path[:-1] if len(path) > 2 and _YEAR.fullmatch(path[-1]) else path
    return PATH_MARK.join(steps[1:] or steps)


def _figures(figures: Sequence[str]) -> str:
    """Figures with their years (2023年企业数量) put together by name: 企业数量（2022、2023年）."""
    years: dict[str, list[str]] = {}
    for figure in figures:
        found = _OF_YEAR.fullmatch(figure)
        years.setdefault(found[2] if found else figure, []).extend([found[1]] if found else [])
    return "、".join(f"{name}（{'、'.join(sorted(told))}年）" if told else name for name, told in years.items())


def _upstream(told: Sequence[Upstream]) -> Iterator[str]:
    columns: dict[tuple[str, str], list[str]] = {}
    for one in told:
        columns.setdefault((one.table, one.column), []).append(one.source)
    for (table, column), sources in columns.items():
        yield f"{table}：本集群一行的“{column}”用到{'、'.join(sources)}"


def _echoes(echoes: Sequence[Echo]) -> Iterator[str]:
    """What is still said, the sentence once behind all old numbers in it."""
    for (path, page, sentence), group in groupby(echoes, key=lambda echo: (echo.path, echo.page, echo.sentence)):
        together = list(group)
        for echo in together:
            how = "" if echo.how.value == "原数" else f"，{echo.how.value}"
            place = f"{page} {PATH_MARK.join(path)}".strip()
            yield f"{place}：{echo.number}（{echo.figure}{how}；现为 {echo.now or '空'}）"
        if sentence != together[-1].number:
            yield f"  “{sentence}”"


def effect_as_tree(effect: Effect) -> dict[str, object]:
    """Return `effect` for JSON. The keys are permanent; pages are named as printed and counted from 1."""
    changes = effect.changes
    told = changes.findings
    return {
        "form": changes.form,
        "cluster": changes.cluster,
        "nothing": changes.nothing,
        "layout_only": changes.layout_only,
        "fields": [_field_tree(change, changes) for change in changes.fields],
        "findings": {
            "known": told.known,
            "came": [_finding_tree(finding) for finding in told.came],
            "gone": [_finding_tree(finding) for finding in told.gone],
            "moved": [{"old": _finding_tree(one), "new": _finding_tree(other)} for one, other in told.moved],
        },
        "evidence": {
            "known": changes.evidence_known,
            "changes": [
                {
                    "name": item.name,
                    "fate": item.fate.name.lower(),
                    "proves": list(item.proves),
                    "why": item.why,
                    "pages_old": item.pages_old,
                    "pages_new": item.pages_new,
                }
                for item in changes.evidence
            ],
        },
        "registers_known": changes.registers_known,
        "registers": [
            {
                "register": one.register,
                "row": one.row,
                "fate": one.fate.name.lower(),
                "cells": [{"column": cell.column, "old": cell.old, "new": cell.new} for cell in one.cells],
            }
            for one in changes.registers
        ],
        "files": [{"name": file.name, "fate": file.fate.name.lower()} for file in changes.files],
        "pages": [
            {
                "page": page.page,
                "label": page.label,
                "part": page.part,
                "fate": page.fate.name.lower(),
                "cause": page.cause.name.lower(),
                "places": [list(path) for path in page.places],
            }
            for page in changes.pages
        ],
        "made": [{"what": made.what, "old": made.old, "new": made.new} for made in changes.made],
        "echoes": [
            {
                "path": list(echo.path),
                "page": echo.page,
                "sentence": echo.sentence,
                "number": echo.number,
                "how": echo.how.name.lower(),
                "figure": echo.figure,
                "now": echo.now,
                "certain": echo.certain,
            }
            for echo in effect.echoes
        ],
        "proofs": [
            {"evidence": proof.evidence, "figures": list(proof.figures), "files": list(proof.files)}
            for proof in effect.proofs
        ],
        "enclosed": enclosed_as_tree(effect.enclosed),
        "upstream": [{"table": one.table, "column": one.column, "field": one.source} for one in effect.upstream],
    }


def _field_tree(change: FieldChange, changes: Changes) -> dict[str, object]:
    return {
        "path": list(change.path),
        "field": change.source,
        "year": change.year,
        "page": page_of(change.pages_new, changes.labels_new),
        "page_before": page_of(change.pages_old, changes.labels_old),
        "old": change.old,
        "new": change.new,
        "value_old": list(change.raw_old) if isinstance(change.raw_old, tuple) else change.raw_old,
        "value_new": list(change.raw_new) if isinstance(change.raw_new, tuple) else change.raw_new,
        "derived": change.derived,
        "basis_old": change.basis_old,
        "basis_new": change.basis_new,
        "on_this_form": change.here,
        "shows": change.shows,
    }


def _finding_tree(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "path": finding.path,
        "message": finding.message,
        "found": finding.found,
        "expected": finding.expected,
    }
