"""LibreOffice as referee: its pages of a .docx beside ours, under the bundled fonts and no others."""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.measure.faces import BUNDLED_FACES, TYPEFACES
from generator.measure.fonts import FontLibrary
from generator.resources import fonts_folder
from generator.typeset.pages import Page, Pages

_TIME_LIMIT = 180
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_QUOTES = frozenset("“”‘’")
_NUMBER_START = re.compile(rb'(?<=<w:pgNumType) w:start="\d+"')
_SPACES = re.compile(r"\s+")
_PDF_WITH_BLANK_PAGES = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
_SWITCHED_OFF = (
    ('style:text-autospace="ideograph-alpha"', 'style:text-autospace="none"'),
    ('style:punctuation-wrap="hanging"', 'style:punctuation-wrap="simple"'),
)


@dataclass(frozen=True)
class Word:
    """Characters without a space between, and the box that they stand in (points, y downwards)."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """Half the height."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Difference:
    """A line of ours that LibreOffice breaks otherwise: page counted from 1, its text, the cause as far as known."""

    page: int
    text: str
    cause: str


@dataclass(frozen=True)
class Comparison:
    """What the referee found. `text_differs` lists, page by page, the characters that only one side has."""

    our_pages: int
    office_pages: int
    text_differs: tuple[tuple[int, str, str], ...]
    lines: int
    alike: int
    differences: tuple[Difference, ...]

    @property
    def ratio(self) -> float:
        """The share of lines that break alike, of those with no quotation mark to blame."""
        blameless = sum(1 for difference in self.differences if difference.cause != QUOTATION)
        return self.alike / (self.alike + blameless) if self.alike + blameless else 1.0

    def report(self) -> str:
        """Return the figures and the lines that differ, by cause."""
        causes = Counter(difference.cause for difference in self.differences)
        lines = [
            f"{self.alike} of {self.lines} lines alike; {self.ratio:.1%} without those beside quotation marks; "
            f"pages {self.our_pages} and {self.office_pages}",
            *(f"{cause}: {count}" for cause, count in causes.most_common()),
            *(f"  p. {difference.page} [{difference.cause}] {difference.text}" for difference in self.differences),
            *(f"  p. {page} only ours {ours!r}, only theirs {theirs!r}" for page, ours, theirs in self.text_differs),
        ]
        return "\n".join(lines)


QUOTATION = "beside a quotation mark, or after such a line"
TORN = "LibreOffice parts a number or a word"
OTHER = "other"
_FAR = 3


def office_pdf(docx: bytes, soffice: str, folder: Path) -> Path:
    """Return the PDF that LibreOffice makes of a .docx, with the bundled fonts under the office's names.

    LibreOffice does not read w:autoSpaceDE and w:autoSpaceDN, nor w:overflowPunct in styles, which the forms turn off; so the
    gap between ideographs and Latin text and the hanging of marks are turned off in its own format on the way.
    """
    source = folder / "referee.docx"
    source.write_bytes(docx)
    _convert(source, "fodt", soffice, folder)
    opened = folder / "referee.fodt"
    text = opened.read_text(encoding="utf-8")
    for switched_on, switched_off in _SWITCHED_OFF:
        text = text.replace(switched_on, switched_off)
    opened.write_text(text, encoding="utf-8")
    _convert(opened, _PDF_WITH_BLANK_PAGES, soffice, folder)
    return folder / "referee.pdf"


def _convert(source: Path, kind: str, soffice: str, folder: Path) -> None:
    configuration = folder / "fonts.conf"
    configuration.write_text(font_configuration(folder / "cache"), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=_TIME_LIMIT,
        env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
    )


def font_configuration(cache: Path) -> str:
    """Return what tells fontconfig to use the bundled fonts only, under the office's names."""
    families = {face.key: face.family for face in BUNDLED_FACES}
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{families[typeface.face]}</string></edit></match>'
        for typeface in TYPEFACES
        for name in (*typeface.names, *typeface.stands_for)
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts_folder()}</dir><cachedir>{cache}</cachedir>{matches}</fontconfig>"
    )


