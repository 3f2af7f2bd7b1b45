"""The typefaces that offices name, under all their names, and the bundled faces that stand for them."""

from __future__ import annotations

from generator.frozen import dataclass


@dataclass(frozen=True)
class BundledFace:
    """A font file of the package: its key in laid-out pages, its family name, its file within `generator/fonts/`."""

    key: str
    family: str
    file: str


@dataclass(frozen=True)
class Typeface:
    """A typeface of official documents.

    `names` are the names under which Word files ask for it, the first being the usual one; an installed font of any
    of them serves for all. `stands_for` are other typefaces' names that it is printed for where they aren't installed.
    `face` and `bold` are the keys of the bundled faces; `bold` is empty where there is no bold cut. Characters that
    `face` lacks come from `supplement` (a bundled face of like weight), then from the `fallbacks` (typefaces by their
    usual names, the likest first).
    """

    names: tuple[str, ...]
    stands_for: tuple[str, ...]
    face: str
    bold: str
    fallbacks: tuple[str, ...]
    supplement: str = ""


BUNDLED_FACES = (
    BundledFace("song", "Shenbao Song", "song.ttf"),
    BundledFace("biaosong", "Shenbao Biaosong", "biaosong.ttf"),
    BundledFace("hei", "Shenbao Hei", "hei.ttf"),
    BundledFace("kai", "Shenbao Kai", "kai.ttf"),
    BundledFace("fangsong", "Shenbao Fangsong", "fangsong.ttf"),
    BundledFace("kai-light", "Shenbao Kai Light", "kai-light.ttf"),
)

DEFAULT_TYPEFACE = "宋体"

TYPEFACES = (
    Typeface(
        names=(
            "宋体", "SimSun", "新宋体", "NSimSun", "中易宋体", "华文宋体", "STSong", "宋体-简", "Songti SC",
            "方正书宋_GBK", "方正书宋简体", "汉仪书宋一简", "思源宋体", "思源宋体 CN", "Source Han Serif SC",
            "Source Han Serif CN", "Noto Serif CJK SC", "Noto Serif SC", "FandolSong", "Shenbao Song",
        ),
        stands_for=("Times New Roman", "Times", "Liberation Serif", "Cambria", "Georgia"),
        face="song", bold="biaosong", fallbacks=("小标宋", "黑体", "楷体", "仿宋"),
    ),
    Typeface(
        names=(
            "小标宋", "小标宋体", "方正小标宋简体", "方正小标宋_GBK", "方正小标宋_GB2312", "方正小标宋",
            "方正小标宋体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FZXBSJW--GB1-0", "FZXBSK--GBK1-0",
            "华文中宋", "STZhongsong", "Shenbao Biaosong",
        ),
        stands_for=(),
        face="biaosong", bold="", fallbacks=("宋体", "黑体", "楷体", "仿宋"),
    ),
    Typeface(
        names=(
            "黑体", "SimHei", "中易黑体", "华文黑体", "STHeiti", "黑体-简", "Heiti SC", "方正黑体_GBK",
            "方正黑体简体", "思源黑体", "思源黑体 CN", "Source Han Sans SC", "Source Han Sans CN",
            "Noto Sans CJK SC", "Noto Sans SC", "FandolHei", "Shenbao Hei",
        ),
        stands_for=(
            "微软雅黑", "Microsoft YaHei", "等线", "DengXian", "华文细黑", "STXihei", "PingFang SC", "Arial",
            "Helvetica", "Liberation Sans", "Calibri", "Verdana", "Tahoma",
        ),
        face="hei", bold="", fallbacks=("宋体", "小标宋", "楷体", "仿宋"),
    ),
    Typeface(
        names=(
            "楷体", "楷体_GB2312", "KaiTi", "KaiTi_GB2312", "中易楷体", "华文楷体", "STKaiti", "楷体-简",
            "Kaiti SC", "方正楷体_GBK", "方正楷体简体", "方正楷体_GB2312", "FandolKai", "Shenbao Kai",
        ),
        stands_for=("霞鹜文楷", "LXGW WenKai"),
        face="kai", bold="", fallbacks=("仿宋", "宋体", "小标宋", "黑体"),
    ),
    Typeface(
        names=(
            "仿宋", "仿宋_GB2312", "FangSong", "FangSong_GB2312", "中易仿宋", "华文仿宋", "STFangsong",
            "方正仿宋_GBK", "方正仿宋简体", "方正仿宋_GB2312", "FandolFang", "Shenbao Fangsong",
        ),
        stands_for=(),
        face="fangsong", bold="", fallbacks=("楷体", "宋体", "小标宋", "黑体"), supplement="kai-light",
    ),
)  # fmt: skip
