"""PDF files of strangers: opened under limits, cleaned of all that isn't printed, never trusted."""

from __future__ import annotations

import contextlib
import logging
import mmap
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_MOST_UNPACKED = 64 << 20  # bytes of one stream that is no picture: fonts and drawings have a few million at most
_MOST_UNPACKED_IN_ALL = 1 << 30
_MOST_ENTRIES = 100_000  # in one array or dictionary
_MOST_COMPLAINTS = 1_000
_MOST_OBJECTS = 300_000
_TALKERS = ("pikepdf", "img2pdf")
_PIECE = 1 << 16
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_EDGE = 2048  # bytes at either end of a file
_CUT_OFF = "output may still be valid"  # what qpdf says of compressed data without an end
_REFERENCE = re.compile(rb"(?<![\d.])(\d+) (\d+) R\b")
_APART = frozenset({"/Catalog", "/Outlines", "/StructTreeRoot", "/StructElem", "/Annot", "/Filespec", "/Metadata"})
_DEEPEST = 300  # resources within resources; copying goes down as far on the stack
MOST_PIXELS = 400_000_000  # of one picture: A0 at 600 dots per inch

_LEFT_OUT = frozenset(
    {
        *("/AA", "/AF", "/Alternates", "/FDecodeParms", "/FFilter", "/LastModified", "/Metadata", "/OPI", "/Parent"),
        *("/PieceInfo", "/Ref", "/StructParent", "/StructParents", "/Thumb"),
    }
)
_STRANGERS = frozenset({"/Page", "/Pages", "/Catalog", "/Annot", "/Action", "/Filespec", "/F", "/EmbeddedFile"})
_PROGRAM = "/PS"  # drawn by printers that run PostScript, and by nothing else
_EXTERNAL = "/F"
_OUTLINES = ("/FontFile", "/FontFile2", "/FontFile3")


class LockedPdfError(Exception):
    """A PDF asks for a password."""


class UnopenablePdfError(Exception):
    """A PDF is too broken to be opened, or built to do harm."""


class HugePdfError(Exception):
    """Something in a PDF unpacks to more than anybody prints; the message says what, in Chinese."""


class HugePictureInPdfError(HugePdfError):
    """A picture in a PDF has too many pixels."""


class BrokenStreamError(Exception):
    """Something that a page needs is broken or cut off; the message says what, in Chinese."""


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Hold qpdf, which reads PDF files, to limits that no honest file meets, for as long as the block runs; libraries stay silent."""
    from pikepdf import settings

    logs = [logging.getLogger(name) for name in _TALKERS]
    heard = [(log.propagate, log.handlers[:]) for log in logs]

    before: dict[str, Any] = dict(
        settings.set_qpdf_limits(
            doc_max_warnings=_MOST_COMPLAINTS,
            parser_max_container_size=_MOST_ENTRIES,
            flate_max_memory=_MOST_UNPACKED,
            png_max_memory=_MOST_UNPACKED,
            tiff_max_memory=_MOST_UNPACKED,
            run_length_max_memory=_MOST_UNPACKED,
            dct_max_memory=_MOST_UNPACKED,
        )
    )
    for log in logs:
        log.propagate, log.handlers = False, [logging.NullHandler()]
    try:
        yield
    finally:
        for log, (propagate, handlers) in zip(logs, heard, strict=True):
            log.propagate, log.handlers = propagate, handlers
        settings.set_qpdf_limits(**before)


def pages_promised(path: Path) -> int | None:
    """Return how many pages the PDF at `path` claims to have, None where it claims nothing. Raises as `open_pdf` does."""
    from pikepdf import settings

    before = settings.set_qpdf_limits(doc_max_warnings=0)[
        "doc_max_warnings"
    ]  # counting them puts the tree straight at once
    try:
        with _opened(path, straighten=False) as pdf:
            pages = pdf.Root.get("/Pages")
            promised = pages.get("/Count") if pages is not None else None
            return promised if isinstance(promised, int) else None
    finally:
        settings.set_qpdf_limits(doc_max_warnings=before)


def open_pdf(path: Path) -> pikepdf.Pdf:
    """Open the PDF at `path`, by its empty password where it is restricted, mending what can be mended. Only while `limited`.

    Raises LockedPdfError, UnopenablePdfError; OSError where the file itself can't be read.
    """
    return _opened(path, straighten=True)


def _opened(path: Path, *, straighten: bool) -> pikepdf.Pdf:
    """Open a PDF, its tree of pages put straight or left as it stands."""
    import pikepdf

    try:
        return pikepdf.open(path, inherit_page_attributes=straighten)
    except pikepdf.PasswordError as error:
        raise LockedPdfError from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UnopenablePdfError from error


@contextlib.contextmanager
def distrusted() -> Iterator[None]:
    """Turn whatever the library says of a PDF that is open and yet can't be read into an UnopenablePdfError."""
    import pikepdf

    try:
        yield
    except (pikepdf.PikepdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError) as error:
        raise UnopenablePdfError from error