def words_of_pdf(pdf: Path, pdftotext: str) -> list[list[Word]]:
    """Return the words of each page of a PDF."""
    output = subprocess.run(
        [pdftotext, "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=_TIME_LIMIT
    ).stdout.decode("utf-8")
    return [[_word(found) for found in _WORD.findall(page)] for page in output.split("<page ")[1:]]


def _word(found: Sequence[str]) -> Word:
    left, top, right, bottom = (float(number) for number in found[:4])
    return Word(left, top, right, bottom, html.unescape(found[4]))


def words_of_page(page: Page, fonts: FontLibrary) -> list[Word]:
    """Return the words of a page of ours."""
    words: list[Word] = []
    for run in page.runs:
        face = fonts.by_key(run.face)
        x, begin, text = run.x, run.x, ""
        for character in [*run.text, " "]:
            if character.isspace():
                if text:
                    words.append(Word(begin, run.y - 1.05 * run.size, x, run.y + 0.25 * run.size, text))
                text = ""
            else:
                if not text:
                    begin = x
                text += character
            x += (face.advance(character) if face.has(character) else 1.0) * run.size + run.spacing
    return words


def lines_of(words: Iterable[Word]) -> list[str]:
    """Return the lines that words make: neighbours at one height, without spaces. Columns stand apart by a cell's margins."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.left, word.top)):
        for line in lines:
            last = line[-1]
            height = max(line[0].bottom - line[0].top, word.bottom - word.top)
            near = -2.0 < word.left - last.right < 0.45 * height
            if near and abs(word.middle - line[0].middle) < 0.4 * height:
                line.append(word)
                break
        else:
            lines.append([word])
    lines.sort(key=lambda line: (round(line[0].top), line[0].left))
    return [_SPACES.sub("", "".join(word.text for word in line)) for line in lines]


def compare(pages: Pages, fonts: FontLibrary, office_words: Sequence[Sequence[Word]]) -> Comparison:
    """Hold our pages against LibreOffice's: the text of each page, and the lines."""
    text_differs: list[tuple[int, str, str]] = []
    differences: list[Difference] = []
    total = alike = 0
    for number in range(max(len(pages.pages), len(office_words))):
        ours = words_of_page(pages.pages[number], fonts) if number < len(pages.pages) else []
        theirs = list(office_words[number]) if number < len(office_words) else []
        our_text = Counter("".join(word.text for word in ours))
        their_text = Counter("".join(word.text for word in theirs))
        if our_text != their_text:
            only = [
                "".join(sorted((one - other).elements()))
                for one, other in ((our_text, their_text), (their_text, our_text))
            ]
            text_differs.append((number + 1, only[0], only[1]))
        our_lines, their_lines = lines_of(ours), lines_of(theirs)
        unmatched = _unmatched(our_lines, their_lines)
        total += len(our_lines)
        alike += len(our_lines) - len(unmatched)
        differences.extend(_explained(number + 1, our_lines, unmatched, their_lines))
    return Comparison(len(pages.pages), len(office_words), tuple(text_differs), total, alike, tuple(differences))


def _unmatched(ours: Sequence[str], theirs: Sequence[str]) -> list[int]:
    left = Counter(theirs)
    unmatched = []
    for index, line in enumerate(ours):
        if left[line] > 0:
            left[line] -= 1
        else:
            unmatched.append(index)
    return unmatched


def _explained(page: int, lines: Sequence[str], unmatched: Sequence[int], theirs: Iterable[str]) -> list[Difference]:
    """Return the differing lines with their cause, which also moves the lines after them."""
    found: list[Difference] = []
    cause, previous = OTHER, -_FAR
    for index in unmatched:
        line = lines[index]
        if _QUOTES & {*line[:2], *line[-2:]}:
            cause = QUOTATION
        elif any(
            other.startswith(line) and len(other) > len(line) and other[len(line) :].isascii() for other in theirs
        ):
            cause = TORN
        elif index - previous > _FAR:
            cause = OTHER
        previous = index
        found.append(Difference(page, line, cause))
    return found


def with_plain_sections(docx: bytes) -> bytes:
    """Return a .docx whose sections begin on whichever page comes next, and go on counting.

    LibreOffice gives the first page of a section that begins on a right-hand page other margins than the file says, and
    leaves a page blank where the count begins anew, to keep odd numbers on the right.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b'"oddPage"', b'"nextPage"').replace(b'"evenPage"', b'"nextPage"')
                content = _NUMBER_START.sub(b"", content)
            target.writestr(name, content)
    return buffer.getvalue()
