"""Prose against table: figures quoted in narratives and plan are held against those that the form prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cached_property

from generator.checks.claims import Claim, Rough, Says
from generator.checks.numbers import CASES, PER_OUTPUT, mean_growth, rounded
from generator.checks.reading import References
from generator.checks.rule import Examined, Located, path_of
from generator.checks.vocabulary import Word
from generator.cluster.catalogue import Catalogue, Field, Kind
from generator.cluster.model import Cluster
from generator.cluster.values import NIL
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.definition import Form, PlanBlock, PlanHeading, PlanMilestones, PlanProse, PlanTable
from generator.frozen import dataclass

_SINCE = "取得时间"
_OR = "、"
_MONEY = {"万元": Decimal(1), "亿元": Decimal(10000), "亿": Decimal(10000)}
_MEAN_INTERVALS = 2
_ABOUT = Decimal("0.1")


class _Period(Enum):
    """What a text speaks of: what was, what was reached of the plan before, one year of the plan, or what is to come."""

    PAST = "past"
    REACHED = "reached"
    MILESTONE = "milestone"
    FUTURE = "future"


@dataclass(frozen=True)
class _Text:
    """A text of the form: where it stands, what it says, and of which time; `year` is a milestone's."""

    key: str
    path: str
    text: str
    position: Position | None
    period: _Period
    year: int | None = None


@dataclass(frozen=True)
class _Expected:
    """A value that would make a claim true, and what it is, in words; `stated_none` where the file says 无 there."""

    words: str
    value: Decimal
    stated_none: bool = False


def stale_figures(examined: Examined) -> Iterator[Located]:
    """C911: a figure in the prose is not the form's. C904: the prose speaks of a year that the form does not."""
    vocabulary = examined.references.vocabulary
    if not vocabulary.words:
        return
    figures, reader = _Figures(examined), examined.references.reader
    for text in _texts(examined):
        for claim in reader.claims(text.text, of_the_cluster=text.period is _Period.MILESTONE):
            foreign = _foreign_year(claim, text, examined)
            if foreign is not None:
                yield text.key, foreign
            expected = tuple(figures.expected(claim, text))
            if expected and not any(_agrees(claim, one.value) for one in expected):
                yield text.key, _stale(claim, expected[0], text)


def read_prose(cluster: Cluster, form: Form, catalogue: Catalogue, references: References) -> None:
    """Read what the texts of `cluster` say of figures before any figure is known, so that `stale_figures` need not."""
    if not references.vocabulary.words:
        return
    periods, own = _periods(form), cluster.submissions.get(form.id)
    for heading, given in own.prose.items() if own is not None else ():
        if isinstance(given.value, str):
            milestone = heading in periods and periods[heading][0] is _Period.MILESTONE
            references.reader.claims(given.value, of_the_cluster=milestone)
    for _, text, _ in _narratives(cluster, form, catalogue):
        references.reader.claims(text)


def _stale(claim: Claim, expected: _Expected, text: _Text) -> Finding:
    value = f"{rounded(expected.value, max(claim.places, 2 if expected.value % 1 else 0)):f}{claim.unit}"
    if not expected.value:
        value = f"是“{NIL.value}”" if expected.stated_none else f"0{claim.unit}"
    return Finding(
        code="C911",
        severity=Severity.CHECK,
        message="文中的数与表上的数不一致",
        path=text.path,
        position=text.position,
        found=f"{claim.text}：“{_around(claim)}”",
        expected=f"{expected.words}{value}",
        remedy="请改正文字，或核对“实绩”“规划”里的数。",
    )


def _around(claim: Claim) -> str:
    """The sentence of a claim, a long one cut to what stands around the number."""
    at, room = claim.sentence.find(claim.text), 30
    start, end = max(0, at - room), at + len(claim.text) + room // 2
    cut = claim.sentence[start:end]
    return ("…" if start else "") + cut + ("…" if end < len(claim.sentence) else "")


