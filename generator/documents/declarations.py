"""自我声明: what a form claims without other evidence, for the applicant to sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster
from generator.documents.claims import STATEMENT, Claim, claims_of, within_quotes
from generator.documents.paper_rules import PaperRules, Signer
from generator.forms.filled import FilledForm

_ROOM_FOR_DATE = "　　"


def signed_by(signer: Signer) -> dict[str, Any]:
    """Return the names that a document is signed with: 单位, 签章们 and 日期."""
    return {
        "单位": signer.name,
        "签章们": [{"文字": line} for line in signer.lines],
        "日期": signer.date.replace(" ", _ROOM_FOR_DATE),
    }


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
            "部分": within_quotes(claim.part),
            "栏目": within_quotes(claim.row),
            "选项": within_quotes(claim.slot.slot.text),
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
