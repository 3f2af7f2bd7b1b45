"""What holds of every document, whatever stands in it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.measure.lines import line_count
from generator.typeset.pages import Page
from tests.typeset.looking import FONTS, laid_out, lines, strays, text_of
from tests.typeset.word import FONT, TEXT_WIDTH, cell, document, note_mark, paragraph, row, run, table

BOTTOM = 841.9 - 72
_TAGS = re.compile(r"<[^>]+>")
TEXTS = st.text(alphabet="集群总产值，。（）“”/R&D12.5% ", min_size=1, max_size=90).filter(str.strip)
NOTE = "注"
_WITHOUT_SHRINKING = (Phase.explicit, Phase.generate)  # a document takes long to shrink, and its text tells enough


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    flags = draw(st.sampled_from(["", "<w:keepNext/>", "<w:keepLines/>", "<w:pageBreakBefore/>"]))
    marked = draw(st.integers(0, 5)) == 0
    text = run(draw(TEXTS)) + ("NOTE" if marked else "")
    return paragraph(text, properties=flags, alignment=draw(st.sampled_from(["left", "both", "center"])))


@st.composite
def tables(draw: st.DrawFn, depth: int = 0) -> str:
    rows: list[str] = []
    for number in range(draw(st.integers(1, 12))):
        merge = draw(st.sampled_from(["", "restart", "continue"])) if number else draw(st.sampled_from(["", "restart"]))
        content = "".join(draw(st.lists(paragraphs(), min_size=1, max_size=6)))
        if depth == 0 and draw(st.integers(0, 6)) == 0:
            content += draw(tables(1)) + paragraph()
        flags = draw(st.sampled_from(["", "<w:cantSplit/>", "<w:tblHeader/>" if number == 0 else ""]))
        first = cell(paragraph() if merge == "continue" else draw(paragraphs()), 60, merge=merge)
        rows.append(row([first, cell(content, 200)], height=draw(st.sampled_from([0, 30, 200])), properties=flags))
    return table([60, 200], rows)


class Body:
    """The blocks of a document and the number of its notes; shown by its text alone."""

    def __init__(self, blocks: str, notes: int) -> None:
        self.blocks = blocks
        self.notes = notes

    def __repr__(self) -> str:
        return f"{_TAGS.sub(' ', self.blocks)[:2000]} with {self.notes} notes"

    def pages(self) -> tuple[Page, ...]:
        """Lay the document out."""
        return laid_out(document(self.blocks, notes=[NOTE] * self.notes)).pages


@st.composite
def documents(draw: st.DrawFn) -> Body:
    """Draw a body with its notes numbered."""
    blocks = draw(st.lists(st.one_of(paragraphs(), paragraphs(), tables()), min_size=1, max_size=14))
    body, numbers = "".join(blocks), count(1)
    marks = body.count("NOTE")
    return Body(re.sub("NOTE", lambda _: note_mark(next(numbers)), body), marks)


def lowest(page: Page) -> float:
    return max((run.y for run in page.runs), default=0.0)


@settings(max_examples=60, phases=_WITHOUT_SHRINKING)
@given(documents())
def test_everything_is_printed_once_in_its_cell_and_above_the_margin(body: Body) -> None:
    pages = body.pages()
    repeated = "w:tblHeader" in body.blocks
    written = "".join(_TAGS.sub("", body.blocks).replace("&amp;", "&").split())
    marks = "".join(f"{number}{number}{NOTE}" for number in range(1, body.notes + 1))
    printed = Counter("".join("".join(run.text.split()) for page in pages for run in page.runs))
    if repeated:
        assert printed >= Counter(written + marks)
    else:
        assert printed == Counter(written + marks)
    for page in pages:
        assert not list(strays(page))
        assert lowest(page) <= BOTTOM


@settings(max_examples=60, phases=_WITHOUT_SHRINKING)
@given(documents())
def test_notes_stand_on_the_page_of_their_marks(body: Body) -> None:
    for page in body.pages():
        foot = [run for run in page.runs if run.text == NOTE]
        marks = {run.text for run in page.runs if run.size < 6.2 and run.text.isdigit() and run.size > 6}
        repeated = "w:tblHeader" in body.blocks
        assert len(foot) == len(marks) or (repeated and len(foot) < len(marks))


@settings(max_examples=100)
@given(TEXTS)
def test_fitting_counts_the_lines_that_laying_out_makes(text: str) -> None:
    page = laid_out(document(paragraph(run(text.strip()), indent='<w:ind w:right="6000"/>'))).pages[0]
    assert len(lines(page)) == line_count(text.strip(), FONT, 10.5, TEXT_WIDTH - 300, FONTS)
    assert text_of(laid_out(document(paragraph(run(text))))) == "".join(text.split())