def _foreign_year(claim: Claim, text: _Text, examined: Examined) -> Finding | None:
    years = examined.filled.form.years
    last = max((*years.target, *years.milestones, years.base))
    known = {*range(years.data[0] - 1, last + 1)}
    if years.previous is not None:
        known |= {years.previous.base, years.previous.target}
    said = claim.since if claim.says is Says.CHANGE else claim.year if claim.exact else None
    if said is None or said in known or text.period is not _Period.PAST:
        return None
    return Finding(
        code="C904",
        severity=Severity.NOTE,
        message="文中说的是表外年份的数",
        path=text.path,
        position=text.position,
        found=f"{said}年：“{_around(claim)}”",
        expected=f"数据年度{years.data[0]}—{years.data[-1]}年",
        remedy="请核对是不是上一次申报留下的文字；确实要写的可以保留。",
    )


def _agrees(claim: Claim, value: Decimal) -> bool:
    """Whether `value` (in the claim's unit) is the number claimed, rounded as far as it is written, on paper or exactly.

    A number that is only said roughly has to be reached (超过), or missed by no more than a tenth (约).
    """
    if claim.rough is Rough.LEAST:
        return rounded(value) >= claim.number or rounded(value, claim.places) >= claim.number
    if claim.rough is Rough.ABOUT:
        return abs(value - claim.number) <= claim.number * _ABOUT
    return claim.number in {rounded(value, claim.places), rounded(rounded(value), claim.places)}


