"""Evidence as people send it, and as nobody should: made by script, tiny."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from generator.package.evidence import EvidenceItem, ReadItem, read_evidence
from tests.samples import HERE

A4 = (595.28, 841.89)
A3 = (841.89, 1190.55)


def item(*files: str, number: int = 1, name: str = "", proves: Sequence[str] = ("组建创新联合体",)) -> EvidenceItem:
    return EvidenceItem(number, name or f"第{number}份材料", tuple(proves), files, HERE)


def read(folder: Path, *files: str, **more: Any) -> ReadItem:
    (found,) = read_evidence([item(*files, **more)], folder)
    return found


def text_pdf(pages: int = 1, size: tuple[float, float] = A4, word: str = "page") -> bytes:
    """A PDF of one line of text a page: `page 1`, `page 2`."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(size[0] * 0.1, size[1] * 0.9, f"{word} {number}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def altered(content: bytes, change: Any, **save: Any) -> bytes:
    """A PDF with something done to it."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(stream, deterministic_id="encryption" not in save, **save)
    return stream.getvalue()


def locked(content: bytes, *, user: str, revision: int = 6) -> bytes:
    stream = io.BytesIO()
    aes = revision >= 4
    encryption = pikepdf.Encryption(user=user, owner="owner", R=revision, aes=aes, metadata=aes)  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(stream, encryption=encryption)
    return stream.getvalue()


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (60, 40),
    mode: str = "RGB",
    *,
    orientation: int = 1,
    **save: Any,
) -> bytes:
    """A picture whose upper left quarter, as stored, is red where colours are, on noise that compresses badly."""
    chance = random.Random(1)
    bands = len(Image.new(mode, (1, 1)).getbands())
    image = Image.frombytes(mode, size, bytes(chance.randbytes(size[0] * size[1] * bands)))
    if mode == "RGB":
        image.paste((0, 0, 255), (0, 0, *size))
        image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    if orientation != 1:
        exif = Image.Exif()
        exif[0x0112] = orientation
        save["exif"] = exif
    stream = io.BytesIO()
    image.save(stream, kind, **save)
    return stream.getvalue()


def png(
    width: int, height: int, *, depth: int = 8, colour: int = 2, data: bytes | None = None, interlaced: int = 0
) -> bytes:
    """A PNG put together by hand: any depth and colour type, any size claimed; interlaced ones need their `data`."""
    samples = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    row = b"\0" + b"\x40" * (width * samples * depth // 8)
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush() if data is None else data

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def interlaced_png(depth: int, colour: int, *, cut: int = 0) -> bytes:
    """An interlaced PNG of 8 by 8 pixels, the last `cut` bytes of which are missing, though it is well-formed."""
    bytes_each = {0: 1, 2: 3, 4: 2, 6: 4}[colour] * depth // 8
    passes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    rows = b"".join((b"\0" + b"\x40" * (columns * bytes_each)) * lines for columns, lines in passes)
    return png(8, 8, depth=depth, colour=colour, interlaced=1, data=zlib.compress(rows[: len(rows) - cut]))


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF written by hand: object 1 is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def page_of(resources: bytes = b"<<>>", more: bytes = b"", box: bytes = b"[0 0 100 100]") -> list[bytes]:
    """The objects of a PDF of one page; further ones are numbered from 4."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%b/Resources%b%b>>" % (box, resources, more),
    ]


def stream_of(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), more, content)


def blanks(megabytes: int) -> bytes:
    """So many megabytes of nothing, compressed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()


_LAST = b"<</Type/Page/MediaBox[0 0 9 9]>>"
_ROOT = b"<</Type/Catalog/Pages 2 0 R>>"


def deep_tree(levels: int = 20_000) -> bytes:
    return raw_pdf([_ROOT, *(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % number for number in range(3, levels))])


def doubling_tree() -> bytes:
    nodes = [b"<</Type/Pages/Count 99/Kids[%d 0 R %d 0 R]>>" % (number, number) for number in range(3, 33)]
    return raw_pdf([_ROOT, *nodes, _LAST])


def one_page_often(times: int = 300_000) -> bytes:
    return raw_pdf([_ROOT, b"<</Type/Pages/Count 1000000/Kids[%b]>>" % (b"3 0 R " * times), _LAST])


def deep_resources(levels: int = 30_000) -> bytes:
    chain = [b"<</Deeper %d 0 R>>" % number for number in range(5, levels)]
    return raw_pdf([*page_of(b"<</Properties 4 0 R>>"), *chain])


def packed_drawing(packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return raw_pdf([*page_of(more=b"/Contents 4 0 R"), stream_of(packed, b"/Filter" + filters)])


def drawn_object(packed: bytes, more: bytes) -> bytes:
    drawn = stream_of(packed, b"/Type/XObject/Filter/FlateDecode" + more)
    return raw_pdf([*page_of(b"<</XObject<</A 4 0 R>>>>"), drawn])


def packed_objects() -> bytes:
    inner = b"5 0 <</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R>>"
    packer = zlib.compressobj(9)
    packed = packer.compress(inner) + b"".join(packer.compress(b" " * 1_000_000) for _ in range(100)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[5 0 R]>>",
        stream_of(packed, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"),
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    rows = [(0, 0, 0), *((1, place, 0) for place in places), (1, len(out), 0), (2, 3, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    index = stream_of(table, b"/Type/XRef/W[1 4 2]/Size 6/Root 1 0 R")
    return bytes(out) + b"4 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF" % (index, len(out))


BOMBS: dict[str, Callable[[], bytes]] = {
    "page tree twenty thousand deep": deep_tree,
    "page tree that doubles thirty times": doubling_tree,
    "one page three hundred thousand times": one_page_often,
    "resources within resources": deep_resources,
    "drawing of 100 megabytes of blanks": lambda: packed_drawing(blanks(100)),
    "drawing packed twice": lambda: packed_drawing(zlib.compress(blanks(100)), b"[/FlateDecode/FlateDecode]"),
    "form of 100 megabytes": lambda: drawn_object(blanks(100), b"/Subtype/Form/BBox[0 0 9 9]"),
    "picture of 40 thousand million pixels": lambda: drawn_object(
        blanks(1), b"/Subtype/Image/Width 200000/Height 200000/BitsPerComponent 8/ColorSpace/DeviceGray"
    ),
    "arrays within arrays": lambda: raw_pdf(page_of(b"<</A %b%b>>" % (b"[" * 50_000, b"]" * 50_000))),
    "objects packed to 100 megabytes": packed_objects,
}
"""PDF files that are small to send and ruinous to open."""
