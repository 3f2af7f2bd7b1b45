"""Numbers with units as prose writes them, and whether one of them is a figure: as it is, rounded, or in 万 for 亿."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum

from generator.frozen import dataclass

_SCALES = {"": 0, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_SCALE = r"(?:万亿|亿|千万|百万|万|千)?"
_BASES = (
    "平方公里", "吨标准煤/万元", "吨二氧化碳/万元", "吨/万元", "吨标准煤", "吨二氧化碳", "吨", "元",
    "个百分点", "%", "家", "户", "件", "项", "个", "人", "名",
)  # fmt: skip
_OTHERS = (
    "年度", "年", "个月", "月", "个工作日", "工作日", "日", "天", "小时", "时", "分", "号", "页", "次", "期",
    "平方米", "立方米", "公里", "毫米", "微米", "纳米", "米", "英寸", "亩", "公顷", "岁", "倍", "度", "届", "条", "款", "种", "类",
    "台套", "台", "套", "座", "间", "批次", "批", "家次", "人次", "户次", "场", "期", "千瓦时", "千瓦", "兆瓦", "瓦",
)  # fmt: skip
"""Units of things that no figure counts: a number of these is none."""
_WORDS = sorted((*_BASES, *_OTHERS), key=len, reverse=True)
_NUMBER = re.compile(
    rf"(?<![0-9.])(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)\s*"
    rf"(?P<scale>{_SCALE})(?P<some>[多余])?(?P<base>{'|'.join(map(re.escape, _WORDS))})?(?P<more>[多余]|以上)?(?P<about>左右|上下)?"
)
_COUNTED = frozenset({"家", "户", "件", "项", "个", "人", "名"})
_ALIKE = {"吨二氧化碳/万元": "吨/万元", "吨标准煤/万元": "吨/万元", "吨标准煤": "吨", "吨二氧化碳": "吨"}
_BEYOND = ("超", "超过", "逾", "突破", "超出")
_ABOUT = ("约", "近", "将近", "接近", "大约", "约为", "约有", "约达")
_FEWEST_DIGITS = 2
_TELLING_DIGITS = 3
_HALF = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


class Likeness(Enum):
    """How a written number is like a figure."""

    SAME = "原数"
    ROUNDED = "取整"
    CONVERTED = "换算"


@dataclass(frozen=True)
class Quantity:
    """A number in a text: as written, its value, its places behind the point, and its unit parted into scale and base.

    `start` is the index of its first character; `beyond` says that it is named as less than the figure (128亿元以上), `about` that
    it is named as near to it (约130亿元).
    """

    text: str
    number: Decimal
    places: int
    scale: str
    base: str
    start: int
    beyond: bool = False
    about: bool = False

    @property
    def telling(self) -> bool:
        """Whether the number is long enough not to be met by chance."""
        digits = self.number.normalize().as_tuple()
        return len(digits.digits) >= _TELLING_DIGITS


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers in `text`, in order; full-width digits are digits."""
    half = _half_width(text)
    for found in _NUMBER.finditer(half):
        digits = found["number"].replace(",", "")
        end = found.end("base") if found["base"] else found.end("scale")
        written = text[found.start() : end].rstrip()
        before = half[max(0, found.start() - 3) : found.start()]
        beyond = bool(found["more"] or found["some"]) or before.endswith(_BEYOND)
        about = bool(found["about"]) or before.endswith(_ABOUT)
        places = len(digits.partition(".")[2])
        yield Quantity(
            written, Decimal(digits), places, found["scale"], found["base"] or "", found.start(), beyond, about
        )


def _half_width(text: str) -> str:
    """`text` with full-width digits, points and percent signs made half-width, each in its place."""
    return text.translate(_HALF)


def likeness(quantity: Quantity, figure: Decimal, unit: str) -> Likeness | None:
    """Return how `quantity` is like `figure` of `unit`, None where it is not: another number, or another kind of thing.

    A number without unit is taken for the figure only where it is the same and long enough not to be met by chance.
    """
    shift = _shift(unit, quantity)
    if shift is None:
        return None
    value = abs(figure).scaleb(shift)
    if quantity.number == value:
        return Likeness.CONVERTED if shift else Likeness.SAME
    if not quantity.base and not quantity.scale:
        return None
    unit_of_rounding = Decimal(1).scaleb(_rounded_to(quantity))
    ways = (ROUND_HALF_UP, ROUND_DOWN) if quantity.beyond else (ROUND_HALF_UP,)
    if quantity.number and any(quantity.number == _rounded(value, unit_of_rounding, way) for way in ways):
        return Likeness.CONVERTED if shift else Likeness.ROUNDED
    return None


def _rounded_to(quantity: Quantity) -> int:
    """The power of ten that the number was rounded to: its last place; its trailing zeros too where it is named roughly."""
    if quantity.places or not (quantity.about or quantity.beyond):
        return -quantity.places
    digits = str(quantity.number)
    kept = max(len(digits.rstrip("0")), min(_FEWEST_DIGITS, len(digits)))
    return len(digits) - kept


def _rounded(value: Decimal, unit: Decimal, way: str) -> Decimal:
    return (value / unit).quantize(Decimal(1), way) * unit


def _shift(unit: str, quantity: Quantity) -> int | None:
    """By how many powers of ten a figure of `unit` is moved to stand in the unit of `quantity`; None where they differ."""
    if quantity.base in _OTHERS:
        return None
    scale, base = _parted(unit)
    if not quantity.base and not quantity.scale:
        return 0 if quantity.telling else None
    if not quantity.base:
        return _SCALES[scale] - _SCALES[quantity.scale] if quantity.scale and scale else None
    own, other = _ALIKE.get(base, base), _ALIKE.get(quantity.base, quantity.base)
    if own != other and not (own in _COUNTED and other in _COUNTED):
        return None
    return _SCALES[scale] - _SCALES[quantity.scale]


def _parted(unit: str) -> tuple[str, str]:
    for scale in sorted(_SCALES, key=len, reverse=True):
        if scale and unit.startswith(scale):
            return scale, unit.removeprefix(scale)
    return "", unit
