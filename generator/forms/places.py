"""Names of places as the blanks of 所属地区 ask for them: without the level that the form prints itself."""

from __future__ import annotations

_LEVELS = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市", "区", "县")

OPTIONAL_PLACES = frozenset({"市"})
"""Parts of a name that a cluster may lack: in a 直辖市 there is no 市 level."""

SHORT_PLACES = {"省名": "省", "市名": "市", "县名": "县"}
"""The names that a form's blanks use for places without their level, and the fields that these come from."""


def short_place(name: str) -> str:
    """Return `name` without its level: 江苏省 → 江苏, 吴江区 → 吴江, 内蒙古自治区 → 内蒙古.

    A name that would be left with a single character keeps its level (忠县), and so does one of another kind (湘西土家族苗族自治州).
    """
    short = name.removesuffix(next((level for level in _LEVELS if name.endswith(level)), ""))
    return short if len(short) > 1 else name
