from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.errors import OutputError, UnreadableError
from generator.package import disk
from generator.package.drafts import CURRENT, Written, current_draft, drafts, drafts_folder, write_draft
from generator.package.locking import LOCK, only_writer
from generator.package.manifest import KEPT, MANIFEST, SUBMITTED, PackageFile, read_manifest
from generator.package.opening.inspection import is_whole
from tests.package.samples import CLUSTER, FACTS, FORM, SNAPSHOT, pdf_file, sample_files, word_file

CHECKOUT = Path(__file__).resolve().parents[2]


def write(output: Path, text: str = "<w/>") -> Written:
    return write_draft(output, FACTS, sample_files(text), SNAPSHOT)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_draft_holds_its_files_a_manifest_and_a_snapshot(tmp_path: Path) -> None:
    written = write(tmp_path)
    assert written.changed
    assert written.draft == tmp_path / CLUSTER / FORM / "第001稿"
    assert sorted(tree(written.draft)) == [
        f"{SUBMITTED}/01_申报表_{CLUSTER}.docx",
        f"{SUBMITTED}/01_申报表_{CLUSTER}.pdf",
        f"{KEPT}/自查报告.txt",
        "manifest.json",
        "snapshot.json",
    ]
    assert json.loads((written.draft / "snapshot.json").read_bytes()) == SNAPSHOT


def test_the_manifest_tells_role_path_hash_and_pages_of_each_file(tmp_path: Path) -> None:
    draft = write(tmp_path).draft
    manifest = json.loads((draft / MANIFEST).read_bytes())
    assert [(file["role"], file.get("pages")) for file in manifest["files"]] == [
        ("form.docx", 2),
        ("form.pdf", 2),
        ("check.txt", None),
    ]
    for file in [*manifest["files"], manifest["snapshot"]]:
        assert disk_hash(draft / file["path"]) == file["sha256"]
    assert manifest["fonts"][0]["name"] == "仿宋_GB2312"
    assert manifest["skipped"] == [{"what": "佐证材料", "why": "没有给出文件"}]
    assert manifest["draft"] is True


def disk_hash(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = write(tmp_path)
    assert read_manifest(written.draft) == written.manifest


def test_the_next_draft_leaves_the_first_untouched(tmp_path: Path) -> None:
    first = write(tmp_path)
    before = tree(first.draft)
    second = write(tmp_path, "<changed/>")
    assert second.draft.name == "第002稿"
    assert tree(first.draft) == before
    assert current_draft(drafts_folder(tmp_path, CLUSTER, FORM)) == second.draft


def test_nothing_changed_nothing_written(tmp_path: Path) -> None:
    first = write(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != FORM}
    again = write(tmp_path)
    assert not again.changed
    assert again.draft == first.draft
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != FORM} == before


def test_going_back_to_older_content_is_a_new_draft(tmp_path: Path) -> None:
    write(tmp_path, "<a/>")
    write(tmp_path, "<b/>")
    assert write(tmp_path, "<a/>").draft.name == "第003稿"


def test_two_runs_in_two_folders_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("here", "there"):
        write(tmp_path / name)
        write(tmp_path / name, "<changed/>")
    assert tree(tmp_path / "here") == tree(tmp_path / "there")


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.package.test_drafts import write; write(Path(sys.argv[1]))"
    )
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(CHECKOUT), "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / seed)], check=True, env=environment, timeout=60)
    assert tree(tmp_path / "1") == tree(tmp_path / "2")
    assert tree(tmp_path / "1")


