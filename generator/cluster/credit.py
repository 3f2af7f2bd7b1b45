"""统一社会信用代码: the check character of the code that every enterprise has (GB 32100-2015)."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of the standard, in the order of their values: no I, O, S, V, Z."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTU"
_BASE = 34
"""Weights are powers of 3, and 34 is 3 modulo 31: the characters are read as the digits of a number to this base."""
_DIGIT_OF = dict(zip(_CHARACTERS.encode(), _DIGITS.encode(), strict=True))
_AS_DIGITS = bytes(_DIGIT_OF.get(code, ord("!")) for code in range(256))
LENGTH = 18
_NO_VALUE = 255
_VALUES = bytes(_CHARACTERS.index(chr(code)) if chr(code) in _CHARACTERS else _NO_VALUE for code in range(256))


def check_character(code: str) -> str:
    """Return the character that must end a code whose first 17 characters are those of `code`; empty where one of them
    is no character of the standard.

    Each is weighted with 3 to the power of its place, modulo 31 (GB 32100-2015, 附录A).
    """
    digits = code[:17].encode("latin-1", "replace").translate(_AS_DIGITS)
    if len(digits) < 17 or b"!" in digits:
        return ""
    return _CHARACTERS[-int(digits[::-1], _BASE) % 31]


def all_valid(codes: Sequence[str]) -> bool:
    """Return whether each of `codes` has 18 characters, all of the standard, and ends with the right one.

    With the weighted sum of all others the last makes a multiple of 31, its own weight being 1. The sums of all codes are made
    at once, as the parts of one large number: two bytes for each code, more than any of its sums can fill.
    """
    if set(map(len, codes)) != {LENGTH}:
        return not codes
    values = "".join(codes).encode("latin-1", "replace").translate(_VALUES)
    if _NO_VALUE in values:
        return False
    parts, sums, weight = bytearray(2 * len(codes)), 0, 1
    for place in range(LENGTH):
        last = place == LENGTH - 1
        parts[::2] = values[place::LENGTH]
        sums += int.from_bytes(parts, "little") * (1 if last else weight)
        weight = weight * 3 % 31
    of_each = memoryview(sums.to_bytes(len(parts), sys.byteorder)).cast("H")
    return not any(each % 31 for each in set(of_each))
