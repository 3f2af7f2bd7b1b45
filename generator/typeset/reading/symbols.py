"""Symbols of Word's symbol fonts in a paragraph."""

from __future__ import annotations

from generator.measure.symbols import symbol_character
from generator.typeset.reading.package import WORD, Element, unknown


def symbol_text(element: Element) -> str:
    """Return the character that a `w:sym` prints.

    Raises UnknownConstructError for a symbol without a Unicode counterpart in the table.
    """
    font = element.get(WORD + "font", "")
    code = int(element.get(WORD + "char", "0"), 16)
    found = symbol_character(font, code)
    if not found:
        raise unknown(element, value=f"{font} {code:04X}")
    return found
