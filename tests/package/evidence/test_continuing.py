"""Evidence after a version was frozen: numbers stay for ever, over any row of edits and versions; only what is new is printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cluster.filekinds import FileKind
from generator.package.evidence.continuing import continue_volumes, remember
from generator.package.evidence.matching import numbers_of
from generator.package.evidence.paper import A3, A4, SourcePage
from generator.package.evidence.remembered import KeptEvidence, as_tree, from_tree
from generator.package.evidence.source import EvidenceItem, ReadItem, Source
from generator.package.evidence.volumes import Content, Leaf, Volume, VolumeSettings, plan_volumes
from generator.package.page_labels import number_of
from tests.samples import HERE

THIN, WIDE = VolumeSettings(sheets=8), VolumeSettings()
BLANK = (Content.BLANK.value, 0)


@dataclass(frozen=True)
class File:
    """A file of evidence: its pages, each by what stands on it (a capital letter for an A3 page)."""

    name: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """An item as cluster.yaml has it."""

    name: str
    held: tuple[File, ...]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(file.name for file in self.held)


def hashes_of(items: Sequence[Item]) -> dict[str, str]:
    return {file.name: "·".join(file.pages) for item in items for file in item.held}


def known(items: Sequence[Item], leaf: Leaf) -> str:
    """A page is known by what stands on it, as it is where pages were looked into."""
    assert leaf.source is not None
    return next(file.pages[leaf.page] for item in items for file in item.held if file.name == leaf.source.file)


@dataclass(frozen=True)
class Planned:
    """Volumes and what a version of them remembers."""

    volumes: tuple[Volume, ...]
    kept: KeptEvidence

    @property
    def sheets(self) -> list[tuple[tuple[str, object], ...]]:
        """Every sheet as it lies: the numbers and contents of both pages; the contents of a volume apart from what they say."""
        told = []
        for volume in self.volumes:
            pages = [(leaf.label, shown(leaf)) for leaf in volume.leaves]
            told += [tuple(pages[at : at + 2]) for at in range(0, len(pages), 2)]
        return told

    def pages(self, name: str) -> dict[str, str]:
        """The pages of the files of an item: number by what stands there."""
        return {
            str(shown(leaf)): leaf.label
            for volume in self.volumes
            for leaf in volume.leaves
            if leaf.content is Content.FILE and leaf.item is not None and leaf.item.name == name
        }

    def kinds(self) -> list[str]:
        return [" ".join(f"{leaf.content.value[0]}{leaf.label}" for leaf in volume.leaves) for volume in self.volumes]


def shown(leaf: Leaf) -> object:
    if leaf.content is Content.FILE and leaf.source is not None:
        return leaf.source.path.name.split("·")[leaf.page]
    return (leaf.content.value, leaf.item.number if leaf.item else 0)


def plan(
    items: Sequence[Item],
    kept: KeptEvidence | None = None,
    setting: VolumeSettings = THIN,
    room: Sequence[int] = (),
) -> Planned:
    hashes = hashes_of(items)
    numbered = sorted(zip(numbers_of(items, kept, hashes), items, strict=True), key=lambda pair: pair[0])
    read = [
        ReadItem(
            EvidenceItem(number, item.name, (), item.files, HERE),
            tuple(
                Source(
                    file.name,
                    Path("·".join(file.pages)),
                    FileKind.PDF,
                    tuple(
                        SourcePage(paper.width, paper.height)
                        for paper in [A3 if p.isupper() else A4 for p in file.pages]
                    ),
                )
                for file in item.held
                for paper in [A4]
            ),
        )
        for number, item in numbered
    ]
    by = partial(known, items)
    volumes = continue_volumes(read, kept, by, setting, room) if kept else plan_volumes(read, setting, room)
    remembered = remember(volumes, read, kept, by, hashes)
    assert from_tree(json.loads(json.dumps(as_tree(remembered)))) == remembered
    return Planned(volumes, remembered)


def item(name: str, *pages: str) -> Item:
    """An item of one file a group of pages: `ab`, `c` are a file of two pages and one of one."""
    return Item(name, tuple(File(f"{name}{number}.pdf", tuple(each)) for number, each in enumerate(pages)))


def fresh(before: Planned, after: Planned) -> list[tuple[tuple[str, object], ...]]:
    """The sheets that must be printed, but those of the contents."""
    return [sheet for sheet in after.sheets if sheet not in before.sheets]


FIRST = (item("甲", "abcd"), item("乙", "ef"), item("丙", "ghi"))


def test_freezing_changes_nothing() -> None:
    before = plan(FIRST)
    again = plan(FIRST, before.kept)
    assert (again.volumes, again.kept) == (before.volumes, before.kept)


def test_a_page_that_an_item_gained_is_on_a_sheet_of_its_own_behind_its_last() -> None:
    before = plan(FIRST, setting=WIDE)
    assert before.kinds() == ["目1 空2 隔3 材4 材5 材6 材7 空8 隔9 材10 材11 空12 隔13 材14 材15 材16"]
    after = plan((item("甲", "abcdx"), *FIRST[1:]), before.kept, WIDE)
    assert after.kinds() == ["目1 空2 隔3 材4 材5 材6 材7 空8 材8-1 空8-2 隔9 材10 材11 空12 隔13 材14 材15 材16"]
    assert fresh(before, after) == [(("8-1", "x"), ("8-2", BLANK))]


def test_a_page_behind_a_front_parts_the_sheet_and_every_page_keeps_its_number() -> None:
    before = plan(FIRST, setting=WIDE)
    after = plan((item("甲", "abxcd"), *FIRST[1:]), before.kept, WIDE)
    assert after.kinds() == ["目1 空2 隔3 材4 材5 材5-1 材6 空6-1 材7 空8 隔9 材10 材11 空12 隔13 材14 材15 材16"]
    assert fresh(before, after) == [(("5", "b"), ("5-1", "x")), (("6", "c"), ("6-1", BLANK))]


def test_a_file_replaced_by_one_of_as_many_pages_takes_its_numbers() -> None:
    before = plan(FIRST, setting=WIDE)
    after = plan((FIRST[0], item("乙", "uv"), FIRST[2]), before.kept, WIDE)
    assert after.kinds() == before.kinds()
    assert after.pages("乙") == {"u": "10", "v": "11"}


def test_numbers_that_are_no_more_are_told_and_blank_backs_are_used_by_what_came_instead() -> None:
    before = plan(FIRST, setting=WIDE)
    shorter = plan((item("甲", "ab"), *FIRST[1:]), before.kept, WIDE)
    assert [part.gone for part in shorter.volumes[0].parts] == [("7", "8"), (), ()]
    longer = plan((item("甲", "pqrst"), *FIRST[1:]), before.kept, WIDE)
    assert list(longer.pages("甲").values()) == ["4", "5", "6", "7", "8"]


def test_what_was_withdrawn_leaves_its_numbers_and_comes_back_as_new() -> None:
    before = plan(FIRST, setting=WIDE)
    gone = plan(FIRST[::2], before.kept, WIDE)
    (withdrawn,) = gone.volumes[0].withdrawn
    assert (withdrawn.number, withdrawn.name, withdrawn.gone) == (2, "乙", ("9", "10", "11", "12"))
    assert plan(FIRST, before.kept, WIDE).kinds() == before.kinds()
    back = plan(FIRST, gone.kept, WIDE)
    assert [part.item.number for part in back.volumes[0].parts] == [1, 3, 4]
    assert back.pages("乙") == {"e": "18", "f": "19"}


def test_new_items_are_a_supplement_at_the_end_wherever_they_stand_in_the_data() -> None:
    before = plan(FIRST, setting=WIDE)
    after = plan((item("新", "n"), FIRST[2], FIRST[0], FIRST[1]), before.kept, WIDE)
    assert [(part.item.number, part.item.name, part.first) for part in after.volumes[0].parts] == [
        (1, "甲", "3"),
        (2, "乙", "9"),
        (3, "丙", "13"),
        (4, "新", "17"),
    ]
    assert fresh(before, after) == [((("17"), (Content.DIVIDER.value, 4)), ("18", "n"))]


def test_a_renamed_item_is_known_by_its_files() -> None:
    before = plan(FIRST, setting=WIDE)
    renamed = Item("甲方材料", FIRST[0].held)
    after = plan((renamed, *FIRST[1:]), before.kept, WIDE)
    assert after.kinds() == before.kinds() and not after.volumes[0].withdrawn
    moved = Item("丁", tuple(replace(file, name=f"改{file.name}") for file in FIRST[1].held))
    assert plan((FIRST[0], moved, FIRST[2]), before.kept, WIDE).volumes[0].parts[1].item.name == "丁"


def test_one_correction_after_another_goes_on_between() -> None:
    first = plan(FIRST, setting=WIDE)
    second = plan((item("甲", "abcdx"), *FIRST[1:]), first.kept, WIDE)
    third = plan((item("甲", "abcdxyz"), *FIRST[1:]), second.kept, WIDE)
    fourth = plan((item("甲", "abcdxwyz"), *FIRST[1:]), third.kept, WIDE)
    assert [list(each.pages("甲").values())[4:] for each in (second, third, fourth)] == [
        ["8-1"],
        ["8-1", "8-3", "8-4"],
        ["8-1", "8-2-1", "8-3", "8-4"],
    ]
    assert fresh(third, fourth) == [(("8-2-1", "w"), ("8-2-2", BLANK))]


def test_contents_that_take_more_pages_gain_a_sheet_and_never_lose_one() -> None:
    before = plan(FIRST, setting=WIDE)
    after = plan(FIRST, before.kept, WIDE, [3])
    assert after.kinds()[0].startswith("目1 目2 目2-1 空2-2 隔3")
    assert plan(FIRST, after.kept, WIDE).kinds()[0].startswith("目1 空2 空2-1 空2-2 隔3")


def test_a_supplement_becomes_a_further_volume_and_frozen_ones_stay_as_they_were() -> None:
    before = plan(FIRST)
    assert [[part.item.name for part in volume.parts] for volume in before.volumes] == [["甲", "乙", "丙"]]
    after = plan((item("甲", "abcdxyz"), *FIRST[1:], item("新", "nn")), before.kept)
    assert [[part.item.name for part in volume.parts] for volume in after.volumes] == [["甲", "乙", "丙"], ["新"]]
    assert after.volumes[1].labels == ("17", "18", "19", "20", "21", "22")


def test_an_item_over_two_volumes_stays_in_both() -> None:
    long = item("长", "abcdefghijklmnopqrst")
    before = plan((long,))
    assert [len(volume.parts) for volume in before.volumes] == [1, 1]
    shorter = plan((item("长", "abcdefghijklmnopqr"),), before.kept)
    assert [len(volume.parts) for volume in shorter.volumes] == [1, 1] and shorter.volumes[1].parts[0].continued
    assert {page: shorter.pages("长")[page] for page in "aer"} == {page: before.pages("长")[page] for page in "aer"}
    short = plan((item("长", "abc"),), before.kept)
    assert [len(volume.parts) for volume in short.volumes] == [1, 0]


PAGES = st.text("abcdefghijABCD", min_size=1, max_size=9)


@st.composite
def edited(draw: st.DrawFn, items: tuple[Item, ...], number: int) -> tuple[Item, ...]:
    """`items` after one edit of the kind that a clerk makes."""
    kind = draw(st.sampled_from(["add", "withdraw", "lengthen", "insert", "shorten", "replace", "turn", "rename"]))
    if kind == "add" or not items:
        return (*items, Item(f"新{number}", (File(f"新{number}.pdf", unique(draw(PAGES), number)),)))
    if kind == "turn":
        return (*items[1:], items[0])
    at = draw(st.integers(0, len(items) - 1))
    one, (file, *files) = items[at], items[at].held
    if kind == "withdraw":
        return (*items[:at], *items[at + 1 :])
    if kind == "rename":
        return (*items[:at], replace(one, name=f"改{number}"), *items[at + 1 :])
    place = draw(st.integers(0, len(file.pages)))
    more = unique(draw(PAGES), number)
    pages = {
        "lengthen": (*file.pages, *more),
        "insert": (*file.pages[:place], *more, *file.pages[place:]),
        "shorten": (*file.pages[:place], *file.pages[place + 1 :]) if len(file.pages) > 1 else file.pages,
        "replace": (*more, *unique("z" * 9, number))[: len(file.pages)],
    }[kind]
    return (*items[:at], replace(one, held=(replace(file, pages=pages), *files)), *items[at + 1 :])


def unique(pages: str, number: int) -> tuple[str, ...]:
    return tuple(f"{page}{(page.isupper() and 'A') or 'a'}{number}_{at}" for at, page in enumerate(pages))


@dataclass
class Office:
    """What an office saw over the years: for each number that was ever in a frozen version the item that bore it."""

    borne: dict[str, int]
    gone: set[str]


@settings(max_examples=150)
@given(st.data())
def test_numbers_stay_over_any_row_of_edits_and_versions(data: st.DataObject) -> None:
    setting = data.draw(st.sampled_from([WIDE, THIN, VolumeSettings(sheets=5)]))
    items = tuple(item(name, "".join(pages)) for name, pages in zip("甲乙丙", ["abc", "DEfg", "hijklmn"], strict=True))
    version = plan(items, setting=setting)
    office = Office({}, set())
    note(office, version)
    for number in range(data.draw(st.integers(1, 6))):
        items = data.draw(edited(items, number))
        now = plan(items, version.kept, setting, [data.draw(st.integers(1, 4))])
        holds(office, version, now, setting)
        again = plan(
            items, now.kept, setting, [sum(leaf.content is Content.CONTENTS for leaf in now.volumes[0].leaves)]
        )
        assert (again.volumes, again.kept) == (now.volumes, now.kept)
        if data.draw(st.booleans()):
            version = now
            note(office, version)


def note(office: Office, version: Planned) -> None:
    """A version was frozen: its numbers are borne for ever, those that are no more stay unused."""
    for volume in version.volumes:
        items = {part.item.number: part.at for part in volume.parts}
        bearer = 0
        starts = {at: number for number, at in items.items()}
        for at, leaf in enumerate(volume.leaves):
            bearer = starts.get(at, bearer)
            assert office.borne.setdefault(leaf.label, bearer) == bearer
            assert leaf.label not in office.gone
        lost = [
            *(label for part in volume.parts for label in part.gone),
            *(la for w in volume.withdrawn for la in w.gone),
        ]
        office.gone |= set(lost)


def holds(office: Office, before: Planned, now: Planned, setting: VolumeSettings) -> None:
    labels = [number_of(leaf.label) for volume in now.volumes for leaf in volume.leaves]
    assert labels == sorted(set(labels))
    for volume, earlier in zip(now.volumes, before.volumes, strict=False):
        assert {part.item.number for part in earlier.parts} >= {
            part.item.number for part in volume.parts if volume is not now.volumes[len(before.volumes) - 1]
        }
    for volume in now.volumes:
        assert len(volume.leaves) % 2 == 0
        for at, leaf in enumerate(volume.leaves):
            assert leaf.content is not Content.DIVIDER or at % 2 == 0
            assert at % 2 == 0 or leaf.paper.name == volume.leaves[at - 1].paper.name
    for volume in now.volumes[len(before.volumes) :]:
        assert setting.sheets_of(len(volume.leaves)) <= max(setting.sheets, 4)
    known_items = {item.number: item for item in before.kept.standing}
    for part in (part for volume in now.volumes for part in volume.parts):
        stayed = known_items.get(part.item.number)
        if stayed is not None:
            then = {page.content: page.label for one in stayed.parts for page in one.pages if len(page.content) > 2}
            today = now.pages(part.item.name)
            assert {page: label for page, label in today.items() if page in then} == {
                page: label for page, label in then.items() if page in today
            }
    stood = dict(page for sheet in before.sheets for page in sheet)
    following = dict(pairwise(page for sheet in now.sheets for page in sheet if page[1] != BLANK))
    whole = {front for front, back in before.sheets if back[1] == BLANK or following.get(front) == back}
    for sheet in fresh(before, now):
        came = [page for page in sheet if stood.get(page[0]) != page[1]]
        assert came or sheet[0] not in whole, sheet
    assert not office.gone & {leaf.label for volume in now.volumes for leaf in volume.leaves}
