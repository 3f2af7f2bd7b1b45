"""The commented cluster.yaml that a new cluster begins with: every key in the order in which a form asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.cluster.catalogue import (
    EVENTS,
    EVIDENCE,
    FACTS,
    NARRATIVES,
    NOTICE,
    OTHERS,
    PLANS,
    PROSE,
    REGISTERS,
    SUBMISSIONS,
    Catalogue,
    Field,
    Kind,
)
from generator.cluster.characters import alike
from generator.cluster.schema import constraint_words
from generator.cluster.shape import scalar_of

SCHEMA_FILE = "cluster.schema.json"


@dataclass(frozen=True)
class Heading:
    """A part of the form begins: its title."""

    title: str


@dataclass(frozen=True)
class ScaffoldEntry:
    """The form asks for `name`, a field, fact, register or kind of event of the catalogue.

    `label` is what the form prints there, `years` are those it asks a field by year for, `note` what else the form
    says of it (`200字以内`).
    """

    name: str
    label: str = ""
    years: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ProseEntry:
    """The form's plan has a heading under which text is written."""

    heading: str
    note: str = ""


@dataclass(frozen=True)
class OtherEntry:
    """The row `row` of the form has a box 其他 with a text."""

    row: str


@dataclass(frozen=True)
class ScaffoldYears:
    """The years of a form: of its data, the base of its targets, the targets themselves."""

    data: tuple[int, ...]
    base: int
    targets: tuple[int, ...]


Entry = Heading | ScaffoldEntry | ProseEntry | OtherEntry

_INTRODUCTION = """\
# 集群数据。用法：
#   · 在冒号后面空一格，写上内容；没有这一项就写 无，暂时不知道就留空。
#   · 按年的写在花括号里，逗号用半角：{2023: 46.88, 2024: 53.10}。数字里不写千分位逗号和单位。
#   · 内容里有“: ”或“ #”时，给整个内容加引号：'…'。
#   · 长的文字写成下面这样，一行一段；也可以写 {文件: 文字.docx}，从旁边的文件读入：
#       某项叙述: |
#         第一段。
#         第二段。
#   · 改好后运行：shenbao check 本文件夹 --form %s
"""


@dataclass(frozen=True)
class _Part:
    title: str


@dataclass
class _Group:
    """One level of keys under construction: lines and inner groups in the order in which they come up."""

    lines: list[str | _Part | _Group] = field(default_factory=list)
    key: str = ""

    def within(self, key: str) -> _Group:
        for line in self.lines:
            if isinstance(line, _Group) and line.key == key:
                return line
        group = _Group(key=key)
        self.lines.append(group)
        return group

    def begin(self, part: str) -> None:
        """Say that what follows belongs to `part` of the form, unless it was said before."""
        titles = [line.title for line in self.lines if isinstance(line, _Part)]
        if part and part not in titles:
            self.lines.append(_Part(part))

    def written(self, indent: str = "") -> Iterator[str]:
        titled = sum(isinstance(line, _Part) for line in self.lines) > 1
        for line in self.lines:
            match line:
                case _Group():
                    if not indent:
                        yield ""
                    yield f"{indent}{_key(line.key)}:"
                    yield from line.written(indent + "  ")
                case _Part():
                    if titled:
                        yield f"{indent}# ── {_one_line(line.title)} ──"
                case str():
                    yield f"{indent}{line}".rstrip()


def scaffold(
    order: Sequence[Entry], catalogue: Catalogue, form: str, years: ScaffoldYears, *, schema_file: str = SCHEMA_FILE
) -> str:
    """Return the text of a cluster.yaml for the form of id `form`, all values empty, all limits in remarks.

    `order` is what the form asks for, from top to bottom; names that the catalogue doesn't know are passed over, as are
    repetitions. `schema_file` is the file that editors find the JSON Schema in. The text loads without a finding.
    """
    writer = _Writer(catalogue, form, years)
    part = ""
    for entry in order:
        if isinstance(entry, Heading):
            part = entry.title
        else:
            writer.add(entry, part)
    introduction = _INTRODUCTION % form
    return f"# yaml-language-server: $schema={schema_file}\n{introduction}\n" + writer.text()


