"""Standards: every criterion of the text that a form's applicants are judged by, held against the cluster's figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.checks.numbers import rounded, shown
from generator.checks.rule import Examined, Located
from generator.checks.standard_definition import Criterion, Measure, Wording, Years
from generator.cluster.model import Event
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.asking import inputs, names_asked
from generator.forms.conditions import counted, holds, leaves, matching_entries, names_in
from generator.forms.definition import Choice, EventHappened, FieldIs, RegisterHolds, Source
from generator.frozen import dataclass, replace
from generator.indicators import formula_of


@dataclass(frozen=True)
class Reading:
    """One figure that a criterion is judged by: what it is, of which year (None: all data years), its value if known."""

    name: str
    year: int | None
    value: Decimal | None


@dataclass(frozen=True)
class StandardResult:
    """A criterion judged.

    `value` is the figure that decides (of several years the worst), `line` what the text asks for, `margin` how far the value is on
    the good side of it (negative: short by so much); all None for a criterion that is no figure, or while a figure is missing.
    `met` is None where the data don't tell. `boundary` says that the value is on the line so exactly that the wording, another text,
    rounding or counting decides. `alternatives` are the other ways of meeting the criterion, each judged by itself.
    """

    criterion: Criterion
    measure: Measure | None
    readings: tuple[Reading, ...]
    value: Decimal | None
    line: Decimal | None
    margin: Decimal | None
    met: bool | None
    boundary: bool
    alternatives: tuple[StandardResult, ...] = ()


def judge(examined: Examined) -> tuple[StandardResult, ...]:
    """Return every criterion of the form's standard judged, in the order of the text; nothing where the form names no standard."""
    standard = examined.references.standard
    return () if standard is None else tuple(_judged(criterion, examined) for criterion in standard.criteria)


def _judged(criterion: Criterion, examined: Examined) -> StandardResult:
    if criterion.holds is not None:
        answer = holds(criterion.holds, examined.cluster, examined.filled.form)
        at_line = criterion.at_line
        edge = at_line is not None and holds(at_line, examined.cluster, examined.filled.form) is True
        return StandardResult(criterion, None, (), None, None, None, answer, edge)
    results = [_measured(criterion, measure, examined) for measure in criterion.measures]
    clear = [result for result in results if result.met and not result.boundary]
    met = [result for result in results if result.met]
    unknown = [result for result in results if result.met is None]
    chosen = (*clear, *met, *unknown, *results)[0]
    return replace(chosen, alternatives=tuple(result for result in results if result is not chosen))


def _measured(criterion: Criterion, measure: Measure, examined: Examined) -> StandardResult:
    readings = tuple(_readings(measure, examined))
    if measure.wording is Wording.FALLING:
        return _falling(criterion, measure, readings)
    known = [reading.value for reading in readings if reading.value is not None]
    judged = _deciding(measure, known)
    complete = len(known) == len(readings)
    if judged is None:
        return StandardResult(criterion, measure, readings, None, measure.value, None, None, False)
    margin, reached = measure.margin(judged), measure.reached(judged)
    adds_up = bool(measure.sum) or measure.years is Years.TOTAL
    if not complete and not (adds_up and reached):
        met = False if not adds_up and not reached else None
        return StandardResult(criterion, measure, readings, judged, measure.value, margin, met, False)
    edge = on_the_edge(criterion, measure, judged, reached)
    if measure.overlapping and reached and max(known) < measure.value:
        edge = True
    return StandardResult(criterion, measure, readings, judged, measure.value, margin, reached, edge)


def _deciding(measure: Measure, known: list[Decimal]) -> Decimal | None:
    if not known:
        return None
    if measure.sum or measure.years is Years.TOTAL:
        return sum(known, Decimal(0))
    return max(known) if measure.at_most else min(known)


def on_the_edge(criterion: Criterion, measure: Measure, value: Decimal, reached: bool) -> bool:
    """Whether the wording of another text, or rounding to two decimals, decides about `value`."""
    if rounded(value) != measure.value:
        return False
    differs = any(other.wording.holds_line != measure.wording.holds_line for other in criterion.elsewhere)
    return differs or measure.wording.holds_line != reached


