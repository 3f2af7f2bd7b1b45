"""One value: from the text as written to a number, a date, a choice or a text, or to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from generator.cluster.catalogue import NUMERIC, Kind
from generator.cluster.characters import alike, narrow
from generator.cluster.codes import Code
from generator.cluster.credit import check_character
from generator.cluster.shape import Scalar
from generator.cluster.values import NIL, Value, plain
from generator.frozen import dataclass, replace

NOTHING = "无"
MOST_DIGITS = 24
_LONGEST_NAME = 60
_ENDING = len(".docx")
_FILE = r"[^\s。，；]{1,80}\.(?:txt|docx?|wps|pdf)"
_WIDE_BARS = ("｜", "丨", "│")
_BETWEEN = "、，,；;"
# Patterns that only a value with something wrong is held against are kept as texts: they are compiled when one comes.
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_GROUPED = r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"
_WITH_TAIL = r"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(\D.*)"
STAND_INS = frozenset(
    ("-", "--", "—", "——", "/", "\\", "n/a", "na", "空", "暂无", "没有", "不详", "未知", "待定", "null", "~")
)
"""What is written where there is nothing, or nothing known."""
_SCALES = {"千万": 10**7, "百万": 10**6, "十万": 10**5, "亿": 10**8, "万": 10**4, "千": 10**3, "百": 100, "": 1}
_PERCENT_TAILS = ("%", "百分点", "个百分点")
_MOMENT = re.compile(r"([0-9]{4})(?:[-/.年] ?([0-9]{1,2})(?:[-/.月] ?([0-9]{1,2})日?|月)?|年)?")
_SHORT = r"[0-9]{2}(?:[-/.年].*)"
_YEAR = r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])"
_COMPACT = r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])?"
_PHONE = re.compile(
    r"(\+?86[- ]?)?((\(?0[0-9]{2,3}\)?[- ]?)?[1-9][0-9]{2,3}[- ]?[0-9]{4}|1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
    r"|[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}|1[0-9]{4})((转|-|x|ext\.?) ?[0-9]{1,6})?"
)
_CODE = re.compile("[0-9A-Z]{18}")
_MOMENTS = {
    Kind.DATE: ("年月日，如 2024-05-06", 3, 3),
    Kind.MONTH: ("年和月，如 2018-06", 2, 2),
    Kind.WHEN: ("日期，可只写到月或年，如 2023-05-01、2023-05、2023", 1, 3),
    Kind.YEAR: ("四位数字的年份，如 2023", 1, 3),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a value, and what to write instead."""

    code: Code
    message: str
    expected: str = ""
    remedy: str = ""


_BEFORE_NUMBER = "(?:人民币|RMB|[¥￥约≈~])"
_FORMER_CODES = {15: "15 位的是以前的注册号", 9: "9 位的是以前的组织机构代码", 10: "这像是以前的组织机构代码"}


def read_value(text: str, shape: Scalar) -> Value | Problem:
    """Return the value that `text`, tidied, has as `shape` asks, or what is wrong with it. A doubtful phone number is
    both: see `doubt`. A choice among several is read one text at a time."""
    if text == NOTHING and NOTHING not in shape.choices:
        return NIL
    if shape.kind is Kind.TEXT:
        return text
    if shape.kind in NUMERIC:
        return _number(narrow(text).strip(), shape)
    if shape.kind in (Kind.CHOICE, Kind.CHOICES):
        return _choice(text, shape)
    if shape.kind in _MOMENTS:
        moment = _moment(narrow(text).strip(), shape.kind)
        return moment[:4] if shape.kind is Kind.YEAR and isinstance(moment, str) else moment
    if shape.kind is Kind.CODE:
        return (text if text.isascii() and text.isalnum() else re.sub(r"[\s-]", "", narrow(text))).upper()
    if shape.kind is Kind.NARRATIVE and text.startswith(_WIDE_BARS):
        return Problem(Code.WRONG_SHAPE, "竖线要用半角", "|", "请写半角的 |，文字从下一行写起，多缩进两格")
    if shape.kind is Kind.NARRATIVE and "." in text[-_ENDING:] and re.fullmatch(_FILE, text, re.IGNORECASE):
        return Problem(Code.WRONG_SHAPE, "这里像是文件名，会照样印出来", "文字", f"请写 {{文件: {text}}}")
    if shape.kind is Kind.NARRATIVE:
        return "\n".join(line for line in (each.strip() for each in text.split("\n")) if line)
    return text


