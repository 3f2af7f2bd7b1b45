"""Filling templates: docxtpl's language, prepared once, then only what changes is written anew.

`Template.prepare` does the slow work: docxtpl's clean-up of the source and Jinja's compilation. `Template.fill` renders the parts
that hold tags and puts them beside the others, which stay packed. The document is the one that docxtpl itself would give, but
for sizes of type, which `fill` may set for single paragraphs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

import jinja2
from docx import Document
from docx.opc.coreprops import CoreProperties
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from generator.docx.elements import Element, half_points, twips
from generator.docx.package import repacked, set_properties, unpacked, write_entry
from generator.docx.source import Source, prepared_source, with_sizes
from generator.docx.tags import used_tags
from generator.errors import DefinitionError
from generator.frozen import dataclass

_TYPES = "[Content_Types].xml"
_RENDERED = re.compile(r"(?:document|template)\.main\+xml$|wordprocessingml\.(?:header|footer|footnotes)\+xml$")
_CORE = re.compile(r"core-properties\+xml$")
_TAG = re.compile(r"\{[{%#]")
_CELLS_CHANGE = re.compile(r"\{%-?\s*(?:colspan|hm)\b|\{[{%]tc ")
_BREAKS = re.compile("[\n\t]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARAGRAPH_END = "</w:p>"
_QUICK = 1  # deflate's level: the text of a form repeats itself, so more effort gains little


@dataclass(frozen=True)
class _Part:
    """A part that holds tags, ready to render; `cells_change` when tags add or join cells of a row."""

    name: str
    source: jinja2.Template
    cells_change: bool


class Template:
    """A Word template ready to be filled any number of times. It pickles as its bytes, and is prepared again.

    `tags` are the dotted names that the template asks for; `bookmarks` those whose paragraphs can be set in another size.
    """

    def __init__(self, docx: bytes) -> None:
        self._docx = docx
        contents = _contents(docx)
        environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
        self._parts: list[_Part] = []
        self._enclosed: dict[str, tuple[int, ...]] = {}
        tags: set[str] = set()
        numbered = 0
        for name in _names_of(contents, _RENDERED):
            source = _source(name, contents[name], numbered)
            if not _TAG.search(source.text):
                continue
            part, used = _compiled(name, source, environment)
            self._parts.append(part)
            self._enclosed |= source.enclosed
            numbered = max((number for numbers in source.enclosed.values() for number in numbers), default=numbered)
            tags |= used
        self.tags = frozenset(tags)
        self.bookmarks = frozenset(self._enclosed)
        (self._core_name,) = _names_of(contents, _CORE)
        self._core = contents[self._core_name]
        changing = {self._core_name, *(part.name for part in self._parts)}
        self._base = repacked({name: content for name, content in contents.items() if name not in changing})

    def __reduce__(self) -> tuple[type[Template], tuple[bytes]]:
        return Template, (self._docx,)

    @classmethod
    def prepare(cls, docx: bytes) -> Template:
        """Return the template in the bytes of a .docx.

        Raises DefinitionError when they are no Word file, or a tag in it can't be read.
        """
        return cls(docx)

    def unknown_tags(self, known: Iterable[str]) -> tuple[str, ...]:
        """Return the names that the template asks for and that are not among `known`, sorted."""
        return tuple(sorted(self.tags.difference(known)))

    def missing_tags(self, known: Iterable[str]) -> tuple[str, ...]:
        """Return the names among `known` that the template asks for nowhere, sorted."""
        return tuple(sorted(set(known) - self.tags))

    def fill(
        self,
        context: Mapping[str, object],
        sizes: Mapping[str, tuple[float, float]],
        *,
        title: str = "",
        subject: str = "",
    ) -> bytes:
        """Return the template filled: the bytes of a .docx, the same for the same arguments.

        `context` holds printed strings in dicts, and lists for loops; a newline in a string breaks the line. `sizes` maps the name
        of a bookmark to the size of type and the exact leading, in points, of the paragraphs that it encloses. `title` and
        `subject` go into the file's properties.
        Raises DefinitionError when the template asks for what `context` lacks, does what the sandbox forbids, lacks one of the
        bookmarks, or when a value holds a control character or half a surrogate pair.
        """
        _check_values(context, "")
        numbered = self._numbered(sizes)
        buffer = io.BytesIO()
        buffer.write(self._base)
        with zipfile.ZipFile(buffer, "a") as package:
            for part in self._parts:
                write_entry(package, part.name, self._rendered(part, context, numbered), _QUICK)
            write_entry(package, self._core_name, _core(self._core, title, subject))
        return buffer.getvalue()

    def _numbered(self, sizes: Mapping[str, tuple[float, float]]) -> dict[int, tuple[int, int]]:
        """Return sizes in half points and twips, by the number of the paragraph."""
        return {
            number: (half_points(size), twips(leading))
            for name, (size, leading) in sizes.items()
            for number in self._numbers(name)
        }

    def _numbers(self, bookmark: str) -> tuple[int, ...]:
        try:
            return self._enclosed[bookmark]
        except KeyError:
            raise DefinitionError(
                f"模板里没有书签“{bookmark}”，该栏的字号无法缩小。", "请从原模板中恢复这个书签，或改用原模板。"
            ) from None

    def _rendered(self, part: _Part, context: Mapping[str, object], sizes: Mapping[int, tuple[int, int]]) -> bytes:
        try:
            text = part.source.render(context)
        except jinja2.UndefinedError as error:
            lacking = "、".join(tag for tag in sorted(self.tags) if not _is_given(tag, context))
            raise DefinitionError(
                f"模板里的名称没有对应的数据：{lacking or error.message}。", "请检查模板中双花括号里的名称。"
            ) from error
        except (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise DefinitionError(f"模板无法填写：{error}", "请检查模板中花括号里的内容。") from error
        text = _with_breaks(with_sizes(text, sizes))
        if part.cells_change:
            text = etree.tostring(DocxTemplate(io.BytesIO()).fix_tables(text), encoding="unicode")
        return f"{_DECLARATION}{text}".encode()


def _contents(docx: bytes) -> dict[str, bytes]:
    """Return the parts of a .docx by name; python-docx adds the file's properties where there are none."""
    try:
        contents = unpacked(docx)
        if not list(_names_of(contents, _CORE)):
            document, buffer = Document(io.BytesIO(docx)), io.BytesIO()
            set_properties(document.core_properties)
            document.save(buffer)
            contents = unpacked(buffer.getvalue())
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise DefinitionError(f"模板不是可用的 Word 文件：{error}", "请换用 .docx 格式的模板。") from error
    return contents


