"""`shenbao forms`: the forms and summary tables that are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli import console
from generator.cli.options import library_option
from generator.cli.telling import Audience, TellingCommand, Told

if TYPE_CHECKING:
    from generator.forms.definition import Form
    from generator.forms.definition_summary import Summary


def _run(audience: Audience, libraries: tuple[Path, ...]) -> Told:
    from generator.forms.library import Library

    library = Library.standard(libraries)
    forms = [library.form(name) for name in library.ids()]
    summaries = [library.summary(name) for name in library.summary_ids()]

    def tree() -> dict[str, object]:
        return {
            "forms": [_as_tree(form) for form in forms],
            "summaries": [_summary_as_tree(summary) for summary in summaries],
        }

    def say() -> None:
        told = [*(_as_text(form) for form in forms), *(_summary_as_text(summary) for summary in summaries)]
        console.say("\n\n".join(told))

    return Told(tree, say)


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


def _summary_as_tree(summary: Summary) -> dict[str, object]:
    return {
        "id": summary.id,
        "title": summary.title,
        "edition": summary.edition,
        "levels": list(summary.heading.words),
        "orders": list(summary.orders),
        "years": {"data": list(summary.years.data), "base": summary.years.base},
    }


def _summary_as_text(summary: Summary) -> str:
    facts = [f"级别 {'、'.join(summary.heading.words)}"]
    if summary.orders:
        facts.append(f"排序 {'、'.join(summary.orders)}")
    facts.append(f"基准年 {summary.years.base}")
    return f"{summary.id}  {summary.title}\n    汇总表（shenbao summary）；{'，'.join(facts)}"


command = TellingCommand(
    "forms",
    help="列出本工具认识的申报表（代号、名称、发文单位、数据年度、基准年和目标年）和汇总表。",
    params=[library_option()],
    callback=_run,
)
