"""Reading a folder of scans: each page of each file, how large it is, whether it can be used. Nothing is judged by its content."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from generator.errors import MissingError, reason_of
from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass, replace
from generator.package.opening.unheard import unheard
from generator.package.sealing.pictures import PICTURES, Picture, UnusablePictureError, read_picture, shows_nothing
from generator.package.sealing.rules import SealingRules

REGISTER = "登记.json"

_INCH = 25.4
_POINT = 25.4 / 72
_HARMLESS = frozenset({"/Link", "/Popup"})
_DEEPEST = 5


@dataclass(frozen=True)
class ScanPage:
    """One page of a scan: page `number` (from 1) of `file`, whose content has the hash `sha256`.

    `pdf` holds the page as its page `number`, or at its only one where the scan was a picture; `findings` are what is wrong with
    it.
    """

    file: str
    sha256: str
    number: int
    pdf: PdfReader
    findings: Findings = ()

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
    """A file of scans, its pages in order. `file` is its name, behind that of its folder where it lies in one (自我声明/1.jpg)."""

    file: str
    pages: tuple[ScanPage, ...]


def read_scans(source: Path, rules: SealingRules, papers: Collection[str] = ()) -> tuple[tuple[Scan, ...], Findings]:
    """Return the scans in the folder `source`, or of the file that it is, by name as a person sorts them, and what is wrong with them.

    PDF, JPG and PNG are scans. Of folders those are opened that are called after one of `papers`, a folder or other file that is
    not used is told of, hidden files are passed over. A file that can't be opened is left out; what is wrong with a page it tells
    itself. Raises MissingError when there is no such folder or file.
    """
    scans: list[Scan] = []
    found: list[Finding] = []
    for path, name in _files(source, papers, found):
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            found.append(_unknown(name))
            continue
        try:
            with unheard():
                scan, told = reader(name, path.read_bytes(), rules)
        except UnusablePictureError as error:
            told, scan = (_unusable(name, str(error)),), None
        except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else error
            told, scan = (_unusable(name, f"文件打不开（{reason}）"),), None
        found += told
        if scan is not None:
            scans.append(scan)
    return tuple(scans), tuple(found)


def _files(source: Path, papers: Collection[str], found: list[Finding]) -> list[tuple[Path, str]]:
    """Return the files that may be scans, each with its name; put the folders that are passed over into `found`."""
    if source.is_file():
        return [(source, source.name)]
    try:
        inside = [path for path in source.iterdir() if not _is_hidden(path)]
        folders = [path for path in inside if path.is_dir()]
        files = [(path, path.name) for path in inside if path.is_file()]
        for folder in folders:
            below = [path for path in folder.iterdir() if path.is_file() and not _is_hidden(path)]
            if any(paper in folder.name for paper in papers):
                files += [(path, f"{folder.name}/{path.name}") for path in below]
            elif any(path.suffix.lower() in _READERS for path in below):
                found.append(_unused_folder(folder.name, papers))
    except OSError as error:
        raise MissingError(f"读不到扫描件 {source}：{reason_of(error)}。", "请检查 --scans 后面的路径。") from error
    return sorted(files, key=lambda file: _order(file[1]))


def _is_hidden(path: Path) -> bool:
    return path.name in (REGISTER, "Thumbs.db") or path.name.startswith((".", "~$"))


def _order(name: str) -> list[tuple[int, int, str]]:
    """Return what to sort by: digits as numbers."""
    parts = re.split(r"([0-9]+)", name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _read_pdf(name: str, content: bytes, rules: SealingRules) -> tuple[Scan | None, Findings]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        return None, (_unusable(name, "PDF 有密码或限制"),)
    digest = hashlib.sha256(content).hexdigest()
    pages = tuple(ScanPage(name, digest, number, reader) for number in range(1, len(reader.pages) + 1))
    if not pages:
        return None, (_unusable(name, "PDF 里没有页"),)
    return Scan(name, tuple(replace(page, findings=tuple(_examine_page(page, rules))) for page in pages)), ()


def _read_picture(name: str, content: bytes, rules: SealingRules) -> tuple[Scan | None, Findings]:
    picture = read_picture(content, rules.paper)
    page = ScanPage(name, hashlib.sha256(content).hexdigest(), 1, PdfReader(io.BytesIO(picture.pdf)))
    return Scan(name, (replace(page, findings=tuple(_examine_picture(page, picture, rules))),)), ()


_READERS = {".pdf": _read_pdf, **dict.fromkeys(PICTURES, _read_picture)}


def _examine_page(scan: ScanPage, rules: SealingRules) -> Iterator[Finding]:
    page = scan.page
    width, height = _millimetres(page)
    if not rules.paper.matches(width, height):
        yield _wrong_size(scan, f"{width:.0f}×{height:.0f} 毫米", rules)
    if any(kind not in _HARMLESS for kind in _notes(page)):
        yield _annotated(scan)
    widest = max(_picture_widths(page, 0), default=0)
    if widest:
        yield from _examine_dots(scan, widest / min(width, height) * _INCH, rules)
    else:
        yield _no_picture(scan)


def _examine_picture(scan: ScanPage, picture: Picture, rules: SealingRules) -> Iterator[Finding]:
    size = picture.millimetres
    if size is None or not rules.paper.matches(*size):
        if not rules.paper.has_shape_of(picture.width, picture.height, rules.ratio_tolerance):
            told = f"{picture.width}×{picture.height} 点"
            yield _wrong_size(scan, told + (f"，{size[0]:.0f}×{size[1]:.0f} 毫米" if size else ""), rules)
            return
        if size is not None:
            yield _size_not_credible(scan, size, rules)
    yield from _examine_dots(scan, min(picture.width, picture.height) / rules.paper.width * _INCH, rules)
    if picture.flattened:
        yield _flattened(scan)


def _examine_dots(scan: ScanPage, dots: float, rules: SealingRules) -> Iterator[Finding]:
    if rules.is_coarse(dots):
        yield _coarse(scan, dots, rules)


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


def is_blank(scan: ScanPage) -> bool:
    """Whether next to nothing is to be seen on the page, the edges left out, where scanners leave shadows."""
    try:
        pictures = [one.image for one in scan.page.images]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError):
        return False
    return all(picture is None or shows_nothing(picture) for picture in pictures)


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


def page_path(*numbers: int) -> str:
    """Return what findings call pages of a scan: 第1、2页."""
    return f"第{'、'.join(map(str, numbers))}页"


def _unusable(name: str, why: str) -> Finding:
    """S101: a scan can't be read or used."""
    return Finding(
        code="S101",
        severity=Severity.MUST,
        message=f"扫描件不能用：{why}",
        position=Position(name),
        remedy="请重新扫描，或另存为不带密码的 PDF、JPG、PNG。",
    )


