"""The filled forms of the complete example, ours beside LibreOffice's."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.build import prepare, print_form, template_of
from generator.forms.library import Library
from generator.typeset import lay_out
from tests.referee import compare, lines_of, office_pdf, with_plain_sections, words_of_page, words_of_pdf
from tests.typeset.looking import FONTS, strays

EXAMPLE = "data/示例区智能传感器"


@pytest.mark.parametrize("form", Library.standard().ids())
def test_a_filled_form_is_laid_out_as_libreoffice_lays_it_out(
    form: str, checkout: Path, soffice: str, pdftotext: str, tmp_path: Path
) -> None:
    """With `pytest -s`, the figure of every form and the causes of what differs are printed (docs/typesetting.md)."""
    library = Library.standard()
    filled = prepare(checkout / EXAMPLE, form, library, FONTS).filled
    assert filled is not None
    docx = with_plain_sections(print_form(filled, template_of(library.form(form), library, FONTS), FONTS).docx)
    ours = lay_out(docx, FONTS)
    theirs = words_of_pdf(office_pdf(docx, soffice, tmp_path), pdftotext)
    comparison = compare(ours, FONTS, theirs)

    print(form, comparison.report())
    assert comparison.our_pages == comparison.office_pages
    assert comparison.ratio >= 0.97, comparison.report()
    our_text = Counter("".join(word.text for page in ours.pages for word in words_of_page(page, FONTS)))
    assert our_text == Counter("".join(word.text for page in theirs for word in page))
    their_lines = [lines_of(page) for page in theirs]
    for heading in ours.outline:
        title = "".join(heading.title.split())
        assert title in their_lines[heading.page], f"{title} stands elsewhere"
    assert not [stray for page in ours.pages for stray in strays(page)]
