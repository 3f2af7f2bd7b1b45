"""Photographs and scans: looked through without being decoded, and put into a PDF byte for byte."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path
from typing import BinaryIO

from generator.cluster.filekinds import FileKind
from generator.frozen import dataclass
from generator.package.evidence.paper import A3, A4, SourcePage, fits, measures, times

_ORIENTATION = 0x0112
_UNSIZED_DOTS = 150  # per inch, for pictures that don't tell their size: larger than this they are not printed
_LEAST_DOTS, _MOST_DOTS = (
    100,
    2400,
)  # per inch: what a scanner may say; 72 and 96 are what programs put in for want of knowledge
_DEEP = 16
_MOST_WALKED = 100_000
_MOST_UNPACKED_PIXELS = 50_000_000  # of pictures that PDF doesn't take as they are
_PIECE = 1 << 12
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of a pixel, by the kind of colour of a PNG
_GREY = 0  # the kind of colour of a PNG
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced PNG: the first column and row of each pass, and the steps between its columns and rows."""

# From the unit square of a picture as stored to that of the picture as seen (EXIF orientations 1 to 8), y upwards.
_SEEN = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


class BrokenPictureError(Exception):
    """A picture can't be read, or ends too early; the message says so in Chinese."""


class HugePictureError(Exception):
    """A picture has more pixels than anybody wants to unpack."""


@dataclass(frozen=True)
class Picture:
    """A picture looked through: its page, its size in pixels, and whether it is one that must lose depth to be printed."""

    page: SourcePage
    pixels: tuple[int, int]
    too_deep: bool = False


@dataclass(frozen=True)
class _Inside:
    """What the parts of a picture's file tell: bits per sample, whether it is interlaced, its orientation (0: not told)."""

    depth: int = 8
    colour: int = _GREY
    interlaced: bool = False
    turn: int = 0

    @property
    def too_deep_interlaced(self) -> bool:
        """Whether it must be unpacked, and is deeper than what unpacks it."""
        return self.interlaced and self.depth == _DEEP and self.colour != _GREY


