"""One cell: from what a spreadsheet holds to a value, or to what is wrong with it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from generator.cluster.catalogue import NUMERIC, Kind
from generator.cluster.characters import narrow, tidy
from generator.cluster.codes import Code
from generator.cluster.registers.grid import Cell
from generator.cluster.scalars import NOTHING, Problem, read_value
from generator.cluster.shape import Scalar
from generator.cluster.values import Value, plain
from generator.frozen import replace

MOMENTS = (Kind.DATE, Kind.MONTH, Kind.WHEN, Kind.YEAR)
_FEWEST = {Kind.DATE: 10, Kind.MONTH: 7, Kind.WHEN: 4, Kind.YEAR: 4}
_MOST = {Kind.DATE: 10, Kind.MONTH: 7, Kind.WHEN: 10, Kind.YEAR: 4}
EXACT = 10**15
"""From here on a spreadsheet's numbers lose digits."""
_DECIMALS = 10
"""Beyond these stands what calculating with binary fractions leaves behind."""
_FORCED = ('="', "'")
_FORCED_TEXT = r"""(?:="|')([^"']*)(?:"|'|)"""
"""How a text that looks like a number is kept from becoming one: `="0021"` in a .csv, `'0021` as typed."""
_SCIENTIFIC = r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]+"
_GROUPED = r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"
_FIRST_DAY = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Days since 1899-12-30 that can be meant as a date: 1954 to 2119."""
_YES = ("√", "✓", "✔", "☑", "y", "yes", "true", "1", "是的")
_NO = ("×", "✗", "✘", "☒", "n", "no", "false", "0", "不是", "非", "不")
_FOR_EVER = ("长期", "长期有效", "永久", "永久有效", "无固定期限", "至今")
_COMPACT = "(?:19|20)[0-9]{6}"


def read_cell(cell: Cell, shape: Scalar) -> Value | Problem:
    """Return the value that `cell`, which is not blank, has as `shape` asks, or what is wrong with it.

    Full-width digits, blanks and thousands commas in numbers, dates however written and date serials are understood.
    """
    if not isinstance(cell, str):
        if isinstance(cell, bool):
            if shape.kind in NUMERIC:
                return Problem(Code.NOT_A_NUMBER, "这里应当是数字，却是 TRUE 或 FALSE", "只写数字", "请直接写出数字")
            return read_value(_chosen("1" if cell else "0", shape), shape)
        if isinstance(cell, (int, float)):
            return _number(cell, shape)
        if isinstance(cell, date):
            return _moment(cell.strftime("%Y-%m-%d") if cell.year >= 1000 else str(cell), shape)
    text = tidy(str(cell))
    if text.startswith(_FORCED):
        text = re.sub(_FORCED_TEXT, r"\1", text)
    if shape.kind is Kind.TEXT or (shape.kind is Kind.PHONE and text.isascii()):
        return read_value(" ".join(text.split()), shape)
    if shape.kind is Kind.CODE and text.isascii() and text[:2].isdecimal():
        return read_value(text, shape)
    if shape.kind in NUMERIC:
        return _written_number(text, shape)
    if shape.kind in MOMENTS:
        return _written_moment(text, shape)
    if shape.kind is Kind.CHOICE:
        return read_value(_chosen(text, shape), shape)
    if shape.kind is Kind.CODE and re.fullmatch(_SCIENTIFIC, narrow(text)):
        return _ruined(text, lost=True)
    return read_value(" ".join(text.split()), shape)


def _written_number(text: str, shape: Scalar) -> Value | Problem:
    closed = re.sub(r"\s", "", narrow(text))
    if re.fullmatch(_GROUPED, closed):
        closed = closed.replace(",", "")
    if re.fullmatch(_SCIENTIFIC, closed):
        closed = plain(Decimal(closed)) if abs(Decimal(closed).adjusted()) < 20 else closed
    return read_value(closed, shape)


def _number(cell: float, shape: Scalar) -> Value | Problem:
    exact = Decimal(repr(cell))
    if shape.kind in NUMERIC:
        if abs(exact) < EXACT:
            return read_value(plain(round(exact, _DECIMALS)), shape)
        return Problem(Code.OUT_OF_RANGE, "数字太大", "15 位以内的数字", "请核对是否写错了栏，例如把代码写进了数字栏")
    whole = exact == exact.to_integral_value()
    if shape.kind in MOMENTS:
        return _numeric_moment(exact, whole, shape)
    if shape.kind is Kind.CODE or abs(exact) >= EXACT:
        return _ruined(plain(exact) if abs(exact) < 10**24 else repr(cell), lost=abs(exact) >= EXACT)
    return read_value(_chosen(plain(exact), shape), shape)


def _ruined(found: str, *, lost: bool) -> Problem:
    message = f"这个号码被存成了数字（{found}），{'后几位已经丢失' if lost else '前面的 0 可能已经丢失'}，没有读入"
    remedy = "请把这一列设成“文本”格式，再照证照重新录入；只改格式不重新录入，丢了的数字回不来"
    return Problem(Code.RUINED_NUMBER, message, "文字格式的号码", remedy)


def _numeric_moment(exact: Decimal, whole: bool, shape: Scalar) -> Value | Problem:
    if whole and int(exact) in _SERIALS:
        return _moment((_FIRST_DAY + timedelta(days=int(exact))).isoformat(), shape)
    written = plain(exact)
    if not whole and shape.kind in (Kind.MONTH, Kind.WHEN):
        year, _, month = written.partition(".")
        if month == "1":
            remedy = f"请写成文字：{year}年1月，或 {year}年10月"
            return Problem(Code.AMBIGUOUS_MONTH, f"{written} 分不清是1月还是10月", "年和月，如 2018-06", remedy)
    return _written_moment(written, shape)


def _written_moment(text: str, shape: Scalar) -> Value | Problem:
    """A date as text: one that says more than is asked is taken for what it says of that."""
    if text == NOTHING:
        return read_value(text, shape)
    bare = narrow(text)
    if bare.isdecimal() and len(bare) == 5 and int(bare) in _SERIALS:
        return _moment((_FIRST_DAY + timedelta(days=int(bare))).isoformat(), shape)
    text = bare.partition(" ")[0] if ":" in bare else bare.removesuffix("度") if bare.endswith("年度") else text
    if re.fullmatch(_COMPACT, bare):
        text = f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"
    loose = read_value(text, replace(shape, kind=Kind.WHEN))
    if isinstance(loose, Problem) and bare in _FOR_EVER:
        return replace(loose, message="这里只写日期", remedy="长期有效的、仍然有效的请留空")
    if isinstance(loose, Problem) and bare.casefold() in ("是", "否", *_YES, *_NO):
        told = "没有的请留空" if bare.casefold() in ("否", *_NO) else "请写开始的那一年，如 2022"
        return replace(loose, message="这里写年份，不写是否", remedy=told)
    if not isinstance(loose, str) or len(loose) < _FEWEST[shape.kind]:
        return read_value(text, shape)
    return loose[: _MOST[shape.kind]]


def _moment(iso: str, shape: Scalar) -> Value | Problem:
    if shape.kind in NUMERIC:
        return Problem(Code.NOT_A_NUMBER, "这里应当是数字，却是日期", "只写数字", "请把格式改为“常规”，重新录入数字")
    return _written_moment(iso, shape) if shape.kind in MOMENTS else read_value(iso, shape)


def _chosen(text: str, shape: Scalar) -> str:
    """A tick or a cross for 是 or 否."""
    if shape.choices == ("是", "否"):
        word = narrow(text).strip().casefold()
        return "是" if word in _YES else "否" if word in _NO else text
    return text
