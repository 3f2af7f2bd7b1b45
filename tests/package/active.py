"""PDFs, Word files and workbooks that can do more than be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

EXTERNAL = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="http://example.org/a.dotm" TargetMode="External"/></Relationships>'
)


def pdf(change: Callable[[PdfWriter], object] | None = None) -> bytes:
    """A PDF of two pages, after `change`."""
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(width=595, height=842)
    if change is not None:
        change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def action(kind: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind)})


def with_script(writer: PdfWriter) -> None:
    names = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): ArrayObject()})})
    writer.root_object[NameObject("/Names")] = names


def with_attachment(writer: PdfWriter) -> None:
    writer.add_attachment("a.exe", b"MZ")


def with_launch_on_opening(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = action("/Launch")


def with_script_on_a_page(writer: PdfWriter) -> None:
    writer.pages[1][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action("/JavaScript")})


def with_chained_action(writer: PdfWriter) -> None:
    first = action("/Named")
    first[NameObject("/Next")] = ArrayObject([action("/SubmitForm")])
    annotation = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): first})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([annotation])


def with_script_in_a_field(writer: PdfWriter) -> None:
    field = DictionaryObject({NameObject("/AA"): DictionaryObject({NameObject("/K"): action("/JavaScript")})})
    parent = DictionaryObject({NameObject("/Kids"): ArrayObject([field])})
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([parent])})


def with_attachment_on_a_page(writer: PdfWriter) -> None:
    annotation = DictionaryObject({NameObject("/Subtype"): NameObject("/FileAttachment")})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([annotation])


def with_web_link(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.org"))


def with_inner_link(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), target_page_index=1))
    writer.add_outline_item(title="第一页", page_number=0)
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")


def pdf_with_standard_font(drawn: bool = False) -> bytes:
    """A PDF whose words are set in a font that it does not carry; `drawn`: within a drawing."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont("Times-Roman", 12)
    if drawn:
        canvas.beginForm("drawing")
        canvas.setFont("Courier-Bold", 12)
    canvas.drawString(100, 700, "words")
    if drawn:
        canvas.endForm()
        canvas.doForm("drawing")
    canvas.save()
    return stream.getvalue()


def office(main: str = "word/document.xml", types: str = "<t/>", **parts: str) -> bytes:
    """A Word file or workbook with further parts; in their names `__` is `/` and `_` is `.`."""
    stream = io.BytesIO()
    contents = {"[Content_Types].xml": types, "_rels/.rels": "<t/>", main: "<w/>"}
    contents |= {name.replace("__", "/").replace("_", "."): text for name, text in parts.items()}
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return stream.getvalue()
