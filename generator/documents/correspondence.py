"""佐证对应表: which row of the form is proved by which item of evidence, and where that stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from generator.checks.rule import proofs_of
from generator.cluster.model import Cluster, Evidence
from generator.documents.claims import STATEMENT, Claim, claims_of
from generator.forms.arrangement import Slot, SlotKind
from generator.forms.definition import MatrixRow
from generator.forms.filled import FilledForm, FilledSlot, Origin
from generator.frozen import dataclass
from generator.lists.figures import printed_figures, row_steps, serving_figures
from generator.lists.owed import OwedList

_EVIDENCE = "佐证材料"
"""Where an item stands when all are bound in one volume."""


@dataclass(frozen=True)
class MaterialPlace:
    """Where an item of evidence stands: its volume, from 1, and the numbers of its first and last page as printed there.

    `last_volume` is the volume of the last page, where that is another one; 0 where it is not.
    """

    volume: int
    first: str
    last: str
    last_volume: int = 0

    @property
    def volumes(self) -> str:
        """The volume in words, or both."""
        return f"第{self.volume}册" if self.last_volume in (0, self.volume) else f"第{self.volume}—{self.last_volume}册"

    @property
    def pages(self) -> str:
        """The pages in words."""
        whole = self.last_volume in (0, self.volume) and self.first == self.last
        return self.first if whole else f"{self.first}—{self.last}"


@dataclass(frozen=True)
class PlacedList:
    """A list, its number among the lists, and the number of the page that it begins on, or that it was withdrawn."""

    owed: OwedList
    number: int
    page: str


@dataclass(frozen=True)
class PlacedStatement:
    """A 情况说明: the key of the box that owes it, what it is called, and the number of the page that it begins on."""

    key: str
    name: str
    page: str


@dataclass(frozen=True)
class Proof:
    """One line of the table: what stands on the form, and what proves it."""

    part: str
    row: str
    content: str
    material: str
    where: str = ""
    pages: str = ""


@dataclass(frozen=True)
class Materials:
    """What is handed in beside the form: where evidence stands, in order, the lists, the claims that are declared, what has formulas.

    `statements` are the 情况说明, `withdrawn` what those were called that were withdrawn since a version was frozen.
    """

    places: Mapping[str, MaterialPlace]
    lists: tuple[PlacedList, ...] = ()
    declared: frozenset[str] = frozenset()
    calculated: frozenset[str] = frozenset()
    statements: tuple[PlacedStatement, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Whether the evidence fills more than one volume."""
        return any(max(place.volume, place.last_volume) > 1 for place in self.places.values())


def proofs_in_order(filled: FilledForm, cluster: Cluster, materials: Materials) -> tuple[Proof, ...]:
    """Return what proves the ticks and figures of `filled`, in form order; a row whose proof is missing says so by an empty material."""
    writer = _Writer(filled, cluster, materials)
    order = {slot.slot.key: number for number, slot in enumerate(filled.slots)}
    found = [*writer.claims(), *writer.figures(), *writer.lists(), *writer.calculations()]
    return tuple(dict.fromkeys(proof for _, proof in sorted(found, key=lambda one: order[one[0]])))


def correspondence_context(proofs: tuple[Proof, ...], materials: Materials) -> dict[str, Any]:
    """Return what the document `correspondence` is filled with: 部分们, each with its 行们, numbered throughout, and the notes below."""
    numbered = list(enumerate(proofs, start=1))
    parts = dict.fromkeys(proof.part for proof in proofs)
    return {
        "分册": "是" if materials.several else "",
        "一册": "" if materials.several else "是",
        "撤回": "、".join(materials.withdrawn),
        "部分们": [
            {"标题": part, "行们": [_row(number, proof) for number, proof in numbered if proof.part == part]}
            for part in parts
        ],
    }


def _row(number: int, proof: Proof) -> dict[str, str]:
    return {
        "序号": str(number),
        "栏目": proof.row,
        "内容": proof.content,
        "材料": proof.material,
        "所在": proof.where,
        "页码": proof.pages,
    }


_NOTHING = "—"
_COUNT = "数量"
_Found = tuple[str, Proof]
"""A line with the key of the place that it is about."""