def _falling(criterion: Criterion, measure: Measure, readings: tuple[Reading, ...]) -> StandardResult:
    """The value is the smallest fall from one year to the next; it has to be more than nothing."""
    values = [reading.value for reading in readings]
    falls = [before - after for before, after in pairwise(values) if before is not None and after is not None]
    least = min(falls) if falls else None
    met: bool | None = None
    if least is not None and (least <= 0 or None not in values):
        met = least > 0
    edge = bool(met) and any(
        before is not None and after is not None and rounded(before) == rounded(after)
        for before, after in pairwise(values)
    )
    return StandardResult(criterion, measure, readings, least, Decimal(0), least, met, edge)


def _readings(measure: Measure, examined: Examined) -> Iterator[Reading]:
    years = examined.filled.form.years
    if measure.count:
        entries = matching_entries(examined.cluster, measure.count, {}, examined.filled.form)
        yield Reading(measure.count, None, None if entries is None else Decimal(len(entries)))
        return
    of_years = (years.base,) if measure.years is Years.LAST else years.data
    for name in measure.sum or (field_of(measure.field, examined),):
        field = examined.catalogue.fields.get(name)
        for year in of_years if field is None or field.by_year else of_years[-1:]:
            yield Reading(name, year if field is None or field.by_year else None, examined.number(name, year))


def field_of(source: Source, examined: Examined) -> str:
    """Return the field that `source` names; of several by 口径 the declared one, the first while nothing is declared."""
    if not isinstance(source, Choice):
        return source
    declared = examined.cluster.value(source.field, form=examined.filled.form.id)
    chosen = source.sources.get(declared.text) if declared is not None else None
    return chosen or next(iter(source.sources.values()))


def standards_not_met(examined: Examined) -> Iterator[Located]:
    """C801: a criterion is not met. C802: the data don't tell. C803: exactly on a line that texts word differently.

    What the form itself asks for is told to be missing there; C802 tells of the rest.
    """
    asked = {name for filled in examined.filled.slots for name in names_asked(filled.slot)}
    asked |= {name for name, _ in examined.figures}
    for result in judge(examined):
        if result.boundary:
            yield _located(result, examined, "C803", Severity.CHECK)
        elif result.met is None and not asked & {*_missing(result, examined)}:
            yield _located(result, examined, "C802", Severity.NOTE)
        elif result.met is False:
            severity = Severity.NOTE if result.criterion.general else Severity.CHECK
            yield _located(result, examined, "C801", severity)


def _missing(result: StandardResult, examined: Examined) -> Iterator[str]:
    """The names whose values a criterion lacks, and those that these would follow from; of a condition all that it speaks of."""
    yield from names_in(result.criterion.holds)
    for reading in result.readings:
        if reading.value is None:
            yield reading.name
            formula = formula_of(reading.name)
            wanted = inputs(formula, reading.year) if formula is not None and reading.year is not None else ()
            yield from (name for name, year in wanted if examined.number(name, year) is None)


_MESSAGES = {
    "C801": "没有达到认定标准",
    "C802": "资料不全，看不出是否达到认定标准",
    "C803": "正好在线上，各处的说法不同",
}


def _located(result: StandardResult, examined: Examined, code: str, severity: Severity) -> Located:
    standard = examined.references.standard
    assert standard is not None
    key, path = _place(result, examined)
    names = dict.fromkeys(reading.name for reading in result.readings if reading.value is None)
    finding = Finding(
        code=code,
        severity=severity,
        message=_MESSAGES[code],
        path=path,
        position=_position(result, examined),
        found=_found(result, examined),
        expected=_expected(result),
        remedy=_remedy(result, code, examined, "、".join(names)),
        clause=f"{standard.title}：{result.criterion.clause}",
    )
    return key, finding


def _place(result: StandardResult, examined: Examined) -> tuple[str, str]:
    for reading in result.readings:
        year = reading.year or examined.filled.form.years.base
        filled = examined.figures.get((reading.name, year))
        if filled is not None:
            return filled.slot.key, examined.figure_path(reading.name, year)
    return "", PATH_MARK.join(("认定标准", result.criterion.aspect))