def _names_of(contents: Mapping[str, bytes], kind: re.Pattern[str]) -> list[str]:
    """Return the names of the parts whose content type matches, in the order of the package."""
    types = {
        str(entry.get("PartName")).lstrip("/"): str(entry.get("ContentType"))
        for entry in parse_xml(contents[_TYPES])
        if entry.get("PartName")
    }
    return [name for name in contents if kind.search(types.get(name, ""))]


def _source(name: str, content: bytes, before: int) -> Source:
    try:
        return prepared_source(content, before)
    except etree.XMLSyntaxError as error:
        raise DefinitionError(f"模板的 {name} 读不出来：{error}", "请用 Word 重新保存模板。") from error


def _compiled(name: str, source: Source, environment: SandboxedEnvironment) -> tuple[_Part, frozenset[str]]:
    try:
        tree = environment.parse(source.text)
        tags = used_tags(tree)
        compiled = jinja2.Template.from_code(environment, environment.compile(tree), environment.make_globals(None))
    except jinja2.TemplateSyntaxError as error:
        raise DefinitionError(
            f"模板里的标签写法有误：{error.message}", "标签形如 {{ 名称 }} 或 {%p for 段 in 名称 %}，须成对。"
        ) from error
    return _Part(name, compiled, bool(_CELLS_CHANGE.search(source.text))), tags


def _check_values(value: object, path: str) -> None:
    """Raise DefinitionError for a value that is no printable text."""
    if isinstance(value, str):
        if found := _FORBIDDEN.search(value):
            raise DefinitionError(
                f"“{path}”的内容里有不能打印的字符（U+{ord(found[0]):04X}）。", "请在数据里删去这个字符。"
            )
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            _check_values(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, start=1):
            _check_values(inner, f"{path}[{number}]")
    else:
        raise DefinitionError(f"“{path}”给模板的不是文字（{type(value).__name__}）。")


def _is_given(tag: str, context: Mapping[str, object]) -> bool:
    found: object = context
    for step in tag.split("."):
        if not isinstance(found, Mapping) or step not in found:
            return False
        found = found[step]
    return True


def _with_breaks(text: str) -> str:
    """Turn newlines and tabs within paragraphs into Word's breaks and tabs, as docxtpl does for its listings."""
    if not _BREAKS.search(text):
        return text
    listing = DocxTemplate(io.BytesIO()).resolve_listing
    pieces = text.split(_PARAGRAPH_END)
    return _PARAGRAPH_END.join(
        listing(f"{piece}{_PARAGRAPH_END}").removesuffix(_PARAGRAPH_END) if _BREAKS.search(piece) else piece
        for piece in pieces
    )


def _core(content: bytes, title: str, subject: str) -> bytes:
    root: Element = parse_xml(content)
    set_properties(CoreProperties(root), title=title, subject=subject)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
