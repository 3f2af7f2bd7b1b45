"""How forms are set: page, typefaces as offices name them, sizes and exact leadings. Points unless said otherwise."""

from __future__ import annotations

from generator.frozen import dataclass

MM = 72 / 25.4
"""Points in a millimetre."""

PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
MARGIN_TOP = 23 * MM
MARGIN_BOTTOM = 20 * MM
MARGIN_SIDE = 25 * MM
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
CELL_SIDE = 1.6 * MM
"""Blank at the left and right inside every table cell."""
OFFICIAL_LEADING = 28.95
"""The leading of official letters: 22 lines on 225 mm (GB/T 9704-2012, 5.2.3)."""
OFFICIAL_SPACING = -0.25
"""What brings 28 characters of 三号 onto 156 mm (GB/T 9704-2012, 5.2.3)."""
CELL_EDGE = 1.0 * MM
"""Blank at the top and bottom that a row's height allows for."""
ROW_HEIGHT = 8.0 * MM
"""The least height of a table's row where its part says none."""


@dataclass(frozen=True)
class Style:
    """A named paragraph style: typeface, size, exact leading, alignment and indents (in hanzi of its own size).

    `name` is what Word shows. `outline` is the level in the navigation pane and the PDF's bookmarks, -1 for none.
    `colour` is six hexadecimal digits, empty for black. `left_indent` is where lines begin, the first `first_indent` further;
    `spacing` is put between characters, in points; `keep_next` keeps it on the page of what follows.
    """

    name: str
    font: str
    size: float
    leading: float
    align: str = "left"
    first_indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    outline: int = -1
    right_indent: float = 0.0
    colour: str = ""
    left_indent: float = 0.0
    spacing: float = 0.0
    keep_next: bool = False


STYLES: tuple[Style, ...] = (
    Style("封面标题", "方正小标宋简体", 26, 40, "center", outline=0),
    Style("封面栏目", "仿宋_GB2312", 15, 24),
    Style("封面填写", "仿宋_GB2312", 15, 24),
    Style("封面提示", "楷体_GB2312", 12, 18, "center"),
    Style("封面制表", "楷体_GB2312", 16, 28, "center"),
    Style("附件标记", "黑体", 16, 26),
    Style("草稿标记", "黑体", 26, 32, "center", colour="BFBFBF"),
    Style("说明标题", "方正小标宋简体", 20, 36, "center", after=14, outline=0),
    Style("说明正文", "仿宋_GB2312", 14, 24, "both", first_indent=2),
    Style("附文标题", "方正小标宋简体", 20, 36, "center", after=10, outline=0),
    Style("附文正文", "仿宋_GB2312", 12, 21, "both", first_indent=2),
    Style("部分标题", "黑体", 15, 26, "left", after=6, outline=0),
    Style("栏目", "宋体", 10.5, 14, "center"),
    Style("栏目提示", "楷体_GB2312", 9, 13, "center"),
    Style("表头", "黑体", 10.5, 15, "center"),
    Style("填写居中", "仿宋_GB2312", 10.5, 15, "center"),
    Style("填写", "仿宋_GB2312", 10.5, 15, "left"),
    Style("叙述", "仿宋_GB2312", 10.5, 15, "both", first_indent=2),
    Style("选项", "宋体", 10.5, 16, "left"),
    Style("注", "楷体_GB2312", 10.5, 15, "left"),
    Style("规划标题一", "黑体", 12, 22, "left", first_indent=2, before=4, outline=1),
    Style("规划标题二", "楷体_GB2312", 12, 22, "left", first_indent=2, before=2, outline=2),
    Style("规划标题三", "仿宋_GB2312", 12, 22, "left", first_indent=2),
    Style("规划说明", "楷体_GB2312", 10.5, 17, "both", first_indent=2),
    Style("规划正文", "仿宋_GB2312", 12, 21, "both", first_indent=2),
    Style("声明", "仿宋_GB2312", 14, 28, "both", first_indent=2),
    Style("签章栏目", "宋体", 14, 24, "center"),
    Style("签章", "仿宋_GB2312", 14, 30, "left", first_indent=2),
    Style("签章日期", "仿宋_GB2312", 14, 30, "right", after=14, right_indent=2),
    Style("脚注文字", "宋体", 9, 12, "left"),
    Style("页脚", "宋体", 10.5, 14, "center"),
    Style("间隔", "仿宋_GB2312", 1, 1),
    Style("表间", "仿宋_GB2312", 5, 6),
)

_SHARED_STYLES = frozenset({"附件标记", "草稿标记", "表头", "页脚", "间隔"})

SUMMARY_STYLES: tuple[Style, ...] = (
    *(entry for entry in STYLES if entry.name in _SHARED_STYLES),
    Style("汇总标题", "方正小标宋简体", 22, 34, "center", before=2, after=8, outline=0),
    Style("汇总抬头", "仿宋_GB2312", 14, 24, "left", after=2),
    Style("汇总居中", "仿宋_GB2312", 10.5, 15, "center"),
    Style("汇总叙述", "仿宋_GB2312", 9, 12.5, "both", first_indent=2),
    Style("汇总提示", "楷体_GB2312", 9, 12.5, "both"),
)
"""The styles of a summary table."""

