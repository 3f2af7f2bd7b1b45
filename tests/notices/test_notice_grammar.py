"""The grammar of a notice: what is refused, in words that somebody who writes one can act on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.errors import DefinitionError, UsageError
from generator.forms.library import Library
from generator.notices.definition import is_held

STEP: dict[str, Any] = {
    "name": "申报",
    "by": "申报主体",
    "sender": "某县",
    "recipient": "某市",
    "level": "市级",
    "deadline": {"date": "2024-05-15"},
    "demands": [{"material": "申报表", "copies": 2}],
}


def notice(**parts: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "id": "own",
        "title": "某市关于申报的通知",
        "issuer": "某市",
        "level": "市级",
        "form": "national-2024",
        "summary": None,
        "summary_note": "不要求汇总表",
        "deliveries": [STEP],
    }
    return {**whole, **parts}


def step(**parts: Any) -> list[dict[str, Any]]:
    return [{**STEP, **parts}]


def demand(**parts: Any) -> list[dict[str, Any]]:
    return step(demands=[{"material": "申报表", "copies": 2, **parts}])


def library(folder: Path, data: Any, name: str = "own") -> Library:
    (folder / "notices").mkdir(exist_ok=True)
    text = data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    (folder / "notices" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Library.standard([folder])


def test_an_offices_own_notice_is_found_by_its_title(tmp_path: Path) -> None:
    own = library(tmp_path, notice(names=["某市通知"]))
    assert own.notice("某市通知").id == "own"
    assert "own" in own.notice_ids()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (notice(isuer="某市"), "不认识的“isuer”，是不是“issuer”？"),
        (notice(deliveries=[]), "至少要有一项"),
        (notice(deliveries=step(by="主管部门")), "由“申报主体”报送"),
        (notice(deliveries=step(level="乡级")), "不能写 “乡级”"),
        (notice(deliveries=step(deadline={})), "期限写 date"),
        (notice(deliveries=step(deadline={"date": "五月"})), "应当是日期"),
        (notice(deliveries=step(deadline={"date": "2024-05-15", "settled_by": "由区确定"})), "只能写一个"),
        (notice(deliveries=step(demands=[])), "要用 note 说明"),
        (notice(deliveries=demand(copies=None)), "没有份数：通知没有写的，要用 note 说明"),
        (notice(deliveries=demand(copies=0)), "份数至少为1"),
        (notice(deliveries=demand(copies={"正本": 1, "plain": 2})), "份数写一个数，或者分别写正本、副本"),
        (notice(deliveries=demand(copies={"正版": 1})), "不认识的“正版”"),
        (notice(deliveries=demand(medium="光盘")), "光盘、U盘、电子邮件上的写作“电子版”"),
        (notice(deliveries=step(demands=[{"material": "电子版", "medium": "光盘", "copies": 1}])), "holds"),
        (
            notice(deliveries=step(demands=[{"material": "电子版", "medium": "电子邮件", "holds": ["申报表"]}])),
            "要写 address",
        ),
        (notice(deliveries=step(demands=STEP["demands"] * 2)), "申报表（纸质）写了两次"),
        (notice(summary_note=""), "summary 为空时要写 summary_note"),
        (notice(form=None), "form 为空时要在 notes 里说明"),
        (notice(files={"申报表": "01_申报表"}), "两个集群的文件会重名"),
        (notice(files={"申报表": "01_{县}_{集群名称}"}), "不认识的空“{县}”"),
        (notice(files={"申报表": "01_{集群名称}.pdf"}), "不写扩展名"),
        (notice(files={"申报表": "01/{集群名称}"}), "文件名不能用的字符"),
        (notice(id="other"), "与文件名不同"),
        ("id: [own\n", "YAML 写法有误"),
    ],
)
def test_a_notice_that_is_wrong_is_refused_with_file_and_reason(tmp_path: Path, data: Any, told: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        library(tmp_path, data).notice("own")
    assert told in str(caught.value)
    assert "own.yaml" in str(caught.value)
    assert caught.value.advice


def test_the_line_and_the_place_of_what_is_wrong_are_told(tmp_path: Path) -> None:
    text = yaml.safe_dump(notice(deliveries=demand(copies=-1)), allow_unicode=True, sort_keys=False)
    line = text.splitlines().index("    copies: -1") + 1
    with pytest.raises(DefinitionError, match=f"第{line}行，deliveries|第{line}行，申报 › 申报表 › copies"):
        library(tmp_path, text).notice("own")


def test_an_unknown_or_ambiguous_name_lists_what_there_is() -> None:
    with pytest.raises(UsageError, match="没有“火星”这份通知") as raised:
        Library.standard().notice("火星")
    assert "shanghai-2024（上海市2024年通知）" in raised.value.advice
    with pytest.raises(UsageError, match=r"可以指几份通知：miit-2025（.*、miit-2025-rereview"):
        Library.standard().notice("工信厅企业函〔2025〕77号")
    with pytest.raises(UsageError):
        Library.standard().notice(" ")


def test_lists_and_declarations_go_with_the_evidence_and_nothing_goes_that_was_not_asked_for() -> None:
    assert is_held("清单", ("申报表", "佐证材料")) and is_held("佐证材料", ("佐证材料",))
    assert not is_held("清单", ("申报表", "汇总表")) and not is_held("佐证材料", ("申报表",))
    assert not is_held("推荐文件", ("申报表", "佐证材料"))
    assert not is_held("", ("申报表", "佐证材料")), "what nobody knows is no evidence"
