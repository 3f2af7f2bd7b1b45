"""What goes on a medium: the electronic copies of what is handed in, under the names that they have there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from generator.frozen import dataclass
from generator.notices.definition import EVIDENCE, FORM
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.media.rules import MediaRules, Words
from generator.package.names import name_around, safe_name

LONGEST_ON_DISC = 64
"""The longest name of Joliet, in UTF-16 code units."""

_UNIT = 1024
_FORM_ROLE = "form."


@dataclass(frozen=True)
class MediumFile:
    """A file on a medium: `path` below its root, with `/`; the bytes are those of `file` itself, never a copy."""

    path: str
    file: PackageFile

    @property
    def size(self) -> int:
        """The size in bytes."""
        return self.file.size


def contents(files: Iterable[PackageFile], rules: MediaRules, holds: Sequence[str] = ()) -> tuple[MediumFile, ...]:
    """Return what of `files` goes on a medium, in the order given: all that is handed in but for the folders that rules leave out.

    `holds` are the materials that are to be on it, where that is said; lists, calculations, declarations and the like prove what the
    form says, and go with the evidence. The names of files that are still to be signed or sealed say so.
    """
    chosen = []
    for file in files:
        path = PurePosixPath(file.path)
        if path.parts[0] != SUBMITTED or path.parts[1] in rules.leave_out:
            continue
        if holds and (FORM if file.role.startswith(_FORM_ROLE) else EVIDENCE) not in holds:
            continue
        below = str(path.relative_to(SUBMITTED))
        chosen.append(MediumFile(marked_unsigned(below, rules.words) if file.unsigned else below, file))
    return tuple(chosen)


def marked_unsigned(path: str, words: Words) -> str:
    """Return `path` with the mark in its name that the file is still to be signed; one that bears it stays."""
    file, mark = PurePosixPath(path), f"_{words.unsigned}"
    return path if file.stem.endswith(mark) else str(file.with_name(name_around(file.stem, "", f"{mark}{file.suffix}")))


def signed_in_words(files: Iterable[MediumFile], *, unsigned: str, signed: str, neither: str) -> str:
    """Return which of the three is true of `files`: some are still to be signed, all that are to be signed are, or there are none."""
    states = {bool(one.file.unsigned) for one in files if one.file.unsigned or one.file.signed}
    return unsigned if True in states else signed if states else neither


def shortened(path: str, kept: str = "") -> str:
    """Return `path` as Joliet lets it be: no half-width semicolon, and each name cut before the extension, marked by its hash.

    What the file's name ends in before the extension stays if it is `kept` (_未签章).
    """
    *folders, name = PurePosixPath(path.replace(";", "；")).parts
    last = PurePosixPath(name)
    end = kept if kept and last.stem.endswith(kept) else ""
    names = [safe_name(folder, longest=LONGEST_ON_DISC) for folder in folders]
    cut = name_around(last.stem.removesuffix(end), "", f"{end}{last.suffix}", longest=LONGEST_ON_DISC)
    return "/".join([*names, cut])


def size_in_words(size: int) -> str:
    """Return `size` (bytes) as Windows tells it, one decimal, rounded up: `2.4 MB`, `12.0 KB`, `318 字节`."""
    if size < _UNIT:
        return f"{size} 字节"
    amount, unit = size, _UNIT
    for name in ("KB", "MB", "GB"):
        tenths = -(-amount * 10 // unit)
        if tenths < _UNIT * 10 or name == "GB":
            return f"{tenths // 10}.{tenths % 10} {name}"
        unit *= _UNIT
    raise AssertionError("GB is the last")


def total_size(files: Sequence[MediumFile]) -> int:
    """Return the bytes of `files` together."""
    return sum(file.size for file in files)
