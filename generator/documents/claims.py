"""What a form claims by ticks, and which of it has evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.checks.rule import proofs_of
from generator.cluster.model import Cluster, Evidence
from generator.forms.arrangement import SlotKind
from generator.forms.conditions import leaves, names_in
from generator.forms.filled import FilledForm, FilledSlot
from generator.frozen import dataclass

EVIDENCE, STATEMENT = "佐证材料", "情况说明"
_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Claim:
    """A ticked box: its slot, the facts, fields, events or registers that it rests on, and those of them with evidence.

    `row` is the row of the form that it stands in, as printed, behind the row above it where the part prints that row twice;
    `owes` tells whether the form asks for evidence of it.
    """

    slot: FilledSlot
    row: str
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

    def other_text(self, filled: FilledForm, cluster: Cluster) -> str:
        """What the submission writes beside 其他, without a full stop at the end; empty for any other box."""
        box, row, submission = self.slot.slot.box, self.slot.slot.row, cluster.submissions.get(filled.form.id)
        if box is None or not box.other or row is None or submission is None or row.name not in submission.others:
            return ""
        return submission.others[row.name].text.rstrip("。")


def within_quotes(text: str) -> str:
    """Return `text` as it stands within “ ”: quotation marks of its own are ‘ ’ there (GB/T 15834—2011, 引号)."""
    return text.translate(_INNER)


def claims_of(filled: FilledForm, cluster: Cluster) -> Iterator[Claim]:
    """Yield every ticked box of `filled` in form order."""
    proofs, printed = proofs_of(cluster), _rows_told_apart(filled)
    for slot in filled.slots:
        box, row = slot.slot.box, slot.slot.row
        if slot.slot.kind is SlotKind.BOX and slot.ticked and box is not None and row is not None:
            asked = {leaf for leaf in leaves(box.when) if isinstance(leaf, str)}
            stated = cluster.facts or {}
            names = tuple(name for name in names_in(box.when) if name not in asked or name in stated)
            proved = {name: proofs[name] for name in names if name in proofs}
            yield Claim(
                slot, printed[slot.slot.key], names, proved, EVIDENCE in (*box.owes, *row.owes, *slot.slot.group_owes)
            )


def _rows_told_apart(filled: FilledForm) -> dict[str, str]:
    """Return the row of every ticked box by the box's key; 甲——乙 where 乙 is printed twice in the part, here below 甲."""
    rows: list[tuple[str, str, list[str]]] = []
    for slot in filled.slots:
        boxed = slot.slot.kind is SlotKind.BOX
        path = slot.slot.path
        part, row = path[0], path[-2] if boxed and len(path) > 1 else path[min(1, len(path) - 1)]
        if not rows or rows[-1][:2] != (part, row):
            rows.append((part, row, []))
        if boxed:
            rows[-1][2].append(slot.slot.key)
    often = Counter((part, row) for part, row, keys in rows if keys)
    told: dict[str, str] = {}
    for above, (part, row, keys) in zip([("", ""), *(each[:2] for each in rows)], rows, strict=False):
        name = f"{above[1]}——{row}" if often[part, row] > 1 and above[0] == part else row
        told.update(dict.fromkeys(keys, name))
    return told
