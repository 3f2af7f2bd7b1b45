"""The papers that a form owes besides itself and its evidence: 清单, 计算说明, 佐证对应表, 自我声明, 情况说明."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.cluster.catalogue import Catalogue
from generator.cluster.model import Cluster
from generator.documents.calculations import calculation_context
from generator.documents.correspondence import (
    MaterialPlace,
    Materials,
    PlacedList,
    Proof,
    correspondence_context,
    proofs_in_order,
)
from generator.documents.correspondence_workbook import correspondence_workbook
from generator.documents.declarations import (
    Statement,
    declaration_context,
    declared_claims,
    owed_statements,
    signed_by,
    statement_context,
)
from generator.documents.lists import list_workbook, print_lists
from generator.documents.paper_rules import PaperRules, read_paper_rules, signer_of
from generator.documents.printing import Printed, print_document
from generator.forms.definition import DownRow
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.indicators import Indicators
from generator.lists import MadeList, NoList, make_lists
from generator.lists.reading import check_lists, read_lists
from generator.measure.fonts import FontLibrary
from generator.notices.file_names import FileNames
from generator.package.gathered import faces_of
from generator.package.manifest import KEPT, SUBMITTED, PackageFile, Skipped
from generator.package.names import name_file

_FORMULA = "计算公式"
_LISTS, _CALCULATIONS, _CORRESPONDENCE = "清单", "计算说明", "佐证对应表"
_DECLARATION, _STATEMENTS = "自我声明", "情况说明"
_UNWRITTEN = "_待填写"


@dataclass(frozen=True)
class OwedPapers:
    """The papers as files, those left out with the reason, and the printed documents by what they are (lists, calculations, …)."""

    files: tuple[PackageFile, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    printed: Mapping[str, Printed] = field(default_factory=dict)

    @property
    def faces(self) -> frozenset[str]:
        """The keys of the faces of type that they are set in."""
        return frozenset[str]().union(*(faces_of(printed.pages) for printed in self.printed.values()))


def owed_papers(
    filled: FilledForm,
    cluster: Cluster,
    indicators: Indicators,
    catalogue: Catalogue,
    library: Library,
    fonts: FontLibrary,
    *,
    name: str,
    names: FileNames | None = None,
    places: Mapping[str, MaterialPlace] | None = None,
    mark: str = "",
) -> OwedPapers:
    """Return the papers that the form of `filled` owes, as docx, PDF and (lists and 佐证对应表) xlsx; only those with content.

    `name` is what files call the cluster, by the patterns of `names` (the library's own where not given); `places` tells
    where the items of evidence stand, by their names; `mark` is printed at the head of every page (草稿).
    A 情况说明 still to be written goes to what is kept, not to what is handed in.
    Raises DefinitionError where lists, rules or documents of `library` are wrong.
    """
    lists = read_lists(library)
    check_lists(lists, catalogue)
    rules = read_paper_rules(library, catalogue)
    made = make_lists(filled, cluster, indicators, catalogue, lists)
    writer = _Writer(
        filled, cluster, indicators, catalogue, library, fonts, rules, name, names or library.file_names(), mark
    )
    papers = tuple(writer.papers(tuple(one for one in made if isinstance(one, MadeList)), places or {}))
    return OwedPapers(
        tuple(file for paper in papers for file in paper.files),
        tuple(Skipped(one.owed.definition.title, one.reason) for one in made if isinstance(one, NoList) and one.reason),
        {paper.role: paper.printed for paper in papers},
    )


@dataclass(frozen=True)
class _Paper:
    role: str
    printed: Printed
    files: tuple[PackageFile, ...]


@dataclass(frozen=True)
class _Writer:
    filled: FilledForm
    cluster: Cluster
    indicators: Indicators
    catalogue: Catalogue
    library: Library
    fonts: FontLibrary
    rules: PaperRules
    name: str
    names: FileNames
    mark: str

    def papers(self, made: tuple[MadeList, ...], places: Mapping[str, MaterialPlace]) -> Iterator[_Paper]:
        placed: tuple[PlacedList, ...] = ()
        if made:
            printed, pages = print_lists(
                self.library.document("lists"), made, self._facts(), self.fonts, mark=self.mark
            )
            numbered = enumerate(zip(made, pages, strict=True), start=1)
            placed = tuple(PlacedList(one.owed, number, page) for number, (one, page) in numbered)
            yield self._paper("lists", _LISTS, printed, list_workbook(made, mark=self.mark))
        calculations = calculation_context(self.filled, self.cluster, self.indicators, self.catalogue, self.rules)
        if any(calculations.values()):
            yield self._paper("calculations", _CALCULATIONS, self._printed("calculations", calculations))
        declared = declared_claims(self.filled, self.cluster, self.rules)
        keys = frozenset(claim.slot.slot.key for claim in declared)
        proofs = proofs_in_order(self.filled, self.cluster, Materials(places, placed, keys, self._with_formulas()))
        if proofs:
            yield self._correspondence(proofs)
        if declared:
            context = declaration_context(declared, self.filled, self.cluster, self.catalogue) | self._signed()
            yield self._paper("declaration", _DECLARATION, self._printed("declaration", context))
        yield from self._statements()

    def _correspondence(self, proofs: tuple[Proof, ...]) -> _Paper:
        printed = self._printed("correspondence", correspondence_context(proofs))
        return self._paper("correspondence", _CORRESPONDENCE, printed, correspondence_workbook(proofs, mark=self.mark))

    def _statements(self) -> Iterator[_Paper]:
        owed = owed_statements(self.filled, self.cluster)
        for role, behind, place, complete in (
            ("statements", "", SUBMITTED, True),
            ("statements.unwritten", _UNWRITTEN, KEPT, False),
        ):
            these: tuple[Statement, ...] = tuple(one for one in owed if one.complete is complete)
            if these:
                printed = self._printed("statements", statement_context(these, self.rules) | self._signed())
                yield self._paper(role, _STATEMENTS, printed, place=place, behind=behind)

    def _with_formulas(self) -> frozenset[str]:
        """The places whose row asks for the formula."""
        rows = ((slot.slot.key, slot.slot.row) for slot in self.filled.slots)
        return frozenset(key for key, row in rows if isinstance(row, DownRow) and _FORMULA in row.owes)

    def _facts(self) -> dict[str, str]:
        form = self.filled.form
        return {"集群": self.filled.name, "表名": form.title, "基准年": str(form.years.base)}

    def _signed(self) -> dict[str, Any]:
        return signed_by(signer_of(self.filled.form, self.cluster, self.rules))

    def _printed(self, document: str, context: Mapping[str, Any]) -> Printed:
        definition = self.library.document(document)
        whole = {**self._facts(), **context}
        return print_document(definition, whole, self.fonts, mark=self.mark, subject=self.filled.name)

    def _paper(
        self,
        role: str,
        material: str,
        printed: Printed,
        workbook: bytes = b"",
        *,
        place: str = SUBMITTED,
        behind: str = "",
    ) -> _Paper:
        contents = {"docx": printed.docx, "pdf": printed.pdf, "xlsx": workbook}
        files = tuple(
            PackageFile(
                f"{role}.{kind}",
                f"{place}/{name_file(self.names, material, self.name, f'.{kind}', behind=behind)}",
                content,
                len(printed.pages.pages) if kind != "xlsx" else None,
            )
            for kind, content in contents.items()
            if content
        )
        return _Paper(role, printed, files)
