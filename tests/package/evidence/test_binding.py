"""Binding as work on a disk: the same bytes, drafts, files that change meanwhile, room that runs out, progress."""

from __future__ import annotations

import re
import resource
import tempfile
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.forms.library import Library
from generator.package.evidence import bind_evidence, plan_evidence, read_evidence
from generator.package.evidence.assembly import assemble
from generator.package.evidence.binding import assembly_of
from tests.package.evidence import papers
from tests.package.evidence.volumes_bound import FONTS, NAME, armed, bound, many, opened_up, planned, reader, text_of


def test_a_draft_holds_the_place_of_what_can_not_be_bound_and_is_marked(tmp_path: Path) -> None:
    (tmp_path / "好.pdf").write_bytes(papers.text_pdf())
    (tmp_path / "锁.pdf").write_bytes(papers.locked(papers.text_pdf(), user="u"))
    plan = planned(tmp_path, [papers.item("锁.pdf", "好.pdf")], mark="草稿")
    assert [finding.code for finding in plan.findings] == ["E102"]
    (file,) = bind_evidence(plan, FONTS)
    texts = [page.extract_text() for page in reader(file.content).pages]
    assert "锁.pdf" in texts[3] and "要密码才能打开" in texts[3]
    assert "page 1" in texts[4]
    assert all("草稿" in text for text in texts)


def test_equal_files_in_other_folders_give_equal_bytes(tmp_path: Path) -> None:
    contents = []
    for folder in (tmp_path / "甲", tmp_path / "乙"):
        folder.mkdir()
        (folder / "文.pdf").write_bytes(papers.altered(papers.text_pdf(3), armed))
        (folder / "照片.jpg").write_bytes(papers.picture(orientation=6))
        contents.append(bound(folder, "文.pdf", "照片.jpg"))
    assert contents[0] == contents[1]
    assert not re.search(rb"/(CreationDate|ModDate)", opened_up(contents[0]))


def test_a_file_that_changes_meanwhile_is_noticed(tmp_path: Path) -> None:
    for name, content in (("甲.pdf", papers.text_pdf()), ("照片.jpg", papers.picture())):
        (tmp_path / name).write_bytes(content)
        plan = planned(tmp_path, [papers.item(name)])
        (tmp_path / name).write_bytes(papers.text_pdf(2))
        with pytest.raises(OutputError, match=name):
            bind_evidence(plan, FONTS)
        (tmp_path / name).unlink()
        with pytest.raises(OutputError, match=name):
            bind_evidence(plan, FONTS)


@pytest.mark.parametrize("most", [0, 5_000, 20_000])
def test_a_disk_that_is_full_is_told_and_leaves_nothing_behind(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "临时"
    room.mkdir()
    (tmp_path / "照片.jpg").write_bytes(papers.picture(size=(300, 200)))
    (tmp_path / "甲.pdf").write_bytes(papers.text_pdf(3))
    plan = planned(tmp_path, [papers.item("照片.jpg", number=1), papers.item("甲.pdf", number=2)])
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        with pytest.raises(OutputError, match="临时文件夹里写不了"):
            bind_evidence(plan, FONTS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(room.iterdir()) == []


def test_one_file_for_two_items_costs_its_bytes_once(tmp_path: Path) -> None:
    data = papers.picture(mode="L", size=(800, 800), quality=95)
    (tmp_path / "甲.jpg").write_bytes(data)
    (tmp_path / "乙.pdf").write_bytes(papers.text_pdf(2))
    items = [papers.item("甲.jpg", "乙.pdf", number=number) for number in (1, 2, 3)]
    plan = planned(tmp_path, items)
    for most_pending in (1 << 30, 1_000):
        content = assemble(assembly_of(plan, plan.volumes[0], FONTS), most_pending=most_pending).read()
        assert len(content) < len(data) + 150_000
        firsts = [int(place.files[1].first) for place in plan.places]
        assert [text_of(content, number - 1)[:6] for number in firsts] == ["page 1"] * 3


def test_no_evidence_makes_no_file(tmp_path: Path) -> None:
    assert bind_evidence(planned(tmp_path, []), FONTS) == ()


def test_a_volume_written_aside_in_turns_is_the_same_volume(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 8))
    assembly = assembly_of(plan, plan.volumes[0], FONTS)
    at_once, in_turns, again = (
        assemble(assembly).read(),
        assemble(assembly, most_pending=3_000).read(),
        assemble(assembly, most_pending=3_000).read(),
    )
    assert in_turns == again
    pages = [[page.extract_text() for page in reader(content).pages] for content in (at_once, in_turns)]
    assert pages[0] == pages[1]
    assert reader(in_turns).page_labels == reader(at_once).page_labels
    assert len(reader(in_turns).outline) == len(reader(at_once).outline) == 9


def test_long_work_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(stage: str, done: int = 0, total: int = 0, /) -> None:
        told.append((stage, done, total))

    read = read_evidence(many(tmp_path, 2), tmp_path, progress)
    bind_evidence(plan_evidence(read, NAME, Library.standard(), FONTS), FONTS, progress=progress)
    assert told == [
        ("查看佐证材料", 0, 2),
        ("查看佐证材料", 1, 2),
        ("查看佐证材料", 2, 2),
        ("装订佐证材料", 0, 1),
        ("装订佐证材料", 1, 1),
    ]
