"""Characters that look alike, can't be seen, or decide how Chinese text folds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
"""What matches what may stand in no value: control characters, foreign line separators, lone surrogates, noncharacters."""

INVISIBLE = "[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
"""What matches characters without width that a copy from the web brings along."""

_APART = "\x00"
"""A control character, which no text holds."""

_MARKS = re.compile("[\\s\"'“”‘’「」《》()（）、，,]")

WIDE_SPACES = "\u3000\xa0\u2002\u2003\u2007\u2009\u202f"
"""Spaces that YAML doesn't take for spaces."""

_NARROW = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)} | {
    "−": "-", "–": "-", "\u3000": " ", "\xa0": " ",
}  # fmt: skip
_WIDE = frozenset(_NARROW)

_QUOTES = "“”‘’…—·"


def narrow(text: str) -> str:
    """Return `text` with full-width ASCII (`２０２３`, `．`, `－`, `％`) and minus signs made half-width."""
    if not text.isascii():
        for one in _WIDE.intersection(text):
            text = text.replace(one, _NARROW[one])
    return text


def is_plain(text: str) -> bool:
    """Return whether `text` holds nothing but characters that print, line ends and tabs; one with wide spaces is not plain either."""
    return text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


def holds_control(text: str) -> bool:
    """Return whether `text` holds what may stand in no value."""
    return not is_plain(text) and re.search(CONTROL, text) is not None


def tidy(text: str) -> str:
    """Return `text` without invisible characters, controls, outer blanks, tabs and no-break spaces."""
    if text.isprintable():
        return text.strip()
    if not is_plain(text):
        text = re.sub(INVISIBLE, "", re.sub(CONTROL, "", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\xa0", " ").strip()


def is_chinese(character: str) -> bool:
    """Return whether `character` is set like a hanzi: a hanzi, its punctuation, or a full-width form."""
    return character in _QUOTES or unicodedata.east_asian_width(character) in "WF"


def alike(text: str) -> str:
    """Return a key under which texts that differ only in width, quotes, brackets or blanks are equal."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isalnum() else _MARKS.sub("", folded)


def all_alike(texts: Sequence[str]) -> list[str]:
    """Return the key of `alike` for each of `texts`: for all at once where there is nothing but marks to be folded."""
    bare = _MARKS.sub("", _APART.join(texts))
    keys = bare.casefold().split(_APART)
    if len(keys) == len(texts) and unicodedata.is_normalized("NFKC", bare):
        return keys
    return list(map(alike, texts))
