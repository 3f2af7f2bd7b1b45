"""What is measured on: a template with the data for it, the document it gives, and a cluster to build from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import FailedError
from generator.build import template_of
from generator.docx.fill import Template
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare

EXAMPLE = Path(__file__).resolve().parents[1] / "data" / "示例区智能传感器"
FORM = "national-2025"


@dataclass(frozen=True)
class Load:
    """A compiled template, the data that it is filled with, the document to typeset; the cluster and the form to build."""

    template: bytes
    context: Mapping[str, object]
    document: bytes
    cluster: Path = EXAMPLE
    form: str = FORM

    @classmethod
    def of(cls, cluster: Path = EXAMPLE, form: str = FORM) -> Load:
        """Return the load of a cluster and a form."""
        library, fonts = Library.standard(), FontLibrary.bundled()
        filled = prepare(cluster, form, library, fonts).filled
        if filled is None:
            raise FailedError(f"no cluster can be read at {cluster}")
        template, context = template_of(filled.form, library, fonts), filled.context()
        return cls(template, context, Template.prepare(template).fill(context, filled.sizes()), cluster, form)
