"""A workbook that is read while something else is done: its library works beside the interpreter, not in it.

Imports next to nothing, so that reading begins before anything else does.
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

from generator.cluster.registers.sheets import Sheet, read_sheets

STEM = "企业清单"
WORKBOOK = f"{STEM}.xlsx"


class ReadingAhead:
    """The register of the cluster at `cluster` (its folder, or a file in it), being read from now on."""

    def __init__(self, cluster: Path) -> None:
        self.cluster = cluster
        self.path = (cluster if os.path.isdir(cluster) else cluster.parent) / WORKBOOK  # noqa: PTH112 - that never raises
        self._sheets: list[Sheet] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._read, name="reading ahead")
        self._thread.start()

    def sheets(self) -> list[Sheet]:
        """Return its sheets, as `generator.cluster.registers.sheets.read_sheets` does, and raise what that raises."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._sheets

    def _read(self) -> None:
        try:
            self._sheets = read_sheets(self.path)
        except BaseException as error:  # it is raised again where the sheets are asked for
            self._error = error
