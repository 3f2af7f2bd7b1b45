"""The parts of a template that say how things look: styles, settings and the table of typefaces."""

from __future__ import annotations

from collections.abc import Sequence

from generator.docx.elements import Element, element, half_points, twips, valued
from generator.forms.typography import CELL_EDGE, CELL_SIDE, STYLES, Style

BODY_FONT = "仿宋_GB2312"
"""The typeface of everything that is filled in."""
NORMAL = "SBNormal"
TARGET_TABLE = "SBTargetTable"
NOTE_MARK = "SBNoteMark"

_BODY_SIZE = 10.5
_BODY_LEADING = 15.0
_IDENTIFIERS = {
    "封面标题": "SBCoverTitle",
    "封面栏目": "SBCoverLabel",
    "封面填写": "SBCoverValue",
    "封面提示": "SBCoverHint",
    "封面制表": "SBCoverIssuer",
    "附件标记": "SBAnnexMark",
    "草稿标记": "SBDraftMark",
    "说明标题": "SBInstructionsTitle",
    "说明正文": "SBInstructions",
    "附文标题": "SBAppendixTitle",
    "附文正文": "SBAppendix",
    "部分标题": "SBPartTitle",
    "栏目": "SBLabel",
    "栏目提示": "SBLabelHint",
    "表头": "SBTableHead",
    "填写居中": "SBValueCentred",
    "填写": "SBValue",
    "叙述": "SBNarrative",
    "选项": "SBChoice",
    "注": "SBRemark",
    "规划标题一": "SBPlanHeading1",
    "规划标题二": "SBPlanHeading2",
    "规划标题三": "SBPlanHeading3",
    "规划说明": "SBPlanGuidance",
    "规划正文": "SBPlanText",
    "声明": "SBStatement",
    "签章栏目": "SBSignatureLabel",
    "签章": "SBSignature",
    "签章日期": "SBSignatureDate",
    "脚注文字": "SBNoteText",
    "页脚": "SBFooter",
    "间隔": "SBGap",
    "表间": "SBTableGap",
    "汇总标题": "SBSummaryTitle",
    "汇总抬头": "SBSummaryLine",
    "汇总居中": "SBSummaryValue",
    "汇总叙述": "SBSummaryText",
    "汇总提示": "SBSummaryHint",
    "文档标题": "SBDocumentTitle",
    "文档副题": "SBDocumentSubtitle",
    "文档标题一": "SBDocumentHeading1",
    "文档标题二": "SBDocumentHeading2",
    "文档正文": "SBDocumentText",
    "文档大正文": "SBDocumentLargeText",
    "文档顶格": "SBDocumentFlush",
    "文档居中": "SBDocumentCentred",
    "文档右侧": "SBDocumentRight",
    "文档注": "SBDocumentRemark",
    "文档落款": "SBDocumentSigned",
    "文档大字": "SBDocumentLarge",
    "文档特大字": "SBDocumentHuge",
    "文档大顶格": "SBDocumentLargeFlush",
    "文档大居中": "SBDocumentLargeCentred",
    "文档封面题": "SBDocumentCover",
    "文档大右侧": "SBDocumentLargeRight",
    "格左": "SBCellLeft",
    "格中": "SBCellCentred",
    "格右": "SBCellRight",
    "格小左": "SBSmallCellLeft",
    "格小中": "SBSmallCellCentred",
    "格小右": "SBSmallCellRight",
    "格黑": "SBCellBold",
    "格连": "SBCellKept",
    "公文标题": "SBLetterTitle",
    "公文文号": "SBLetterNumber",
    "公文主送": "SBLetterAddressee",
    "公文正文": "SBLetterText",
    "公文一级": "SBLetterHeading1",
    "公文二级": "SBLetterHeading2",
    "公文附件": "SBLetterAnnex",
    "公文附件续": "SBLetterNextAnnex",
    "公文署名": "SBLetterSigned",
    "公文日期": "SBLetterDate",
    "公文单页码": "SBLetterOddNumber",
    "公文双页码": "SBLetterEvenNumber",
}
_CHOICE_STYLE = "选项"
_CHOICE_TAB = 73.5
_CHOICE_TABS = 5
_OTHER_NAMES = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "auto"),
    "仿宋_GB2312": ("仿宋", "modern"),
    "楷体_GB2312": ("楷体", "modern"),
    "黑体": ("SimHei", "modern"),
    "宋体": ("SimSun", "auto"),
}