def test_two_clusters_and_two_forms_have_drafts_of_their_own() -> None:
    folders = {
        drafts_folder(Path("out"), cluster, form) for cluster in ("甲/乙", "甲乙") for form in ("national-2025", "x")
    }
    assert len(folders) == 4
    assert {folder.parent.name for folder in folders} == {"甲／乙", "甲乙"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda draft: next(draft.rglob("*.docx")).write_bytes(b"PK"),
        lambda draft: next(draft.rglob("*.pdf")).unlink(),
        lambda draft: (draft / "snapshot.json").write_bytes(b"{}"),
        lambda draft: (draft / MANIFEST).write_bytes(b"{}"),
        lambda draft: (draft / MANIFEST).write_bytes(b"[" * 100_000),
        lambda draft: (draft / MANIFEST).write_bytes((draft / MANIFEST).read_bytes().replace(b"form.pdf", b"form.doc")),
        lambda draft: (draft / MANIFEST).unlink(),
        lambda draft: shutil.rmtree(draft),
    ],
)
def test_a_draft_that_differs_from_its_manifest_is_not_current_and_is_not_written_over(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    draft = write(tmp_path).draft
    damage(draft)
    damaged = tree(draft) if draft.exists() else None
    assert current_draft(draft.parent) is None
    again = write(tmp_path)
    assert again.changed
    assert current_draft(draft.parent) == again.draft
    if damaged is not None:
        assert again.draft.name == "第002稿"
        assert tree(draft) == damaged


def test_files_that_office_programs_leave_do_not_spoil_a_draft(tmp_path: Path) -> None:
    draft = write(tmp_path).draft
    (draft / SUBMITTED / "~$申报表.docx").write_bytes(b"")
    (draft / "Thumbs.db").write_bytes(b"")
    assert is_whole(draft)


def test_without_its_pointer_the_last_draft_is_current(tmp_path: Path) -> None:
    write(tmp_path)
    last = write(tmp_path, "<changed/>").draft
    (last.parent / CURRENT).write_bytes(b"\xff")
    assert current_draft(last.parent) == last
    assert write(tmp_path, "<changed/>").draft == last
    assert json.loads((last.parent / CURRENT).read_bytes())["current"] == "第002稿"


def test_a_build_killed_between_rename_and_pointer_is_finished_by_the_next(tmp_path: Path) -> None:
    first = write(tmp_path).draft
    pointer = (first.parent / CURRENT).read_bytes()
    second = write(tmp_path, "<changed/>").draft
    (first.parent / CURRENT).write_bytes(pointer)
    assert current_draft(first.parent) == first
    assert write(tmp_path, "<changed/>") == Written(second, read_manifest(second), changed=True)
    assert current_draft(first.parent) == second
    assert drafts(first.parent) == (first, second)


def test_a_pointer_to_elsewhere_is_not_followed(tmp_path: Path) -> None:
    draft = write(tmp_path).draft
    pointer = json.loads((draft.parent / CURRENT).read_bytes())
    (draft.parent / CURRENT).write_text(json.dumps({**pointer, "current": "../national-2025/第001稿"}))
    assert current_draft(draft.parent) == draft


def test_a_manifest_that_names_files_elsewhere_is_refused(tmp_path: Path) -> None:
    draft = write(tmp_path).draft
    text = (draft / MANIFEST).read_text(encoding="utf-8").replace(f"{KEPT}/自查报告.txt", "../../../secret")
    (draft / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError):
        read_manifest(draft)


@pytest.mark.parametrize("path", ["../x.docx", "1_报送材料/../../x", "/x", "x.docx", "1_报送材料/C:x", "1_报送材料//x"])
def test_a_file_outside_the_draft_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="位置不对"):
        write_draft(tmp_path, FACTS, [PackageFile("form.docx", path, b"")], SNAPSHOT)
    assert list(tmp_path.iterdir()) == []


def test_two_files_that_windows_takes_for_one_are_refused(tmp_path: Path) -> None:
    files = [PackageFile("a", f"{SUBMITTED}/{name}", b"") for name in ("A.txt", "a.txt")]
    with pytest.raises(OutputError, match="重名"):
        write_draft(tmp_path, FACTS, files, SNAPSHOT)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (sample_files(listed=3), "应有 3 页，实有 2 页"),
        ([PackageFile("form.docx", f"{SUBMITTED}/a.docx", b"no archive")], "打不开"),
        ([PackageFile("form.docx", f"{SUBMITTED}/a.docx", word_file("<a>&</a>"))], "打不开"),
        ([PackageFile("form.pdf", f"{SUBMITTED}/a.pdf", b"%PDF-1.4 nothing", 1)], "打不开"),
        ([PackageFile("form.pdf", f"{SUBMITTED}/a.pdf", pdf_file()[:-400], 1)], "打不开"),
    ],
)
def test_output_that_does_not_open_never_becomes_a_draft(tmp_path: Path, files: list[PackageFile], reason: str) -> None:
    with pytest.raises(OutputError, match=reason):
        write_draft(tmp_path, FACTS, files, SNAPSHOT)
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    assert list(folder.iterdir()) == []


def test_bytes_that_the_disk_changed_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_write = disk.write_file
    monkeypatch.setattr(disk, "write_file", lambda path, content: true_write(path, content[:-1]))
    with pytest.raises(OutputError, match="不一致"):
        write(tmp_path)


