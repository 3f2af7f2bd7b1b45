"""What is inside a PDF besides what it shows: fonts that are not embedded, scripts, actions, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from generator.package.opening.damage import DamagedError

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_HARMLESS = frozenset({"/GoTo", "/Named"})
_LINKS = frozenset({"/URI", "/GoToR"})
_TREES = {"/JavaScript": "脚本（JavaScript）", "/EmbeddedFiles": "附件"}
_WORDS = {
    "/JavaScript": "脚本（JavaScript）",
    "/Launch": "启动程序的动作",
    "/SubmitForm": "提交数据的动作",
    "/ImportData": "导入数据的动作",
    "/GoToE": "打开附件的动作",
    "/URI": "网页链接",
    "/GoToR": "指向其他文件的链接",
}
_ATTACHING = {
    "/FileAttachment": "附件",
    "/RichMedia": "多媒体",
    "/Movie": "多媒体",
    "/Sound": "多媒体",
    "/Screen": "多媒体",
}
_STEPS = re.compile(
    rb"(?P<font>/[^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b"
    rb"|(?<!\S)(?P<state>[qQ])(?!\S)"
    rb"|[)\]>]\s*(?:Tj|TJ|'|\")"
)
"""What of a content stream concerns fonts: one is chosen, the state is kept or restored, a text is shown."""
_DEEPEST = 40

_FAILURES = (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def open_pdf(stream: IO[bytes]) -> PdfReader:
    """Return a reader of the PDF in `stream` whose pages have been counted. Raises DamagedError saying why it can't be opened."""
    try:
        reader = PdfReader(stream, strict=True)
        if reader.is_encrypted:
            raise DamagedError("加了密码")
        len(reader.pages)
    except _FAILURES as error:
        raise DamagedError(f"打不开（{error}）") from error
    return reader


def unembedded_fonts(reader: PdfReader) -> tuple[str, ...]:
    """Return the names of the fonts that pages use and that are not in the file, sorted. Raises DamagedError."""
    try:
        seen: set[int] = set()
        names = {name for page in reader.pages for name in _fonts_below(page, seen, _DEEPEST)}
    except _FAILURES as error:
        raise DamagedError(str(error)) from error
    return tuple(sorted(names))


def active_content(reader: PdfReader) -> tuple[str, ...]:
    """Return in words what a file can do besides being read: scripts, actions, attachments, links out of it. Raises DamagedError.

    Links within the file are none of these.
    """
    try:
        root = _dictionary(reader.trailer["/Root"])
        found = [*_of_catalogue(root)]
        for page in reader.pages:
            found += _of_triggers(page)
            for annotation in _items(page.get("/Annots")):
                found += _of_annotation(annotation)
    except _FAILURES as error:
        raise DamagedError(str(error)) from error
    return tuple(dict.fromkeys(found))


def is_link(words: str) -> bool:
    """Whether the `words` of `active_content` name a link out of the file, which does nothing unless it is followed."""
    return words in {_WORDS[kind] for kind in _LINKS}


# ── fonts ──


def _fonts_below(holder: Any, seen: set[int], depth: int) -> Iterator[str]:
    """Yield the fonts not embedded among the resources of `holder` (a page, a drawing, a pattern, a typeface of drawings)."""
    resources = _dictionary(_dictionary(holder).get("/Resources"))
    fonts = _dictionary(resources.get("/Font"))
    used = _fonts_set(_dictionary(holder)) if fonts else frozenset()
    for name, font in fonts.items():
        if name in used and _is_new(font, seen):
            yield from _font(_dictionary(font), seen, depth)
    for kind in ("/XObject", "/Pattern"):
        for drawing in _dictionary(resources.get(kind)).values():
            if depth and _is_new(drawing, seen):
                yield from _fonts_below(drawing, seen, depth - 1)
    for annotation in _items(_dictionary(holder).get("/Annots")):
        for appearance in _dictionary(annotation.get("/AP")).values():
            if depth and _is_new(appearance, seen):
                yield from _fonts_below(appearance, seen, depth - 1)


