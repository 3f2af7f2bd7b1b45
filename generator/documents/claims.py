"""What a form claims by ticks, and which of it has evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.checks.rule import proofs_of
from generator.cluster.model import Cluster, Evidence
from generator.forms.arrangement import SlotKind
from generator.forms.conditions import leaves, names_in
from generator.forms.filled import FilledForm, FilledSlot

EVIDENCE, STATEMENT = "佐证材料", "情况说明"


@dataclass(frozen=True)
class Claim:
    """A ticked box: its slot, the facts, fields, events or registers that it rests on, and those of them with evidence.

    `owes` tells whether the form asks for evidence of it.
    """

    slot: FilledSlot
    names: tuple[str, ...]
    proofs: Mapping[str, tuple[Evidence, ...]]
    owes: bool

    @property
    def unproved(self) -> tuple[str, ...]:
        """What it rests on that no evidence proves."""
        return tuple(name for name in self.names if not self.proofs.get(name))

    @property
    def part(self) -> str:
        """The part of the form that it stands in."""
        return self.slot.slot.path[0]

    @property
    def row(self) -> str:
        """The row of the form that it stands in, as printed."""
        return self.slot.slot.path[-2]

    def other_text(self, filled: FilledForm, cluster: Cluster) -> str:
        """What the submission writes beside 其他, without a full stop at the end; empty for any other box."""
        box, row, submission = self.slot.slot.box, self.slot.slot.row, cluster.submissions.get(filled.form.id)
        if box is None or not box.other or row is None or submission is None or row.name not in submission.others:
            return ""
        return submission.others[row.name].text.rstrip("。")


def claims_of(filled: FilledForm, cluster: Cluster) -> Iterator[Claim]:
    """Yield every ticked box of `filled` in form order."""
    proofs = proofs_of(cluster)
    for slot in filled.slots:
        box, row = slot.slot.box, slot.slot.row
        if slot.slot.kind is SlotKind.BOX and slot.ticked and box is not None and row is not None:
            asked = {leaf for leaf in leaves(box.when) if isinstance(leaf, str)}
            stated = cluster.facts or {}
            names = tuple(name for name in names_in(box.when) if name not in asked or name in stated)
            proved = {name: proofs[name] for name in names if name in proofs}
            yield Claim(slot, names, proved, EVIDENCE in (*box.owes, *row.owes, *slot.slot.group_owes))
