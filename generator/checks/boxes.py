"""Rows of boxes: one ticked at least, and one only where one is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.completeness import CLAUSE
from generator.checks.rule import Examined, Located
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.conditions import Leaf, counted, leaves
from generator.forms.definition import BoxesRow, EventHappened, FieldIs, RegisterHolds
from generator.forms.filled import FilledSlot

_FACTS, _EVENTS, _REGISTERS = ("工作",), ("事件",), "名录"
Path = tuple[str, ...]
Row = tuple[BoxesRow, tuple[FilledSlot, ...]]


def unticked_rows(examined: Examined) -> Iterator[Located]:
    """C102: a required row of boxes with none ticked.

    Nothing is said of a row that hangs on what reading refused already.
    Where the reason is that a whole list (工作, 事件) or a field is not written, that is told once for all rows that hang on it.
    """
    empty = [row for row in _rows(examined) if row[0].required and not any(box.ticked for box in row[1])]
    rows = [row for row in empty if not _refused(examined, row[1])]
    unwritten = [_unwritten(examined, boxes) for _, boxes in rows]
    firm = {place for (row, _), places in zip(rows, unwritten, strict=True) if row.choose == "one" for place in places}
    told: set[Path] = set()
    for (row, boxes), places in zip(rows, unwritten, strict=True):
        if places is None or (places and told.issuperset(places)):
            continue
        told.update(places)
        must = row.choose == "one" or any(place in firm for place in places)
        yield boxes[0].slot.key, _unticked(examined, row, boxes, places, Severity.MUST if must else Severity.CHECK)


def overticked_rows(examined: Examined) -> Iterator[Located]:
    """C103: a row of boxes with several ticked where one is asked."""
    for row, boxes in _rows(examined):
        ticked = [box for box in boxes if box.ticked]
        if len(ticked) > 1 and row.choose == "one":
            yield (
                boxes[0].slot.key,
                Finding(
                    code="C103",
                    severity=Severity.MUST,
                    message="只能勾选一项，却勾选了多项",
                    path=PATH_MARK.join(boxes[0].slot.path[:-1]),
                    position=_position(examined, boxes),
                    found="、".join(box.slot.text for box in ticked),
                    expected="只勾选一项",
                    remedy=f"请核对与这一栏有关的各项：{'、'.join(_asked_in_words(examined, boxes))}。",
                ),
            )


def _rows(examined: Examined) -> Iterator[Row]:
    for boxes in examined.filled.boxes():
        row = boxes[0].slot.row
        if isinstance(row, BoxesRow):
            yield row, boxes


def _unticked(
    examined: Examined, row: BoxesRow, boxes: tuple[FilledSlot, ...], places: Sequence[Path], severity: Severity
) -> Finding:
    options = "、".join(box.slot.text for box in boxes)
    return Finding(
        code="C102",
        severity=severity,
        message="没有勾选任何一项",
        path=PATH_MARK.join(boxes[0].slot.path[:-1]),
        position=examined.cluster.nearest(places[0]) if places else _position(examined, boxes),
        found="全部未勾选",
        expected=f"勾选其中{'一项' if row.choose == 'one' else '已开展的各项'}：{options}",
        remedy=_remedy(examined, boxes, places),
        clause=CLAUSE,
    )


def _asked(boxes: Sequence[FilledSlot]) -> tuple[Leaf, ...]:
    return tuple(leaf for box in boxes if box.slot.box is not None for leaf in leaves(box.slot.box.when))


def _unwritten(examined: Examined, boxes: Sequence[FilledSlot]) -> tuple[Path, ...]:
    """The paths in cluster.yaml at which nothing is written, so that the boxes can't be told."""
    cluster, form = examined.cluster, examined.filled.form.id
    listed = {filled.slot.source for filled in examined.filled.slots if filled.slot.kind is SlotKind.NAMES}
    places: dict[Path, None] = {}
    for leaf in _asked(boxes):
        match leaf:
            case str() if cluster.facts is None:
                places[_FACTS] = None
            case EventHappened() if cluster.events is None:
                places[_EVENTS] = None
            case FieldIs() if cluster.value(leaf.field, form=form) is None:
                places[cluster.place(leaf.field, form=form)] = None
            case RegisterHolds() if leaf.register_name not in {*cluster.registers, *listed}:
                places[_REGISTERS, leaf.register_name] = None
    return tuple(places)


