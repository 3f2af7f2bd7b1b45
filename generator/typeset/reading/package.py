"""The parts of a .docx: the zip, its relations, and names of elements."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from generator.errors import DefinitionError, UnknownConstructError

Element = etree._Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
VALUE = WORD + "val"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

_PREFIXES = {WORD: "w", DRAWING: "a", VML: "v", COMPATIBILITY: "mc"}
_TWIPS = 20


def unknown(element: Element, *, within: str = "", value: str = "") -> UnknownConstructError:
    """Return the error that names a construct which the typesetter does not know."""
    name = printable_name(str(element.tag))
    shown = f"{name}（{value}）" if value else name
    place = f"{within}里的 " if within else ""
    return UnknownConstructError(
        f"Word 文件里有排版程序不认识的内容：{place}{shown}。",
        "请在 Word 或 WPS 里去掉这一内容后再试，或改用 --pdf-engine libreoffice。",
    )


def printable_name(tag: str) -> str:
    """Return an element's name with its usual prefix: `w:tbl`."""
    for namespace, prefix in _PREFIXES.items():
        if tag.startswith(namespace):
            return f"{prefix}:{tag[len(namespace) :]}"
    return tag


def child_of(parent: Element | None, tag: str) -> Element | None:
    """Return the first child with a tag, None where there is none (or no parent).

    As `find` does, which takes three times as long for the first of few children: it reads the tag as a path.
    """
    for child in () if parent is None else parent:
        if child.tag == tag:
            return child
    return None


def value_of(element: Element) -> str:
    """Return the `w:val` of an element, empty where it has none."""
    return element.get(VALUE, "")


def is_on(element: Element) -> bool:
    """Whether an on-off property is on: it is, unless its value denies it."""
    return element.get(VALUE) not in ("0", "false", "off", "none")


def points(text: str | None, default: float = 0.0) -> float:
    """Return a length of twips (or with a unit: 2.5cm) in points."""
    if text is None or text == "":
        return default
    try:
        return float(text) / _TWIPS
    except ValueError:
        return _with_unit(text)


def _with_unit(text: str) -> float:
    units = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
    factor = units.get(text[-2:])
    try:
        if factor is not None:
            return float(text[:-2]) * factor
    except ValueError:
        pass
    raise UnknownConstructError(f"Word 文件里有看不懂的长度：{text}。")


class Package:
    """The opened .docx. Parts are parsed once, when asked for."""

    def __init__(self, docx: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(docx)) as archive:
                self._files = {
                    name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
                }
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
            raise DefinitionError("这不是 Word 文件（.docx），或者文件已损坏。") from error
        self._roots: dict[str, Element] = {}
        self.main = self._main_part()

    def root(self, part: str) -> Element | None:
        """Return the root element of a part, None when the package has no such part."""
        if part not in self._files:
            return None
        if part not in self._roots:
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
            )
            try:
                self._roots[part] = etree.fromstring(self._files[part], parser)
            except etree.XMLSyntaxError as error:
                raise DefinitionError(f"Word 文件里的 {part} 已损坏：{error}") from error
        return self._roots[part]

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return identifier → (kind, target part) of a part's internal relations. Kind is the type's last word."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", name + ".rels"))
        if root is None:
            return {}
        return {
            relation.get("Id", ""): (
                posixpath.basename(relation.get("Type", "")),
                posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in root.iter(f"{{{_RELATIONSHIPS}}}Relationship")
            if relation.get("TargetMode") != "External"
        }

    def related(self, kind: str) -> Element | None:
        """Return the root of the main part's relation of a kind (styles, settings, …), None where there is none."""
        for found, target in self.relations(self.main).values():
            if found == kind:
                return self.root(target)
        return None

    def core_properties(self) -> tuple[tuple[str, str], ...]:
        """Return the document's core properties, by their local names, those that say something."""
        for kind, target in self.relations("").values():
            if kind == "core-properties" and (root := self.root(target)) is not None:
                pairs = ((etree.QName(child).localname, (child.text or "").strip()) for child in root)
                return tuple((name, text) for name, text in pairs if text)
        return ()

    def _main_part(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self._files:
                return target
        raise DefinitionError("这不是 Word 文件（.docx）：里面没有正文。")
