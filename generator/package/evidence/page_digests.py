"""What a page of a PDF shows, as a digest: a file that gained a page leaves the others known as what they were."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from generator.package.evidence.boxes import seen
from generator.package.evidence.pdf_files import members_of

if TYPE_CHECKING:
    import pikepdf

_ROOTS = ("/Resources", "/Group", "/Contents")
_LAYERS = "/OCProperties"
_PACKING = ("/Length", "/Filter", "/DecodeParms")


def page_digests(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Return a digest of each page of `pdf`, which was cleaned: of two pages, of whatever file, that have the same, both print the same.

    None where pages can't be told by themselves: where layers are switched, what they draw with goes round in a circle or is broken.
    """
    import pikepdf

    if pdf.Root.get(_LAYERS) is not None:
        return ()
    digests = _Digests()
    try:
        return tuple(digests.of_page(page) for page in pdf.pages)
    except (_CircleError, pikepdf.PdfError, ValueError, RuntimeError):
        return ()


class _CircleError(Exception):
    """An object holds itself."""


class _Digests:
    """Gives digests of the objects of one file, of each that has a number once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}
        self._open: set[tuple[int, int]] = set()

    def of_page(self, page: pikepdf.Page) -> str:
        parts = [self._of(page.obj.get(name)) for name in _ROOTS]
        return hashlib.sha256(b"".join([repr(seen(page)).encode(), *parts])).hexdigest()

    def _of(self, found: Any) -> bytes:
        import pikepdf

        if not isinstance(found, pikepdf.Object):
            return _hashed(repr(found).encode("utf-8", "surrogatepass"))
        if not found.is_indirect:
            return self._looked_into(found)
        if found.objgen in self._open:
            raise _CircleError
        if found.objgen not in self._known:
            self._open.add(found.objgen)
            self._known[found.objgen] = self._looked_into(found)
            self._open.remove(found.objgen)
        return self._known[found.objgen]

    def _looked_into(self, found: Any) -> bytes:
        import pikepdf

        if isinstance(found, pikepdf.Array):
            return _hashed(b"array", *(self._of(each) for each in found))
        if isinstance(found, pikepdf.Stream):
            data, apart = _data(found)
            return _hashed(b"stream", self._members(found, apart), hashlib.sha256(data).digest())
        if isinstance(found, pikepdf.Dictionary):
            return _hashed(b"dictionary", self._members(found, ()))
        return _hashed(b"value", found.unparse())

    def _members(self, found: Any, apart: Sequence[str]) -> bytes:
        named = sorted((_key(name), self._of(value)) for name, value in members_of(found) if name not in apart)
        return b"".join(name + b"\0" + digest for name, digest in named)


def _key(name: Any) -> bytes:
    """A key as bytes; one that is no UTF-8 is an object."""
    return name.encode("utf-8", "surrogatepass") if isinstance(name, str) else bytes(name.unparse())


def _data(stream: Any) -> tuple[bytes | memoryview, Sequence[str]]:
    """What a stream holds, and the keys that tell how that is packed; pictures stay packed."""
    import pikepdf

    if stream.get("/Subtype") != "/Image":
        with contextlib.suppress(pikepdf.PdfError):
            return stream.read_bytes(), _PACKING
    return memoryview(stream.get_raw_stream_buffer()), _PACKING[:1]


def _hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
