"""Large contents on the disk: what was written is read, by whom and as often as it may be, and nothing is left behind."""

from __future__ import annotations

import gc
import hashlib
import tempfile
from pathlib import Path
from typing import BinaryIO

import pytest

from generator.errors import OutputError
from generator.package.manifest import SUBMITTED, ManifestFacts, PackageFile, draw_up
from generator.package.stored import Stored, reading


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def of(content: bytes) -> Stored:
    return Stored.written(lambda file: file.write(content))


def test_what_was_written_is_read_as_often_as_one_likes() -> None:
    stored = of(b"abc")
    with stored.open() as one, stored.open() as other:
        assert one.read(2) == b"ab"
        assert other.read() == b"abc"
    assert stored.read() == b"abc"


def test_a_file_of_the_package_is_the_same_in_memory_and_on_the_disk() -> None:
    content = b"content" * 1000
    held, stored = (PackageFile("form.pdf", f"{SUBMITTED}/a.pdf", body, 1) for body in (content, of(content)))
    assert held.content == stored.content == content
    assert held.size == stored.size == 7000
    assert held.sha256 == stored.sha256 == hashlib.sha256(content).hexdigest()
    facts = ManifestFacts("甲", "form")
    assert draw_up(facts, [held], b"{}") == draw_up(facts, [stored], b"{}")
    for file in (held, stored):
        with reading(file.body) as stream:
            assert stream.read() == content


def test_equal_contents_are_equal_wherever_they_stand() -> None:
    assert of(b"a") == of(b"a") != of(b"b")
    assert len({of(b"a"), of(b"a"), of(b"b")}) == 2


def test_nothing_is_left_when_nothing_holds_the_content(temporary: Path) -> None:
    stored = of(b"abc")
    assert len(list(temporary.iterdir())) == 1
    del stored
    gc.collect()
    assert not list(temporary.iterdir())


def test_a_content_that_could_not_be_written_whole_is_an_error_and_leaves_nothing(temporary: Path) -> None:
    def fail(file: BinaryIO) -> None:
        file.write(b"a")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="临时文件夹里写不了"):
        Stored.written(fail)
    assert not list(temporary.iterdir())


def test_a_file_of_ones_own_is_taken_over_and_its_folder_may_go(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "1.pdf").write_bytes(b"abc")
    stored = Stored.moved(folder / "1.pdf")
    folder.rmdir()
    assert stored.read() == b"abc"


def test_a_file_that_stands_somewhere_stays_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    stored = Stored(tmp_path / "a")
    assert stored.size == 3
    del stored
    gc.collect()
    assert (tmp_path / "a").read_bytes() == b"abc"
