"""The catalogue of fields: what a cluster's data may hold, as data (`templates/fields/*.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TypeVar

from generator import compiled
from generator.cluster.codes import Collector
from generator.cluster.nodes import MappingNode, Node, RefusedNode, ScalarNode, SequenceNode, SyntaxProblem, compose
from generator.cluster.source import read_source
from generator.errors import DefinitionError
from generator.findings import PATH_MARK, Position
from generator.frozen import dataclass, field

NOTICE, EVENTS, FACTS, REGISTERS = "说明", "事件", "工作", "名录"
PLANS, SUBMISSIONS, EVIDENCE = "规划", "申报", "佐证材料"
OVERVIEW, ACTUALS, NARRATIVES = "概况", "实绩", "叙述"
PROSE, OTHERS = "规划正文", "其他"
WAIVERS = "不适用检查"
OWN_KEYS = (NOTICE, EVENTS, FACTS, REGISTERS, PLANS, SUBMISSIONS, EVIDENCE, WAIVERS)
"""The top-level keys whose inside is the program's own; no field may stand there."""
OWN_SUBMISSION_KEYS = (NARRATIVES, PROSE, OTHERS)
"""The keys of a submission whose inside is the program's own."""


class Kind(Enum):
    """The kinds of value a field may take. The names are those written in the catalogue files."""

    TEXT = "text"
    NARRATIVE = "narrative"
    AMOUNT = "amount"
    COUNT = "count"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"
    MONTH = "month"
    DATE = "date"
    WHEN = "when"
    YEAR = "year"
    PHONE = "phone"
    CODE = "code"


NUMERIC = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.PERCENT})


@dataclass(frozen=True)
class Field:
    """One field.

    `at` is its place in cluster.yaml (`("主管部门", "名称")`); a field by year stands under `实绩`, other figures
    under `概况`, narratives under `叙述`, unless the catalogue says otherwise. `submission` marks a field that
    belongs to a submission (`申报 › <form> › <name>`) and to nothing else; narratives may stand in both places.
    `always` marks what every cluster has, so that nobody writes 无.
    """

    name: str
    kind: Kind
    at: tuple[str, ...]
    unit: str = ""
    by_year: bool = False
    submission: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    description: str = ""
    clause: str = ""
    always: bool = False


@dataclass(frozen=True)
class FactKind:
    """One fact that may stand under `工作`."""

    name: str
    description: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a register, or one for each year where `by_year` is true.

    `also` are other names that its heading may have in a spreadsheet, `words` what is written there for a choice (`国标`),
    each with that choice. In a `unique` column no two rows say the same.
    `refers` names the register that the names in it stand in.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    description: str = ""
    unit: str = ""
    by_year: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    also: tuple[str, ...] = ()
    unique: bool = False
    refers: str = ""
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Title:
    """A title that an enterprise may hold: it has a column for the year it begins, and one for its end.

    `small` says that only small and medium enterprises hold it; `after` names the title that comes before it, `apart`
    one that nobody holds at the same time. `also` are other names that it has in the headings of a spreadsheet.
    """

    name: str
    small: bool = False
    after: str = ""
    apart: str = ""
    description: str = ""
    also: tuple[str, ...] = ()

    @property
    def since(self) -> str:
        """The column of the year in which it begins."""
        return f"{self.name}起始年份"

    @property
    def until(self) -> str:
        """The column of the day, month or year with which it ends."""
        return f"{self.name}截止时间"

    def columns(self) -> tuple[Column, Column]:
        """Return its two columns."""
        return (
            Column(self.since, Kind.YEAR, description=f"{self.description}；没有的留空"),
            Column(self.until, Kind.WHEN, description="有效期至；长期有效或仍然有效的留空"),
        )


@dataclass(frozen=True)
class RegisterKind:
    """One register: under `名录`, or a sheet (called `sheet`) of the workbook. `columns` include those of its `titles`."""

    name: str
    columns: tuple[Column, ...]
    description: str = ""
    sheet: str = ""
    titles: tuple[Title, ...] = ()


