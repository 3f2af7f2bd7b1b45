"""各必填栏目不得空缺，无相关情况时应填写“无”."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import PATH_MARK, Examined, Located, path_of
from generator.findings import Finding, Severity
from generator.forms.arrangement import Slot, SlotKind
from generator.forms.asking import inputs, names_asked
from generator.forms.conditions import names_in
from generator.forms.definition import BoxesRow
from generator.forms.filled import FilledSlot, Origin
from generator.indicators import FORMULAS

_CLAUSE = "填报说明2：各必填栏目不得空缺，无相关情况时应填写“无”。"


def empty_slots(examined: Examined) -> Iterator[Located]:
    """C101: a required slot holds nothing."""
    undeclared: dict[str, list[FilledSlot]] = {}
    for filled in examined.filled.slots:
        slot = filled.slot
        if slot.kind in {SlotKind.BOX, SlotKind.HINT} or not slot.required or slot.filler:
            continue
        if filled.origin is not Origin.ABSENT or _is_refused(examined, slot):
            continue
        if slot.choice is not None:
            undeclared.setdefault(slot.choice.field, []).append(filled)
        else:
            yield slot.key, _empty(examined, filled)
    for name, waiting in undeclared.items():
        yield waiting[0].slot.key, _undeclared(examined, name, waiting)


def _is_refused(examined: Examined, slot: Slot) -> bool:
    """Whether something was written there that the loader refused: its own finding says so, and the cell is not simply empty."""
    if slot.kind in {SlotKind.NUMBER, SlotKind.NAMES, SlotKind.PROSE}:
        return False
    year = slot.year or examined.filled.form.years.base
    names = names_asked(slot) if slot.choice is None else (slot.choice.field,)
    return any({(name, None), (name, year)} & examined.cluster.refused for name in names)


def _undeclared(examined: Examined, name: str, waiting: list[FilledSlot]) -> Finding:
    """One finding for all cells whose field the submission's declaration would choose."""
    choice = waiting[0].slot.choice
    answers = "、".join(choice.sources) if choice is not None else ""
    submission = f"申报{PATH_MARK}{examined.filled.form.id}"
    return Finding(
        code="C101",
        severity=Severity.MUST,
        message=f"没有申报{name}，{len(waiting)} 个栏目因此空着",
        path=f"{submission}{PATH_MARK}{name}",
        found="空白",
        expected=answers,
        remedy=f"请在 cluster.yaml 的“{submission}”里写“{name}: …”，选 {answers} 之一。",
        clause=_CLAUSE,
    )


def _empty(examined: Examined, filled: FilledSlot) -> Finding:
    slot = filled.slot
    if slot.kind is SlotKind.PROSE:
        remedy = f"在 cluster.yaml 的“申报 › {examined.filled.form.id} › 规划正文”里写“{slot.source}”一节。"
    elif slot.kind in {SlotKind.NUMBER, SlotKind.NAMES}:
        remedy = f"在“名录 › {slot.source}”里列出名称和级别；没有就写“{slot.source}: []”。"
    elif slot.kind is SlotKind.COMPOSED:
        remedy = "请补全所需的各项，整栏由它们组成。"
    else:
        remedy = _write(slot, examined.filled.form.years.base)
    return Finding(
        code="C101",
        severity=Severity.MUST,
        message="必填栏目空缺",
        path=path_of(filled),
        found="空白",
        expected="填写内容，或“无”",
        remedy=remedy,
        clause=_CLAUSE,
    )


def _write(slot: Slot, base: int) -> str:
    """What to write: the value itself, or the figures that its formula needs."""
    of_year = f"{slot.year}年的" if slot.year else ""
    formula = next((formula for formula in FORMULAS if formula.name == slot.source), None)
    written = f"请在 cluster.yaml 里填写{of_year}“{slot.source}”；确无此项填“无”。"
    if formula is None:
        return written
    needed = "、".join(f"{year}年{name}" for name, year in inputs(formula, slot.year or base))
    return f"{written}也可以只补齐 {needed}，由本工具推算。"


def unticked_rows(examined: Examined) -> Iterator[Located]:
    """C102, C103: a row of boxes with none ticked, or with several where one is asked."""
    for boxes in examined.filled.boxes():
        row = boxes[0].slot.row
        if not isinstance(row, BoxesRow):
            continue
        ticked = [box for box in boxes if box.ticked]
        path = PATH_MARK.join(boxes[0].slot.path[:-1])
        options = "、".join(box.slot.text for box in boxes)
        if not ticked and row.required:
            one = row.choose == "one"
            yield (
                boxes[0].slot.key,
                Finding(
                    code="C102",
                    severity=Severity.MUST if one else Severity.CHECK,
                    message="没有勾选任何一项",
                    path=path,
                    found="全部未勾选",
                    expected=f"勾选其中{'一项' if one else '已开展的各项'}：{options}",
                    remedy=_remedy(boxes),
                    clause=_CLAUSE,
                ),
            )
        if len(ticked) > 1 and row.choose == "one":
            yield (
                boxes[0].slot.key,
                Finding(
                    code="C103",
                    severity=Severity.MUST,
                    message="只能勾选一项，却勾选了多项",
                    path=path,
                    found="、".join(box.slot.text for box in ticked),
                    expected="只勾选一项",
                    remedy="请核对 cluster.yaml 里与这一栏有关的事实。",
                ),
            )


def _remedy(boxes: tuple[FilledSlot, ...]) -> str:
    names = dict.fromkeys(name for box in boxes if box.slot.box is not None for name in names_in(box.slot.box.when))
    return f"勾选由 cluster.yaml 里的事实推出，与这一栏有关的是：{'、'.join(names)}。"


def empty_targets(examined: Examined) -> Iterator[Located]:
    """C104: a cell of a target table holds nothing."""
    for table in examined.filled.tables:
        for row in (row for row in table.rows if not row.open):
            for head, cell in zip(table.columns, row.cells, strict=True):
                if cell.origin is Origin.ABSENT:
                    yield (
                        table.name,
                        Finding(
                            code="C104",
                            severity=Severity.MUST,
                            message="发展目标表有空格",
                            path=PATH_MARK.join((table.part, row.direction, row.indicator, head)),
                            found="空白",
                            expected="填写目标或“无”",
                            remedy=f"请在 cluster.yaml 的“规划”里补上“{row.direction} › {row.indicator}”的这一项。",
                            clause=_CLAUSE,
                        ),
                    )