def doubt(value: Value, shape: Scalar) -> Problem | None:
    """Return what looks odd in a value that was read nevertheless."""
    if shape.kind is Kind.CODE and isinstance(value, str):
        return _wrong_code(value)
    if shape.kind is not Kind.PHONE or not isinstance(value, str):
        return None
    if all_usual_phones(parted(narrow(value), f"{_BETWEEN}/\n", keep_empty=True)):
        return None
    remedy = "请核对位数和区号；区号前面的 0 不可省略"
    return Problem(Code.DOUBTFUL_PHONE, "电话号码的写法少见", "如 021-12345678 或 11 位手机号", remedy)


def parted(text: str, marks: str = _BETWEEN, *, keep_empty: bool = False) -> list[str]:
    """Return what `text` lists with any of `marks` between, without blanks around; nothing between two marks is left out."""
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    parts = [part.strip() for part in text.split(marks[0])]
    return parts if keep_empty else [part for part in parts if part]


def all_usual_phones(texts: Iterable[str]) -> bool:
    """Return whether each of `texts` is one telephone number, written as most are."""
    return all(map(_PHONE.fullmatch, texts))


def _wrong_code(code: str) -> Problem | None:
    expected, remedy = "18 位统一社会信用代码", "请照营业执照核对"
    if not _CODE.fullmatch(code):
        former = _FORMER_CODES.get(len(code)) if code.isascii() else None
        remedy = f"{former}，请换成营业执照上 18 位的统一社会信用代码" if former else remedy
        counted = f"（现在 {len(code)} 位）" if len(code) != 18 else ""
        return Problem(Code.WRONG_CHECK_DIGIT, f"不是 18 位数字和字母{counted}", expected, remedy)
    right = check_character(code)
    if not right:
        return Problem(Code.WRONG_CHECK_DIGIT, "统一社会信用代码里没有 I、O、S、V、Z 这几个字母", expected, remedy)
    if right != code[-1]:
        message = f"校验位不对：按前 17 位推算，末位应为 {right}，多半是抄错了一位"
        return Problem(Code.WRONG_CHECK_DIGIT, message, expected, remedy)
    return None


def closest(name: str, names: Iterable[str]) -> str:
    """Return the one of `names` that `name` is probably meant to be, or an empty string."""
    from difflib import get_close_matches

    candidates = {alike(each): each for each in names}
    key = alike(name)
    found = get_close_matches(key, candidates, n=1, cutoff=0.6) if len(key) <= _LONGEST_NAME else []
    return candidates[found[0]] if found else ""


