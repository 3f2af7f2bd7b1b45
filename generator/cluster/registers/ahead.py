"""A workbook that is read while something else is done: its library works beside the interpreter, not in it.

Imports next to nothing, so that reading begins before anything else does.
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.cluster.registers.grid import Grid

STEM = "企业清单"
WORKBOOK = f"{STEM}.xlsx"


class ReadingAhead:
    """The register of the cluster at `cluster` (its folder, or a file in it), being read from now on."""

    def __init__(self, cluster: Path) -> None:
        from generator.cluster.registers.workbook import sheets_at

        self.cluster = cluster
        self.path = (cluster if os.path.isdir(cluster) else cluster.parent) / WORKBOOK  # noqa: PTH112 - that never raises
        self._read_sheets = sheets_at
        self._grids: tuple[Grid, ...] = ()
        self._error: BaseException | None = None
        self._thread = Thread(target=self._read, name="reading ahead")
        self._thread.start()

    def grids(self) -> tuple[Grid, ...]:
        """Return its sheets, as `generator.cluster.registers.workbook.sheets_at` does, and raise what that raises."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._grids

    def _read(self) -> None:
        try:
            self._grids = self._read_sheets(self.path)
        except BaseException as error:  # it is raised again where the sheets are asked for
            self._error = error