def print_annotations(pdf: pikepdf.Pdf) -> None:
    """Make what annotations and form fields print (seals, stamps, filled fields) part of the pages; hidden ones aren't printed."""
    import pikepdf

    with contextlib.suppress(pikepdf.PdfError, ValueError, RuntimeError):
        pdf.flatten_annotations("print")


@dataclass
class _Work:
    """What looking through one file has cost so far."""

    objects: int = 0
    unpacked: int = 0


class Cleaner:
    """Goes through all that the pages of one file print with, each object once.

    It removes what isn't printed (links to other files, hidden data, actions), and with `thorough` also unpacks what must be
    whole: a bomb is found before it is copied. `fonts_missing` names the fonts met that are not in the file.
    Raises HugePdfError, BrokenStreamError.
    """

    def __init__(self, *, thorough: bool) -> None:
        self._thorough = thorough
        self._work = _Work()
        self._seen: set[tuple[int, int]] = set()
        self._drawing: set[tuple[int, int]] = set()
        self.fonts_missing: set[str] = set()

    def clean(self, page: pikepdf.Page) -> None:
        """Clean one page: what it draws with, and whether its drawing can be unpacked."""
        self._drawing |= {stream.objgen for stream in _streams(page)}
        roots = [page.obj.get(name) for name in ("/Resources", "/Group", "/Contents")]
        for root in roots:
            self.clean_part(root)

    def clean_part(self, root: Any) -> None:
        """Clean whatever can be reached from `root`; None is nothing."""
        stack: list[tuple[Any, int]] = [(root, 0)]
        while stack:
            found, depth = stack.pop()
            stack += [(each, depth + 1) for each in self._within(found, depth)]

    def _within(self, found: Any, depth: int) -> Iterable[Any]:
        """Clean one object and return what it holds that is worth a look."""
        import pikepdf

        if not isinstance(found, pikepdf.Object) or not isinstance(
            found, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream
        ):
            return ()
        if found.is_indirect:
            if found.objgen in self._seen:
                return ()
            self._seen.add(found.objgen)
        self._work.objects += 1
        if self._work.objects > _MOST_OBJECTS or depth > _DEEPEST:
            raise HugePdfError("页面里的对象太多，或者层层嵌套太深")
        if isinstance(found, pikepdf.Array):
            return [each for each in found if isinstance(each, pikepdf.Object)]
        stream = isinstance(found, pikepdf.Stream)
        if stream and self._thorough:
            self._unpack(found)
        if found.get("/Type") == "/FontDescriptor" and not any(found.get(name) is not None for name in _OUTLINES):
            self.fonts_missing.add(_font_name(found))
        kept = []
        for name, value in members_of(found):
            if name in _LEFT_OUT or (stream and name == _EXTERNAL) or _is_strange(value):
                del found[name]
            elif isinstance(value, pikepdf.Object):
                kept.append(value)
        return kept

    def _unpack(self, stream: Any) -> None:
        import pikepdf

        if stream.get("/Subtype") == "/Image":
            pixels = _number(stream.get("/Width")) * _number(stream.get("/Height"))
            if pixels > MOST_PIXELS:
                raise HugePictureInPdfError(f"里面一张图片有 {pixels:,} 个像素")
            return
        try:
            self._work.unpacked += len(stream.read_bytes())
        except pikepdf.PdfError as error:
            if "limit" in str(error):
                raise HugePdfError(f"里面一段内容展开后超过 {_MOST_UNPACKED >> 20} MB") from error
            if stream.objgen in self._drawing or stream.get("/Subtype") == "/Form":
                raise BrokenStreamError("页面上有一段内容坏了") from error
        if self._work.unpacked > _MOST_UNPACKED_IN_ALL:
            raise HugePdfError(f"里面的内容展开后超过 {_MOST_UNPACKED_IN_ALL >> 20} MB")


