"""Pages to PDF, on the reportlab canvas: embedded subsets, bookmarks, page labels, the same bytes every time."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from generator.measure.fonts import FontLibrary
from generator.typeset.embed import EmbeddedFont
from generator.typeset.labels import label_ranges
from generator.typeset.pages import Area, Mark, OutlineEntry, Page, Pages, Rule, TextRun

_PRODUCER = "shenbao"
_COMPRESSION = 2  # of zlib: for lines of text a third faster than its usual 6, and 6 % larger
_LANGUAGE = "zh-CN"
_BOLD_STROKE = 0.03  # of the size: how far a line of its own thickens letters that have no bold cut
_TOUCHING = 0.05  # points: rules this close are one
_SQUARE_ENDS, _BLUNT_ENDS = 2, 0


def draw(pages: Pages, fonts: FontLibrary) -> bytes:
    """Return the PDF of laid-out pages. The same pages and font files give the same bytes.

    Of `metadata`, the entries title, author, subject, keywords and creator are written. Raises OutputError when a run holds
    a character that its face has not got, MissingError when a face is not in the library.
    """
    embedded = _embedded_fonts(pages.pages, fonts)
    canvas = _PageCanvas()
    for entry, value in pages.metadata:
        canvas.describe(entry, value)
    headings = _headings_by_page(pages.outline)
    for number, page in enumerate(pages.pages):
        canvas.begin_page(page)
        for key, heading in headings.get(number, ()):
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=round(page.height - heading.y, 2), zoom=0)
        canvas.addLiteral(_content(page, embedded))
        canvas.showPage()
    canvas.add_outline(pages.outline)
    labels = [page.label for page in pages.pages]
    for start, _, prefix, number in label_ranges(labels) if any(labels) else ():
        canvas.addPageLabel(start, "ARABIC" if number else None, number or None, prefix or None)
    return canvas.finished(embedded.values())


class _PageCanvas(Canvas):  # type: ignore[misc]
    """A reportlab canvas without its initial Helvetica (which would stay unembedded), dates and Base85."""

    def __init__(self) -> None:
        super().__init__("", pageCompression=0, invariant=1, pdfVersion=(1, 7), lang=_LANGUAGE)
        information = _Information()
        information.producer = information.creator = _PRODUCER
        information.title = information.author = information.subject = ""
        self._doc.info = information

    def _make_preamble(self) -> None:
        self._preamble = ""

    def describe(self, entry: str, value: str) -> None:
        """Set an entry of the document information; entries that PDF doesn't know are passed over."""
        if entry in ("title", "author", "subject", "keywords", "creator"):
            setattr(self._doc.info, entry, value)

    def begin_page(self, page: Page) -> None:
        """Set the size of the page that is about to be drawn."""
        box = (0, 0, page.width, page.height)
        self.setPageSize(box[2:])
        self.setCropBox(box)
        self.setTrimBox(box)

    def showPage(self) -> None:  # noqa: N802
        """Close the page, its content compressed once and not blown up to text again."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        content = page.stream.encode("ascii")
        dictionary = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")})
        page.Contents = pdfdoc.PDFStream(dictionary, zlib.compress(content, _COMPRESSION))
        self._doc.updateSignature(content)

    def add_outline(self, outline: Sequence[OutlineEntry]) -> None:
        """Add the bookmarks; a level that skips one is drawn in."""
        level = -1
        for number, entry in enumerate(outline):
            level = min(entry.level, level + 1)
            self.addOutlineEntry(entry.title, _key(number), level)
        if outline:
            self.showOutline()

    def finished(self, fonts: Iterable[EmbeddedFont]) -> bytes:
        """Add the fonts and return the file."""
        for font in fonts:
            font.add_to(self._doc)
        data: bytes = self.getpdfdata()
        return data


class _Information(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Document information without dates: nothing of the day of printing enters the file."""

    def format(self, document: Any) -> bytes:
        """Return the dictionary's bytes, entries without value left out."""
        entries = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": self.creator,
            "Producer": self.producer,
        }
        strings = {name: pdfdoc.PDFString(value) for name, value in entries.items() if value}
        formatted: bytes = pdfdoc.PDFDictionary(strings).format(document)
        return formatted


def _key(number: int) -> str:
    return f"heading-{number}"


def _headings_by_page(outline: Sequence[OutlineEntry]) -> dict[int, list[tuple[str, OutlineEntry]]]:
    headings: dict[int, list[tuple[str, OutlineEntry]]] = {}
    for number, entry in enumerate(outline):
        headings.setdefault(entry.page, []).append((_key(number), entry))
    return headings


def _embedded_fonts(pages: Sequence[Page], fonts: FontLibrary) -> dict[str, EmbeddedFont]:
    """Return the fonts of all text, named by their order of first use."""
    texts: dict[str, list[str]] = {}
    for page in pages:
        for run in page.runs:
            texts.setdefault(run.face, []).append(run.text)
        if page.mark is not None:
            texts.setdefault(page.mark.face, []).append(page.mark.text)
    return {
        key: EmbeddedFont(fonts.by_key(key), f"F{number}", "".join(used))
        for number, (key, used) in enumerate(texts.items(), start=1)
    }


