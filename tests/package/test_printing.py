"""The papers around a submission: instructions, list of signatures, cover sheets, covers, spines, all copies in one."""

from __future__ import annotations

import functools
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from generator.build import prepare, print_form, template_of
from generator.forms.library import Library
from generator.forms.resolve import blank
from generator.forms.signings import Signing
from generator.measure.fonts import FontLibrary
from generator.notices.definition import Copies
from generator.notices.order import Order, take_order
from generator.package.manifest import KEPT, SUBMITTED, PackageFile
from generator.package.printing.binding import Paper, as_handed_in, volumes_of
from generator.package.printing.job import Applicant, PrintJob, PrintWishes
from generator.package.printing.papers import print_papers
from generator.package.printing.settings import print_settings
from generator.package.printing.signatures import paper_signings, signings_of
from generator.package.reuse import StageResult
from tests.docx.word_rules import broken_rules
from tests.package.samples import pdf_file

LIBRARY = Library.standard()
FONTS = FontLibrary.bundled()
SETTINGS = print_settings(LIBRARY)
FILES = LIBRARY.file_names()
EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
NAME = "上海市示例区智能传感器产业集群"


@functools.cache
def signings(form: str) -> tuple[tuple[Signing, ...], tuple[str, ...], bytes]:
    """Where the blank form is signed, the text of its pages, its PDF."""
    definition = LIBRARY.form(form)
    printed = print_form(blank(definition), template_of(definition, LIBRARY, FONTS), FONTS)
    texts = tuple(page.extract_text() for page in PdfReader(io.BytesIO(printed.pdf)).pages)
    return signings_of(definition, printed.pages, SETTINGS.signing, "申报表"), texts, printed.pdf


def job(notice: str = "上海", *, copies: str = "", county: str = "示例区", **more: object) -> PrintJob:
    asked = LIBRARY.notice(notice)
    order: Order = take_order(FILES, notice=asked, copies=copies, form="" if asked.form else "national-2024")
    places, texts, pdf = signings(order.form)
    files = (PackageFile("form.pdf", f"{SUBMITTED}/01_申报表_{NAME}.pdf", pdf, len(texts)),)
    applicant = Applicant(NAME, "上海示例园区公司", "示例区经委", county, "2024年5月6日")
    made = PrintJob(LIBRARY.form(order.form), order, applicant, files, places)
    return replace(made, **more)  # type: ignore[arg-type]


def made(work: PrintJob, library: Library = LIBRARY) -> StageResult:
    return print_papers(work, library, FONTS)


def text(papers: StageResult, role: str) -> str:
    pages = PdfReader(io.BytesIO(content(papers, role))).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def content(papers: StageResult, role: str) -> bytes:
    return next(file.content for file in papers.files if file.role == role)


def roles(papers: StageResult) -> set[str]:
    return {file.role.rpartition(".")[0] for file in papers.files}


@pytest.mark.parametrize("form", ["national-2024", "national-2025", "rereview-2025", "shanghai-2024"])
def test_every_place_that_asks_for_a_hand_is_found_on_its_page(form: str) -> None:
    places, pages, _ = signings(form)
    cover, *cells = places
    assert (cover.page, cover.sheet, cover.front, cover.signs, bool(cover.seals)) == (1, 1, True, (), True)
    assert len(cells) == 2
    for cell in cells:
        assert cell.page is not None
        on_page = "".join(pages[cell.page - 1].split())
        assert "公章" in on_page and "真实性声明" in on_page
        assert cell.front, "the last part begins on a right-hand page"
        assert cell.dated and cell.seals
        assert cell.label == str(int(cell.label))
    declaration, opinion = cells
    assert declaration.signs and declaration.own
    assert not opinion.signs and not opinion.own
    asked = sum(page.count("（公章）") + page.count("（签字）") + page.count("（盖章）") for page in pages)
    assert asked == sum(len(place.signs) + len(place.seals) for place in places)


