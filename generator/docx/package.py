"""Word files as packages: made from parts with python-docx, written so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart

from generator.docx.elements import Element, serialised
from generator.frozen import dataclass

FIXED_TIME = (2020, 1, 1, 0, 0, 0)
"""The time that all entries of a written package bear."""
_LONGEST_PROPERTY = 255


@dataclass(frozen=True)
class Related:
    """A part that the main document refers to, by the identifier that it uses; `kind` is `styles`, `header`, `footnotes`…."""

    identifier: str
    kind: str
    name: str
    root: Element


def build_package(document: Element, related: tuple[Related, ...], title: str) -> bytes:
    """Return the bytes of a .docx with the main document and the parts that it refers to."""
    package = OpcPackage()
    main = Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, serialised(document), package)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    for entry in related:
        part = Part(
            PackURI(f"/word/{entry.name}"),
            getattr(CONTENT_TYPE, f"WML_{_constant(entry.kind)}"),
            serialised(entry.root),
            package,
        )
        main.rels.add_relationship(getattr(RELATIONSHIP_TYPE, _constant(entry.kind)), part, entry.identifier)
    package.relate_to(_core_properties(package, title), RELATIONSHIP_TYPE.CORE_PROPERTIES)
    buffer = io.BytesIO()
    package.save(buffer)
    return repacked(unpacked(buffer.getvalue()))


def _constant(kind: str) -> str:
    return "FONT_TABLE" if kind == "fontTable" else kind.upper()


def _core_properties(package: OpcPackage, title: str) -> CorePropertiesPart:
    part = CorePropertiesPart.default(package)
    set_properties(part.core_properties, title=title)
    part.core_properties.language = "zh-CN"
    return part


def set_properties(properties: CoreProperties, *, title: str = "", subject: str = "") -> None:
    """Set what a file says about itself: title and subject where given, no persons, and the fixed time."""
    if title:
        properties.title = title[:_LONGEST_PROPERTY]
    if subject:
        properties.subject = subject[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(*FIXED_TIME, tzinfo=UTC)
    properties.revision = 1


def repacked(contents: Mapping[str, bytes]) -> bytes:
    """Return the package of the parts given by name, in their order, with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in contents.items():
            write_entry(target, name, content)
    return buffer.getvalue()


def unpacked(package: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name, in their order. Raises BadZipFile when it is none, or one that is damaged or locked."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as source:
            return {name: source.read(name) for name in source.namelist()}
    except (zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise zipfile.BadZipFile(str(error)) from error


def write_entry(target: zipfile.ZipFile, name: str, content: bytes, level: int = 6) -> None:
    """Write one entry of a package with the fixed time, deflated at `level`."""
    entry = zipfile.ZipInfo(name, FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    target.writestr(entry, content, compresslevel=level)
