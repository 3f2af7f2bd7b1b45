"""The papers that a form owes besides itself and its evidence: 清单, 计算说明, 佐证对应表, 自我声明, 情况说明."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
from generator.documents.declarations import declaration_context, declared_claims, signed_by
from generator.documents.kept_numbers import Kept, as_tree
from generator.documents.lists import WITHDRAWN, NumberedLists, list_workbook, number_lists, print_lists
from generator.documents.own_sheets import page_number
from generator.documents.paper_rules import PaperRules, Signer, read_paper_rules, signer_of
from generator.documents.printing import Printed, print_document
from generator.documents.statements import (
    UNWRITTEN,
    NumberedStatements,
    Statement,
    number_statements,
    owed_statements,
    placed_statements,
    print_statements,
    statement_contexts,
    withdrawn_statements,
)
from generator.forms.definition import DownRow
from generator.forms.definition_document import DocumentDefinition
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.frozen import dataclass, field
from generator.indicators import Indicators
from generator.lists.making import make_lists
from generator.lists.reading import check_lists, read_lists
from generator.lists.rows import NoList
from generator.measure.fonts import FontLibrary
from generator.notices.file_names import FileNames
from generator.package.gathered import faces_of, fingerprints_of
from generator.package.manifest import KEPT, SUBMITTED, PackageFile, Skipped
from generator.package.names import name_file
from generator.package.printing.signatures import signing_pages
from generator.package.reuse import Memory, StageResult

_FORMULA = "计算公式"
_LISTS, _CALCULATIONS, _CORRESPONDENCE = "清单", "计算说明", "佐证对应表"
_DECLARATION, _STATEMENTS = "自我声明", "情况说明"


@dataclass(frozen=True)
class OwedPapers:
    """The papers as files, those left out with the reason, the keys of the faces that they are set in.

    `printed` are the documents that were printed now, by what they are (lists, calculations, …): none that the 稿 before held.
    `list_numbers` and `statement_numbers` are the numbers of all lists and statements there ever were, as the snapshot remembers them.
    """

    files: tuple[PackageFile, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    faces: frozenset[str] = frozenset()
    printed: Mapping[str, Printed] = field(default_factory=dict)
    list_numbers: tuple[Mapping[str, Any], ...] = ()
    statement_numbers: tuple[Mapping[str, Any], ...] = ()


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
    signed: Collection[str] = (),
    mark: str = "",
    memory: Memory | None = None,
    kept_lists: Sequence[Kept] = (),
    kept_statements: Sequence[Kept] = (),
) -> OwedPapers:
    """Return the papers that the form of `filled` owes, as docx, PDF and (lists and 佐证对应表) xlsx; only those with content.

    `name` is what files call the cluster, by the patterns of `names` (the library's own where not given); `places` tells
    where the items of evidence stand, by their names; `signed` are the papers (清单, 计算说明) that the notice wants signed and sealed
    besides those that always are; `mark` is printed at the head of every page (草稿); `kept_lists` and `kept_statements` are
    those of the last frozen version, whose numbers stay.
    A 情况说明 still to be written goes to what is kept, not to what is handed in.
    Raises DefinitionError where lists, rules or documents of `library` are wrong.
    """
    known = read_lists(library)
    check_lists(known, catalogue)
    rules = read_paper_rules(library, catalogue)
    made = make_lists(filled, cluster, indicators, catalogue, known)
    writer = _Writer(
        filled,
        cluster,
        indicators,
        catalogue,
        library,
        fonts,
        rules,
        name,
        names or library.file_names(),
        signed,
        mark,
        memory or Memory(),
    )
    lists = number_lists(made, kept_lists)
    statements = number_statements(owed_statements(filled, cluster), kept_statements)
    papers = tuple(writer.papers(lists, statements, places or {}))
    return OwedPapers(
        tuple(file for paper in papers for file in paper.files),
        tuple(Skipped(one.owed.definition.title, one.reason) for one in made if isinstance(one, NoList) and one.reason),
        frozenset[str]().union(*(paper.faces for paper in papers)),
        writer.printed,
        tuple(as_tree(lists.kept)),
        tuple(as_tree(statements.kept)),
    )


def places_of(told: Iterable[Mapping[str, Any]]) -> Mapping[str, MaterialPlace]:
    """Return where the items of evidence stand, by name, from what their stage told."""
    return {one["name"]: MaterialPlace(one["volume"], one["first"], one["last"], one["last_volume"]) for one in told}


def document_of(file: PackageFile) -> str:
    """Return the id of the designed document that `file`, one of the owed papers, is."""
    return _document(file.role)


def _document(role: str) -> str:
    return role.partition(".")[0]


def _labels(printed: Printed) -> tuple[str, ...]:
    """The numbers printed on the pages, where they don't simply count from 1."""
    labels = tuple(page.label for page in printed.pages.pages)
    return () if labels == tuple(str(number) for number in range(1, len(labels) + 1)) else labels


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
    signed: Collection[str]
    mark: str
    memory: Memory
    printed: dict[str, Printed] = field(default_factory=dict)

    def papers(
        self, lists: NumberedLists, statements: NumberedStatements, places: Mapping[str, MaterialPlace]
    ) -> Iterator[StageResult]:
        if lists.kept:
            yield self._lists(lists)
        placed = (
            *(PlacedList(one.owed, number, page_number(number)) for number, one in lists.made),
            *(PlacedList(one.owed, number, WITHDRAWN) for number, one in lists.withdrawn),
        )
        calculations = calculation_context(self.filled, self.cluster, self.indicators, self.catalogue, self.rules)
        if any(calculations.values()):
            yield self._paper("calculations", _CALCULATIONS, calculations)
        declared = declared_claims(self.filled, self.cluster, self.rules)
        keys = frozenset(claim.slot.slot.key for claim in declared)
        materials = Materials(
            places,
            placed,
            keys,
            self._with_formulas(),
            placed_statements(statements),
            withdrawn_statements(statements),
        )
        proofs = proofs_in_order(self.filled, self.cluster, materials)
        if proofs:
            yield self._correspondence(proofs, materials)
        if declared:
            context = declaration_context(declared, self.filled, self.cluster, self.catalogue)
            yield self._paper("declaration", _DECLARATION, context)
        yield from self._statements(statements)

    def _lists(self, lists: NumberedLists) -> StageResult:
        """The document of lists."""
        definition = self.library.document("lists")
        facts = self._facts() | self._signed(definition, _LISTS)

        def make() -> StageResult:
            printed = print_lists(definition, lists, facts, self.fonts, mark=self.mark)
            workbook = list_workbook([one for _, one in lists.made], mark=self.mark) if lists.made else b""
            return self._made("lists", _LISTS, printed, workbook)

        return self.memory.once("lists", [definition, lists.made, lists.kept, facts, *self._set()], make)

    def _correspondence(self, proofs: tuple[Proof, ...], materials: Materials) -> StageResult:
        def workbook() -> bytes:
            return correspondence_workbook(proofs, mark=self.mark)

        context = correspondence_context(proofs, materials)
        return self._paper("correspondence", _CORRESPONDENCE, context, workbook, proofs)

    def _statements(self, statements: NumberedStatements) -> Iterator[StageResult]:
        """Those that are written, which are handed in, and those still to be written, which are not."""
        if statements.written:
            yield self._stated("statements", statements.written, SUBMITTED)
        if statements.unwritten:
            yield self._stated("statements.unwritten", enumerate(statements.unwritten, 1), KEPT, f"_{UNWRITTEN}")

    def _stated(
        self, role: str, numbered: Iterable[tuple[int, Statement]], place: str, behind: str = ""
    ) -> StageResult:
        definition = self.library.document("statements")
        facts = self._facts() | self._signed(definition, _STATEMENTS)
        contexts = statement_contexts(numbered, self.rules)

        def make() -> StageResult:
            printed = print_statements(definition, contexts, facts, self.fonts, mark=self.mark)
            return self._made(role, _STATEMENTS, printed, b"", place=place, behind=behind)

        return self.memory.once(role, [definition, contexts, facts, place, behind, *self._set()], make)

    def _with_formulas(self) -> frozenset[str]:
        """The places whose row asks for the formula."""
        rows = ((slot.slot.key, slot.slot.row) for slot in self.filled.slots)
        return frozenset(key for key, row in rows if isinstance(row, DownRow) and _FORMULA in row.owes)

    def _facts(self) -> dict[str, Any]:
        form = self.filled.form
        return {"集群": self.cluster.name, "表名": form.title, "基准年": str(form.years.base)}

    def _signed(self, definition: DocumentDefinition, material: str) -> dict[str, Any]:
        """What a paper is signed with: nothing for one that nobody signs."""
        wanted = definition.signed is not None and (not definition.signed.when_asked or material in self.signed)
        return signed_by(signer_of(self.filled.form, self.cluster, self.rules) if wanted else Signer())

    def _set(self) -> tuple[object, ...]:
        """What every paper follows from besides its own content."""
        return self.name, self.names, self.cluster.name, self.mark, self.fonts.identity

    def _paper(
        self,
        role: str,
        material: str,
        context: Mapping[str, Any],
        workbook: Callable[[], bytes] = bytes,
        shown: tuple[object, ...] = (),
    ) -> StageResult:
        """The document of `context`; `workbook` gives what goes beside it and shows `shown`."""
        definition = self.library.document(_document(role))
        whole = {**self._facts(), **self._signed(definition, material), **context}

        def make() -> StageResult:
            printed = print_document(definition, whole, self.fonts, mark=self.mark, subject=self.cluster.name)
            return self._made(role, material, printed, workbook())

        return self.memory.once(role, [definition, whole, shown, *self._set()], make)

    def _made(
        self,
        role: str,
        material: str,
        printed: Printed,
        workbook: bytes,
        *,
        place: str = SUBMITTED,
        behind: str = "",
    ) -> StageResult:
        contents = {"docx": printed.docx, "pdf": printed.pdf, "xlsx": workbook}
        unsigned = signing_pages(printed.pages) if place == SUBMITTED else ()
        files = tuple(
            PackageFile(
                f"{role}.{kind}",
                f"{place}/{name_file(self.names, material, self.name, f'.{kind}', behind=behind)}",
                content,
                len(printed.pages.pages) if kind != "xlsx" else None,
                fingerprints_of(printed.pages) if kind == "pdf" else (),
                _labels(printed) if kind == "pdf" else (),
                unsigned=unsigned if kind == "pdf" else (),
            )
            for kind, content in contents.items()
            if content
        )
        self.printed[role] = printed
        return StageResult(files, faces=faces_of(printed.pages))