def test_the_cover_is_the_districts_to_seal_in_shanghai_and_the_applicants_own_elsewhere() -> None:
    assert not signings("shanghai-2024")[0][0].own
    assert signings("national-2024")[0][0].own


def test_the_list_of_signatures_has_every_copy_with_every_place() -> None:
    told = text(made(job()), "signing-list.pdf")
    for number in range(1, 6):
        assert f"第{number}份" in told
    assert told.count("单位负责人") == told.count("区级中小企业主管部门推荐意见") == told.count("推荐单位") == 5
    assert told.count("第1张正面") == 5
    assert "第6份" not in told


def test_the_places_of_one_copy_stand_on_one_page_of_the_list_of_signatures() -> None:
    pages = PdfReader(io.BytesIO(content(made(job()), "signing-list.pdf"))).pages
    told = ["".join(page.extract_text().split()) for page in pages]
    assert len(told) > 1
    for page in told:
        copies = len(re.findall(r"第\d份", page))
        assert copies and page.count("单位负责人") == page.count("推荐单位") == page.count("第1张正面") == copies


def test_copies_not_known_are_marked_and_everything_else_is_made() -> None:
    papers = made(job("miit-2025", wishes=PrintWishes(copies=True, cover=True)))
    assert [finding.code for finding in papers.findings] == ["N202", "N201"]
    assert "份数待定" in text(papers, "print-instructions.pdf")
    assert "份数待定" in text(papers, "signing-list.pdf")
    assert "每一份" in text(papers, "signing-list.pdf")
    assert roles(papers) == {"print-instructions", "signing-list", "binding-cover"}


def test_instructions_tell_paper_sides_scale_copies_order_and_the_office() -> None:
    told = text(made(job(county="普陀区", wishes=PrintWishes(copies=True))), "print-instructions.pdf")
    for words in (
        "沪经信企〔2024〕273号", "A4", "沿长边翻转", "实际大小（100%）", "一式5份", "01_申报表", "1910", "由区确定",
        "2024年5月15日前", "普陀商务委，电话52564588-7045", "光盘：2张", "装订方式：通知没有写明", f"合印_5份_{NAME}.pdf",
    ):  # fmt: skip
        assert words in told, words
    assert "收件单位" not in text(made(job()), "print-instructions.pdf")


def test_instructions_name_the_pages_that_are_larger_than_the_others() -> None:
    told = text(made(job(larger=("5", "6", "7", "9", "12", "12-1"))), "print-instructions.pdf")
    assert "佐证材料里印着第5—7、9、12、12-1页的是A3" in told
    assert "A3" not in text(made(job()), "print-instructions.pdf")


def test_what_is_handed_in_in_another_number_is_told_to_be_printed_apart() -> None:
    asked = LIBRARY.notice("上海")
    own = asked.application
    demands = tuple(
        one.model_copy(update={"copies": Copies(plain=2)}) if one.material == "佐证材料" else one for one in own.demands
    )
    notice = asked.model_copy(
        update={"deliveries": (own.model_copy(update={"demands": demands}), *asked.deliveries[1:])}
    )
    order = take_order(FILES, notice=notice)
    evidence = PackageFile("evidence.pdf", f"{SUBMITTED}/03_佐证材料_{NAME}.pdf", pdf_file(2), 2)
    work = job(wishes=PrintWishes(copies=True))
    work = replace(work, order=order, files=(*work.files, evidence))
    papers = made(work)
    assert "佐证材料（一式2份）的份数与别的材料不同，照上表的份数另外打印" in text(papers, "print-instructions.pdf")
    assert len(PdfReader(io.BytesIO(content(papers, "copies-1.pdf"))).pages) == 5 * 20
    assert "另外打印" not in text(made(job()), "print-instructions.pdf")