DOCUMENT_STYLES: tuple[Style, ...] = (
    *(entry for entry in STYLES if entry.name in _SHARED_STYLES),
    Style("文档标题", "方正小标宋简体", 20, 32, "center", before=2, after=8, outline=0),
    Style("文档副题", "楷体_GB2312", 12, 20, "center", after=6),
    Style("文档标题一", "黑体", 14, 26, "left", before=8, after=3, outline=1),
    Style("文档标题二", "楷体_GB2312", 12, 22, "left", before=5, after=2, outline=2),
    Style("文档正文", "仿宋_GB2312", 12, 21, "both", first_indent=2),
    Style("文档大正文", "仿宋_GB2312", 16, 30, "both", first_indent=2),
    Style("文档顶格", "仿宋_GB2312", 12, 21, "left"),
    Style("文档居中", "仿宋_GB2312", 12, 21, "center"),
    Style("文档右侧", "仿宋_GB2312", 10.5, 16, "right"),
    Style("文档注", "楷体_GB2312", 10.5, 16, "both"),
    Style("文档落款", "仿宋_GB2312", 14, 30, "right", right_indent=2),
    Style("文档大字", "方正小标宋简体", 36, 56, "center"),
    Style("文档大顶格", "仿宋_GB2312", 16, 30, "left"),
    Style("文档大居中", "仿宋_GB2312", 16, 30, "center"),
    Style("文档封面题", "方正小标宋简体", 28, 44, "center", after=8),
    Style("文档大右侧", "黑体", 22, 34, "right"),
    Style("文档特大字", "方正小标宋简体", 72, 100, "center"),
    Style("格左", "仿宋_GB2312", 10.5, 15, "left"),
    Style("格中", "仿宋_GB2312", 10.5, 15, "center"),
    Style("格右", "仿宋_GB2312", 10.5, 15, "right"),
    Style("格小左", "仿宋_GB2312", 9, 12.5, "left"),
    Style("格小中", "仿宋_GB2312", 9, 12.5, "center"),
    Style("格小右", "仿宋_GB2312", 9, 12.5, "right"),
    Style("格黑", "黑体", 10.5, 15, "center"),
    Style("格连", "仿宋_GB2312", 10.5, 15, "left", keep_next=True),
    Style("公文标题", "方正小标宋简体", 22, OFFICIAL_LEADING, "center", outline=0),
    Style("公文文号", "仿宋_GB2312", 16, OFFICIAL_LEADING, "center", spacing=OFFICIAL_SPACING),
    Style("公文主送", "仿宋_GB2312", 16, OFFICIAL_LEADING, "left", spacing=OFFICIAL_SPACING),
    Style("公文正文", "仿宋_GB2312", 16, OFFICIAL_LEADING, "both", first_indent=2, spacing=OFFICIAL_SPACING),
    Style("公文一级", "黑体", 16, OFFICIAL_LEADING, "left", first_indent=2, outline=1, spacing=OFFICIAL_SPACING),
    Style("公文二级", "楷体_GB2312", 16, OFFICIAL_LEADING, "left", first_indent=2, spacing=OFFICIAL_SPACING),
    Style("公文附件", "仿宋_GB2312", 16, OFFICIAL_LEADING, "left", -4, left_indent=6, spacing=OFFICIAL_SPACING),
    Style("公文附件续", "仿宋_GB2312", 16, OFFICIAL_LEADING, "left", -1, left_indent=6, spacing=OFFICIAL_SPACING),
    Style("公文署名", "仿宋_GB2312", 16, OFFICIAL_LEADING, "right", right_indent=2, spacing=OFFICIAL_SPACING),
    Style("公文日期", "仿宋_GB2312", 16, OFFICIAL_LEADING, "right", right_indent=4, spacing=OFFICIAL_SPACING),
    Style("公文单页码", "宋体", 14, 16, "right", right_indent=1),
    Style("公文双页码", "宋体", 14, 16, "left", left_indent=1),
)
"""The styles of designed documents: lists, reports, covers, labels."""

VALUE_FONT = "仿宋_GB2312"
"""The typeface of everything that is filled in."""

SIZES: tuple[tuple[float, float], ...] = ((10.5, 15), (9, 12.5), (8, 11), (7.5, 9.5))
"""The sizes of type (and leadings) that a filled cell may fall back to, largest first: 五号, 小五, 8 磅, 六号."""


def style(name: str) -> Style:
    """Return the style called `name`. Raises KeyError for a name that is none."""
    return _BY_NAME[name]


_BY_NAME = {entry.name: entry for entry in (*STYLES, *SUMMARY_STYLES, *DOCUMENT_STYLES)}
