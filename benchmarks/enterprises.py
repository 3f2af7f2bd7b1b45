"""A cluster with as many enterprises as asked for, made of an example: the same bytes on every run."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from generator.cluster.enterprises import ENTERPRISES
from generator.cluster.registers import WORKBOOK, workbook_to_fill

_KEY_MARKS = "[]"
_NAME, _CODE = "名称", "统一社会信用代码"
_YEARS = range(2020, 2025)

Row = Mapping[str, Any]


def write_cluster(example: Path, folder: Path, number: int) -> Path:
    """Copy the cluster folder `example` to `folder`, with `number` enterprises in its register; return the workbook's path.

    The enterprises are those of the example, over and over, with every cell that theirs have; each has a name and a valid
    code of its own. All else stays as it is.
    """
    shutil.copytree(example, folder)
    workbook = folder / WORKBOOK
    rows = {name: list(_rows(example / WORKBOOK, sheet)) for name, sheet in _sheets().items()}
    rows[ENTERPRISES] = [_renamed(row, at) for at, row in enumerate(islice(cycle(rows[ENTERPRISES]), number), start=1)]
    workbook.write_bytes(workbook_to_fill(_catalogue(), _YEARS, rows))
    return workbook
