"""From a filled .docx to positioned pages, and from pages to PDF."""

from __future__ import annotations

from generator.measure.fonts import FontLibrary
from generator.typeset.pages import Pages

__all__ = ["lay_out"]


def lay_out(docx: bytes, fonts: FontLibrary, *, mark: str = "") -> Pages:
    """Return the pages of a Word document.

    `fonts` gives faces and widths; where a character is in none of them, 〓 is set in its place (checks report it before).
    `mark` is laid large and light behind every page (草稿). The same document and fonts give equal pages anywhere.

    Raises DefinitionError when the bytes are no .docx, UnknownConstructError when the document holds a construct that would
    change the layout and is not known.
    """
    from generator.typeset.layout import Layout  # not above: who only draws on pages needs no reader of Word files
    from generator.typeset.reading import read

    return Layout(read(docx), fonts, mark).pages()
