"""The files of discs, sticks and mails, and the words on them."""

from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader

from generator.errors import DefinitionError
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.media.electronic import electronic_copies
from generator.package.media.label import LABEL, Labels, make_labels
from generator.package.media.make import DEMANDS_ROLE, MediaTitle, make_media
from generator.package.media.plan import MediaPlan, plan_media
from generator.package.media.rules import MediumDemand, read_media_rules
from tests.docx.word_rules import broken_rules
from tests.package.media.samples import CLUSTER, DISC, MAIL, RULES, TITLE, USB, handed_in, rules

MB = 1024 * 1024
FONTS = FontLibrary.bundled()


def made(*demands: MediumDemand, signed: bool = False, **sizes: int) -> dict[str, PackageFile]:
    """Return the files of the media by path below 1_报送材料."""
    plan = plan_media(handed_in(signed=signed, **sizes), demands, RULES)
    return {file.path.partition("/")[2]: file for file in make_media(plan, TITLE, RULES)}


def text(file: PackageFile) -> str:
    content = file.content.decode("utf-8-sig")
    assert content.count("\n") == content.count("\r\n")
    return content.replace("\r\n", "\n")


def labels(plan: MediaPlan, title: MediaTitle = TITLE) -> tuple[list[str], list[PackageFile]]:
    files = list(make_labels(plan, title, RULES, Library.standard().document(LABEL), FONTS).files)
    pages = PdfReader(io.BytesIO(files[1].content)).pages
    return ["".join(page.extract_text().split()) for page in pages], files


def test_a_disc_is_a_folder_an_image_and_a_text_that_says_what_is_on_it() -> None:
    files = made(DISC)
    assert [path for path in files if path.startswith("光盘/")] == [
        "光盘/光盘内容/说明.txt",
        f"光盘/光盘内容/01_申报表_{CLUSTER}.docx",
        f"光盘/光盘内容/01_申报表_{CLUSTER}_未签章.pdf",
        f"光盘/光盘_{CLUSTER}_未签章.iso",
    ]
    told = text(files["光盘/光盘内容/说明.txt"])
    assert "签章情况：未签章" in told
    assert f"2. 01_申报表_{CLUSTER}_未签章.pdf（3 字节），第1、3页未签章" in told


def test_a_signed_disc_is_marked_nowhere() -> None:
    files = made(DISC, USB, MAIL, signed=True)
    assert not [path for path in files if "未签章" in path]
    assert not [path for path, file in files.items() if path.endswith(".txt") and "未签章" in text(file)]
    assert "已换成扫描件" in text(files["光盘/光盘内容/说明.txt"])


def test_folder_and_stick_hold_the_very_bytes_that_are_handed_in() -> None:
    originals = {id(file.content) for file in handed_in()}
    for path, file in made(DISC, USB, MAIL).items():
        if file.role in {"disc.file", "usb.file", "mail.file"} and not path.endswith("说明.txt"):
            assert file.content in {b"word", b"pdf"} and (id(file.content) in originals)


def test_every_copy_of_an_unsigned_file_says_so_to_programs_too() -> None:
    files = made(DISC, USB, MAIL)
    pdfs = [file for path, file in files.items() if path.endswith("_未签章.pdf")]
    assert [file.unsigned for file in pdfs] == [(1, 3)] * 3
    assert all(file.signed for path, file in made(DISC, signed=True).items() if path.endswith(".pdf"))


