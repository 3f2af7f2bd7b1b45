"""What a file of evidence really is, told from its first bytes and not from its name."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

_HEAD_BYTES = 1024
_PDF = b"%PDF-"


class FileKind(Enum):
    """A kind of file that can be bound into the evidence volume: what people call it, and the suffixes it goes by."""

    PDF = ("PDF", (".pdf",))
    JPEG = ("JPG", (".jpg", ".jpeg", ".jpe", ".jfif"))
    PNG = ("PNG", (".png",))

    def __init__(self, called: str, suffixes: tuple[str, ...]) -> None:
        self.called = called
        self.suffixes = suffixes

    def named_so(self, name: str) -> bool:
        """Whether a file of this kind may be called `name`."""
        return name.lower().endswith(self.suffixes)


_OFFICE = "请用 WPS 或 Word 打开，“输出为 PDF”，再写 PDF 的文件名"
_PICTURE = "请用看图软件打开，另存为 JPG 或 PNG"
_ARCHIVE = "请先解压，把里面的文件逐个写上"
_OTHER = "请打开看看；能打开的，另存（或打印）为 PDF"
_FOREIGN: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\xd0\xcf\x11\xe0", "旧式 Office 文件（doc、xls、ppt）", _OFFICE),
    (0, b"{\\rtf", "RTF 文件", _OFFICE),
    (0, b"Rar!", "RAR 压缩包", _ARCHIVE),
    (0, b"7z\xbc\xaf", "7z 压缩包", _ARCHIVE),
    (0, b"GIF8", "GIF 图片", _PICTURE),
    (0, b"BM", "BMP 图片", _PICTURE),
    (0, b"II*\0", "TIFF 图片", _PICTURE),
    (0, b"MM\0*", "TIFF 图片", _PICTURE),
    (8, b"WEBP", "WebP 图片", _PICTURE),
    (4, b"ftyphei", "HEIC 照片", "请在手机或看图软件里另存为 JPG（苹果手机可在“设置 › 相机 › 格式”里选“兼容性最佳”）"),
    (4, b"ftypmif1", "HEIC 照片", "请在手机或看图软件里另存为 JPG"),
    (4, b"ftyp", "视频", "请截取画面存为 JPG，或者另行提交"),
    (0, b"<", "网页", "请用浏览器打开，打印为 PDF"),
)
_OFD = ("OFD 文件", "请用 OFD 阅读器打开，打印（或转换）为 PDF")
_WORD, _EXCEL, _SLIDES = ("Word 文件", _OFFICE), ("Excel 文件", _OFFICE), ("PowerPoint 文件", _OFFICE)
_ZIPPED = {
    ".ofd": _OFD,
    ".docx": _WORD,
    ".xlsx": _EXCEL,
    ".pptx": _SLIDES,
    ".wps": ("WPS 文件", _OFFICE),
    ".et": ("WPS 文件", _OFFICE),
}
_PARTS = {"word/document.xml": _WORD, "xl/workbook.xml": _EXCEL, "ppt/presentation.xml": _SLIDES, "OFD.xml": _OFD}
"""What a packed file is by a part that it holds, whatever it is called."""


def kind_of(file: Path) -> FileKind | None:
    """Return which kind that can be bound `file` is; None where it is none. Raises OSError when it can't be read."""
    head = _head(file)
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    return FileKind.PDF if _PDF in head else None


def foreign(file: Path) -> tuple[str, str]:
    """Return what a file that can't be bound is, and what to do about it, both in words. Raises OSError when it can't be read."""
    head = _head(file)
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(file.suffix.lower()) or _packed(file)
    found = ((what, remedy) for at, mark, what, remedy in _FOREIGN if head[at : at + len(mark)] == mark)
    return next(found, ("认不出的内容", _OTHER))


def _packed(file: Path) -> tuple[str, str]:
    """Return what a packed file is by what it holds, and what to do about it."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError):
        return "压缩包，或 Office 文件", "Office 文件请“输出为 PDF”；压缩包请先解压"
    return next((found for part, found in _PARTS.items() if part in names), ("压缩包", _ARCHIVE))


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_HEAD_BYTES)
