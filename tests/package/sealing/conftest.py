"""A folder for packages, and one of scans of the form's two signed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.package.sealing.samples import put
from tests.package.sealing.sealings import COVER_SCAN, DECLARATION_SCAN


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    return put(tmp_path / "扫描件", 封面__jpg=COVER_SCAN, 九__jpg=DECLARATION_SCAN)