@dataclass(frozen=True)
class _Figures:
    """Looks up what claims speak of."""

    examined: Examined

    def expected(self, claim: Claim, text: _Text) -> Iterator[_Expected]:
        """Yield the values that would make `claim` true, the likeliest first; nothing where it can't be told."""
        for words, value, unit in self._candidates(claim, text):
            converted = _in_unit(value, unit, claim.unit)
            if converted is not None:
                yield _Expected(words, converted, words in self._stated_none)

    @cached_property
    def _stated_none(self) -> frozenset[str]:
        """The figures that are stated to be 无, as `_of_year` calls them."""
        given = self.examined.cluster.actuals.items()
        return frozenset(f"{year}年{name}" for (name, year), figure in given if figure.value is NIL)

    def _candidates(self, claim: Claim, text: _Text) -> Iterator[tuple[str, Decimal, str]]:
        match claim.says:
            case Says.VALUE | Says.SHARE | Says.FIRST:
                for word_field in self._fields(claim):
                    for year in self._years(claim, text):
                        yield from self._of_year(claim.word, word_field, year, text)
            case Says.SUM:
                yield from self._sum(claim, text)
            case Says.MEAN:
                yield from self._mean(claim, text)
            case Says.GROWTH:
                yield from self._growth(claim, text)
            case Says.CHANGE:
                yield from self._change(claim, text)
            case Says.BEYOND_TARGET:
                yield from self._beyond_target(claim)

    def _fields(self, claim: Claim) -> tuple[str, ...]:
        if claim.says is Says.SHARE or claim.of_share:
            return (claim.word.share,)
        fields = claim.word.fields or (claim.word.register_name,)
        said = [phrase for phrase in self.examined.references.vocabulary.three_years if phrase in claim.sentence]
        return tuple(sorted(fields, key=lambda name: not name.startswith(tuple(said))))

    def _years(self, claim: Claim, text: _Text) -> tuple[int, ...]:
        """The years that `claim` may speak of, the likeliest first."""
        years = self.examined.filled.form.years
        if claim.exact and claim.year is not None:
            return (claim.year,)
        if text.period is _Period.MILESTONE:
            return (text.year,) if text.year is not None else ()
        if text.period is _Period.FUTURE:
            return ()
        if claim.says is Says.FIRST:
            earlier = tuple(year for year in claim.mentioned if year < years.base)
            return (claim.since,) if claim.since is not None else (years.data[0], *earlier)
        reached = years.previous if text.period is _Period.REACHED else None
        last = years.base if reached is None else reached.target
        if claim.mentioned and claim.mentioned[-1] > last:  # 到2027年，集群总产值超过200亿元，“小巨人”企业20家
            return claim.mentioned
        if reached is not None:
            if reached.base not in self.examined.cluster.plans:
                return ()
            return tuple(dict.fromkeys((reached.target, years.base, *years.data, *claim.mentioned)))
        return tuple(dict.fromkeys((years.base, *claim.mentioned)))

    def _of_year(self, word: Word, name: str, year: int, text: _Text) -> Iterator[tuple[str, Decimal, str]]:
        field = self.examined.catalogue.fields.get(name)
        words = f"{year}年{name}" if field is None or field.by_year else name
        if word.register_name:
            if year <= self.examined.filled.form.years.base:
                counted = self._entries(word, year)
                if counted is not None:
                    yield words, counted, "个"
            return
        unit = self.examined.unit(name)
        for kind, value in self._known(name, year, text):
            yield f"{words}{kind}", value, unit
        if word.added and year <= self.examined.filled.form.years.base:
            added = self.examined.number(word.added, year)
            if added is not None:
                yield f"{year}年{word.added}", added, unit

    def _known(self, name: str, year: int, text: _Text) -> Iterator[tuple[str, Decimal]]:
        """What is known of the figure `name` of `year`: the actual, or what a plan that the form shows aims at or reached."""
        years = self.examined.filled.form.years
        if year <= years.base:
            actual = self.examined.number(name, year)
            if actual is not None:
                yield "", actual
            return
        if years.previous is not None and text.period in {_Period.REACHED, _Period.PAST}:
            yield from self._planned.get((years.previous.base, name, year), {}).items()
        if text.period is not _Period.REACHED:
            yield from self._planned.get((years.base, name, year), {}).items()

    @cached_property
    def _planned(self) -> Mapping[tuple[int, str, int], Mapping[str, Decimal]]:
        """What the plans say, by base year, figure and year: what was reached (完成值), what is aimed at (目标)."""
        found: dict[tuple[int, str, int], dict[str, Decimal]] = {}
        for base, plan in self.examined.cluster.plans.items():
            for target in plan.targets:
                for kind, values in (("完成值", target.done), ("目标", target.values)):
                    for year, given in values.items():
                        if target.basis and isinstance(given.value, Decimal):
                            found.setdefault((base, target.basis, year), {})[kind] = given.value
        return found

    def _entries(self, word: Word, year: int) -> Decimal | None:
        entries = self.examined.cluster.registers.get(word.register_name)
        if entries is None:
            return None
        kept = [
            entry
            for entry in entries
            if all(entry.text(column) in value.split(_OR) for column, value in word.where.items())
            and (not entry.text(_SINCE) or int(entry.text(_SINCE)[:4]) <= year)
        ]
        return Decimal(len(kept))

    def _data_years(self, text: _Text) -> tuple[int, ...]:
        return () if text.period in {_Period.FUTURE, _Period.MILESTONE} else self.examined.filled.form.years.data

    def _sum(self, claim: Claim, text: _Text) -> Iterator[tuple[str, Decimal, str]]:
        years = self._data_years(text)
        name = claim.word.added or claim.word.field
        values = [self.examined.number(name, year) for year in years]
        known = [value for value in values if value is not None]
        if known and len(known) == len(values):
            yield f"{years[0]}—{years[-1]}年{name}合计", sum(known, Decimal(0)), self.examined.unit(name)

    def _mean(self, claim: Claim, text: _Text) -> Iterator[tuple[str, Decimal, str]]:
        years = self._data_years(text)
        name = claim.word.mean
        value = self.examined.number(name, years[-1]) if years else None
        if value is None and years:
            last, first = (self.examined.number(claim.word.field, year) for year in (years[-1], years[0]))
            value = mean_growth(last, first, _MEAN_INTERVALS) if last is not None and first is not None else None
        if value is not None:
            yield name, value, "%"

    def _growth(self, claim: Claim, text: _Text) -> Iterator[tuple[str, Decimal, str]]:
        for year in self._years(claim, text):
            if year > self.examined.filled.form.years.base or claim.word.register_name:
                continue
            value = self.examined.number(claim.word.growth, year)
            if value is not None:
                yield f"{year}年{claim.word.growth}", value, "%"
                continue
            name = claim.word.field
            now, before = self.examined.number(name, year), self.examined.number(name, year - 1)
            if now is not None and before and self.examined.unit(name) != "%":
                yield f"{year}年{name}比上年增减", (now / before - 1) * 100, "%"

    def _change(self, claim: Claim, text: _Text) -> Iterator[tuple[str, Decimal, str]]:
        """The difference to another year, of the figures as they are and as they are printed; in percent the growth."""
        for name in self._fields(claim):
            for year in self._years(claim, text):
                if claim.word.register_name or year > self.examined.filled.form.years.base:
                    continue
                since = year - 1 if claim.since is None else claim.since
                now, then = self.examined.number(name, year), self.examined.number(name, since)
                if now is None or then is None:
                    continue
                words, unit = f"{year}年{name}比{since}年增减", self.examined.unit(name)
                if claim.unit == "%":
                    if unit != "%" and then:
                        yield words, (now / then - 1) * 100, "%"
                    continue
                unit = "个百分点" if unit == "%" else unit
                yield words, now - then, unit
                yield words, rounded(now) - rounded(then), unit

    def _beyond_target(self, claim: Claim) -> Iterator[tuple[str, Decimal, str]]:
        previous = self.examined.filled.form.years.previous
        if previous is None:
            return
        for name in claim.word.fields:
            known = self._planned.get((previous.base, name, previous.target), {})
            done, aim = known.get("完成值"), known.get("目标")
            if done is None or not aim:
                continue
            unit = self.examined.unit(name)
            if claim.unit == "%" and unit != "%":
                yield f"{name}超过目标", (done / aim - 1) * 100, "%"
            else:
                yield f"{name}超过目标", done - aim, "个百分点" if unit == "%" else unit


