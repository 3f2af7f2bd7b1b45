"""`shenbao forms`: the forms that are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli import console
from generator.cli.options import json_option, library_option
from generator.cli.wording import Command

if TYPE_CHECKING:
    from generator.forms.definition import Form


def _run(as_json: bool, libraries: tuple[Path, ...]) -> None:
    from generator.forms.library import Library

    library = Library.standard(libraries)
    forms = [library.form(name) for name in library.ids()]
    if as_json:
        console.say_json({"forms": [_as_tree(form) for form in forms]})
    else:
        console.say("\n\n".join(_as_text(form) for form in forms))


def _as_tree(form: Form) -> dict[str, object]:
    years = form.years
    return {
        "id": form.id,
        "title": form.title,
        "edition": form.edition,
        "level": form.level,
        "issuer": form.issuer,
        "years": {
            "data": list(years.data),
            "base": years.base,
            "target": list(years.target),
            "milestones": list(years.milestones),
        },
    }


def _as_text(form: Form) -> str:
    years = [f"数据年度 {'、'.join(map(str, form.years.data))}", f"基准年 {form.years.base}"]
    if form.years.target:
        years.append(f"目标年 {'、'.join(map(str, form.years.target))}")
    return "\n".join([f"{form.id}  {form.title}（{form.edition}年）", f"    {form.issuer}；{'，'.join(years)}"])


command = Command(
    "forms",
    help="列出本工具认识的申报表：代号、名称、发文单位、数据年度、基准年和目标年。",
    params=[json_option(), library_option()],
    callback=_run,
)
