"""The structure of cluster.yaml, once: loader, JSON Schema and commented example all follow this description."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from generator.cluster.catalogue import (
    EVENTS,
    EVIDENCE,
    FACTS,
    NARRATIVES,
    NOTICE,
    NUMERIC,
    OTHERS,
    PLANS,
    PROSE,
    REGISTERS,
    SUBMISSIONS,
    WAIVERS,
    Catalogue,
    Column,
    Field,
    Kind,
)
from generator.cluster.codes import Code
from generator.frozen import dataclass

YEAR_PATTERN = r"^(19|20)[0-9]{2}$"
REFERENCE_KEY = "文件"


@dataclass(frozen=True)
class Scalar:
    """One value. A narrative may be a reference to a file (`{文件: 规划.docx}`); `choices` may be a list, and `words` are what is
    written for one of them, each with it.
    """

    kind: Kind = Kind.TEXT
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    description: str = ""
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ByYear:
    """Values of one kind by calendar year: `{2022: …, 2023: …}`. Where `single` is true, one value may stand for all years."""

    item: Scalar
    description: str = ""
    single: bool = False


@dataclass(frozen=True)
class ListOf:
    """A list. Where `single` is true, one item may stand alone, without the dash. `word` counts the items (项, 行)."""

    item: Shape
    single: bool = False
    word: str = "项"
    description: str = ""


@dataclass(frozen=True)
class Record:
    """A group of members known by name.

    `required` members must be there unless the group is empty; a record with a `short` member may be
    written as that member's bare value. `strange` is the code of the finding for a name not known. `mistaken` are names that
    belong elsewhere and are easily written here, each with the member that is meant.
    """

    members: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    short: str = ""
    strange: Code = Code.UNKNOWN_KEY
    description: str = ""
    mistaken: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """Values under names that the user is free to choose, such as the headings of a text."""

    item: Scalar
    description: str = ""


Shape = Scalar | ByYear | ListOf | Record | Table


def cluster_shape(catalogue: Catalogue, forms: Collection[str]) -> Record:
    """Return the shape of a whole cluster.yaml for the fields of `catalogue` and submissions for the ids `forms`."""
    members: dict[str, Shape] = {NOTICE: Scalar(Kind.NARRATIVE, description="这份数据的来源、口径等说明，不打印")}
    members.update(_placed_fields(catalogue))
    members[EVENTS] = _events(catalogue)
    members[FACTS] = _facts(catalogue)
    members[REGISTERS] = _registers(catalogue)
    members[PLANS] = _plans(catalogue)
    submission = _submission(catalogue)
    members[SUBMISSIONS] = Record(
        dict.fromkeys(forms, submission),
        strange=Code.UNKNOWN_FORM,
        description="只属于某一张申报表的内容，按申报表编号",
    )
    members[EVIDENCE] = _evidence(catalogue)
    members[WAIVERS] = _waivers()
    return Record(members, description="一个集群的数据")


def scalar_of(field: Field | Column) -> Scalar:
    """Return the shape of one value of `field`."""
    if isinstance(field, Column):
        description = field.description
        return Scalar(field.kind, field.unit, field.minimum, field.maximum, field.choices, description, field.words)
    return Scalar(field.kind, field.unit, field.minimum, field.maximum, field.choices, field.description)


_Nest = dict[str, "Shape | _Nest"]


def _placed_fields(catalogue: Catalogue) -> dict[str, Shape]:
    nest: _Nest = {}
    for field in catalogue.fields.values():
        if field.submission:
            continue
        group = nest
        for key in field.at[:-1]:
            inner = group.setdefault(key, {})
            assert isinstance(inner, dict), "the catalogue's reader refuses fields below fields"
            group = inner
        scalar = scalar_of(field)
        group[field.at[-1]] = ByYear(scalar, field.description) if field.by_year else scalar
    return {key: _record(value) for key, value in nest.items()}


def _record(value: Shape | _Nest) -> Shape:
    if isinstance(value, dict):
        return Record({key: _record(inner) for key, inner in value.items()})
    return value


def _events(catalogue: Catalogue) -> Shape:
    grades = dict.fromkeys(grade for event in catalogue.events.values() for grade in event.grades)
    event = Record(
        {
            "类别": Scalar(Kind.CHOICE, choices=tuple(catalogue.events), description="事件的类别"),
            "日期": Scalar(Kind.WHEN, description="发生的日期，可只写到月或年，如 2023-05"),
            "等级": Scalar(Kind.CHOICE, choices=tuple(grades), description="事件的等级"),
            "情况说明": Scalar(Kind.NARRATIVE, description="情况说明"),
        },
        required=("类别", "日期"),
        mistaken=(("名称", "类别"), ("事实", "类别")),
    )
    return ListOf(event, description="事故、处罚、运营机构变更等事件；没有发生就留空")


def _facts(catalogue: Catalogue) -> Shape:
    fact = Record(
        {
            "事实": Scalar(Kind.CHOICE, choices=tuple(catalogue.facts), description="已开展的工作"),
            "佐证": ListOf(Scalar(), single=True, description="佐证材料的名称"),
        },
        required=("事实",),
        short="事实",
        mistaken=(("证明", "佐证"), ("名称", "事实")),
    )
    return ListOf(fact, description="集群已开展的工作；申报表的勾选框由此得出")


def _registers(catalogue: Catalogue) -> Shape:
    registers: dict[str, Shape] = {}
    for register in catalogue.registers.values():
        required = tuple(column.name for column in register.columns if column.required)
        members: dict[str, Shape] = {}
        for column in register.columns:
            scalar = scalar_of(column)
            members[column.name] = ByYear(scalar, column.description) if column.by_year else scalar
        row = Record(members, required=required)
        registers[register.name] = ListOf(row, word="行", description=register.description)
    return Record(registers, description="名录：平台、标准、项目等的清单")


def _plans(catalogue: Catalogue) -> Shape:
    numeric = tuple(field.name for field in catalogue.fields.values() if field.kind in NUMERIC)
    number, text = Scalar(Kind.AMOUNT), Scalar(Kind.NARRATIVE)
    target = Record(
        {
            "方向": Scalar(description="目标的方向，如 创新"),
            "指标": Scalar(description="指标名称；文字目标写 定性描述"),
            "单位": Scalar(description="指标的单位"),
            "依据": Scalar(Kind.CHOICE, choices=numeric, description="基准值取自哪一项实绩"),
            "基准值": number,
            "值": ByYear(number, "各年目标值"),
            "完成": ByYear(number, "各年完成值"),
            "文字": ByYear(text, "目标的文字；各年不同的按年写", single=True),
            "基准文字": text,
            "完成文字": text,
        },
        required=("方向", "指标"),
        mistaken=(("名称", "指标"),),
    )
    year = Scalar(Kind.COUNT, minimum=Decimal(1990), maximum=Decimal(2100), description="规划的基准年")
    plan = Record({"基准年": year, "目标": ListOf(target)}, required=("基准年",))
    return ListOf(plan, description="三年规划的目标，按基准年")


def _submission(catalogue: Catalogue) -> Shape:
    fields = [field for field in catalogue.fields.values() if not field.by_year]
    members: dict[str, Shape] = {field.name: scalar_of(field) for field in fields if field.kind is not Kind.NARRATIVE}
    members[NARRATIVES] = Record({field.name: scalar_of(field) for field in fields if field.kind is Kind.NARRATIVE})
    members[PROSE] = Table(Scalar(Kind.NARRATIVE), "规划的正文，按申报表上的标题")
    others = {name: Scalar(Kind.NARRATIVE, description=one.description) for name, one in catalogue.others.items()}
    members[OTHERS] = Record(others, description="各行“其他”选项的文字，按行的名称")
    return Record(members)


def _evidence(catalogue: Catalogue) -> Shape:
    item = Record(
        {
            "名称": Scalar(description="佐证材料的名称"),
            "证明": ListOf(
                Scalar(Kind.CHOICE, choices=catalogue.provable, description="它证明的工作或指标"),
                single=True,
                description="这份材料证明的工作或指标",
            ),
            "文件": ListOf(Scalar(description="文件的位置，从集群文件夹写起"), single=True),
        },
        required=("名称",),
        mistaken=(("佐证", "证明"), ("事实", "证明")),
    )
    return ListOf(item, description="佐证材料及其文件")


def _waivers() -> Shape:
    waiver = Record(
        {
            "编号": Scalar(description="检查结果的编号，如 C505"),
            "理由": Scalar(Kind.NARRATIVE, description="为什么不适用，只在内部的检查结果里显示"),
            "栏目": Scalar(description="只用于这个栏目（检查结果里写的位置的一部分）；不写就用于这个编号的全部结果"),
        },
        required=("编号", "理由"),
    )
    return ListOf(waiver, description="核对过、确认不适用的检查结果")
