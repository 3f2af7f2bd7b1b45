"""What a field is: where it stands on each form, what it is given as, how it follows from others, and on which clause it rests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from generator.cluster.catalogue import Catalogue
from generator.errors import UsageError
from generator.forms.arrange import arrange
from generator.forms.asking import inputs, names_asked, pattern_names
from generator.forms.definition import Form
from generator.forms.definition_summary import Summary
from generator.frozen import dataclass
from generator.indicators import FORMULAS, formula_of, totals_of

_SUGGESTIONS = 6
_Asked = tuple[Form | Summary, str, tuple[str, ...], int | None]


@dataclass(frozen=True)
class Place:
    """A place of a form: the form's id and title, the place in the form's own words, and the years asked for there."""

    form: str
    title: str
    path: tuple[str, ...]
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """What is known of one name of the catalogue.

    `sort` says what it is (字段, 工作, 名录, 事件); `key` is where it is written in cluster.yaml. `formula` is how it is derived
    where it is not given, and `clause` what that or the field rests on; `used` are the indicators that are derived from it.
    """

    name: str
    sort: str
    key: tuple[str, ...]
    unit: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    description: str = ""
    formula: str = ""
    clause: str = ""
    used: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def explain(
    word: str, catalogue: Catalogue, forms: Sequence[Form], summaries: Sequence[Summary] = ()
) -> tuple[Explanation, ...]:
    """Return what `word` means: the field, fact, register or event of that name, or those that a form or summary prints it for.

    Raises UsageError, with the nearest names, when there is none.
    """
    asked: list[_Asked] = [(form, name, path, year) for form in forms for name, path, year in _asked(form)]
    asked += [(summary, name, (text,), None) for summary in summaries for name, text in _columns(summary)]
    known = {*catalogue.fields, *catalogue.facts, *catalogue.registers, *catalogue.events}
    if word in known:
        names = [word]
    else:
        labelled = dict.fromkeys(name for _, name, path, _ in asked if any(_says(part, word) for part in path))
        names = [name for name in labelled if name in known]
    if not names:
        raise UsageError(f"没有叫“{word}”的字段。", _suggestion(word, sorted(known)))
    return tuple(_explanation(name, catalogue, asked) for name in names)


def _asked(form: Form) -> Iterator[tuple[str, tuple[str, ...], int | None]]:
    """Yield each name that a place of `form` is filled from, with the place in words and the year."""
    for slot in arrange(form).slots():
        path = slot.path[:-1] if slot.year is not None else slot.path
        for name in names_asked(slot):
            yield name, path, slot.year


def _columns(summary: Summary) -> Iterator[tuple[str, str]]:
    """Yield each field that a column of `summary` is filled from, with the column's head."""
    for column in summary.columns:
        pattern = summary.pattern(column.source)
        for name in (*pattern_names(pattern), *([column.source] if column.source and column.source != pattern else [])):
            yield name, column.text


def _says(printed: str, word: str) -> bool:
    """Whether the label `printed` is `word`, its unit and remarks in brackets aside."""
    return word in (printed, printed.partition("（")[0].rstrip("：:"))


def _explanation(name: str, catalogue: Catalogue, asked: Sequence[_Asked]) -> Explanation:
    formula, totals = formula_of(name), totals_of(name)
    field = catalogue.fields.get(name)
    years: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for form, wanted, path, year in asked:
        if wanted == name:
            years.setdefault((form.id, form.title, path), []).extend([] if year is None else [year])
    sort, key, columns, described = _sort(name, catalogue)
    return Explanation(
        name=name,
        sort=sort,
        key=key,
        unit=field.unit if field else "",
        choices=field.choices if field else (),
        columns=columns,
        description=described,
        formula="；或".join([*([formula.words] if formula else []), *(total.words for total in totals)]),
        clause="；".join(
            dict.fromkeys(
                filter(
                    None,
                    (
                        field.clause if field else "",
                        formula.clause if formula else "",
                        *(total.clause for total in totals),
                    ),
                )
            )
        ),
        used=tuple(other.name for other in FORMULAS if name in {used for used, _ in inputs(other, 0)}),
        places=tuple(Place(form, title, path, tuple(found)) for (form, title, path), found in years.items()),
    )


def _sort(name: str, catalogue: Catalogue) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    """Return what `name` is, its place in cluster.yaml, its columns or grades, and what the catalogue says of it."""
    if name in catalogue.fields:
        field = catalogue.fields[name]
        within = ("申报", "（申报表代号）") if field.submission else ()
        return "字段", (*within, *field.at, *(("（年份）",) if field.by_year else ())), (), field.description
    if name in catalogue.facts:
        return "工作", ("工作", name), (), catalogue.facts[name].description
    if name in catalogue.registers:
        register = catalogue.registers[name]
        return "名录", ("名录", name), tuple(column.name for column in register.columns), register.description
    event = catalogue.events[name]
    return "事件", ("事件", name), event.grades, event.description


def _suggestion(word: str, known: Sequence[str]) -> str:
    near = [name for name in known if word in name or name in word]
    near = list(dict.fromkeys([*near, *get_close_matches(word, known, n=_SUGGESTIONS, cutoff=0.4)]))[:_SUGGESTIONS]
    return f"名称相近的有：{'、'.join(near)}。" if near else "字段名以 shenbao new 生成的 cluster.yaml 为准。"
