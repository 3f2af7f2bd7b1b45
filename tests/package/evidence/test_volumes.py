"""The order of pages: sheets, volumes, numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cluster.filekinds import FileKind
from generator.package.evidence.paper import A3, A4, Margins, Paper, SourcePage, paper_for, place
from generator.package.evidence.source import ReadItem, Source
from generator.package.evidence.volumes import Content, Volume, VolumeSettings, plan_volumes
from tests.package.evidence import papers

SHORT = VolumeSettings(sheets=10)


def read_item(number: int, *pages: int, paper: Paper = A4) -> ReadItem:
    """An item of files with so many pages each; a file of no pages can't be bound."""
    names = [f"{number}-{file}.pdf" for file in range(len(pages))]
    sources = tuple(
        Source(
            name,
            Path(name),
            FileKind.PDF,
            (SourcePage(paper.width, paper.height),) * count,
            refused="" if count else "坏",
        )
        for name, count in zip(names, pages, strict=True)
    )
    return ReadItem(papers.item(*names, number=number), sources)


def kinds(volume: Volume) -> str:
    """The pages of a volume by their first characters: 目隔材材空…"""
    return "".join(leaf.content.value[0] for leaf in volume.leaves)


def test_no_evidence_is_no_volume() -> None:
    assert plan_volumes([], VolumeSettings()) == ()


def test_dividers_begin_on_right_hand_pages_and_files_follow() -> None:
    (volume,) = plan_volumes([read_item(1, 2, 1), read_item(2, 1)], VolumeSettings())
    assert kinds(volume) == "目空隔材材材隔材"
    first, second = volume.parts
    assert [(file.file, file.first, file.last) for file in first.files] == [
        ("1-0.pdf", "4", "5"),
        ("1-1.pdf", "6", "6"),
    ]
    assert (first.first, first.last, second.first, second.last) == ("3", "6", "7", "8")


def test_on_one_side_nothing_is_left_blank() -> None:
    (volume,) = plan_volumes([read_item(1, 2, 1), read_item(2, 1)], VolumeSettings(duplex=False))
    assert kinds(volume) == "目隔材材材隔材"


def test_a_sheet_is_of_one_size() -> None:
    mixed = read_item(1, 1)
    large = read_item(1, 1, paper=A3)
    item = ReadItem(mixed.item, (*mixed.sources, *mixed.sources, *large.sources, *mixed.sources))
    (volume,) = plan_volumes([item], VolumeSettings())
    assert kinds(volume) == "目空隔材材空材空材空"
    assert [leaf.paper.name for leaf in volume.leaves[4:]] == ["A4", "A4", "A3", "A3", "A4", "A4"]
    (small,) = plan_volumes([item], VolumeSettings(keep_a3=False))
    assert {leaf.paper.name for leaf in small.leaves} == {"A4"}


def test_an_item_goes_whole_into_the_next_volume() -> None:
    first, second = plan_volumes([read_item(1, 9), read_item(2, 9)], SHORT)
    assert kinds(first) == "目空隔" + "材" * 9
    assert kinds(second) == "目空隔" + "材" * 9
    assert (first.labels[0], second.labels[0], second.parts[0].first) == ("1", "13", "15")


def test_only_an_item_too_large_for_a_volume_is_parted() -> None:
    volumes = plan_volumes([read_item(1, 1), read_item(2, 40), read_item(3, 1)], SHORT)
    assert [kinds(volume) for volume in volumes] == [
        "目空隔材",
        "目空隔" + "材" * 17,
        "目空隔" + "材" * 17,
        "目空隔" + "材" * 6 + "空隔材",
    ]
    assert [[(part.item.number, part.continued) for part in volume.parts] for volume in volumes] == [
        [(1, False)], [(2, False)], [(2, True)], [(2, True), (3, False)]
    ]  # fmt: skip


def test_a_file_that_can_not_be_bound_keeps_its_place() -> None:
    (volume,) = plan_volumes([read_item(1, 1, 0, 2)], VolumeSettings())
    assert kinds(volume) == "目空隔材代材材空"


