"""Reading a folder of scans: each page of each file, how large it is, whether it can be used. Nothing is judged by its content."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from generator.errors import MissingError, reason_of
from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass
from generator.package.sealing.pictures import PICTURES, Picture, UnusablePictureError, read_picture
from generator.package.sealing.rules import SealingRules

REGISTER = "登记.json"

_INCH = 25.4
_POINT = 25.4 / 72
_HARMLESS = frozenset({"/Link", "/Popup"})
_DEEPEST = 5


@dataclass(frozen=True)
class ScanPage:
    """One page of a scan: page `number` (from 1) of `file`, whose content has the hash `sha256`.

    `pdf` holds the page as its page `number`, or at its only one where the scan was a picture.
    """

    file: str
    sha256: str
    number: int
    pdf: PdfReader

    @property
    def page(self) -> PageObject:
        """The page itself."""
        return self.pdf.pages[self.number - 1]

    @property
    def name(self) -> str:
        """What a clerk calls it."""
        return f"{self.file} 第{self.number}页" if len(self.pdf.pages) > 1 else self.file


@dataclass(frozen=True)
class Scan:
    """A file of scans, its pages in order."""

    file: str
    pages: tuple[ScanPage, ...]


def read_scans(folder: Path, rules: SealingRules) -> tuple[tuple[Scan, ...], Findings]:
    """Return the scans in `folder`, by name as a person sorts them (2 before 10), and what is wrong with them.

    PDF, JPG and PNG are scans; folders and hidden files are passed over, other files told of. A file with a page that can't be
    used is left out. Raises MissingError when there is no such folder.
    """
    try:
        files = sorted((path for path in folder.iterdir() if _may_be_a_scan(path)), key=lambda path: _order(path.name))
    except OSError as error:
        raise MissingError(
            f"读不到扫描件文件夹 {folder}：{reason_of(error)}。", "请检查 --scans 后面的路径。"
        ) from error
    scans: list[Scan] = []
    found: list[Finding] = []
    for path in files:
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            found.append(_unknown(path))
            continue
        try:
            scan, told = reader(path, path.read_bytes(), rules)
        except UnusablePictureError as error:
            told, scan = (_unusable(path, str(error)),), None
        except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            told, scan = (_unusable(path, f"文件打不开（{error}）"),), None
        found += told
        if scan is not None:
            scans.append(scan)
    return tuple(scans), tuple(found)


def _may_be_a_scan(path: Path) -> bool:
    return (
        path.is_file() and path.name != REGISTER and not path.name.startswith((".", "~$")) and path.name != "Thumbs.db"
    )


def _order(name: str) -> list[tuple[int, int, str]]:
    """Return what to sort by: digits as numbers."""
    parts = re.split(r"([0-9]+)", name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _read_pdf(path: Path, content: bytes, rules: SealingRules) -> tuple[Scan | None, Findings]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        return None, (_unusable(path, "PDF 有密码或限制"),)
    digest = hashlib.sha256(content).hexdigest()
    pages = tuple(ScanPage(path.name, digest, number, reader) for number in range(1, len(reader.pages) + 1))
    if not pages:
        return None, (_unusable(path, "PDF 里没有页"),)
    found = tuple(finding for page in pages for finding in _examine(path, page, rules))
    return Scan(path.name, pages), found


def _examine(path: Path, scan: ScanPage, rules: SealingRules) -> Iterator[Finding]:
    page = scan.page
    width, height = _millimetres(page)
    if not rules.paper.matches(width, height):
        yield _wrong_size(path, scan.number, f"{width:.0f}×{height:.0f} 毫米", rules)
    if any(kind not in _HARMLESS for kind in _notes(page)):
        yield _annotated(path, scan.number)
    widest = max(_picture_widths(page, 0), default=0)
    dots = widest / min(width, height) * _INCH
    if not widest:
        yield _no_picture(path, scan.number)
    elif rules.is_coarse(dots):
        yield _coarse(path, scan.number, dots, rules)


def _notes(page: PageObject) -> Iterator[str]:
    """Yield the kinds of the notes, stamps and fields on a page."""
    notes = entry_of(page, "/Annots")
    for note in notes if isinstance(notes, ArrayObject) else ():
        yield str(entry_of(note.get_object(), "/Subtype"))


def entry_of(value: object, name: str) -> object:
    """Return what a PDF dictionary holds by `name`, followed to where it stands; None where it holds nothing or is none."""
    return value[name] if isinstance(value, DictionaryObject) and name in value else None


def _millimetres(page: PageObject) -> tuple[float, float]:
    """Return width and height of the page as it is shown."""
    unit = float(page.user_unit) * _POINT
    width, height = float(page.cropbox.width) * unit, float(page.cropbox.height) * unit
    return (height, width) if page.rotation % 180 else (width, height)


def is_upright(page: PageObject) -> bool:
    """Whether the page, as it is shown, is higher than wide."""
    width, height = _millimetres(page)
    return height >= width


def _picture_widths(drawer: object, depth: int) -> Iterator[int]:
    """Yield the shorter sides, in dots, of the pictures that a page or form draws, in forms too."""
    objects = entry_of(entry_of(drawer, "/Resources"), "/XObject")
    for reference in objects.values() if isinstance(objects, DictionaryObject) and depth < _DEEPEST else ():
        entry = reference.get_object()
        if not isinstance(entry, StreamObject):
            continue
        if entry_of(entry, "/Subtype") == "/Image":
            yield min(int(str(entry["/Width"])), int(str(entry["/Height"])))
        else:
            yield from _picture_widths(entry, depth + 1)


def _read_picture(path: Path, content: bytes, rules: SealingRules) -> tuple[Scan | None, Findings]:
    picture = read_picture(content, rules.paper)
    reader = PdfReader(io.BytesIO(picture.pdf))
    page = ScanPage(path.name, hashlib.sha256(content).hexdigest(), 1, reader)
    return Scan(path.name, (page,)), tuple(_examine_picture(path, picture, rules))


def _examine_picture(path: Path, picture: Picture, rules: SealingRules) -> Iterator[Finding]:
    size = picture.millimetres
    if size is None or not rules.paper.matches(*size):
        if not rules.paper.has_shape_of(picture.width, picture.height, rules.ratio_tolerance):
            told = f"{picture.width}×{picture.height} 点"
            yield _wrong_size(path, 1, told + (f"，{size[0]:.0f}×{size[1]:.0f} 毫米" if size else ""), rules)
            return
        if size is not None:
            yield _size_not_credible(path, size, rules)
    dots = min(picture.width, picture.height) / rules.paper.width * _INCH
    if rules.is_coarse(dots):
        yield _coarse(path, 1, dots, rules)
    if picture.flattened:
        yield _flattened(path)


_READERS = {".pdf": _read_pdf, **dict.fromkeys(PICTURES, _read_picture)}


def _unusable(path: Path, why: str) -> Finding:
    """S101: a scan can't be read or used."""
    return Finding(
        code="S101",
        severity=Severity.MUST,
        message=f"扫描件不能用：{why}",
        position=Position(path.name),
        remedy="请重新扫描，或另存为不带密码的 PDF、JPG、PNG。",
    )


