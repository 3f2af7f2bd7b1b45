"""From bytes to text: encodings, size, and characters that may not stand in a text."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from generator.cluster.characters import CONTROL, INVISIBLE, holds_control, is_plain
from generator.cluster.codes import Code, Collector
from generator.errors import reason_of
from generator.findings import Position
from generator.frozen import dataclass, replace

MOST_BYTES = 5_000_000
_LINE_BREAK = re.compile("\r\n|\n|\r")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)


@dataclass(frozen=True)
class Source:
    """A text file: the name as the user knows it, and its text, unreadable characters made blank.

    `encoding` is what its bytes were read as, behind the byte order `mark` where it has one.
    """

    file: str
    text: str
    encoding: str = "utf-8"
    mark: bytes = b""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The character index at which each line begins."""
        return (0, *(found.end() for found in _LINE_BREAK.finditer(self.text)))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their breaks."""
        return tuple(_LINE_BREAK.split(self.text))

    @cached_property
    def has_remarks(self) -> bool:
        """Whether a `#` stands anywhere in the text."""
        return "#" in self.text

    def position(self, index: int) -> Position:
        """Return the place of the character at `index`."""
        line = bisect_right(self.line_starts, index)
        return Position(self.file, line, index - self.line_starts[line - 1] + 1)

    def rest_of_line(self, index: int) -> str:
        """Return what follows `index` on its line."""
        found = _LINE_BREAK.search(self.text, index)
        return self.text[index : found.start() if found else len(self.text)]


def read_source(
    path: Path,
    file: str,
    findings: Collector,
    *,
    most_bytes: int = MOST_BYTES,
    where_missing: Callable[[], str] = lambda: "请检查文件名和所在文件夹",
) -> Source | None:
    """Read the text file at `path`, called `file` in messages. None, with a finding, where it holds no text.

    `where_missing` tells what to do where there is no such file.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "没有这个文件" if missing else reason_of(error) if isinstance(error, OSError) else f"打不开：{error}"
        remedy = where_missing() if missing else "请关闭打开着它的程序，检查有没有读取的权限"
        findings.add(Code.FILE_MISSING, f"读不到 {file}：{reason}", Position(file), remedy=remedy)
        return None
    if len(data) > most_bytes:
        message = f"{file} 超过 {most_bytes / 1_000_000:g} MB，不像是手工填写的数据"
        findings.add(Code.FILE_TOO_BIG, message, Position(file), remedy="请检查是否选错了文件")
        return None
    return source_of(data, file, findings)


def source_of(data: bytes, file: str, findings: Collector) -> Source | None:
    """Return the text that `data` holds, in UTF-8, UTF-16 or GBK. None, with a finding, where it is none of them."""
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            _refuse(Code.NOT_TEXT, f"{file} 是{kind}，不是文本文件", file, findings)
            return None
    source = _decoded(data, file, findings)
    return None if source is None else replace(source, text=_without_controls(source, findings))


def _decoded(data: bytes, file: str, findings: Collector) -> Source | None:
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name, file, findings, mark)
    if b"\x00" in data:
        zeros_after = data[1::2].count(0) > len(data) // 8
        zeros_before = data[0::2].count(0) > len(data) // 8
        if len(data) % 2 == 0 and zeros_after != zeros_before:
            return _strict(data, "utf-16-le" if zeros_after else "utf-16-be", "UTF-16", file, findings)
        _refuse(Code.NOT_TEXT, f"{file} 不是文本文件", file, findings)
        return None
    try:
        return Source(file, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, file, findings)


def _not_utf8(data: bytes, place: int, file: str, findings: Collector) -> Source | None:
    """Tell a GBK file from a UTF-8 file with damaged bytes: the latter still decodes for the most part."""
    lossy = data.decode("utf-8", "replace")
    damaged = lossy.count("\ufffd")
    good = sum(1 for character in lossy if character > "\u07ff") - damaged
    if good <= 2 * damaged:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = ""
        if text and not holds_control(text):
            _note_encoding("GBK", file, findings)
            return Source(file, text, "gb18030")
    if good == 0:
        _refuse(Code.NOT_TEXT, f"{file} 不是文本文件，或编码无法识别", file, findings)
        return None
    before = data[:place].decode("utf-8", "replace")
    position = Source(file, before).position(len(before))
    remedy = "请用记事本打开，改正此处的乱码，另存为 UTF-8 编码"
    findings.add(Code.BROKEN_ENCODING, f"{file} 有 {damaged} 处文字编码损坏", position, remedy=remedy)
    return None


def _strict(data: bytes, encoding: str, name: str, file: str, findings: Collector, mark: bytes = b"") -> Source | None:
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        _refuse(Code.BROKEN_ENCODING, f"{file} 的文字编码损坏", file, findings)
        return None
    if name:
        _note_encoding(name, file, findings)
    return Source(file, text, encoding, mark)


def _note_encoding(name: str, file: str, findings: Collector) -> None:
    remedy = "已按该编码读入。请用记事本打开，“另存为”时编码选 UTF-8，以免别的软件读成乱码"
    findings.add(Code.OTHER_ENCODING, f"{file} 是 {name} 编码", Position(file), expected="UTF-8 编码", remedy=remedy)


def _refuse(code: Code, message: str, file: str, findings: Collector) -> None:
    remedy = "请用记事本另存为 UTF-8 编码的文本文件"
    findings.add(code, message, Position(file), expected="UTF-8 编码的文本文件", remedy=remedy)


def _without_controls(source: Source, findings: Collector) -> str:
    """Report control and invisible characters; the former become blanks, one for one."""
    if is_plain(source.text):
        return source.text
    for found in _finditer(CONTROL, source.text, findings):
        character = f"U+{ord(found.group()):04X}"
        message = f"这里有一个控制字符（{character}），打印出来会丢字"
        remedy = "请删去这个字符，重新录入这几个字"
        findings.add(Code.CONTROL_CHARACTER, message, source.position(found.start()), found=character, remedy=remedy)
    for found in _finditer(INVISIBLE, source.text, findings):
        character = f"U+{ord(found.group()):04X}"
        message = f"这里有一个看不见的字符（{character}），已略去"
        remedy = "多半是从网页复制时带来的，可删去重打"
        findings.add(Code.INVISIBLE_CHARACTER, message, source.position(found.start()), found=character, remedy=remedy)
    return re.sub(CONTROL, " ", source.text)


def _finditer(pattern: str, text: str, findings: Collector) -> Iterator[re.Match[str]]:
    return takewhile(lambda _: not findings.full, re.finditer(pattern, text))
