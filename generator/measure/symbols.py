"""Symbols of Word's symbol fonts, as the Unicode characters that they look like."""

from __future__ import annotations

_PRIVATE = 0xF000
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0xA1: "○",
    0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xFB: "×", 0xFC: "√",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●", 0x98: "●", 0xA2: "■",
    0xA3: "□", 0x2A: "□", 0x30: "☑",
}  # fmt: skip
_SYMBOL = {0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB7: "·", 0xB9: "≠", 0xBB: "≈", 0xD7: "·", 0xDE: "⇒"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol_character(font: str, code: int) -> str:
    """Return the character that looks like symbol `code` of `font`, empty where the tables have none."""
    table = _FONTS.get(font.casefold())
    if table is None:
        return chr(code) if code < _PRIVATE else ""
    return table.get(code & 0xFF, "")
