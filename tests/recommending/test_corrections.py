"""What becomes of an office's printed copies when a cluster, a template or the list of clusters changes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.amending import Amended
from generator.corrections.copies import CopyCorrection
from generator.corrections.rules import Way
from generator.forms.library import Library
from generator.keeping import note_copies
from generator.package.versions.ledger import read_ledger
from generator.recommending.recommend import recommend
from generator.recommending.record import read_record
from generator.resources import templates_folder
from generator.submitting import Wanted, compare_submission
from tests.package.samples import pdf_file
from tests.recommending.clusters import FONTS, LIBRARY, WISHES, cluster, made
from tests.recommending.offices import HANDOVER, LETTER, TABLE, both, corrected, frozen, series, source


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    return [source(tmp_path / "in", number, signed=True) for number in range(1, 6)]


def of(amended: Amended | None, name: str) -> CopyCorrection:
    assert amended is not None
    return next(one for one in amended.corrections if one.copy.name == name)


def fields(correction: CopyCorrection) -> list[tuple[str, str, str]]:
    assert correction.changes is not None
    return [("/".join(one.path), one.old, one.new) for one in correction.changes.fields if one.shows]


def test_the_ledger_has_a_line_for_what_goes_up_for_both_lists_and_for_the_disc(
    tmp_path: Path, sources: list[Path]
) -> None:
    made(tmp_path / "out", *sources)
    copies = read_ledger(frozen(tmp_path / "out")).copies
    assert [(copy.name, copy.papers) for copy in copies] == [
        ("第1份", (LETTER, TABLE)),
        ("材料移交清单第1份", (HANDOVER,)),
        ("材料移交清单第2份", (HANDOVER,)),
        ("光盘1", ()),
    ]


def test_copies_that_the_office_asks_for_have_a_line_each(tmp_path: Path, sources: list[Path]) -> None:
    made(tmp_path / "out", *sources)
    names = [copy.name for copy in read_ledger(frozen(tmp_path / "out", copies="正本1副本2")).copies]
    assert names[:3] == ["正本", "副本1", "副本2"] and names[-1] == "光盘1"


def test_copies_asked_for_when_it_was_made_are_remembered(tmp_path: Path, sources: list[Path]) -> None:
    made(tmp_path / "out", *sources, wishes=replace(WISHES, copies="2"))
    assert [copy.name for copy in read_ledger(frozen(tmp_path / "out")).copies][:2] == ["第1份", "第2份"]


def test_a_row_that_says_something_else_is_told_with_its_page_and_its_seal(tmp_path: Path, sources: list[Path]) -> None:
    made(tmp_path / "out", *sources)
    where = frozen(tmp_path / "out")
    note_copies(where, ["第1份"], {"盖章": "是"})
    changed = source(tmp_path / "later", 2, signed=True, 运营管理机构名称="新的公司")
    result = made(tmp_path / "out", sources[0], changed, *sources[2:])
    correction = of(result.amended, "第1份")
    assert fields(correction) == [
        (f"{TABLE}/{cluster(2).name}/集群运营管理机构", "沙市区第02产业园管理有限公司", "新的公司")
    ]
    assert [(one.paper, one.place, one.seals) for one in correction.signings] == [(TABLE, "报送单位", ("单位公章",))]
    assert correction.offers_way(Way.STRIKE)
    assert correction.offers[0].way is Way.EXCHANGE and correction.offers[0].cost.seals == 1
    assert not of(result.amended, "材料移交清单第1份").offers
    assert of(result.amended, "光盘1").offers[0].way is Way.BURN


def test_a_form_that_came_in_anew_is_put_in_without_printing_anything(tmp_path: Path, sources: list[Path]) -> None:
    made(tmp_path / "out", *sources)
    frozen(tmp_path / "out")
    folder = tmp_path / "收到" / cluster(3).name
    folder.mkdir(parents=True)
    (folder / f"01_申报表_{cluster(3).name}.pdf").write_bytes(pdf_file(2) + b"\n% signed anew\n")
    again = made(tmp_path / "out", *sources, wishes=replace(WISHES, received=tmp_path / "收到"))
    correction = of(again.amended, "第1份")
    assert [(one.name, one.what) for one in correction.enclosed] == [(cluster(3).name, "更换")]
    assert not correction.layout_only and correction.offers


def test_a_withdrawn_cluster_is_one_row_and_the_numbers_behind_it_another(tmp_path: Path, sources: list[Path]) -> None:
    _, result = both(tmp_path / "out", sources, [sources[0], *sources[2:]])
    told = fields(of(result.amended, "第1份"))
    assert (f"{TABLE}/{cluster(2).name}", "列入，序号2", "撤下") in told
    assert (f"{TABLE}/序号", "3至5", "2至4") in told
    assert len([one for one in told if one[0].startswith(TABLE)]) == 2
    assert not of(result.amended, "第1份").offers_way(Way.STRIKE), "nobody strikes out a row and renumbers the rest"
    enclosed = of(result.amended, "第1份").enclosed
    assert {(one.name, one.what) for one in enclosed} >= {
        (cluster(2).name, "去掉"),
        (cluster(5).name, "换位置"),
    }


def test_an_added_cluster_is_told_in_every_paper(tmp_path: Path, sources: list[Path]) -> None:
    _, result = both(tmp_path / "out", sources, [*sources, source(tmp_path / "later", 6, signed=True)])
    told = {place: (old, new) for place, old, new in fields(of(result.amended, "第1份"))}
    assert told.keys() == {f"{TABLE}/{cluster(6).name}", f"{LETTER}/集群/{cluster(6).name}", f"{LETTER}/开头"}
    assert told[f"{TABLE}/{cluster(6).name}"] == ("", "新列入，序号6")
    assert "推荐5个集群" in told[f"{LETTER}/开头"][0] and "推荐6个集群" in told[f"{LETTER}/开头"][1]
    handed = fields(of(result.amended, "材料移交清单第1份"))
    assert any(place == f"{HANDOVER}/申报表/{cluster(6).name}" and old == "" for place, old, _ in handed)


def test_another_order_alone_is_no_change_of_layout(tmp_path: Path, sources: list[Path]) -> None:
    _, result = both(tmp_path / "out", sources, [*sources[1:], sources[0]])
    for name in ("第1份", "材料移交清单第1份"):
        correction = of(result.amended, name)
        assert correction.papers and not correction.layout_only and fields(correction)
    assert (f"{HANDOVER}/次序", "原来的次序", "新的次序") in fields(of(result.amended, "材料移交清单第1份"))


def tuned(folder: Path) -> Library:
    """The library of an office that prints letter and list with another margin."""
    (folder / "documents").mkdir(parents=True)
    for name in ("recommendation-letter", "handover-list"):
        text = (templates_folder() / "documents" / f"{name}.yaml").read_text("utf-8")
        title = text.index("\nblocks:")
        lines = [line for line in text[:title].splitlines() if not line.startswith("margins:")]
        wider = "\n".join([*lines, "margins: [40, 25, 35, 25]"])
        (folder / "documents" / f"{name}.yaml").write_text(wider + text[title:], encoding="utf-8")
    return Library.standard((folder,))


def test_another_template_is_told_as_layout_and_need_not_be_exchanged(tmp_path: Path, sources: list[Path]) -> None:
    made(tmp_path / "out", *sources)
    frozen(tmp_path / "out")
    library = tuned(tmp_path / "own")
    result = recommend(sources, WISHES, tmp_path / "out", library, FONTS)
    for name in ("第1份", "材料移交清单第1份"):
        correction = of(result.amended, name)
        assert correction.papers and correction.layout_only
        assert correction.offers[0].way is Way.KEEP
    assert result.changes is not None and result.changes.number("不变") == 5
    told = compare_submission(Wanted(series(tmp_path / "out"), tmp_path / "out"), library, FONTS)
    layout = {one.title.partition("（")[0]: one.effect.changes.layout_only for one in told}
    assert layout == {LETTER: True, TABLE: False, HANDOVER: True}
    assert all(one.effect.changes.made for one in told)


def test_another_template_and_other_data_together_are_told_as_data(tmp_path: Path, sources: list[Path]) -> None:
    made(tmp_path / "out", *sources)
    frozen(tmp_path / "out")
    fewer = recommend(sources[:-1], WISHES, tmp_path / "out", tuned(tmp_path / "own"), FONTS)
    assert not of(fewer.amended, "第1份").layout_only
    assert not of(fewer.amended, "材料移交清单第1份").layout_only


def test_a_correction_taken_back_leaves_nothing_to_be_done(tmp_path: Path, sources: list[Path]) -> None:
    _, changed = both(tmp_path / "out", sources, sources[1:])
    assert of(changed.amended, "第1份").papers
    back = made(tmp_path / "out", *sources)
    assert all(not one.offers for one in back.amended.corrections) if back.amended else False


def test_what_was_exchanged_is_noted_and_only_the_rest_remains(tmp_path: Path, sources: list[Path]) -> None:
    both(tmp_path / "out", sources, sources[1:])
    where = frozen(tmp_path / "out")
    note_copies(where, ["第1份"], {"换页": [{"版": 2, "材料": LETTER, "张": [1]}]})
    correction = of(corrected(tmp_path / "out"), "第1份")
    assert [each.paper for each in correction.papers] == [TABLE]
    note_copies(where, ["第1份"], {"换页": [{"版": 2, "张": "全部"}]})
    assert not of(corrected(tmp_path / "out"), "第1份").offers


def test_correct_writes_the_same_again_and_nothing_where_nothing_changed(tmp_path: Path, sources: list[Path]) -> None:
    _, result = both(tmp_path / "out", sources, sources[1:])
    assert result.amended is not None and result.amended.folder is not None
    names = {path.name for path in result.amended.folder.iterdir()}
    assert {"换页单.docx", "换页单.pdf", "更正记录.pdf", "更正.json"} <= names
    again = corrected(tmp_path / "out")
    assert again.folder == result.amended.folder and not again.changed
    told = json.loads((again.folder / "更正.json").read_text("utf-8"))
    assert [one["name"] for one in told["copies"]] == ["第1份", "材料移交清单第1份", "材料移交清单第2份", "光盘1"]


def test_a_recommendation_of_an_older_tool_can_still_be_compared(tmp_path: Path, sources: list[Path]) -> None:
    result = made(tmp_path / "out", *sources)
    assert result.written is not None
    path = tmp_path / "older" / "snapshot.json"
    path.parent.mkdir()
    shutil.copy(result.written.draft / "snapshot.json", path)
    tree = json.loads(path.read_text("utf-8"))
    tree["pages"] = {role: one["fingerprints"] for role, one in tree.pop("documents").items()}
    for name in ("sender", "asked", "made", "stages", "papers"):
        tree.pop(name)
    path.write_text(json.dumps(tree), encoding="utf-8")
    older, newer = read_record(path), read_record(result.written.draft / "snapshot.json")
    assert older.pages == newer.pages and older.made is None and older.documents["汇总表"].labels == ()


def test_a_recommendation_is_compared_with_the_last_version_and_else_with_the_one_before(
    tmp_path: Path, sources: list[Path]
) -> None:
    made(tmp_path / "out", *sources)
    made(tmp_path / "out", *sources[1:])
    wanted = Wanted(series(tmp_path / "out"), tmp_path / "out")
    (letter, table, _) = compare_submission(wanted, LIBRARY, FONTS)
    assert (table.against, table.of) == ("第001稿", "第002稿")
    assert any(one.path[-1] == cluster(1).name for one in table.effect.changes.fields)
    assert next(one.what for one in table.effect.enclosed) in ("去掉", "换位置") and letter.effect.enclosed == ()
    frozen(tmp_path / "out")
    made(tmp_path / "out", *sources[2:])
    assert {one.against for one in compare_submission(wanted, LIBRARY, FONTS)} == {"第01版"}