def style_identifier(name: str) -> str:
    """Return the identifier, in ASCII letters, of the paragraph style that Word shows as `name`.

    Raises KeyError for a name that is none.
    """
    return _IDENTIFIERS[name]


def styles_element(styles: Sequence[Style] = STYLES) -> Element:
    """Return the root of styles.xml: the defaults, the paragraph styles given, and those of notes and tables."""
    return element(
        "w:styles",
        None,
        _defaults(),
        _latent_styles(),
        _normal_style(),
        _normal_table_style(),
        *(_paragraph_style(style) for style in styles),
        _note_mark_style(),
        _target_table_style(),
    )


def _defaults() -> Element:
    run = element("w:rPr", None, fonts_element(BODY_FONT), *_sizes(_BODY_SIZE), language_element())
    return element("w:docDefaults", None, element("w:rPrDefault", None, run), element("w:pPrDefault"))


def _latent_styles() -> Element:
    return element(
        "w:latentStyles",
        {
            "w:defLockedState": 0,
            "w:defUIPriority": 99,
            "w:defSemiHidden": 1,
            "w:defUnhideWhenUsed": 0,
            "w:defQFormat": 0,
            "w:count": 376,
        },
    )


def _normal_style() -> Element:
    properties = element(
        "w:pPr",
        None,
        valued("w:widowControl", 0),
        valued("w:kinsoku", 1),
        valued("w:overflowPunct", 0),
        valued("w:autoSpaceDE", 0),
        valued("w:autoSpaceDN", 0),
        valued("w:adjustRightInd", 0),
        valued("w:snapToGrid", 0),
        element("w:spacing", {"w:line": twips(_BODY_LEADING), "w:lineRule": "exact"}),
    )
    run = element("w:rPr", None, fonts_element(BODY_FONT), element("w:noProof"), *_sizes(_BODY_SIZE))
    return element(
        "w:style",
        {"w:type": "paragraph", "w:default": 1, "w:styleId": NORMAL},
        valued("w:name", "Normal"),
        element("w:qFormat"),
        properties,
        run,
    )


def _normal_table_style() -> Element:
    return element(
        "w:style",
        {"w:type": "table", "w:default": 1, "w:styleId": "SBNormalTable"},
        valued("w:name", "Normal Table"),
        valued("w:uiPriority", 99),
        element("w:semiHidden"),
        element("w:unhideWhenUsed"),
        element(
            "w:tblPr",
            None,
            element("w:tblInd", {"w:w": 0, "w:type": "dxa"}),
            cell_margins("w:tblCellMar", CELL_EDGE, CELL_SIDE),
        ),
    )


def _paragraph_style(style: Style) -> Element:
    run = element("w:rPr", None, fonts_element(style.font))
    if style.colour:
        run.append(valued("w:color", style.colour))
    if style.spacing:
        run.append(valued("w:spacing", twips(style.spacing)))
    run.extend(_sizes(style.size))
    return element(
        "w:style",
        {"w:type": "paragraph", "w:customStyle": 1, "w:styleId": style_identifier(style.name)},
        valued("w:name", style.name),
        valued("w:basedOn", NORMAL),
        element("w:qFormat"),
        _paragraph_properties(style),
        run,
    )


def _paragraph_properties(style: Style) -> Element:
    properties = element("w:pPr")
    if style.outline > 0 or style.keep_next:
        # Titles at the outermost level begin their pages. To keep them with what follows is needless, and makes LibreOffice put
        # the box of 八 on the next page when it holds two tables.
        properties.append(element("w:keepNext"))
    if style.name == _CHOICE_STYLE:
        stops = (twips(_CHOICE_TAB * number) for number in range(1, _CHOICE_TABS + 1))
        properties.append(
            element("w:tabs", None, *(element("w:tab", {"w:val": "left", "w:pos": stop}) for stop in stops))
        )
    spacing = {"w:before": twips(style.before), "w:after": twips(style.after)}
    properties.append(element("w:spacing", {**spacing, "w:line": twips(style.leading), "w:lineRule": "exact"}))
    if style.first_indent or style.right_indent or style.left_indent:
        properties.append(element("w:ind", _indents(style)))
    properties.append(valued("w:jc", style.align))
    if style.outline >= 0:
        properties.append(valued("w:outlineLvl", style.outline))
    return properties


