"""需提供清单: every list that the form asks for can be made, and adds up to what the form prints."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.crosscheck import agrees
from generator.checks.rule import Examined, Located
from generator.cluster.catalogue import ACTUALS
from generator.findings import PATH_MARK, Finding, Severity
from generator.forms.printing import print_indicator
from generator.lists.figures import figure_that_stands, says_nothing, says_the_same
from generator.lists.owed import ListFigure, OwedList

_EVIDENCE = "佐证材料"


def lists_without_entries(examined: Examined) -> Iterator[Located]:
    """C407: lists are owed for figures that were given by hand: no register gives their entries, nor does an item of evidence.

    Told once for all lists from one register, those that the row itself asks for apart.
    """
    if examined.evidence_unread:
        return
    lacking: dict[tuple[str, bool], list[tuple[OwedList, ListFigure]]] = {}
    for owed, figure in _figures(examined):
        if any(_by_hand(examined, figure, year) for year in figure.years) and not _proved(examined, owed, figure):
            lacking.setdefault((owed.definition.register_name, owed.by_row), []).append((owed, figure))
    for (register, by_row), found in lacking.items():
        yield found[0][1].slots[0].slot.key, _without_entries(register, found, must=by_row)


def lists_that_differ(examined: Examined) -> Iterator[Located]:
    """C408: the entries of a register come to another figure than the form prints, so that the list would contradict it.

    Not told where the figure given by hand is another one however it is rounded: C701 says so, and that the list is not made.
    """
    for owed, figure in _figures(examined):
        for year in figure.years:
            derived = examined.indicators.get((figure.name, year))
            printed = _printed(examined, figure, year)
            if derived is None or not derived.register or says_the_same(print_indicator(derived), printed):
                continue
            given = examined.cluster.actuals.get((figure.name, year))
            if given is not None and not agrees(given, derived):
                continue
            yield (
                figure.slots[0].slot.key,
                Finding(
                    code="C408",
                    severity=Severity.CHECK,
                    message="清单的合计与表上的数不同，这份清单没有生成",
                    path=PATH_MARK.join((*figure.place, f"{year}年")),
                    position=examined.position(figure.name, year),
                    found=f"表上是 {printed}，{owed.definition.title}合计是 {print_indicator(derived)}",
                    expected="清单的合计与表上的数相同",
                    remedy=f"删去“{ACTUALS}”里的“{figure.name}”，由名录推算；或者改正名录。",
                    clause=owed.clause,
                ),
            )


def _figures(examined: Examined) -> Iterator[tuple[OwedList, ListFigure]]:
    """The catalogue fields that owed lists prove, each once: some can be listed from either of two registers."""
    told: set[str] = set()
    for owed in examined.owed_lists:
        for figure in owed.figures:
            if figure.name and figure.name not in told:
                told.add(figure.name)
                yield owed, figure


def _by_hand(examined: Examined, figure: ListFigure, year: int) -> bool:
    """Whether a figure that is not nothing comes from no register."""
    derived = examined.indicators.get((figure.name, year))
    registered = derived is not None and bool(derived.register)
    return not registered and not says_nothing(_printed(examined, figure, year))


def _printed(examined: Examined, figure: ListFigure, year: int) -> str:
    """The figure as the form prints it, or reckons with it where it prints only what follows from it."""
    if year in figure.printed:
        return figure.printed[year]
    return figure_that_stands(figure.name, year, examined.cluster, examined.indicators, examined.filled.form.id)


def _proved(examined: Examined, owed: OwedList, figure: ListFigure) -> bool:
    """Whether an item of evidence proves the figure, or its lack is told already (C402)."""
    slots = {slot.slot.source for slot in figure.slots}
    proofs = examined.proofs()
    rows = [slot.slot for slot in figure.slots]
    asked = any(_EVIDENCE in (*(slot.row.owes if slot.row else ()), *slot.group_owes) for slot in rows)
    return (owed.by_row and asked) or any(proofs.get(name) for name in (figure.name, *slots))


def _without_entries(register: str, found: list[tuple[OwedList, ListFigure]], *, must: bool) -> Finding:
    first, figure = found[0]
    titles = "、".join(dict.fromkeys(owed.definition.title for owed, _ in found))
    return Finding(
        code="C407",
        severity=Severity.MUST if must else Severity.CHECK,
        message=f"需提供{titles}，但名录里没有",
        path=PATH_MARK.join(figure.place),
        position=next((slot.position for slot in figure.slots if slot.position is not None), None),
        found=f"直接填写的数：{'、'.join(dict.fromkeys(figure.name for _, figure in found))}",
        expected=f"“{register}”名录里逐条列出，或者有佐证材料证明这些数",
        remedy=f"把各条填进“{register}”名录（企业清单.xlsx）；已有清单文件的，放进“佐证材料”，“证明”写“{figure.name}”等。",
        clause=first.clause,
    )
