"""An office's recommendation from end to end, with thirty clusters."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.errors import BlockedError, UsageError
from generator.package import disk
from generator.package.drafts import current_draft
from generator.package.manifest import KEPT, SUBMITTED, read_manifest, sha256
from generator.package.opening.inspection import is_whole
from generator.recommending.recommend import SERIES
from generator.recommending.record import CHANGED, NEW, SAME, read_record
from generator.summary.table import Sender
from tests.package.samples import pdf_file
from tests.recommending.clusters import (
    NOTICE,
    SENDER,
    WISHES,
    built,
    built_with_declaration,
    carried,
    cluster,
    codes,
    made,
    sealed,
)
from tests.summary.clusters import WHOLE, cluster_folder

TITLE = "2024年度中小企业特色产业集群推荐汇总表"


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The folders of 稿 of thirty clusters, all sealed."""
    output = tmp_path_factory.mktemp("thirty")
    drafts = [built(output, number) for number in range(1, 31)]
    for number, draft in enumerate(drafts, start=1):
        sealed(draft, number)
    return [draft.parent for draft in drafts]


def test_thirty_clusters_become_one_recommendation(tmp_path: Path, thirty: list[Path]) -> None:
    result = made(tmp_path, *thirty)
    assert result.findings == () and not result.blocked and result.left_out == ()
    assert result.written is not None and is_whole(result.written.draft)
    assert result.written.draft == tmp_path / SERIES / NOTICE / "第001稿"
    names = sorted(path.name for path in (result.written.draft / SUBMITTED).iterdir())
    assert names == [
        "01_推荐文件（拟稿）.docx",
        "01_推荐文件（拟稿）.pdf",
        f"02_{TITLE}.docx",
        f"02_{TITLE}.pdf",
        f"02_{TITLE}.xlsx",
        "03_材料移交清单.docx",
        "03_材料移交清单.pdf",
        "光盘",
        "邮件",
        "集群材料",
    ]
    assert len(list((result.written.draft / SUBMITTED / "集群材料").iterdir())) == 30
    assert sorted(path.name for path in (result.written.draft / KEPT).iterdir()) == [
        "份数清点表.docx",
        "份数清点表.pdf",
    ]


def test_the_signed_form_goes_up_unchanged_and_its_hash_is_listed(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1)
    signed = sealed(draft, 1)
    result = made(tmp_path / "out", draft.parent)
    papers = carried(result, 1)
    name = cluster(1).name
    assert papers[f"01_申报表_{name}.pdf"] == signed
    assert set(papers) == {f"01_申报表_{name}.pdf", f"01_申报表_{name}_未签章.docx", f"03_佐证材料_{name}.pdf"}
    assert result.written is not None
    hashes = {file.sha256 for file in read_manifest(result.written.draft).files}
    assert sha256(signed) in hashes


def test_the_word_file_of_a_paper_that_is_signed_in_print_says_that_it_is_unsigned_as_that_of_the_form_does(
    tmp_path: Path,
) -> None:
    draft = built_with_declaration(tmp_path / "in", 1)
    name = cluster(1).name
    kinds = {f"06_自我声明_{name}_未签章.docx", f"06_自我声明_{name}_未签章.pdf"}
    assert {one for one in carried(made(tmp_path / "out", draft.parent), 1) if one.startswith("06_")} == kinds
    sealed(draft, 1, declared=True)
    kinds = {f"06_自我声明_{name}_未签章.docx", f"06_自我声明_{name}.pdf"}
    assert {one for one in carried(made(tmp_path / "sealed", draft.parent), 1) if one.startswith("06_")} == kinds


def test_the_sealed_folder_may_be_named_itself(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1)
    signed = sealed(draft, 1)
    result = made(tmp_path / "out", draft.with_name(f"{draft.name}_签章1"))
    assert signed in carried(result, 1).values() and len(carried(result, 1)) == 3


def test_the_folder_named_after_the_cluster_is_taken_for_the_one_that_was_built_in_it(tmp_path: Path) -> None:
    drafts = [built(tmp_path / "in", number) for number in (1, 2)]
    named = made(tmp_path / "out", *(draft.parents[1] for draft in drafts), dry_run=True)
    assert [one.name for one in named.told.clusters] == [cluster(number).name for number in (1, 2)]
    assert not named.blocked