def test_only_the_disc_that_holds_an_unsigned_file_says_so() -> None:
    plan = plan_media(handed_in(b=MB, c=MB), [DISC], rules(2 * MB + MB // 2))
    images = [file.path for file in make_media(plan, TITLE, RULES) if file.role == "disc.image"]
    assert [path.endswith("_未签章.iso") for path in images] == [True, False]
    (page,), _ = labels(plan)
    assert "未签章：1个文件" in page and "以签章的纸质件为准" in page


def test_papers_that_nobody_signs_are_called_neither_signed_nor_unsigned() -> None:
    table = PackageFile("summary.pdf", f"{SUBMITTED}/02_汇总表.pdf", b"table", 1)
    plan = plan_media([table], [DISC, MAIL], RULES)
    files = make_media(plan, TITLE, RULES)
    told = [text(file) for file in files if file.path.endswith(".txt")]
    assert len(told) == 2 and "以签章的纸质件为准" in told[0]
    assert not any(word in file for file in told for word in ("未签章", "已换成扫描件"))


def test_a_set_of_discs_is_numbered() -> None:
    plan = plan_media(handed_in(signed=True, b=MB, c=MB), [DISC], rules(2 * MB + MB // 2))
    files = {file.path.partition("/")[2]: file for file in make_media(plan, TITLE, RULES)}
    images = [path for path in files if path.endswith(".iso")]
    assert images == [f"光盘/光盘_{CLUSTER}_第{number}张共2张.iso" for number in (1, 2)]
    assert "全套分 2 张光盘，这是第 2 张。" in text(files["光盘/光盘内容/第2张/说明.txt"])


def test_a_stick_holds_the_files_and_the_text() -> None:
    assert [path for path in made(USB) if path.startswith("U盘")] == [
        "U盘/说明.txt",
        f"U盘/01_申报表_{CLUSTER}.docx",
        f"U盘/01_申报表_{CLUSTER}_未签章.pdf",
    ]


def test_a_mail_says_to_whom_its_subject_its_attachments_and_its_body() -> None:
    told = text(made(MAIL)["邮件/第1封/邮件正文.txt"])
    assert told == (
        "收件人：zxc87122161@163.com\n"
        f"主题：【申报材料】{CLUSTER}—中小企业特色产业集群申报表（未签章）\n"
        "附件（2 个，共 7 字节）：\n"
        f"1. 01_申报表_{CLUSTER}.docx（4 字节）\n"
        f"2. 01_申报表_{CLUSTER}_未签章.pdf（3 字节），第1、3页未签章\n"
        "\n"
        "您好：\n"
        f"现报送{CLUSTER}的《中小企业特色产业集群申报表》及有关材料电子版，请查收。\n"
        "文件名带“未签章”的尚未签字盖章，签章后的扫描件另行报送。\n"
        "\n"
        f"{CLUSTER}\n"
        "联系人：林知远 021-55550101\n"
    )


def test_parts_of_a_mail_are_numbered_and_name_what_is_not_sent() -> None:
    demand = MAIL.model_copy(update={"limit": 2 * MB})
    files = made(demand, b=MB, c=MB, d=3 * MB)
    assert [path for path in files if path.startswith("邮件/第2封/")] == [
        "邮件/第2封/邮件正文.txt",
        f"邮件/第2封/c_{CLUSTER}.pdf",
    ]
    told = text(files["邮件/第2封/邮件正文.txt"])
    assert "（第2封，共2封）" in told and "这是第 2 封" in told
    assert f"以光盘或 U盘 为准：\n1. d_{CLUSTER}.pdf（3.0 MB）" in told


def test_no_part_of_a_mail_is_larger_than_its_limit_as_python_would_send_it() -> None:
    from email.message import EmailMessage

    demand = MAIL.model_copy(update={"limit": 2 * MB})
    files = made(demand, b=MB, c=MB // 2, d=MB // 2)
    for number in (1, 2):
        message = EmailMessage()
        message.set_content(text(files[f"邮件/第{number}封/邮件正文.txt"]))
        for path, file in files.items():
            if path.startswith(f"邮件/第{number}封/") and file.role == "mail.file":
                message.add_attachment(file.content, maintype="application", subtype="pdf", filename=path)
        assert len(bytes(message)) <= 2 * MB


def test_what_was_asked_for_is_kept_in_the_house() -> None:
    demand = DISC.model_copy(update={"number": 2})
    (kept,) = (file for file in made(demand, MAIL).values() if file.role == DEMANDS_ROLE)
    tree = json.loads(kept.content)
    assert [MediumDemand.model_validate(asked) for asked in tree["media"]] == [demand, MAIL]
    assert tree["contact"] == TITLE.contact


def test_a_long_name_is_cut_in_the_cluster_and_stays_marked() -> None:
    plan = plan_media(handed_in(), [DISC], RULES)
    made = make_media(plan, MediaTitle("很长的名称" * 30, "申报表"), RULES)
    (image,) = (file.path.rpartition("/")[2] for file in made if file.role == "disc.image")
    assert image.startswith("光盘_很长") and image.endswith("_未签章.iso") and len(image.encode()) <= 240


def test_nothing_is_made_where_nothing_is_asked_for() -> None:
    assert made() == {}


def test_the_same_package_gives_the_same_media() -> None:
    one, other = (made(DISC, USB, MAIL, b=5000) for _ in range(2))
    assert {path: file.content for path, file in one.items()} == {path: file.content for path, file in other.items()}


def test_each_disc_has_a_label_with_cluster_papers_number_state_and_a_blank_date() -> None:
    plan = plan_media(handed_in(), [DISC.model_copy(update={"number": 3})], RULES)
    pages, files = labels(plan)
    assert len(pages) == 2
    assert [number for number in (1, 2, 3) if f"第{number}份（共3份）" in "".join(pages)] == [1, 2, 3]
    assert pages[0].count(CLUSTER) >= 2 and "未签章" in pages[0] and "年月日" in pages[0]
    assert [file.path.rpartition("/")[2] for file in files] == [
        f"光盘标签_{CLUSTER}_未签章.docx",
        f"光盘标签_{CLUSTER}_未签章.pdf",
    ]
    assert broken_rules(files[0].content) == []


def test_a_signed_label_says_so() -> None:
    (page,), files = labels(plan_media(handed_in(signed=True), [DISC], RULES))
    assert "已签章" in page and "未签章" not in page and "未签章" not in files[0].path


def test_labels_of_long_names_and_many_files_are_never_parted() -> None:
    many = {f"文{number:02}": 10 for number in range(20)}
    plan = plan_media(handed_in(signed=False, **many), [DISC.model_copy(update={"number": 2})], RULES)
    pages, _ = labels(plan, MediaTitle("很长的名称" * 12, "中小企业特色产业集群申报表"))
    assert len(pages) == 2
    assert all("等22个文件" in page and "光盘编号" in page for page in pages)


def test_a_draft_says_so_on_label_disc_and_in_the_mail() -> None:
    copies = electronic_copies(handed_in(), [DISC, MAIL], TITLE, Library.standard(), FONTS, draft=True)
    files = {file.path.rpartition("/")[2]: file for file in copies.files}
    (label,) = PdfReader(io.BytesIO(files[f"光盘标签_{CLUSTER}_未签章.pdf"].content)).pages
    assert "".join(label.extract_text().split()).count("草稿") == 1 + DISC.number
    assert "不能报送" in text(files["说明.txt"])
    mail = text(files["邮件正文.txt"])
    assert "（未签章）（草稿）\n" in mail and "不能报送" in mail


def test_without_discs_there_is_no_label() -> None:
    plan = plan_media(handed_in(), [USB, MAIL], RULES)
    assert make_labels(plan, TITLE, RULES, Library.standard().document(LABEL), FONTS) == Labels()


def test_rules_of_ones_own_come_first_and_wrong_ones_are_refused_by_name(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "media").mkdir()
    standard = Library.standard().file("media", "media")
    assert standard is not None
    own = folder / "media" / "media.yaml"
    own.write_text(standard.read_text("utf-8").replace("limit: 20971520", "limit: 5000000"), encoding="utf-8")
    assert read_media_rules(Library.standard([folder])).mail.limit == 5_000_000
    own.write_text(standard.read_text("utf-8").replace("usb_file:", "usb_fil:"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="usb_fil"):
        read_media_rules(Library.standard([folder]))
