"""Page numbers, labels, contents, outline, dividers and the record of places: all tell of the same pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.package.evidence import VolumeSettings, bind_evidence, printed_pages, recorded
from tests.package.evidence import papers
from tests.package.evidence.volumes_bound import FONTS, NAME, bound, many, planned, printed_numbers, reader, text_of


def test_numbers_labels_contents_and_places_agree(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 34, pages=1))
    (file,) = bind_evidence(plan, FONTS)
    read = reader(file.content)
    pages = [page.extract_text() for page in read.pages]
    assert file.pages == len(pages)
    numbers = [number for text in pages for number in re.findall(r"佐证材料 第(\d+)页", text)]
    assert numbers == read.page_labels == [str(number) for number in range(1, len(pages) + 1)]
    contents = "".join(text for text in pages[:4] if "第1号协议" in text or "页码" in text)
    for place in plan.places:
        assert re.search(rf"第{place.number}号协议\s*第{place.number}件事实\s*{place.first}—{place.last}\b", contents)
        divider = pages[int(place.first) - 1]
        assert f"佐证材料{place.number}\n" in divider and f"第{place.number}号协议" in divider
        assert f"第{place.number}件事实" in divider
        (where,) = place.files
        assert where.first == where.last
        assert f"item {place.number} page 1" in pages[int(where.first) - 1]


def test_the_outline_leads_to_the_dividers_and_to_files_where_there_are_several(tmp_path: Path) -> None:
    items = many(tmp_path, 2)
    both = papers.item(*items[0].files, *items[1].files, number=3, name="两份合订")
    plan = planned(tmp_path, [*items, both])
    (file,) = bind_evidence(plan, FONTS)
    read = reader(file.content)
    found: list[tuple[str, int]] = []

    def walk(entries: Any) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            else:
                found.append((entry.title, (read.get_destination_page_number(entry) or 0) + 1))

    walk(read.outline)
    first, second, third = plan.places
    assert found == [
        ("目录", 1),
        ("1　第1号协议", int(first.first)),
        ("2　第2号协议", int(second.first)),
        ("3　两份合订", int(third.first)),
        ("01_协议.pdf", int(third.files[0].first)),
        ("02_协议.pdf", int(third.files[1].first)),
    ]


def test_several_volumes_are_numbered_through_and_tell_of_each_other(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 9, pages=5), VolumeSettings(sheets=20))
    files = bind_evidence(plan, FONTS)
    assert [Path(file.path).name for file in files] == [
        f"03_佐证材料_{NAME}_第{number}册.pdf" for number in range(1, len(files) + 1)
    ]
    numbers = [number for file in files for number in printed_numbers(file.content)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert numbers == [label for file in files for label in reader(file.content).page_labels]
    for number, file in enumerate(files, start=1):
        front = text_of(file.content, 0)
        assert f"第{number}册" in front and f"共{len(files)}册" in front
        own = [place for place in plan.places if place.volume == number]
        assert all(f"第{place.number}号协议" in front for place in own)
        assert (file.pages or 0) <= 40


def test_pdftotext_reads_the_same_numbers(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    (tmp_path / "照片.jpg").write_bytes(papers.picture())
    path = tmp_path / "册.pdf"
    path.write_bytes(bound(tmp_path, "照片.jpg"))
    text = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True).stdout.decode()
    assert re.findall(r"佐证材料 第(\d+)页", text) == ["1", "2", "3", "4"]


def test_an_item_over_several_volumes_is_told_and_found_again(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 1, pages=40), VolumeSettings(sheets=10))
    assert [finding.code for finding in plan.findings] == ["E301"]
    (place,) = plan.places
    assert (place.volume, place.last_volume) == (1, len(plan.volumes))
    files = bind_evidence(plan, FONTS)
    assert "（续）" in text_of(files[1].content, 0)
    assert sum(int(where.last) - int(where.first) + 1 for where in place.files) == 40


def test_long_names_and_long_lists_keep_every_divider_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.text_pdf())
    facts = [f"集群开展的第{number}项很长很长的工作" for number in range(60)]
    item = papers.item(*["甲.pdf"] * 30, name="很长的名称" * 60, proves=facts)
    plan = planned(tmp_path, [item])
    (file,) = bind_evidence(plan, FONTS)
    (place,) = plan.places
    assert "佐证材料1" in text_of(file.content, int(place.first) - 1)
    assert printed_numbers(file.content) == reader(file.content).page_labels


def test_the_record_of_places_is_json_and_tells_every_file(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 2))
    told = json.loads(json.dumps(recorded(plan)))
    assert [(item["name"], item["first"], item["last"]) for item in told] == [
        (place.name, place.first, place.last) for place in plan.places
    ]
    assert told[1]["files"] == [{"file": "02_协议.pdf", "volume": 1, "first": "8", "last": "9"}]


def test_the_record_of_places_tells_the_pages_on_larger_paper(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.text_pdf(2))
    (tmp_path / "乙.pdf").write_bytes(papers.text_pdf(3, size=(842, 1191)))
    record = recorded(planned(tmp_path, [papers.item("甲.pdf", number=1), papers.item("乙.pdf", number=2)]))
    assert [place.get("larger") for place in record] == [None, ["9", "10", "11"]]
    assert record[1]["first"] == "7"


def test_the_fonts_of_contents_and_numbers_are_told(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 1))
    faces = {run.face for pages in printed_pages(plan, FONTS) for page in pages.pages for run in page.runs}
    assert FONTS.face("宋体").key in faces and FONTS.face("仿宋_GB2312").key in faces
