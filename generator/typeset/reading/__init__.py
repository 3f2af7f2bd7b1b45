"""From the bytes of a .docx to a resolved `Document`."""

from __future__ import annotations

from generator.typeset.reading.reader import read

__all__ = ["read"]
