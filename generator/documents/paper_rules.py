"""What the papers besides the lists are written by: words to look for, what is declared, who signs (`templates/papers`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster
from generator.errors import DefinitionError
from generator.forms.definition import Form, SignedRow
from generator.forms.library import Library
from generator.forms.model_files import read_model
from generator.frozen import dataclass


class Frame(BaseModel):
    """What a 情况说明 on an event of these `kinds` has to tell, item by item; without kinds, on any other event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[str, ...] = ()
    items: tuple[str, ...] = Field(min_length=1)


class PaperRules(BaseModel):
    """The rules of papers, as docs/papers.md tells them.

    `clauses` gives words by field: the sentence of a form that holds one is the clause of its calculation. `called` says by field
    what it is called away from its row, whose own words make no sense without the row above (其中：…). `declared` names the
    fields, facts and events that a declaration speaks of though the form asks for no evidence. `signers` tells, by who a
    form's declaration of truth is filled in by, the field that holds the name. `frames` are for 情况说明 still to be written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    clauses: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    called: dict[str, str] = Field(default_factory=dict)
    declared: tuple[str, ...] = ()
    signers: dict[str, str] = Field(default_factory=dict)
    frames: tuple[Frame, ...] = ()

    def frame(self, kind: str) -> tuple[str, ...]:
        """Return what is to be told of an event of `kind`."""
        own = (frame.items for frame in self.frames if kind in frame.kinds)
        common = (frame.items for frame in self.frames if not frame.kinds)
        return next(own, next(common, ()))


@dataclass(frozen=True)
class Signer:
    """Who signs for the applicant: its name, and the lines of the form's own declaration of truth (签字, 公章, 日期)."""

    name: str = ""
    lines: tuple[str, ...] = ()
    date: str = ""


def read_paper_rules(library: Library, catalogue: Catalogue) -> PaperRules:
    """Return the rules of `library`. Raises DefinitionError where they are wrong or speak of what `catalogue` doesn't know."""
    path = library.file("papers", "papers")
    if path is None:
        return PaperRules()
    rules = read_model(path, PaperRules, "docs/papers.md")
    fields = [name for name in (*rules.clauses, *rules.called, *rules.signers.values()) if name not in catalogue.fields]
    kinds = [kind for frame in rules.frames for kind in frame.kinds if kind not in catalogue.events]
    strange = [*fields, *kinds, *(name for name in rules.declared if name not in catalogue.provable)]
    if strange:
        raise DefinitionError(
            f"{path.name} 里有字段目录不认识的名称：{'、'.join(strange)}", "请改正，或者补进字段目录。"
        )
    return rules


def signer_of(form: Form, cluster: Cluster, rules: PaperRules) -> Signer:
    """Return who signs the declaration of truth of `form`, and how; nothing where the form has none."""
    rows = (row for part in form.parts for row in part.rows if isinstance(row, SignedRow) and row.statement)
    row = next(rows, None)
    if row is None:
        return Signer()
    given = cluster.value(rules.signers.get(row.filler, ""), form=form.id)
    return Signer(name=given.text if given is not None else "", lines=row.signed, date=row.date)
