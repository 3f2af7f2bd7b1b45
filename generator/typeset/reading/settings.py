"""The settings of a document that bear on its layout."""

from __future__ import annotations

from dataclasses import dataclass

from generator.typeset.reading.package import WORD, Package, is_on, points, unknown, value_of
from generator.typeset.reading.properties import foreign

_OLD_WORD = 12
# Hyphenation is passed over though it is no mere habit: hanzi have none, and Latin words are kept whole. LibreOffice turns it on
# in every file that it writes.
_PASSED = frozenset(
    WORD + name
    for name in (
        "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
        "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "embedTrueTypeFonts",
        "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "alignBordersAndEdges", "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter", "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState",
        "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "trackRevisions",
        "doNotTrackMoves", "doNotTrackFormatting", "documentProtection", "autoFormatOverride", "styleLockTheme",
        "styleLockQFSet", "autoHyphenation", "consecutiveHyphenLimit",
        "hyphenationZone", "doNotHyphenateCaps", "showEnvelope", "summaryLength",
        "clickAndTypeStyle", "defaultTableStyle", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
        "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "doNotUseMarginsForDrawingGridOrigin",
        "drawingGridHorizontalOrigin", "drawingGridVerticalOrigin", "doNotShadeFormData", "characterSpacingControl",
        "savePreviewPicture", "doNotValidateAgainstSchema", "saveInvalidXml", "ignoreMixedContent",
        "alwaysShowPlaceholderText", "doNotDemarcateInvalidXml", "saveXmlDataOnly", "useXSLTWhenSaving",
        "showXMLTags", "alwaysMergeEmptyNamespace", "updateFields", "footnotePr", "endnotePr", "docVars", "rsids",
        "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults",
        "hdrShapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator", "uiCompat97To2003", "revisionView",
    )
)  # fmt: skip
_REFUSED_WHEN_ON = frozenset(
    WORD + name
    for name in ("mirrorMargins", "gutterAtTop", "bookFoldPrinting", "bookFoldRevPrinting", "strictFirstAndLastChars",
                 "printTwoOnOne")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """`compatibility` is the version of Word whose rules the document asks for (15 from Word 2013 on)."""

    compatibility: int = _OLD_WORD
    even_and_odd: bool = False
    tab_distance: float = 36.0


def read_settings(package: Package) -> Settings:
    """Return the settings of a document.

    Raises UnknownConstructError for a setting that would change the layout in a way that is not known.
    """
    root = package.related("settings")
    compatibility, even_and_odd, tab_distance = _OLD_WORD, False, 36.0
    for child in () if root is None else root:
        tag = str(child.tag)
        if tag == WORD + "compat":
            for setting in child.iterfind(WORD + "compatSetting"):
                if setting.get(WORD + "name") == "compatibilityMode":
                    compatibility = int(value_of(setting))
        elif tag == WORD + "evenAndOddHeaders":
            even_and_odd = is_on(child)
        elif tag == WORD + "defaultTabStop":
            tab_distance = points(value_of(child), 36.0)
        elif tag in _REFUSED_WHEN_ON:
            if is_on(child):
                raise unknown(child)
        elif tag not in _PASSED and tag.startswith(WORD) and not foreign(tag):
            raise unknown(child)
    return Settings(compatibility, even_and_odd, tab_distance or 36.0)
