"""The words that prose has for figures. Data (`checks/words.yaml`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(_Part):
    """What prose calls a figure: a field by year, or the number of a register's entries.

    `weak` are words that might be said of anything: they count where the cluster is spoken of. `also` are other fields that the same
    words may mean, `added` the field of what is added in a year. `behind` are phrases behind a number that say the same
    (`165家中小企业上云`). `share` is the field of its share, in the wholes `of`, `mean` that of its mean growth over the data years,
    `growth` that of its growth over the year before.
    """

    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    field: str = ""
    register_name: str = Field(default="", alias="register")
    where: dict[str, str] = Field(default_factory=dict)
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


class Vocabulary(_Part):
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
