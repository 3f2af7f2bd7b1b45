"""Watermarks: the text along a path that Word anchors in a header."""

from __future__ import annotations

from generator.typeset.document import Watermark
from generator.typeset.reading.package import VML, Element

_DEFAULT_COLOUR = "C0C0C0"
_NAMED_COLOURS = {"silver": "C0C0C0", "gray": "808080", "red": "FF0000", "black": "000000"}


def watermark_of(picture: Element) -> Watermark | None:
    """Return the watermark that a `w:pict` holds; None when it is a picture of another kind."""
    for shape in picture.iterfind(VML + "shape"):
        path = shape.find(VML + "textpath")
        if path is not None and (text := path.get("string", "")):
            return Watermark(text, _colour(shape.get("fillcolor", "")), -_rotation(shape.get("style", "")))
    return None


def _colour(name: str) -> str:
    name = name.split()[0] if name.split() else ""
    if name.startswith("#"):
        digits = name[1:]
        return ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits).upper()
    return _NAMED_COLOURS.get(name, _DEFAULT_COLOUR)


def _rotation(style: str) -> float:
    """Return the clockwise rotation that a VML style asks for, in degrees within -180 to 180."""
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() == "rotation":
            return (float(value) + 180) % 360 - 180
    return 0.0