def test_without_a_notice_instructions_say_so_and_tell_of_the_discs_that_were_asked_for() -> None:
    told = text(made(replace(job(), order=take_order(FILES, form="shanghai-2024", discs=2))), "print-instructions.pdf")
    assert "没有指明通知：交给谁" in told
    assert "光盘：2张。" in told


def test_what_the_notice_says_of_binding_is_repeated() -> None:
    work = job()
    assert work.order.notice is not None
    first, *rest = work.order.notice.deliveries
    demands = (first.demands[0].model_copy(update={"binding": "胶装", "bound_with": ("佐证材料",)}), *first.demands[1:])
    notice = work.order.notice.model_copy(update={"deliveries": (first.model_copy(update={"demands": demands}), *rest)})
    told = text(made(replace(work, order=replace(work.order, notice=notice))), "print-instructions.pdf")
    assert "装订方式：申报表胶装，与佐证材料合订。" in told


def test_originals_have_their_cover_sheets_and_the_form_itself_never_says_so() -> None:
    work = job("miit-2022", wishes=PrintWishes(copies=True))
    papers = made(work)
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(content(papers, "copy-sheet.pdf"))).pages]
    assert [sheet.split("\n")[0] for sheet in sheets] == ["正本", "副本", "副本"]
    copies = [page.extract_text() for page in PdfReader(io.BytesIO(content(papers, "copies-1.pdf"))).pages]
    one = len(signings("national-2024")[1])
    each = 2 + one + one % 2
    assert [index for index, page in enumerate(copies) if page.startswith(("正本", "副本"))] == [0, each, 2 * each]
    assert copies[2 : 2 + one] == list(signings("national-2024")[1])
    assert not any("正本" in page or "副本" in page for page in signings("national-2024")[1])
    assert "copy-sheet" not in roles(made(job()))


def test_the_declaration_beside_the_form_is_among_what_is_signed() -> None:
    work = job()
    papers = [("自我声明", LIBRARY.document("declaration"), (3,), ()), ("清单", LIBRARY.document("lists"), (), ())]
    with_it = text(
        made(replace(work, signings=(*work.signings, *paper_signings(papers, work.signings)))), "signing-list.pdf"
    )
    assert with_it.count("自我声明") == 5
    assert "自我声明" not in text(made(work), "signing-list.pdf")
    assert "第2张正面" in with_it


def test_a_seal_across_the_edges_that_the_notice_wants_is_listed_and_explained() -> None:
    work = job()
    assert work.order.notice is not None
    first, *rest = work.order.notice.deliveries
    demands = (first.demands[0].model_copy(update={"seam": True}), *first.demands[1:])
    notice = work.order.notice.model_copy(update={"deliveries": (first.model_copy(update={"demands": demands}), *rest)})
    papers = made(replace(work, order=replace(work.order, notice=notice)))
    assert text(papers, "signing-list.pdf").count("骑缝章") == 5
    assert "通知要求盖骑缝章" in text(papers, "print-instructions.pdf")
    assert "骑缝章" not in text(made(work), "signing-list.pdf") + text(made(work), "print-instructions.pdf")


def test_papers_come_in_the_order_of_the_counter() -> None:
    order = take_order(FILES, form="national-2025")
    names = ["06_自我声明", "03_佐证材料", "01_申报表", "02_清单"]
    files = [PackageFile(name, f"{SUBMITTED}/{name}_{NAME}.pdf", b"", 1) for name in names]
    assert [file.role for file in as_handed_in(files, order)] == sorted(names)


