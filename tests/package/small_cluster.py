"""A small cluster that tests may change in any way, and the package that is built of it: quick, and yet with every stage in it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PIL import Image

from generator import build as building
from generator.build import Built, prepare
from generator.documents import printing
from generator.docx import compile_document as compiling
from generator.docx.fill import Template
from generator.forms.definition_document import DocumentDefinition
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.notices.order import take_order
from generator.package.printing.job import PrintWishes
from generator.resources import templates_folder
from tests.package.evidence.papers import altered, text_pdf

NOTICE = "shanghai-2024"
FONTS = FontLibrary.bundled()


def _with_attachment(pdf: Any) -> None:
    pdf.attachments["附件.txt"] = b"1"


@cache
def contents() -> Mapping[str, bytes]:
    """What files of evidence hold, by what it is: some with something to be told of, one that can't be read."""
    picture = io.BytesIO()
    Image.new("RGB", (60, 90), (200, 30, 30)).save(picture, "PNG")
    return {
        "一页": text_pdf(1, word="one"),
        "两页": text_pdf(2, word="two"),
        "另外两页": text_pdf(2, word="other"),
        "带附件": altered(text_pdf(1, word="carrier"), _with_attachment),
        "截断": text_pdf(2, word="torn")[:-300],
        "图片": picture.getvalue(),
        "不是 PDF": b"%PDF-1.4 nothing",
    }


@dataclass(frozen=True)
class Item:
    """An item of evidence as cluster.yaml has it: its name, the fact it proves, its files by name and what they hold."""

    name: str
    proves: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Given:
    """All that a build is made of. `library` are files of a library of one's own, by path; `template` is a tuned Word template."""

    figures: Mapping[str, str] = field(default_factory=lambda: {"县域工业总产值": "1486.30", "县域产值": "1712.45"})
    firms: tuple[tuple[str, str], ...] = (("甲公司", "300000"), ("乙公司", "231000"))
    facts: tuple[str, ...] = ("绘制产业链图谱", "组建创新联合体")
    centres: tuple[str, ...] = ("国家传感中心",)
    events: str = "[]"
    operator: str = "示例运营公司"
    prose: str = "集群围绕六个环节绘制产业链图谱。"
    items: tuple[Item, ...] = (
        Item("图谱文件", "绘制产业链图谱", (("图谱.pdf", "一页"), ("照片.png", "图片"))),
        Item("联合体协议", "组建创新联合体", (("协议.pdf", "带附件"),)),
        Item("中心批复", "国家传感中心", (("批复.pdf", "两页"),)),
    )
    head: str = ""
    between: str = ""
    copies: str = ""
    discs: int | None = None
    wishes: PrintWishes | None = None
    mark: str = building.DRAFT_MARK
    library: Mapping[str, str] = field(default_factory=dict)
    template: bytes | None = None
    fonts: FontLibrary = FONTS


def write(given: Given, folder: Path) -> None:
    """Write the cluster of `given` into the folder, in place of whatever stands there."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "佐证材料").mkdir(parents=True)
    for item in given.items:
        for name, kind in item.files:
            (folder / "佐证材料" / name).write_bytes(contents()[kind])
    (folder / "cluster.yaml").write_text(_yaml(given), encoding="utf-8")


def _yaml(given: Given) -> str:
    firms = [
        f"    - {{名称: {name}, 是否中小企业: 是, 是否主导产业相关: 是, 产值: {{2023: {output}}}}}"
        for name, output in given.firms
    ]
    items = [
        f"  - {{名称: {item.name}, 证明: [{item.proves}], 文件: [{', '.join(f'佐证材料/{name}' for name, _ in item.files)}]}}"
        for item in given.items
    ]
    lines = [
        *([given.head] if given.head else []),
        "地区: {省: 上海市, 县: 示例区}",
        "产业: 智能传感器",
        f"运营管理机构: {{名称: {given.operator}, 联系人: 周可心, 联系方式: 021-55550202}}",
        "实绩:",
        *(f"  {name}: {{2023: {figure}}}" for name, figure in given.figures.items()),
        "叙述:",
        f"  产业链强链补链情况: {given.prose}",
        "工作:",
        *(f"  - {fact}" for fact in given.facts),
        f"事件: {given.events}",
        "名录:",
        "  企业:",
        *firms,
        "  创新平台:",
        *(f"    - {{名称: {name}, 级别: 国家级, 取得时间: 2021-05}}" for name in given.centres),
        "申报:",
        "  shanghai-2024: {申报时间: 2024-05-06, 口径: 产值}",
        given.between,
        "佐证材料:" if items else "佐证材料: []",
        *items,
    ]
    return "\n".join(lines) + "\n"


def build(given: Given, folder: Path, output: Path) -> Built:
    """Write the cluster of `given` to `folder` and build its package below `output`, on top of what stands there."""
    write(given, folder)
    own = folder.parent / "library"
    shutil.rmtree(own, ignore_errors=True)
    for path, text in given.library.items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(text, encoding="utf-8")
    library = Library.standard([own] if given.library else [])
    order = take_order(library.file_names(), notice=library.notice(NOTICE), copies=given.copies, discs=given.discs)
    prepared = prepare(folder, order.form, library, given.fonts, order.standard)
    with patch.object(building, "DRAFT_MARK", given.mark), quick_templates():
        return building.build(
            prepared,
            output,
            library,
            given.fonts,
            order=order,
            wishes=given.wishes,
            draft=True,
            template=given.template,
        )


def official(path: str) -> str:
    """Return a file of the package's own library as text."""
    return (templates_folder() / path).read_text(encoding="utf-8")


@contextmanager
def quick_templates() -> Iterator[None]:
    """Prepare every Word template once only: what comes of it follows from its definition, or its bytes, alone."""
    with (
        patch.object(printing, "compile_document", _compiled),
        patch.object(Template, "prepare", staticmethod(_prepared)),
    ):
        yield


def _compiled(definition: DocumentDefinition) -> bytes:
    return _compiled_from(json.dumps(definition.model_dump(mode="json", by_alias=True), ensure_ascii=False))


@cache
def _compiled_from(definition: str) -> bytes:
    return compiling.compile_document(DocumentDefinition.model_validate_json(definition))


@cache
def _prepared(docx: bytes) -> Template:
    return Template(docx)
