"""Discs and e-mails of a sealed 稿: those asked for, with what is signed."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.media.make import make_media
from generator.package.media.plan import plan_media
from generator.package.media.rules import MediumDemand, MediumKind
from tests.package.active import office
from tests.package.media.samples import DISC, MAIL, RULES, TITLE
from tests.package.sealing.samples import CLUSTER, form_pdf, standing_draft
from tests.package.sealing.sealings import FORM_PATH, sealed, tree


def test_without_any_demand_there_is_one_disc_of_everything_with_the_signed_form(output: Path, scans: Path) -> None:
    further = (
        PackageFile("lists.xlsx", f"{SUBMITTED}/02_清单_{CLUSTER}.xlsx", office("xl/workbook.xml")),
        PackageFile("print.txt", f"{SUBMITTED}/打印/5份.txt", b"print"),
    )
    standing_draft(output, further=further)
    written = sealed(output, scans).written
    assert written is not None
    disc = written.draft / SUBMITTED / "光盘"
    content = tree(disc / "光盘内容")
    assert sorted(content) == [
        f"01_申报表_{CLUSTER}.docx",
        f"01_申报表_{CLUSTER}.pdf",
        f"02_清单_{CLUSTER}.xlsx",
        "说明.txt",
    ]
    assert content[f"01_申报表_{CLUSTER}.pdf"] == (written.draft / FORM_PATH).read_bytes()
    assert sorted(path.name for path in disc.iterdir() if path.is_file()) == [
        f"光盘_{CLUSTER}.iso",
        f"光盘标签_{CLUSTER}.docx",
        f"光盘标签_{CLUSTER}.pdf",
    ]
    assert "未签章" not in "".join(tree(written.draft))


def test_the_media_are_those_that_the_draft_was_built_for(output: Path, scans: Path) -> None:
    form = PackageFile("form.pdf", FORM_PATH, form_pdf(), unsigned=(1, 6))
    plan = plan_media([form], [DISC.model_copy(update={"number": 2}), MAIL], RULES)
    standing_draft(output, further=make_media(plan, TITLE, RULES))
    written = sealed(output, scans).written
    assert written is not None
    submitted = {path.partition("/")[2] for path in tree(written.draft)}
    assert "邮件/第1封/邮件正文.txt" in submitted and not any(path.startswith("U盘") for path in submitted)
    assert not any("未签章" in path for path in submitted)
    told = (written.draft / SUBMITTED / "邮件/第1封/邮件正文.txt").read_text("utf-8-sig")
    assert MAIL.address in told and TITLE.contact in told and "已换成扫描件" in told
    label = PdfReader(written.draft / SUBMITTED / f"光盘/光盘标签_{CLUSTER}.pdf").pages[0].extract_text()
    assert "第2份（共2份）" in "".join(label.split())


def test_the_operator_may_ask_for_other_media(output: Path, scans: Path) -> None:
    standing_draft(output)
    written = sealed(output, scans, demands=[MediumDemand(kind=MediumKind.USB)]).written
    assert written is not None
    assert {path.parts[-2] for path in (written.draft / SUBMITTED).rglob("*") if path.is_file()} == {SUBMITTED, "U盘"}


def test_what_the_notice_asked_to_be_on_a_disc_stays_so(output: Path, scans: Path) -> None:
    form = PackageFile("form.pdf", FORM_PATH, form_pdf(), unsigned=(1, 6))
    lists = PackageFile("lists.pdf", f"{SUBMITTED}/02_清单_{CLUSTER}.pdf", form_pdf())
    plan = plan_media([form, lists], [DISC.model_copy(update={"holds": ("申报表",)})], RULES)
    standing_draft(output, further=[lists, *make_media(plan, TITLE, RULES)])
    for demands in ((), [DISC]):
        written = sealed(output, scans, demands=demands).written
        assert written is not None
        on_disc = {path.name for path in (written.draft / SUBMITTED / "光盘" / "光盘内容").iterdir()}
        assert on_disc == {"说明.txt", f"01_申报表_{CLUSTER}.docx", f"01_申报表_{CLUSTER}.pdf"}