def test_a_folder_with_several_packages_below_is_left_out_and_they_are_named(tmp_path: Path) -> None:
    drafts = [built(tmp_path / "in", number) for number in (1, 2)]
    result = made(tmp_path / "out", tmp_path / "in", built(tmp_path / "other", 3), dry_run=True)
    (found,) = (finding for finding in result.findings if finding.code == "H201")
    assert result.left_out == (str(tmp_path / "in"),)
    assert all(str(draft.parent) in found.remedy for draft in drafts)


def test_a_later_draft_is_not_sent_with_the_seals_of_an_earlier_one(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1)
    sealed(draft, 1)
    built(tmp_path / "in", 1, text="改过")
    result = made(tmp_path / "out", draft.parent)
    assert codes(result) == {"T105", "T110", "M401"}
    assert all(name.endswith(("_未签章.docx", "_未签章.pdf")) for name in carried(result, 1) if "申报表" in name)


def test_originals_that_came_in_are_carried_byte_for_byte(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1)
    folder = tmp_path / "收到" / cluster(1).name
    folder.mkdir(parents=True)
    # a scanner's file with a small fault that strict readers refuse
    faulty = pdf_file(4).replace(b"%%EOF", b"%%EOF\ntrailing")
    (folder / "申报表（签章）.pdf").write_bytes(faulty)
    (folder / "会议纪要.docx").write_bytes(b"anything at all")
    result = made(tmp_path / "out", draft.parent, wishes=replace(WISHES, received=tmp_path / "收到"))
    papers = carried(result, 1)
    assert papers["申报表（签章）.pdf"] == faulty and papers["会议纪要.docx"] == b"anything at all"
    assert not any(name.startswith("01_申报表") for name in papers), "the original takes the place of the 稿's own form"
    assert f"03_佐证材料_{cluster(1).name}.pdf" in papers
    assert codes(result) == set()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nbroken", pdf_file(3)[:200]])
def test_an_original_that_cannot_be_opened_is_left_out_and_told(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "收到" / cluster(1).name
    folder.mkdir(parents=True)
    (folder / "申报表.pdf").write_bytes(content)
    draft = built(tmp_path / "in", 1)
    result = made(tmp_path / "out", draft.parent, wishes=replace(WISHES, received=tmp_path / "收到"))
    assert "T106" in codes(result) and result.blocked
    assert "申报表.pdf" not in carried(result, 1)


def test_a_link_out_of_the_folder_of_originals_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "别处.pdf").write_bytes(pdf_file(1))
    folder = tmp_path / "收到" / cluster(1).name
    folder.mkdir(parents=True)
    (folder / "申报表.pdf").symlink_to(tmp_path / "别处.pdf")
    result = made(
        tmp_path / "out", built(tmp_path / "in", 1).parent, wishes=replace(WISHES, received=tmp_path / "收到")
    )
    assert "T106" in codes(result)


def test_originals_of_nobody_are_told(tmp_path: Path) -> None:
    (tmp_path / "收到" / "别的集群").mkdir(parents=True)
    (tmp_path / "收到" / "别的集群" / "申报表.pdf").write_bytes(pdf_file(1))
    result = made(
        tmp_path / "out", built(tmp_path / "in", 1).parent, wishes=replace(WISHES, received=tmp_path / "收到")
    )
    assert "T107" in codes(result)
    assert pdf_file(1) not in carried(result, 1).values()


def test_one_broken_cluster_does_not_stop_the_others(tmp_path: Path, thirty: list[Path]) -> None:
    broken = cluster_folder(tmp_path, "坏的", "产业: [没有\n合上")
    result = made(tmp_path / "out", *thirty[:3], broken, *thirty[3:])
    assert result.blocked and result.marked
    assert result.left_out == (str(broken),)
    assert len(result.told.clusters) == 30 and "H201" in codes(result)
    assert result.written is not None
    manifest = read_manifest(result.written.draft)
    assert manifest.facts.draft and [skipped.what for skipped in manifest.facts.skipped] == ["坏的"]


