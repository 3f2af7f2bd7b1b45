"""A form or summary table held against a Word file of it, blank or filled in: 填表时不得改变表格样式."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.findings import Findings
from generator.forms.definition import Form
from generator.forms.definition_summary import Summary
from generator.forms.verifying.bare import TABLE, Bare
from generator.forms.verifying.differences import Difference, Kind, as_findings, with_moves
from generator.forms.verifying.found import FoundDocument, FoundRow, FoundTable
from generator.forms.verifying.official import without_annex
from generator.forms.verifying.paper import NOTES, Paper, PaperTable, Printed, Section, SectionKind
from generator.forms.verifying.placing import compare
from generator.forms.verifying.rows import compare_rows, likeness
from generator.forms.verifying.sections import Item, Located, located
from generator.forms.verifying.summary_paper import papers_of

_LIKE_TABLE = 0.4


def verify_document(form: Form | Summary, found: FoundDocument) -> Findings:
    """Return where a Word file differs from `form`, in the order of the form.

    Values may stand where the form leaves room for them, boxes may be ticked, hints may be gone, and rows of dots may have given
    way to the applicant's own; every other text, and the cells of every row, must be as printed. A summary table may have any
    number of rows, and the heading of any level; it is held against the level that it is most like.
    """
    papers = papers_of(form)
    told = [_differences(paper, found) for paper in papers]
    nearest = min(range(len(papers)), key=lambda number: _distance(told[number]))
    return as_findings(with_moves(told[nearest]), papers[nearest].clause)


def _distance(differences: Sequence[Difference]) -> tuple[int, int]:
    """How far a file is from a paper; a text that changed is nearer than one that is gone."""
    return len(differences), sum(one.kind is Kind.MISSING for one in differences)


def _differences(paper: Paper, found: FoundDocument) -> list[Difference]:
    differences: list[Difference] = []
    for place in located(paper.sections, found):
        differences += [*place.title, *_compare_section(place)]
    return differences + compare(paper.notes, Bare.of(found.notes), (NOTES,))


def _compare_section(place: Located) -> list[Difference]:
    section = place.section
    match section.kind:
        case SectionKind.TEXT:
            return compare(section.text, Bare.of(running_text(place.items)), (section.name,))
        case SectionKind.ROWS:
            rows = [item for item in place.items if isinstance(item, FoundRow)]
            between = [item for item in place.items if isinstance(item, str) and item.strip()]
            told = [Difference(Kind.ADDED, (section.name,), found=text) for text in between]
            return compare_rows(section.rows, rows, (section.name,)) + told
        case SectionKind.PLAN:
            return _compare_plan(section, place.items)


def running_text(items: Sequence[Item]) -> list[str]:
    """Return the paragraphs of a section of running text, those in its tables too, without the mark of an annex at its head."""
    texts = [text for item in items for text in ([item] if isinstance(item, str) else item.paragraphs())]
    return list(without_annex(texts))


# ── the plan: headings, prose and target tables in one box ──


@dataclass(frozen=True)
class PlanContent:
    """What stands in the box of a plan: its paragraphs, `TABLE` for each table that the form prints, and those tables in order.

    A printed table that the file lacks is None.
    """

    paragraphs: tuple[str, ...]
    tables: tuple[FoundTable | None, ...]


def plan_content(section: Section, items: Sequence[Item]) -> PlanContent:
    """Return what `items` hold of the plan that `section` prints; the applicant's own tables count as paragraphs."""
    content = list(_opened(_tables_of(items)))
    chosen = _chosen(section.tables, [block for block in content if isinstance(block, FoundTable)])
    kept = {id(table) for table in chosen.values()}
    paragraphs = [
        text
        for block in content
        for text in ([block] if isinstance(block, str) else [TABLE] if id(block) in kept else _texts(block))
    ]
    if section.title is None:
        paragraphs = [*without_annex(paragraphs)]
    return PlanContent(tuple(paragraphs), tuple(chosen.get(id(table)) for table in section.tables))


def _compare_plan(section: Section, items: Sequence[Item]) -> list[Difference]:
    content = plan_content(section, items)
    found = iter(content.tables)
    tokens = [
        token
        for token in section.text
        if not isinstance(token, Printed) or token.text != TABLE or next(found) is not None
    ]
    told = compare(tokens, Bare.of(content.paragraphs), (section.name,))
    for table, other in zip(section.tables, content.tables, strict=True):
        told += compare_rows(table.rows, other.rows if other else (), table.rows[0].place, table.repeated)
    return told


def _tables_of(items: Sequence[Item]) -> Iterator[str | FoundTable]:
    """The items with rows that follow each other as tables again."""
    rows: list[FoundRow] = []
    for item in items:
        if isinstance(item, FoundRow):
            rows.append(item)
            continue
        if rows:
            yield FoundTable(tuple(rows))
            rows = []
        yield item
    if rows:
        yield FoundTable(tuple(rows))


def _opened(blocks: Iterator[str | FoundTable]) -> Iterator[str | FoundTable]:
    """The blocks with boxes (tables of one column) opened, so that paragraphs and true tables remain."""
    for block in blocks:
        if isinstance(block, str) or any(len(row.cells) > 1 for row in block.rows):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _opened(iter(cell.blocks))


def _texts(table: FoundTable) -> list[str]:
    return [text for row in table.rows for text in row.paragraphs()]


def _chosen(expected: Sequence[PaperTable], found: Sequence[FoundTable]) -> dict[int, FoundTable]:
    """The found table that is most like each printed one, in order; the others are the applicant's own."""
    chosen: dict[int, FoundTable] = {}
    first = 0
    for table in expected:
        likes = [(_table_likeness(table, other), -number) for number, other in enumerate(found) if number >= first]
        like, number = max(likes, default=(0.0, 0))
        if like >= _LIKE_TABLE:
            chosen[id(table)] = found[-number]
            first = -number + 1
    return chosen


def _table_likeness(expected: PaperTable, found: FoundTable) -> float:
    best = [max((likeness(row, other) for other in found.rows), default=0.0) for row in expected.rows]
    return sum(best) / len(best)
