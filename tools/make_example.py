"""Make the register and the evidence files of the complete example cluster, the same bytes on every run.

企业清单.xlsx is made up to give the figures of `example_register.yaml`. The evidence are small invented PDF documents; their
texts stand in `example_evidence.yaml`; names, files, registers and figures come from the example's own data, so that a figure
stands in one place only. Run it from the checkout, without arguments.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.cluster.catalogue import read_catalogue  # noqa: E402
from generator.cluster.registers.ahead import WORKBOOK  # noqa: E402
from generator.cluster.registers.workbook_to_fill import workbook_to_fill  # noqa: E402
from tools.example_register import YEARS as REGISTER_YEARS  # noqa: E402
from tools.example_register import Row, registers  # noqa: E402

CLUSTER = ROOT / "data" / "示例区智能传感器"
TEXTS = Path(__file__).resolve().with_name("example_evidence.yaml")
FIGURES = Path(__file__).resolve().with_name("example_register.yaml")
NOTICE = "虚构示例：本件的单位、人名、数据和内容均为演示而编，不具任何效力"
UNIT = re.compile(r"[“‘（《]*(?:[A-Za-z0-9.%-]+|.)[”’）》、，。；：！？]*")  # what no line may part
YEARS = ("2020", "2021", "2022", "2023", "2024")
FONT = "hei"  # one face, and of the bundled ones that with the lightest outlines: the files are kept small

TITLE = ParagraphStyle("title", fontName=FONT, fontSize=17, leading=26, alignment=1, spaceAfter=8)
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=22, firstLineIndent=24)
CAPTION = ParagraphStyle("caption", parent=BODY, alignment=1, firstLineIndent=0, spaceBefore=8, spaceAfter=2)
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=10, leading=15)
FIGURE = ParagraphStyle("figure", parent=CELL, alignment=2)
SIGNED = ParagraphStyle("signed", parent=BODY, alignment=2, firstLineIndent=0)


def load(path: Path) -> Any:
    """Return what the YAML file at `path` says, every scalar as the text that was written."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def register_font(folder: Path) -> None:
    """Make the bundled face in `folder` known to reportlab under its file name."""
    registerFont(TTFont(FONT, str(folder / f"{FONT}.ttf")))


def rows_of(table: Mapping[str, Any], cluster: Mapping[str, Any]) -> list[list[str]]:
    """Return the head and the rows of one table: written out, from a register, or from the figures."""
    if "名录" in table:
        entries = cluster["名录"][table["名录"]]
        columns = list(entries[0])
        return [["序号", *columns], *([str(n), *entry.values()] for n, entry in enumerate(entries, start=1))]
    if "实绩" in table:
        figures = cluster["实绩"]
        head = ["项目", *(f"{year}年" for year in YEARS)]
        return [head, *([name, *(figures[name][year] for year in YEARS)] for name in table["实绩"])]
    if "企业清单" in table:
        return enterprise_rows(cluster["企业"], int(table["企业清单"]))
    return [table["列"], *table["行"]]


def enterprise_rows(enterprises: Sequence[Row], year: int) -> list[list[str]]:
    """Return the shop names of the enterprises that the cluster has at the end of `year`, four to a row, the SMEs marked."""
    members = [row for row in enterprises if row["加入年份"] <= year < row.get("退出年份", year + 1)]
    short = [row["名称"].removeprefix("上海示例")[:2] for row in members]
    sizes = ["中小" if row["是否中小企业"] == "是" else "大型" for row in members]
    cells = [*zip(short, sizes, strict=True), *([("", "")] * (-len(members) % 4))]
    height = len(cells) // 4
    return [["字号", "划型"] * 4, *([text for cell in cells[n::height] for text in cell] for n in range(height))]


