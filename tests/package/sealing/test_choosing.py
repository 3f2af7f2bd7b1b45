"""Which 稿 is sealed: found from any folder, by its name, and which are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import MissingError, UnreadableError, UsageError
from generator.package.sealing.choosing import find_draft
from tests.package.sealing.samples import standing_draft
from tests.package.sealing.sealings import FORM_PATH, LIBRARY, sealed


def test_an_older_draft_can_be_sealed_by_its_name(output: Path, scans: Path) -> None:
    standing_draft(output)
    standing_draft(output, page0="改了名称")
    written = sealed(output, scans, draft="第001稿", printed="第001稿").written
    assert written is not None and written.draft.name == "第001稿_签章1"


def test_a_sealed_version_is_not_sealed_again(output: Path, scans: Path) -> None:
    standing_draft(output)
    written = sealed(output, scans).written
    assert written is not None
    with pytest.raises(UsageError, match="已经是签章版"):
        sealed(written.draft, scans)


def test_a_marked_draft_is_not_sealed(output: Path, scans: Path) -> None:
    standing_draft(output, draft=True)
    with pytest.raises(UsageError, match="草稿"):
        sealed(output, scans)


def test_a_draft_that_was_tampered_with_is_not_sealed(output: Path, scans: Path) -> None:
    draft = standing_draft(output)
    with (draft / FORM_PATH).open("ab") as file:
        file.write(b"%")
    for source, name in ((output, "第001稿"), (draft, "")):
        with pytest.raises(UnreadableError, match="改动过"):
            sealed(source, scans, draft=name)
    with pytest.raises(UsageError, match="没有完整的当前稿"):
        sealed(output, scans)


def test_a_draft_that_does_not_tell_what_is_signed_is_to_be_built_again(output: Path, scans: Path) -> None:
    standing_draft(output, signed=())
    with pytest.raises(UsageError, match="哪几页要签章"):
        sealed(output, scans)


def test_a_draft_is_found_from_itself_its_folder_and_above(output: Path) -> None:
    draft = standing_draft(output)
    for source in (draft, draft.parent, draft.parent.parent, output):
        assert find_draft(source, LIBRARY).folder == draft
    assert find_draft(draft, LIBRARY, "第001稿").folder == draft
    for name in ("7", "第007稿"):
        with pytest.raises(UsageError, match=name):
            find_draft(output, LIBRARY, name)
    with pytest.raises(MissingError, match="第07版"):
        find_draft(output, LIBRARY, "第07版")


def test_a_folder_without_drafts_or_with_several_packages_is_told(tmp_path: Path, output: Path) -> None:
    with pytest.raises(UsageError, match="没有生成好的稿"):
        find_draft(tmp_path, LIBRARY)
    draft = standing_draft(output)
    (draft.parent.parent / "shanghai-2024" / "第001稿").mkdir(parents=True)
    with pytest.raises(UsageError, match="几份成果"):
        find_draft(output, LIBRARY)
