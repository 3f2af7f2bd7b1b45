"""Small 稿 with signed pages, and scans of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from generator.package.drafts import write_draft
from generator.package.manifest import SUBMITTED, ManifestFacts, PackageFile
from tests.package.samples import word_file

CLUSTER = "上海市示例区智能传感器产业集群"
FORM = "national-2025"
DECLARATION = "九、真实性声明及推荐意见"
A4 = (1240, 1754)
"""A4 in dots at 150 dpi."""

PARTS = {
    0: "中小企业特色产业集群申报表",
    2: "一、基本情况",
    3: "八、未来三年中小企业特色产业集群发展规划",
    5: DECLARATION,
}
LABELS = ("", "", "1", "2", "3", "4")


def form_pdf(words: Sequence[str] = LABELS) -> bytes:
    """Return a form of six upright pages with the bookmarks that forms have, each page with its words."""
    writer = PdfWriter()
    for number, word in enumerate(words):
        page = writer.add_blank_page(width=595.28, height=841.89)
        content = DecodedStreamObject()
        content.set_data(f"% page {number} {word.encode().hex()}\n".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
        if number in PARTS:
            writer.add_outline_item(title=PARTS[number], page_number=number)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def snapshot(texts: Sequence[str]) -> dict[str, Any]:
    """Return a snapshot whose pages have a fingerprint each and one field each, printed as `texts` say."""
    return {
        "snapshot": 1,
        "form": FORM,
        "cluster": CLUSTER,
        "fields": [
            {"key": f"格{number}", "path": ["栏目", f"第{number}格"], "printed": text, "page": number + 1}
            for number, text in enumerate(texts)
        ],
        "pages": [
            {"label": label, "fingerprint": f"{number}-{text}"}
            for number, (label, text) in enumerate(zip(LABELS, texts, strict=True))
        ],
    }


def declaration(text: str = "原文") -> PackageFile:
    """Return a 自我声明 of two pages, the second to be signed; its fingerprints are `text`."""
    path = f"{SUBMITTED}/06_自我声明_{CLUSTER}.pdf"
    return PackageFile(
        "declaration.pdf", path, form_pdf(("1", "2")), 2, (f"声明1-{text}", f"声明2-{text}"), unsigned=(2,)
    )


def standing_draft(
    output: Path,
    *,
    draft: bool = False,
    further: Sequence[PackageFile] = (),
    signed: tuple[int, ...] = (1, 6),
    **changed: str,
) -> Path:
    """Write the next 稿 below `output`; `changed` are texts of pages (`page3="…"`), `signed` the pages to be signed. Return its folder."""
    texts = [changed.get(f"page{number}", "原文") for number in range(len(LABELS))]
    files = (
        PackageFile("form.docx", f"{SUBMITTED}/01_申报表_{CLUSTER}.docx", word_file(f"<w>{texts}</w>"), 6),
        PackageFile("form.pdf", f"{SUBMITTED}/01_申报表_{CLUSTER}.pdf", form_pdf(texts), 6, unsigned=signed),
        *further,
    )
    papers = {file.path: list(file.fingerprints) for file in further if file.fingerprints}
    told = snapshot(texts) | {"papers": papers}
    return write_draft(output, ManifestFacts(CLUSTER, FORM, draft), files, told).draft


def picture(
    size: tuple[int, int] = A4,
    *,
    dots: int | None = 150,
    kind: str = "JPEG",
    grey: int = 250,
    mode: str = "RGB",
    **more: Any,
) -> bytes:
    """Return a picture, as a scanner writes it."""
    image = Image.new("L", size, grey)
    image.paste(0, (100, 100, 300, 160))
    image = image.convert(mode)
    if mode == "RGBA":
        image.putalpha(128)
    stream = io.BytesIO()
    if dots is not None:
        more["dpi"] = (dots, dots)
    image.save(stream, kind, **more)
    return stream.getvalue()


def blank_side() -> bytes:
    """Return a scan of a blank back: not quite white, with a shadow at its edge."""
    image = Image.new("L", A4, 247)
    image.paste(90, (0, 0, 25, A4[1]))
    stream = io.BytesIO()
    image.save(stream, "JPEG", dpi=(150, 150))
    return stream.getvalue()


def turned(orientation: int, size: tuple[int, int] = A4) -> bytes:
    """Return a JPG that says that it is to be turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return picture(size, exif=exif)


def scanned_pdf(
    *pages: bytes, size: tuple[float, float] = (595.28, 841.89), rotate: int = 0, note: bool = False
) -> bytes:
    """Return a PDF as scanners write them: a picture on each page."""
    writer = PdfWriter()
    for number, content in enumerate(pages):
        image = Image.open(io.BytesIO(content)).convert("L")
        drawn = DecodedStreamObject()
        drawn.set_data(image.tobytes())
        drawn.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Image"),
                NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            }
        )
        for key, value in (("/Width", image.width), ("/Height", image.height), ("/BitsPerComponent", 8)):
            drawn[NameObject(key)] = NumberObject(value)
        page = writer.add_blank_page(*size)
        shown = DecodedStreamObject()
        shown.set_data(f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im0 Do Q".encode())
        page[NameObject("/Contents")] = writer._add_object(shown)
        objects = DictionaryObject({NameObject("/Im0"): writer._add_object(drawn.flate_encode())})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
        if rotate:
            page.rotate(rotate)
        if note:
            writer.add_annotation(number, Text(rect=(9, 9, 90, 90), text="章"))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def put(folder: Path, **files: bytes) -> Path:
    """Write scans, by stem and extension joined with `__`, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        stem, _, extension = name.rpartition("__")
        (folder / f"{stem}.{extension}").write_bytes(content)
    return folder
