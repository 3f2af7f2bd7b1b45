"""Reading form definitions: YAML, years put in, checked against the grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel

from generator.errors import DefinitionError
from generator.forms.definition import Form, Node, PreviousYears, Years
from generator.forms.definition_document import DocumentDefinition, DocumentPart
from generator.forms.definition_summary import Summary
from generator.forms.grammar import Grammar, ValidationError, checked
from generator.forms.problems import Step, place_in_words, problems_in_words
from generator.notices.definition import Notice, NoticePart
from generator.notices.file_names import FileNames

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACEHOLDER = re.compile(r"\$([a-z_]+[0-9]*)")
_MILESTONES = "milestones"
_OF_A_MILESTONE = frozenset({"n", "year"})  # put in by the arrangement, once for every milestone year
_ADVICE = "文法见 docs/definition.md。"
_NOTICE_ADVICE = "写法见 docs/notices.md。"

_Definition = TypeVar("_Definition", bound=Node)
_Model = TypeVar("_Model", bound=BaseModel)

LineOf = Callable[[tuple[Step, ...]], int]
"""The line on which a place of a definition stands, counted from 1; 0 where it is not known."""


def read_form(path: Path) -> Form:
    """Read the definition at `path`.

    Raises DefinitionError naming the file, the line and the place when it is no YAML or does not follow the grammar.
    """
    text, data = _yaml(path)
    return form_from(data, path.name, line_of=lambda place: _line_of(text, place))


def read_summary(path: Path, edition: int | None = None) -> Summary:
    """Read the definition of a summary table at `path`, for another `edition` (year) than its own if given.

    Raises DefinitionError as `read_form` does.
    """
    text, data = _yaml(path)
    return summary_from(data, path.name, edition, line_of=lambda place: _line_of(text, place))


def read_notice(path: Path) -> Notice:
    """Read the notice at `path`. Raises DefinitionError as `read_form` does, and where its id is not the file's name."""
    notice = read_data(path, Notice, NoticePart)
    if notice.id != path.stem:
        message = f"通知 {path.name} 里的 id 是“{notice.id}”，与文件名不同。"
        raise DefinitionError(message, f"请把 id 写成 {path.stem}，或者改文件名。")
    return notice


def read_file_names(path: Path) -> FileNames:
    """Read the usual file names at `path`. Raises DefinitionError as `read_form` does."""
    return read_data(path, FileNames, FileNames)


def read_data(path: Path, model: type[_Model], grammar: type[BaseModel]) -> _Model:
    """Return the file at `path` as a `model`, all of whose parts are kinds of `grammar`. Raises DefinitionError as `read_form` does."""
    text, data = _yaml(path, "")
    try:
        return checked(model, data)
    except ValidationError as error:
        told = _in_lines(problems_in_words(error, data, grammar=grammar), lambda place: _line_of(text, place))
        raise DefinitionError(f"{path.name} 不合文法：\n{told}", _NOTICE_ADVICE) from error


def read_document(path: Path) -> DocumentDefinition:
    """Read the definition of a designed document at `path`. Raises DefinitionError as `read_form` does."""
    text, data = _yaml(path)
    try:
        return checked(DocumentDefinition, data)
    except ValidationError as error:
        raise _wrong(path.name, error, data, (), lambda place: _line_of(text, place), DocumentPart) from error


def form_from(data: Any, name: str, *, line_of: LineOf = lambda place: 0) -> Form:
    """Return the form that `data` (a definition as YAML gives it) describes, its years put into all texts.

    Raises DefinitionError where the grammar is not followed; `name` is what the message calls the definition, and
    `line_of` tells the line of a place.
    """
    names = _year_names(_years(data, name, line_of))
    return _checked(Form, _YearsPutIn(name, names, line_of).put_in(data), name, line_of)


def summary_from(data: Any, name: str, edition: int | None = None, *, line_of: LineOf = lambda place: 0) -> Summary:
    """Return the summary table that `data` describes, its years put into all texts.

    With another `edition` than the definition's own, all years move by as many as lie between the two.
    Raises DefinitionError as `form_from` does.
    """
    years = _years(data, name, line_of)
    own = data.get("edition")
    if isinstance(own, int) and edition is not None:
        years = _moved(years, edition - own)
        data = {**data, "edition": edition, "years": asdict(years)}
    names = {**_year_names(years), "edition": str(data.get("edition", ""))}
    return _checked(Summary, _YearsPutIn(name, names, line_of).put_in(data), name, line_of)


