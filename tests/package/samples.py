"""Small packages to write in tests."""

from __future__ import annotations

import io
import zipfile

from pypdf import PdfWriter

from generator.package.manifest import KEPT, SUBMITTED, FontUsed, ManifestFacts, PackageFile, Skipped

CLUSTER = "上海市示例区智能传感器产业集群"
FORM = "national-2025"
FACTS = ManifestFacts(
    cluster=CLUSTER,
    form=FORM,
    draft=True,
    fonts=(FontUsed("仿宋_GB2312", "Song.ttf", "0" * 64),),
    skipped=(Skipped("佐证材料", "没有给出文件"),),
)
SNAPSHOT = {"cluster": CLUSTER, "fields": [{"path": "二、主导产业情况", "text": "53.10"}]}


def word_file(text: str = "<w/>", parts: dict[str, str] | None = None) -> bytes:
    """Return a file with the parts that a Word file can't do without."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels"):
            archive.writestr(zipfile.ZipInfo(name), "<t/>")
        for name, content in {"word/document.xml": text, **(parts or {})}.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def pdf_file(pages: int = 2) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def sample_files(text: str = "<w/>", pages: int = 2, listed: int | None = None) -> tuple[PackageFile, ...]:
    name = f"{SUBMITTED}/01_申报表_{CLUSTER}"
    return (
        PackageFile("form.docx", f"{name}.docx", word_file(text), listed or pages),
        PackageFile("form.pdf", f"{name}.pdf", pdf_file(pages), listed or pages),
        PackageFile("check.txt", f"{KEPT}/自查报告.txt", text.encode()),
    )
