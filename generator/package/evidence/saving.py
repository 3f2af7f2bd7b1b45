"""Saving a PDF where the disk may refuse: that is an error in words, and not the end of the program from within the library."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from generator.package.stored import telling_failures

if TYPE_CHECKING:
    import pikepdf


def save_pdf(pdf: pikepdf.Pdf, path: Path, **settings: Any) -> None:
    """Write `pdf` to the file `path`; `settings` are those of `pikepdf.Pdf.save`. Raises OutputError when the disk refuses."""
    with telling_failures(), path.open("wb") as file:
        taker = _Taker(file)
        pdf.save(cast("BinaryIO", taker), **settings)
        if taker.refused is not None:
            raise taker.refused


class _Taker(io.RawIOBase):
    """Takes whatever is written: an error raised here would cross the library's own code, which ends the process for it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.refused: OSError | None = None

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any, /) -> int:
        """Pass `data` on until it is refused once; what comes then goes nowhere."""
        if self.refused is None:
            try:
                self._file.write(data)
            except OSError as error:
                self.refused = error
        return len(data)