def _font_name(descriptor: Any) -> str:
    """The name of a font as people know it; bytes that are no UTF-8 are the GBK that Chinese programs wrote."""
    name = descriptor.get("/FontName")
    if name is None:
        return "未命名"
    written = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), name.unparse().lstrip(b"/"))
    for encoding in ("utf-8", "gbk"):
        with contextlib.suppress(UnicodeError):
            return str(written.decode(encoding))
    return "未命名"


def is_whole(pdf: pikepdf.Pdf, path: Path) -> bool:
    """Whether all of a damaged file seems to be there: its end, all that its pages name, its pictures to their last byte.

    Reads everything once; for files that had to be mended, after they were unpacked.
    """
    import pikepdf

    if not _has_its_end(path) or any(_CUT_OFF in complaint for complaint in pdf.get_warnings()):
        return False
    known = set(pdf.get_xref_table())
    named: set[tuple[int, int]] = set()
    for found in pdf.objects:
        named |= _named_by(found)
        if isinstance(
            found, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream
        ):  # those made while it was mended, too
            known.add(found.objgen)
    return named <= known and _pictures_are_whole(pdf)


def _has_its_end(path: Path) -> bool:
    """Whether a file holds the table that stands behind all objects (at the head of files that were written for the web)."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"/Linearized", 0, _EDGE) >= 0:
            return content.rfind(b"%%EOF", max(0, len(content) - _EDGE)) >= 0
        return content.rfind(b"trailer") >= 0 or content.rfind(b"/XRef") >= 0


def _named_by(found: Any) -> set[tuple[int, int]]:
    """The objects that a dictionary or array of a page tree names, whether they are there or not."""
    import pikepdf

    if isinstance(found, pikepdf.Stream):
        found = found.stream_dict
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Array) or str(_type_of(found)) in _APART:
        return set()
    return {(int(number), int(generation)) for number, generation in _REFERENCE.findall(found.unparse(resolved=True))}


def _type_of(found: Any) -> Any:
    import pikepdf

    return found.get("/Type", "") if isinstance(found, pikepdf.Dictionary) else ""


def _pictures_are_whole(pdf: pikepdf.Pdf) -> bool:
    """Whether the pictures of a damaged file end as they should."""
    import pikepdf

    for found in pdf.objects:
        if not isinstance(found, pikepdf.Stream) or found.get("/Subtype") != "/Image":
            continue
        filters = found.get("/Filter")
        last = filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) == 1 else filters
        data = found.get_raw_stream_buffer()
        if last == "/DCTDecode" and b"\xff\xd9" not in bytes(memoryview(data)[-4096:]):
            return False
        if last == "/FlateDecode" and not _inflates(memoryview(data)):
            return False
    return True


def is_blank(pdf: pikepdf.Pdf) -> bool:
    """Whether no page of a file draws anything. Only after its pages were cleaned."""
    return not any(drawing_of(page).strip() for page in pdf.pages)


def drawing_of(page: pikepdf.Page) -> bytes:
    """Return the drawing operators of a page, all its streams as one."""
    return b"\n".join(stream.read_bytes() for stream in _streams(page))


def _streams(page: pikepdf.Page) -> list[Any]:
    """The streams that a page is drawn with."""
    import pikepdf

    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def members_of(found: Any) -> list[tuple[Any, Any]]:
    """Return the keys of a dictionary or stream with their values. A key that is no UTF-8 (Chinese programs wrote GBK) is a name object."""
    import pikepdf

    members = []
    for key in list(found.keys()):
        name = key
        if any("\ud800" <= character <= "\udfff" for character in key):
            written = key[1:].encode("utf-8", "surrogateescape")
            name = pikepdf.Object.parse(b"/" + b"".join(b"#%02x" % byte for byte in written))
        members.append((name, found.get(name)))
    return members


def _is_strange(value: Any) -> bool:
    """Whether something that a page draws with leads to what is none of it: other pages, actions, files, programs."""
    import pikepdf

    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if isinstance(value, pikepdf.Stream) and value.get("/Subtype") == _PROGRAM:
        return True
    kind = value.get("/Type")
    return any(kind == stranger for stranger in _STRANGERS) if isinstance(kind, pikepdf.Name) else False


def _inflates(data: memoryview) -> bool:
    """Whether compressed data come to their end; what they unpack to is thrown away bit by bit."""
    unpacker = zlib.decompressobj()
    unpacked = 0
    try:
        for start in range(0, len(data), _PIECE):
            unpacked += len(unpacker.decompress(data[start : start + _PIECE]))
            if unpacker.eof or unpacked > _MOST_UNPACKED_IN_ALL:
                return True
    except zlib.error:
        return False
    return False


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int | float) else 0