def look_at(path: Path, kind: FileKind) -> Picture:
    """Return what the picture `path` holds. No pixels are kept, so a bomb costs nothing; what is doubtful is put into a PDF on trial.

    Raises BrokenPictureError for one that can't be read or ends too early, HugePictureError for too many pixels.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns at half of what it refuses
            with Image.open(path, formats=["JPEG", "PNG"]) as image:
                pixels = image.size
                dots = _dots(image.info.get("dpi"))
                turn = image.getexif().get(_ORIENTATION, 1) if kind is FileKind.JPEG else 1
                clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
                profiled = "icc_profile" in image.info
                coloured = profiled and image.mode == "P"
    except Image.DecompressionBombError as error:
        raise HugePictureError from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError) as error:
        raise BrokenPictureError("图片读不出来") from error
    unpackable = pixels[0] * pixels[1] <= _MOST_UNPACKED_PIXELS
    if (clear or coloured) and not unpackable:
        raise HugePictureError
    with path.open("rb") as stream:
        inside = _walk_png(stream) if kind is FileKind.PNG else _walk_jpeg(stream)
    if inside.interlaced and not unpackable:
        raise HugePictureError
    too_deep = (clear and inside.depth == _DEEP) or inside.too_deep_interlaced
    if profiled or clear or inside.interlaced:
        as_pdf(path, io.BytesIO(), shallow=too_deep)
    return Picture(_page(pixels, dots, inside.turn or turn), pixels, too_deep=too_deep)


def as_pdf(path: Path, target: BinaryIO, *, shallow: bool = False) -> None:
    """Write a PDF of one page with the picture `path` to `target`: JPG data as they are, PNG data too where PDF knows their kind.

    `shallow`: with 8 bits a sample, for a picture that is `too_deep`. Raises BrokenPictureError where that can't be done.
    """
    import img2pdf

    content = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if shallow or content[:4] == b"\x89PNG":
                content = _made_plain(content, shallow=shallow)
            img2pdf.convert(
                content,
                outputstream=target,
                engine=img2pdf.Engine.internal,
                rotation=img2pdf.Rotation.none,
                layout_fun=lambda width, height, dots: (72, 72, 72, 72),
                first_frame_only=True,
                nodate=True,
            )
    except (
        Exception
    ) as error:  # img2pdf has no common ancestor of its errors, and libraries call what is broken an OSError
        raise BrokenPictureError("图片中间坏了，或者写法少见，装不进 PDF") from error


def _made_plain(content: bytes, *, shallow: bool) -> bytes:
    """Return a PNG that is not too deep or interlaced for img2pdf: neither PDF nor paper shows the difference; others as they are."""
    from PIL import Image

    depth, colour, interlaced = content[24], content[25], content[28]
    if not shallow and not (interlaced and depth == _DEEP and colour == _GREY):
        return content
    plain = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        (image.convert("RGBA" if image.has_transparency_data else "RGB") if shallow else image).save(plain, "PNG")
    return plain.getvalue()


def _page(pixels: tuple[int, int], dots: tuple[float, float] | None, turn: object) -> SourcePage:
    across, down = dots or (_UNSIZED_DOTS, _UNSIZED_DOTS)
    width, height = pixels[0] * 72 / across, pixels[1] * 72 / down
    seen = _SEEN.get(turn if isinstance(turn, int) else 1, _SEEN[1])
    if seen[0] == 0:
        width, height = height, width
    sized = dots is not None and (fits(width, height, A4) or measures(width, height, A3))
    return SourcePage(width, height, times(seen, (width, 0, 0, height, 0, 0)), sized=sized)


def _dots(told: object) -> tuple[float, float] | None:
    """Return the dots per inch across and down that a scanner wrote, None where they say nothing of the real size."""
    if not isinstance(told, tuple) or len(told) != 2:
        return None
    try:
        across, down = float(told[0]), float(told[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    known = all(_LEAST_DOTS - 1 <= value <= _MOST_DOTS for value in (across, down))
    return (across, down) if known else None


class _PixelCounter:
    """Unpacks the data of a PNG piece by piece, keeping nothing, as far as its size goes."""

    def __init__(self, head: bytes) -> None:
        width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
        self.depth: int = depth
        self.colour: int = colour
        self.interlaced = bool(interlaced)
        bits = _SAMPLES.get(colour, 4) * depth
        passes = [(width, height)]
        if interlaced:
            passes = [(len(range(x, width, across)), len(range(y, height, down))) for x, y, across, down in _PASSES]
        self.missing: int = sum(rows * (1 + (columns * bits + 7) // 8) for columns, rows in passes if columns)
        self._unpacker = zlib.decompressobj()

    def take(self, packed: bytes) -> None:
        """Unpack some more. Raises zlib.error for data that are no such data."""
        for start in range(0, len(packed), _PIECE):
            if self.missing <= 0:
                return
            self.missing -= len(self._unpacker.decompress(packed[start : start + _PIECE]))


def _walk_png(stream: BinaryIO) -> _Inside:
    """Read a PNG chunk by chunk to its end. Raises BrokenPictureError where a chunk is broken or pixels are missing."""
    counter: _PixelCounter | None = None
    turn = 0
    stream.seek(8)
    try:
        for _ in range(_MOST_WALKED):
            head = stream.read(8)
            length = int.from_bytes(head[:4], "big")
            body = stream.read(length)
            whole = len(head) == 8 and len(body) == length
            if not whole or zlib.crc32(body, zlib.crc32(head[4:])) != int.from_bytes(stream.read(4), "big"):
                break
            match head[4:]:
                case b"IHDR":
                    counter = _PixelCounter(body)
                case b"IDAT" if counter is not None:
                    counter.take(body)
                case b"eXIf":
                    turn = _turn_in(body)
                case b"IEND" if counter is not None and counter.missing <= 0:
                    return _Inside(counter.depth, counter.colour, counter.interlaced, turn)
    except (zlib.error, struct.error) as error:
        raise BrokenPictureError("图片中间坏了") from error
    raise BrokenPictureError("图片后面一截缺了，或者中间坏了")


def _turn_in(exif: bytes) -> int:
    """Return the orientation that EXIF data tell, 0 where they tell none."""
    from PIL import Image

    found = Image.Exif()
    try:
        found.load(b"Exif\0\0" + exif)
        turn = found.get(_ORIENTATION, 0)
    except (ValueError, SyntaxError, OSError, KeyError, TypeError, struct.error):
        return 0
    return turn if isinstance(turn, int) else 0


def _walk_jpeg(stream: BinaryIO) -> _Inside:
    """Read the segments of a JPG up to the picture and see whether it ends. Raises BrokenPictureError where it doesn't."""
    stream.seek(2)
    for _ in range(_MOST_WALKED):
        mark = stream.read(1)
        while mark and mark != b"\xff":
            mark = stream.read(1)
        while mark == b"\xff":
            mark = stream.read(1)
        if not mark:
            break
        length = int.from_bytes(stream.read(2), "big")
        if mark == b"\xda":
            if _ends(stream):
                return _Inside()
            break
        stream.seek(max(0, length - 2), io.SEEK_CUR)
    raise BrokenPictureError("图片后面一截缺了")


def _ends(stream: BinaryIO) -> bool:
    """Whether the mark at the end of a JPG stands somewhere in the rest of `stream`."""
    rest = b""
    while block := stream.read(1 << 20):
        if b"\xff\xd9" in rest + block:
            return True
        rest = block[-1:]
    return False