def _content(page: Page, fonts: Mapping[str, EmbeddedFont]) -> str:
    """Return a page's drawing operators: shading, mark, rules, then text in reading order."""
    parts = [*_areas(page.areas, page.height)]
    if page.mark is not None:
        parts += _mark(page.mark, page, fonts[page.mark.face])
    parts += _rules(page.rules, page.height)
    parts += _text(page.runs, page.height, fonts)
    return "\n".join(parts)


def _areas(areas: Sequence[Area], height: float) -> Iterator[str]:
    for area in areas:
        bottom = height - area.y - area.height
        yield f"{_colour(area.colour)} {area.x:.2f} {bottom:.2f} {area.width:.2f} {area.height:.2f} re f"


def _mark(mark: Mark, page: Page, font: EmbeddedFont) -> Iterator[str]:
    """Give the operators of words turned about the middle of the page."""
    turn = math.radians(mark.angle)
    across, up = math.cos(turn), math.sin(turn)
    half_width, half_height = font.width(mark.text) * mark.size / 2, mark.size * 0.38
    x = page.width / 2 - half_width * across + half_height * up
    y = page.height / 2 - half_width * up - half_height * across
    matrix = f"{across:.4f} {up:.4f} {-up:.4f} {across:.4f} {x:.2f} {y:.2f} Tm"
    yield f"BT {_colour(mark.colour)} /{font.name} {mark.size:g} Tf {matrix} <{font.encoded(mark.text)}> Tj ET"


def _rules(rules: Sequence[Rule], height: float) -> Iterator[str]:
    """Give the operators of all rules, those of one kind in one path, those that touch end to end as one line."""
    kinds: dict[tuple[float, str, tuple[float, ...]], list[Rule]] = {}
    for rule in rules:
        kinds.setdefault((rule.width, rule.colour, rule.dash), []).append(rule)
    for (width, colour, dash), members in kinds.items():
        pattern = " ".join(f"{length:g}" for length in dash)
        ends = _BLUNT_ENDS if dash else _SQUARE_ENDS
        yield f"{width:g} w {ends} J [{pattern}] 0 d {_colour(colour).upper()}"
        lines = _joined(members) if not dash else [(rule.x1, rule.y1, rule.x2, rule.y2) for rule in members]
        for x1, y1, x2, y2 in lines:
            yield f"{x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l"
        yield "S"


def _joined(rules: Sequence[Rule]) -> Iterator[tuple[float, float, float, float]]:
    """Give the lines of solid rules, horizontal and vertical ones joined where they touch or overlap."""
    across: dict[float, list[tuple[float, float]]] = {}
    down: dict[float, list[tuple[float, float]]] = {}
    for rule in rules:
        if rule.y1 == rule.y2:
            across.setdefault(round(rule.y1, 2), []).append(_ordered(rule.x1, rule.x2))
        elif rule.x1 == rule.x2:
            down.setdefault(round(rule.x1, 2), []).append(_ordered(rule.y1, rule.y2))
        else:
            yield rule.x1, rule.y1, rule.x2, rule.y2
    for y, spans in across.items():
        for start, end in _united(spans):
            yield start, y, end, y
    for x, spans in down.items():
        for start, end in _united(spans):
            yield x, start, x, end


def _ordered(one: float, other: float) -> tuple[float, float]:
    return (one, other) if one <= other else (other, one)


def _united(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1] + _TOUCHING:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _text(runs: Sequence[TextRun], height: float, fonts: Mapping[str, EmbeddedFont]) -> Iterator[str]:
    """Give the operators of all runs in order; what stays the same from run to run is said once."""
    if not runs:
        return
    face, size, spacing, colour, stroke = "", 0.0, 0.0, "", 0.0
    font: EmbeddedFont | None = None
    yield "BT"
    for run in runs:
        if not run.text:
            continue
        if font is None or run.face != face or run.size != size:
            face, size = run.face, run.size
            font = fonts[face]
            yield f"/{font.name} {size:g} Tf"
        if run.spacing != spacing:
            spacing = run.spacing
            yield f"{spacing:.4f} Tc"
        if run.colour != colour:
            colour = run.colour
            fill = _colour(colour)
            yield f"{fill} {fill.upper()}"
        wanted = run.size * _BOLD_STROKE if run.embolden else 0.0
        if wanted != stroke:
            stroke = wanted
            yield f"2 Tr {stroke:.3f} w [] 0 d" if stroke else "0 Tr"
        yield f"1 0 0 1 {run.x:.2f} {height - run.y:.2f} Tm <{font.encoded(run.text)}> Tj"
    yield "ET"


def _colour(colour: str) -> str:
    """Return the operator that fills with a colour (RRGGBB), greys as greys; in capitals it strokes with it."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    if red == green == blue:
        return f"{red:.3g} g"
    return f"{red:.3g} {green:.3g} {blue:.3g} rg"