def test_long_contents_move_what_follows() -> None:
    (volume,) = plan_volumes([read_item(1, 1)], VolumeSettings(), [3])
    assert kinds(volume) == "目目目空隔材"


def test_a_volume_without_a_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        VolumeSettings(sheets=0)


def test_volumes_too_small_for_their_contents_still_come_to_an_end() -> None:
    volumes = plan_volumes([read_item(1, 9)], VolumeSettings(sheets=1), [3, 3, 3, 3, 3])
    assert [kinds(volume) for volume in volumes] == ["目目目空隔材材空"] * 4 + ["目目目空隔材"]


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4), max_size=12),
    st.integers(10, 40),
    st.booleans(),
    st.lists(st.integers(1, 4), max_size=4),
)
def test_every_page_has_its_place_and_number(
    items: list[list[int]], sheets: int, duplex: bool, room: list[int]
) -> None:
    settings = VolumeSettings(sheets=sheets, duplex=duplex)
    read = [read_item(number, *pages) for number, pages in enumerate(items, start=1)]
    volumes = plan_volumes(read, settings, room)
    bound = [
        (leaf.source.file, leaf.page)
        for volume in volumes
        for leaf in volume.leaves
        if leaf.content in (Content.FILE, Content.REPLACEMENT) and leaf.source is not None
    ]
    wanted = [
        (source.file, page) for item in read for source in item.sources for page in range(max(1, len(source.pages)))
    ]
    assert bound == wanted
    assert all(settings.sheets_of(len(volume.leaves)) <= sheets for volume in volumes)
    labels = [label for volume in volumes for label in volume.labels]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    for volume in volumes:
        assert not duplex or int(volume.labels[0]) % 2
        for part in volume.parts:
            assert not duplex or int(part.first) % 2
            assert volume.labels.index(part.first) == part.at <= volume.labels.index(part.last)
            assert volume.leaves[part.at].content is Content.DIVIDER
    whole = {part.item.number for volume in volumes for part in volume.parts if not part.continued}
    parted = {part.item.number for volume in volumes for part in volume.parts if part.continued}
    assert whole == set(range(1, len(items) + 1))
    most = sheets * (2 if duplex else 1)
    assert all(sum(max(1, pages) for pages in items[number - 1]) + 10 > most for number in parted)


@pytest.mark.parametrize(
    ("width", "height", "sized", "name", "landscape"),
    [
        (595, 842, True, "A4", False),
        (842, 595, True, "A4", True),
        (612, 792, True, "A4", False),
        (842, 1191, True, "A3", False),
        (1191, 842, True, "A3", True),
        (729, 1032, True, "A4", False),
        (2384, 1684, True, "A3", True),
        (4000, 3000, False, "A4", True),
        (200, 100, True, "A4", True),
    ],
)
def test_pages_go_on_the_sheet_that_they_suit(
    width: float, height: float, sized: bool, name: str, landscape: bool
) -> None:
    paper = paper_for(SourcePage(width, height, sized=sized), keep_a3=True)
    assert (paper.name, paper.landscape) == (name, landscape)
    assert paper_for(SourcePage(width, height, sized=sized), keep_a3=False).name == "A4"


@given(st.floats(1, 5000), st.floats(1, 5000), st.booleans(), st.booleans())
def test_a_page_stays_within_the_margins_and_is_never_enlarged(
    width: float, height: float, keep: bool, right_hand: bool
) -> None:
    page, margins = SourcePage(width, height), Margins()
    paper = paper_for(page, keep_a3=keep)
    scale, _, _, same, x, y = place(page, paper, margins, right_hand=right_hand).matrix
    assert scale == same <= 1
    millimetre = 72 / 25.4
    assert x >= margins.outer * millimetre - 0.01 and y >= margins.foot * millimetre - 0.01
    assert x + width * scale <= paper.width - margins.outer * millimetre + 0.01
    assert y + height * scale <= paper.height - margins.head * millimetre + 0.01
