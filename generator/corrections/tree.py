"""What becomes of every copy, for programs: JSON's own kinds of value. The keys are permanent."""

from __future__ import annotations

from collections.abc import Sequence

from generator.corrections.copies import CopyCorrection, Cost, PaperSteps, total_cost
from generator.corrections.enclosures import EnclosureChange
from generator.forms.signings import Signing


def corrections_as_tree(corrections: Sequence[CopyCorrection]) -> dict[str, object]:
    """Return the corrections of all copies, and what the preferred ways take together; sheets and pages count from 1."""
    return {"copies": [_copy(one) for one in corrections], "preferred": _cost(total_cost(corrections))}


def _copy(one: CopyCorrection) -> dict[str, object]:
    return {
        "name": one.copy.name,
        "kind": one.copy.kind.value,
        "version": one.copy.version,
        "known": one.known,
        "layout_only": one.layout_only,
        "papers": [_paper(each) for each in one.papers],
        "signings": [_signing(each) for each in one.signings],
        "seams": [[{"paper": paper, "sheet": sheet} for paper, sheet in seam] for seam in one.seams],
        "files": list(one.files),
        "enclosed": enclosed_as_tree(one.enclosed),
        "ways": [
            {"way": offer.way.value, "preferred": not number, "consent": offer.consent, "cost": _cost(offer.cost)}
            for number, offer in enumerate(one.offers)
        ],
    }


def enclosed_as_tree(changes: Sequence[EnclosureChange]) -> list[dict[str, object]]:
    """Return what becomes of the papers of others."""
    return [
        {
            "cluster": each.name,
            "what": each.what,
            "number_before": each.number_old,
            "number": each.number_new,
            "papers": list(each.papers),
        }
        for each in changes
    ]


def _paper(each: PaperSteps) -> dict[str, object]:
    return {
        "paper": each.paper,
        "steps": [
            {
                "old": step.old,
                "new": step.new,
                "after": step.after or None,
                "old_pages": list(each.held[step.old - 1].labels) if step.old else [],
                "new_pages": list(each.newest[step.new - 1].labels) if step.new else [],
            }
            for step in each.steps
        ],
    }


def _signing(one: Signing) -> dict[str, object]:
    return {
        "paper": one.paper,
        "place": one.place,
        "page": one.page,
        "label": one.label,
        "sheet": one.sheet,
        "signs": list(one.signs),
        "seals": list(one.seals),
        "own": one.own,
    }


def _cost(cost: Cost) -> dict[str, int]:
    return {"sheets": cost.sheets, "signatures": cost.signatures, "seals": cost.seals, "discs": cost.discs}
