"""File names that every system takes: Windows, macOS and Linux, on paper discs and in archives."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from generator.notices.file_names import FileNames

LONGEST_IN_UNITS = 200
"""The longest file name, in UTF-16 code units (what Windows counts)."""

LONGEST_IN_BYTES = 240
"""The longest file name, in bytes of UTF-8 (what Linux counts: 255 at most)."""

_UNNAMED = "未命名"
_ENDS = ". \u3000"
_DIGITS = re.compile("([0-9]+)")
_FULL_WIDTH = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"]
    + [port + digit for port in ("COM", "LPT") for digit in "0123456789¹²³"]
)


def safe_name(stem: str, extension: str = "", *, longest: int = LONGEST_IN_UNITS) -> str:
    """Return a file name made of `stem` and `extension` (`.docx`) that can be created on every system.

    What Windows forbids becomes its full-width counterpart; control and format characters, lone surrogates, and dots and spaces
    at either end go; reserved device names get an underscore. A name that is too long is cut in `stem`, never in `extension`, and
    ends in eight digits of its hash, so that two long names stay two. `longest` is in UTF-16 code units. The same arguments give
    the same name on every system.
    """
    kept = "".join(_character(character) for character in unicodedata.normalize("NFC", stem))
    kept = kept.translate(_FULL_WIDTH).strip(_ENDS) or _UNNAMED
    if _device(kept) in _RESERVED:
        head, dot, tail = kept.partition(".")
        kept = f"{head.rstrip()}_{dot}{tail}"
    if _fits(kept + extension, longest):
        return kept + extension
    mark = "_" + hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    kept = kept[:longest]
    while not _fits(kept + mark + extension, longest) or unicodedata.combining(kept[-1]):
        kept = kept[:-1]
    return kept.rstrip(_ENDS) + mark + extension


def name_file(names: FileNames, material: str, cluster: str, extension: str, *, behind: str = "") -> str:
    """Return what the file of `material` (申报表) is called: the pattern of `names`, `cluster` in it, `behind` (_第1册) at its end.

    A name that is too long is cut in the cluster's name, which then ends in eight digits of its hash: two clusters' files stay
    told apart.
    """
    before, after = names.parts(material)
    return name_around(cluster, before, f"{after}{behind}{extension}")


def name_around(name: str, before: str, behind: str, *, longest: int = LONGEST_IN_UNITS) -> str:
    """Return `before`, `name` and `behind` (with the extension) as one file name, `name` cut as `safe_name` does where it is too long."""
    room = f"{before}{behind}"
    return before + safe_name(name, room, longest=longest).removesuffix(room) + behind


def in_order(name: str) -> tuple[str | int, ...]:
    """Return what names are sorted by, as people count: 第2册 before 第10册."""
    return tuple(int(part) if part.isdecimal() else part for part in _DIGITS.split(name))


def _character(character: str) -> str:
    """Return `character` if a file name may hold it, a space for white space, and nothing for the rest."""
    if character in "\t\n\r\v\f\u2028\u2029" or unicodedata.category(character) == "Zs":
        return "\u3000" if character == "\u3000" else " "
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character


def _device(name: str) -> str:
    """Return what Windows would look up among its devices: the part before the first dot, in capitals."""
    return name.partition(".")[0].rstrip().upper()


def _fits(name: str, longest: int) -> bool:
    """Whether `name` is within both limits."""
    return len(name.encode("utf-16-le")) // 2 <= longest and len(name.encode("utf-8")) <= LONGEST_IN_BYTES
