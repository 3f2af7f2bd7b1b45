"""What PDF files carry besides pages: scripts, attachments, films, signatures, fields. Looked for, in order to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 20
_MOST_NAMES = 1_000
_HARMLESS = frozenset({"/GoTo", "/URI", "/Named", "/Hide", "/SetOCGState", "/Thread", "/Trans", "/GoTo3DView"})
_FILMS = frozenset({"/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"})
_SIGNATURE, _BUTTON = "/Sig", "/Btn"


@dataclass(frozen=True)
class Extras:
    """What a file carries besides its pages.

    `actions` tells of scripts, and of actions that start, send or import something; links don't count. `attachments` names the
    attached files, `unprinted` the form fields that hold something of which there is no picture to print.
    """

    actions: bool = False
    attachments: tuple[str, ...] = ()
    films: int = 0
    unprinted: tuple[str, ...] = ()
    signed: bool = False
    portfolio: bool = False
    shifting: bool = False


def extras_of(pdf: pikepdf.Pdf) -> Extras:
    """Return what `pdf` carries besides its pages. `shifting` is a form that only its own program can lay out (XFA)."""
    root = pdf.Root
    notes = [note for page in pdf.pages for note in _dictionaries(page.obj.get("/Annots"))]
    names = root.get("/Names")
    holders: list[Any] = [root, *(page.obj for page in pdf.pages), *notes]
    scripts = _part(names, "/JavaScript") is not None or any(_acts(holder) for holder in holders)
    attached = [*_attached(names), *(_name(note.get("/FS")) for note in notes if _kind(note) == "/FileAttachment")]
    form = root.get("/AcroForm")
    fields = [note for note in notes if _kind(note) == "/Widget"]
    return Extras(
        actions=scripts,
        attachments=tuple(dict.fromkeys(attached)),
        films=sum(_kind(note) in _FILMS for note in notes),
        unprinted=tuple(dict.fromkeys(_field_name(field) for field in fields if _has_no_picture(field))),
        signed=any(_inherited(field, "/FT") == _SIGNATURE and _inherited(field, "/V") is not None for field in fields),
        portfolio=root.get("/Collection") is not None,
        shifting=_part(form, "/XFA") is not None and not fields,
    )


def _acts(holder: Any) -> bool:
    """Whether an object starts anything by itself or at a touch that is more than going somewhere."""
    if holder.get("/AA") is not None:
        return True
    action = holder.get("/OpenAction", holder.get("/A"))
    kind = _part(action, "/S")
    return kind is not None and _said(kind) not in _HARMLESS


def _attached(names: Any) -> Iterator[str]:
    """The names of the files attached to the whole document, however its tree of names is built."""
    stack = [_part(names, "/EmbeddedFiles")]
    for _ in range(_MOST_NAMES):
        if not stack:
            return
        node = stack.pop()
        stack += _dictionaries(_part(node, "/Kids"))
        for each in _dictionaries(_part(node, "/Names")):
            yield _name(each)


def _name(file: Any) -> str:
    """What a file specification calls its file."""
    found = _part(file, "/UF")
    found = _part(file, "/F") if found is None else found
    return (_said(found) or "未命名") if found is not None else "未命名"


def _has_no_picture(field: Any) -> bool:
    """Whether a form field holds text that no picture of it shows."""
    if _inherited(field, "/FT") in (None, _SIGNATURE, _BUTTON) or _part(_part(field, "/AP"), "/N") is not None:
        return False
    value = _inherited(field, "/V")
    return value is not None and bool(_said(value).strip())


def _field_name(field: Any) -> str:
    name = _inherited(field, "/T")
    return (_said(name) or "未命名") if name is not None else "未命名"


def _inherited(field: Any, key: str) -> Any:
    """What a form field, or the nearest field above it that says so, says of `key`."""
    for _ in range(_DEEPEST):
        found = _part(field, key)
        if found is not None:
            return found
        field = _part(field, "/Parent")
    return None


def _dictionaries(found: Any) -> list[Any]:
    import pikepdf

    parts = list(found) if isinstance(found, pikepdf.Array) else []
    return [part for part in parts if isinstance(part, pikepdf.Dictionary)]


def _part(found: Any, key: str) -> Any:
    import pikepdf

    return found.get(key) if isinstance(found, pikepdf.Dictionary) else None


def _kind(note: Any) -> str:
    return _said(note.get("/Subtype", ""))


def _said(found: Any) -> str:
    """A name or text as text; empty where its bytes are none."""
    try:
        return str(found)
    except UnicodeError:
        return ""
