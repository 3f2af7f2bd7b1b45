"""The law of corrections: the old printout with the slip applied is the new printout, page by page. For every form, over random edits."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from generator.build import prepare, print_form, sound_template
from generator.corrections.sheets import Sheet, Step, applied, sheets_of, steps_between
from generator.documents.printing import Printed
from generator.forms.library import Library
from generator.forms.snapshot import RememberedPage
from generator.measure.fonts import FontLibrary
from generator.package.printing.copies import sheets_in_one
from generator.typeset.pages import Pages

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
TEXT = (EXAMPLE / "cluster.yaml").read_text(encoding="utf-8")
FORMS = Library.standard().ids()
_FIGURE = re.compile(r"(?<=: )[0-9]+\.[0-9]{2}(?=[,}\s])")
_PROSE = re.compile(r"(?m)^ {6,8}[\u4e00-\u9fff0-9（“][^\n]{60,}$")
_SENTENCE = "另按季度调度重点项目，逐项落实责任单位和完成时限。"


@dataclass(frozen=True)
class Edit:
    """Something done to cluster.yaml: a figure written otherwise, prose that grows or shrinks; `at` chooses the place."""

    kind: str
    at: int
    much: int

    def done(self, text: str) -> str:
        places = list((_FIGURE if self.kind == "figure" else _PROSE).finditer(text))
        found = places[self.at % len(places)]
        said = found[0]
        if self.kind == "figure":
            said = f"{self.much}.{self.at % 100:02d}"
        elif self.kind == "grow":
            said += _SENTENCE * self.much
        else:
            said = said[:40]
        return text[: found.start()] + said + text[found.end() :]


edits = st.lists(
    st.builds(Edit, st.sampled_from(["figure", "grow", "shrink"]), st.integers(0, 500), st.integers(1, 40)),
    min_size=1,
    max_size=3,
)


@cache
def tools() -> tuple[Library, FontLibrary]:
    return Library.standard(), FontLibrary.bundled()


def printed(form: str, text: str) -> Printed:
    library, fonts = tools()
    prepared = prepare(EXAMPLE, form, library, fonts, content=text.encode())
    assert prepared.filled is not None
    return print_form(prepared.filled, sound_template(prepared.form, library, fonts)[0], fonts)


@cache
def before(form: str) -> Printed:
    return printed(form, TEXT)


def sheets(pages: Pages, version: int) -> tuple[Sheet, ...]:
    parts = _parts(pages)
    remembered = [
        RememberedPage(page.label, page.fingerprint, part) for page, part in zip(pages.pages, parts, strict=True)
    ]
    return sheets_of(remembered, version)


def _parts(pages: Pages) -> Iterator[str]:
    starts = {entry.page: entry.title for entry in pages.outline if entry.level == 0}
    title = ""
    for number in range(len(pages.pages)):
        title = starts.get(number, title)
        yield title


def texts(pdf: bytes) -> list[str]:
    """The text of each page, as poppler reads it."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def as_pairs(pages: Sequence[str]) -> list[tuple[str, str]]:
    """Pages as they lie on sheets; the back of the last may be blank."""
    padded = [*pages, *([""] if len(pages) % 2 else [])]
    return [(padded[at].strip(), padded[at + 1].strip()) for at in range(0, len(padded), 2)]


def after_the_slip(old: Sequence[str], slip: Sequence[str], steps: Sequence[Step]) -> list[tuple[str, str]]:
    """What a clerk has in hand: the old sheets, and those of the print in the order of the slip."""
    stack: list[tuple[str, str] | None] = [*as_pairs(old)]
    fresh = iter(as_pairs(slip))
    behind: dict[int, list[tuple[str, str]]] = {}
    for step in steps:
        new = next(fresh) if step.new else None
        if step.old:
            stack[step.old - 1] = new
        elif new:
            behind.setdefault(step.after, []).append(new)
    done = [*behind.get(0, ())]
    for number, sheet in enumerate(stack, start=1):
        done += [*([sheet] if sheet else []), *behind.get(number, ())]
    return done


def new_sheets(pdf: bytes, steps: Sequence[Step]) -> bytes:
    content, pages = sheets_in_one([("申报表", pdf, [step.new for step in steps if step.new])], "换页打印稿")
    assert pages == 2 * sum(step.new is not None for step in steps)
    return content


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=6)
@given(chosen=edits)
def test_the_old_printout_with_the_slip_applied_is_the_new_printout(
    pdftotext: str, form: str, chosen: list[Edit]
) -> None:
    text = TEXT
    for edit in chosen:
        text = edit.done(text)
    old, new = before(form), printed(form, text)
    stack, newest = sheets(old.pages, 1), sheets(new.pages, 2)
    steps = steps_between(stack, newest)
    assert [one.prints for one in applied(stack, newest, steps)] == [one.prints for one in newest]
    if steps:
        slip = texts(new_sheets(new.pdf, steps)) if any(step.new for step in steps) else []
        assert after_the_slip(texts(old.pdf), slip, steps) == as_pairs(texts(new.pdf))
    else:
        assert texts(old.pdf) == texts(new.pdf)


@pytest.mark.parametrize("form", FORMS)
def test_a_plan_that_grows_by_pages_needs_sheets_put_in_and_less_than_all(pdftotext: str, form: str) -> None:
    place = list(_PROSE.finditer(TEXT))
    text = TEXT
    for found in reversed(place):
        text = text[: found.end()] + _SENTENCE * 5 + text[found.end() :]
    old, new = before(form), printed(form, text)
    stack, newest = sheets(old.pages, 1), sheets(new.pages, 2)
    steps = steps_between(stack, newest)
    assert len(newest) > len(stack)
    assert any(step.old is None for step in steps)
    assert 0 < sum(step.new is not None for step in steps) < len(newest)
    assert after_the_slip(texts(old.pdf), texts(new_sheets(new.pdf, steps)), steps) == as_pairs(texts(new.pdf))


def test_a_sheet_forgotten_on_the_slip_is_noticed(pdftotext: str) -> None:
    form = FORMS[0]
    old, new = before(form), printed(form, Edit("figure", 0, 7).done(Edit("grow", 3, 30).done(TEXT)))
    steps = steps_between(sheets(old.pages, 1), sheets(new.pages, 2))
    assert steps
    rest = steps[1:]
    slip = texts(new_sheets(new.pdf, rest)) if any(step.new for step in rest) else []
    assert after_the_slip(texts(old.pdf), slip, rest) != as_pairs(texts(new.pdf))


def test_the_numbers_on_the_sheets_are_their_own(pdftotext: str) -> None:
    new = before(FORMS[0])
    content, _ = sheets_in_one([("申报表", new.pdf, [2, 5])], "换页打印稿")
    reader = PdfReader(io.BytesIO(content))
    labels = [new.pages.pages[page].label for page in (2, 3, 8, 9)]
    assert reader.page_labels == labels
    assert [page.strip().rsplit(maxsplit=1)[-1] for page in texts(content)] == labels
    assert content == sheets_in_one([("申报表", new.pdf, [2, 5])], "换页打印稿")[0]
