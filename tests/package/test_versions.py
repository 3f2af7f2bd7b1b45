"""Frozen versions: kept whole, told apart from trial builds, found out when touched, restored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.errors import MissingError, OutputError, UnreadableError, UsageError
from generator.keeping import freeze_draft
from generator.package import disk
from generator.package.drafts import write_draft
from generator.package.versions.frozen import (
    FROZEN,
    freeze,
    is_intact,
    restore,
    result_of,
    standing_result,
    version_named,
    versions,
)
from tests.package.samples import FACTS, SNAPSHOT, sample_files

DAY = date(2025, 5, 20)


def built(output: Path, text: str = "<w/>", *, draft: bool = False) -> Path:
    return write_draft(output, replace(FACTS, draft=draft), sample_files(text), SNAPSHOT).draft


def test_a_version_is_the_draft_whole_with_its_data(tmp_path: Path) -> None:
    draft = built(tmp_path)
    version, new = freeze(draft.parent, draft, DAY, note="首次打印", data={"cluster.yaml": b"a: 1"})
    assert new and (version.number, version.name, version.draft) == (1, "第01版", "第001稿")
    kept = result_of(draft.parent, version)
    files = {path.relative_to(draft): path.read_bytes() for path in draft.rglob("*") if path.is_file()}
    assert {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()} == files
    assert (kept.parent / "数据" / "cluster.yaml").read_bytes() == b"a: 1"
    assert versions(draft.parent) == (version,) and is_intact(draft.parent, version)


def test_the_same_draft_is_one_version_and_trial_builds_are_none(tmp_path: Path) -> None:
    first = built(tmp_path)
    freeze(first.parent, first, DAY)
    assert freeze(first.parent, first, date(2025, 6, 1))[1] is False
    built(tmp_path, "<w>试</w>")
    third = built(tmp_path, "<w>三</w>")
    version, _ = freeze(first.parent, third, DAY)
    assert (version.number, version.draft) == (2, "第003稿")


def test_a_marked_or_touched_draft_is_no_version(tmp_path: Path) -> None:
    marked = built(tmp_path / "一", draft=True)
    with pytest.raises(UsageError, match="草稿"):
        freeze(marked.parent, marked, DAY)
    touched = built(tmp_path / "二")
    next(touched.rglob("*.docx")).write_bytes(b"other")
    with pytest.raises(UnreadableError, match="不完整"):
        freeze(touched.parent, touched, DAY)
    assert versions(marked.parent) == versions(touched.parent) == ()


def test_a_touched_version_is_found_out_and_not_restored(tmp_path: Path) -> None:
    draft = built(tmp_path / "成果")
    version, _ = freeze(draft.parent, draft, DAY)
    target = restore(draft.parent, version, tmp_path / "恢复")
    assert (target / "成果" / "manifest.json").read_bytes() == (draft / "manifest.json").read_bytes()
    with pytest.raises(OutputError, match="没有改动"):
        restore(draft.parent, version, target)
    next(result_of(draft.parent, version).rglob("*.pdf")).write_bytes(b"other")
    assert not is_intact(draft.parent, version)
    with pytest.raises(UnreadableError):
        restore(draft.parent, version, tmp_path / "再恢复")


@pytest.mark.parametrize("content", [b"a: 2", None])
def test_data_that_were_touched_or_lost_are_found_out_too(content: bytes | None, tmp_path: Path) -> None:
    draft = built(tmp_path)
    version, _ = freeze(draft.parent, draft, DAY, data={"cluster.yaml": b"a: 1", "名录/企业.csv": b"1"})
    kept = result_of(draft.parent, version).parent / "数据" / "cluster.yaml"
    assert is_intact(draft.parent, version)
    kept.write_bytes(content) if content else kept.unlink()
    assert not is_intact(draft.parent, versions(draft.parent)[0])
    with pytest.raises(UnreadableError, match="不能恢复") as raised:
        restore(draft.parent, version, tmp_path / "恢复")
    assert "数据" in raised.value.advice


def test_what_was_frozen_is_still_known_from_the_draft_that_it_was(tmp_path: Path) -> None:
    draft = built(tmp_path)
    version, _ = freeze(draft.parent, draft, DAY)
    assert standing_result(draft.parent, version) == result_of(draft.parent, version)
    next(result_of(draft.parent, version).rglob("*.pdf")).write_bytes(b"other")
    assert standing_result(draft.parent, version) == draft
    with pytest.raises(UnreadableError) as raised:
        restore(draft.parent, version, tmp_path / "恢复")
    assert "第001稿 还是完好的" in raised.value.advice
    next(draft.rglob("*.docx")).write_bytes(b"other")
    assert standing_result(draft.parent, version) is None


def test_a_freeze_that_the_disk_stops_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = built(tmp_path)

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(disk, "write_file", full)
    with pytest.raises(OutputError, match="磁盘空间不足"):
        freeze_draft(draft.parent, None, DAY, lambda _: ())
    assert list((draft.parent / FROZEN).iterdir()) == []


def test_an_unknown_version_is_named_with_those_known(tmp_path: Path) -> None:
    draft = built(tmp_path)
    version, _ = freeze(draft.parent, draft, DAY)
    assert version_named(draft.parent, "第1版") == version_named(draft.parent, "1") == version
    with pytest.raises(MissingError) as raised:
        version_named(draft.parent, "第7版")
    assert "第01版" in raised.value.advice
