"""Lists without a cluster: of a title, with so many rows."""

from __future__ import annotations

from generator.lists.definition import ListColumn, ListDefinition
from generator.lists.owed import ListFigure, OwedList
from generator.lists.rows import Head, MadeList, NoList

_COLUMNS = (
    ListColumn(head="序号", width=12, number=True),
    ListColumn(head="名称", width=100, column="名称", align="left"),
)


def owed(title: str, *figures: str) -> OwedList:
    """A list that a form owes, called `title`, which proves `figures`."""
    names = figures or (f"{title}数量",)
    definition = ListDefinition(title=title, register_name="企业", unit="家", figures=names, columns=_COLUMNS)
    of_form = tuple(ListFigure(name, name, ("一、情况", name), (), (2024,), printed={2024: "1"}) for name in names)
    return OwedList(definition, of_form, "需提供清单", by_row=True)


def made(title: str, *rows: str, figures: tuple[str, ...] = ()) -> MadeList:
    """A list that is made, with a row for each of `rows`."""
    heads = (Head("序号", 12, "centre"), Head("名称", 100, "left"))
    numbered = tuple((str(number), row) for number, row in enumerate(rows, start=1))
    return MadeList(owed(title, *figures), heads, numbered, (("合计", f"{len(rows)}家"),), f"{len(rows)}家")


def impossible(title: str, *figures: str) -> NoList:
    """A list that is owed and contradicts the form."""
    return NoList(owed(title, *figures), "对不上")
