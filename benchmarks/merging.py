"""The rival of a package: evidence merged into one PDF with pypdf, pictures put into PDF files with img2pdf, as their manuals say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import img2pdf
from pypdf import PdfWriter


def merge(files: Sequence[Path], target: Path) -> None:
    """Write all pages of `files` (PDF, JPG, PNG) to the PDF `target`, in order."""
    writer = PdfWriter()
    for file in files:
        writer.append(file if file.suffix == ".pdf" else io.BytesIO(img2pdf.convert(str(file))))
    writer.write(target)