@dataclass(frozen=True)
class _Writer:
    filled: FilledForm
    cluster: Cluster
    materials: Materials

    def claims(self) -> Iterator[_Found]:
        for claim in claims_of(self.filled, self.cluster):
            items = {item.name: item for found in claim.proofs.values() for item in found}
            key, said = claim.slot.slot.key, self._said(claim)
            for item in self._in_order(items.values()):
                yield key, self._by_item(claim.part, claim.row, said, item)
            if key in self.materials.declared:
                yield key, Proof(claim.part, claim.row, said, "自我声明", "自我声明")
            elif claim.slot.slot.box is not None and STATEMENT in claim.slot.slot.box.owes:
                for one in self.materials.statements:
                    if one.key == key:
                        yield key, Proof(claim.part, claim.row, said, one.name, STATEMENT, one.page)
            elif claim.owes and not items:
                yield key, Proof(claim.part, claim.row, said, "")

    def _said(self, claim: Claim) -> str:
        other = claim.other_text(self.filled, self.cluster)
        return f"{claim.slot.slot.text}：{other}" if other else claim.slot.slot.text

    def figures(self) -> Iterator[_Found]:
        """The figures that evidence proves, and those printed that follow from ones that it proves."""
        proofs = proofs_of(self.cluster)
        for filled in self.filled.slots:
            if filled.slot.kind in {SlotKind.VALUE, SlotKind.NUMBER} and filled.origin is not Origin.ABSENT:
                for item in self._in_order(proofs.get(filled.slot.source, ())):
                    shown = self._figure(filled, item.proves)
                    yield filled.slot.key, self._by_item(*_row_of(filled.slot), shown, item)
        printed = printed_figures(self.filled)
        for name, slots in serving_figures(self.filled, self.cluster).items():
            for slot in {} if name in printed else slots.values():
                for item in self._in_order(proofs.get(name, ())):
                    yield slot.slot.key, self._by_item(*_row_of(slot.slot), name, item)

    def _figure(self, filled: FilledSlot, proved: Collection[str] = ()) -> str:
        """What stands there: the figures of all its years, or that of one place; of a matrix all figures of it that are `proved`."""
        if isinstance(filled.slot.row, MatrixRow):
            return self._matrix(filled.slot.row, proved)
        slots = printed_figures(self.filled).get(filled.slot.source, {})
        if filled.slot.kind is SlotKind.VALUE and filled.slot.year is not None:
            years = [slot.printed.strip() for slot in slots.values()]
            return "、".join(year or _NOTHING for year in years) if any(years) else ""
        return filled.printed.strip()

    def _matrix(self, row: MatrixRow, proved: Collection[str]) -> str:
        """The figures of a matrix, each on a line with all its years: 国际主持：无、无、1, 国际参与：无、1、1, …."""
        lines: dict[str, list[str]] = {}
        for filled in self.filled.slots:
            if filled.slot.row is row and filled.slot.kind is SlotKind.VALUE and filled.slot.source in proved:
                *_, kind, column = row_steps(filled.slot)
                lines.setdefault(f"{kind}{column.removesuffix(_COUNT)}", []).append(filled.printed.strip() or _NOTHING)
        return "\n".join(f"{name}：{'、'.join(years)}" for name, years in lines.items())

    def lists(self) -> Iterator[_Found]:
        for one in self.materials.lists:
            proved = {figure.name for figure in one.owed.figures}
            for figure in one.owed.figures:
                for slot in figure.slots[:1]:
                    part, row = _row_of(slot.slot)
                    title = f"清单{one.number} {one.owed.definition.title}"
                    shown = self._figure(slot, proved) if figure.printed else figure.name
                    yield slot.slot.key, Proof(part, row, shown, title, "清单", one.page)

    def calculations(self) -> Iterator[_Found]:
        for filled in self.filled.slots:
            if filled.slot.key in self.materials.calculated and filled.origin is not Origin.ABSENT:
                yield filled.slot.key, Proof(*_row_of(filled.slot), self._figure(filled), "计算说明", "计算说明")

    def _in_order(self, items: Iterable[Evidence]) -> list[Evidence]:
        """Items as they are bound, wherever they stand in the data; those that are not bound behind them."""
        places = {name: at for at, name in enumerate(self.materials.places)}
        return sorted(items, key=lambda item: places.get(item.name, len(places)))

    def _by_item(self, part: str, row: str, content: str, item: Evidence) -> Proof:
        place = self.materials.places.get(item.name)
        if place is None:
            return Proof(part, row, content, item.name)
        where = place.volumes if self.materials.several else _EVIDENCE
        return Proof(part, row, content, item.name, where, place.pages)


def _row_of(slot: Slot) -> tuple[str, str]:
    """The part and the row of a slot: of a group the row inside it, of a matrix the matrix."""
    steps = row_steps(slot)
    return steps[0], steps[1] if isinstance(slot.row, MatrixRow) else steps[-1]
