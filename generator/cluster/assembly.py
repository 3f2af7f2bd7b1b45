"""The parts that were read, put together to a Cluster, with what only the whole can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from generator.cluster.catalogue import (
    EVENTS,
    EVIDENCE,
    FACTS,
    NARRATIVES,
    OTHERS,
    OWN_SUBMISSION_KEYS,
    PLANS,
    PROSE,
    REGISTERS,
    SUBMISSIONS,
    WAIVERS,
    Catalogue,
    RegisterKind,
)
from generator.cluster.codes import Code, Collector
from generator.cluster.codes import Path as Words
from generator.cluster.model import Cluster, Entry, Event, Evidence, Fact, Plan, Submission, Target, Waiver
from generator.cluster.reading import Branch, Items, Tree, Years
from generator.cluster.references import confined, doubtful
from generator.cluster.scalars import STAND_INS, Problem, closest, likely, parted
from generator.cluster.values import NIL, Given
from generator.findings import PATH_MARK, Position
from generator.frozen import dataclass, replace

_LENGTH_OF_MEMBER = 3
"""How many words lead to a member of an item of a list: 佐证材料, 第1项, 证明."""


def assemble(
    tree: Branch,
    folder: Path,
    source: str,
    catalogue: Catalogue,
    written: Mapping[Words, Position],
    findings: Collector,
    misnamed: Mapping[Words, tuple[str, ...]] = MappingProxyType({}),
) -> Cluster:
    """Return the cluster that `tree` tells, with where its names are `written`; what is missing is added to `findings`.

    `misnamed` are the texts that stand under names that are not known, by path.
    """
    values: dict[str, Given] = {}
    actuals: dict[tuple[str, int], Given] = {}
    for field in catalogue.fields.values():
        found = None if field.submission else _at(tree, field.at)
        if isinstance(found, Given):
            values[field.name] = found
        elif isinstance(found, Years):
            actuals.update({(field.name, year): given for year, given in found.values.items()})
    evidence = _evidence(tree, folder, findings)
    facts = _facts(tree, findings)
    events = tuple(_events(tree, catalogue, findings))
    _check_evidence_names(facts, evidence, findings)
    return Cluster(
        folder=folder,
        source=source,
        values=values,
        actuals=actuals,
        facts=facts if facts or _says_none(tree, FACTS) else None,
        events=events if events or _says_none(tree, EVENTS) else None,
        registers=_registers(tree, catalogue, findings),
        plans=_plans(tree, findings),
        submissions=_submissions(tree),
        evidence=evidence,
        waivers=tuple(_waivers(tree)),
        refused=frozenset(_refused(catalogue, findings)),
        unread=frozenset(findings.refused - {()}),
        unread_proofs=frozenset(_unread_proofs(tree, catalogue, findings, misnamed)),
        fields=catalogue.fields,
        written=written,
    )


@dataclass(frozen=True)
class _Row:
    """A record in a list, with typed looks at its members."""

    branch: Branch
    words: Words

    @property
    def position(self) -> Position:
        return self.branch.position

    def given(self, name: str) -> Given | None:
        found = self.branch.members.get(name)
        return found if isinstance(found, Given) else None

    def text(self, name: str) -> str:
        given = self.given(name)
        return given.text if given else ""

    def years(self, name: str) -> Mapping[int, Given]:
        found = self.branch.members.get(name)
        return found.values if isinstance(found, Years) else {}

    def list(self, name: str) -> tuple[Given, ...]:
        found = self.branch.members.get(name)
        items = found.items.values() if isinstance(found, Items) else ()
        return tuple(item for item in items if isinstance(item, Given))


def _at(tree: Branch, place: Words) -> Tree | None:
    found: Tree | None = tree
    for key in place:
        if not isinstance(found, Branch):
            return None
        found = found.members.get(key)
    return found


def _rows(tree: Branch, *place: str, word: str = "项") -> Iterator[_Row]:
    found = _at(tree, place)
    if isinstance(found, Items):
        for number, item in found.items.items():
            if isinstance(item, Branch):
                yield _Row(item, (*place, f"第{number}{word}"))


def _says_none(tree: Branch, key: str) -> bool:
    """Whether the list at `key` was written, and written empty: one whose items can't be read states nothing."""
    found = tree.members.get(key)
    return isinstance(found, Items) and not found.items