def _yaml(path: Path, kind: str = "表式定义 ") -> tuple[str, Any]:
    """Return the text of a definition, and what it says as YAML."""
    try:
        text = path.read_text(encoding="utf-8")
        return text, yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"第{mark.line + 1}行第{mark.column + 1}列附近" if mark is not None else "有一处"
        message = f"{kind}{path.name} 读不出来：{where} YAML 写法有误。"
        raise DefinitionError(message, "请检查缩进、冒号后的空格、引号和括号是否成对。") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"{kind}{path.name} 读不出来：{error}", "请检查该文件，须存为 UTF-8。") from error


def _years(data: Any, name: str, line_of: LineOf) -> Years:
    if not isinstance(data, dict) or not isinstance(data.get("years"), dict):
        raise DefinitionError(
            f"表式定义 {name} 缺少 years。", "years 写明数据年度、基准年和目标年，见 docs/definition.md。"
        )
    try:
        return checked(Years, data["years"])
    except ValidationError as error:
        raise _wrong(name, error, data, ("years",), line_of) from error


def _moved(years: Years, by: int) -> Years:
    """The same years, `by` years later."""
    previous = years.previous
    return Years(
        data=tuple(year + by for year in years.data),
        base=years.base + by,
        target=tuple(year + by for year in years.target),
        milestones=tuple(year + by for year in years.milestones),
        previous=previous and PreviousYears(base=previous.base + by, target=previous.target + by),
    )


def _checked(kind: type[_Definition], data: Any, name: str, line_of: LineOf) -> _Definition:
    try:
        return checked(kind, data)
    except ValidationError as error:
        raise _wrong(name, error, data, (), line_of) from error


def _wrong(
    name: str,
    error: ValidationError,
    data: Any,
    prefix: tuple[Step, ...],
    line_of: LineOf,
    grammar: type[Grammar] = Node,
) -> DefinitionError:
    told = _in_lines(problems_in_words(error, data, prefix, grammar=grammar), line_of)
    return DefinitionError(f"表式定义 {name} 不合文法：\n{told}", _ADVICE)


def _in_lines(problems: Iterable[tuple[tuple[Step, ...], str]], line_of: LineOf) -> str:
    numbered = ((line_of(place), words) for place, words in problems)
    return "\n".join(f"第{number}行，{words}" if number else words for number, words in numbered)


def _line_of(text: str, place: tuple[Step, ...]) -> int:
    """The line of a place: of the innermost of its steps that the file holds."""
    node = yaml.compose(text, Loader=_LOADER)
    line = 0
    for step in place:
        match node:
            case yaml.MappingNode():
                found = next(((key, value) for key, value in node.value if key.value == step), None)
                if found is None:
                    return line
                line, node = found[0].start_mark.line + 1, found[1]
            case yaml.SequenceNode() if isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            case _:
                return line
    return line


def _year_names(years: Years) -> Mapping[str, str]:
    """The placeholders of a definition, each with its year.

    `$base`, `$first` and `$data1`…, `$target` (the last) and `$target1`…, `$milestone1`…, `$previous_base` and
    `$previous_target`.
    """
    names = {"base": years.base, "first": years.data[0]}
    for name, values in (("data", years.data), ("target", years.target), ("milestone", years.milestones)):
        names |= {f"{name}{number}": value for number, value in enumerate(values, start=1)}
    if years.target:
        names["target"] = years.target[-1]
    if years.previous is not None:
        names |= {"previous_base": years.previous.base, "previous_target": years.previous.target}
    return {name: str(year) for name, year in names.items()}


class _YearsPutIn:
    """Puts the years of a definition into its texts."""

    def __init__(self, form: str, names: Mapping[str, str], line_of: LineOf) -> None:
        self._form = form
        self._names = names
        self._line_of = line_of

    def put_in(self, data: Any) -> Any:
        return self._node(data, (), data)

    def _node(self, node: Any, place: tuple[Step, ...], data: Any) -> Any:
        if isinstance(node, str):
            return _PLACEHOLDER.sub(lambda match: self._year(match[1], place, data), node)
        if isinstance(node, dict):
            return {
                key: value if place == () and key == "years" else self._node(value, (*place, key), data)
                for key, value in node.items()
            }
        if isinstance(node, list):
            return [self._node(item, (*place, number), data) for number, item in enumerate(node)]
        return node

    def _year(self, name: str, place: tuple[Step, ...], data: Any) -> str:
        if name in self._names:
            return self._names[name]
        if place[-1:] == (_MILESTONES,) and name in _OF_A_MILESTONE:
            return f"${name}"
        number = self._line_of(place)
        where = f"第{number}行，" if number else ""
        known = " ".join(f"${known}" for known in self._names)
        raise DefinitionError(
            f"表式定义 {self._form} 不合文法：\n{where}{place_in_words(place, data)}：不认识的年份“${name}”；可用 {known}",
            "年份由 years 给出，见 docs/definition.md。",
        )
