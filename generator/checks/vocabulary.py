"""The words that prose has for figures. Data (`checks/words.yaml`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from generator.forms.definition_node import Construct
from generator.frozen import dataclass
from generator.frozen import field as made

if TYPE_CHECKING:
    from pydantic import Field


@dataclass(frozen=True, kw_only=True)
class Word(Construct):
    """What prose calls a figure: a field by year, or the number of a register's entries.

    `weak` are words that might be said of anything: they count where the cluster is spoken of. `where` is what an entry has to say
    in a column (`国家级、省级`: one of the two). `also` are other fields that the same words may mean, `added` the field of what is
    added in a year. `behind` are phrases behind a number that say the same (`165家中小企业上云`). `share` is the field of its share, in
    the wholes `of`, `mean` that of its mean growth over the data years, `growth` that of its growth over the year before.
    """

    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    field: str = ""
    register_name: Annotated[str, Field(alias="register")] = ""
    where: dict[str, str] = made(default_factory=dict)
    also: tuple[str, ...] = ()
    added: str = ""
    behind: tuple[str, ...] = ()
    share: str = ""
    of: tuple[str, ...] = ()
    mean: str = ""
    growth: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the words may mean."""
        return (self.field, *self.also) if self.field else ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary(Construct):
    """Everything that prose says of figures: the words, what may stand before them (`cluster`: what speaks of the
    cluster itself), between them and the number, and the verbs."""

    words: tuple[Word, ...] = ()
    leads: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    three_years: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
