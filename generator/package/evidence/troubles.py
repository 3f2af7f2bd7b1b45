"""The permanent codes of what reading and binding evidence can find. docs/evidence.md lists them."""

from __future__ import annotations

from enum import Enum

from generator.findings import PATH_MARK, Finding, Position, Severity

MUST, CHECK, NOTE = Severity.MUST, Severity.CHECK, Severity.NOTE


class Trouble(Enum):
    """Code, severity and short title of each kind of finding. Codes are never reused and never change their meaning."""

    UNOPENABLE = ("E101", MUST, "文件打不开")
    LOCKED = ("E102", MUST, "文件加了密码")
    INCOMPLETE = ("E103", MUST, "文件不完整")
    TOO_MANY_PAGES = ("E104", MUST, "页数太多")
    UNPACKS_TOO_BIG = ("E105", MUST, "文件展开后太大")
    PICTURE_TOO_BIG = ("E106", MUST, "图片的像素太多")
    FILE_TOO_BIG = ("E107", MUST, "文件太大")
    REPAIRED = ("E201", NOTE, "文件有损坏，已修复")
    UNLOCKED = ("E202", NOTE, "文件限制编辑或打印")
    PAGE_SIZE_MENDED = ("E203", NOTE, "页面尺寸不对")
    SHRUNK = ("E204", CHECK, "缩得太小")
    DEPTH_REDUCED = ("E205", NOTE, "图片转成了八位")
    SCRIPTS_LEFT_OUT = ("E206", NOTE, "脚本、动作没有装入")
    ATTACHMENTS_LEFT_OUT = ("E207", CHECK, "附件没有装入")
    FIELDS_UNPRINTED = ("E208", CHECK, "表单里的字可能印不出")
    SIGNATURE_BROKEN = ("E209", NOTE, "文件带电子签名")
    FONTS_MISSING = ("E210", NOTE, "字体没有嵌入")
    BLANK = ("E211", CHECK, "各页都是空白的")
    ITEM_OVER_VOLUMES = ("E301", NOTE, "一份材料分在几册")
    VERSION_UNREADABLE = ("E302", CHECK, "定稿读不出来，没有照它的页码（和清单、情况说明的号）编")
    VOLUME_TOO_THICK = ("E303", CHECK, "定稿以后加了页，一册太厚")

    def __init__(self, code: str, severity: Severity, title: str) -> None:
        self.code = code
        self.severity = severity
        self.title = title


def told(
    trouble: Trouble,
    message: str,
    item: str,
    position: Position | None,
    *,
    file: str = "",
    found: str = "",
    expected: str = "",
    remedy: str = "",
) -> Finding:
    """Return the finding that `message` tells about `file` of the evidence item called `item`, given at `position`."""
    path = PATH_MARK.join(word for word in ("佐证材料", item, file) if word)
    return Finding(trouble.code, trouble.severity, message, path, position, found or file, expected, remedy)