@dataclass(frozen=True)
class EventKind:
    """One kind of event under `事件`, and the grades it may have (较大, 重大, …), none where it has no grades."""

    name: str
    grades: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class OtherKind:
    """One row of a form with a 其他 box, whose text a submission may give under `其他` and evidence may prove."""

    name: str
    description: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All that may be said of a cluster, in the order of the catalogue files."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    facts: Mapping[str, FactKind] = field(default_factory=dict)
    registers: Mapping[str, RegisterKind] = field(default_factory=dict)
    events: Mapping[str, EventKind] = field(default_factory=dict)
    others: Mapping[str, OtherKind] = field(default_factory=dict)

    @property
    def provable(self) -> tuple[str, ...]:
        """The names that evidence may prove, in order."""
        return tuple(dict.fromkeys((*self.facts, *self.fields, *self.registers, *self.events, *self.others)))


def read_catalogue(folders: Sequence[Path]) -> Catalogue:
    """Return the catalogue that all `*.yaml` files in `folders` give together, in the order of folders and file names.

    Raises DefinitionError, naming file and line, where a folder is missing, a file is wrong, or a name or place is
    given twice.
    """
    known = _compiled(folders[0]) if len(folders) == 1 else None
    return known or read_anew(folders)


def compiled_path(folder: Path) -> Path:
    """Return where that is kept which the catalogue files in `folder` gave when they were compiled."""
    return folder.parent / compiled.FOLDER / f"{folder.name}{compiled.SUFFIX}"


def sources_of(folder: Path) -> list[Path]:
    """Return the catalogue files in `folder`, in their order."""
    return sorted(folder.glob("*.yaml"))


def _compiled(folder: Path) -> Catalogue | None:
    found = compiled.read(compiled_path(folder), sources_of(folder))
    return found if isinstance(found, Catalogue) else None


def read_anew(folders: Sequence[Path]) -> Catalogue:
    """Return the catalogue as `read_catalogue` does, from the files themselves."""
    fields: dict[str, Field] = {}
    facts: dict[str, FactKind] = {}
    registers: dict[str, RegisterKind] = {}
    events: dict[str, EventKind] = {}
    others: dict[str, OtherKind] = {}
    places: dict[tuple[str, ...], str] = {}
    for folder in folders:
        if not folder.is_dir():
            raise DefinitionError(f"找不到字段目录文件夹：{folder}")
        for path in sources_of(folder):
            sections = _Entry(_root(path), ("fields", "facts", "registers", "events", "others"))
            for entry in sections.entries("fields", _FIELD_KEYS):
                one = _field(entry)
                _claim_place(one, places, entry)
                _add(fields, one.name, one, entry)
            for entry in sections.entries("facts", _FACT_KEYS):
                _add(facts, entry.name, FactKind(entry.name, entry.text("about")), entry)
            for entry in sections.entries("registers", _REGISTER_KEYS):
                columns: dict[str, Column] = {}
                for column in entry.entries("columns", _COLUMN_KEYS):
                    _add(columns, column.name, _column(column), column)
                titles = tuple(_title(title) for title in entry.entries("titles", _TITLE_KEYS))
                for title in titles:
                    for column_of_title in title.columns():
                        _add(columns, column_of_title.name, column_of_title, entry)
                sheet = entry.text("sheet") or entry.name
                register = RegisterKind(entry.name, tuple(columns.values()), entry.text("about"), sheet, titles)
                _add(registers, entry.name, register, entry)
            for entry in sections.entries("events", _EVENT_KEYS):
                _add(events, entry.name, EventKind(entry.name, entry.texts("grades"), entry.text("about")), entry)
            for entry in sections.entries("others", _FACT_KEYS):
                _add(others, entry.name, OtherKind(entry.name, entry.text("about")), entry)
    return Catalogue(fields, facts, registers, events, others)


