"""勾选需提供佐证材料: every tick that owes evidence has some, and evidence proves something that is claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.rule import Examined, Located, path_of
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.conditions import counted, leaves, names_in
from generator.forms.definition import DownRow, EventHappened
from generator.forms.filled import FilledSlot, Origin
from generator.indicators import formula_of
from generator.lists.demands import sentence_that_asks
from generator.lists.figures import says_nothing

_EVIDENCE = "佐证材料"


def ticks_without_evidence(examined: Examined) -> Iterator[Located]:
    """C401: a ticked box owes evidence and none is given."""
    if examined.evidence_unread:
        return
    proofs = examined.proofs()
    for filled in examined.filled.slots:
        slot = filled.slot
        if not filled.ticked or slot.box is None or slot.row is None:
            continue
        if _EVIDENCE not in (*slot.box.owes, *slot.row.owes):
            continue
        names = names_in(slot.box.when)
        claimed = [name for name in names if name in (examined.cluster.facts or ())]
        if not any(proofs.get(name) or name in examined.cluster.unread_proofs for name in names):
            facts = examined.cluster.facts or {}
            position = facts[claimed[0]].position if claimed else None
            yield slot.key, _missing(filled, claimed or list(names), "勾选需提供佐证材料", position)


def figures_without_evidence(examined: Examined) -> Iterator[Located]:
    """C402: a figure or list that the form wants proved, on its row or in its notes, has no evidence.

    A list that serves several rows is told of once.
    """
    if examined.evidence_unread:
        return
    proofs, demanded = examined.proofs(), _demanded(examined)
    told = set(examined.cluster.unread_proofs)
    for filled in examined.filled.slots:
        slot = filled.slot
        if slot.kind not in {SlotKind.NUMBER, SlotKind.VALUE} or slot.row is None or filled.origin is Origin.ABSENT:
            continue
        clause = (
            "需提供清单及佐证材料" if _EVIDENCE in (*slot.row.owes, *slot.group_owes) else demanded.get(slot.source)
        )
        if clause is None or says_nothing(filled.printed.strip()):
            continue
        if not proofs.get(slot.source) and slot.source not in told:
            told.add(slot.source)
            yield slot.key, _missing(filled, [slot.source], clause, filled.position)


def _demanded(examined: Examined) -> Mapping[str, str]:
    """What the notes of the form want proved though its rows say nothing of it, each with the sentence."""
    asked = examined.references.lists.proofs.items()
    sentences = {name: sentence_that_asks(examined.filled.form, words) for name, words in asked}
    return {name: sentence for name, sentence in sentences.items() if sentence}


def _missing(filled: FilledSlot, names: list[str], clause: str, position: Position | None) -> Finding:
    proved = "、".join(names)
    return Finding(
        code="C401" if filled.slot.kind is SlotKind.BOX else "C402",
        severity=Severity.MUST,
        message="需要佐证材料，但没有提供",
        path=path_of(filled),
        position=position,
        found="“佐证材料”中没有一项证明它",
        expected=f"至少一项佐证材料的“证明”里写有：{proved}",
        remedy=f"在 cluster.yaml 的“佐证材料”里加一项，“证明”写“{names[0]}”，“文件”写材料的文件名。",
        clause=clause,
    )


def evidence_without_claim(examined: Examined) -> Iterator[Located]:
    """C403: an item of evidence proves a fact that the cluster does not claim. While nothing at all is said of facts, C102 tells."""
    if examined.cluster.facts is None:
        return
    known = set(examined.cluster.facts)
    asked = {
        name
        for filled in examined.filled.slots
        if filled.slot.box is not None
        for name in leaves(filled.slot.box.when)
        if isinstance(name, str)
    }
    for item in examined.cluster.evidence:
        surplus = [name for name in item.proves if name in asked - known]
        if surplus:
            yield (
                "",
                Finding(
                    code="C403",
                    severity=Severity.CHECK,
                    message="佐证材料所证明的事实没有写进“工作”",
                    path=PATH_MARK.join((_EVIDENCE, item.name)),
                    position=item.position,
                    found="、".join(surplus),
                    expected="“工作”里写有这些事实，相应的框才会勾选",
                    remedy="确有其事就补进“工作”；否则从“证明”里删去。",
                ),
            )


def owed_formulas(examined: Examined) -> Iterator[Located]:
    """C404: the form wants to be told how a figure was calculated, and nothing tells."""
    seen: set[str] = set()
    for filled in examined.filled.slots:
        row = filled.slot.row
        if not isinstance(row, DownRow) or not row.formula or row.formula in seen or filled.origin is Origin.ABSENT:
            continue
        if says_nothing(filled.printed.strip()):
            continue
        seen.add(row.formula)
        refused = (row.formula, None) in examined.cluster.refused
        if examined.cluster.value(row.formula, form=examined.filled.form.id) is None and not refused:
            yield (
                filled.slot.key,
                Finding(
                    code="C404",
                    severity=Severity.MUST,
                    message="需提供计算公式",
                    path=PATH_MARK.join(filled.slot.path[:-1]),
                    position=examined.cluster.nearest(examined.cluster.place(row.formula)),
                    found="没有写计算公式",
                    expected="写明怎样算出这个数",
                    remedy=f"在 cluster.yaml 的“概况”里填写“{row.formula}”{_as_derived(row.down)}。",
                    clause=row.note,
                ),
            )


def _as_derived(name: str) -> str:
    """How the formula may read, by the one that the figure is derived with."""
    formula = formula_of(name)
    return f"，如 {name}＝{formula.words}" if formula else ""


def owed_statements(examined: Examined) -> Iterator[Located]:
    """C405: a 是 that owes a 情况说明 has none."""
    for filled in examined.filled.slots:
        box = filled.slot.box
        if not filled.ticked or box is None or "情况说明" not in box.owes:
            continue
        events, form = examined.cluster.events or (), examined.filled.form
        asked = [leaf for leaf in leaves(box.when) if isinstance(leaf, EventHappened)]
        grave = [event for leaf in asked for event, counts in counted(events, leaf, form) if counts]
        for event in (event for event in grave if not event.statement):
            yield (
                filled.slot.key,
                Finding(
                    code="C405",
                    severity=Severity.MUST,
                    message="勾选“是”需附情况说明",
                    path=path_of(filled),
                    position=event.position,
                    found=f"{event.date} {event.kind}没有情况说明",
                    expected="写明经过、处理和整改情况",
                    remedy="在“事件”的这一条里填写“情况说明”。",
                    clause=filled.slot.text,
                ),
            )
