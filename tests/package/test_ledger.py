"""份数台账: written, edited by command without touching anything else, read back from what a hand wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import MissingError, UnreadableError, UsageError
from generator.package.versions.ledger import (
    LEDGER,
    Binding,
    Copy,
    Kind,
    decode_ledger,
    doubts,
    new_copies,
    read_ledger,
    with_copies,
    with_copy,
)
from generator.package.versions.wording import state_of

HAND = """\
# 我自己的话
份:
  - 份: 正本
    版: 1
    盖章: 是   # 五月盖的
    装订: 胶装

  - {份: "副本1", 种类: 纸质, 版: 2, 换页: [{版: 3, 张: [2, 5]}]}   # 放在区里
"""


def test_new_copies_are_written_and_read_back() -> None:
    copies = (*new_copies(["正本", "副本1"], Kind.PAPER, 1), *new_copies(["光盘1"], Kind.DISC, 1))
    content = with_copies(None, copies)
    assert decode_ledger(content).copies == copies
    assert content.decode().startswith("# 份数台账")


def test_what_a_hand_wrote_is_understood() -> None:
    first, second = decode_ledger(HAND.encode()).copies
    assert (first.sealed, first.signed, first.binding, first.latest) == (True, False, Binding.GLUE, 1)
    assert (second.exchanges[0].sheets, second.latest) == ((2, 5), 3)


def test_one_copy_is_changed_and_every_other_byte_stays() -> None:
    copy = decode_ledger(HAND.encode()).copy_named("副本1").model_copy(update={"where": "区经委, 二楼", "sealed": True})
    changed = with_copy(HAND.encode(), copy).decode()
    assert decode_ledger(changed.encode()).copies[1] == copy
    assert changed.startswith(HAND[: HAND.index('{份: "副本1"')]) and changed.endswith("   # 放在区里\n")


def test_a_copy_written_over_several_lines_becomes_one_line() -> None:
    copy = decode_ledger(HAND.encode()).copy_named("正本").model_copy(update={"printed": True})
    changed = with_copy(HAND.encode(), copy).decode()
    assert decode_ledger(changed.encode()).copies[0] == copy
    assert changed.startswith("# 我自己的话\n") and changed.endswith(HAND[HAND.index('  - {份: "副本1"') :])


NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), NAMES, st.integers(0, 3))
def test_any_names_and_places_survive_writing_and_changing(names: list[str], where: str, number: int) -> None:
    content = with_copies(None, new_copies(names, Kind.PAPER, 1))
    assert [copy.name for copy in decode_ledger(content).copies] == names
    chosen = decode_ledger(content).copies[number % len(names)].model_copy(update={"where": where})
    assert chosen in decode_ledger(with_copy(content, chosen)).copies


def test_a_copy_is_entered_once_and_an_unknown_one_is_named() -> None:
    content = with_copies(None, new_copies(["正本"], Kind.PAPER, 1))
    with pytest.raises(UsageError, match="已有“正本”"):
        with_copies(content, new_copies(["正本"], Kind.PAPER, 2))
    with pytest.raises(MissingError, match="副本9"):
        with_copy(content, Copy.model_validate({"份": "副本9", "版": 1}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("份: [", "第1行"),
        ("份:\n  - {份: 正本, 版: 一}\n", "版"),
        ("份:\n  - {份: 正本, 版: 1, 装钉: 胶装}\n", "装钉"),
        ("份:\n  - {份: 正本, 版: 1}\n  - {份: 正本, 版: 1}\n", "写了两行"),
        ("份:\n  - {份: 正本, 版: 1, 换页: [{版: 2, 张: [0]}]}\n", "从 1 数起"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written_over(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / LEDGER).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match=told):
        read_ledger(tmp_path)
    with pytest.raises(UnreadableError):
        with_copies(text.encode(), new_copies(["副本"], Kind.PAPER, 1))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("装订: 钉书钉", "第3行“副本1”的装订：应当写 未装订、活页、订书钉、胶装 中的一个，现在是 “钉书钉”"),
        ("打印: √", "第3行“副本1”的打印：应当写 是 或 否，现在是 “√”"),
        ("版本: 2", "第3行“副本1”：不认识的“版本”，是不是“版”？"),
        ("换页: [{版: 2, 张: 全}]", "第3行“副本1”的换页第1项：张应当是数，如 [3, 4]，全部换好的写“全部”"),
    ],
)
def test_a_slip_of_the_hand_is_told_with_its_line_its_copy_and_what_may_stand_there(written: str, told: str) -> None:
    content = f"# 台账\n份:\n  - {{份: 副本1, 版: 1, {written}}}\n"
    with pytest.raises(UnreadableError) as caught:
        decode_ledger(content.encode())
    assert told in str(caught.value)
    assert "true" not in str(caught.value)


@pytest.mark.parametrize("sheets", ["[3, 8]", "3、8", "[3、8]", "３，８", "3 8"])
def test_sheets_may_be_listed_as_a_hand_lists_them(sheets: str) -> None:
    content = f"份:\n  - {{份: 副本1, 版: 第１版, 打印: 是 , 换页: [{{版: 第2版, 张: {sheets}}}]}}\n"
    if sheets == "３，８":
        content = content.replace("{版: 第2版, 张: ３，８}", '{版: 第2版, 张: "３，８"}')
    (copy,) = decode_ledger(content.encode()).copies
    assert (copy.version, copy.printed) == (1, True)
    assert (copy.exchanges[0].version, copy.exchanges[0].sheets) == (2, (3, 8))


def test_the_mark_of_the_encoding_and_the_line_breaks_of_another_program_stay() -> None:
    content = b"\xef\xbb\xbf" + HAND.replace("\n", "\r\n").encode()
    copy = decode_ledger(content).copy_named("副本1").model_copy(update={"sealed": True})
    changed = with_copy(content, copy)
    more = with_copies(changed, new_copies(["光盘1"], Kind.DISC, 2))
    for written in (changed, more):
        assert written.startswith(b"\xef\xbb\xbf#")
        assert written.count(b"\n") == written.count(b"\r\n")
    assert changed[: changed.index("{份: ".encode())] == content[: content.index('{份: "副本1'.encode())]


def test_what_is_said_of_exchanged_sheets_is_held_against_the_versions() -> None:
    line = "份:\n  - {份: 正本, 版: 1, 换页: [{版: 2, 张: [3]}, {版: 2, 材料: 清单, 张: [9]}, {版: 3, 张: [99]}, {版: 2, 张: 全部}]}\n"
    (copy,) = decode_ledger(line.encode()).copies
    assert list(doubts(copy, {2: {"申报表": 4, "清单": 2}})) == ["第02版的清单只有2张，没有第9张"]
    assert list(doubts(copy, {2: {"申报表": 2}})) == [
        "第02版的申报表只有2张，没有第3张",
        "第02版里没有“清单”，有申报表",
    ]
    assert list(doubts(copy, {})) == []


def test_a_disc_is_burnt_and_nobody_binds_it() -> None:
    content = with_copies(None, new_copies(["光盘1"], Kind.DISC, 1))
    assert "{份: 光盘1, 种类: 光盘, 版: 1, 刻录: 否, 所在: 本单位}" in content.decode()
    burnt = decode_ledger(content.replace("刻录: 否".encode(), "刻录: 是".encode())).copy_named("光盘1")
    assert burnt.printed
    assert [state_of(copy) for copy in (decode_ledger(content).copies[0], burnt)] == [
        "第01版；未刻录；本单位",
        "第01版；已刻录；本单位",
    ]
    (stick,) = new_copies(["U盘1"], Kind.STICK, 12)
    assert state_of(stick) == "第12版；未拷贝；本单位"
    (paper,) = new_copies(["正本"], Kind.PAPER, 1)
    assert state_of(paper) == "第01版；未打印；未装订；本单位"


def test_a_ledger_written_before_discs_had_words_of_their_own_is_still_read() -> None:
    old = "份:\n  - {份: 光盘1, 种类: 光盘, 版: 1, 打印: 是, 签字: 否, 盖章: 否, 装订: 未装订, 所在: 本单位}\n"
    (disc,) = decode_ledger(old.encode()).copies
    assert state_of(disc) == "第01版；已刻录；本单位"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{份: 光盘1, 种类: 光盘, 版: 1, 装订: 胶装}", "光盘不装订"),
        ("{份: 光盘1, 版: 1, 打印: 是, 刻录: 是}", "只写一个"),
    ],
)
def test_what_a_disc_cannot_say_is_told(line: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        decode_ledger(f"份:\n  - {line}\n".encode())
