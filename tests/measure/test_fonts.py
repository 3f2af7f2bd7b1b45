"""The bundled fonts, the office's names for them, and fonts of one's own."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTCollection, TTFont
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import MissingError
from generator.measure import fonts as fonts_module
from generator.measure.faces import BUNDLED_FACES, TYPEFACES, BundledFace
from generator.measure.fonts import FontLibrary
from generator.measure.sfnt import FontFile
from generator.resources import fonts_folder
from tests.measure.small_fonts import write_font

_OFFICE_NAMES = ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体")
_PRIMARY_KEYS = ("fangsong", "kai", "hei", "song", "biaosong")


@pytest.fixture(scope="module")
def library() -> FontLibrary:
    return FontLibrary.bundled()


def _gb2312() -> str:
    pairs = (bytes((lead, trail)) for lead in range(0xA1, 0xF8) for trail in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


@pytest.mark.parametrize("bundled", BUNDLED_FACES, ids=lambda face: face.key)
def test_widths_and_line_metrics_are_those_of_the_font_files(bundled: BundledFace, library: FontLibrary) -> None:
    face = library.by_key(bundled.key)
    with TTFont(fonts_folder() / bundled.file) as font:
        names, metrics, units = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        expected = {chr(code): metrics[name][0] / units for code, name in names.items()}
        assert {character: face.advance(character) for character in expected} == expected
        assert set(map(chr, face.file.glyphs)) == set(expected)
        assert (face.ascent, face.descent) == (font["hhea"].ascent / units, -font["hhea"].descent / units)


@pytest.mark.parametrize("bundled", BUNDLED_FACES, ids=lambda face: face.key)
def test_all_bundled_fonts_claim_one_em_for_a_line(bundled: BundledFace) -> None:
    with TTFont(fonts_folder() / bundled.file) as font:
        header, system = font["hhea"], font["OS/2"]
        assert (header.ascent, header.descent, header.lineGap) == (880, -120, 0)
        assert (system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap) == (880, -120, 0)
        assert (system.usWinAscent, system.usWinDescent) == (880, 120)


@pytest.mark.parametrize("name", _OFFICE_NAMES)
def test_every_character_of_gb2312_can_be_printed(name: str, library: FontLibrary) -> None:
    assert library.missing(_gb2312(), name) == ()


@pytest.mark.parametrize("key", _PRIMARY_KEYS)
def test_a_ticked_box_is_the_empty_box_with_a_tick_in_it(key: str, library: FontLibrary) -> None:
    with TTFont(library.by_key(key).path) as font:
        names, glyphs, outlines = font.getBestCmap(), font.getGlyphSet(), font["glyf"]

        def bounds(character: str) -> tuple[float, float, float, float]:
            pen = BoundsPen(glyphs)
            glyphs[names[ord(character)]].draw(pen)
            edges: tuple[float, float, float, float] = pen.bounds
            return edges

        empty = outlines[names[ord("□")]]
        assert empty.numberOfContours == 2
        for character in "☐☑☒":
            drawn = outlines[names[ord(character)]]
            assert list(drawn.coordinates[:8]) == list(empty.coordinates)
            assert bounds(character) == bounds("□")
            assert glyphs[names[ord(character)]].width == 1000
        assert outlines[names[ord("☑")]].numberOfContours > 2


@pytest.mark.parametrize("key", _PRIMARY_KEYS)
def test_chinese_marks_take_a_full_em(key: str, library: FontLibrary) -> None:
    face = library.by_key(key)
    assert {character: face.advance(character) for character in "“”‘’…—·、。（）％°×±"} == dict.fromkeys(
        "“”‘’…—·、。（）％°×±", 1.0
    )


def test_a_dash_reaches_from_edge_to_edge_so_that_two_make_one_line(library: FontLibrary) -> None:
    for key in _PRIMARY_KEYS:
        with TTFont(library.by_key(key).path) as font:
            dash = font["glyf"][font.getBestCmap()[ord("—")]]
            assert (dash.xMin, dash.xMax) == (-5, 1005)


def test_bundled_fonts_carry_no_reserved_name_and_may_be_embedded() -> None:
    for bundled in BUNDLED_FACES:
        file = FontFile(fonts_folder() / bundled.file)
        assert file.named(1) == (bundled.family,)
        names = " ".join(file.named(1, 3, 4, 6, 16))
        assert not any(reserved in names for reserved in ("LXGW", "霞鹜", "Source", "Noto", "Fandol"))
        assert file.embedding_refusal == ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("仿宋_GB2312", "fangsong"),
        ("仿宋", "fangsong"),
        ("FangSong", "fangsong"),
        ("楷体_GB2312", "kai"),
        ("KaiTi", "kai"),
        ("黑体", "hei"),
        ("SimHei", "hei"),
        ("宋体", "song"),
        ("SIMSUN", "song"),
        ("@宋体", "song"),
        ("方正小标宋简体", "biaosong"),
        ("方正小标宋_GBK", "biaosong"),
        ("Times New Roman", "song"),
        ("Shenbao Kai", "kai"),
    ],
)
def test_offices_names_lead_to_the_bundled_faces(name: str, key: str, library: FontLibrary) -> None:
    assert library.face(name).key == key


def test_no_name_stands_for_two_typefaces() -> None:
    names = [name.casefold() for typeface in TYPEFACES for name in typeface.names + typeface.stands_for]
    assert len(names) == len(set(names))


def test_an_unknown_name_is_printed_as_song_and_reported(library: FontLibrary) -> None:
    assert library.face("某某体").key == "song"
    assert library.substitutions(["仿宋", "某某体"]) == {"某某体": "Shenbao Song"}


def test_bold_song_has_a_cut_of_its_own_and_the_others_are_thickened(library: FontLibrary) -> None:
    assert library.face("宋体", bold=True).key == "biaosong"
    assert not library.embolden("宋体", True)
    assert library.face("楷体", bold=True).key == "kai"
    assert library.embolden("楷体", True)
    assert not library.embolden("楷体", False)


def test_a_character_that_fangsong_lacks_comes_from_the_light_kai(library: FontLibrary) -> None:
    assert not library.face("仿宋").has("喆")
    found = library.face_for("仿宋", "喆")
    assert found is not None
    assert found.key == "kai-light"
    assert found.advance("喆") == 1.0


def test_a_character_in_no_font_is_named_once(library: FontLibrary) -> None:
    assert library.face_for("宋体", "\U0001f600") is None
    assert library.missing("国\U0001f600集\U0001f600", "宋体") == ("\U0001f600",)
    with pytest.raises(KeyError):
        library.face("宋体").advance("\U0001f600")


def test_an_unknown_key_is_an_error_in_chinese(library: FontLibrary) -> None:
    with pytest.raises(MissingError, match="字体库里没有"):
        library.by_key("none")


def test_hashes_are_those_of_the_files_and_can_be_asked_for_singly(library: FontLibrary) -> None:
    assert set(library.hashes()) == {face.key for face in BUNDLED_FACES}
    assert library.hashes(["kai"]) == {"kai": library.hashes()["kai"]}


def test_a_library_survives_pickling_without_its_files(library: FontLibrary) -> None:
    library.face("宋体").advance("国")
    pickled = pickle.dumps(library)
    assert len(pickled) < 2_000
    again = pickle.loads(pickled)
    assert again.face("宋体") == library.face("宋体")
    assert again.face("宋体").advance("国") == 1.0


def test_an_own_font_is_found_by_its_chinese_name_and_comes_first(tmp_path: Path) -> None:
    write_font(tmp_path / "fs.ttf", "FangSong", {"国": 900}, chinese_family="仿宋")
    library = FontLibrary.with_folders([tmp_path])
    for name in ("仿宋", "FangSong", "仿宋_GB2312"):
        assert library.face(name).key == "FangSong-Regular"
    assert library.face("仿宋").advance("国") == 0.9
    fallback = library.face_for("仿宋", "家")
    assert fallback is not None
    assert fallback.key == "fangsong"
    assert library.embolden("仿宋", True)


def test_an_own_font_with_a_bold_cut_is_not_thickened(tmp_path: Path) -> None:
    write_font(tmp_path / "a.ttf", "Office Sans", {"A": 600})
    write_font(tmp_path / "b.ttf", "Office Sans", {"A": 650}, style="Bold")
    library = FontLibrary.with_folders([tmp_path])
    assert library.face("Office Sans").advance("A") == 0.6
    assert library.face("Office Sans", bold=True).advance("A") == 0.65
    assert not library.embolden("Office Sans", True)
    assert library.substitutions(["Office Sans"]) == {}


def test_all_faces_of_a_collection_are_found(tmp_path: Path) -> None:
    collection = TTCollection()
    one, two = (write_font(tmp_path / f"{n}.ttf", f"Office {n}", {"A": 500 + n}) for n in (1, 2))
    collection.fonts = [TTFont(one), TTFont(two)]
    (tmp_path / "both").mkdir()
    collection.save(tmp_path / "both" / "office.ttc")
    library = FontLibrary.with_folders([tmp_path / "both"])
    assert [library.face(f"Office {n}").advance("A") for n in (1, 2)] == [0.501, 0.502]


@pytest.mark.parametrize(("permission", "word"), [(0x0002, "不允许嵌入"), (0x0100, "只嵌入用到的字"), (0x0200, "点阵")])
def test_a_font_that_forbids_embedding_is_refused_with_the_reason(tmp_path: Path, permission: int, word: str) -> None:
    write_font(tmp_path / "fs.ttf", "FangSong", {"国": 900}, permission=permission)
    library = FontLibrary.with_folders([tmp_path])
    assert library.face("仿宋").key == "fangsong"
    (refusal,) = library.refused
    assert refusal.family == "FangSong"
    assert word in refusal.reason


def test_refused_fonts_are_told_of_where_they_would_have_been_printed_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    write_font(tmp_path / "a" / "fs.ttf", "FangSong", {"国": 900}, permission=0x0002)
    write_font(tmp_path / "a" / "sans.ttf", "Office Sans", {"A": 600}, permission=0x0002)
    monkeypatch.setattr(fonts_module, "_system_folders", lambda: (tmp_path / "a",))
    of_system = FontLibrary.with_folders([], system=True).refused_for_print()
    assert [one.family for one in of_system] == ["FangSong"]
    named = FontLibrary.with_folders([tmp_path / "a"]).refused_for_print()
    assert [one.family for one in named] == ["FangSong", "Office Sans"]
    assert FontLibrary.bundled().refused_for_print() == ()


@pytest.mark.parametrize("permission", [0x0000, 0x0004, 0x0008])
def test_a_font_that_allows_printing_is_used(tmp_path: Path, permission: int) -> None:
    write_font(tmp_path / "fs.ttf", "FangSong", {"国": 900}, permission=permission)
    assert FontLibrary.with_folders([tmp_path]).face("仿宋").key == "FangSong-Regular"


@pytest.mark.parametrize("content", [b"", b"not a font", b"\0\1\0\0\0\2" + bytes(40)])
def test_a_broken_font_file_is_refused_and_the_rest_goes_on(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.ttf").write_bytes(content)
    library = FontLibrary.with_folders([tmp_path])
    assert [refusal.path.name for refusal in library.refused] == ["broken.ttf"]
    assert library.face("仿宋").key == "fangsong"


def test_a_missing_font_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="找不到字体文件夹"):
        FontLibrary.with_folders([tmp_path / "none"])


@given(
    st.dictionaries(
        st.characters(min_codepoint=32, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cn")),
        st.integers(min_value=0, max_value=2000),
        min_size=1,
        max_size=30,
    )
)
def test_any_font_is_read_as_fonttools_reads_it(
    tmp_path_factory: pytest.TempPathFactory, advances: dict[str, int]
) -> None:
    path = write_font(Path(tmp_path_factory.mktemp("fonts")) / "any.ttf", "Any", advances)
    file = FontFile(path)
    assert {chr(code): file.advance(glyph) for code, glyph in file.glyphs.items()} == advances
    asked = FontFile(path)
    around = {code + step for code in map(ord, advances) for step in (-1, 0, 1)} | {0xFFFF, 0x10FFFF}
    assert {code: asked.glyph(code) for code in around} == {code: file.glyphs.get(code) for code in around}


def test_characters_of_the_bundled_fonts_are_looked_up_as_whole_maps_give_them() -> None:
    for face in {face.path: face for face in FontLibrary.bundled()._faces.values()}.values():
        asked, whole = FontFile(face.path, face.index), FontFile(face.path, face.index).glyphs
        assert all(asked.glyph(code) == whole.get(code) for code in range(0x20, 0x30000, 7))
