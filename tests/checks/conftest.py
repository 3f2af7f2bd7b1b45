"""The example whose figures are given by hand, to be spoilt in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.by_hand import copy_by_hand


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_by_hand(tmp_path_factory.mktemp("示例") / "集群")


@pytest.fixture(scope="module")
def text(file: Path) -> str:
    return file.read_text("utf-8")
