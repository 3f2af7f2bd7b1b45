"""更正 per copy: what each copy holds, which ways are open for it, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections.compare import compare
from generator.corrections.copies import (
    CopyCorrection,
    Cost,
    PrintedPaper,
    Printing,
    held_snapshot,
    plan_corrections,
    total_cost,
    with_notice,
)
from generator.corrections.enclosures import Enclosure, enclosure_changes, moved_together
from generator.corrections.papers import Titles, change_rows, groups_of, notices_of, slip_context
from generator.corrections.rules import CorrectionRules, SeamRules, StrikeRules, Way, read_correction_rules
from generator.corrections.sheets import Step
from generator.corrections.tree import corrections_as_tree
from generator.forms.library import Library
from generator.forms.signings import Signing
from generator.forms.snapshot import RememberedPage, Snapshot
from generator.frozen import replace
from generator.package.versions.ledger import Binding, Copy, Ledger
from tests.corrections.snapshots import figure, prose, snapshot

RULES = CorrectionRules(
    exchanged_first=frozenset({Binding.LOOSE, Binding.RINGS}),
    never_exchanged=frozenset({Binding.GLUE}),
    consent=frozenset({Way.STRIKE, Way.NOTICE}),
    strike=StrikeRules(places=3, characters=10),
    seam=SeamRules(sheets=2, consent=frozenset({Way.EXCHANGE})),
)


def copy(name: str = "第1份", **said: Any) -> Copy:
    return Copy.model_validate({"份": name, "版": 1, "打印": "是", **said})


def signing(page: int, *, own: bool = True) -> Signing:
    """A place on `page` that one person signs and one office seals."""
    return Signing("申报表", f"九 › 第{page}页", page, str(page - 1), ("负责人",), ("公章",), True, "某单位", own)


def printing(
    pages: str = "abcdef", *fields: Any, name: str = "第01版", signings: tuple[Signing, ...] = (), **more: Any
) -> Printing:
    """A form with the pages `pages` (by fingerprint) and perhaps a list (`lists`), and what discs hold."""
    taken = snapshot(*fields, pages=pages, data={"cluster.yaml": name})
    papers = [PrintedPaper("申报表", taken.pages, signings)]
    if lists := more.get("lists"):
        papers.append(PrintedPaper("清单", tuple(RememberedPage(one, one) for one in lists)))
    return Printing(name, taken, tuple(papers), more.get("electronic", {"form.pdf": pages}), more.get("seam", False))


OLD = printing("abcdef", figure("总产值", 2023, "46.88"), signings=(signing(5),))
NEW = printing("aBcdef", figure("总产值", 2023, "47.88"), name="第002稿", signings=(signing(5),))


def planned(one: Copy, *printings: Printing, newest: Printing = NEW) -> CopyCorrection:
    told = dict(enumerate(printings or (OLD,), start=1))
    (correction,) = plan_corrections(Ledger.model_validate({"份": [one]}), told, newest, RULES)
    return correction


def ways(correction: CopyCorrection) -> list[Way]:
    return [offer.way for offer in correction.offers]


def cost(correction: CopyCorrection, way: Way) -> Cost:
    return next(offer.cost for offer in correction.offers if offer.way is way)


def test_a_copy_that_says_the_same_needs_nothing() -> None:
    assert planned(copy(), newest=OLD).offers == ()


def test_a_copy_not_printed_yet_needs_the_new_print_only() -> None:
    correction = planned(copy(打印="否"))
    assert [(offer.way, offer.cost) for offer in correction.offers] == [(Way.PRINT, Cost(sheets=3))]


def test_a_loose_copy_exchanges_the_sheet_that_differs() -> None:
    correction = planned(copy(签字="是", 盖章="是"))
    assert ways(correction) == [Way.EXCHANGE, Way.REPRINT, Way.STRIKE, Way.NOTICE]
    assert correction.papers[0].steps == (Step(1, 1),)
    assert cost(correction, Way.EXCHANGE) == Cost(sheets=1)
    assert cost(correction, Way.REPRINT) == Cost(sheets=3, signatures=1, seals=1)
    assert cost(correction, Way.STRIKE) == Cost(seals=1)
    assert {offer.way for offer in correction.offers if offer.consent} == {Way.STRIKE, Way.NOTICE}


def test_a_sheet_that_carries_a_seal_is_signed_and_sealed_again_where_it_was() -> None:
    newest = printing("abcdEf", figure("总产值", 2023, "47.88", page=5), name="第002稿", signings=(signing(5),))
    sealed = planned(copy(签字="是", 盖章="是"), newest=newest)
    assert [one.sheet for one in sealed.signings] == [3]
    assert cost(sealed, Way.EXCHANGE) == Cost(sheets=1, signatures=1, seals=1)
    fresh = planned(copy(), newest=newest)
    assert cost(fresh, Way.EXCHANGE) == Cost(sheets=1)
    assert cost(planned(copy(盖章="是"), newest=newest), Way.EXCHANGE) == Cost(sheets=1, seals=1)


def test_the_places_of_other_offices_are_told_but_cost_the_applicant_nothing() -> None:
    newest = printing("abcdEf", name="第002稿", signings=(signing(5, own=False),))
    correction = planned(copy(签字="是", 盖章="是"), newest=newest)
    assert [one.own for one in correction.signings] == [False]
    assert cost(correction, Way.EXCHANGE) == Cost(sheets=1)


@pytest.mark.parametrize(
    ("binding", "sealed", "first"),
    [
        ("未装订", "是", Way.EXCHANGE),
        ("活页", "是", Way.EXCHANGE),
        ("订书钉", "否", Way.EXCHANGE),
        ("订书钉", "是", Way.REPRINT),
        ("胶装", "否", Way.REPRINT),
        ("胶装", "是", Way.REPRINT),
    ],
)
def test_binding_and_seals_decide_what_is_preferred(binding: str, sealed: str, first: Way) -> None:
    assert planned(copy(装订=binding, 盖章=sealed)).offers[0].way is first


@given(
    st.sampled_from(["否", "是"]),
    st.sampled_from(["否", "是"]),
    st.text(alphabet="abcdefgh", min_size=1, max_size=10),
    st.text(alphabet="xyz", max_size=3),
)
def test_a_glued_copy_is_never_offered_a_loose_sheet(signed: str, sealed: str, pages: str, lists: str) -> None:
    newest = printing(pages, figure("总产值", 2023, "47.88"), name="第002稿", lists=lists)
    correction = planned(copy(装订="胶装", 签字=signed, 盖章=sealed), newest=newest)
    assert not correction.offers_way(Way.EXCHANGE)
    assert groups_of([correction], "换页打印稿") == ()
    if lists:
        assert ways(correction) == [Way.REPRINT, Way.NOTICE]


def test_a_copy_with_a_seal_across_its_edges_is_printed_anew_first_and_sheets_need_consent() -> None:
    correction = planned(copy(盖章="是", 骑缝章="是", 装订="未装订"))
    assert ways(correction)[:2] == [Way.REPRINT, Way.EXCHANGE]
    assert {offer.way for offer in correction.offers if offer.consent} == {Way.EXCHANGE, Way.STRIKE, Way.NOTICE}
    assert correction.seams == ((("申报表", 1),),)
    assert cost(correction, Way.EXCHANGE) == Cost(sheets=1, seals=1)
    assert cost(correction, Way.REPRINT) == Cost(sheets=3, seals=1 + 2), "three sheets, two to an impression"
    assert cost(correction, Way.STRIKE) == Cost(seals=1), "nothing is taken out"


def test_the_notice_says_that_sealed_copies_bear_it_and_the_ledger_goes_before() -> None:
    asked = printing("aBcdef", figure("总产值", 2023, "47.88"), name="第002稿", seam=True)
    assert planned(copy(盖章="是"), newest=asked).seams
    assert not planned(copy(), newest=asked).seams
    assert not planned(copy(盖章="是", 骑缝章="否"), newest=asked).seams
    assert not planned(copy(盖章="是")).seams


def test_places_of_other_papers_are_signed_and_sealed_again_and_cost_so_with_a_notice_too() -> None:
    declaration = PrintedPaper("自我声明", (RememberedPage("1", "x"),), (replace(signing(1), paper="自我声明"),))
    old = replace(printing("ab"), papers=(*printing("ab").papers, declaration))
    changed = replace(declaration, pages=(RememberedPage("1", "y"),))
    new = replace(printing("ab", name="第002稿"), papers=(*printing("ab").papers, changed))
    correction = planned(copy(签字="是", 盖章="是", 骑缝章="是"), old, newest=new)
    assert [(one.paper, one.sheet) for one in correction.signings] == [("自我声明", 1)]
    assert cost(correction, Way.EXCHANGE) == Cost(sheets=1, signatures=1, seals=2)
    assert cost(correction, Way.NOTICE) == Cost(sheets=1, signatures=1, seals=3)
    (group,) = slip_context([correction], (), Titles("甲", "申报表", "第002稿"), 2, frozen=False)["签章们"]
    assert [(row["材料"], row["栏目"]) for row in group["处们"]] == [
        ("自我声明", "九 › 第1页"),
        ("自我声明", "骑缝章：跨自我声明新第1张和前后的张"),
    ]


def test_the_slip_asks_where_nobody_said_whether_a_sealed_copy_bears_a_seal_across_its_edges() -> None:
    told = slip_context([planned(copy(盖章="是"))], (), Titles("甲", "申报表", "第002稿"), 2, frozen=False)
    assert told["没有写骑缝章"] == "第1份"
    said = slip_context([planned(copy(盖章="是", 骑缝章="否"))], (), Titles("甲", "申报表", "第002稿"), 2, frozen=False)
    assert said["没有写骑缝章"] == ""


def test_corrections_in_between_are_merged_and_what_returned_vanishes() -> None:
    between = printing("aBcdeF", figure("总产值", 2023, "47.88"), name="第02版")
    back = printing("abcdeF", figure("总产值", 2023, "46.88"), name="第003稿")
    correction = planned(copy(), OLD, between, newest=back)
    assert correction.papers[0].steps == (Step(3, 3),)
    assert planned(copy(), OLD, between, newest=OLD).offers == ()


def test_exchanged_sheets_count_as_what_they_were_exchanged_for() -> None:
    between = printing("aBcdeF", figure("总产值", 2023, "47.88"), name="第02版")
    newest = printing("aBcDeF", figure("总产值", 2023, "47.88"), name="第003稿")
    whole = planned(copy(换页=[{"版": 2, "张": "全部"}]), OLD, between, newest=newest)
    assert whole.papers[0].steps == (Step(2, 2),)
    part = planned(copy(换页=[{"版": 2, "张": [1]}]), OLD, between, newest=newest)
    assert part.papers[0].steps == (Step(2, 2), Step(3, 3))


def test_what_a_copy_says_is_read_sheet_by_sheet() -> None:
    then = printing("abcd", figure("甲", 2023, "1.00", page=1), figure("乙", 2023, "2.00", page=3))
    later = printing("AbCd", figure("甲", 2023, "1.50", page=1), figure("乙", 2023, "2.50", page=3), name="第02版")
    said = held_snapshot(copy(换页=[{"版": 2, "张": [2]}]), {1: then, 2: later})
    assert {field.source: field.printed for field in said.fields} == {"甲": "1.00", "乙": "2.50"}
    newest = printing("ABCD", figure("甲", 2023, "1.80", page=1), figure("乙", 2023, "2.50", page=3), name="第003稿")
    correction = planned(copy(换页=[{"版": 2, "张": [2]}]), then, later, newest=newest)
    assert correction.changes is not None
    assert [(row["原"], row["新"]) for row in change_rows(correction.changes)] == [("1.00", "1.80")]


def test_a_change_of_layout_need_not_be_exchanged() -> None:
    newest = printing("ABCDEF", figure("总产值", 2023, "46.88"), name="第002稿")
    correction = planned(copy(), newest=newest)
    assert correction.layout_only
    assert ways(correction) == [Way.KEEP, Way.EXCHANGE, Way.REPRINT]
    assert cost(correction, Way.KEEP) == Cost()


@pytest.mark.parametrize(("data", "layout"), [("第01版", True), ("改过", False)])
def test_other_papers_that_differ_with_the_same_data_are_a_change_of_layout_too(data: str, layout: bool) -> None:
    field = figure("总产值", 2023, "46.88")
    old = printing("abcdef", field, lists="xy")
    new = printing("abcdEf", field, name=data, lists="xY")
    correction = planned(copy(), old, newest=new)
    assert [each.paper for each in correction.papers] == ["申报表", "清单"]
    assert correction.layout_only is layout
    assert (ways(correction)[0] is Way.KEEP) is layout


def test_a_copy_that_holds_some_papers_only_is_not_asked_for_the_others() -> None:
    old = printing("abcdef", figure("总产值", 2023, "46.88"), lists="xy")
    new = printing("aBcdef", figure("总产值", 2023, "47.88"), name="第002稿", lists="xY")
    correction = planned(copy(材料=["清单"]), old, newest=new)
    assert [each.paper for each in correction.papers] == ["清单"]
    assert cost(correction, Way.REPRINT) == Cost(sheets=1)
    assert correction.changes is not None and correction.changes.fields == ()
    assert planned(copy(材料=["清单"]), old, newest=printing("aBcdef", lists="xy")).offers == ()


def test_a_copy_of_an_older_print_tells_what_changed_on_papers_whose_main_one_stayed() -> None:
    """The main paper of both versions is the same: what the copy says is still that of its own version."""
    elsewhere = figure("附注", 2023, "旧", page=None)
    old = printing("abcdef", elsewhere, lists="xy")
    later = printing("abcdef", figure("附注", 2023, "新", page=None), name="第02版", lists="xY")
    correction = planned(copy(), old, later, newest=later)
    assert correction.changes is not None
    assert [(one.old, one.new) for one in correction.changes.fields] == [("旧", "新")]


CLUSTERS = (Enclosure("甲", "1", {"表.pdf": "a"}), Enclosure("乙", "2", {"表.pdf": "b"}), Enclosure("丙", "3", {}))


def test_papers_of_others_are_told_by_cluster_with_their_places() -> None:
    now = (Enclosure("乙", "1", {"表.pdf": "b"}), Enclosure("丙", "2", {}), Enclosure("丁", "3", {"表.pdf": "d"}))
    told = enclosure_changes(CLUSTERS, now)
    assert [(one.name, one.what, one.number_old, one.number_new) for one in told] == [
        ("乙", "换位置", "2", "1"),
        ("丁", "新增", "", "3"),
        ("甲", "去掉", "1", ""),
    ]
    assert enclosure_changes(CLUSTERS, CLUSTERS) == ()
    (changed,) = enclosure_changes(CLUSTERS, (Enclosure("甲", "1", {"表.pdf": "A"}), *CLUSTERS[1:]))
    assert (changed.what, changed.papers) == ("更换", ("表.pdf",))


def test_clusters_that_move_together_are_told_in_one_row() -> None:
    then = tuple(Enclosure(f"第{number}个", str(number), {"表.pdf": str(number)}) for number in range(1, 8))
    now = tuple(Enclosure(one.name, str(int(one.number) - 1), one.papers) for one in then[1:])
    gone, moved = moved_together(enclosure_changes(then, now))
    assert (gone.name, gone.what) == ("第1个", "去掉")
    assert (moved.number_old, moved.number_new, moved.name) == ("2至7", "1至6", "第2个至第7个，6个")


def test_papers_of_others_alone_are_put_in_without_printing() -> None:
    old = replace(printing("abcdef"), enclosed=CLUSTERS)
    new = replace(printing("abcdef"), enclosed=(replace(CLUSTERS[0], papers={"表.pdf": "A"}), *CLUSTERS[1:]))
    correction = planned(copy(), old, newest=new)
    assert [(offer.way, offer.cost) for offer in correction.offers] == [(Way.ENCLOSE, Cost())]
    assert not planned(copy(换页=[{"版": 2, "张": "全部"}]), old, new, newest=new).offers
    context = slip_context(
        [correction], groups_of([correction], "打印稿"), Titles("推荐", "表", "第002稿"), 2, frozen=True
    )
    assert [(row["份"], row["集群"], row["怎么办"]) for row in context["集群们"]] == [("第1份", "甲", "更换")]
    assert corrections_as_tree([correction])["copies"][0]["enclosed"][0]["cluster"] == "甲"  # type: ignore[index]


def test_many_changes_or_long_ones_are_not_struck_out() -> None:
    many = [figure(name, 2023, "1.00") for name in "甲乙丙丁"]
    changed = [figure(name, 2023, "2.00") for name in "甲乙丙丁"]
    few = planned(copy(), printing("abc", *many[:3]), newest=printing("aBc", *changed[:3], name="第002稿"))
    assert few.offers_way(Way.STRIKE) and cost(few, Way.STRIKE) == Cost(seals=3)
    assert not planned(copy(), printing("abc", *many), newest=printing("aBc", *changed, name="第002稿")).offers_way(
        Way.STRIKE
    )
    text = "产值为46.88亿元，" + "规划建设，统一运营，" * 6
    short = planned(
        copy(),
        printing("abc", prose("简介", text)),
        newest=printing("aBc", prose("简介", text.replace("46.88", "47.88")), name="第002稿"),
    )
    assert short.offers_way(Way.STRIKE)
    long = planned(
        copy(),
        printing("abc", prose("简介", text)),
        newest=printing("aBc", prose("简介", text + "另外又写了很长很长的一段文字。"), name="第002稿"),
    )
    assert not long.offers_way(Way.STRIKE)


def test_another_paper_that_differs_is_exchanged_in_its_own_sheets() -> None:
    old, new = printing("abc", lists="xyz"), printing("abc", lists="xyZ", name="第002稿")
    correction = planned(copy(盖章="是"), old, newest=new)
    assert correction.exchange == (("清单", (2,)),)
    assert ways(correction) == [Way.EXCHANGE, Way.REPRINT, Way.NOTICE]
    assert cost(correction, Way.NOTICE) == Cost(sheets=1, seals=1)
    gone = planned(copy(), old, newest=printing("abc", name="第002稿"))
    assert [step.new for step in gone.papers[0].steps] == [None, None]


def test_a_copy_whose_version_can_not_be_read_is_printed_anew() -> None:
    correction = planned(copy(版=7))
    assert (correction.known, ways(correction)) == (False, [Way.REPRINT])


def test_a_disc_is_burnt_again_when_a_file_on_it_changed() -> None:
    disc = copy("光盘1", 种类="光盘")
    assert [(offer.way, offer.cost) for offer in planned(disc).offers] == [(Way.BURN, Cost(discs=1))]
    assert planned(disc).files == ("form.pdf",)
    assert planned(disc, newest=OLD).offers == ()
    assert ways(planned(copy("光盘1", 种类="光盘", 打印="否"), newest=OLD)) == [Way.BURN]
    assert not planned(copy("光盘1", 种类="光盘", 版=7)).known


def test_costs_add_up_over_the_preferred_ways() -> None:
    copies = [copy("第1份"), copy("第2份", 装订="胶装", 盖章="是"), copy("光盘1", 种类="光盘")]
    corrections = plan_corrections(Ledger.model_validate({"份": copies}), {1: OLD}, NEW, RULES)
    assert total_cost(corrections) == Cost(sheets=4, seals=1, discs=1)
    told: Any = corrections_as_tree(corrections)
    assert told["preferred"] == {"sheets": 4, "signatures": 0, "seals": 1, "discs": 1}
    assert [one["ways"][0]["way"] for one in told["copies"]] == ["换页", "整册重印", "重新刻录"]


def test_the_sheets_of_a_notice_count_once_it_is_printed() -> None:
    correction = with_notice(planned(copy()), 2)
    assert cost(correction, Way.NOTICE) == Cost(sheets=2, seals=1)
    assert cost(correction, Way.EXCHANGE) == Cost(sheets=1)


def test_copies_to_which_the_same_is_done_share_a_print_and_a_notice() -> None:
    between = printing("aBcdeF", figure("总产值", 2023, "47.00"), name="第02版")
    copies = [copy("第1份"), copy("第2份"), copy("第3份", 版=2), copy("第4份", 装订="胶装")]
    corrections = plan_corrections(Ledger.model_validate({"份": copies}), {1: OLD, 2: between}, NEW, RULES)
    groups = groups_of(corrections, "换页打印稿")
    assert [(group.names, group.file) for group in groups] == [
        (("第1份", "第2份"), "换页打印稿1.pdf"),
        (("第3份",), "换页打印稿2.pdf"),
    ]
    assert [[one.copy.name for one in same] for same in notices_of(corrections)] == [
        ["第1份", "第2份", "第4份"],
        ["第3份"],
    ]


def test_the_slip_tells_each_copy_its_ways_its_sheets_and_its_seals() -> None:
    grown = printing("abcdxxgf", name="第002稿", signings=(signing(7),))
    corrections = (planned(copy("正本", 签字="是", 盖章="是"), newest=grown), planned(copy("副本1"), newest=grown))
    told = slip_context(corrections, groups_of(corrections, "稿"), Titles("某集群", "小表", "第002稿"), 2, frozen=False)
    assert [(row["份"], row["办法"], row["张"]) for row in told["办法们"]][:2] == [
        ("正本", "换页", "2"),
        ("", "整册重印", "4"),
    ]
    (group,) = told["组们"]
    assert group["份们"] == "正本、副本1"
    assert [(row["抽出"], row["打印稿"], row["换上"]) for row in group["行们"]] == [
        ("第3张", "第1张", "新第3张"),
        ("第3张后插入", "第2张", "新第4张"),
    ]
    assert [(row["名称"], len(row["处们"])) for row in told["签章们"]] == [("正本", 1)]
    assert (told["版"], told["未定稿"]) == ("2", "是")


def test_the_rules_of_the_house_are_read() -> None:
    rules = read_correction_rules(Library.standard())
    assert Binding.GLUE in rules.never_exchanged
    assert rules.consent == {Way.STRIKE, Way.NOTICE}


def test_a_version_without_pages_is_put_in_whole() -> None:
    empty = Printing("第01版", Snapshot("tiny", "某", {}, (), (), OLD.snapshot.particulars, ()), ())
    assert planned(copy(), empty).papers[0].steps == (Step(None, 1, 0), Step(None, 2, 0), Step(None, 3, 0))


def test_a_new_paragraph_is_seen_in_the_notice() -> None:
    text = "第一段说了许多话，说到这里为止，够长的一段；第二段也说了许多话，同样够长，说完为止。" * 2
    parted = text.replace("；", "；\n", 1)
    then, now = (snapshot(prose("发展成效", said), pages="abc") for said in (text, parted))
    (row,) = change_rows(compare(then, now))
    assert "（另起一段）" in row["新"] and "（另起一段）" not in row["原"]
