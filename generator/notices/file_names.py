"""Patterns of file names: `01_申报表_{集群名称}`. The extension is no part of a pattern; each kind of file brings its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, model_validator

CLUSTER = "集群名称"
_BLANK = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f{}]')
_EXTENSION = re.compile(r"\.[0-9A-Za-z]{1,5}$")


class FileNames(BaseModel):
    """The patterns of the files of a package, by material (申报表, 清单, …), in the order of the counter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    files: dict[str, str]

    @model_validator(mode="after")
    def _patterns(self) -> FileNames:
        for pattern in self.files.values():
            check_pattern(pattern)
        return self

    def with_own(self, patterns: Mapping[str, str]) -> FileNames:
        """Return these names with those of a notice in place of the usual ones."""
        return FileNames(files={**self.files, **patterns})

    def parts(self, material: str) -> tuple[str, str]:
        """Return what stands before and behind the cluster's name in the file name of `material`.

        A material without a pattern is named after itself.
        """
        pattern = self.files.get(material, f"{material}_{{{CLUSTER}}}")
        before, _, behind = pattern.partition(f"{{{CLUSTER}}}")
        return before, behind


def check_pattern(pattern: str) -> None:
    """Raise ValueError, in words for who wrote it, where `pattern` does not tell two clusters' files apart or can't be a file name."""
    blanks = _BLANK.findall(pattern)
    unknown = [blank for blank in blanks if blank != CLUSTER]
    if unknown:
        raise ValueError(f"文件名“{pattern}”里不认识的空“{{{unknown[0]}}}”；可用 {{{CLUSTER}}}")
    if len(blanks) != 1:
        raise ValueError(f"文件名“{pattern}”里要有一个 {{{CLUSTER}}}，否则两个集群的文件会重名")
    if _FORBIDDEN.search(_BLANK.sub("", pattern)):
        raise ValueError(f"文件名“{pattern}”里有文件名不能用的字符")
    if _EXTENSION.search(pattern):
        raise ValueError(f"文件名“{pattern}”不写扩展名，扩展名由程序加上")
