"""A 稿 in a folder that may not be written, or whose files may not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import OutputError, UnreadableError
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.drafts import write_draft
from generator.package.manifest import SUBMITTED
from generator.package.verification.today import Today
from generator.package.verification.verify import verify_package
from tests.package.samples import FACTS, SNAPSHOT, sample_files
from tests.permissions import needs_permissions, without_access

pytestmark = needs_permissions


def test_a_folder_without_permission_is_told_in_words(tmp_path: Path) -> None:
    with without_access(tmp_path, 0o500), pytest.raises(OutputError, match="没有写入权限"):
        write_draft(tmp_path, FACTS, sample_files(), SNAPSHOT)


def test_a_folder_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    draft = write_draft(tmp_path, FACTS, sample_files(), SNAPSHOT).draft
    with without_access(draft / SUBMITTED), pytest.raises(UnreadableError, match="读不到"):
        verify_package(draft, Today(Library.standard(), FontLibrary.bundled(), None, None, ()))
