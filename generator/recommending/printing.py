"""The papers that an office makes itself, printed: what they say, place by place, and where they are signed and sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from generator.documents.printing import Printed, print_document
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.package.gathered import faces_of
from generator.package.manifest import PackageFile, encode_json, sha256
from generator.package.names import safe_name
from generator.package.reuse import Memory, StageResult
from generator.recommending.record import RecordedDocument, document_as_tree, document_from
from generator.recommending.summarising import table_files
from generator.recommending.words import RecommendingWords, SigningPlace
from generator.summary.table import SummaryTable
from generator.typeset.pages import Page, Pages

TABLE, LETTER, HANDOVER, COUNTS = "汇总表", "recommendation-letter", "handover-list", "copies-count"
"""The roles of the office's papers; those of designed documents are called after their definitions."""
KEYS = {LETTER: "letter", TABLE: "table", HANDOVER: "handover"}
"""What the words of a recommendation call those papers that leave the house, in the order of a copy."""

_NUMBER, _NAME, _MATERIAL = "序号", "名称", "材料"
_LISTED = "列入"


@dataclass(frozen=True)
class OfficePaper:
    """A paper of the office's own: its role, its files, what is remembered of it, the faces that its pages are set in.

    `rows` are the pages, from 1, that the rows of a table begin on, None for one whose page is not known.
    """

    role: str
    files: tuple[PackageFile, ...]
    document: RecordedDocument
    faces: frozenset[str]
    rows: tuple[int | None, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.document.fingerprints)


@dataclass(frozen=True)
class Press:
    """What the office's papers are printed with; a paper that would be the same is taken over from the 稿 of `memory`.

    `mark` stands at the head of every page, `subject` goes into the files' properties.
    """

    library: Library
    fonts: FontLibrary
    words: RecommendingWords
    memory: Memory
    mark: str = ""
    subject: str = ""

    def designed(self, role: str, context: Mapping[str, Any], path: str) -> OfficePaper:
        """Print the designed document `role`, filled with `context`, as Word file and PDF; `path` is theirs without extension."""
        definition = self.library.document(role)

        def make() -> StageResult:
            printed = print_document(definition, context, self.fonts, mark=self.mark, subject=self.subject)
            contents = {".docx": printed.docx, ".pdf": printed.pdf}
            return self._made(role, path, contents, printed, says(context), context)

        return _paper(role, self.memory.once(role, [definition, context, path, *self._set(role)], make))

    def table(self, table: SummaryTable, path: str) -> OfficePaper:
        """Print the summary table, with a workbook beside it."""
        cells = [row.cells for row in table.rows]
        shown = {"标题": table.summary.title, "附件号": table.annex, "表前": list(table.lines), "各行": cells}
        template = self.library.template(table.summary.id) or b""

        def make() -> StageResult:
            files, printed = table_files(table, self.library, self.fonts, self.mark)
            contents = {PurePosixPath(name).suffix: content for name, content in files.items()}
            lines = {f"表前第{number}行": line for number, line in enumerate(table.lines, start=1)}
            said = {"标题": table.summary.title, "附件号": table.annex, **lines}
            numbered = table.summary.columns[0].number
            rows = rows_on(printed.pages, len(cells)) if numbered else (None,) * len(cells)
            return self._made(TABLE, path, contents, printed, said, shown, rows)

        return _paper(TABLE, self.memory.once(TABLE, [table.summary, shown, template, path, *self._set(TABLE)], make))

    def _set(self, role: str) -> tuple[object, ...]:
        """What every paper follows from besides its own content."""
        return self.mark, self.subject, self._signings(role), self.fonts.identity

    def _signings(self, role: str) -> tuple[SigningPlace, ...]:
        return tuple(one for one in self.words.signings if one.paper == KEYS.get(role))

    def _made(
        self,
        role: str,
        path: str,
        contents: Mapping[str, bytes],
        printed: Printed,
        said: Mapping[str, str],
        filled: object,
        rows: Sequence[int | None] = (),
    ) -> StageResult:
        pages = printed.pages.pages
        fingerprints = tuple(page.fingerprint for page in pages)
        folder, _, stem = path.rpartition("/")
        files = tuple(
            PackageFile(
                f"{_file_role(role)}{extension}",
                f"{folder}/{safe_name(stem, extension)}",
                content,
                None if extension == ".xlsx" else len(pages),
                fingerprints if extension == ".pdf" else (),
            )
            for extension, content in contents.items()
        )
        places = {one.place: page for one in self._signings(role) if (page := _last_with(one.at, pages))}
        labels = tuple(page.label for page in pages)
        document = RecordedDocument(fingerprints, labels, dict(said), sha256(encode_json(filled)), places)
        told = {"document": document_as_tree(document), "rows": list(rows)}
        return StageResult(files, faces=faces_of(printed.pages), told=told)


def _paper(role: str, made: StageResult) -> OfficePaper:
    return OfficePaper(role, made.files, document_from(made.told["document"]), made.faces, tuple(made.told["rows"]))


def _file_role(role: str) -> str:
    return "summary" if role == TABLE else role


def says(context: Mapping[str, Any]) -> Mapping[str, str]:
    """Return what a document filled with `context` says, place by place; the numbers of rows are left away, that only tell their order."""
    return dict(_said(context))


def _said(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in context.items():
        if isinstance(value, str):
            yield name, value
            continue
        for number, row in enumerate(value, start=1):
            called = " ".join(row[key] for key in (_MATERIAL, _NAME) if row.get(key))
            rest = {key: text for key, text in row.items() if text and key not in (_NUMBER, _NAME, _MATERIAL)}
            place = called if row.get(_MATERIAL) else f"{name.removesuffix('们')} {called or number}"
            told = list(rest.values()) if len(row) == 1 else [f"{key} {text}" for key, text in rest.items()]
            yield place, "，".join(told) or _LISTED


def rows_on(pages: Pages, rows: int) -> tuple[int | None, ...]:
    """Return the page, from 1, that each of so many rows of a table begins on, by the numbers in its first column."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages.pages, start=1):
        for text in _first_column(page):
            found.setdefault(text, number)
    return tuple(found.get(str(row)) for row in range(1, rows + 1))


def _first_column(page: Page) -> Iterator[str]:
    left = min((cell.x for cell in page.cells), default=0.0)
    texts: dict[int, str] = {}
    for run in page.runs:
        if run.cell >= 0 and page.cells[run.cell].x == left:
            texts[run.cell] = texts.get(run.cell, "") + run.text
    return (text.strip() for text in texts.values())


def _last_with(words: str, pages: Sequence[Page]) -> int | None:
    """The last page, from 1, on which `words` stand, blanks aside."""
    found = None
    for number, page in enumerate(pages, start=1):
        if words in "".join("".join(run.text for run in page.runs).split()):
            found = number
    return found
