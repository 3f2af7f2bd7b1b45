"""Reading evidence: every file looked through before anything is bound, what is wrong with it told with the item's name."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cluster.filekinds import FileKind, foreign, kind_of
from generator.errors import reason_of
from generator.findings import Finding
from generator.frozen import replace
from generator.package.evidence import pdf_files
from generator.package.evidence.boxes import seen
from generator.package.evidence.page_digests import page_digests
from generator.package.evidence.paper import A4, MILLIMETRE, SourcePage, fits
from generator.package.evidence.pdf_extras import Extras, extras_of
from generator.package.evidence.pictures import BrokenPictureError, HugePictureError, look_at
from generator.package.evidence.source import EvidenceItem, ReadItem, Source
from generator.package.evidence.troubles import Trouble, told
from generator.package.manifest import Skipped
from generator.progress import Progress, silent

if TYPE_CHECKING:
    import pikepdf

MOST_BYTES = 300_000_000
MOST_PAGES = 2_000
_MOST_NAMED = 5
_SMALL = 0.5
_UNSIZED = "MediaBox is undefined"  # what qpdf says of a page without a size, and gives it one
_STEP = "查看佐证材料"
_WHY_NOT = "佐证材料册只装印得出来的页"


def read_evidence(items: Sequence[EvidenceItem], folder: Path, progress: Progress = silent) -> tuple[ReadItem, ...]:
    """Look through all files of `items` in the cluster folder `folder`.

    Nothing is raised for a bad file: its `Source` tells what is wrong, for those who read and as findings. What loading the
    cluster tells already (missing, outside the folder, empty, of a foreign kind) is not told again.
    """
    read = []
    with pdf_files.limited():
        for number, item in enumerate(items):
            progress(_STEP, number, len(items))
            read.append(ReadItem(item, tuple(_Reader(item, file, folder / file).read() for file in item.files)))
    progress(_STEP, len(items), len(items))
    return tuple(read)


class _Reader:
    """Reads one file of one item; gathers what is found on the way."""

    def __init__(self, item: EvidenceItem, file: str, path: Path) -> None:
        self._item = item
        self._file = file
        self._path = path
        self._called = f"佐证材料“{item.name}”："
        self._findings: list[Finding] = []
        self._skipped: list[Skipped] = []
        self._too_deep = False

    def read(self) -> Source:
        """Return the file as a source; one that can't be bound has no pages and says why."""
        try:
            status = self._path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size == 0:
                return self._source("文件是空的（0 字节）")
            if status.st_size > MOST_BYTES:
                self._tell(
                    Trouble.FILE_TOO_BIG,
                    "文件太大，没有读",
                    found=f"{status.st_size / 1e6:.0f} MB",
                    expected=f"不超过 {MOST_BYTES // 1_000_000} MB",
                    remedy="请降低扫描分辨率（300 dpi 足够），或分成几个文件",
                )
                return self._source("文件太大")
            kind = kind_of(self._path)
            if kind is None:
                return self._source(f"是{foreign(self._path)[0]}，不能装订")
            pages = self._pdf() if kind is FileKind.PDF else self._picture(kind)
        except OSError as error:
            return self._unusable(
                Trouble.UNOPENABLE, f"文件读不到（{reason_of(error)}）", "请检查文件能否打开、有没有读的权限"
            )
        if not pages:
            return self._source(self._findings[-1].message.removeprefix(self._called))
        return Source(
            self._file,
            self._path,
            kind,
            pages,
            findings=tuple(self._findings),
            skipped=tuple(self._skipped),
            size=status.st_size,
            changed=status.st_mtime_ns,
            too_deep=self._too_deep,
        )

    def _picture(self, kind: FileKind) -> tuple[SourcePage, ...]:
        try:
            picture = look_at(self._path, kind)
        except HugePictureError:
            self._tell(
                Trouble.PICTURE_TOO_BIG, "图片的像素太多，没有解开", remedy="请把图片缩小后另存；扫描 300 dpi 足够"
            )
            return ()
        except BrokenPictureError as error:
            self._tell(Trouble.INCOMPLETE, str(error), remedy="请重新扫描或重新拷贝这个文件")
            return ()
        self._too_deep = picture.too_deep
        if picture.too_deep:
            self._tell(Trouble.DEPTH_REDUCED, "16 位的图片（带透明或隔行扫描）按 8 位装入，印出来没有分别")
        return (picture.page,)

    def _pdf(self) -> tuple[SourcePage, ...]:
        try:
            promised = pdf_files.pages_promised(self._path)
            with pdf_files.open_pdf(self._path) as pdf, pdf_files.distrusted():
                return self._pages(pdf, promised)
        except pdf_files.LockedPdfError:
            self._tell(
                Trouble.LOCKED, "要密码才能打开", remedy="请用密码打开后另存（或打印）为不加密的 PDF，再替换这个文件"
            )
        except pdf_files.UnopenablePdfError:
            self._tell(
                Trouble.UNOPENABLE, "PDF 损坏，修复不了", remedy="请重新导出或重新扫描；从别处拷来的，请重新拷贝"
            )
        except pdf_files.HugePictureInPdfError as error:
            self._tell(
                Trouble.PICTURE_TOO_BIG, "图片的像素太多，没有解开", found=str(error), remedy="请降低分辨率，重新导出"
            )
        except pdf_files.HugePdfError as error:
            self._tell(
                Trouble.UNPACKS_TOO_BIG, "文件展开后太大，没有装入", found=str(error), remedy="请重新导出或重新扫描"
            )
        except pdf_files.BrokenStreamError as error:
            self._tell(Trouble.INCOMPLETE, "PDF 有缺损", found=str(error), remedy="请重新导出或重新扫描")
        return ()

    def _pages(self, pdf: pikepdf.Pdf, promised: int | None) -> tuple[SourcePage, ...]:
        count = len(pdf.pages)
        complaints = pdf.get_warnings()
        if count > MOST_PAGES:
            self._tell(
                Trouble.TOO_MANY_PAGES,
                "页数太多，没有装入",
                found=f"{count} 页",
                expected=f"不超过 {MOST_PAGES} 页",
                remedy="请摘取要用的页，或分成几个文件",
            )
            return ()
        if not count:
            self._tell(Trouble.INCOMPLETE, "里面一页也没有", remedy="请重新导出或重新扫描")
            return ()
        extras = extras_of(pdf)
        pdf_files.print_annotations(pdf)
        cleaner = pdf_files.Cleaner(thorough=True)
        for page in pdf.pages:
            cleaner.clean(page)
        if not self._all_there(pdf, promised, count, complaints):
            return ()
        if pdf.is_encrypted:
            self._tell(Trouble.UNLOCKED, "文件限制编辑或打印（不用密码就能打开），已照常装入")
        if pdf_files.is_blank(pdf):
            self._tell(Trouble.BLANK, "各页都是空白的", found=f"{count} 页", remedy="请打开看看；有内容的，请重新导出")
        self._tell_extras(extras)
        self._tell_fonts(sorted(cleaner.fonts_missing))
        digests = page_digests(pdf) or ("",) * count
        pages = tuple(
            replace(self._page(page, number), digest=digest)
            for number, (page, digest) in enumerate(zip(pdf.pages, digests, strict=True), start=1)
        )
        self._tell_shrunk(pages)
        return pages

    def _all_there(self, pdf: pikepdf.Pdf, promised: int | None, count: int, complaints: Sequence[str]) -> bool:
        """Tell of a file that had to be mended. False where something of it is lost."""
        remedy = "请重新导出、重新扫描或重新拷贝这个文件"
        if promised is not None and promised > count:
            found, expected = f"只读出 {count} 页", f"{promised} 页"
            self._tell(Trouble.INCOMPLETE, "PDF 缺了几页", found=found, expected=expected, remedy=remedy)
            return False
        if any(_UNSIZED in complaint for complaint in complaints):
            self._tell(Trouble.PAGE_SIZE_MENDED, "有的页没有写明页面尺寸，或写得不对，按 216×279 毫米装入")
        elif complaints and not pdf_files.is_whole(pdf, self._path):
            self._tell(Trouble.INCOMPLETE, "PDF 缺了一截", remedy=remedy)
            return False
        elif complaints:
            remedy = "请翻看册里这几页是否完整；不放心就重新导出"
            self._tell(Trouble.REPAIRED, "文件有损坏，已修复", found=f"读出 {count} 页", remedy=remedy)
        return True

    def _page(self, page: pikepdf.Page, number: int) -> SourcePage:
        found = seen(page)
        if found.guessed:
            self._tell(Trouble.PAGE_SIZE_MENDED, f"第 {number} 页没有写明页面尺寸，或写得不对，按 A4 装入")
        return found.page

    def _tell_shrunk(self, pages: Sequence[SourcePage]) -> None:
        """Tell of pages that are far larger than any sheet: they are printed, but who can read them?"""
        large = [
            (number, page)
            for number, page in enumerate(pages, start=1)
            if not fits(page.width * _SMALL, page.height * _SMALL, A4)
        ]
        if large:
            number, page = large[0]
            more = f"等 {len(large)} 页" if len(large) > 1 else ""
            size = f"{page.width / MILLIMETRE:.0f}×{page.height / MILLIMETRE:.0f} 毫米"
            self._tell(
                Trouble.SHRUNK,
                f"第 {number} 页{more}比纸大得多，缩印以后字可能看不清",
                found=size,
                remedy="请翻看册里的这一页；看不清的，请分页另存",
            )

    def _tell_fonts(self, names: Sequence[str]) -> None:
        if names:
            listed = "、".join(names[:_MOST_NAMED]) + (f"等 {len(names)} 种" if len(names) > _MOST_NAMED else "")
            remedy = "换一台电脑可能显示不同；可以用“打印为 PDF”重存这份佐证"
            self._tell(Trouble.FONTS_MISSING, "PDF 里没有带所用的字体", found=listed, remedy=remedy)

    def _tell_extras(self, extras: Extras) -> None:
        if extras.actions:
            self._tell(Trouble.SCRIPTS_LEFT_OUT, "文件里的脚本、动作没有装入，页面照印")
            self._skipped.append(Skipped(f"{self._file} 里的脚本、动作", _WHY_NOT))
        if extras.attachments or extras.films:
            names = "、".join(extras.attachments[:_MOST_NAMED]) or "影音"
            names += f"等 {len(extras.attachments)} 个" if len(extras.attachments) > _MOST_NAMED else ""
            message = "这是 PDF 包，正文在附件里，附件没有装入" if extras.portfolio else "文件带有附件或影音，没有装入"
            remedy = "附件也要作佐证的，请另存出来，在“文件”里另写一项"
            self._tell(Trouble.ATTACHMENTS_LEFT_OUT, message, found=names, remedy=remedy)
            self._skipped.append(Skipped(f"{self._file} 的附件：{names}", _WHY_NOT))
        if extras.unprinted or extras.shifting:
            names = "、".join(extras.unprinted[:_MOST_NAMED]) or "动态表单"
            remedy = "请用 PDF 阅读器打开，“打印为 PDF”后替换这个文件"
            self._tell(Trouble.FIELDS_UNPRINTED, "表单里填的字可能印不出来", found=names, remedy=remedy)
        if extras.signed:
            remedy = "需要验证签名的，请另附原文件"
            self._tell(Trouble.SIGNATURE_BROKEN, "文件带电子签名；装入册里只印出签章的样子，不再能验证", remedy=remedy)

    def _tell(self, trouble: Trouble, message: str, *, found: str = "", expected: str = "", remedy: str = "") -> None:
        self._findings.append(
            told(
                trouble,
                self._called + message,
                self._item.name,
                self._item.position,
                file=self._file,
                found=found,
                expected=expected,
                remedy=remedy,
            )
        )

    def _unusable(self, trouble: Trouble, message: str, remedy: str) -> Source:
        self._tell(trouble, message, remedy=remedy)
        return self._source(message)

    def _source(self, refused: str) -> Source:
        return Source(self._file, self._path, refused=refused, findings=tuple(self._findings))
