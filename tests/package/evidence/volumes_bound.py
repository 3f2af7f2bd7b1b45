"""Volumes for the tests of binding: planned, bound, and looked into as a stranger would."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.evidence import (
    EvidenceItem,
    EvidencePlan,
    VolumeSettings,
    bind_evidence,
    plan_evidence,
    read_evidence,
)
from tests.package.evidence import papers

FONTS = FontLibrary.bundled()

NAME = "上海市示例区智能传感器产业集群"


def planned(
    folder: Path, items: Sequence[EvidenceItem], settings: VolumeSettings | None = None, mark: str = ""
) -> EvidencePlan:
    return plan_evidence(read_evidence(items, folder), NAME, Library.standard(), FONTS, settings, mark=mark)


def bound(folder: Path, *files: str, settings: VolumeSettings | None = None) -> bytes:
    (file,) = bind_evidence(planned(folder, [papers.item(*files)], settings), FONTS)
    return file.content


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def text_of(content: bytes, page: int) -> str:
    return reader(content).pages[page].extract_text()


def printed_numbers(content: bytes) -> list[str]:
    """The number at the foot of every page, as pypdf reads it."""
    found = [re.findall(r"佐证材料 第(\d+)页", page.extract_text()) for page in reader(content).pages]
    assert all(len(numbers) == 1 for numbers in found)
    return [numbers[0] for numbers in found]


def seen(content: bytes, page: int, folder: Path, dots: int = 72) -> Image.Image:
    """A page as it is printed, in points."""
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler is not installed")
    path = folder / "seen.pdf"
    path.write_bytes(content)
    command = ["pdftoppm", "-r", str(dots), "-png", "-singlefile", "-f", str(page + 1), str(path), str(folder / "seen")]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(folder / "seen.png") as image:
        return image.convert("RGB")


def extrema(image: Image.Image) -> Any:
    """The darkest and lightest value of a picture of one band."""
    return image.getextrema()


def many(folder: Path, count: int, pages: int = 2) -> list[EvidenceItem]:
    items = []
    for number in range(1, count + 1):
        name = f"{number:02d}_协议.pdf"
        (folder / name).write_bytes(papers.text_pdf(pages, word=f"item {number} page"))
        items.append(papers.item(name, number=number, name=f"第{number}号协议", proves=[f"第{number}件事实"]))
    return items


def armed(pdf: pikepdf.Pdf) -> None:
    """Put into a PDF all that must not come along, each marked by a word that can be looked for."""
    page = pdf.pages[0]
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="poison_script")
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("poison_name"), script]))
    )
    pdf.attachments["poison_file.exe"] = b"poison_content"
    page.obj.AA = pikepdf.Dictionary(O=script)
    page.obj.PieceInfo = pikepdf.Dictionary(Poison=pikepdf.String("poison_piece"))
    page.Resources.XObject = pikepdf.Dictionary(
        X=pikepdf.Stream(
            pdf,
            b"",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 9, 9]),
            AF=pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="poison_associated")]),
            Ref=pikepdf.Dictionary(F="poison_reference"),
            Metadata=pikepdf.Stream(pdf, b"poison_metadata"),
        ),
        Y=pikepdf.Stream(pdf, b"poison_postscript", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.PS),
    )
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="poison_program")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    page.Annots = pikepdf.Array([pdf.make_indirect(link)])
    pdf.docinfo["/Author"] = "poison_author"


def opened_up(content: bytes) -> bytes:
    """A PDF with nothing packed, for looking for words."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(stream, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return stream.getvalue()