def column_widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Share `width` among the columns in proportion to their longest text, none narrower than 34 points."""
    wanted = [max(34.0, *(stringWidth(row[n], FONT, CELL.fontSize) + 14 for row in rows)) for n in range(len(rows[0]))]
    excess = sum(wanted) - width
    if excess <= 0:
        return [item * width / sum(wanted) for item in wanted]
    widest = max(range(len(wanted)), key=lambda n: wanted[n])
    wanted[widest] -= excess
    return wanted


def broken(text: str, style: ParagraphStyle, width: float) -> Paragraph:
    """Return `text` as a paragraph broken into lines of `width` points: no line begins with a closing mark or ends
    with an opening one, and a run of digits or letters stays whole.
    """
    lines, line, room = [], "", width - style.firstLineIndent
    for unit in UNIT.findall(text):
        if line and stringWidth(line + unit, FONT, style.fontSize) > room:
            lines.append(line)
            line, room = "", width
        line += unit
    return Paragraph("<br/>".join(escape(item) for item in [*lines, line]), style)


def table_flowables(table: Mapping[str, Any], cluster: Mapping[str, Any], width: float) -> list[Flowable]:
    """Return the caption and the ruled table of `table`, `width` points wide."""
    rows = rows_of(table, cluster)
    by_year = "实绩" in table
    widths = column_widths(rows, width)
    styles = [FIGURE if by_year and n else CELL for n in range(len(widths))]
    cells = [[broken(row[n], styles[n], widths[n] - 12) for n in range(len(row))] for row in rows]
    drawn = Table(cells, colWidths=widths, repeatRows=1)
    everywhere = ((0, 0), (-1, -1))
    drawn.setStyle(
        TableStyle(
            [("GRID", *everywhere, 0.5, "black"), ("VALIGN", *everywhere, "MIDDLE"), ("FONTNAME", *everywhere, FONT)]
        )
    )
    return [Paragraph(escape(table["题"]), CAPTION), drawn]


def draw_notice(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Print the notice that the document is invented at the head, and the page number at the foot."""
    canvas.saveState()
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 15 * mm, NOTICE)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, str(document.page))
    canvas.restoreState()


def write_document(path: Path, name: str, text: Mapping[str, Any], cluster: Mapping[str, Any]) -> None:
    """Write the evidence item `name` to `path`, from its text and the cluster's own data."""
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=28 * mm,
        rightMargin=26 * mm,
        topMargin=28 * mm,
        bottomMargin=24 * mm,
        invariant=1,
        initialFontName=FONT,  # else every file names an unembedded Helvetica
        title=name,
        author="虚构示例",
        creator="shenbao",
        subject=NOTICE,
    )
    story: list[Flowable] = [Paragraph(escape(name), TITLE)]
    story += [broken(paragraph, BODY, document.width - 12) for paragraph in text["正文"]]
    for table in text.get("表", []):
        story += table_flowables(table, cluster, document.width)
    story += [Spacer(0, 16), Paragraph(escape(text["出具"]), SIGNED), Paragraph(escape(text["日期"]), SIGNED)]
    story.append(Paragraph("（盖章处：虚构示例，无印章）", SIGNED))
    document.build(story, onFirstPage=draw_notice, onLaterPages=draw_notice)


def figures_of(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[int, Decimal]]:
    """Return the figures that the register gives, as numbers; 无 is 0."""
    return {
        name: {int(year): Decimal(0 if text == "无" else text) for year, text in years.items()}
        for name, years in texts.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the register and every evidence file that the example's cluster.yaml names; return the exit code."""
    parser = argparse.ArgumentParser(description="生成完整示例的企业清单和佐证材料")
    parser.add_argument("--font-dir", type=Path, default=ROOT / "generator" / "fonts", help="字体文件夹")
    parser.add_argument("--out", type=Path, default=CLUSTER, help="写到哪个集群文件夹")
    options = parser.parse_args(arguments)
    register_font(options.font_dir)
    cluster, texts, figures = load(CLUSTER / "cluster.yaml"), load(TEXTS), load(FIGURES)
    rows = registers(figures_of(figures))
    options.out.mkdir(parents=True, exist_ok=True)
    catalogue = read_catalogue([ROOT / "templates" / "fields"])
    (options.out / WORKBOOK).write_bytes(workbook_to_fill(catalogue, REGISTER_YEARS, rows))
    cluster |= {"实绩": {**cluster["实绩"], **figures}, "企业": rows["企业"]}
    names = [item["名称"] for item in cluster["佐证材料"]]
    if sorted(names) != sorted(texts):
        print("cluster.yaml 与 example_evidence.yaml 的名称不一致：", *sorted({*names} ^ {*texts}), file=sys.stderr)
        return 1
    for item in cluster["佐证材料"]:
        target = options.out / item["文件"][0]
        target.parent.mkdir(parents=True, exist_ok=True)
        write_document(target, item["名称"], texts[item["名称"]], cluster)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
