"""Whether a form speaks of things that the catalogue knows: fields, facts, registers, events, and the values they may have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.cluster.catalogue import Catalogue, RegisterKind
from generator.errors import DefinitionError
from generator.findings import PATH_MARK
from generator.forms.arrange import arrange
from generator.forms.arrangement import Arrangement, Slot, SlotKind
from generator.forms.asking import pattern_names
from generator.forms.definition import (
    AllOf,
    AnyOf,
    Choice,
    Condition,
    CountRow,
    DownRow,
    EventHappened,
    FieldIs,
    Form,
    NamesRow,
    Negation,
    OtherGiven,
    RegisterHolds,
)
from generator.forms.definition_summary import Summary
from generator.forms.places import SHORT_PLACES

_LIMIT = 8


def check_names(form: Form, catalogue: Catalogue, arrangement: Arrangement | None = None) -> None:
    """Make sure that all names in `form` are in `catalogue`. `arrangement` is the form arranged, where that was done already.

    Raises DefinitionError that lists the first places whose name (or choice, grade, column) is unknown, with the nearest known one.
    """
    _refuse(
        form.id,
        (
            f"{PATH_MARK.join(slot.path)}：{problem}"
            for slot in (arrangement or arrange(form)).slots()
            for problem in _Names(catalogue).problems(slot)
        ),
    )


def check_summary_names(summary: Summary, catalogue: Catalogue) -> None:
    """Make sure that all names in `summary` are in `catalogue`. Raises DefinitionError as `check_names` does."""
    _refuse(summary.id, _unknown("字段", summary.names_asked(), catalogue.fields))


def _refuse(identifier: str, problems: Iterable[str]) -> None:
    told = dict.fromkeys(problems)
    if told:
        raise DefinitionError(
            f"表式 {identifier} 里有字段目录中没有的名称：\n" + "\n".join(tuple(told)[:_LIMIT]),
            "请改正名称；确是新内容的，先补进 fields 文件夹里的字段目录，见 docs/new-form.md。",
        )


class _Names:
    """Looks up what a slot speaks of."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def problems(self, slot: Slot) -> Iterator[str]:
        """Yield what is unknown of `slot`, in words."""
        match slot.kind:
            case SlotKind.VALUE | SlotKind.NARRATIVE:
                yield from self._source(slot)
                if isinstance(slot.row, DownRow) and slot.row.formula:
                    yield from self._fields((slot.row.formula,))
            case SlotKind.COMPOSED:
                yield from self._fields(pattern_names(slot.source))
            case SlotKind.NUMBER | SlotKind.NAMES:
                where = slot.row.where if isinstance(slot.row, NamesRow | CountRow) else {}
                yield from self._register(slot.source, where)
            case SlotKind.BOX if slot.box is not None and slot.box.when is not None:
                yield from self._condition(slot.box.when)

    def _source(self, slot: Slot) -> Iterator[str]:
        names = self._chosen(slot.choice) if slot.choice else (SHORT_PLACES.get(slot.source, slot.source),)
        yield from self._fields(names)
        if slot.choice:
            yield from self._values(slot.choice.field, slot.choice.sources)
        for name in names:
            field = self._catalogue.fields.get(name)
            if slot.year is not None and field is not None and not field.by_year and name == names[-1]:
                yield f"字段“{name}”不按年填写，不能用在按年的栏目"

    @staticmethod
    def _chosen(choice: Choice) -> tuple[str, ...]:
        return (choice.field, *choice.sources.values())

    def _condition(self, condition: Condition) -> Iterator[str]:
        match condition:
            case str():
                yield from _unknown("工作事实", (condition,), self._catalogue.facts)
            case AnyOf():
                for part in condition.any:
                    yield from self._condition(part)
            case AllOf():
                for part in condition.all:
                    yield from self._condition(part)
            case Negation():
                yield from self._condition(condition.negated)
            case FieldIs():
                yield from self._fields((condition.field,))
                yield from self._values(condition.field, condition.values)
            case EventHappened():
                yield from _unknown("事件", condition.event, self._catalogue.events)
                known = [self._catalogue.events[kind] for kind in condition.event if kind in self._catalogue.events]
                for kind in known:
                    yield from _unknown(f"“{kind.name}”的等级", condition.grade, kind.grades)
            case RegisterHolds():
                yield from self._register(condition.register_name, condition.where)
            case OtherGiven():
                yield from _unknown("“其他”行", (condition.other,), self._catalogue.others)

    def _fields(self, names: Iterable[str]) -> Iterator[str]:
        yield from _unknown("字段", names, self._catalogue.fields)

    def _values(self, field: str, values: Iterable[str]) -> Iterator[str]:
        known = self._catalogue.fields.get(field)
        if known is not None:
            yield from _unknown(f"“{field}”的选项", values, known.choices)

    def _register(self, name: str, where: dict[str, str]) -> Iterator[str]:
        yield from _unknown("名录", (name,), self._catalogue.registers)
        register: RegisterKind | None = self._catalogue.registers.get(name)
        if register is None:
            return
        columns = {column.name: column for column in register.columns}
        yield from _unknown(f"名录“{name}”的列", where, columns)
        for column, value in where.items():
            if column in columns and columns[column].choices:
                yield from _unknown(f"“{column}”的选项", (value,), columns[column].choices)


def _unknown(sort: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, sorted(known), 1)
            yield f"没有“{name}”这个{sort}" + (f"，是不是“{near[0]}”？" if near else "")
