"""Small Word documents for tests, written element by element as the forms' templates write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FONT = "仿宋_GB2312"
TEXT_WIDTH = 451.3
"""Width in points of the text column of `section()`."""


def twips(points: float) -> int:
    """Return points as twips."""
    return round(points * 20)


def run_properties(font: str = FONT, size: float = 10.5, extra: str = "") -> str:
    """Return a `w:rPr`."""
    return (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>{extra}'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )


def run(text: str, font: str = FONT, size: float = 10.5, extra: str = "") -> str:
    """Return a `w:r` of text."""
    return f'<w:r>{run_properties(font, size, extra)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def raw_run(content: str, size: float = 10.5, extra: str = "") -> str:
    """Return a `w:r` of any elements."""
    return f"<w:r>{run_properties(size=size, extra=extra)}{content}</w:r>"


def note_mark(identifier: int) -> str:
    """Return the mark of a footnote."""
    return raw_run(f'<w:footnoteReference w:id="{identifier}"/>', extra='<w:vertAlign w:val="superscript"/>')


def field(instruction: str, result: str = "1") -> str:
    """Return a complex field."""
    return (
        raw_run('<w:fldChar w:fldCharType="begin"/>')
        + raw_run(f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>')
        + raw_run('<w:fldChar w:fldCharType="separate"/>')
        + run(result)
        + raw_run('<w:fldChar w:fldCharType="end"/>')
    )


def paragraph(
    content: str = "",
    *,
    line: float = 18,
    rule: str = "exact",
    alignment: str = "left",
    before: float = 0,
    after: float = 0,
    properties: str = "",
    indent: str = "",
    font: str = FONT,
    size: float = 10.5,
) -> str:
    """Return a `w:p`; `content` is plain text or runs. `line` is points, or 240ths under the rule `auto`."""
    if content and not content.startswith("<"):
        content = run(content, font, size)
    measure = round(line) if rule == "auto" else twips(line)
    return (
        f'<w:p><w:pPr>{properties}<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" w:line="{measure}" w:lineRule="{rule}"/>'
        f'{indent}<w:jc w:val="{alignment}"/>{run_properties(font, size)}</w:pPr>{content}</w:p>'
    )


def cell(
    content: str = "",
    width: float = 100,
    *,
    span: int = 1,
    merge: str = "",
    vertical: str = "top",
    properties: str = "",
) -> str:
    """Return a `w:tc`; `content` is plain text or blocks, `merge` is restart, continue or nothing."""
    if not content.startswith("<"):
        content = paragraph(content)
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spanned}{merged}{properties}'
        f'<w:vAlign w:val="{vertical}"/></w:tcPr>{content}</w:tc>'
    )


def row(cells: Sequence[str], *, height: float = 0, rule: str = "atLeast", properties: str = "") -> str:
    """Return a `w:tr`."""
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="{rule}"/>' if height else ""
    return f"<w:tr><w:trPr>{properties}{high}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    columns: Sequence[float],
    rows: Sequence[str],
    *,
    margin: float = 5.4,
    border: str = "single",
    properties: str = "",
    indent: float = 0,
) -> str:
    """Return a `w:tbl` of fixed layout."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="{border}" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{twips(column)}"/>' for column in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(columns))}" w:type="dxa"/>{properties}'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{twips(margin)}" w:type="dxa"/>'
        f'<w:right w:w="{twips(margin)}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def section(
    content: str = "",
    *,
    width: float = 595.3,
    height: float = 841.9,
    margin: float = 72,
    top: float | None = None,
    bottom: float | None = None,
    header: float = 36,
    footer: float = 36,
) -> str:
    """Return a `w:sectPr`, A4 upright with margins of an inch."""
    edges = {"top": margin if top is None else top, "right": margin, "bottom": margin if bottom is None else bottom}
    sides = "".join(f'w:{side}="{twips(length)}" ' for side, length in {**edges, "left": margin}.items())
    return (
        f'<w:sectPr>{content}<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"/><w:pgMar {sides}'
        f'w:header="{twips(header)}" w:footer="{twips(footer)}" w:gutter="0"/></w:sectPr>'
    )


def section_break(properties: str) -> str:
    """Return an empty paragraph that ends a section."""
    return f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{properties}</w:pPr></w:p>'


def document(
    body: str,
    *,
    sections: str | None = None,
    styles: str = "",
    defaults: str = "",
    settings: str = "",
    notes: Sequence[str] = (),
    parts: Mapping[str, str] | None = None,
    theme: str = "",
    core: str = "",
    mode: int = 15,
) -> bytes:
    """Return a .docx.

    `parts` are headers and footers: name (header1, footer1, …, also the relation's identifier) → blocks. `notes` are the texts
    of footnotes 1, 2, …
    """
    files = {
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}{sections or section()}</w:body></w:document>",
        "word/styles.xml": _styles(styles, defaults),
        "word/settings.xml": (
            f'<w:settings {_NAMESPACES}>{settings}<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
            f'w:val="{mode}"/></w:compat></w:settings>'
        ),
        "word/footnotes.xml": _footnotes(notes),
    }
    kinds = {"styles": "styles", "settings": "settings", "footnotes": "footnotes"}
    if theme:
        files["word/theme.xml"] = theme
        kinds["theme"] = "theme"
    for name, content in (parts or {}).items():
        kind = name.rstrip("0123456789")
        tag = "hdr" if kind == "header" else "ftr"
        files[f"word/{name}.xml"] = f"<w:{tag} {_NAMESPACES}>{content}</w:{tag}>"
        kinds[name] = kind
    return _zipped(files, kinds, core)


def _styles(styles: str, defaults: str) -> str:
    properties = run_properties().replace("</w:rPr>", '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>')
    return (
        f"<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault>{properties}</w:rPrDefault>"
        f"<w:pPrDefault>{defaults}</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        f"{styles}</w:styles>"
    )


def _footnotes(notes: Sequence[str]) -> str:
    mark = raw_run("<w:footnoteRef/>", size=9, extra='<w:vertAlign w:val="superscript"/>')
    written = "".join(
        f'<w:footnote w:id="{number}">{paragraph(mark + run(text, size=9), line=12)}</w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    return (
        f'<w:footnotes {_NAMESPACES}><w:footnote w:type="separator" w:id="-1">'
        f"{paragraph('<w:r><w:separator/></w:r>', line=12)}</w:footnote>"
        f'<w:footnote w:type="continuationSeparator" w:id="0">'
        f"{paragraph('<w:r><w:continuationSeparator/></w:r>', line=12)}</w:footnote>{written}</w:footnotes>"
    )


def _zipped(files: Mapping[str, str], kinds: Mapping[str, str], core: str) -> bytes:
    types = {"document": "document.main", "theme": ""}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE}{types.get(kind, kind)}+xml"/>'
        for name, kind in (
            (name, name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")) for name in files
        )
        if kind != "theme"
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
    )
    root = f'<Relationship Id="r1" Type="{_RELATIONS}officeDocument" Target="word/document.xml"/>'
    if core:
        root += f'<Relationship Id="r2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="core.xml"/>'
    written = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            + overrides
            + "</Types>"
        ),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{root}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{relations}</Relationships>',
        **files,
    }
    if core:
        written["core.xml"] = core
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in written.items():
            archive.writestr(name, _XML + text)
    return buffer.getvalue()
