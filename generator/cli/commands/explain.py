"""`shenbao explain`: what a field is, and where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli import console
from generator.cli.options import library_option
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument
from generator.findings import PATH_MARK

if TYPE_CHECKING:
    from generator.forms.explaining import Explanation


def _run(audience: Audience, word: str, libraries: tuple[Path, ...]) -> Told:
    from generator.cluster.catalogue import read_catalogue
    from generator.forms.explaining import explain
    from generator.forms.library import Library

    library = Library.standard(libraries)
    forms = [library.form(name) for name in library.ids()]
    summaries = [library.summary(name) for name in library.summary_ids()]
    explanations = explain(word, read_catalogue(library.field_folders()), forms, summaries)
    return Told(
        lambda: {"explanations": [_as_tree(explanation) for explanation in explanations]},
        lambda: console.say("\n\n".join(_as_text(explanation) for explanation in explanations)),
    )


def _as_text(explanation: Explanation) -> str:
    facts = (
        ("写在", PATH_MARK.join(explanation.key)),
        ("单位", explanation.unit),
        ("可选", "、".join(explanation.choices)),
        ("分项", "、".join(explanation.columns)),
        ("说明", explanation.description),
        ("公式", f"{explanation.formula}（没有直接给出时按此推算）" if explanation.formula else ""),
        ("依据", explanation.clause),
        ("用于推算", "、".join(explanation.used)),
    )
    lines = [f"{explanation.name}（{explanation.sort}）", *(f"  {name}：{text}" for name, text in facts if text)]
    together: dict[tuple[str, tuple[str, ...], tuple[int, ...]], list[str]] = {}
    for place in explanation.places:
        together.setdefault((place.form, place.path[:-1], place.years), []).append(place.path[-1])
    for (form, path, years), last in together.items():
        asked = f"（{'、'.join(f'{year}年' for year in years)}）" if years else ""
        lines.append(f"  {form}：{PATH_MARK.join([*path, '／'.join(last)])}{asked}")
    if not explanation.places:
        lines.append("  没有申报表直接填写它。")
    return "\n".join(lines)


def _as_tree(explanation: Explanation) -> dict[str, object]:
    return {
        "name": explanation.name,
        "sort": explanation.sort,
        "key": list(explanation.key),
        "unit": explanation.unit,
        "choices": list(explanation.choices),
        "columns": list(explanation.columns),
        "description": explanation.description,
        "formula": explanation.formula,
        "clause": explanation.clause,
        "used": list(explanation.used),
        "places": [
            {"form": place.form, "title": place.title, "path": list(place.path), "years": list(place.years)}
            for place in explanation.places
        ],
    }


command = TellingCommand(
    "explain",
    help="说明一个字段（或工作、名录、事件）：写在 cluster.yaml 的哪里，单位、公式和依据，在各申报表的哪一栏。"
    "\n\n可以写字段名，也可以写申报表上印的栏目名。",
    params=[
        Argument(["word"], metavar="字段", description="如 集群总产值，或栏目名 集群占地面积。"),
        library_option(),
    ],
    callback=_run,
)
