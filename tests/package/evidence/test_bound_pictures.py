"""Pictures in a volume: upright, untouched, of every kind."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image

from generator.package.evidence import bind_evidence
from tests.package.evidence import papers
from tests.package.evidence.volumes_bound import FONTS, bound, extrema, planned, reader, seen


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_however_the_camera_was_held(orientation: int, tmp_path: Path) -> None:
    stored = papers.picture(size=(600, 400), orientation=orientation, quality=95)
    (tmp_path / "照片.jpg").write_bytes(stored)
    with Image.open(io.BytesIO(stored)) as image:
        upright = image.copy() if orientation == 1 else _turned(image, orientation)
    page = seen(bound(tmp_path, "照片.jpg"), 3, tmp_path)
    assert (page.width > page.height) == (upright.width > upright.height)
    box = _ink(page)
    for across in (0.25, 0.75):
        for down in (0.25, 0.75):
            there = page.getpixel((int(box[0] + (box[2] - box[0]) * across), int(box[1] + (box[3] - box[1]) * down)))
            here = upright.getpixel((int(upright.width * across), int(upright.height * down)))
            assert isinstance(there, tuple) and isinstance(here, tuple)
            assert (there[0] > 128) == (here[0] > 128)


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(image)
    assert turned is not None and orientation != 1
    return turned


def _ink(page: Image.Image) -> tuple[int, int, int, int]:
    """The box of what is coloured on a page: the number at its foot is black."""
    coloured = page.convert("HSV").getchannel("S").point(lambda value: 255 if value > 128 else 0)
    box = coloured.getbbox()
    assert box is not None
    return box


def test_a_png_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(papers.picture("PNG", size=(600, 400), orientation=6))
    page = reader(bound(tmp_path, "图.png")).pages[3]
    assert page.mediabox.height > page.mediabox.width


def test_pictures_come_along_byte_for_byte(tmp_path: Path) -> None:
    for number, mode in enumerate(("RGB", "L", "CMYK")):
        data = papers.picture(size=(300, 200), mode=mode)
        (tmp_path / f"{number}.jpg").write_bytes(data)
        assert data in bound(tmp_path, f"{number}.jpg")
    data = papers.picture("PNG", size=(300, 200), mode="L")
    (tmp_path / "图.png").write_bytes(data)
    body = data[data.index(b"IDAT") + 4 :]
    assert body[: int.from_bytes(data[data.index(b"IDAT") - 4 : data.index(b"IDAT")], "big")] in bound(
        tmp_path, "图.png"
    )


@pytest.mark.parametrize(
    "content",
    [
        papers.picture("PNG", mode="RGBA"),
        papers.picture("PNG", mode="LA"),
        papers.picture("PNG", mode="P"),
        papers.picture("PNG", mode="1"),
        papers.png(8, 8, depth=16),
        papers.png(8, 8, depth=16, colour=6),
        papers.png(8, 8, depth=16, colour=0),
        papers.interlaced_png(16, 0),
        papers.interlaced_png(16, 2),
        papers.interlaced_png(8, 6),
        papers.picture(mode="CMYK"),
        papers.picture(progressive=True),
        papers.picture("PNG", mode="P", transparency=0),
        papers.picture("PNG", mode="L", transparency=0),
        papers.picture("MPO", save_all=True),
    ],
)
def test_pictures_of_every_kind_print(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(content)
    page = seen(bound(tmp_path, "图.png"), 3, tmp_path)
    middle = page.getpixel((page.width // 2, page.height // 2))
    assert extrema(page.convert("L").crop((20, 20, page.width - 20, page.height - 60))) != (255, 255), middle


def test_a_volume_is_hardly_larger_than_what_it_holds(tmp_path: Path) -> None:
    names = []
    for number in range(6):
        names.append(f"{number}.jpg")
        (tmp_path / names[-1]).write_bytes(papers.picture(mode="L", size=(900, 900), quality=95))
    total = sum((tmp_path / name).stat().st_size for name in names)
    assert total > 2_000_000
    plan = planned(tmp_path, [papers.item(*names)])
    tracemalloc.start()
    (file,) = bind_evidence(plan, FONTS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(file.content) < total * 1.05 + 100_000
    assert peak < total * 2.5
