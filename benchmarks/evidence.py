"""Evidence as offices send it, made up: reports, scanned contracts, photographs, scans; the same bytes on every run."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from generator.resources import fonts_folder

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "佐证材料"

_FACE = "benchmark"
_FONT = "song.ttf"
_LINE = "本页是为测快慢而造的佐证材料，文字、数字、图片都没有实际意义。第{number}行，金额{amount}万元。"
_PAPERS = (A4, A4, landscape(A4), A4, A3, landscape(A3))
_TURNS = (1, 6, 3, 8)  # EXIF: upright, and as telephones are held
_ORIENTATION = 0x0112
_FILES = re.compile(r"^(    文件: )\[.*\]$", re.MULTILINE)


@dataclass(frozen=True)
class Mix:
    """How much evidence of each kind: PDF files with so many pages each, pictures of one page each.

    `scale` is what every picture's width and height are multiplied by; at 1 a photograph has 12 million pixels.
    """

    reports: int = 24
    report_pages: int = 5
    contracts: int = 2
    contract_pages: int = 10
    photographs: int = 40
    scans: int = 16
    fine_scans: int = 4
    scale: float = 1.0

    @property
    def pages(self) -> int:
        """All pages of all files."""
        bound = self.reports * self.report_pages + self.contracts * self.contract_pages
        return bound + self.photographs + self.scans + self.fine_scans


def write_cluster_with_evidence(example: Path, folder: Path, mix: Mix) -> tuple[Path, ...]:
    """Copy the cluster `example` to `folder`, with the evidence of `mix` in place of its own; return the files of it in order.

    The files are dealt out to the items of the example, so that each has some of several kinds.
    """
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns(FOLDER))
    (folder / FOLDER).mkdir()
    source = folder / "cluster.yaml"
    text = source.read_text(encoding="utf-8")
    items = len(_FILES.findall(text))
    made = [_write(folder / FOLDER, number, kind) for number, kind in enumerate(_kinds(mix))]
    shares = [made[item::items] or made[item % len(made) :][:1] for item in range(items)]
    dealt = iter(shares)
    listed = _FILES.sub(lambda found: f"{found[1]}[{', '.join(f'{FOLDER}/{one.name}' for one in next(dealt))}]", text)
    source.write_text(listed, encoding="utf-8")
    return tuple(dict.fromkeys(file for share in shares for file in share))


@dataclass(frozen=True)
class _Kind:
    """A file to be made: what its name ends in, and what writes it, given chance."""

    ending: str
    make: Callable[[Random], bytes]


def _kinds(mix: Mix) -> Iterator[_Kind]:
    """The files of `mix`, one after the other."""
    scale = mix.scale
    for number in range(mix.reports):
        paper = _PAPERS[number % len(_PAPERS)]
        yield _Kind("报告.pdf", partial(_report, paper=paper, pages=mix.report_pages, scale=scale))
    for _ in range(mix.contracts):
        yield _Kind("合同.pdf", partial(_contract, pages=mix.contract_pages, scale=scale))
    for number in range(mix.photographs):
        turn = _TURNS[number % len(_TURNS)]
        yield _Kind("照片.jpg", partial(_photograph, turn=turn, scale=scale))
    for _ in range(mix.scans):
        yield _Kind("扫描.png", partial(_scan, scale=scale))
    for _ in range(mix.fine_scans):
        yield _Kind("细扫.jpg", partial(_fine_scan, scale=scale))


def _write(folder: Path, number: int, kind: _Kind) -> Path:
    path = folder / f"{number + 1:03d}_{kind.ending}"
    path.write_bytes(kind.make(Random(number)))
    return path


def _report(chance: Random, paper: tuple[float, float], pages: int, scale: float) -> bytes:
    """A PDF with lines of text and a picture on each page."""
    if _FACE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FACE, str(fonts_folder() / _FONT)))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=paper, invariant=True)
    width, height = paper
    for _ in range(pages):
        canvas.setFont(_FACE, 10.5)
        for number in range(1, 21):
            line = _LINE.format(number=number, amount=chance.randrange(100, 100_000))
            canvas.drawString(60, height - 60 - number * 16, line)
        photograph = ImageReader(io.BytesIO(_jpeg(_picture(chance, 1600, 1000, scale), 80)))
        canvas.drawImage(photograph, 60, 60, width - 120, height - 460)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _contract(chance: Random, pages: int, scale: float) -> bytes:
    """A PDF as copiers write them: a picture of a whole page on each."""
    import img2pdf

    pictures = [_jpeg(_picture(chance, 1654, 2339, scale), 80, dots=200) for _ in range(pages)]
    return bytes(img2pdf.convert(pictures, engine=img2pdf.Engine.internal, nodate=True))


def _photograph(chance: Random, turn: int, scale: float) -> bytes:
    return _jpeg(_picture(chance, 4000, 3000, scale), 82, turn=turn)


def _fine_scan(chance: Random, scale: float) -> bytes:
    """A JPG in colour, A4 at 600 dots per inch."""
    return _jpeg(_picture(chance, 4960, 7016, scale), 92, dots=600)


def _scan(chance: Random, scale: float) -> bytes:
    """A PNG in grey, A4 at 200 dots per inch: paper that is not quite white."""
    stream = io.BytesIO()
    grain = _grain(chance, round(1654 * scale), round(2339 * scale)).point(lambda value: 230 + value // 12)
    grain.save(stream, "PNG", dpi=(200, 200), compress_level=1)
    return stream.getvalue()


def _picture(chance: Random, across: int, down: int, scale: float) -> Image:
    """A picture in colour with soft shapes and some grain, as cameras see the world."""
    from PIL import Image

    size = round(across * scale), round(down * scale)
    shapes = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3)).resize(size, Image.Resampling.BICUBIC)
    grain = _grain(chance, size[0] // 2, size[1] // 2).resize(size, Image.Resampling.BILINEAR)
    return Image.blend(shapes, Image.merge("RGB", (grain, grain, grain)), 0.25)


def _grain(chance: Random, across: int, down: int) -> Image:
    from PIL import Image

    return Image.frombytes("L", (across, down), chance.randbytes(across * down))


def _jpeg(picture: Image, quality: int, *, turn: int = 1, dots: int = 72) -> bytes:
    from PIL import Image

    exif, stream = Image.Exif(), io.BytesIO()
    if turn != 1:
        exif[_ORIENTATION] = turn
    picture.save(stream, "JPEG", quality=quality, dpi=(dots, dots), exif=exif)
    return stream.getvalue()
