"""`shenbao correct`, and what `build` writes for copies that were printed before, from end to end over a small form."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cli.small_folder import DATA as WITH_EVIDENCE
from tests.cli.small_folder import Folder

DATA = WITH_EVIDENCE.partition("佐证材料:\n")[0]
CHANGED = DATA.replace("2023: 46.88}", "2023: 47.95}")
GROWN = DATA.replace("加强领导。}", "加强领导。" + "逐项落实责任单位和完成时限。" * 30 + "}")


class Printed(Folder):
    """The folder of a cluster whose first 稿 was frozen and printed: one copy loose, one glued and sealed, one not printed, a disc."""

    def __init__(self, base: Path) -> None:
        super().__init__(base)
        self.write(DATA)
        self.build()
        self.done("freeze", "--form", "small", "--copies", "3", "--discs", "1", "--date", "2025-05-20")
        self.done("ledger", "第1份", "--form", "small", "--printed", "是")
        glued = ("--printed", "是", "--signed", "是", "--sealed", "是", "--bound", "胶装", "--where", "区经委")
        self.done("ledger", "第2份", "--form", "small", *glued)
        self.done("ledger", "光盘1", "--form", "small", "--printed", "是")

    def done(self, command: str, *words: str) -> str:
        result = self.run(command, *words)
        assert result.exit_code == 0, result.output
        return result.stdout

    @property
    def series(self) -> Path:
        (version,) = self.output.glob("*/*/定稿")
        return version.parent

    def correct(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.done("correct", "--form", "small", "--json"))
        return told

    def folder(self, draft: str) -> Path:
        return self.series / "更正" / draft

    def form(self, draft: Path) -> list[str]:
        (pdf,) = (draft / "1_报送材料").glob("01_*.pdf")
        return texts(pdf)


def texts(pdf: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.read_bytes())).pages]


@pytest.fixture
def folder(tmp_path: Path) -> Printed:
    return Printed(tmp_path)


def test_the_build_after_a_correction_writes_what_puts_the_copies_right(folder: Printed) -> None:
    folder.write(CHANGED)
    told = folder.done("build", "--form", "small")
    written = folder.folder("第002稿")
    documents = {f"{name}.{kind}" for name in ("换页单", "更正说明", "更正记录") for kind in ("docx", "pdf")}
    assert {path.name for path in written.iterdir()} == {*documents, "换页打印稿.pdf", "更正.json"}
    assert "第1份：换页（印1张）" in told
    assert "第2份：整册重印" in told and "光盘1：重新刻录（刻1张）" in told
    assert "第3份：打印新稿" in told
    slip = "".join(texts(written / "换页单.pdf"))
    assert "第1份" in slip and "须受理部门同意" in slip and "第02版" in slip
    notice = "".join(texts(written / "更正说明.pdf"))
    assert "46.88" in notice and "47.95" in notice and "公章" in notice


@pytest.mark.parametrize("data", [CHANGED, GROWN])
def test_the_old_printout_with_the_slip_applied_is_the_new_one(folder: Printed, data: str) -> None:
    folder.write(data)
    folder.build()
    told = folder.correct()
    (paper,) = told["copies"][0]["papers"]
    old, new = folder.form(folder.series / "第001稿"), folder.form(folder.series / "第002稿")
    fresh = iter(pairs(texts(folder.folder("第002稿") / "换页打印稿.pdf")))
    stack: list[list[tuple[str, str]]] = [[sheet] for sheet in pairs(old)]
    for step in paper["steps"]:
        put_in = [next(fresh)] if step["new"] else []
        if step["old"]:
            stack[step["old"] - 1] = put_in
        else:
            stack[step["after"] - 1] += put_in
    assert [sheet for lying in stack for sheet in lying] == pairs(new)
    assert list(fresh) == []


def pairs(pages: list[str]) -> list[tuple[str, str]]:
    padded = [*pages, *([""] if len(pages) % 2 else [])]
    return list(zip(padded[::2], padded[1::2], strict=True))


def test_a_build_without_any_change_writes_nothing(folder: Printed) -> None:
    folder.build()
    assert not folder.folder("第001稿").exists()
    folder.write(CHANGED)
    folder.build()
    before = stamps(folder.series)
    folder.build()
    assert stamps(folder.series) == before


def stamps(series: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in series.rglob("*") if path.is_file()}


def test_a_changed_ledger_is_reckoned_anew_and_the_draft_stays(folder: Printed) -> None:
    folder.write(CHANGED)
    folder.build()
    first = folder.folder("第002稿")
    before = (first / "换页单.pdf").read_bytes()
    folder.done("freeze", "--form", "small", "--date", "2025-06-02", "--copies", "3", "--discs", "1")
    folder.done("ledger", "第1份", "--form", "small", "--exchanged", "2")
    told = folder.correct()
    assert told["changed"]
    assert [(one["name"], [way["way"] for way in one["ways"][:1]]) for one in told["copies"]] == [
        ("第1份", []),
        ("第2份", ["整册重印"]),
        ("第3份", ["打印新稿"]),
        ("光盘1", ["重新刻录"]),
    ]
    assert (first / "换页单.pdf").read_bytes() != before
    assert not (first / "换页打印稿.pdf").exists()
    assert [path.name for path in folder.series.iterdir() if path.name.startswith(".building-")] == []
    assert {path.name for path in folder.series.glob("第*稿")} == {"第001稿", "第002稿"}
    folder.done("ledger", "第2份", "光盘1", "--form", "small", "--version", "2")
    assert folder.correct()["folder"] is None


def test_what_returned_to_the_old_value_needs_nothing(folder: Printed) -> None:
    folder.write(CHANGED)
    folder.build()
    folder.write(DATA + "# 改回来了\n")
    folder.build()
    assert [one["ways"][0]["way"] for one in folder.correct()["copies"] if one["ways"]] == ["打印新稿"]


def test_reasons_and_who_asked_stand_in_the_record_and_not_in_the_notice(folder: Printed) -> None:
    assert folder.set("集群总产值 2023", "47.95", "--yes", "--by", "张工").exit_code == 0
    folder.build()
    record = "".join(texts(folder.folder("第002稿") / "更正记录.pdf"))
    notice = "".join(texts(folder.folder("第002稿") / "更正说明.pdf"))
    for words in ("统计局核定", "张工"):
        assert words in record and words not in notice
    assert "还没有记下理由" not in record.replace("\n", "")


def test_a_change_without_a_reason_is_told_in_the_record(folder: Printed) -> None:
    folder.write(CHANGED)
    folder.build()
    record = "".join(texts(folder.folder("第002稿") / "更正记录.pdf")).replace("\n", "")
    assert "没有用shenbaoset记下的更正" in record.replace(" ", "")
    assert "cluster.yaml" in record


def test_rows_of_registers_stand_in_the_record_in_the_words_of_the_comparison(folder: Printed) -> None:
    folder.write(
        DATA.replace("产值: {2024: 300000}", "产值: {2024: 310000}").replace(
            "乙公司, 是否中小企业: 是", "丁公司, 是否中小企业: 是"
        )
    )
    folder.build()
    record = "".join("".join(texts(folder.folder("第002稿") / "更正记录.pdf")).split())
    for told in ("企业甲公司产值2024年300000→310000", "企业丁公司新增", "企业乙公司去掉"):
        assert told in record
    compared = folder.run("diff", "--form", "small", "--against", "第01版").stdout
    assert "企业 甲公司：产值2024年 300000 → 310000" in compared
    assert "企业 新增：丁公司" in compared and "企业 去掉：乙公司" in compared
    folder.write(CHANGED)
    folder.build()
    assert "名录的变化" not in "".join(texts(folder.folder("第003稿") / "更正记录.pdf"))


def test_of_many_rows_the_record_tells_the_first_and_how_many_there_are(folder: Printed) -> None:
    firms = "".join(
        f"    - {{名称: 第{number}公司, 是否中小企业: 是, 是否主导产业相关: 是, 产值: {{2024: 0}}}}\n"
        for number in range(40)
    )
    folder.write(DATA.replace("  企业:\n", f"  企业:\n{firms}"))
    folder.build()
    record = "".join("".join(texts(folder.folder("第002稿") / "更正记录.pdf")).split())
    assert "第19公司新增" in record and "第20公司" not in record and "……共40行" in record


def test_a_spoilt_ledger_is_told_and_the_draft_stands(folder: Printed) -> None:
    (folder.series / "份数台账.yaml").write_text("份: [", encoding="utf-8")
    folder.write(CHANGED)
    result = folder.run("build", "--form", "small")
    assert result.exit_code == 0
    assert "[G101]" in result.stdout and "shenbao correct" in result.stdout
    assert (folder.series / "第002稿" / "manifest.json").is_file()
    assert folder.run("correct", "--form", "small").exit_code == 1


def test_a_version_tampered_with_is_read_from_its_draft_and_without_that_leaves_the_whole_reprint(
    folder: Printed,
) -> None:
    (pdf,) = (folder.series / "定稿" / "第01版" / "成果" / "1_报送材料").glob("01_*.pdf")
    pdf.write_bytes(b"%PDF")
    folder.write(CHANGED)
    folder.build()
    told = folder.correct()["copies"][0]
    assert (told["known"], told["ways"][0]["way"]) == (True, "换页")
    (pdf,) = (folder.series / "第001稿" / "1_报送材料").glob("01_*.pdf")
    pdf.write_bytes(b"%PDF")
    told = folder.correct()["copies"][0]
    assert (told["known"], [way["way"] for way in told["ways"]]) == (False, ["整册重印"])


def test_a_draft_that_is_marked_is_no_correction(folder: Printed) -> None:
    folder.write(CHANGED)
    assert folder.run("build", "--form", "small", "--draft").exit_code == 0
    result = folder.run("correct", "--form", "small")
    assert result.exit_code == 2 and "草稿" in result.stderr
    assert not (folder.series / "更正").exists()


def test_without_a_printed_copy_there_is_nothing_to_correct(tmp_path: Path) -> None:
    fresh = Folder(tmp_path)
    fresh.write(DATA)
    fresh.build()
    result = fresh.run("correct", "--form", "small")
    assert result.exit_code == 0 and "没有已经打印的份" in result.stdout


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for place in ("甲", "乙"):
        folder = Printed(tmp_path / place)
        folder.write(CHANGED)
        folder.build()
        made.append({path.name: path.read_bytes() for path in folder.folder("第002稿").iterdir()})
    assert made[0] == made[1]


@pytest.mark.parametrize("said", ["x", "2:", "2:清单", "2:3:4"])
def test_an_exchange_that_can_not_be_read_is_refused(folder: Printed, said: str) -> None:
    result = folder.run("ledger", "第1份", "--form", "small", "--exchanged", said)
    assert result.exit_code == 2 and "看不懂" in result.stderr


def test_exchanges_are_noted_in_words_and_listed(folder: Printed) -> None:
    folder.done("ledger", "第1份", "--form", "small", "--exchanged", "1:1,2")
    folder.done("ledger", "第1份", "--form", "small", "--exchanged", "1:计算说明:1")
    folder.done("ledger", "第1份", "--form", "small", "--exchanged", "1")
    ledger = (folder.series / "份数台账.yaml").read_text(encoding="utf-8")
    assert "换页: [{版: 1, 张: [1, 2]}, {版: 1, 材料: 计算说明, 张: [1]}, {版: 1, 张: 全部}]" in ledger
    told = folder.done("history", "--form", "small")
    assert "第1、2张换成第01版，计算说明第1张换成第01版，要换的各张换成第01版" in told


@pytest.mark.parametrize(
    ("exchanged", "why"),
    [("1:99", "只有3张，没有第99张"), ("1:名单:1", "没有“名单”，有申报表、"), ("7", "没有第07版")],
)
def test_a_sheet_that_cannot_have_been_put_in_is_not_noted(folder: Printed, exchanged: str, why: str) -> None:
    before = (folder.series / "份数台账.yaml").read_bytes()
    result = folder.run("ledger", "第1份", "--form", "small", "--exchanged", exchanged)
    assert result.exit_code == 2
    assert why in result.output
    assert (folder.series / "份数台账.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("{版: 1, 张: [99]}", "第01版的申报表只有3张，没有第99张"),
        ("{版: 1, 材料: 名单, 张: [1]}", "第01版里没有“名单”"),
        ("{版: 7, 张: 全部}", "没有第07版"),
    ],
)
def test_what_a_hand_wrote_into_the_ledger_that_cannot_be_is_told(folder: Printed, wrong: str, why: str) -> None:
    ledger = folder.series / "份数台账.yaml"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace("所在: 本单位}", f"所在: 本单位, 换页: [{wrong}]}}", 1), encoding="utf-8")
    (told,) = folder.correct()["findings"]
    assert (told["code"], told["found"].startswith(why)) == ("G102", True)
    assert "[G102]" in folder.done("build", "--form", "small")
