"""计算说明: how every derived figure of a form was reckoned, with its numbers and its clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster
from generator.documents.paper_rules import PaperRules
from generator.forms.definition import DownRow, MatrixRow
from generator.forms.filled import FilledForm, FilledSlot, Origin
from generator.forms.printing import print_given, print_indicator
from generator.frozen import dataclass
from generator.indicators import Derived, Indicators
from generator.lists.demands import sentence_that_asks
from generator.lists.figures import printed_figures, row_steps, serving_figures

_FORMULA = "计算公式"
_BY_HAND, _NOTHING = "直接填写", "—"
_MOST_PLACES = 6
_SECTIONS, _NUMERALS = ("公式", "合计", "其他"), "一二三"


@dataclass(frozen=True)
class Reckoned:
    """A figure of the form, or one that such figures follow from: its places by year, and what is derived of it."""

    name: str
    label: str
    slots: Mapping[int, FilledSlot]
    printed: bool

    @property
    def down(self) -> DownRow | None:
        """The row that asks for its formula, if it stands on one."""
        row = next(iter(self.slots.values())).slot.row
        return row if isinstance(row, DownRow) and self.printed and _FORMULA in row.owes else None


def calculation_context(
    filled: FilledForm, cluster: Cluster, indicators: Indicators, catalogue: Catalogue, rules: PaperRules
) -> dict[str, Any]:
    """Return what the document `calculations` is filled with: 公式们, 合计们 and 其他们, each empty where there is nothing to tell.

    公式号, 合计号 and 其他号 are the numerals of those that are not empty. All are empty where nothing is reckoned.
    """
    writer = _Writer(filled, cluster, indicators, catalogue, rules)
    figures = tuple(writer.figures())
    formulas, totals = list(_numbered(writer.formulas(figures))), list(_numbered(writer.totals(figures)))
    given = list(writer.given(figures)) if formulas or totals else []
    numerals = iter(_NUMERALS)
    numbers = {
        f"{name}号": next(numerals) if told else ""
        for name, told in zip(_SECTIONS, (formulas, totals, given), strict=True)
    }
    return {"公式们": formulas, "合计们": totals, "其他们": given, **numbers}


@dataclass(frozen=True)
class _Writer:
    filled: FilledForm
    cluster: Cluster
    indicators: Indicators
    catalogue: Catalogue
    rules: PaperRules

    def figures(self) -> Iterator[Reckoned]:
        """Those that the form prints, in its order; then those that only serve them."""
        printed = printed_figures(self.filled)
        for name, slots in printed.items():
            first = next(iter(slots.values())).slot
            row = name if isinstance(first.row, MatrixRow) else row_steps(first)[-1]
            yield Reckoned(name, self.rules.called.get(name, row), slots, True)
        for name, slots in serving_figures(self.filled, self.cluster).items():
            if name not in printed:
                yield Reckoned(name, self._with_unit(name), dict(sorted(slots.items())), False)

    def formulas(self, figures: tuple[Reckoned, ...]) -> Iterator[dict[str, Any]]:
        for figure in figures:
            derived = {year: one for year, one in self._derived(figure).items() if not one.register}
            given = self.cluster.value(figure.down.formula, form=self.filled.form.id) if figure.down else None
            if derived or given is not None:
                yield {
                    "指标": figure.label,
                    "公式": next((one.formula for one in derived.values()), ""),
                    "另附": print_given(given) if given is not None else "",
                    "依据": self._clause(figure),
                    "行们": [self._step(figure, year, derived.get(year)) for year in figure.slots],
                }

    def totals(self, figures: tuple[Reckoned, ...]) -> Iterator[dict[str, Any]]:
        for figure in figures:
            derived = {year: one for year, one in self._derived(figure).items() if one.register}
            if derived:
                yield {
                    "指标": figure.label,
                    "公式": next(iter(derived.values())).formula,
                    "依据": self._clause(figure),
                    "行们": [self._step(figure, year, one) for year, one in derived.items()],
                }

    def given(self, figures: tuple[Reckoned, ...]) -> Iterator[dict[str, str]]:
        """The figures that others follow from and that were given by hand; every row says all, since a page may end behind any."""
        serving = serving_figures(self.filled, self.cluster)
        for figure in figures:
            proofs = "、".join(item.name for item in self.cluster.evidence if figure.name in item.proves)
            for year in sorted(serving.get(figure.name, {})):
                given = self.cluster.value(figure.name, year, self.filled.form.id)
                if given is not None:
                    name = self._with_unit(figure.name)
                    yield {"名称": name, "年度": f"{year}年", "数值": print_given(given), "佐证": proofs or _NOTHING}

    def _derived(self, figure: Reckoned) -> dict[int, Derived]:
        """What is derived of a figure by year, where that is what stands."""
        found = {year: self.indicators.get((figure.name, year)) for year in figure.slots}
        return {year: one for year, one in found.items() if one is not None and self._stands(figure, year)}

    def _stands(self, figure: Reckoned, year: int) -> bool:
        if figure.printed:
            return figure.slots[year].origin is Origin.DERIVED
        return self.cluster.value(figure.name, year, self.filled.form.id) is None

    def _step(self, figure: Reckoned, year: int, derived: Derived | None) -> dict[str, str]:
        numbers = derived.numbers if derived is not None else _BY_HAND
        reckoned = _plain(derived) if derived is not None else ""
        result = figure.slots[year].printed.strip() if figure.printed else reckoned
        return {"年度": f"{year}年", "过程": numbers, "结果": result}

    def _clause(self, figure: Reckoned) -> str:
        return sentence_that_asks(self.filled.form, self.rules.clauses.get(figure.name, ())) or (
            figure.down.note.strip("（）").removeprefix("注：") if figure.down is not None else ""
        )

    def _with_unit(self, name: str) -> str:
        field = self.catalogue.fields.get(name)
        return f"{name}（{field.unit}）" if field is not None and field.unit else name


def _plain(derived: Derived) -> str:
    """A figure as others reckon with it: a count whole, anything else with two decimals at least and six at most."""
    printed = print_indicator(derived)
    text = f"{round(derived.value, _MOST_PLACES):f}".rstrip("0")
    return text if not derived.whole and len(text) > len(printed) else printed


def _numbered(entries: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, entry in enumerate(entries, start=1):
        yield {"序号": str(number), **entry}
