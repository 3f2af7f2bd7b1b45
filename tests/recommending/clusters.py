"""Thirty small clusters as offices get them: built, sealed, as data only, as rows of a workbook."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from generator.forms.library import Library
from generator.forms.particulars import Particulars
from generator.measure.fonts import FontLibrary
from generator.package.drafts import write_beside, write_draft
from generator.package.manifest import SUBMITTED, ManifestFacts, PackageFile, encode_json
from generator.package.snapshot import particulars_as_tree
from generator.recommending.recommend import Recommended, Wishes, recommend
from generator.summary.table import Sender
from tests.package.samples import pdf_file, word_file

LIBRARY = Library.standard()
FONTS = FontLibrary.bundled()
NOTICE = "hubei-2024"
FORM = "national-2024"
SENDER = Sender(name="宜昌市经济和信息化局", contact="李明 13800000000")
WISHES = Wishes(NOTICE, SENDER, have=("2",))
PLACES = (("宜昌市", "夷陵区"), ("襄阳市", "襄州区"), ("荆州市", "沙市区"))

_FIGURES = {
    "集群总产值": "128.94",
    "中小企业数量": "205",
    "专精特新中小企业数量": "44",
    "小巨人企业数量": "7",
    "国家级单项冠军企业数量": "1",
    "有效发明专利拥有量": "738",
    "每万人有效发明专利拥有量": "52.25",
}
_TOLD = (
    "2023年，集群总产值128.94亿元，中小企业205家，专精特新中小企业44家，“小巨人”企业7家，单项冠军1家。"
    "近三年主持标准15项，有效发明专利738件，每万人52.25件。"
)


def cluster(number: int, **changed: str) -> Particulars:
    """What a cluster that lacks nothing says of itself; `changed` are values that it has instead."""
    city, county = PLACES[number % len(PLACES)]
    values = {
        "省": "湖北省",
        "市": city,
        "县": county,
        "产业": f"第{number:02d}号泵阀",
        "成立时间": "2018年6月",
        "运营管理机构名称": f"{county}第{number:02d}产业园管理有限公司",
        "集群简介": _TOLD,
    } | changed
    figures = {(name, 2023): Decimal(value) for name, value in _FIGURES.items()}
    for year in (2021, 2022, 2023):
        figures |= {("当年主持国家标准数量", year): Decimal(2), ("当年主持行业标准数量", year): Decimal(3)}
    name = "".join(values[part] for part in ("省", "市", "县", "产业")) + "产业集群"
    return Particulars(name, values, figures=figures)


def built(output: Path, number: int, *, form: str = FORM, text: str = "原文", **changed: str) -> Path:
    """Write the next 稿 of a cluster below `output`, its form of two pages; return the 稿."""
    return _written(output, cluster(number, **changed), form, text)


def built_with_declaration(output: Path, number: int) -> Path:
    """Do what `built` does, with 自我声明, to be signed on its only page."""
    told = cluster(number)
    beside = f"{SUBMITTED}/06_自我声明_{told.name}"
    return _written(
        output,
        told,
        FORM,
        "原文",
        PackageFile("declaration.docx", f"{beside}.docx", word_file("<w>声明</w>"), 1),
        PackageFile("declaration.pdf", f"{beside}.pdf", pdf_file(1), 1, unsigned=(1,)),
    )


def _written(output: Path, told: Particulars, form: str, text: str, *further: PackageFile) -> Path:
    stem = f"{SUBMITTED}/01_申报表_{told.name}"
    files = (
        PackageFile("form.docx", f"{stem}.docx", word_file(f"<w>{text}</w>"), 2),
        PackageFile("form.pdf", f"{stem}.pdf", pdf_file(2), 2),
        PackageFile("evidence.pdf", f"{SUBMITTED}/03_佐证材料_{told.name}.pdf", pdf_file(3), 3),
        PackageFile("copies-1.pdf", f"{SUBMITTED}/打印/合印.pdf", pdf_file(2), 2),
        *further,
    )
    facts = ManifestFacts(told.name, form, notice=NOTICE)
    return write_draft(output, facts, files, snapshot(told)).draft


def snapshot(told: Particulars) -> dict[str, object]:
    return {"snapshot": 1, "particulars": particulars_as_tree(told)}


def sealed(draft: Path, number: int, pages: int = 2, *, declared: bool = False) -> bytes:
    """Write the sealed version of `draft` beside it, with 自我声明 where it is `declared`; return its form."""
    told = cluster(number)
    form = pdf_file(pages) + b"\n% signed\n"
    facts = ManifestFacts(told.name, FORM, notice=NOTICE)
    files = [PackageFile("form.pdf", f"{SUBMITTED}/01_申报表_{told.name}.pdf", form, pages)]
    if declared:
        path = f"{SUBMITTED}/06_自我声明_{told.name}.pdf"
        files.append(PackageFile("declaration.pdf", path, pdf_file(1) + b"\n% signed\n", 1, signed=True))
    write_beside(draft, "_签章", facts, files, encode_json(snapshot(told)))
    return form


def made(output: Path, *sources: Path, wishes: Wishes = WISHES, dry_run: bool = False) -> Recommended:
    return recommend(sources, wishes, output, LIBRARY, FONTS, dry_run=dry_run)


def codes(result: Recommended) -> set[str]:
    return {finding.code for finding in result.findings}


def carried(result: Recommended, number: int) -> dict[str, bytes]:
    """Return the papers of the cluster in the row `number`, as they lie in the 稿, by name."""
    assert result.written is not None
    (folder,) = (result.written.draft / SUBMITTED / "集群材料").glob(f"{number:02d}_*")
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
