"""Whether a file still says what the official form says: 填表时不得改变表格样式."""

from __future__ import annotations

from generator.forms.verifying.document import verify_document
from generator.forms.verifying.found import FoundCell, FoundDocument, FoundRow, FoundTable
from generator.forms.verifying.official import verify_text

__all__ = ["FoundCell", "FoundDocument", "FoundRow", "FoundTable", "verify_document", "verify_text"]