def _indents(style: Style) -> dict[str, int]:
    first = ("firstLine", style.first_indent) if style.first_indent >= 0 else ("hanging", -style.first_indent)
    indents = (("left", style.left_indent), ("right", style.right_indent), first)
    found: dict[str, int] = {}
    for side, hanzi in indents:
        if hanzi:
            found |= {f"w:{side}Chars": round(hanzi * 100), f"w:{side}": twips(hanzi * style.size)}
    return found


def _note_mark_style() -> Element:
    return element(
        "w:style",
        {"w:type": "character", "w:customStyle": 1, "w:styleId": NOTE_MARK},
        valued("w:name", "脚注标记"),
        element("w:qFormat"),
        element("w:rPr", None, valued("w:vertAlign", "superscript")),
    )


def _target_table_style() -> Element:
    """The style of target tables: docxtpl puts the merge behind all that a cell itself says, so centring comes from here."""
    return element(
        "w:style",
        {"w:type": "table", "w:customStyle": 1, "w:styleId": TARGET_TABLE},
        valued("w:name", "目标表"),
        valued("w:basedOn", "SBNormalTable"),
        element("w:tcPr", None, valued("w:vAlign", "center")),
    )


def fonts_element(name: str) -> Element:
    """Return the `w:rFonts` that sets all scripts in the typeface `name`."""
    return element("w:rFonts", {"w:ascii": name, "w:eastAsia": name, "w:hAnsi": name, "w:cs": name})


def language_element() -> Element:
    """Return the `w:lang` of Chinese text with figures in it: LibreOffice tears numbers apart where Latin text is called Chinese."""
    return element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})


def _sizes(size: float) -> tuple[Element, Element]:
    return valued("w:sz", half_points(size)), valued("w:szCs", half_points(size))


def cell_margins(name: str, edge: float, side: float) -> Element:
    """Return a `w:tblCellMar` or `w:tcMar`; `edge` is the margin above and below, `side` left and right, in points."""
    lengths = (("top", edge), ("left", side), ("bottom", edge), ("right", side))
    return element(
        name, None, *(element(f"w:{where}", {"w:w": twips(length), "w:type": "dxa"}) for where, length in lengths)
    )


def settings_element(*, notes: bool, sides: bool = False) -> Element:
    """Return the root of settings.xml; with `notes`, it names the separators of the footnotes.

    With `sides`, right-hand and left-hand pages have heads and feet of their own.
    """
    separators = (element("w:footnote", {"w:id": identifier}) for identifier in (-1, 0))
    return element(
        "w:settings",
        None,
        element("w:zoom", {"w:percent": 100}),
        element("w:hideSpellingErrors"),
        element("w:hideGrammaticalErrors"),
        element("w:proofState", {"w:spelling": "clean", "w:grammar": "clean"}),
        valued("w:defaultTabStop", 420),
        element("w:evenAndOddHeaders") if sides else None,
        valued("w:characterSpacingControl", "doNotCompress"),
        element("w:footnotePr", None, *separators) if notes else None,
        element(
            "w:compat",
            None,
            element("w:ulTrailSpace"),
            element("w:doNotExpandShiftReturn"),
            element(
                "w:compatSetting",
                {
                    "w:name": "compatibilityMode",
                    "w:uri": "http://schemas.microsoft.com/office/word",
                    "w:val": 15,
                },
            ),
        ),
        element("w:themeFontLang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}),
        valued("w:decimalSymbol", "."),
        valued("w:listSeparator", ","),
    )


def font_table_element() -> Element:
    """Return the root of fontTable.xml: by what other name a machine may know each typeface."""
    fonts = (
        element(
            "w:font",
            {"w:name": name},
            valued("w:altName", other),
            valued("w:charset", "86"),
            valued("w:family", family),
        )
        for name, (other, family) in _OTHER_NAMES.items()
    )
    return element("w:fonts", None, *fonts)