def _unknown(name: str) -> Finding:
    """S102: a file of no kind that scans have."""
    return Finding(
        code="S102",
        severity=Severity.CHECK,
        message="不是 PDF、JPG 或 PNG，没有使用",
        position=Position(name),
        remedy="是扫描件的，请另存为 PDF、JPG 或 PNG；不是的，请移出这个文件夹。",
    )


def _unused_folder(name: str, papers: Collection[str]) -> Finding:
    """S102: a folder with scans that is called after no paper."""
    return Finding(
        code="S102",
        severity=Severity.CHECK,
        message="这个文件夹里的扫描件没有使用",
        position=Position(name),
        remedy="要用的，请把文件夹改成材料的名称"
        + (f"（{'、'.join(papers)}）" if papers else "")
        + "，或把扫描件移到外面一层；不用的不必管。",
    )


def _wrong_size(scan: ScanPage, found: str, rules: SealingRules) -> Finding:
    """S107: a scan is not of the paper's size."""
    paper = rules.paper
    return Finding(
        code="S107",
        severity=Severity.MUST,
        message="不是 A4 大小",
        path=page_path(scan.number),
        position=Position(scan.file),
        found=found,
        expected=f"{paper.width:g}×{paper.height:g} 毫米，可差 {paper.tolerance:g} 毫米",
        remedy="请用扫描仪按 A4、原尺寸重新扫描整页；用手机拍的，请用扫描软件裁成整页。",
    )


def _coarse(scan: ScanPage, dots: float, rules: SealingRules) -> Finding:
    """S109: a scan has few dots."""
    return Finding(
        code="S109",
        severity=Severity.CHECK,
        message="扫描得不够清楚",
        path=page_path(scan.number),
        position=Position(scan.file),
        found=f"约 {dots:.0f} dpi",
        expected=f"{rules.resolution:g} dpi 以上",
        remedy="请看签字、印文是否清楚；不清楚的，请用 300 dpi 重新扫描。",
    )


def _size_not_credible(scan: ScanPage, size: Sequence[float], rules: SealingRules) -> Finding:
    """S110: what a picture says of its size is not that of the paper, though its shape is."""
    return Finding(
        code="S110",
        severity=Severity.NOTE,
        message="图片注明的大小不是 A4，但长宽比是，按 A4 放入",
        position=Position(scan.file),
        found=f"{size[0]:.0f}×{size[1]:.0f} 毫米",
        expected=f"{rules.paper.width:g}×{rules.paper.height:g} 毫米",
        remedy="请在签章版里看一下这一页，整页都在就可以。",
    )


def _annotated(scan: ScanPage) -> Finding:
    """S114: a page of a PDF carries notes, stamps or signature fields that are no part of its picture."""
    return Finding(
        code="S114",
        severity=Severity.MUST,
        message="页上有批注、图章或电子签名，不是纸面的扫描",
        path=page_path(scan.number),
        position=Position(scan.file),
        remedy="换页时这些会丢掉，所以没有用。请打印出来扫描；或者打开后用“打印为 PDF”另存，再放进来。",
    )


def _flattened(scan: ScanPage) -> Finding:
    """S115: a picture had transparent parts."""
    return Finding(
        code="S115",
        severity=Severity.NOTE,
        message="图片有透明的部分，按白底放入",
        position=Position(scan.file),
        remedy="请在签章版里看一下这一页。",
    )


def _no_picture(scan: ScanPage) -> Finding:
    """S116: a page of a PDF holds no picture, so it can hardly be a scan."""
    return Finding(
        code="S116",
        severity=Severity.MUST,
        message="页里没有图像，不是扫描件",
        path=page_path(scan.number),
        position=Position(scan.file),
        remedy="像是直接导出的、没有签章的 PDF。请把签字盖章的纸面扫描成 PDF、JPG 或 PNG。",
    )