def _facts(tree: Branch, findings: Collector) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for row in _rows(tree, FACTS):
        name = row.given("事实")
        if name is None or not isinstance(name.value, str):
            continue
        fact = Fact(name.value, row.position, tuple(given.text for given in row.list("佐证")))
        first = facts.setdefault(fact.name, fact)
        if first is not fact:
            _report_repeated(fact.name, first.position, row, findings)
    return facts


def _events(tree: Branch, catalogue: Catalogue, findings: Collector) -> Iterator[Event]:
    for row in _rows(tree, EVENTS):
        kind, date = row.given("类别"), row.given("日期")
        if kind is None or date is None or not isinstance(kind.value, str) or not isinstance(date.value, str):
            continue
        grades = catalogue.events[kind.value].grades
        grade = row.given("等级")
        text = grade.value if grade and isinstance(grade.value, str) else ""
        if grade and text and text not in grades:
            message = f"“{kind.value}”没有“{text}”这个等级"
            expected = "、".join(grades) if grades else "不写等级"
            words = (*row.words, "等级")
            findings.add(Code.FOREIGN_GRADE, message, grade.position, words, found=text, expected=expected)
            text = ""
        yield Event(kind.value, date.value, row.position, text, row.text("情况说明"))


def _registers(tree: Branch, catalogue: Catalogue, findings: Collector) -> dict[str, tuple[Entry, ...]]:
    found = tree.members.get(REGISTERS)
    registers: dict[str, tuple[Entry, ...]] = {}
    for name in found.members if isinstance(found, Branch) else ():
        rows = [
            row
            for row in _rows(tree, REGISTERS, name, word="行")
            if _says_something(row, catalogue.registers[name], findings)
        ]
        registers[name] = tuple(
            Entry(_as_read(_givens(row.branch)), row.position, _numbers(row.branch)) for row in rows
        )
    return registers


def _as_read(givens: Mapping[str, Given]) -> dict[str, Given]:
    """Return `givens` with the texts that they were understood as, as in a workbook: 国家级 for 国家, 2024-06 for 2024年6月."""
    return {
        name: given
        if given.text == given.value or not isinstance(given.value, str)
        else replace(given, text=given.value)
        for name, given in givens.items()
    }


def _says_something(row: _Row, register: RegisterKind, findings: Collector) -> bool:
    """Whether an entry of `register` says what each must; where it says 无 or the like instead, that is told."""
    for column in register.columns:
        given = row.given(column.name) if column.required else None
        if given is None or not (given.value is NIL or given.text in STAND_INS):
            continue
        choices = f"可写：{'、'.join(column.choices)}" if column.choices else f"一个也没有的，写“{register.name}: []”"
        message = f"“{given.text}”不能当作“{column.name}”"
        words = (*row.words, column.name)
        findings.add(Code.MISSING_MEMBER, message, given.position, words, found=given.text, remedy=choices)
        if column is register.columns[0]:
            return False
    return True


def _numbers(branch: Branch) -> dict[tuple[str, int], Decimal]:
    """The numbers by year of one row of a register; what is stated as 无 is zero."""
    return {
        (name, year): given.value if isinstance(given.value, Decimal) else Decimal(0)
        for name, tree in branch.members.items()
        if isinstance(tree, Years)
        for year, given in tree.values.items()
    }


def _plans(tree: Branch, findings: Collector) -> dict[int, Plan]:
    """The plans by base year. Two of one year are both left out: one of them says another year than it means, nobody knows which."""
    plans: dict[int, Plan] = {}
    repeated: set[int] = set()
    for row in _rows(tree, PLANS):
        year = row.given("基准年")
        if year is None or not isinstance(year.value, Decimal):
            continue
        plan = Plan(int(year.value), tuple(_targets(row, findings)), row.position)
        first = plans.setdefault(plan.base_year, plan)
        if first is not plan:
            repeated.add(plan.base_year)
            _report_same_base_year(first, row, findings)
    return {year: plan for year, plan in plans.items() if year not in repeated}


