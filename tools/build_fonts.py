"""Make the bundled fonts again, from packages of the npm and Debian registries: `python -m tools.build_fonts`.

Needs npm, apt-get (after `apt-get update`), dpkg-deb and fontTools. The same sources give the same bytes: every
source file is pinned by its hash, and times are fixed. See generator/fonts/README.md for what is changed and why.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

from tools.font_glyphs import EM, GlyphSource, Tuning, glyphs, outline, wanted_characters

_TARGET = Path(__file__).resolve().parent.parent / "generator" / "fonts"
_ASCENT, _DESCENT = 880, 120
_VERSION = "1.000"
_SECONDS = 3_786_912_000  # 2024-01-01, counted from 1904 as fonts do


@dataclass(frozen=True)
class Package:
    """A registry's package: `kind` is npm or debian."""

    kind: str
    name: str
    version: str


@dataclass(frozen=True)
class Member:
    """A file of a package and the SHA-256 that it must have."""

    package: Package
    path: str
    sha256: str


@dataclass(frozen=True)
class Font:
    """A bundled font: what it is made of, and what its name table says.

    `supplements` names another font's file: then only the characters that one lacks are taken.
    """

    file: str
    family: str
    source: Member
    licence_source: Member
    licence_file: str
    licence: str
    licence_address: str
    origin: str
    tuning: Tuning = field(default_factory=Tuning)
    supplements: str = ""


_SERIF = Package("npm", "@expo-google-fonts/noto-serif-sc", "0.4.3")
_SANS = Package("npm", "@expo-google-fonts/noto-sans-sc", "0.4.3")
_WENKAI = Package("debian", "fonts-lxgw-wenkai", "1.250+repack-1")
_FANDOL = Package("debian", "texlive-lang-chinese", "2022.20230122-1")
_UNICODE = Package("debian", "unicode-data", "15.0.0-1")

_COMMON_CHARACTERS = Member(
    _UNICODE,
    "usr/share/unicode/Unihan_OtherMappings.txt.bz2",
    "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
)
_OPEN_FONT = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
_OPEN_FONT_ADDRESS = "https://openfontlicense.org"
_GENERAL_PUBLIC = "GNU General Public License, version 3, with the font exception."
_GENERAL_PUBLIC_ADDRESS = "https://www.gnu.org/licenses/"
_SERIF_LICENCE = Member(
    _SERIF, "package/LICENSE_FONT", "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6"
)

_WENKAI_LICENCE = Member(
    _WENKAI,
    "usr/share/doc/fonts-lxgw-wenkai/copyright",
    "897241f829ddde020676de9cc6506533d755f5e6b516538dfd5f6ed59cbf3ff8",
)

