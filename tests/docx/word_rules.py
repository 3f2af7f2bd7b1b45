"""What Word insists on in a .docx, as a list of the places where a file breaks it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
    "divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblCellMar": "top left start bottom right end",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "settings": "zoom hideSpellingErrors hideGrammaticalErrors proofState defaultTabStop evenAndOddHeaders characterSpacingControl "
    "footnotePr endnotePr compat themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "styles": "docDefaults latentStyles style",
}  # fmt: skip
_ORDER = {f"{WORD}{name}": [f"{WORD}{child}" for child in order.split()] for name, order in _ORDERS.items()}
_NUMBERED = ("bookmarkStart", "bookmarkEnd", "footnote")


def broken_rules(docx: bytes) -> list[str]:
    """Each rule that the file breaks, in words; empty when Word would open it without repair."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    roots = {name: etree.fromstring(content) for name, content in contents.items() if name.endswith((".xml", ".rels"))}
    found = [*_package_rules(roots)]
    for name, root in roots.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            found += [f"{name}: {problem}" for problem in _part_rules(root)]
    document = roots["word/document.xml"]
    return found + _reference_rules(document, roots)


def _package_rules(roots: dict[str, etree._Element]) -> Iterator[str]:
    present = set(roots)
    typed = {str(entry.get("PartName")).lstrip("/") for entry in roots["[Content_Types].xml"] if entry.get("PartName")}
    defaults = {entry.get("Extension") for entry in roots["[Content_Types].xml"]}
    for name in present - {"[Content_Types].xml"}:
        if name not in typed and name.rsplit(".", 1)[-1] not in defaults:
            yield f"{name} has no content type"
    for name in typed - present:
        yield f"content type for {name}, which is missing"
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for entry in root:
            target = posixpath.normpath(posixpath.join(folder, str(entry.get("Target")))).lstrip("/")
            if entry.get("TargetMode") != "External" and target not in present:
                yield f"{name} refers to {target}, which is missing"


def _part_rules(root: etree._Element) -> Iterator[str]:
    for node in root.iter(*_ORDER):
        order = _ORDER[str(node.tag)]
        places = [order.index(str(child.tag)) if child.tag in order else -1 for child in node]
        if -1 in places:
            yield f"{_short(node)} holds {_short(node[places.index(-1)])}"
        elif places != sorted(places):
            yield f"{_short(node)} has its children out of order: {[_short(child) for child in node]}"
    for cell in root.iter(f"{WORD}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{WORD}p":
            yield "a cell does not end in a paragraph"
    for name in _NUMBERED:
        counts = Counter(node.get(f"{WORD}id") for node in root.iter(f"{WORD}{name}"))
        yield from (f"{name} {number} stands {count} times" for number, count in counts.items() if count > 1)


def _reference_rules(document: etree._Element, roots: dict[str, etree._Element]) -> list[str]:
    found = []
    starts = {node.get(f"{WORD}id"): str(node.get(f"{WORD}name")) for node in document.iter(f"{WORD}bookmarkStart")}
    if set(starts) != {node.get(f"{WORD}id") for node in document.iter(f"{WORD}bookmarkEnd")}:
        found.append("bookmarks that begin and bookmarks that end are not the same")
    found += [f"bookmark {name} is too long" for name in starts.values() if len(name) > 40]
    found += [f"bookmark {name} stands twice" for name, count in Counter(starts.values()).items() if count > 1]
    styles = {str(node.get(f"{WORD}styleId")) for node in roots["word/styles.xml"].iter(f"{WORD}style")}
    kinds = ("pStyle", "rStyle", "tblStyle", "basedOn")
    for root in roots.values():
        used = {str(node.get(f"{WORD}val")) for kind in kinds for node in root.iter(f"{WORD}{kind}")}
        found += [f"style {name} is not defined" for name in used - styles]
    relations = {str(entry.get("Id")) for entry in roots["word/_rels/document.xml.rels"]}
    attributes = [pair for node in document.iter() for pair in node.attrib.items()]
    referred = {str(value) for name, value in attributes if str(name).startswith(RELATION)}
    found += [f"relation {name} is not defined" for name in referred - relations]
    for table in document.iter(f"{WORD}tbl"):
        found += _table_rules(table)
    return found


def _table_rules(table: etree._Element) -> Iterator[str]:
    """Rows fill the grid, and cells are as wide as the columns that they cover."""
    widths = [int(str(column.get(f"{WORD}w"))) for column in table.iterfind(f"{WORD}tblGrid/{WORD}gridCol")]
    for row in table.iterfind(f"{WORD}tr"):
        column = 0
        for cell in row.iterfind(f"{WORD}tc"):
            span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
            count = 1 if span is None else int(str(span.get(f"{WORD}val")))
            width = cell.find(f"{WORD}tcPr/{WORD}tcW")
            if width is None or int(str(width.get(f"{WORD}w"))) != sum(widths[column : column + count]):
                yield "a cell is not as wide as its columns"
            column += count
        if column != len(widths):
            yield f"a row covers {column} of {len(widths)} columns"


def _short(node: etree._Element) -> str:
    return str(node.tag).replace(WORD, "w:")