def test_nothing_is_written_when_no_cluster_can_be_read(tmp_path: Path) -> None:
    broken = cluster_folder(tmp_path, "坏的", "产业: [没有\n合上")
    with pytest.raises(BlockedError):
        made(tmp_path / "out", broken)
    assert not (tmp_path / "out").exists()


def test_the_same_again_writes_nothing(tmp_path: Path, thirty: list[Path]) -> None:
    first = made(tmp_path, *thirty)
    again = made(tmp_path, *thirty)
    assert first.written is not None and again.written is not None
    assert not again.written.changed and again.written.draft == first.written.draft
    assert again.changes is not None and again.changes.number(SAME) == 30 and again.changes.pages == {}


def test_a_dry_run_writes_nothing(tmp_path: Path, thirty: list[Path]) -> None:
    result = made(tmp_path / "out", *thirty, dry_run=True)
    assert result.written is None and len(result.files) > 60
    assert not (tmp_path / "out").exists()


def test_when_one_cluster_changes_only_its_row_its_papers_and_its_page_do(tmp_path: Path) -> None:
    drafts = [built(tmp_path / "in", number) for number in range(1, 31)]
    for number, draft in enumerate(drafts, start=1):
        sealed(draft, number)
    sources = [draft.parent for draft in drafts]
    first = made(tmp_path / "out", *sources)
    later = built(tmp_path / "in", 12, text="改过", 运营管理机构名称="新的产业园管理有限公司")
    sealed(later, 12, pages=3)
    second = made(tmp_path / "out", *sources)
    assert first.written is not None and second.written is not None and second.changes is not None
    assert second.written.draft.name == "第002稿"
    (changed,) = [one for one in second.changes.clusters if one.state != SAME]
    name = cluster(12).name
    assert (changed.name, changed.state, changed.columns) == (name, CHANGED, ("集群运营管理机构",))
    assert set(changed.papers) == {f"01_申报表_{name}.pdf", f"01_申报表_{name}_未签章.docx"}
    pages = {role: len(numbers) for role, numbers in second.changes.pages.items()}
    assert pages == {"汇总表": 1, "handover-list": 1}, "the form has a page more, which the list tells"
    before = {path.name: path.read_bytes() for path in first.written.draft.glob("*/集群材料/*/*")}
    after = {path.name: path.read_bytes() for path in second.written.draft.glob("*/集群材料/*/*")}
    assert {key for key in after if before.get(key) != after[key]} == set(changed.papers)


def test_a_new_cluster_is_told_as_new(tmp_path: Path, thirty: list[Path]) -> None:
    made(tmp_path, *thirty[:29])
    result = made(tmp_path, *thirty)
    assert result.changes is not None and (result.changes.number(NEW), result.changes.number(SAME)) == (1, 29)


def test_the_recommendation_of_an_office_below_is_a_source(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1)
    signed = sealed(draft, 1)
    data = cluster_folder(tmp_path, "只有数据", WHOLE)
    city = made(tmp_path / "city", draft.parent, data)
    assert city.written is not None
    wishes = replace(WISHES, notice="miit-2024", sender=Sender(name="湖北省经济和信息化厅"))
    province = made(tmp_path / "province", city.written.draft.parent, wishes=wishes)
    assert [one.name for one in province.told.clusters] == [one.name for one in city.told.clusters]
    assert signed in carried(province, 1).values()
    assert province.told.clusters[0].form is not None and province.told.clusters[0].form.signed
    assert province.told.clusters[1].papers == ()


def test_more_clusters_than_the_notice_allows_must_be_cut(tmp_path: Path, thirty: list[Path]) -> None:
    wishes = replace(WISHES, notice="miit-2024", sender=Sender(name="湖北省经济和信息化厅"), have=("3",))
    assert "H108" not in codes(made(tmp_path / "8", *thirty[:8], wishes=wishes, dry_run=True))
    nine = made(tmp_path / "9", *thirty[:9], wishes=wishes, dry_run=True)
    (finding,) = [one for one in nine.findings if one.code == "H108"]
    assert (finding.found, finding.expected) == ("9个", "不超过8个（省）") and nine.marked