def _unknown(path: Path) -> Finding:
    """S102: a file of no kind that scans have."""
    return Finding(
        code="S102",
        severity=Severity.CHECK,
        message="不是 PDF、JPG 或 PNG，没有使用",
        position=Position(path.name),
        remedy="是扫描件的，请另存为 PDF、JPG 或 PNG；不是的，请移出这个文件夹。",
    )


def _wrong_size(path: Path, number: int, found: str, rules: SealingRules) -> Finding:
    """S107: a scan is not of the paper's size."""
    paper = rules.paper
    return Finding(
        code="S107",
        severity=Severity.MUST,
        message=f"第{number}页不是 A4 大小",
        position=Position(path.name),
        found=found,
        expected=f"{paper.width:g}×{paper.height:g} 毫米，可差 {paper.tolerance:g} 毫米",
        remedy="请用扫描仪按 A4、原尺寸重新扫描整页；用手机拍的，请用扫描软件裁成整页。",
    )


def _coarse(path: Path, number: int, dots: float, rules: SealingRules) -> Finding:
    """S109: a scan has few dots."""
    return Finding(
        code="S109",
        severity=Severity.CHECK,
        message=f"第{number}页扫描得不够清楚",
        position=Position(path.name),
        found=f"约 {dots:.0f} dpi",
        expected=f"{rules.resolution:g} dpi 以上",
        remedy="请看签字、印文是否清楚；不清楚的，请用 300 dpi 重新扫描。",
    )


def _size_not_credible(path: Path, size: Sequence[float], rules: SealingRules) -> Finding:
    """S110: what a picture says of its size is not that of the paper, though its shape is."""
    return Finding(
        code="S110",
        severity=Severity.NOTE,
        message="图片注明的大小不是 A4，但长宽比是，按 A4 放入",
        position=Position(path.name),
        found=f"{size[0]:.0f}×{size[1]:.0f} 毫米",
        expected=f"{rules.paper.width:g}×{rules.paper.height:g} 毫米",
        remedy="请在签章版里看一下这一页，整页都在就可以。",
    )


def _annotated(path: Path, number: int) -> Finding:
    """S114: a page of a PDF carries notes, stamps or signature fields that are no part of its picture."""
    return Finding(
        code="S114",
        severity=Severity.MUST,
        message=f"第{number}页上有批注、图章或电子签名，不是纸面的扫描",
        position=Position(path.name),
        remedy="换页时这些会丢掉，所以没有用。请打印出来扫描；或者打开后用“打印为 PDF”另存，再放进来。",
    )


def _flattened(path: Path) -> Finding:
    """S115: a picture had transparent parts."""
    return Finding(
        code="S115",
        severity=Severity.NOTE,
        message="图片有透明的部分，按白底放入",
        position=Position(path.name),
        remedy="请在签章版里看一下这一页。",
    )


def _no_picture(path: Path, number: int) -> Finding:
    """S116: a page of a PDF holds no picture, so it can hardly be a scan."""
    return Finding(
        code="S116",
        severity=Severity.MUST,
        message=f"第{number}页里没有图像，不是扫描件",
        position=Position(path.name),
        remedy="像是直接导出的、没有签章的 PDF。请把签字盖章的纸面扫描成 PDF、JPG 或 PNG。",
    )