def _refused(examined: Examined, boxes: Sequence[FilledSlot]) -> bool:
    """Whether something that the boxes hang on was written and refused in reading: that has its finding already."""
    cluster = examined.cluster
    for leaf in _asked(boxes):
        match leaf:
            case str() if _FACTS in cluster.unread:
                return True
            case EventHappened() if cluster.refuses(*_EVENTS):
                return True
            case FieldIs() if (leaf.field, None) in cluster.refused:
                return True
            case RegisterHolds():
                register = examined.catalogue.registers.get(leaf.register_name)
                if cluster.misses(_REGISTERS, leaf.register_name) or (register and cluster.misses(register.sheet)):
                    return True
    return False


def _remedy(examined: Examined, boxes: Sequence[FilledSlot], places: Sequence[Path]) -> str:
    if not places:
        doubtful = _ungraded(examined, boxes)
        if doubtful:
            return f"“事件”里{doubtful}没有写等级，请补上“等级: …”。"
        return f"勾选由 cluster.yaml 推出，与这一栏有关的是：{'、'.join(_asked_in_words(examined, boxes))}。"
    written: dict[Path, str] = {
        _FACTS: "写明“工作”：做过的各项逐项写上（去掉行首的 #），一项也没有的写“工作: []”",
        _EVENTS: "写明“事件”：没有发生的写“事件: []”，发生过的逐件写明",
    }
    steps = [written.get(place) or _choice(boxes, place) for place in places]
    return f"请在 cluster.yaml 里{'；'.join(steps)}。"


def _choice(boxes: Sequence[FilledSlot], place: Path) -> str:
    if place[0] == _REGISTERS:
        return f"写“{PATH_MARK.join(place)}”，一个也没有就写“{place[-1]}: []”"
    values = dict.fromkeys(v for leaf in _asked(boxes) if isinstance(leaf, FieldIs) for v in leaf.values)
    return f"填写“{PATH_MARK.join(place)}”，可写：{'、'.join(values)}"


def _ungraded(examined: Examined, boxes: Sequence[FilledSlot]) -> str:
    """The events, in words, whose grade is not given and would decide."""
    asked = [leaf for leaf in _asked(boxes) if isinstance(leaf, EventHappened)]
    events, form = examined.cluster.events or (), examined.filled.form
    unknown = dict.fromkeys(event for leaf in asked for event, grave in counted(events, leaf, form) if grave is None)
    return "、".join(f"{event.date} {event.kind}" for event in unknown)


def _asked_in_words(examined: Examined, boxes: Sequence[FilledSlot]) -> tuple[str, ...]:
    """What the boxes hang on, each with its place in cluster.yaml, in order."""
    words: dict[str, None] = {}
    for leaf in _asked(boxes):
        match leaf:
            case str():
                words[f"“工作”里的“{leaf}”"] = None
            case EventHappened():
                words["“事件”"] = None
            case FieldIs():
                place = examined.cluster.place(leaf.field, form=examined.filled.form.id)
                words[f"“{PATH_MARK.join(place)}”"] = None
            case RegisterHolds():
                words[f"“{_REGISTERS}{PATH_MARK}{leaf.register_name}”"] = None
    return tuple(words)


def _position(examined: Examined, boxes: Sequence[FilledSlot]) -> Position:
    """Where the first thing that the boxes hang on is written."""
    cluster, form = examined.cluster, examined.filled.form.id
    for leaf in _asked(boxes):
        match leaf:
            case EventHappened():
                return cluster.nearest(_EVENTS)
            case FieldIs():
                return cluster.nearest(cluster.place(leaf.field, form=form))
            case RegisterHolds():
                return cluster.nearest((_REGISTERS, leaf.register_name))
    return cluster.nearest(_FACTS)
