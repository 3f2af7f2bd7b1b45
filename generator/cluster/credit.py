"""统一社会信用代码: the check character of the code that every enterprise has (GB 32100-2015)."""

from __future__ import annotations

from operator import mul

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of the standard, in the order of their values: no I, O, S, V, Z."""


_WRONG = 255
_VALUES = bytes(_CHARACTERS.find(chr(code)) if chr(code) in _CHARACTERS else _WRONG for code in range(256))
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(code: str) -> str:
    """Return the character that must end a code whose first 17 characters are those of `code`; empty where one of them
    is no character of the standard.

    Each is weighted with 3 to the power of its place, modulo 31 (GB 32100-2015, 附录A).
    """
    values = code[:17].encode("latin-1", "replace").translate(_VALUES)
    if len(values) < 17 or _WRONG in values:
        return ""
    return _CHARACTERS[-sum(map(mul, values, _WEIGHTS)) % 31]
