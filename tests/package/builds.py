"""Real builds of the complete example for tests, and Word files edited as a clerk edits them."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from generator.build import Built, build, prepare
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
FORM = "national-2025"
LIBRARY = Library.standard()
FONTS = FontLibrary.bundled()


def build_example(cluster: Path, output: Path, form: str = FORM, *, dry_run: bool = False) -> Built:
    """Build the cluster at `cluster` for `form` below `output`."""
    return build(prepare(cluster, form, LIBRARY, FONTS), output, LIBRARY, FONTS, dry_run=dry_run)


def own_copy(folder: Path) -> Path:
    """Return a copy of the example in `folder`, to be changed."""
    shutil.copytree(EXAMPLE, folder)
    return folder


def word_file_of(draft: Path) -> Path:
    """Return the form of a 稿 as a Word file."""
    (path,) = (draft / "1_报送材料").glob("01_*.docx")
    return path


def edited(docx: bytes, replacements: Mapping[str, str]) -> bytes:
    """Return a Word file in which each text was replaced once, within its paragraph, as somebody does who types over it."""
    document, left = Document(io.BytesIO(docx)), dict(replacements)
    for paragraph in document.element.body.iter(qn("w:p")):
        texts = list(paragraph.iter(qn("w:t")))
        before = after = "".join(text.text or "" for text in texts)
        for old in [old for old in left if old in after]:
            after = after.replace(old, left.pop(old), 1)
        if after != before:
            texts[0].text = after
            for text in texts[1:]:
                text.text = ""
    assert not left, f"not in the file: {left}"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
