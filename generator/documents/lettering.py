"""Words on a drawing: text measured and cut into runs of one face."""

from __future__ import annotations

from itertools import groupby
from typing import Literal

from generator.frozen import dataclass
from generator.measure.fonts import Face, FontLibrary
from generator.typeset.pages import TextRun

_UNPRINTABLE = "?"


@dataclass(frozen=True)
class Lettering:
    """How words on a drawing are set: the office's typeface, size in points, colour as six hexadecimal digits."""

    font: str
    size: float
    colour: str = "000000"

    def runs(
        self, text: str, x: float, y: float, fonts: FontLibrary, align: Literal["left", "centre", "right"] = "left"
    ) -> tuple[TextRun, ...]:
        """Return `text` on the baseline `y`, beginning, centred or ending at `x` (points)."""
        pieces = self._pieces(text, fonts)
        width = sum(advance for _, _, advance in pieces)
        x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
        runs = []
        for face, words, advance in pieces:
            runs.append(TextRun(x, y, words, face.key, self.size, advance, colour=self.colour))
            x += advance
        return tuple(runs)

    def width(self, text: str, fonts: FontLibrary) -> float:
        """Return how wide `text` is, in points."""
        return sum(advance for _, _, advance in self._pieces(text, fonts))

    def _pieces(self, text: str, fonts: FontLibrary) -> list[tuple[Face, str, float]]:
        """Return `text` in pieces of one face, each with its width; what no font has is printed as a question mark."""
        own = fonts.face(self.font)
        faces = [(fonts.face_for(self.font, character), character) for character in text]
        printed = [(face, character) if face is not None else (own, _UNPRINTABLE) for face, character in faces]
        pieces = []
        for face, group in groupby(printed, key=lambda item: item[0]):
            words = "".join(character for _, character in group)
            pieces.append((face, words, sum(map(face.advance, words)) * self.size))
        return pieces
