"""Permissions that are taken away for a while, for tests that only a user whom they bind can run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _bind() -> bool:
    """Whether permissions bind this user: they don't bind root, unless it gave up its privileges, nor anyone on Windows."""
    with tempfile.NamedTemporaryFile() as file:
        path = Path(file.name)
        path.chmod(0)
        return not os.access(path, os.R_OK)


needs_permissions = pytest.mark.skipif(not _bind(), reason="needs a user whom permissions bind")


@contextmanager
def without_access(path: Path, mode: int = 0) -> Iterator[Path]:
    """Let `path` have the permissions `mode` for the block; a folder that may be looked into but not changed has 0o555."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield path
    finally:
        path.chmod(before)
