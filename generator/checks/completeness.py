"""各必填栏目不得空缺，无相关情况时应填写“无”: each missing thing is told once, where it is to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.checks.gaps import Gap, Gaps, Place
from generator.checks.missing import Needs, empty_of, may_be_nothing, needs_of
from generator.checks.rule import Examined, Located, path_of
from generator.cluster.catalogue import ACTUALS
from generator.cluster.values import NIL
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.asking import pattern_names
from generator.forms.filled import FilledSlot
from generator.forms.places import OPTIONAL_PLACES, SHORT_PLACES
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
    reports = _told_once(empty, lacking)
    rows: dict[tuple[str, ...], list[tuple[FilledSlot, Position, str]]] = {}
    follows: Counter[tuple[str, ...]] = Counter()
    for filled, needs, place, following in reports:
        gap = lacking.get(place)
        if isinstance(gap, Gap):
            behind = (each for each, what in lacking.items() if what == gap)
            remedy, position = gaps.remedy(gap, behind), gaps.position(gap)
        else:
            remedy = _remedy(examined, filled, needs) + _by_register(examined, needs)
            position = examined.cluster.nearest(place)
        row = _row(filled, remedy)
        rows.setdefault(row, []).append((filled, position, remedy))
        follows[row] += following
    for row, members in rows.items():
        also = (
            f"{'补上' if len(members) == 1 else '各年补上'}后，另有{follows[row]}栏随之填出。" if follows[row] else ""
        )
        for filled, position, remedy in members:
            yield filled.slot.key, _empty(filled, position, _expected(examined, filled), remedy + also)


def nothing_of_what_is_always_there(examined: Examined) -> Iterator[Located]:
    """C111: 无 stands where no cluster has nothing: a name, a telephone number, a date, or a figure marked so in the catalogue."""
    cluster, form, fields = examined.cluster, examined.filled.form, examined.catalogue.fields
    own = cluster.submissions[form.id].values if form.id in cluster.submissions else {}
    given = {(name, None): value for name, value in {**cluster.values, **own}.items()} | {**cluster.actuals}
    wrong = {
        (name, year): value
        for (name, year), value in given.items()
        if value.value is NIL and name in fields and name not in OPTIONAL_PLACES and not may_be_nothing(fields[name])
    }
    if not wrong:
        return
    places: dict[tuple[str, int | None], FilledSlot] = {}
    for filled in examined.filled.slots:
        if filled.slot.kind in {SlotKind.VALUE, SlotKind.COMPOSED} and not filled.slot.filler:
            composed = filled.slot.kind is SlotKind.COMPOSED
            for name in pattern_names(filled.slot.source) if composed else (_field_of(filled),):
                places.setdefault((name, None), filled)
    places |= {key: filled for key, filled in examined.figures.items() if key not in places}
    for (name, year), filled in places.items():
        value = wrong.get((name, year))
        if value is not None:
            path = path_of(filled) if year is None else examined.figure_path(name, year)
            place = cluster.place(name, year, form.id)
            yield filled.slot.key, _wrongly_nothing(path, value.position, place)


def _wrongly_nothing(path: str, position: Position, place: Place) -> Finding:
    return Finding(
        code="C111",
        severity=Severity.CHECK,
        message="写了“无”，而这一项哪个集群都有",
        path=path,
        position=position,
        found=NIL.value,
        expected="填写内容",
        remedy=f"请填写{_in_words([place])}；还不知道的留空，不写“无”。",
        clause=CLAUSE,
    )


def _field_of(filled: FilledSlot) -> str:
    """The catalogue field that a slot is filled from."""
    return SHORT_PLACES.get(filled.slot.source, filled.slot.source)


def _told_once(
    empty: Sequence[tuple[FilledSlot, Needs]], lacking: Mapping[Place, Place | Gap]
) -> list[tuple[FilledSlot, Needs, Place, int]]:
    """Return those of the `empty` slots that are told: each with the place to point at, and how many others follow from it."""
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
    return [(*report, following[number]) for number, report in enumerate(reports)]


def _row(filled: FilledSlot, remedy: str) -> tuple[str, ...]:
    """What the years of one row have in common that lack the same: all of them are told how many places follow in all."""
    year = f"{filled.slot.year}年"
    return (*(step for step in filled.slot.path if step != year), remedy.replace(year, ""))


def _empty(filled: FilledSlot, position: Position, expected: str, remedy: str) -> Finding:
    return Finding(
        code="C101",
        severity=Severity.MUST,
        message="必填栏目空缺",
        path=path_of(filled),
        position=position,
        found="空白",
        expected=expected,
        remedy=remedy,
        clause=CLAUSE,
    )


def _by_register(examined: Examined, needs: Needs) -> str:
    """How the first figure that is needed would follow from a register that is there; empty where none is, or can give it."""
    name = next((place[1] for place in needs.places if place[0] == ACTUALS), "")
    total = next((each for each in totals_of(name) if examined.cluster.registers.get(each.register)), None)
    return f"也可以填全“{total.register}”名录，由它推算：{total.words}。" if total is not None else ""


def _expected(examined: Examined, filled: FilledSlot) -> str:
    return "填写内容" + ("，或“无”" if _may_be_nothing(examined, filled) else "")


def _may_be_nothing(examined: Examined, filled: FilledSlot) -> bool:
    """Whether 无 may stand in an empty place: an empty register may, of fields what a cluster may lack, no plan nor name."""
    match filled.slot.kind:
        case SlotKind.NUMBER | SlotKind.NAMES:
            return True
        case SlotKind.PROSE | SlotKind.COMPOSED:
            return False
        case _:
            field = examined.catalogue.fields.get(_field_of(filled))
            return field is not None and may_be_nothing(field)


def _in_words(places: Sequence[Place]) -> str:
    """Return `places` in words, figures of one year together: “实绩”中2024年的“集群总产值”、“县域产值”."""
    figures: dict[str, list[str]] = {}
    named: list[str] = []
    for place in places:
        if place[0] == ACTUALS and place[-1].endswith("年"):
            figures.setdefault(place[-1], []).append(place[1])
        else:
            named.append(f"“{PATH_MARK.join(place)}”")
    years = [f"{year}的" + "、".join(f"“{name}”" for name in names) for year, names in figures.items()]
    return "、".join(named + ([f"“{ACTUALS}”中" + "、".join(years)] if years else []))


def _remedy(examined: Examined, filled: FilledSlot, needs: Needs) -> str:
    places = _in_words(needs.places)
    own = "、".join(f"“{place[1]}”" if place[0] == ACTUALS else _in_words([place]) for place in needs.own[:1])
    nothing = "，确无此项写“无”" if _may_be_nothing(examined, filled) else ""
    match filled.slot.kind:
        case SlotKind.PROSE:
            return f"请在 cluster.yaml 里写{places}一节。"
        case SlotKind.NUMBER | SlotKind.NAMES:
            return f"请在 cluster.yaml 的{places}里逐个列出；一个也没有就写“{filled.slot.source}: []”。"
        case SlotKind.COMPOSED:
            return f"请在 cluster.yaml 里填写{places}，这一栏由它们组成。"
        case _ if needs.derived and needs.places:
            return f"请在 cluster.yaml 里填写{places}，由本工具推算；或者直接填写{own}{nothing}。"
        case _ if needs.derived:
            return f"所依据的数是“无”或0，推算不出。请在 cluster.yaml 里直接填写{_in_words(needs.own[:1])}{nothing}。"
        case _:
            field = examined.cluster.fields.get(needs.places[0][-1])
            choices = "、".join(field.choices) if field is not None else ""
            return f"请在 cluster.yaml 里填写{places}" + (f"，可写：{choices}。" if choices else f"{nothing}。")