def _in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Return `value` of `unit` in the unit `wanted`; None where the two measure different things."""
    if unit == wanted:
        return value
    if unit in _MONEY and wanted in _MONEY:
        return value * _MONEY[unit] / _MONEY[wanted]
    if unit in CASES and wanted == "万人":
        return value / 10000
    same = any(unit in kinds and wanted in kinds for kinds in (CASES, PER_OUTPUT))
    return value if same else None


def _texts(examined: Examined) -> Iterator[_Text]:
    """The texts that a form prints, and the narratives that speak of its base year without being printed on it."""
    periods = _periods(examined.filled.form)
    printed = set()
    for filled in examined.filled.slots:
        slot = filled.slot
        if slot.kind not in {SlotKind.NARRATIVE, SlotKind.PROSE} or not isinstance(filled.value, str):
            continue
        printed.add(slot.source)
        period, year = periods.get(slot.source, (_Period.PAST, None))
        yield _Text(slot.key, path_of(filled), filled.value, filled.position, period, year)
    form = examined.filled.form
    for field, text, position in _narratives(examined.cluster, form, examined.catalogue):
        if field.name not in printed and _latest_year(text) == form.years.base:
            yield _Text("", PATH_MARK.join(field.at), text, position, _Period.PAST)


def _narratives(cluster: Cluster, form: Form, catalogue: Catalogue) -> Iterator[tuple[Field, str, Position]]:
    """The narratives that `cluster` gives for `form`, printed there or not, and where they stand."""
    for field in catalogue.fields.values():
        given = cluster.value(field.name, form=form.id) if field.kind is Kind.NARRATIVE else None
        if given is not None and isinstance(given.value, str):
            yield field, given.value, given.position


def _latest_year(text: str) -> int | None:
    found = [int(part[-4:]) for part in text.split("年")[:-1] if part[-4:].isdecimal() and len(part[-4:]) == 4]
    return max(found, default=None)


def _periods(form: Form) -> Mapping[str, tuple[_Period, int | None]]:
    """What each heading of the plan speaks of, by the tables that stand in the same chapter."""
    found: dict[str, tuple[_Period, int | None]] = {}
    for part in form.parts:
        chapters: list[list[PlanBlock]] = [[]]
        for block in part.plan.body if part.plan is not None else ():
            if isinstance(block, PlanHeading) and block.level == 1:
                chapters.append([])
            chapters[-1].append(block)
        for chapter in chapters:
            period = _period_of(chapter, form.years.base)
            for block in chapter:
                if isinstance(block, PlanProse):
                    found[block.heading] = (period, None)
                elif isinstance(block, PlanMilestones):
                    found |= _milestones(block, form.years.milestones)
    return found


def _milestones(block: PlanMilestones, years: tuple[int, ...]) -> dict[str, tuple[_Period, int | None]]:
    headings = (block.milestones.replace("$n", str(number)) for number in range(1, len(years) + 1))
    return {
        heading.replace("$year", str(year)): (_Period.MILESTONE, year)
        for heading, year in zip(headings, years, strict=True)
    }


def _period_of(chapter: Iterable[PlanBlock], base: int) -> _Period:
    tables = [block for block in chapter if isinstance(block, PlanTable)]
    if any(table.plan == base for table in tables):
        return _Period.FUTURE
    return _Period.REACHED if tables else _Period.PAST
