"""What is the same is taken over from the recommendation before: equal to one made anew, and kept once on the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.build import Printed, print_form
from generator.forms.filled import FilledForm
from generator.package.drafts import Written
from generator.package.manifest import SUBMITTED, read_manifest
from generator.recommending.recommend import Recommended
from tests.recommending.clusters import WISHES, cluster, made
from tests.recommending.offices import source
from tests.summary.clusters import WHOLE, cluster_folder


def written(result: Recommended) -> Written:
    assert result.written is not None
    return result.written


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    return [source(tmp_path / "in", number, signed=True) for number in range(1, 6)]


@pytest.mark.parametrize("change", ["other", "fewer", "order", "more"])
def test_what_is_made_with_a_memory_equals_what_is_made_without(
    tmp_path: Path, sources: list[Path], change: str
) -> None:
    later = source(tmp_path / "later", 2, signed=True, 运营管理机构名称="新的公司")
    after = {
        "other": [sources[0], later, *sources[2:]],
        "fewer": sources[:-1],
        "order": sources[::-1],
        "more": [*sources, source(tmp_path / "later", 6, signed=True)],
    }[change]
    made(tmp_path / "out", *sources)
    again, anew = made(tmp_path / "out", *after), made(tmp_path / "anew", *after)
    assert written(again).manifest.digest == written(anew).manifest.digest
    for file in written(anew).manifest.everything:
        assert (written(again).draft / file.path).read_bytes() == (written(anew).draft / file.path).read_bytes()


def test_forms_set_again_from_data_are_taken_over_and_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [cluster_folder(tmp_path, f"集群{number}", WHOLE.replace("泵阀", f"泵阀{number}")) for number in (1, 2)]
    wishes = replace(WISHES, set_again=True)
    made(tmp_path / "out", *folders, wishes=wishes)
    (folders[1] / "cluster.yaml").write_text(WHOLE.replace("泵阀", "泵阀2").replace("35.20", "36.20"), encoding="utf-8")
    anew = made(tmp_path / "anew", *folders, wishes=wishes)
    printed: list[str] = []

    def noted(filled: FilledForm, *args: Any, **named: Any) -> Printed:
        printed.append(filled.name)
        return print_form(filled, *args, **named)

    monkeypatch.setattr("generator.recommending.setting_again.print_form", noted)
    again = made(tmp_path / "out", *folders, wishes=wishes)
    assert printed == ["湖北省宜昌市夷陵区泵阀2产业"]
    assert written(again).manifest.digest == written(anew).manifest.digest


def inodes(draft: Path) -> dict[str, int]:
    return {file.path: (draft / file.path).stat().st_ino for file in read_manifest(draft).files}


def test_unchanged_papers_take_no_further_room_and_word_files_have_bytes_of_their_own(
    tmp_path: Path, sources: list[Path]
) -> None:
    before = inodes(written(made(tmp_path / "out", *sources)).draft)
    later = source(tmp_path / "later", 2, signed=True, 运营管理机构名称="新的公司")
    after = inodes(written(made(tmp_path / "out", sources[0], later, *sources[2:])).draft)
    form = f"{SUBMITTED}/集群材料/01_{cluster(1).name}/01_申报表_{cluster(1).name}.pdf"
    word = form.replace(".pdf", "_未签章.docx")
    assert before[form] == after[form]
    assert before[word] != after[word]
    assert before[f"{SUBMITTED}/01_推荐文件（拟稿）.pdf"] != after[f"{SUBMITTED}/01_推荐文件（拟稿）.pdf"]


def test_bytes_that_were_altered_are_never_shared(tmp_path: Path, sources: list[Path]) -> None:
    first = written(made(tmp_path / "out", *sources)).draft
    form = f"{SUBMITTED}/集群材料/01_{cluster(1).name}/01_申报表_{cluster(1).name}.pdf"
    content = (first / form).read_bytes()
    for file in read_manifest(first).files:
        if (first / file.path).stat().st_size == len(content):
            (first / file.path).write_bytes(b"x" * len(content))
    second = written(made(tmp_path / "out", *sources[:-1])).draft
    assert (second / form).read_bytes() == content
    assert (second / form).stat().st_ino != (first / form).stat().st_ino


def test_a_disk_without_further_names_gets_copies(
    tmp_path: Path, sources: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "out", *sources)

    def refused(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.link", refused)
    again = written(made(tmp_path / "out", *sources[:-1]))
    monkeypatch.undo()
    assert again.manifest.digest == written(made(tmp_path / "anew", *sources[:-1])).manifest.digest
