"""Reading what lists there are."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cluster.catalogue import Catalogue
from generator.errors import DefinitionError
from generator.forms.library import Library
from generator.forms.model_files import known_model
from generator.lists.definition import ListCatalogue, ListDefinition

_FOLDER, _FILE = "lists", "lists"
MARK = "mark"
"""What a column for every year shows where it shows no number: √ where the row counts."""


def read_lists(library: Library) -> ListCatalogue:
    """Return the lists of `library`; none where it has no lists/lists.yaml. Raises DefinitionError for a file that is wrong."""
    path = library.file(_FOLDER, _FILE)
    return known_model(path, ListCatalogue, "docs/papers.md") if path is not None else ListCatalogue()


def check_lists(lists: ListCatalogue, catalogue: Catalogue) -> None:
    """Make sure that every register, column and figure of `lists` is in `catalogue`. Raises DefinitionError naming those that aren't."""
    strange = [f"“{one.title}”：{name}" for one in lists.lists for name in _strange(one, catalogue)]
    strange += [f"“proofs”：{name}" for name in lists.proofs if name not in catalogue.provable]
    if strange:
        raise DefinitionError("清单目录里有字段目录不认识的名称：\n" + "\n".join(strange), "请改正，或者补进字段目录。")


def _strange(one: ListDefinition, catalogue: Catalogue) -> Iterator[str]:
    register = catalogue.registers.get(one.register_name)
    if register is None:
        yield one.register_name
        return
    columns = {column.name for column in register.columns}
    used = (*one.order, *(column.column for column in one.columns), *(column.years for column in one.columns))
    yield from (name for name in used if name and name != MARK and name not in columns)
    figures = (*one.figures, *one.also, *(name for column in one.columns for name in column.remarks))
    yield from (name for name in figures if name not in catalogue.fields)
