"""One figure corrected after the whole package was built: a copy of a cluster, and the outputs that it is built to."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NOTICE = "shanghai-2024"
"""The notice that the package is built for: evidence, five copies, discs."""

_FIGURE = re.compile(r"(\n  县域工业总产值: .*?2023: )(\d+)\.(\d\d)")


@dataclass(frozen=True)
class Correction:
    """Two ways to the same package of a cluster in `folder`: all of it anew, or on top of what stands there.

    `build` runs a build with the arguments given, and returns the seconds that it took.
    """

    folder: Path
    build: Callable[[Sequence[str]], float]
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def furnish(self, example: Path) -> None:
        """Copy the cluster `example`, and build its package once."""
        shutil.copytree(example, self._cluster)
        self._built(self._output)

    def again(self) -> dict[str, float]:
        """Correct one figure, which stands in the form and in what is worked out of it, and build on top of the 稿 before."""
        text = self._source.read_text(encoding="utf-8")
        amount = next(self._numbers)
        corrected, found = _FIGURE.subn(rf"\g<1>\g<2>.{amount % 100:02}", text)
        if found != 1:
            raise ValueError(f"no figure to correct in {self._source}")
        self._source.write_text(corrected, encoding="utf-8")
        return {"correction": self._built(self._output)}

    def anew(self) -> dict[str, float]:
        """Build the whole package into an empty folder."""
        output = self.folder / "anew"
        shutil.rmtree(output, ignore_errors=True)
        return {"whole anew": self._built(output)}

    @property
    def _cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def _source(self) -> Path:
        return self._cluster / "cluster.yaml"

    @property
    def _output(self) -> Path:
        return self.folder / "output"

    def _built(self, output: Path) -> float:
        return self.build(["build", str(self._cluster), "--notice", NOTICE, "--draft", "--quiet", "-o", str(output)])
