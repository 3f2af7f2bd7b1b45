"""A scanned picture as a page of a PDF. A JPG's bytes stay as they are."""

from __future__ import annotations

import io
import warnings

import img2pdf
from PIL import Image, UnidentifiedImageError

from generator.frozen import dataclass
from generator.package.sealing.rules import Paper

PICTURES = (".jpg", ".jpeg", ".png")

_FORMATS = ("JPEG", "MPO", "PNG")
_ORIENTATION = 0x0112
_TURNED = frozenset({6, 8})
_MIRRORED = frozenset({2, 4, 5, 7})
_INCH = 25.4
_GLANCE = (210, 297)  # a dot a millimetre
_EDGE = 20
_DARK = 190
_SPECKS = 0.0005
_MOST_DOTS = 140_000_000  # A4 at 1200 dpi


class UnusablePictureError(Exception):
    """A picture can't be used; the message is a Chinese phrase that says why."""


@dataclass(frozen=True)
class Picture:
    """A picture as a PDF of one page. `width` and `height` are dots as shown; `millimetres` is the size that the file tells, if any.

    `flattened`: it had transparent parts, which are white now.
    """

    pdf: bytes
    width: int
    height: int
    millimetres: tuple[float, float] | None
    flattened: bool


def read_picture(content: bytes, paper: Paper) -> Picture:
    """Return the picture `content` (JPG or PNG) laid on a page of `paper`, upright or turned as the picture is.

    Raises UnusablePictureError for one that is damaged, of another kind, mirrored or absurdly large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as image:
                return _laid_out(image, content, paper)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise UnusablePictureError(f"图片打不开或不完整（{error}）") from error
    except (img2pdf.ImageOpenError, img2pdf.JpegColorspaceError, img2pdf.UnsupportedColorspaceError) as error:
        raise UnusablePictureError(f"图片的格式不能用（{error}）") from error


def shows_nothing(picture: Image.Image) -> bool:
    """Whether next to nothing dark is to be seen on `picture`, its edges left out."""
    small = picture.convert("L").resize(_GLANCE, Image.Resampling.BOX)
    across, down = (length // _EDGE for length in _GLANCE)
    inside = small.crop((across, down, _GLANCE[0] - across, _GLANCE[1] - down))
    dark = sum(inside.histogram()[:_DARK])
    return dark <= _SPECKS * inside.width * inside.height


def _laid_out(image: Image.Image, content: bytes, paper: Paper) -> Picture:
    if image.format not in _FORMATS:
        raise UnusablePictureError(f"图片其实是 {image.format} 格式")
    if image.width * image.height > _MOST_DOTS:
        raise UnusablePictureError(f"图片太大（{image.width}×{image.height} 点）")
    orientation = image.getexif().get(_ORIENTATION, 1)
    if orientation in _MIRRORED:
        raise UnusablePictureError("图片是左右相反的")
    image.load()
    size, told = (image.width, image.height), _told_size(image)
    flattened = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if flattened:
        content = _on_white(image)
    page = (img2pdf.mm_to_pt(paper.width), img2pdf.mm_to_pt(paper.height))
    pdf = img2pdf.convert(
        content,
        engine=img2pdf.Engine.internal,
        nodate=True,
        layout_fun=img2pdf.get_layout_fun(page if size[1] >= size[0] else page[::-1], fit=img2pdf.FitMode.into),
        rotation=img2pdf.Rotation.ifvalid,
    )
    if orientation in _TURNED:
        size, told = size[::-1], told and told[::-1]
    return Picture(pdf, size[0], size[1], told, flattened)


def _told_size(image: Image.Image) -> tuple[float, float] | None:
    """Return width and height in millimetres by the dots per inch that the file tells, None where it tells none."""
    dots = image.info.get("dpi")
    if not dots or min(float(dots[0]), float(dots[1])) <= 1:
        return None
    return image.width / float(dots[0]) * _INCH, image.height / float(dots[1]) * _INCH


def _on_white(image: Image.Image) -> bytes:
    """Return the picture on white, as PNG, which loses nothing."""
    picture = image.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    stream = io.BytesIO()
    white.convert("RGB").save(stream, "PNG", dpi=image.info.get("dpi", (300, 300)))
    return stream.getvalue()
