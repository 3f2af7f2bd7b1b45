"""What the pages of a 稿 are made of besides its data and fonts: the Word template and the form's definition."""

from __future__ import annotations

from generator.forms.library import Library
from generator.package.data_files import file_hash
from generator.package.manifest import Source, sha256

TEMPLATE = "template"
DEFINITION = "form"


def sources_of(form: str, template: bytes, library: Library) -> tuple[Source, ...]:
    """Return the sources of pages of the form with the id `form`, filled into `template`.

    Raises UnreadableError when the definition can't be read.
    """
    definition = library.file("forms", form)
    template_source = Source(TEMPLATE, f"{form}.docx", sha256(template))
    if definition is None:
        return (template_source,)
    return (template_source, Source(DEFINITION, definition.name, file_hash(definition)))
