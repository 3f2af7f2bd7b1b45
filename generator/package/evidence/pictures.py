"""Photographs and scans: looked through without being decoded, and put into a PDF byte for byte."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from generator.cluster.filekinds import FileKind
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
    interlaced: bool = False
    turn: int = 0


def look_at(path: Path, kind: FileKind) -> Picture:
    """Return what the picture `path` holds. No pixels are kept, so a bomb costs nothing.

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
    except Image.DecompressionBombError as error:
        raise HugePictureError from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError) as error:
        raise BrokenPictureError("图片读不出来") from error
    unpackable = pixels[0] * pixels[1] <= _MOST_UNPACKED_PIXELS
    if clear and not unpackable:
        raise HugePictureError
    with path.open("rb") as stream:
        inside = _walk_png(stream) if kind is FileKind.PNG else _walk_jpeg(stream)
    if inside.interlaced and not unpackable:
        raise HugePictureError
    return Picture(_page(pixels, dots, inside.turn or turn), pixels, too_deep=clear and inside.depth == _DEEP)


def as_pdf(path: Path, picture: Picture, target: BinaryIO) -> None:
    """Write a PDF of one page with the picture `path` to `target`: JPG data as they are, PNG data too where PDF knows their kind.

    Raises BrokenPictureError where that can't be done.
    """
    import img2pdf

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = _made_shallow(path) if picture.too_deep else path.read_bytes()
            img2pdf.convert(
                content,
                outputstream=target,
                engine=img2pdf.Engine.internal,
                rotation=img2pdf.Rotation.none,
                layout_fun=lambda width, height, dots: (72, 72, 72, 72),
                first_frame_only=True,
                nodate=True,
            )
    except OSError:
        raise
    except Exception as error:  # img2pdf has no common ancestor of its errors
        raise BrokenPictureError("图片装不进 PDF") from error


def _made_shallow(path: Path) -> bytes:
    """Return a PNG of 16 bits with transparency as one of 8 bits: neither PDF nor paper shows the difference."""
    from PIL import Image

    shallow = io.BytesIO()
    with Image.open(path) as image:
        image.convert("RGBA").save(shallow, "PNG")
    return shallow.getvalue()


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
        self.interlaced = bool(interlaced)
        row: int = 1 + (width * _SAMPLES.get(colour, 4) * depth + 7) // 8
        self.missing: int = 1 if interlaced else height * row
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
                    return _Inside(counter.depth, counter.interlaced, turn)
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
