"""情况说明: the events that owe one, each on sheets of its own, whose number stays once a version was frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.cluster.model import Cluster, Event
from generator.documents.claims import STATEMENT, Claim, claims_of, within_quotes
from generator.documents.correspondence import PlacedStatement
from generator.documents.kept_numbers import Kept, Named, keep_numbers
from generator.documents.own_sheets import items_name, on_own_sheets, page_number
from generator.documents.paper_rules import PaperRules
from generator.documents.printing import Printed, print_document
from generator.forms.conditions import counted, leaves
from generator.forms.definition import EventHappened
from generator.forms.definition_document import DocumentDefinition
from generator.forms.filled import FilledForm
from generator.forms.printing import print_value
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary

_STATEMENTS = "说明们"
_NUMERALS = "一二三四五六七八九十"
UNWRITTEN = "待填写"
"""What is said of a statement that is still to be written."""


@dataclass(frozen=True)
class Statement:
    """An event that owes a 情况说明, the box that it ticked, and what was written of it (empty: still to be written)."""

    event: Event
    claim: Claim

    @property
    def complete(self) -> bool:
        """Whether it is written."""
        return bool(self.event.statement.strip())

    @property
    def key(self) -> str:
        """The key of the box."""
        return self.claim.slot.slot.key


@dataclass(frozen=True)
class NumberedStatements:
    """The statements that are `written`, with their numbers, those still `unwritten`, and all numbers that are `kept`."""

    written: tuple[tuple[int, Statement], ...] = ()
    unwritten: tuple[Statement, ...] = ()
    kept: tuple[Kept, ...] = ()


def owed_statements(filled: FilledForm, cluster: Cluster) -> tuple[Statement, ...]:
    """Return the events that tick a box which owes a 情况说明, in form order, each once for every such box."""
    return tuple(
        Statement(event, claim)
        for claim in claims_of(filled, cluster)
        if claim.slot.slot.box is not None and STATEMENT in claim.slot.slot.box.owes
        for leaf in leaves(claim.slot.slot.box.when)
        if isinstance(leaf, EventHappened)
        for event, grave in counted(cluster.events or (), leaf, filled.form)
        if grave
    )


def number_statements(statements: Sequence[Statement], kept: Sequence[Kept] = ()) -> NumberedStatements:
    """Return `statements` with the numbers that `keep_numbers` gives them; the kind of an event is what its statement is titled."""
    named = [Named(one.event.kind, (one.event.date, one.key), one.complete) for one in statements]
    numbers, known = keep_numbers(named, kept)
    written = sorted((number, at) for at, number in numbers.items() if statements[at].complete)
    return NumberedStatements(
        tuple((number, statements[at]) for number, at in written),
        tuple(one for one in statements if not one.complete),
        known,
    )


def placed_statements(statements: NumberedStatements) -> tuple[PlacedStatement, ...]:
    """Return the statements for the table of evidence: those written, then those that are not yet."""
    return (
        *(
            PlacedStatement(one.key, _named(one.event, number), page_number(number))
            for number, one in statements.written
        ),
        *(PlacedStatement(one.key, _named(one.event), UNWRITTEN) for one in statements.unwritten),
    )


def withdrawn_statements(statements: NumberedStatements) -> tuple[str, ...]:
    """Return what the statements were called that were withdrawn since."""
    return tuple(_called(one.number, one.of[0], one.title) for one in statements.kept if one.withdrawn)


def _named(event: Event, number: int | None = None) -> str:
    return _called(number, event.date, event.kind)


def _called(number: int | None, date: str, kind: str) -> str:
    """What a statement is called beside others: 情况说明2 2023年5月12日安全事故."""
    return f"{STATEMENT}{number or ''} {_when(date)}{kind}"


def statement_contexts(
    numbered: Iterable[tuple[int, Statement]], rules: PaperRules
) -> tuple[tuple[int, Mapping[str, Any]], ...]:
    """Return what each of `numbered` says, by its number: the text given, or the items of `rules` to be written."""
    return tuple((number, _statement(number, one, rules)) for number, one in numbered)


def print_statements(
    definition: DocumentDefinition,
    contexts: Sequence[tuple[int, Mapping[str, Any]]],
    facts: Mapping[str, Any],
    fonts: FontLibrary,
    *,
    mark: str = "",
) -> Printed:
    """Print statements as one document, each on sheets of its own; `contexts` are what `statement_contexts` gives.

    `definition` is the document `statements`, `facts` the names that it prints besides (集群, who signs it).
    Raises DefinitionError where it has anything behind the statements.
    """
    widened = on_own_sheets(definition, _STATEMENTS, [number for number, _ in contexts])
    told = {items_name(_STATEMENTS, number): [context] for number, context in contexts}
    return print_document(widened, {**facts, **told}, fonts, mark=mark, subject=facts["集群"])


def _statement(number: int, one: Statement, rules: PaperRules) -> dict[str, Any]:
    lines = [line.strip() for line in one.event.statement.split("\n") if line.strip()]
    asked = () if one.complete else rules.frame(one.event.kind)
    return {
        "序号": str(number),
        "时间": _when(one.event.date),
        "种类": one.event.kind,
        "等级": one.event.grade,
        "部分": within_quotes(one.claim.part),
        "栏目": within_quotes(one.claim.row),
        "选项": within_quotes(one.claim.slot.slot.text),
        "段们": [{"文字": line} for line in lines],
        "空们": [{"序号": numeral, "名称": name} for numeral, name in zip(_NUMERALS, asked, strict=False)],
    }


def _when(date: str) -> str:
    printed = print_value(date)
    return printed if not printed.isdecimal() else f"{printed}年"
