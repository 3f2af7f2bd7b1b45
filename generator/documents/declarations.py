"""自我声明: what a form claims without other evidence, for the applicant to sign; 情况说明: the events that owe one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster, Event
from generator.documents.claims import STATEMENT, Claim, claims_of
from generator.documents.paper_rules import PaperRules, Signer
from generator.forms.conditions import counted, leaves
from generator.forms.definition import EventHappened
from generator.forms.filled import FilledForm
from generator.forms.printing import print_value

_ROOM_FOR_DATE = "　　"
_NUMERALS = "一二三四五六七八九十"


def signed_by(signer: Signer) -> dict[str, Any]:
    """Return the names that a document is signed with: 单位, 签章们 and 日期."""
    return {
        "单位": signer.name,
        "签章们": [{"文字": line} for line in signer.lines],
        "日期": signer.date.replace(" ", _ROOM_FOR_DATE),
    }


# ── 自我声明 ──


def declared_claims(filled: FilledForm, cluster: Cluster, rules: PaperRules) -> tuple[Claim, ...]:
    """Return the ticked boxes of `filled` that a declaration has to speak of, in form order.

    Those that owe evidence and have none, or none for a part of what they rest on; and those that owe none but
    speak of what `rules` declare.
    """
    return tuple(claim for claim in claims_of(filled, cluster) if _is_declared(claim, rules))


def _is_declared(claim: Claim, rules: PaperRules) -> bool:
    box = claim.slot.slot.box
    if box is not None and STATEMENT in box.owes:
        return False
    if claim.owes:
        return bool(claim.unproved) or not claim.names
    return not claim.proofs and any(name in rules.declared for name in claim.names)


def declaration_context(
    claims: tuple[Claim, ...], filled: FilledForm, cluster: Cluster, catalogue: Catalogue
) -> dict[str, Any]:
    """Return what the document `declaration` says of `claims`: 受文 and 事项们."""
    items = [
        {
            "序号": str(number),
            "部分": claim.part,
            "栏目": claim.row,
            "选项": claim.slot.slot.text,
            "事实": "；".join(_facts(claim, cluster, catalogue)),
            "文字": claim.other_text(filled, cluster),
        }
        for number, claim in enumerate(claims, start=1)
    ]
    return {"受文": filled.form.issuer, "事项们": items}


def _facts(claim: Claim, cluster: Cluster, catalogue: Catalogue) -> Iterator[str]:
    """What was done, in the catalogue's words, where the box itself doesn't say it."""
    if not claim.owes:
        return
    for name in claim.unproved:
        kind = catalogue.facts.get(name)
        if kind is not None and name in (cluster.facts or {}) and kind.description not in ("", claim.slot.slot.text):
            yield kind.description


# ── 情况说明 ──


@dataclass(frozen=True)
class Statement:
    """An event that owes a 情况说明, the box that it ticked, and what was written of it (empty: still to be written)."""

    event: Event
    claim: Claim

    @property
    def complete(self) -> bool:
        """Whether it is written."""
        return bool(self.event.statement.strip())


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


def statement_context(statements: tuple[Statement, ...], rules: PaperRules) -> dict[str, Any]:
    """Return what the document `statements` says of `statements`: 说明们, with the text given or room to write."""
    return {"说明们": [_statement(one, rules) for one in statements]}


def _statement(one: Statement, rules: PaperRules) -> dict[str, Any]:
    lines = [line.strip() for line in one.event.statement.split("\n") if line.strip()]
    asked = () if one.complete else rules.frame(one.event.kind)
    return {
        "时间": _when(one.event.date),
        "种类": one.event.kind,
        "等级": one.event.grade,
        "部分": one.claim.part,
        "栏目": one.claim.row,
        "选项": one.claim.slot.slot.text,
        "段们": [{"文字": line} for line in lines],
        "空们": [{"序号": numeral, "名称": name} for numeral, name in zip(_NUMERALS, asked, strict=False)],
    }


def _when(date: str) -> str:
    printed = print_value(date)
    return printed if not printed.isdecimal() else f"{printed}年"