class _Writer:
    def __init__(self, catalogue: Catalogue, form: str, years: ScaffoldYears) -> None:
        self._catalogue = catalogue
        self._form = form
        self._years = years
        self._root = _Group()
        self._facts = _Group()
        self._registers = _Group()
        self._submission = _Group()
        self._events: list[str] = []
        self._seen: set[str] = set()

    def add(self, entry: Entry, part: str) -> None:
        match entry:
            case ProseEntry():
                group = self._submission.within(PROSE)
                group.lines += [*self._remark(entry.note), f"{_key(entry.heading)}:"]
            case OtherEntry() if entry.row in self._catalogue.others:
                self._submission.within(OTHERS).lines.append(f"{_key(entry.row)}:")
            case ScaffoldEntry() if entry.name not in self._seen:
                self._seen.add(entry.name)
                self._named(entry, part)

    def _named(self, entry: ScaffoldEntry, part: str) -> None:
        known = self._catalogue
        if entry.name in known.fields:
            self._field(known.fields[entry.name], entry, part)
        elif entry.name in known.facts:
            self._facts.begin(part)
            about = known.facts[entry.name].description
            self._facts.lines.append(f"#- {entry.name}" + (f"  # {about}" if about and about != entry.name else ""))
        elif entry.name in known.registers:
            register = known.registers[entry.name]
            columns = ", ".join(f"{column.name}: …" for column in register.columns)
            self._registers.lines += [
                *self._remark(register.description),
                f"{_key(register.name)}:",
                f"  #- {{{columns}}}",
            ]
        elif entry.name in known.events:
            self._events.append(entry.name)

    def _field(self, one: Field, entry: ScaffoldEntry, part: str) -> None:
        group = self._root
        if one.submission:
            group = self._submission.within(NARRATIVES) if one.kind is Kind.NARRATIVE else self._submission
        else:
            for key in one.at[:-1]:
                group = group.within(key)
            if len(one.at) > 1:
                group.begin(part)
        group.lines += self._remark(_described(one, entry))
        value = ""
        if one.by_year:
            value = " {" + ", ".join(f"{year}: " for year in entry.years or self._years.data) + "}"
        group.lines.append(f"{_key(one.at[-1])}:{value}")

    @staticmethod
    def _remark(text: str) -> list[str]:
        return [f"# {_one_line(text)}"] if text else []

    def text(self) -> str:
        root = self._root
        own: list[tuple[str, str, list[str]]] = [
            (EVENTS, self._event_remark(), ["  #- {类别: …, 日期: 2024-05, 情况说明: …}"]),
            (FACTS, "已开展的工作：去掉行首的 # 即为做了；申报表上的勾选由此得出", list(self._facts.written("  "))),
            (
                REGISTERS,
                "名录：去掉行首的 #，每行写一个；一个也没有就写 []；也可以填在企业清单.xlsx 里，两处不要都写",
                list(self._registers.written("  ")),
            ),
            (PLANS, "三年规划的目标：目标写在“值”里，文字目标写在“文字”里", self._plan()),
            (SUBMISSIONS, "只属于这一张申报表的内容", [f"  {self._form}:", *self._submission.written("    ")]),
            (EVIDENCE, "佐证材料：名称、证明哪些工作或指标、文件（放在本文件夹里）", self._evidence()),
        ]
        lines = [*self._remark("数据的来源、口径等说明，不打印"), f"{NOTICE}:", "", *root.written(), ""]
        for key, remark, content in own:
            lines += [*self._remark(remark), f"{key}:", *content, ""]
        return "\n".join(lines).rstrip() + "\n"

    def _event_remark(self) -> str:
        kinds = "／".join(self._events or self._catalogue.events)
        return f"事件（{kinds}）：没有发生就写 []" if kinds else "事件：没有发生就写 []"

    def _plan(self) -> list[str]:
        values = ", ".join(f"{year}: " for year in self._years.targets)
        return [
            f"  #- 基准年: {self._years.base}",
            "  #  目标:",
            f"  #    - {{方向: …, 指标: …, 单位: …, 值: {{{values}}}}}",
            "  #    - {方向: …, 指标: 定性描述, 文字: …}",
        ]

    @staticmethod
    def _evidence() -> list[str]:
        return ["  #- {名称: …, 证明: […], 文件: [佐证材料/….pdf]}"]


def _described(one: Field, entry: ScaffoldEntry) -> str:
    """What the form prints, what the value must be, and what the catalogue says of it, nothing of it twice."""
    words: list[str] = []
    label = entry.label if alike(entry.label) != alike(one.name) else ""
    for word in (label, entry.note, *constraint_words(scalar_of(one)).split("；"), one.description):
        if word and not any(alike(word) in alike(other) for other in words):
            words.append(word)
    return "；".join(words)


def _key(name: str) -> str:
    """`name` as a key, in quotes where YAML would read it as something else."""
    plain = name[:1] not in "-?:,[]{}#&*!|>'\"%@` " and ": " not in name and " #" not in name and not name.endswith(":")
    return name if plain and name == name.strip() and name.isprintable() else "'" + name.replace("'", "''") + "'"


def _one_line(text: str) -> str:
    return " ".join(text.split())