def test_a_notice_without_a_table_gets_none(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1, form="shanghai-2024", 省="上海市", 市="", 县="示例区")
    wishes = replace(WISHES, notice="shanghai-2024", sender=Sender(name="示例区经委"), have=())
    result = made(tmp_path / "out", draft.parent, wishes=wishes)
    assert not any("汇总表" in file.path for file in result.files)
    assert codes(result) == {"T102", "T105"}, "the notice does not say how many the district hands on"
    (count,) = [one for one in result.told.counts.papers if one.material == "申报表"]
    assert (count.each, count.owe, count.keep) == (5, None, None)


def test_a_form_is_set_again_only_on_request_and_says_that_it_is_unsigned(tmp_path: Path) -> None:
    data = cluster_folder(tmp_path, "只有数据", WHOLE)
    without = made(tmp_path / "a", data)
    assert "T104" in codes(without) and without.told.clusters[0].papers == ()
    again = made(tmp_path / "b", data, wishes=replace(WISHES, set_again=True))
    assert {"T105", "T111"} <= codes(again)
    papers = carried(again, 1)
    assert {name.rpartition("_")[2] for name in papers} == {"未签章.docx", "未签章.pdf"}
    (form,) = [content for name, content in papers.items() if name.endswith(".pdf")]
    texts = [page.extract_text() for page in PdfReader(BytesIO(form)).pages]
    assert len(texts) > 10 and all("未签章" in text for text in texts if text.strip())


def test_a_package_of_another_form_is_told(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1, form="national-2025")
    assert "T113" in codes(made(tmp_path / "out", draft.parent))


def test_the_disc_holds_what_the_notice_says_and_no_more(tmp_path: Path) -> None:
    draft = built(tmp_path / "in", 1)
    sealed(draft, 1)
    result = made(tmp_path / "out", draft.parent)
    assert result.written is not None
    disc = result.written.draft / SUBMITTED / "光盘" / "光盘内容"
    names = {path.name for path in disc.rglob("*") if path.is_file()}
    assert f"01_申报表_{cluster(1).name}.pdf" in names and f"02_{TITLE}.pdf" in names
    assert not any("佐证材料" in name or "推荐文件" in name for name in names)
    mail = (result.written.draft / SUBMITTED / "邮件" / "第1封" / "邮件正文.txt").read_text("utf-8-sig")
    subject = next(line for line in mail.splitlines() if line.startswith("主题"))
    assert "zxc87122161@163.com" in mail and "未签章" not in subject


def test_equal_recommendations_have_equal_bytes_wherever_they_are_made(tmp_path: Path, thirty: list[Path]) -> None:
    one, other = (made(tmp_path / name, *thirty[:5]) for name in ("甲", "乙"))
    assert one.written is not None and other.written is not None
    assert one.written.manifest.digest == other.written.manifest.digest


def test_a_recommendation_cut_short_leaves_the_one_before(
    tmp_path: Path, thirty: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(tmp_path, *thirty[:2])
    monkeypatch.setattr(disk, "rename_folder", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, *thirty[:3])
    assert first.written is not None and current_draft(first.written.draft.parent) == first.written.draft


def test_the_record_reads_back_as_it_was_written(tmp_path: Path, thirty: list[Path]) -> None:
    result = made(tmp_path, *thirty[:2])
    assert result.written is not None
    record = read_record(result.written.draft / "snapshot.json")
    assert [one.name for one in record.clusters] == [cluster(number).name for number in (1, 2)]
    assert record.clusters[0].particulars.figures == cluster(1).figures
    tree = json.loads((result.written.draft / "snapshot.json").read_bytes())
    assert str(tmp_path) not in json.dumps(tree, ensure_ascii=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"notice": "没有的通知"},
        {"order": "拼音"},
        {"kind": "村"},
        {"sender": replace(SENDER, level="国家级")},
        {"copies": "好几"},
    ],
)
def test_what_the_notice_does_not_know_is_a_usage_error(
    tmp_path: Path, thirty: list[Path], wrong: dict[str, object]
) -> None:
    wishes = replace(replace(WISHES, notice="miit-2024"), **wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        made(tmp_path / "out", thirty[0], wishes=wishes)
    assert not (tmp_path / "out").exists()
