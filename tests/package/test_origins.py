"""Two cluster folders of one name: told when the second is built where the first one's 稿 stand."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from generator.package.locking import only_writer
from generator.package.origins import ORIGIN, note_origin, origin, origin_findings


def cluster_folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "cluster.yaml").write_text("地区: {县: 甲}\n", "utf-8")
    return folder


def test_another_folder_of_the_same_name_is_told_and_both_are_named(tmp_path: Path) -> None:
    first, second = cluster_folder(tmp_path / "甲"), cluster_folder(tmp_path / "乙")
    assert origin_findings(tmp_path, first) == ()
    note_origin(tmp_path, first)
    assert origin_findings(tmp_path, first) == ()
    (found,) = origin_findings(tmp_path, second)
    assert found.code == "K205"
    assert str(first) in found.found and str(second) in found.found


def test_a_folder_that_was_moved_is_no_other_one(tmp_path: Path) -> None:
    first = cluster_folder(tmp_path / "甲")
    note_origin(tmp_path, first)
    assert origin_findings(tmp_path, first.rename(tmp_path / "甲（2025）")) == ()


def test_a_note_that_cannot_be_read_tells_nothing_and_is_written_anew(tmp_path: Path) -> None:
    first, second = cluster_folder(tmp_path / "甲"), cluster_folder(tmp_path / "乙")
    (tmp_path / "数据来源.json").write_bytes(b"\xff[")
    assert origin_findings(tmp_path, first) == ()
    note_origin(tmp_path, first)
    assert origin_findings(tmp_path, second) != ()


def test_the_note_waits_for_another_writer_who_would_take_it_for_a_leftover(tmp_path: Path) -> None:
    cluster = cluster_folder(tmp_path / "甲")
    noting = Thread(target=note_origin, args=(tmp_path, cluster))
    with only_writer(tmp_path):
        noting.start()
        noting.join(0.3)
        assert noting.is_alive() and not (tmp_path / ORIGIN).exists()
    noting.join(10)
    assert origin(tmp_path) == cluster