_FONTS = (
    Font(
        file="song.ttf",
        family="Shenbao Song",
        source=Member(
            _SERIF,
            "package/400Regular/NotoSerifSC_400Regular.ttf",
            "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        ),
        licence_source=_SERIF_LICENCE,
        licence_file="OFL-Noto-Serif-SC.txt",
        licence=_OPEN_FONT,
        licence_address=_OPEN_FONT_ADDRESS,
        origin="Noto Serif SC Regular 2.003",
    ),
    Font(
        file="biaosong.ttf",
        family="Shenbao Biaosong",
        source=Member(
            _SERIF,
            "package/700Bold/NotoSerifSC_700Bold.ttf",
            "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
        ),
        licence_source=_SERIF_LICENCE,
        licence_file="OFL-Noto-Serif-SC.txt",
        licence=_OPEN_FONT,
        licence_address=_OPEN_FONT_ADDRESS,
        origin="Noto Serif SC Bold 2.003",
    ),
    Font(
        file="hei.ttf",
        family="Shenbao Hei",
        source=Member(
            _SANS,
            "package/500Medium/NotoSansSC_500Medium.ttf",
            "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a",
        ),
        licence_source=Member(
            _SANS, "package/LICENSE_FONT", "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9"
        ),
        licence_file="OFL-Noto-Sans-SC.txt",
        licence=_OPEN_FONT,
        licence_address=_OPEN_FONT_ADDRESS,
        origin="Noto Sans SC Medium 2.004",
        tuning=Tuning(root_is_tick=True),
    ),
    Font(
        file="kai.ttf",
        family="Shenbao Kai",
        source=Member(
            _WENKAI,
            "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
            "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
        ),
        licence_source=_WENKAI_LICENCE,
        licence_file="OFL-LXGW-WenKai.txt",
        licence=_OPEN_FONT,
        licence_address=_OPEN_FONT_ADDRESS,
        origin="LXGW WenKai Regular 1.250",
    ),
    Font(
        file="fangsong.ttf",
        family="Shenbao Fangsong",
        source=Member(
            _FANDOL,
            "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
            "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
        ),
        licence_source=Member(
            _FANDOL,
            "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz",
            "b94928591ae23ad41681fe34991e5d95d793666e751af505453a0152e6bc1a10",
        ),
        licence_file="GPL-3-with-font-exception-Fandol.txt",
        licence=_GENERAL_PUBLIC,
        licence_address=_GENERAL_PUBLIC_ADDRESS,
        origin="FandolFang Regular 1.300",
        tuning=Tuning(box=(100, -80, 900, 720), tick="", shrink_shapes=True),
    ),
    Font(
        file="kai-light.ttf",
        family="Shenbao Kai Light",
        source=Member(
            _WENKAI,
            "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf",
            "e302f84a1967817f91fc4011de7c8c12489c41072a7f0605a1c7b1399352cb93",
        ),
        licence_source=_WENKAI_LICENCE,
        licence_file="OFL-LXGW-WenKai.txt",
        licence=_OPEN_FONT,
        licence_address=_OPEN_FONT_ADDRESS,
        origin="LXGW WenKai Light 1.250",
        supplements="fangsong.ttf",
    ),
)


class Sources:
    """Packages fetched from their registries into a folder; what is there already is not fetched again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, member: Member) -> bytes:
        """Return a file of a package. Raises SystemExit when its hash is not the pinned one."""
        place = self._unpacked(member.package) / member.path
        data = place.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != member.sha256:
            raise SystemExit(f"{member.package.name}: {member.path} has SHA-256 {found}, expected {member.sha256}")
        return data

    def _unpacked(self, package: Package) -> Path:
        folder = self._folder / f"{package.name.replace('/', '-').lstrip('@')}-{package.version}"
        if not folder.is_dir():
            partial = Path(tempfile.mkdtemp(dir=self._folder))
            (self._unpack_npm if package.kind == "npm" else self._unpack_debian)(package, partial)
            partial.rename(folder)
        return folder

    def _unpack_npm(self, package: Package, folder: Path) -> None:
        _run("npm", "pack", "--silent", f"{package.name}@{package.version}", folder=folder)
        (archive,) = folder.glob("*.tgz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, members=[item for item in packed if _needed(package, item.name)], filter="data")
        archive.unlink()

    def _unpack_debian(self, package: Package, folder: Path) -> None:
        _run("apt-get", "download", f"{package.name}={package.version}", folder=folder)
        (archive,) = folder.glob("*.deb")
        unpacked = folder / "all"
        _run("dpkg-deb", "--extract", str(archive), str(unpacked), folder=folder)
        for path in _needed_paths(package):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (unpacked / path).rename(folder / path)
        shutil.rmtree(unpacked)
        archive.unlink()


def _needed_paths(package: Package) -> tuple[str, ...]:
    members = (_COMMON_CHARACTERS, *(font.source for font in _FONTS), *(font.licence_source for font in _FONTS))
    return tuple(dict.fromkeys(member.path for member in members if member.package == package))


def _needed(package: Package, path: str) -> bool:
    return path in _needed_paths(package)


def _run(*command: str, folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def common_characters(mappings: bytes) -> tuple[str, ...]:
    """Return the 8105 characters of 通用规范汉字表 (2013) from Unihan's other mappings, where kTGH marks them."""
    lines = bz2.decompress(mappings).decode("utf-8").splitlines()
    fields = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(chr(int(field[0][2:], 16)) for field in fields if field[1:2] == ["kTGH"])


def build(font: Font, source_file: Path, wanted: frozenset[str], target: Path) -> int:
    """Write one bundled font to `target`. Returns how many characters it has."""
    with TTFont(source_file) as source_font:
        source = GlyphSource(source_font)
        cubic = "glyf" not in source_font
        copyright_notice = source_font["name"].getDebugName(0)
        drawn = list(glyphs(source, wanted, font.tuning))
        outlines = {".notdef": outline(source.notdef(), cubic=False)}
        outlines |= {f"u{ord(character):04X}": outline(drawing, cubic=cubic) for character, drawing, _ in drawn}
    advances = {".notdef": EM // 2} | {f"u{ord(character):04X}": advance for character, _, advance in drawn}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(outlines))
    builder.setupCharacterMap({ord(character): f"u{ord(character):04X}" for character, _, _ in drawn})
    builder.setupGlyf(outlines, calcGlyphBounds=True)
    bearings = {name: getattr(glyph, "xMin", 0) for name, glyph in outlines.items()}
    builder.setupHorizontalMetrics({name: (advances[name], bearings[name]) for name in outlines})
    _describe(builder, font, copyright_notice)
    builder.font.recalcTimestamp = False
    builder.save(target)
    return len(drawn)


def _describe(builder: Any, font: Font, copyright_notice: str) -> None:
    """Set the line metrics (the same for all fonts), the names and the fixed times."""
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=-_DESCENT, lineGap=0)
    builder.setupOS2(
        version=4,
        sTypoAscender=_ASCENT,
        sTypoDescender=-_DESCENT,
        sTypoLineGap=0,
        usWinAscent=_ASCENT,
        usWinDescent=_DESCENT,
        usWeightClass=400,
        fsSelection=0b1100_0000,
        fsType=0,
        xAvgCharWidth=EM,
        achVendID="NONE",
        ulCodePageRange1=(1 << 18) | 1,
        ulUnicodeRange1=0x0000_0001,
        ulUnicodeRange2=(1 << 27) | (1 << 16),
    )
    postscript = font.family.replace(" ", "")
    builder.setupNameTable(
        {
            "copyright": copyright_notice,
            "familyName": font.family,
            "styleName": "Regular",
            "uniqueFontIdentifier": f"{_VERSION};{postscript}-Regular",
            "fullName": font.family,
            "version": f"Version {_VERSION}",
            "psName": f"{postscript}-Regular",
            "description": f"Modified from {font.origin}: subset, unhinted, boxes and dashes composed, renamed.",
            "licenseDescription": font.licence,
            "licenseInfoURL": font.licence_address,
        },
        mac=False,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=_SECONDS, modified=_SECONDS, fontRevision=float(_VERSION))


def _characters(path: Path) -> frozenset[str]:
    with TTFont(path) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _write_licence(font: Font, data: bytes) -> None:
    text = gzip.decompress(data) if font.licence_source.path.endswith(".gz") else data
    (_TARGET / "licences" / font.licence_file).write_bytes(text)


def main() -> None:
    """Fetch the sources, write the fonts and their licences."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--downloads", type=Path, help="folder that keeps the packages for another run")
    parser.add_argument("--target", type=Path, default=_TARGET, help="folder to write the fonts to")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.downloads or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sources = Sources(folder)
        wanted = wanted_characters(common_characters(sources.read(_COMMON_CHARACTERS)))
        (_TARGET / "licences").mkdir(parents=True, exist_ok=True)
        for font in _FONTS:
            data = sources.read(font.source)
            source_file = Path(temporary) / Path(font.source.path).name
            source_file.write_bytes(data)
            target = arguments.target / font.file
            there = _characters(arguments.target / font.supplements) if font.supplements else frozenset()
            count = build(font, source_file, wanted - there, target)
            _write_licence(font, sources.read(font.licence_source))
            print(f"{font.file}: {count} characters, {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
