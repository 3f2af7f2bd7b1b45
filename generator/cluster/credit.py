"""统一社会信用代码: the check character of the code that every enterprise has (GB 32100-2015)."""

from __future__ import annotations

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of the standard, in the order of their values: no I, O, S, V, Z."""


def check_character(code: str) -> str:
    """Return the character that must end a code whose first 17 characters are those of `code`; empty where one of them
    is no character of the standard.

    Each is weighted with 3 to the power of its place, modulo 31 (GB 32100-2015, 附录A).
    """
    values = [_CHARACTERS.find(character) for character in code[:17]]
    if len(values) < 17 or -1 in values:
        return ""
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values))
    return _CHARACTERS[-total % 31]
