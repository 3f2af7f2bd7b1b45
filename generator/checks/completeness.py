"""各必填栏目不得空缺，无相关情况时应填写“无”: each missing thing is told once, where it is to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.checks.gaps import Gap, Gaps, Place
from generator.checks.missing import Needs, empty_of, needs_of
from generator.checks.rule import PATH_MARK, Examined, Located, path_of
from generator.cluster.catalogue import ACTUALS
from generator.findings import Finding, Position, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.filled import FilledSlot
from generator.indicators import totals_of

CLAUSE = "填报说明2：各必填栏目不得空缺，无相关情况时应填写“无”。"


def empty_slots(examined: Examined) -> Iterator[Located]:
    """C101: a required slot holds nothing.

    Told once for each thing that is missing, at the first place that wants it: not again where the same value stands a
    second time, nor where a figure only follows from one that is told, or from a column that is, nor for what reading the file
    refused already.
    """
    empty = [(filled, needs_of(examined, filled)) for filled in empty_of(examined)]
    gaps = Gaps(examined)
    lacking: dict[Place, Place | Gap] = {
        place: gaps.behind(place) or place for _, needs in empty for place in needs.places
    }
    own = {lacking[place] for _, needs in empty if not needs.derived for place in needs.places}
    told: dict[Place | Gap, int] = {}
    reports: list[tuple[FilledSlot, Needs, Place]] = []
    silent: list[Needs] = []
    for filled, needs in empty:
        known = own | told.keys() if needs.derived else told.keys()
        fresh = [place for place in needs.places if lacking[place] not in known]
        if fresh or not (needs.places or needs.refused):
            told |= {lacking[place]: len(reports) for place in fresh}
            reports.append((filled, needs, (fresh or needs.own)[0]))
        else:
            silent.append(needs)
    first = (lacking[needs.places[0]] for needs in silent if needs.places)
    following = Counter(told[what] for what in first if what in told)
    for number, (filled, needs, place) in enumerate(reports):
        gap = lacking.get(place)
        if isinstance(gap, Gap):
            behind = (each for each, what in lacking.items() if what == gap)
            remedy, position = gaps.remedy(gap, behind), gaps.position(gap)
        else:
            remedy = _remedy(examined, filled, needs) + _by_register(examined, needs)
            position = examined.cluster.nearest(place)
        also = f"补上后，另有{following[number]}栏随之填出。" if following[number] else ""
        yield filled.slot.key, _empty(filled, position, remedy + also)


def _empty(filled: FilledSlot, position: Position, remedy: str) -> Finding:
    return Finding(
        code="C101",
        severity=Severity.MUST,
        message="必填栏目空缺",
        path=path_of(filled),
        position=position,
        found="空白",
        expected="填写内容，或“无”",
        remedy=remedy,
        clause=CLAUSE,
    )


def _by_register(examined: Examined, needs: Needs) -> str:
    """How the first figure that is needed would follow from a register that is there; empty where none is, or can give it."""
    name = next((place[1] for place in needs.places if place[0] == ACTUALS), "")
    total = next((each for each in totals_of(name) if examined.cluster.registers.get(each.register)), None)
    return f"也可以填全“{total.register}”名录，由它推算：{total.words}。" if total is not None else ""


def _remedy(examined: Examined, filled: FilledSlot, needs: Needs) -> str:
    places = "、".join(f"“{PATH_MARK.join(place)}”" for place in needs.places)
    own = f"“{PATH_MARK.join(needs.own[0])}”" if needs.own else ""
    match filled.slot.kind:
        case SlotKind.PROSE:
            return f"请在 cluster.yaml 里写{places}一节。"
        case SlotKind.NUMBER | SlotKind.NAMES:
            return f"请在 cluster.yaml 的{places}里逐个列出；一个也没有就写“{filled.slot.source}: []”。"
        case SlotKind.COMPOSED:
            return f"请在 cluster.yaml 里填写{places}，这一栏由它们组成。"
        case _ if needs.derived and needs.places:
            return f"请在 cluster.yaml 里填写{places}，由本工具推算；或者直接填写{own}，确无此项写“无”。"
        case _ if needs.derived:
            return f"所依据的数是“无”或0，推算不出。请在 cluster.yaml 里直接填写{own}，确无此项写“无”。"
        case _:
            field = examined.cluster.fields.get(needs.places[0][-1])
            choices = "、".join(field.choices) if field is not None else ""
            return f"请在 cluster.yaml 里填写{places}" + (f"，可写：{choices}。" if choices else "；确无此项写“无”。")
