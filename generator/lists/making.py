"""All lists of a form, made."""

from __future__ import annotations

from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster
from generator.forms.filled import FilledForm
from generator.indicators import Indicators, Roll
from generator.lists.definition import ListCatalogue
from generator.lists.owed import owed_lists
from generator.lists.rows import MadeList, NoList, Registers, make_list


def make_lists(
    filled: FilledForm, cluster: Cluster, indicators: Indicators, catalogue: Catalogue, lists: ListCatalogue
) -> tuple[MadeList | NoList, ...]:
    """Return every list that the form of `filled` owes, in the order of `lists`: its rows, or why there are none."""
    words = lists.words.get(filled.form.level, {})
    registers = Registers(cluster, filled.form, indicators, catalogue, Roll(cluster.registers), words)
    made: dict[tuple[str, ...], list[MadeList | NoList]] = {}
    for owed in owed_lists(filled, cluster, lists):
        one = make_list(owed, registers)
        alternatives = made.setdefault(
            tuple(figure.name for figure in owed.figures if figure.name) or (owed.definition.title,), []
        )
        alternatives.append(one)
    return tuple(_best(alternatives) for alternatives in made.values())


def _best(alternatives: list[MadeList | NoList]) -> MadeList | NoList:
    """Of the lists that prove the same figures from one register or another: the one that there is, else the first."""
    return next((one for one in alternatives if isinstance(one, MadeList)), alternatives[0])
