"""Sealing with the scans of a form's two signed pages, as the tests of it do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.errors import BlockedError
from generator.findings import Finding
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.manifest import SUBMITTED
from generator.package.sealing.seal import Sealed, seal
from tests.package.sealing.samples import CLUSTER, picture

LIBRARY, FONTS = Library.standard(), FontLibrary.bundled()
COVER_SCAN, DECLARATION_SCAN = picture(grey=240), picture(grey=230)
FORM_PATH = f"{SUBMITTED}/01_申报表_{CLUSTER}.pdf"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sealed(output: Path, scans: Path, **options: Any) -> Sealed:
    return seal(output, scans, LIBRARY, FONTS, **options)


def refused(output: Path, scans: Path, **options: Any) -> list[Finding]:
    with pytest.raises(BlockedError) as caught:
        sealed(output, scans, **options)
    return [finding for finding in caught.value.findings if finding.blocks]