def _fonts_set(holder: DictionaryObject) -> frozenset[str]:
    """Return the names of the fonts that the operators of a page or drawing choose: resources may list more than are used."""
    if isinstance(holder, PageObject):
        contents = holder.get_contents()
        content = contents.get_data() if contents is not None else b""
    elif isinstance(holder, StreamObject):
        content = holder.get_data()
    else:
        procedures = [_plain(value) for value in _dictionary(holder.get("/CharProcs")).values()]
        content = b"\n".join(one.get_data() for one in procedures if isinstance(one, StreamObject))
    return frozenset(_shown_in(content))


def _shown_in(content: bytes) -> Iterator[str]:
    """Yield the font that each text of a content stream is shown in; one that is chosen and shows nothing is left out."""
    font, kept = "", [""]
    for step in _STEPS.finditer(content):
        if step["font"]:
            font = step["font"].decode("latin-1")
        elif step["state"] == b"q":
            kept.append(font)
        elif step["state"]:
            font = kept.pop() if len(kept) > 1 else font
        else:
            yield font


def _font(font: DictionaryObject, seen: set[int], depth: int) -> Iterator[str]:
    kind = font.get("/Subtype")
    if kind == "/Type3":
        if depth:
            yield from _fonts_below(font, seen, depth - 1)
        return
    described = _items(font.get("/DescendantFonts"))[0] if kind == "/Type0" else font
    descriptor = _dictionary(described.get("/FontDescriptor"))
    if not any(name in descriptor for name in _FONT_FILES):
        yield str(font.get("/BaseFont", "（无名）")).lstrip("/")


# ── what a file can do ──


def _of_catalogue(root: DictionaryObject) -> Iterator[str]:
    yield from _of_triggers(root)
    opening = root.get("/OpenAction")
    if isinstance(_plain(opening), DictionaryObject):
        yield from _of_action(_dictionary(opening), _DEEPEST)
    names = _dictionary(root.get("/Names"))
    for tree, words in _TREES.items():
        if tree in names:
            yield words
    if "/AF" in root or "/Collection" in root:
        yield "附件"
    form = _dictionary(root.get("/AcroForm"))
    if "/XFA" in form:
        yield "动态表单（XFA）"
    for field in _items(form.get("/Fields")):
        yield from _of_field(field, _DEEPEST)


def _of_field(field: DictionaryObject, depth: int) -> Iterator[str]:
    yield from _of_annotation(field)
    for kid in _items(field.get("/Kids")) if depth else ():
        yield from _of_field(kid, depth - 1)


def _of_annotation(annotation: DictionaryObject) -> Iterator[str]:
    kind = annotation.get("/Subtype")
    if kind in _ATTACHING:
        yield _ATTACHING[str(kind)]
    yield from _of_action(_dictionary(annotation.get("/A")), _DEEPEST)
    yield from _of_triggers(annotation)


def _of_triggers(holder: DictionaryObject) -> Iterator[str]:
    """Yield what happens by itself when a page or field is opened, entered, left…"""
    for action in _dictionary(holder.get("/AA")).values():
        yield from _of_action(_dictionary(action), _DEEPEST)


def _of_action(action: DictionaryObject, depth: int) -> Iterator[str]:
    kind = action.get("/S")
    if kind is not None and kind not in _HARMLESS:
        yield _WORDS.get(str(kind), f"动作（{str(kind).lstrip('/')}）")
    following = _plain(action.get("/Next"))
    if depth and isinstance(following, DictionaryObject):
        yield from _of_action(following, depth - 1)
    for one in _items(following) if depth and isinstance(following, ArrayObject) else ():
        yield from _of_action(one, depth - 1)


# ── objects ──


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: Any) -> DictionaryObject:
    plain = _plain(value)
    return plain if isinstance(plain, DictionaryObject) else DictionaryObject()


def _items(value: Any) -> list[DictionaryObject]:
    plain = _plain(value)
    return [_dictionary(item) for item in plain] if isinstance(plain, ArrayObject) else []


def _is_new(value: Any, seen: set[int]) -> bool:
    """Whether an object has not been met yet; objects written in place are met once anyway."""
    if not isinstance(value, IndirectObject):
        return True
    new = value.idnum not in seen
    seen.add(value.idnum)
    return new
