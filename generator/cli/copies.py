"""What becomes of every printed copy, as a user reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from generator.notices.definition import FORM
from generator.package.page_labels import spans

if TYPE_CHECKING:
    from generator.amending import Amended
    from generator.corrections.copies import CopyCorrection, Cost, PaperSteps
    from generator.corrections.sheets import Step


def amended_as_text(amended: Amended) -> str:
    """Return what `amended` tells, a line for each copy and way; empty where nothing was printed before."""
    if not any(one.copy.printed for one in amended.corrections):
        return ""
    lines = [f"已经打印的各份，与{amended.draft}相比："]
    lines += [f"  {line}" for one in amended.corrections for line in _copy(one)]
    if amended.folder is not None:
        lines.append(f"更正材料{'写在' if amended.changed else '没有变化，仍在'}：{amended.folder}")
        lines += [f"  {name}" for name in amended.files]
    return "\n".join(lines)


def _copy(one: CopyCorrection) -> Iterator[str]:
    if not one.offers:
        yield f"{one.copy.name}：不用动"
        return
    preferred, *others = one.offers
    yield f"{one.copy.name}：{preferred.way}{_cost(preferred.cost)}" + _reason(one)
    if one.seams:
        yield f"  换页以后骑缝章要重新盖{len(one.seams)}个"
    for paper in one.papers:
        yield f"  {paper.paper}：{_steps(paper)}"
    for offer in others:
        yield f"  也可以{offer.way}{_cost(offer.cost)}{'，须受理部门同意' if offer.consent else ''}"


def _reason(one: CopyCorrection) -> str:
    if not one.known:
        return "；打印时的那一版读不出来，不知道差在哪里"
    return "；只是版式变化，内容没有变" if one.layout_only else ""


def _cost(cost: Cost) -> str:
    figures = (
        (cost.sheets, "印{}张"),
        (cost.signatures, "重签字{}处"),
        (cost.seals, "盖章{}处"),
        (cost.discs, "刻{}张"),
    )
    told = "、".join(words.format(figure) for figure, words in figures if figure)
    return f"（{told}）" if told else ""


def _steps(paper: PaperSteps) -> str:
    pages = f"（新页：第{spans(paper.new_pages)}页）" if paper.paper != FORM and paper.new_pages else ""
    if not paper.held:
        return f"新添，共{len(paper.newest)}张{pages}"
    return "、".join(part for alike, steps in groupby(paper.steps, _alike) for part in _parts(alike, steps)) + pages


_SAME, _GONE = "第{}张", "抽去第{}张"


def _alike(step: Step) -> str:
    """How steps are told together that do the same to sheets that follow each other; nothing for those told one by one."""
    if step.new is None:
        return _GONE
    return _SAME if step.old == step.new else ""


def _parts(alike: str, steps: Iterable[Step]) -> Iterator[str]:
    if alike:
        yield alike.format(spans([str(step.old) for step in steps]))
        return
    for step in steps:
        if step.old:
            yield f"第{step.old}张换成新第{step.new}张"
        else:
            yield f"第{step.after}张后插入新第{step.new}张" if step.after else f"最前面插入新第{step.new}张"
