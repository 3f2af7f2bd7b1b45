"""Files of one content kept once on the disk: a second name for the same bytes, where the disk knows such names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from generator.package.manifest import PackageFile
from generator.package.stored import Stored


class Sharing:
    """Which files of a 稿 may share their bytes, and where the contents stand already; `shared` are the paths that do."""

    def __init__(self, paths: frozenset[str], standing: Mapping[str, Path]) -> None:
        """Take the `paths` of the files that nobody edits, and where contents stand, by their SHA-256."""
        self._paths, self._standing = paths, dict(standing)
        self._sound: dict[Path, str] = {}
        self.shared: set[str] = set()

    def linked(self, file: PackageFile, target: Path) -> bool:
        """Give the content of `file` the further name `target`; False, with nothing done, where it is not to be shared, or can't be.

        What stands is read first: only bytes that still are those of `file` are shared. From then on `target` is where the
        content stands for further files, whether it was linked or is written by the caller.
        """
        if file.path not in self._paths:
            return False
        standing = self._standing.get(file.sha256)
        self._standing[file.sha256] = target
        try:
            if standing is None or self._digest(standing) != file.sha256:
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(standing, target)
        except OSError:  # a disk without further names, another disk, too many of them
            return False
        self._sound[target] = file.sha256
        self.shared.add(file.path)
        return True

    def _digest(self, standing: Path) -> str:
        return self._sound.get(standing) or Stored(standing).sha256
