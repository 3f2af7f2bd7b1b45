"""The grammar of `templates/lists/*.yaml`: what lists there are, for which figures, with which columns. docs/papers.md explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from generator.forms.definition_node import Construct
from generator.frozen import dataclass, field

if TYPE_CHECKING:
    from pydantic import Field

YEAR = "$year"
"""Where the year stands in the head of a column that is repeated for every year."""

_SHOWS = ("number", "column", "years", "remarks")


@dataclass(frozen=True, kw_only=True)
class ListColumn(Construct):
    """One column of a list: the row's `number`, a `column` of the register, a column for every year, or `remarks`.

    `years` is `mark` (√ where the row counts in that year) or a column of the register by year, whose number stands where it
    counts. `remarks` gives a word by figure: what is remarked on a row that counts for that figure. Widths are millimetres.
    """

    head: str
    width: Annotated[float, Field(gt=0)]
    align: Literal["left", "centre", "right"] = "centre"
    number: bool = False
    column: str = ""
    years: str = ""
    remarks: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if sum(bool(getattr(self, name)) for name in _SHOWS) != 1:
            raise ValueError(f"“{self.head}”这一列要写、也只能写其中一样：{'、'.join(_SHOWS)}")
        if bool(self.years) != (YEAR in self.head):
            raise ValueError(f"“{self.head}”：逐年的列，表头里要有 {YEAR}，别的列不能有")


@dataclass(frozen=True, kw_only=True)
class ListDefinition(Construct):
    """One list.

    `figures` are the catalogue fields that it proves, `also` those that are added up below it besides; without `figures` it proves
    the rows of the form that count the register itself. `served` says that the list is owed too where a figure isn't printed
    but one that follows from it is. `asked` are words of the form that ask for it, where the row itself doesn't: looked for in
    its notes and instructions. `order` names the columns that the rows are sorted by, before their order in the register.
    """

    title: str
    register_name: Annotated[str, Field(alias="register")]
    unit: str
    figures: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    served: bool = False
    asked: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    columns: Annotated[tuple[ListColumn, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class ListCatalogue(Construct):
    """All lists. `words` are words of the registers as forms of a level (`市级`) have them: `{市级: {省级: 市级}}`.

    `proofs` gives words by figure or register: a form whose notes hold one of them wants evidence of it, though its row says nothing.
    """

    words: dict[str, dict[str, str]] = field(default_factory=dict)
    proofs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: tuple[ListDefinition, ...] = ()