def test_covers_and_spines_are_made_on_request_only(tmp_path: Path) -> None:
    assert roles(made(job())) == {"print-instructions", "signing-list"}
    (tmp_path / "materials").mkdir()
    settings = (LIBRARY.folders[-1] / "materials" / "printing.yaml").read_text("utf-8")
    (tmp_path / "materials" / "printing.yaml").write_text(settings.replace("thickness: 0.1", "thickness: 1"), "utf-8")
    papers = made(job(wishes=PrintWishes(cover=True)), Library.standard([tmp_path]))
    assert roles(papers) == {"print-instructions", "signing-list", "binding-cover", "spine"}
    cover = text(papers, "binding-cover.pdf")
    for words in ("上海市中小企业特色产业集群申报表", NAME, "上海示例园区公司", "示例区经委", "2024年5月6日"):
        assert words in cover
    assert NAME in text(papers, "spine.pdf")
    thin = made(job(wishes=PrintWishes(cover=True)))
    assert [finding.code for finding in thin.findings] == ["N201"]
    assert "spine" not in roles(thin)


def test_volumes_are_told_and_each_has_its_own_file_of_copies(tmp_path: Path) -> None:
    work = job(wishes=PrintWishes(copies=True))
    evidence = PackageFile("evidence.pdf", f"{SUBMITTED}/03_佐证材料_{NAME}.pdf", pdf_file(600), 600)
    papers = made(replace(work, files=(evidence, *work.files)))
    told = text(papers, "print-instructions.pdf")
    assert "第1册申报表101.0" in told
    assert "第2册佐证材料30030.0" in told
    files = {file.role: file for file in papers.files}
    assert files["copies-1.pdf"].path.endswith(f"合印_第1册_5份_{NAME}.pdf")
    assert files["copies-2.pdf"].pages == 3000


def test_files_go_where_they_belong_open_and_are_the_same_every_time() -> None:
    work = job("miit-2022", wishes=PrintWishes(copies=True, cover=True), mark="草稿")
    papers = made(work)
    assert papers == made(work)
    for file in papers.files:
        folder = KEPT if file.role.startswith(("print-instructions", "signing-list")) else f"{SUBMITTED}/打印"
        assert file.path.startswith(f"{folder}/")
        assert NAME in file.path
        if file.role.endswith(".docx"):
            assert broken_rules(file.content) == []
        else:
            pages = PdfReader(io.BytesIO(file.content)).pages
            assert len(pages) == file.pages
            if not file.role.startswith("copies"):
                assert all("草稿" in page.extract_text() for page in pages)
    assert "不能报送" in text(papers, "print-instructions.pdf")


@given(st.lists(st.integers(1, 400), max_size=12), st.integers(1, 300))
def test_volumes_keep_all_papers_in_order_and_stay_below_the_limit(pages: list[int], most: int) -> None:
    papers = [Paper("佐证材料", str(number), b"", count, Copies(plain=1)) for number, count in enumerate(pages)]
    volumes = volumes_of(papers, most)
    assert [paper for volume in volumes for paper in volume.papers] == papers
    assert all(volume.sheets <= most or len(volume.papers) == 1 for volume in volumes)


def test_a_build_by_notice_prints_the_same_form_as_one_by_form_but_for_the_annex_mark(tmp_path: Path) -> None:
    from generator.build import build

    prepared = prepare(EXAMPLE, "national-2024", LIBRARY, FONTS)
    order = take_order(FILES, notice=LIBRARY.notice("miit-2022"), form="national-2024")
    plain = build(prepared, tmp_path, LIBRARY, FONTS, dry_run=True, form_only=True)
    noticed = build(prepared, tmp_path, LIBRARY, FONTS, order=order, wishes=PrintWishes(True, True), dry_run=True)
    assert [file.role for file in plain.files] == ["form.docx", "form.pdf"]
    assert noticed.files[:2] == plain.files[:2]
    assert {"copy-sheet.pdf", "signing-list.pdf", "copies-1.pdf"} <= {file.role for file in noticed.files}


def test_every_code_of_printing_is_explained() -> None:
    root = Path(__file__).resolve().parents[2]
    sources = (root / "generator" / "package" / "printing").glob("*.py")
    used = {code for path in sources for code in re.findall(r'"(N2\d\d)"', path.read_text("utf-8"))}
    assert used == set(re.findall(r"`(N\d{3})`", (root / "docs" / "printing.md").read_text("utf-8")))
