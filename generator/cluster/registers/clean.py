"""Columns of texts that are their own values: nothing to tidy, to understand or to doubt in any cell, seen at one glance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from generator.cluster.catalogue import Kind
from generator.cluster.credit import all_valid
from generator.cluster.registers.grid import Cell
from generator.cluster.scalars import NOTHING, all_usual_phones
from generator.cluster.shape import Scalar


def is_clean(cells: Sequence[Cell], shape: Scalar) -> bool:
    """Return whether every cell is an empty text, or one that `read_cell` gives back as it is and `doubt` has no doubt of.

    A column that isn't may have such cells as well: it is to be read cell by cell.
    """
    if set(map(type, cells)) != {str}:
        return False
    texts = dict.fromkeys(cells)
    texts.pop("", None)
    clean = _CLEAN.get(shape.kind)
    return not texts or (clean is not None and clean(texts, shape))


def _plain(texts: Collection[str]) -> bool:
    """Whether no text holds a character that can't be seen, an outer blank, or more than one blank in a row."""
    joined = f"|{'|'.join(texts)}|"
    return joined.isprintable() and not any(blanks in joined for blanks in ("  ", "| ", " |"))


def _clean_texts(texts: Collection[str], shape: Scalar) -> bool:
    return NOTHING not in texts and _plain(texts)


def _clean_choices(texts: Collection[str], shape: Scalar) -> bool:
    return _plain(texts) and set(shape.choices).issuperset(texts)


def _clean_phones(texts: Collection[str], shape: Scalar) -> bool:
    return _plain(texts) and "".join(texts).isascii() and all_usual_phones(texts)


def _clean_codes(texts: Collection[str], shape: Scalar) -> bool:
    """Whether all are valid codes that begin with a digit, as those of enterprises do, and hold no small letter."""
    return all_valid(tuple(texts)) and all(map(str.isdecimal, {text[:2] for text in texts}))


def _clean_moments(texts: Collection[str], shape: Scalar) -> bool:
    """Whether all are years, or years with a month, as they are kept: `2024`, `2024-05`."""
    if not {*map(len, texts)} <= _LENGTHS[shape.kind] or not "".join(texts).isascii():
        return False
    return all(_FIRST <= text[:4] <= _LAST and text[:4].isdecimal() and text[4:] in _MONTHS for text in texts)


_FIRST, _LAST = "1900", "2100"
_MONTHS = frozenset({"", *(f"-{month:02d}" for month in range(1, 13))})
_LENGTHS = {Kind.YEAR: {4}, Kind.MONTH: {7}, Kind.WHEN: {4, 7}}
_CLEAN: Mapping[Kind, Callable[[Collection[str], Scalar], bool]] = {
    Kind.TEXT: _clean_texts,
    Kind.CHOICE: _clean_choices,
    Kind.PHONE: _clean_phones,
    Kind.CODE: _clean_codes,
    Kind.YEAR: _clean_moments,
    Kind.MONTH: _clean_moments,
    Kind.WHEN: _clean_moments,
}
