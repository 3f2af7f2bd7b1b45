"""LibreOffice opens the form, and finds every part on pages of its own, as many when blank as when filled to the brim."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.docx.fill import Template
from generator.forms.arrangement import Arrangement
from generator.measure.fonts import FontLibrary
from tests.docx.contexts import Context, blank_context, fitted_sizes, full_context
from tests.docx.reading import bare
from tests.referee import office_pdf

PagesOf = Callable[[Context], list[str]]


@pytest.fixture
def pages_of(
    soffice: str,
    pdftotext: str,
    tmp_path: Path,
    national: Arrangement,
    national_template: Template,
    fonts: FontLibrary,
) -> PagesOf:
    """What stands on each page that LibreOffice makes of the form filled so."""

    def printed(context: Context) -> list[str]:
        filled = national_template.fill(context, fitted_sizes(national, context, fonts))
        pdf = office_pdf(filled, soffice, tmp_path)
        text = subprocess.run([pdftotext, "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode(
            "utf-8"
        )
        return [bare(page) for page in text.split("\f")[:-1]]

    return printed


def _first_pages(pages: list[str], arrangement: Arrangement) -> Mapping[str, int]:
    """On which page each part begins: the first that starts with its title."""
    return {
        part.title: next(number for number, page in enumerate(pages) if page.startswith(bare(part.title)))
        for part in arrangement.parts
    }


def test_parts_one_to_seven_take_as_many_pages_blank_as_filled(pages_of: PagesOf, national: Arrangement) -> None:
    blank, full = (pages_of(context_of(national)) for context_of in (blank_context, full_context))
    begins, begins_full = (_first_pages(pages, national) for pages in (blank, full))

    until_eight = list(begins)[:8]
    assert [begins[title] for title in until_eight] == [begins_full[title] for title in until_eight]
    assert begins[until_eight[0]] == 3  # the cover, a blank page, and one page of 填报说明
    assert blank[0].startswith("中小企业特色产业集群申报表") and blank[0].endswith("工业和信息化部制")
    assert full[0].endswith("工业和信息化部制") and full[1] == ""
    for pages, begin in ((blank, begins), (full, begins_full)):
        declared = begin["九、真实性声明及推荐意见"]
        assert declared % 2 == 0  # counted from 0: a right-hand page
        assert declared == len(pages) - 1