def likely(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of `names` that `name` may stand for, the likeliest first."""
    from difflib import get_close_matches

    return tuple(get_close_matches(name, list(names), n=5, cutoff=0.4)) if len(name) <= _LONGEST_NAME else ()


def _number(text: str, shape: Scalar) -> Value | Problem:
    if _NUMBER.fullmatch(text):
        return _in_range(text, shape)
    expected = f"只写数字（单位：{shape.unit}）" if shape.unit else "只写数字"
    if re.fullmatch(_GROUPED, text):
        mend = text.replace(",", "")
        return Problem(Code.THOUSANDS, "数字里不能写千分位逗号", expected, f"请写 {mend}")
    tail = re.fullmatch(_WITH_TAIL, text, re.DOTALL)
    if tail and tail.group(2) != "." and not re.search("[0-9]", tail.group(2)):
        return _with_unit(Decimal(tail.group(1).replace(",", "")), tail.group(2).strip(), shape, expected)
    message, remedy = "这里应当是数字", "没有这一项请写 无，暂时不知道请留空"
    if text.casefold() not in STAND_INS:
        closed = re.sub(rf"\s|^{_BEFORE_NUMBER}", "", text)
        if re.fullmatch(_GROUPED, closed):
            closed = closed.replace(",", "")
        if bracketed := re.fullmatch(r"\(([0-9,]+(?:\.[0-9]+)?)\)", closed):
            bare = bracketed[1].replace(",", "")
            return Problem(Code.NOT_A_NUMBER, message, expected, f"是负数的请写 -{bare}，不是的请写 {bare}")
        if re.fullmatch(r"[+-]?([0-9]+\.|\.[0-9]+)", closed):
            closed = plain(Decimal(closed))
        remedy = f"请写 {closed}" if _NUMBER.fullmatch(closed) else f"请只写一个数字；{remedy}"
    return Problem(Code.NOT_A_NUMBER, message, expected, remedy)


def _with_unit(number: Decimal, tail: str, shape: Scalar, expected: str) -> Problem:
    message = f"数字后面不要写“{tail}”"
    if shape.kind is Kind.PERCENT or shape.unit == "%":
        if tail in _PERCENT_TAILS:
            return Problem(Code.UNIT_IN_VALUE, message, expected, f"请写 {plain(number)}")
    elif shape.unit:
        scale, base = _scaled(tail)
        own_scale, own_base = _scaled(shape.unit)
        if base in (own_base, ""):
            converted = plain(number * scale / own_scale)
            return Problem(Code.UNIT_IN_VALUE, message, expected, f"请写 {converted}")
    elif _scaled(tail)[0] == 1:
        return Problem(Code.UNIT_IN_VALUE, message, expected, f"请写 {plain(number)}")
    return Problem(Code.UNIT_IN_VALUE, message, expected, f"请去掉“{tail}”，只写数字；单位与本栏不同的，请先换算")


def _scaled(unit: str) -> tuple[int, str]:
    scale = next(scale for scale in _SCALES if unit.startswith(scale))
    return _SCALES[scale], unit.removeprefix(scale)


def _in_range(text: str, shape: Scalar) -> Value | Problem:
    if len(text) > MOST_DIGITS:
        return Problem(Code.OUT_OF_RANGE, "数字太长", f"不超过 {MOST_DIGITS} 位", "请核对是否多写了数字")
    number = Decimal(text)
    if shape.kind is Kind.COUNT and number != number.to_integral_value():
        return Problem(Code.FRACTION_IN_COUNT, "个数应当是整数", "整数", "请核对；比例、金额请写在别的栏")
    minimum = Decimal(0) if shape.minimum is None and shape.kind is Kind.COUNT else shape.minimum
    if (minimum is not None and number < minimum) or (shape.maximum is not None and number > shape.maximum):
        low = f"不小于 {plain(minimum)}" if minimum is not None else ""
        high = f"不大于 {plain(shape.maximum)}" if shape.maximum is not None else ""
        limits = "、".join(part for part in (low, high) if part)
        unit = f"（单位：{shape.unit}）" if shape.unit else ""
        return Problem(Code.OUT_OF_RANGE, "数值超出合理范围", limits + unit, "请核对数字和单位是否写错")
    return number


def _choice(text: str, shape: Scalar) -> Value | Problem:
    if text in shape.choices:
        return text
    key = alike(text)
    same = [choice for choice in shape.choices if alike(choice) == key]
    same = same or [choice for word, choice in shape.words if alike(word) == key]
    if len(same) == 1:
        return same[0]
    expected = "、".join(shape.choices) if 0 < len(shape.choices) <= 12 else ""
    parts = parted(text)
    if len(parts) > 1 and all(part in shape.choices for part in parts):
        remedy = f"请分成几项写：[{', '.join(parts)}]；只能选一项的，请只留一项"
        return Problem(Code.WIDE_COMMA, "几项连在一起了", expected, remedy)
    guess = closest(text, shape.choices)
    about = f"：{shape.description}" if shape.words and shape.description else ""
    remedy = f"是不是“{guess}”？" if guess else f"请从可选的内容里选{about}"
    return Problem(Code.UNKNOWN_CHOICE, "不是可选的内容", expected, remedy)


def _moment(text: str, kind: Kind) -> Value | Problem:
    expected, fewest, most = _MOMENTS[kind]
    found = _MOMENT.fullmatch(text)
    parts = [int(part) for part in found.groups() if part] if found else []
    if fewest <= len(parts) <= most and _exists(parts):
        return _written(parts)
    problem = Problem(Code.BAD_DATE, "日期不存在，或写法不对", expected, f"请写成{expected}")
    compact = re.fullmatch(_COMPACT, text)
    parts = [int(part) for part in compact.groups() if part] if compact else parts
    if len(parts) >= fewest and _exists(parts):
        return Problem(Code.BAD_DATE, "日期写法不对", expected, f"请写 {_written(parts[:most])}")
    guess = _guessed(text, kind)
    return replace(problem, message="日期写法不对", remedy=f"是不是 {guess}？请照样写") if guess else problem


def _guessed(text: str, kind: Kind) -> str:
    """The moment that `text` probably means: a year of two digits (`24/5/1`), or the only year among other words."""
    short = re.fullmatch(_SHORT, text)
    if short:
        guess = _moment(f"20{text}", kind)
        return (guess[:4] if kind is Kind.YEAR else guess) if isinstance(guess, str) else ""
    years = set(re.findall(_YEAR, text)) if not re.search("[0-9]", re.sub(_YEAR, "", text)) else set()
    return years.pop() if len(years) == 1 and kind in (Kind.YEAR, Kind.WHEN) else ""


def _exists(parts: list[int]) -> bool:
    year, month, day = (*parts, 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1900 <= year <= 2100


def _written(parts: list[int]) -> str:
    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])
