"""docxtpl alone, used as its manual says."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docxtpl import DocxTemplate


def fill(template: bytes, context: Mapping[str, object]) -> bytes:
    """Return `template` filled with `context`, values escaped."""
    document, filled = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    document.render(dict(context), autoescape=True)
    document.save(filled)
    return filled.getvalue()
