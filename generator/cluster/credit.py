"""统一社会信用代码: the check character of the code that every enterprise has (GB 32100-2015)."""

from __future__ import annotations

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of the standard, in the order of their values: no I, O, S, V, Z."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTU"
_BASE = 34
"""Weights are powers of 3, and 34 is 3 modulo 31: the characters are read as the digits of a number to this base."""
_DIGIT_OF = dict(zip(_CHARACTERS.encode(), _DIGITS.encode(), strict=True))
_AS_DIGITS = bytes(_DIGIT_OF.get(code, ord("!")) for code in range(256))


def check_character(code: str) -> str:
    """Return the character that must end a code whose first 17 characters are those of `code`; empty where one of them
    is no character of the standard.

    Each is weighted with 3 to the power of its place, modulo 31 (GB 32100-2015, 附录A).
    """
    digits = code[:17].encode("latin-1", "replace").translate(_AS_DIGITS)
    if len(digits) < 17 or b"!" in digits:
        return ""
    return _CHARACTERS[-int(digits[::-1], _BASE) % 31]
