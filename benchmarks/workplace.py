"""The folder that measured processes find their work in. Imports next to nothing, since it is imported by what is measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workplace:
    """A folder with a template, the data for it, and the document to typeset."""

    folder: Path

    @property
    def document(self) -> Path:
        """The document to typeset, a .docx."""
        return self.folder / "document.docx"

    @property
    def cluster(self) -> Path:
        """The cluster with many enterprises."""
        return self.folder / "cluster"

    @property
    def register(self) -> Path:
        """The workbook that its enterprises stand in."""
        return self.cluster / "企业清单.xlsx"

    @property
    def template(self) -> bytes:
        """The template to fill."""
        return (self.folder / "template.docx").read_bytes()

    @property
    def context(self) -> dict[str, object]:
        """The data to fill it with."""
        context: dict[str, object] = json.loads((self.folder / "context.json").read_text(encoding="utf-8"))
        return context

    def furnish(self, template: bytes, context: Mapping[str, object], document: bytes) -> None:
        """Write what the processes need."""
        (self.folder / "template.docx").write_bytes(template)
        (self.folder / "context.json").write_text(json.dumps(context), encoding="utf-8")
        self.document.write_bytes(document)