class FailingAt:
    """Stands for a system call, and fails with `error` when called for the `at`-th time."""

    def __init__(self, at: int, error: OSError) -> None:
        self.at = at
        self.error = error
        self.calls = 0

    def __call__(self, descriptor: int) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise self.error


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES, errno.EROFS])
def test_a_disk_that_fails_at_any_step_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    first = write(tmp_path).draft
    before = tree(tmp_path)
    counter = FailingAt(-1, OSError())
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", counter)
        write(tmp_path / "other")
    steps = counter.calls
    assert steps >= 9
    for step in range(1, steps + 1):
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", FailingAt(step, OSError(number, os.strerror(number))))
            with pytest.raises(OutputError) as caught:
                write(tmp_path, f"<n{step}/>")
        assert str(caught.value) and caught.value.advice
        assert caught.value.exit_code == 4
        assert not str(caught.value).isascii()
        assert is_whole(first)
        assert all(is_whole(draft) for draft in drafts(first.parent))
    written = write(tmp_path, "<last/>")
    assert current_draft(first.parent) == written.draft
    assert not [path for path in first.parent.iterdir() if path.name.startswith(".building-")]
    assert {name: content for name, content in tree(tmp_path).items() if name in before and CURRENT not in name} == {
        name: content for name, content in before.items() if CURRENT not in name
    }


def test_an_output_that_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(OutputError, match="同名文件"):
        write(tmp_path / "output")


def test_a_rename_that_is_refused_for_a_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_rename, refusals = Path.rename, iter([True, True, False])

    def rename(path: Path, target: Path) -> Path:
        if next(refusals):
            raise PermissionError(errno.EACCES, "in use", str(path))
        return true_rename(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert write(tmp_path).draft.name == "第001稿"


def test_a_rename_that_stays_refused_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(path: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use", str(path))

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(disk, "_PAUSE", 0.0)
    with pytest.raises(OutputError, match="正被其他程序打开"):
        write(tmp_path)
    assert list(drafts_folder(tmp_path, CLUSTER, FORM).iterdir()) == []


def test_a_number_taken_meanwhile_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_rename = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if target.name == "第001稿":
            target.mkdir()
            (target / "theirs").touch()
        return true_rename(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert write(tmp_path).draft.name == "第002稿"


def test_leftovers_of_killed_builds_are_ignored_and_removed(tmp_path: Path) -> None:
    draft = write(tmp_path).draft
    leftover = draft.parent / ".building-1-abc"
    shutil.copytree(draft, leftover)
    (draft.parent / ".building-2-def").write_text("half a pointer")
    assert drafts(draft.parent) == (draft,)
    assert current_draft(draft.parent) == draft
    write(tmp_path, "<changed/>")
    assert sorted(path.name for path in draft.parent.iterdir()) == sorted(["第001稿", "第002稿", CURRENT])


def test_what_another_build_is_writing_is_left_alone(tmp_path: Path) -> None:
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    folder.mkdir(parents=True)
    theirs = folder / ".building-1-theirs"
    theirs.mkdir()
    finished: list[Written] = []
    with only_writer(folder) as held:
        assert held
        other = threading.Thread(target=lambda: finished.append(write(tmp_path)))
        other.start()
        other.join(0.5)
        assert other.is_alive()
        assert theirs.exists()
    other.join(30)
    assert finished[0].changed
    assert not theirs.exists()
    assert not (folder / LOCK).exists()


def test_waiting_for_another_build_ends_with_a_sentence(tmp_path: Path) -> None:
    with (
        only_writer(tmp_path),
        pytest.raises(OutputError, match="另一个 shenbao 正在往这里写"),
        only_writer(tmp_path, patience=0),
    ):
        pass


def test_on_a_disk_without_locks_leftovers_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def flock(descriptor: int, operation: int) -> None:
        raise OSError(errno.EOPNOTSUPP, "no locks here")

    monkeypatch.setattr(fcntl, "flock", flock)
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    (folder / ".building-1-theirs").mkdir(parents=True)
    assert write(tmp_path).changed
    assert (folder / ".building-1-theirs").exists()


def test_many_writers_at_once_write_every_draft_once(tmp_path: Path) -> None:
    threads = [threading.Thread(target=write, args=(tmp_path, f"<n{number}/>")) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    folder = drafts_folder(tmp_path, CLUSTER, FORM)
    assert [path.name for path in drafts(folder)] == [f"第00{number}稿" for number in range(1, 7)]
    assert len({read_manifest(draft).digest for draft in drafts(folder)}) == 6
    assert current_draft(folder) == drafts(folder)[-1]