def _report_same_base_year(first: Plan, row: _Row, findings: Collector) -> None:
    message = f"“基准年 {first.base_year}”写了两次，第一次在第 {first.position.line} 行；两份规划都没有读"
    remedy = "哪一份的年份写错了，请改正；是同一份规划的，请合并成一处"
    findings.add(
        Code.REPEATED_ITEM,
        message,
        row.position,
        (*row.words, "基准年"),
        found=f"基准年 {first.base_year}",
        remedy=remedy,
    )


def _targets(plan: _Row, findings: Collector) -> Iterator[Target]:
    """The targets of one plan; an indicator written twice in one direction counts once."""
    seen: dict[tuple[str, str], Position] = {}
    for row in _rows(plan.branch, "目标"):
        placed = _Row(row.branch, (*plan.words, *row.words))
        target = _target(placed, findings)
        if not target.direction or not target.indicator:
            continue
        first = seen.setdefault((target.direction, target.indicator), target.position)
        if first is target.position:
            yield target
        else:
            _report_repeated(f"{target.direction}：{target.indicator}", first, placed, findings)


def _target(row: _Row, findings: Collector) -> Target:
    depth = len(row.words)
    return Target(
        direction=row.text("方向"),
        indicator=row.text("指标"),
        position=row.position,
        unit=row.text("单位"),
        basis=row.text("依据"),
        base=row.given("基准值"),
        values=row.years("值"),
        done=row.years("完成"),
        text=row.given("文字"),
        texts=row.years("文字"),
        base_text=row.given("基准文字"),
        done_text=row.given("完成文字"),
        refused=frozenset(words[depth:] for words in findings.refused if words[:depth] == row.words),
    )


def _submissions(tree: Branch) -> dict[str, Submission]:
    found = tree.members.get(SUBMISSIONS)
    submissions: dict[str, Submission] = {}
    for form, branch in found.members.items() if isinstance(found, Branch) else ():
        if isinstance(branch, Branch):
            parts = {name: branch.members.get(name) for name in OWN_SUBMISSION_KEYS}
            narratives, prose, others = (_givens(parts[name]) for name in (NARRATIVES, PROSE, OTHERS))
            submissions[form] = Submission(form, branch.position, _givens(branch) | narratives, others, prose)
    return submissions


def _givens(tree: Tree | None) -> dict[str, Given]:
    members = tree.members.items() if isinstance(tree, Branch) else ()
    return {name: given for name, given in members if isinstance(given, Given)}


def _evidence(tree: Branch, folder: Path, findings: Collector) -> tuple[Evidence, ...]:
    items: dict[str, Evidence] = {}
    real = _resolved(folder)
    for row in _rows(tree, EVIDENCE):
        name = row.given("名称")
        if name is None:
            continue
        files = tuple(_files(row, folder, real, findings))
        if not row.list("文件") and (*row.words, "文件") not in findings.refused:
            message = f"佐证材料“{name.text}”没有写文件"
            findings.add(Code.EVIDENCE_EMPTY, message, row.position, row.words, remedy="请补上“文件: [佐证材料/…]”")
        item = Evidence(name.text, tuple(given.text for given in row.list("证明")), files, row.position)
        first = items.setdefault(item.name, item)
        if first is not item:
            _report_repeated(item.name, first.position, row, findings)
    return tuple(items.values())


