"""Evidence after 定稿, from the data to the sheets: what was printed keeps its numbers, and the slip makes the old print the new one."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cli.small_folder import Folder
from tests.cli.test_correct import DATA, pairs, texts
from tests.package.evidence.papers import text_pdf

PRINTING = Path(__file__).resolve().parents[2] / "templates" / "materials" / "printing.yaml"
EVIDENCE = "佐证材料"
FIRST = {"甲": 5, "乙": 3, "丙": 2, "丁": 4}


class Office(Folder):
    """A cluster whose items of evidence are PDF files of so many pages, and one printed copy."""

    def put(self, pages: Mapping[str, int], *, words: Mapping[str, str] | None = None) -> None:
        """Write the data with these items in this order; `words` is what stands on the pages of a file, its name by default."""
        for name, count in pages.items():
            word = (words or {}).get(name, name)
            (self.cluster / EVIDENCE / f"{name}.pdf").write_bytes(text_pdf(count, word=f"item{ord(word[0])}{word[1:]}"))
        items = [f"  - {{名称: {name}材料, 证明: [集群总产值], 文件: [{EVIDENCE}/{name}.pdf]}}\n" for name in pages]
        self.write(f"{DATA}佐证材料:\n{''.join(items)}" if items else f"{DATA}佐证材料: []\n")

    def built(self, pages: Mapping[str, int], **more: Any) -> Path:
        self.put(pages, **more)
        self.build()
        return self.draft

    def freeze(self) -> None:
        assert self.run("freeze", "--form", "small", "--copies", "1").exit_code == 0

    def printed(self) -> None:
        assert self.run("ledger", "第1份", "--form", "small", "--printed", "是").exit_code == 0

    @property
    def series(self) -> Path:
        (found,) = self.output.glob("*/*/第001稿")
        return found.parent

    @property
    def draft(self) -> Path:
        return sorted(self.series.glob("第*稿"))[-1]

    def volumes(self, draft: Path) -> list[Path]:
        return sorted((draft / "1_报送材料").glob("03_*.pdf"))

    def papers(self) -> dict[str, list[tuple[int | None, int | None, int | None]]]:
        """What is to be done to each paper of the copy: the sheet taken out, the one put in, and behind which."""
        (copy,) = json.loads(self.run("correct", "--form", "small", "--json").stdout)["copies"]
        return {
            paper["paper"]: [(step["old"], step["new"], step["after"]) for step in paper["steps"]]
            for paper in copy["papers"]
        }


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.built(FIRST)
    office.freeze()
    office.printed()
    return office


def labels(volume: Path) -> list[str]:
    """The page labels, which are the numbers printed on the pages."""
    reader = PdfReader(io.BytesIO(volume.read_bytes()))
    printed = [re.findall(r"佐证材料 第([0-9-]+)页", page.extract_text()) for page in reader.pages]
    assert [[label] for label in reader.page_labels] == printed
    return list(reader.page_labels)


def outline(volume: Path) -> list[tuple[str, str]]:
    """The bookmarks, and the labels of the pages that they lead to."""
    reader = PdfReader(io.BytesIO(volume.read_bytes()))
    pages = [reader.get_destination_page_number(entry) for entry in reader.outline]  # type: ignore[arg-type]
    titles = [str(entry.title) for entry in reader.outline]  # type: ignore[union-attr]
    return [(title, reader.page_labels[page or 0]) for title, page in zip(titles, pages, strict=True)]


def slipped(old: list[str], slip: list[tuple[str, str]], steps: list[tuple[int | None, int | None, int | None]]) -> Any:
    """The old sheets with those of the print put in; the sheets of the print that were used are taken from it."""
    stack: list[list[tuple[str, str]]] = [[], *([sheet] for sheet in pairs(old))]
    for taken, put, after in steps:
        sheet = [slip.pop(0)] if put else []
        if taken:
            stack[taken] = sheet
        else:
            stack[after or 0] += sheet
    return [sheet for lying in stack for sheet in lying]


def test_freezing_makes_no_new_draft(office: Office) -> None:
    office.build()
    assert office.draft.name == "第001稿"


def test_numbers_labels_contents_bookmarks_and_the_table_of_evidence_agree(office: Office) -> None:
    draft = office.built({"丁": 4, "新": 2, "丙": 1, "甲": 6})
    (volume,) = office.volumes(draft)
    assert labels(volume)[:10] == ["1", "2", "3", "4", "5", "6", "7", "8", "8-1", "8-2"]
    assert labels(volume)[10:] == ["13", "14", *(str(number) for number in range(17, 27))]
    contents = texts(volume)[0]
    for line in (
        "甲材料 集群总产值（亿元） 3—8-1",
        "乙材料 已撤回 原第9—12页",
        "13—14 已撤15—16页",
        "新材料 集群总产值（亿元） 23—25",
    ):
        assert re.sub(r"\s", "", line) in re.sub(r"\s", "", contents), contents
    assert outline(volume) == [
        ("目录", "1"), ("1　甲材料", "3"), ("3　丙材料", "13"), ("4　丁材料", "17"), ("5　新材料", "23")
    ]  # fmt: skip
    (table,) = (draft / "1_报送材料").glob("05_*.pdf")
    said = re.sub(r"\s", "", "".join(texts(table)))
    for name, pages in (("甲", "3—8-1"), ("丙", "13—14"), ("丁", "17—21"), ("新", "23—25")):
        assert f"{name}材料佐证材料{pages}" in said


def test_only_contents_and_new_sheets_are_printed_and_the_slip_makes_the_old_print_the_new_one(office: Office) -> None:
    (old,) = office.volumes(office.draft)
    before = texts(old)
    draft = office.built({"丁": 4, "新": 2, "丙": 1, "甲": 6})
    (new,) = office.volumes(draft)
    papers = office.papers()
    assert list(papers) == [EVIDENCE, "佐证对应表"]
    (made,) = (office.series / "更正").glob("*/换页打印稿.pdf")
    reader = PdfReader(io.BytesIO(made.read_bytes()))
    assert reader.page_labels[:8] == [
        f"{EVIDENCE}-{label}" for label in ["1", "2", "8-1", "8-2", "23", "24", "25", "26"]
    ]
    slip = pairs(texts(made))
    assert slipped(before, slip, papers[EVIDENCE]) == pairs(texts(new))
    assert "（新页：第1—2、8-1—8-2、23—26页）" in office.run("correct", "--form", "small").stdout
    told = "".join(texts(made.with_name("换页单.pdf")))
    assert "第8-1、8-2页" in told and "第23、24页" in told
    assert "第1—2、8-1—8-2、23—26页" in "".join(texts(made.with_name("更正说明.pdf")))


def test_the_comparison_tells_the_numbers_of_both_prints(office: Office) -> None:
    office.built({"丁": 4, "新": 2, "丙": 2, "甲": 6})
    told = office.run("diff", "--form", "small", "--of", "第002稿").stdout
    assert "更换：甲材料（内容变了：佐证材料/甲.pdf；原第3—8页，现第3—8-1页）" in told
    assert "新增：新材料（第23—25页）" in told
    assert "去掉：乙材料（原第9—12页）" in told


def test_an_item_that_was_renamed_changes_contents_and_its_divider(office: Office) -> None:
    office.write(office.text.replace("丙材料", "丙方材料"))
    office.build()
    assert office.papers()[EVIDENCE] == [(1, 1, None), (7, 7, None)]


def test_items_in_another_order_change_nothing_that_is_printed(office: Office) -> None:
    office.built({name: FIRST[name] for name in "丙丁乙甲"})
    assert office.papers() == {}


def test_corrections_between_versions_are_merged_and_a_second_version_keeps_its_numbers(office: Office) -> None:
    (old,) = office.volumes(office.draft)
    printed = texts(old)
    office.built({**FIRST, "甲": 6})
    office.built({**FIRST, "乙": 4})
    assert office.built(FIRST).name == "第004稿"
    assert EVIDENCE not in office.papers()
    office.built({**FIRST, "甲": 6, "戊": 1})
    office.freeze()
    second = office.built({**FIRST, "甲": 8, "戊": 1})
    (volume,) = office.volumes(second)
    assert labels(volume)[8:12] == ["8-1", "8-2", "8-3", "8-4"]
    (made,) = (office.series / "更正" / second.name).glob("换页打印稿.pdf")
    assert slipped(printed, pairs(texts(made)), office.papers()[EVIDENCE]) == pairs(texts(volume))


def test_a_copy_that_was_exchanged_holds_the_second_version(office: Office) -> None:
    office.built({**FIRST, "甲": 6, "戊": 1})
    office.freeze()
    assert office.run("ledger", "第1份", "--form", "small", "--exchanged", "2").exit_code == 0
    assert office.papers() == {}
    office.built({**FIRST, "甲": 7, "戊": 1})
    assert office.papers()[EVIDENCE] == [(1, 1, None), (None, 6, 5)]


def test_what_was_frozen_as_withdrawn_comes_back_under_new_numbers(office: Office) -> None:
    office.built({"甲": 5, "丙": 2, "丁": 4})
    assert labels(office.volumes(office.built(FIRST))[0]) == labels(office.volumes(office.series / "第001稿")[0])
    office.built({"甲": 5, "丙": 2, "丁": 4})
    office.freeze()
    (volume,) = office.volumes(office.built(FIRST))
    assert outline(volume)[-1] == ("5　乙材料", "23")
    assert "原第9—12页" in texts(volume)[0]


def test_nothing_left_is_told_by_contents_alone(office: Office) -> None:
    (volume,) = office.volumes(office.built({}))
    assert labels(volume) == ["1", "2"]
    assert texts(volume)[0].count("已撤回") == 4


def test_a_restored_version_built_elsewhere_is_what_it_was_and_here_follows_the_last_version(
    office: Office, tmp_path: Path
) -> None:
    office.built({"甲": 6, "丙": 2, "丁": 4})
    office.freeze()
    assert office.run("history", "--form", "small", "--restore", "第1版", "--to", str(tmp_path / "恢复")).exit_code == 0
    shutil.copy(tmp_path / "恢复" / "数据" / "cluster.yaml", office.file)
    office.put(FIRST)
    office.build()
    (here,) = office.volumes(office.draft)
    assert outline(here)[-1] == ("5　乙材料", "23")
    office.output = tmp_path / "elsewhere"
    office.build()
    (there,) = office.volumes(office.draft)
    (kept,) = (tmp_path / "恢复" / "成果" / "1_报送材料").glob("03_*.pdf")
    assert there.read_bytes() == kept.read_bytes()


def test_a_build_upon_drafts_equals_one_with_the_version_alone(office: Office, tmp_path: Path) -> None:
    for pages in ({**FIRST, "甲": 6}, {"甲": 6, "丙": 1, "新": 2}, {"丙": 1, "新": 2, "甲": 6}):
        draft = office.built(pages)
        whole = {path.relative_to(draft): path.read_bytes() for path in draft.rglob("*") if path.is_file()}
        empty = tmp_path / f"only{len(pages)}{draft.name}"
        shutil.copytree(office.series / "定稿", empty / office.series.relative_to(office.output) / "定稿")
        output, office.output = office.output, empty
        office.build()
        alone = next(empty.glob("*/*/第001稿"))
        office.output = output
        assert {path.relative_to(alone): path.read_bytes() for path in alone.rglob("*") if path.is_file()} == whole


def test_several_volumes_are_corrected_each_and_stay_as_they_were_split(tmp_path: Path) -> None:
    office = Office(tmp_path)
    (office.library / "materials").mkdir()
    own = PRINTING.read_text(encoding="utf-8").replace("sheets_per_volume: 300", "sheets_per_volume: 8")
    (office.library / "materials" / "printing.yaml").write_text(own, encoding="utf-8")
    before = office.built({"甲": 9, "乙": 5, "丙": 3, "丁": 9})
    office.freeze()
    office.printed()
    old = [texts(volume) for volume in office.volumes(before)]
    after = office.built({"甲": 14, "乙": 5, "丙": 3, "丁": 9, "新": 12})
    new = [texts(volume) for volume in office.volumes(after)]
    assert (len(old), len(new)) == (3, 4)
    papers = office.papers()
    assert [name for name in papers if name.startswith(EVIDENCE)] == [
        EVIDENCE,
        "佐证材料第2册",
        "佐证材料第3册",
        "佐证材料第4册",
    ]
    (made,) = (office.series / "更正").glob("*/换页打印稿.pdf")
    slip = pairs(texts(made))
    for then, now, steps in zip([*old, []], new, list(papers.values()), strict=False):
        assert slipped(then, slip, steps) == pairs(now)
    assert "E303" in office.run("build", "--form", "small", "--json").stdout


def test_a_version_that_is_frozen_late_is_followed_from_then_on(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.built(FIRST)
    longer = {**FIRST, "甲": 6}
    assert "8-1" not in labels(office.volumes(office.built(longer))[0])
    assert office.run("freeze", "--form", "small", "--copies", "1", "--draft", "1").exit_code == 0
    assert labels(office.volumes(office.built(longer))[0])[8:10] == ["8-1", "8-2"]


def test_a_damaged_version_is_told_of_and_the_one_before_it_counts(office: Office) -> None:
    office.built({**FIRST, "甲": 6})
    office.freeze()
    damaged = office.series / "定稿" / "第02版" / "成果" / "snapshot.json"
    damaged.write_bytes(damaged.read_bytes() + b" ")
    told = office.run("build", "--form", "small", "--json")
    assert "E302" in told.stdout
    assert labels(office.volumes(office.draft)[0])[8:10] == ["8-1", "8-2"]


def test_a_draft_follows_the_version_too(office: Office) -> None:
    office.put({**FIRST, "甲": 6})
    (office.cluster / EVIDENCE / "丙.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert office.run("build", "--form", "small", "--draft").exit_code == 0
    (volume,) = office.volumes(office.draft)
    assert labels(volume)[8:10] == ["8-1", "8-2"]
    assert "这个文件没有装入" in texts(volume)[labels(volume).index("14")]


def test_a_glued_copy_gets_the_new_pages_behind_the_notice(office: Office) -> None:
    assert office.run("ledger", "第1份", "--form", "small", "--bound", "胶装").exit_code == 0
    draft = office.built({"甲": 6, "乙": 3, "丙": 2, "丁": 4})
    (copy,) = json.loads(office.run("correct", "--form", "small", "--json").stdout)["copies"]
    assert [way["way"] for way in copy["ways"]] == ["整册重印", "另附更正说明"]
    (notice,) = (office.series / "更正").glob("*/更正说明.pdf")
    assert not (notice.parent / "换页打印稿.pdf").exists()
    assert "8-1" in "".join(texts(notice))
    enclosed = texts(notice.parent / "更正说明附页.pdf")
    (volume,) = office.volumes(draft)
    (new,) = (page for page in texts(volume) if "第8-1页" in page)
    assert new in enclosed
    steps = [step for paper in copy["papers"] for step in paper["steps"]]
    assert len(enclosed) == 2 * sum(step["new"] is not None for step in steps)
