"""Paths that are too long for Windows: told before anything is written, with what is to be shortened and by how much."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from generator.findings import Finding, Findings, Position, Severity
from generator.package.drafts import LONGEST_ASIDE
from generator.package.versions.frozen import FROZEN, RESULT

LONGEST_PATH = 259
"""What Windows takes of a path, in UTF-16 code units, where longer ones were not allowed on purpose (MAX_PATH less its end)."""

_DEEPEST = len(f"/{FROZEN}/{'x' * LONGEST_ASIDE}/{RESULT}/")
"""What stands between the folder of the 稿 and a file of one where it is longest: while it is frozen."""
_MOST_NAMED = 3


def length_findings(output: Path, series: Path, paths: Iterable[str]) -> Findings:
    """Return K206 where files of a 稿, at `paths` in it, would have too long a path in the folder `series` below `output`.

    They are counted as they are written and frozen, in folders of longer names than 第001稿. Other systems than Windows take them;
    the people who get a copy may not.
    """
    before = _units(str(series.absolute())) + _DEEPEST
    long = sorted((path for path in paths if before + _units(path) > LONGEST_PATH), key=_units, reverse=True)
    if not long:
        return ()
    most = before + _units(long[0])
    name = max(PurePosixPath(long[0]).parts, key=_units)
    folder = str(output.absolute())
    named = "、".join(long[:_MOST_NAMED]) + ("等" if len(long) > _MOST_NAMED else "")
    remedy = (
        f"请用 -o 换一个短的文件夹（现在的“{folder}”有 {_units(folder)} 个字符），或缩短“{name}”（{_units(name)} 个字符）"
        f"所用的名称，一共至少短 {most - LONGEST_PATH} 个字符；只在本机看、不用 Windows 的，不用管。"
    )
    return (
        Finding(
            code="K206",
            severity=Severity.CHECK,
            message=f"有 {len(long)} 个文件的路径太长，Windows 上写不出、打不开",
            position=Position(str(series)),
            found=f"生成和定稿时最长 {most} 个字符：{named}",
            expected=f"连同文件夹不超过 {LONGEST_PATH} 个字符",
            remedy=remedy,
        ),
    )


def _units(text: str) -> int:
    """The length of `text` in UTF-16 code units, which Windows counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