def _resolved(folder: Path) -> Path | None:
    """Where `folder` really lies; None where the system does not tell, so that each file is told of by itself."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return None


def _files(row: _Row, folder: Path, real: Path | None, findings: Collector) -> Iterator[str]:
    """The files of one item that may be used, as written with forward slashes."""
    for number, given in enumerate(row.list("文件"), start=1):
        if findings.full:
            return
        words = (*row.words, "文件", f"第{number}项")
        name = row.text("名称")
        file = confined(folder, given.text, Code.EVIDENCE_MISSING, real)
        if isinstance(file, Problem):
            parts = parted(given.text)
            split = len(parts) > 1 and not any(isinstance(confined(folder, part), Problem) for part in parts)
            remedy = f"请分成几项写：[{', '.join(parts)}]" if split else file.remedy
            code = Code.WIDE_COMMA if split else file.code
            message = f"佐证材料“{name}”：{file.message}"
            findings.add(code, message, given.position, words, found=given.text, expected=file.expected, remedy=remedy)
            continue
        problem = doubtful(file)
        if problem is not None:
            findings.add(
                problem.code,
                f"佐证材料“{name}”：{problem.message}",
                given.position,
                words,
                found=given.text,
                expected=problem.expected,
                remedy=problem.remedy,
            )
        yield given.text.strip().replace("\\", "/")


def _check_evidence_names(facts: Mapping[str, Fact], evidence: tuple[Evidence, ...], findings: Collector) -> None:
    names = tuple(item.name for item in evidence)
    for fact in facts.values():
        for name in fact.evidence:
            if name in names:
                continue
            parts = parted(name)
            guess = closest(name, names)
            remedy = f"是不是“{guess}”？" if guess else "请在“佐证材料”里补上这一份"
            if len(parts) > 1 and all(part in names for part in parts):
                remedy = f"请分成几项写：[{', '.join(parts)}]"
            message = f"“{fact.name}”引用的佐证材料不存在"
            findings.add(
                Code.UNKNOWN_EVIDENCE, message, fact.position, (FACTS, fact.name, "佐证"), found=name, remedy=remedy
            )


def _waivers(tree: Branch) -> Iterator[Waiver]:
    for row in _rows(tree, WAIVERS):
        code, reason = row.text("编号").strip().upper(), row.text("理由").strip()
        if code and reason:
            yield Waiver(code, reason, row.position, row.text("栏目").strip())


def _report_repeated(name: str, first: Position, row: _Row, findings: Collector) -> None:
    message = f"“{name}”写了两次，第一次在第 {first.line} 行；只读了第一次"
    findings.add(Code.REPEATED_ITEM, message, row.position, row.words, found=name, remedy="请合并成一处，或删去一处")


def _refused(catalogue: Catalogue, findings: Collector) -> Iterator[tuple[str, int | None]]:
    """The fields whose value was written but could not be taken, by name and year."""
    fields = {field.at: field for field in catalogue.fields.values() if not field.submission}
    groups: dict[Words, list[str]] = {}
    for at, field in fields.items():
        for length in range(1, len(at)):
            groups.setdefault(at[:length], []).append(field.name)
    for words in findings.refused - {()}:
        year = words[-1].removesuffix("年")
        if words in fields:
            yield fields[words].name, None
        elif words in groups:
            yield from ((name, None) for name in groups[words])
        elif words[:-1] in fields and year.isdecimal():
            yield fields[words[:-1]].name, int(year)
        elif words[0] == SUBMISSIONS and len(words) > 2 and words[-1] in catalogue.fields:
            yield words[-1], None
        elif words[0] == SUBMISSIONS and len(words) <= 2:
            yield from ((field.name, None) for field in catalogue.fields.values() if field.submission)


def _unread_proofs(
    tree: Branch, catalogue: Catalogue, findings: Collector, misnamed: Mapping[Words, tuple[str, ...]]
) -> Iterator[str]:
    """What items of evidence prove that were refused, as written; and what a misspelt name among 证明 probably means.

    What stands under a misspelt 证明 counts as well, and so do the facts whose own 佐证 was refused.
    """
    for path, texts in misnamed.items():
        if path[0] == EVIDENCE and len(path) == _LENGTH_OF_MEMBER:
            meant = (*path[:-1], "证明") in findings.refused
            for part in (part for text in texts for part in parted(text)):
                yield from (part,) if part in catalogue.provable else likely(part, catalogue.provable) if meant else ()
    for row in _rows(tree, FACTS):
        if (*row.words, "佐证") in findings.refused:
            yield row.text("事实")
    for row in _rows(tree, EVIDENCE):
        if {row.words, (*row.words, "名称")} & findings.refused:
            yield from (given.text for given in row.list("证明"))
    for finding in findings.findings() if any(path[0] == EVIDENCE for path in findings.refused - {()}) else ():
        steps = finding.path.split(PATH_MARK)
        if steps[0] == EVIDENCE and len(steps) > 3 and steps[2] == "证明":
            for part in parted(finding.found, keep_empty=True):
                yield from (part,) if part in catalogue.provable else likely(part, catalogue.provable)