def _position(result: StandardResult, examined: Examined) -> Position | None:
    positions = [examined.position(reading.name, reading.year) for reading in result.readings]
    for leaf in leaves(result.criterion.holds) if result.met is False else ():
        match leaf:
            case FieldIs():
                positions.append(examined.position(leaf.field, None))
            case EventHappened():
                positions += [event.position for event in _grave(leaf, examined)]
    return next((position for position in positions if position is not None), None)


def _grave(leaf: EventHappened, examined: Examined) -> Iterator[Event]:
    asked = counted(examined.cluster.events or (), leaf, examined.filled.form)
    return (event for event, grave in asked if grave)


def _unmet(result: StandardResult, examined: Examined) -> str:
    """What is said, or not said, of all that a condition asks for which does not hold."""
    cluster, words = examined.cluster, dict[str, None]()
    for leaf in leaves(result.criterion.holds):
        match leaf:
            case FieldIs() if (given := cluster.value(leaf.field, form=examined.filled.form.id)) is not None:
                words[f"“{leaf.field}”是“{given.text}”"] = None
            case EventHappened():
                words |= {f"有{event.date} {event.grade}{event.kind}": None for event in _grave(leaf, examined)}
            case str() if leaf not in (cluster.facts or ()):
                words[f"“工作”里没有“{leaf}”"] = None
            case RegisterHolds() if not cluster.registers.get(leaf.register_name):
                words[f"“名录”里没有“{leaf.register_name}”"] = None
    return "，".join(words)


def _found(result: StandardResult, examined: Examined) -> str:
    if result.measure is None:
        unmet = _unmet(result, examined) if result.met is False else ""
        return "正好达到，不高于" if result.boundary else unmet or "不符合" if result.met is False else "没有说明"
    ways = (result, *(result.alternatives if result.met is False else ()))
    return "；或者：".join(_of_figures(way) for way in ways)


def _of_figures(result: StandardResult) -> str:
    """The figures of one way to meet a criterion, and how far they fall short."""
    assert result.measure is not None, "ways that are alternatives are told in figures"
    unit = result.measure.unit
    told = [
        f"{reading.name}{f'（{reading.year}年）' if reading.year else ''}"
        + ("空缺" if reading.value is None else shown(reading.value, unit))
        for reading in result.readings
    ]
    words = "，".join(told)
    if result.margin is not None and result.margin < 0:
        words += f"；差{shown(-result.margin, unit)}" if rounded(result.margin) else f"；差不到0.01{unit}"
    return words


def _expected(result: StandardResult) -> str:
    ways = (result, *(result.alternatives if result.met is False else ()))
    return "，或者".join(_line_of(way.measure) for way in ways)


def _line_of(measure: Measure | None) -> str:
    if measure is None:
        return "符合“依据”所写的要求"
    if measure.wording is Wording.FALLING:
        return "逐年下降"
    if measure.wording is Wording.OR_MORE:
        return f"{measure.line}（包括{shown(measure.value, measure.unit)}）"
    return measure.line


def _remedy(result: StandardResult, code: str, examined: Examined, missing: str) -> str:
    if code == "C802":
        return f"请补上：{missing}。" if missing else "请在 cluster.yaml 的“工作”“事件”或“概况”里写明有关的事实。"
    if code == "C803":
        others = "；".join(f"{other.text}说“{other.wording.value}”" for other in result.criterion.elsewhere)
        if result.measure is not None and result.measure.overlapping:
            others = "各类企业可能重复计数，请核对去重之后的家数"
        return (others or "取两位小数后正好在线上，请核对原始数") + "。拿不准的，请向受理部门问明。"
    return f"请核对数据；确实没有达到的，申报前请与受理部门沟通。{relaxed_note(examined)}"


def relaxed_note(examined: Examined) -> str:
    """Return what is to be said to applicants of a place where the standard's lines may be relaxed; empty elsewhere."""
    standard, province = examined.references.standard, examined.cluster.value("省")
    relaxed = standard.relaxed if standard is not None else None
    return relaxed.note if relaxed is not None and province is not None and province.text in relaxed.places else ""