_FIELD_KEYS = (
    "name", "kind", "at", "unit", "by_year", "submission", "min", "max", "choices", "about", "clause", "always"
)  # fmt: skip
_FACT_KEYS = ("name", "about")
_REGISTER_KEYS = ("name", "about", "columns", "sheet", "titles")
_COLUMN_KEYS = (
    "name", "kind", "required", "choices", "about", "unit", "by_year", "min", "max", "also", "unique", "refers", "words"
)  # fmt: skip
_TITLE_KEYS = ("name", "small", "after", "apart", "also", "about")
_EVENT_KEYS = ("name", "grades", "about")
_Value = TypeVar("_Value")


def _root(path: Path) -> Node:
    findings = Collector()
    source = read_source(path, path.name, findings)
    root: Node | None = None
    if source is not None:
        try:
            root = compose(source, findings, aliases=True)
        except SyntaxProblem as problem:
            position = source.position(min(problem.index, len(source.text)))
            raise DefinitionError(f"{position}：字段目录的 YAML 写法读不懂（{problem.problem}）") from problem
    for finding in findings.findings():
        raise DefinitionError(f"{finding.position}：{finding.message}", finding.remedy)
    return root if root is not None else MappingNode((), Position(path.name, 1, 1), flow=False)


class _Entry:
    """One entry of a catalogue file, with its attributes by name."""

    def __init__(self, node: Node, known: tuple[str, ...]) -> None:
        self.position = node.position
        if isinstance(node, ScalarNode):
            node = MappingNode(((ScalarNode("name", node.position, 0, 0), node),), node.position, flow=True)
        if not isinstance(node, MappingNode):
            raise self.wrong("这里应当是一组“名称: 内容”")
        self._nodes: dict[str, Node] = {}
        for key, value in node.pairs:
            if not isinstance(key, ScalarNode) or key.text not in known:
                raise DefinitionError(f"{key.position}：不认识的属性；可用 {'、'.join(known)}")
            if key.text in self._nodes:
                raise DefinitionError(f"{key.position}：属性 {key.text} 写了两次")
            if not (isinstance(value, ScalarNode) and value.absent):
                self._nodes[key.text] = value

    def wrong(self, message: str) -> DefinitionError:
        return DefinitionError(f"{self.position}：{message}")

    @property
    def name(self) -> str:
        name = self.text("name")
        if not name or name != name.strip() or "›" in name:
            raise self.wrong("缺少 name，或 name 里有不能用的字符")
        return name

    def has(self, key: str) -> bool:
        return key in self._nodes

    def text(self, key: str) -> str:
        node = self._nodes.get(key)
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            raise DefinitionError(f"{node.position}：{key} 应当是一个值")
        return node.text.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        texts: dict[str, None] = {}
        for node in self._items(key):
            if not isinstance(node, ScalarNode) or not node.text.strip() or node.text.strip() in texts:
                raise DefinitionError(f"{node.position}：{key} 里的每一项应当是不重复的文字")
            texts[node.text.strip()] = None
        return tuple(texts)

    def flag(self, key: str) -> bool:
        text = self.text(key)
        if text not in ("", "true", "false"):
            raise self.wrong(f"{key} 只能是 true 或 false")
        return text == "true"

    def number(self, key: str) -> Decimal | None:
        text = self.text(key)
        if text and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
            raise self.wrong(f"{key} 应当是数字")
        return Decimal(text) if text else None

    def kind(self) -> Kind:
        text = self.text("kind")
        try:
            return Kind(text)
        except ValueError:
            raise self.wrong(f"kind 不能是“{text}”；可用 {'、'.join(kind.value for kind in Kind)}") from None

    def choices(self, kind: Kind) -> tuple[str, ...]:
        choices = self.texts("choices")
        if bool(choices) != (kind in (Kind.CHOICE, Kind.CHOICES)):
            raise self.wrong("kind 是 choice、choices 时要写 choices，其他时候不写")
        return choices

    def words(self, choices: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        node = self._nodes.get("words")
        if node is None:
            return ()
        group = _Entry(node, choices)
        return tuple((word, choice) for choice in choices for word in group.texts(choice))

    def entries(self, key: str, known: tuple[str, ...]) -> Iterator[_Entry]:
        for node in self._items(key):
            yield _Entry(node, known)

    def _items(self, key: str) -> tuple[Node, ...]:
        node = self._nodes.get(key)
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            raise DefinitionError(f"{node.position}：{key} 应当是列表")
        return tuple(item for item in node.items if not isinstance(item, RefusedNode))


def _field(entry: _Entry) -> Field:
    name, kind = entry.name, entry.kind()
    by_year, submission = entry.flag("by_year"), entry.flag("submission")
    minimum, maximum = entry.number("min"), entry.number("max")
    if by_year and (submission or kind is Kind.NARRATIVE):
        raise entry.wrong("by_year 不能与 submission 或 narrative 并用")
    if (minimum is not None or maximum is not None) and kind not in NUMERIC:
        raise entry.wrong("只有数字才能写 min、max")
    if minimum is not None and maximum is not None and minimum > maximum:
        raise entry.wrong("min 大于 max")
    if submission and entry.has("at"):
        raise entry.wrong("submission 的项不写 at")
    default = (ACTUALS, name) if by_year else (NARRATIVES, name) if kind is Kind.NARRATIVE else (OVERVIEW, name)
    at = (name,) if submission else entry.texts("at") or default
    if at[0] in (OWN_KEYS if not submission else OWN_SUBMISSION_KEYS):
        raise entry.wrong(f"“{at[0]}”另有用处，不能放字段")
    return Field(
        name=name,
        kind=kind,
        at=at,
        unit=entry.text("unit"),
        by_year=by_year,
        submission=submission,
        minimum=minimum,
        maximum=maximum,
        choices=entry.choices(kind),
        description=entry.text("about"),
        clause=entry.text("clause"),
        always=entry.flag("always"),
    )


def _column(entry: _Entry) -> Column:
    kind, by_year = entry.kind(), entry.flag("by_year")
    if by_year and (kind not in NUMERIC or entry.flag("required") or entry.flag("unique")):
        raise entry.wrong("名录里只有数字才能写 by_year，且不能与 required、unique 并用")
    return Column(
        name=entry.name,
        kind=kind,
        required=entry.flag("required"),
        choices=entry.choices(kind),
        words=entry.words(entry.choices(kind)),
        description=entry.text("about"),
        unit=entry.text("unit"),
        by_year=by_year,
        minimum=entry.number("min"),
        maximum=entry.number("max"),
        also=entry.texts("also"),
        unique=entry.flag("unique"),
        refers=entry.text("refers"),
    )


def _title(entry: _Entry) -> Title:
    about = entry.text("about")
    also = entry.texts("also")
    return Title(entry.name, entry.flag("small"), entry.text("after"), entry.text("apart"), about, also)


def _claim_place(one: Field, places: dict[tuple[str, ...], str], entry: _Entry) -> None:
    """Make sure that no two fields stand at one place, and none inside another."""
    if one.submission:
        return
    for length in range(1, len(one.at)):
        if places.get(one.at[:length]):
            raise entry.wrong(f"“{one.name}”的位置在“{places[one.at[:length]]}”里面")
        places.setdefault(one.at[:length], "")
    if one.at in places:
        other = places[one.at] or "另一组字段"
        raise entry.wrong(f"“{one.name}”与“{other}”的位置相同：{PATH_MARK.join(one.at)}")
    places[one.at] = one.name


def _add(known: dict[str, _Value], name: str, value: _Value, entry: _Entry) -> None:
    if name in known:
        raise entry.wrong(f"“{name}”写了两次")
    known[name] = value
