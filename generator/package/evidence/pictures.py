"""Photographs and scans: looked through without being decoded, and put into a PDF byte for byte."""

from __future__ import annotations

import io
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


def look_at(path: Path, kind: FileKind) -> Picture:
    """Return what the picture `path` holds. Nothing is decoded, so a bomb costs nothing.

    Raises BrokenPictureError for one that can't be read or ends too early, HugePictureError for too many pixels.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of Pillow's threshold for warning: its limit is half as high again, and kept
            with Image.open(path, formats=["JPEG", "PNG"]) as image:
                pixels = image.size
                dots = _dots(image.info.get("dpi"))
                turn = image.getexif().get(_ORIENTATION, 1)
                clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    except Image.DecompressionBombError as error:
        raise HugePictureError from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError) as error:
        raise BrokenPictureError("图片读不出来") from error
    with path.open("rb") as stream:
        deep = _walk_png(stream) if kind is FileKind.PNG else _walk_jpeg(stream)
    return Picture(_page(pixels, dots, turn), pixels, too_deep=clear and deep == _DEEP)


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


def _walk_png(stream: BinaryIO) -> int:
    """Read a PNG chunk by chunk to its end and return its bits per sample. Raises BrokenPictureError where a chunk is broken."""
    depth, data = 8, 0
    stream.seek(8)
    for _ in range(_MOST_WALKED):
        head = stream.read(8)
        length = int.from_bytes(head[:4], "big")
        if len(head) < 8:
            break
        body = stream.read(length)
        if len(body) < length or zlib.crc32(body, zlib.crc32(head[4:])) != int.from_bytes(stream.read(4), "big"):
            break
        if head[4:] == b"IHDR" and length > 8:
            depth = body[8]
        data += length if head[4:] == b"IDAT" else 0
        if head[4:] == b"IEND" and data:
            return depth
    raise BrokenPictureError("图片后面一截缺了，或者中间坏了")


def _walk_jpeg(stream: BinaryIO) -> int:
    """Read the segments of a JPG up to the picture, see whether it ends, and return its bits per sample."""
    depth = 8
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
                return depth
            break
        if mark in b"\xc0\xc1\xc2":
            depth = int.from_bytes(stream.read(1), "big")
            length -= 1
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
