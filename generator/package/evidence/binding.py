"""Binding: the plan of the volumes, laid out until the contents tell the truth, and the volumes themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from generator.findings import Finding, Findings
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.package.evidence.assembly import Assembly, Bookmark, Picked, assemble
from generator.package.evidence.continuing import continue_volumes, remember
from generator.package.evidence.fronts import FrontPrinter
from generator.package.evidence.paper import A4, place
from generator.package.evidence.remembered import KeptEvidence
from generator.package.evidence.source import EvidenceItem, ReadItem, all_findings
from generator.package.evidence.stamps import Stamp, draw_stamps, stamped
from generator.package.evidence.troubles import Trouble, told
from generator.package.evidence.volumes import (
    Content,
    FilePlace,
    Leaf,
    Volume,
    VolumePart,
    VolumeSettings,
    plan_volumes,
)
from generator.package.manifest import SUBMITTED, PackageFile, Skipped, sha256
from generator.package.names import safe_name
from generator.progress import Progress, silent
from generator.typeset.pages import Pages

_CONTENTS, _DIVIDERS, _REPLACEMENTS = "contents", "dividers", "replacements"
_FRONTS = {Content.CONTENTS: _CONTENTS, Content.DIVIDER: _DIVIDERS, Content.REPLACEMENT: _REPLACEMENTS}
_TITLE = "佐证材料"
_STEP = "装订佐证材料"
_KNOWN_BY = 16
"""How many digits of a digest tell pages of evidence apart."""


@dataclass(frozen=True)
class EvidencePlace:
    """Where an item of evidence stands: its volume and page numbers, from its divider to its last page, and those of its files.

    `last_volume` differs from `volume` only for an item that no volume could hold alone.
    """

    number: int
    name: str
    proves: tuple[str, ...]
    volume: int
    first: str
    last_volume: int
    last: str
    files: tuple[FilePlace, ...]


@dataclass(frozen=True)
class BoundVolume:
    """A volume with the designed pages in it, printed: contents, dividers, those in the place of files that can't be bound."""

    volume: Volume
    contents: Pages
    fronts: tuple[tuple[str, bytes], ...]
    designed: tuple[tuple[str, Pages], ...] = ()


@dataclass(frozen=True)
class EvidencePlan:
    """All that is known of the evidence before it is bound.

    `places` are the items' in their order; `findings` and `skipped` are those of all files and of the binding itself. `remembered`
    is what keeps the page numbers, once a version of it is frozen.
    """

    subject: str
    mark: str
    settings: VolumeSettings
    volumes: tuple[BoundVolume, ...]
    places: tuple[EvidencePlace, ...]
    findings: Findings
    skipped: tuple[Skipped, ...]
    remembered: KeptEvidence


def plan_evidence(
    read: Sequence[ReadItem],
    subject: str,
    library: Library,
    fonts: FontLibrary,
    settings: VolumeSettings | None = None,
    *,
    mark: str = "",
    kept: KeptEvidence | None = None,
    hashes: Mapping[str, str] | None = None,
) -> EvidencePlan:
    """Return how `read` is bound for the cluster `subject`: contents are laid out until their page numbers are right.

    `mark` (草稿) is printed at the head of every page. `kept` is the evidence of the last frozen version, whose page numbers stay;
    `hashes` are the SHA-256 of the files by name, by which pages that are the same are known.
    Raises OutputError where a designed page does not come out as it must.
    """
    chosen = settings or VolumeSettings()
    known = partial(_known, hashes or {})

    def order(room: Sequence[int]) -> tuple[Volume, ...]:
        return continue_volumes(read, kept, known, chosen, room) if kept else plan_volumes(read, chosen, room)

    volumes = _settle(order, FrontPrinter(library, fonts, subject, mark))
    bound = tuple(each.volume for each in volumes)
    findings = (*all_findings(read), *_parted(bound), *(_too_thick(bound, kept, chosen) if kept else ()))
    skipped = tuple(skipped for item in read for source in item.sources for skipped in source.skipped)
    return EvidencePlan(
        subject,
        mark,
        chosen,
        volumes,
        _places(read, bound),
        findings,
        tuple(dict.fromkeys(skipped)),
        remember(bound, read, kept, known, hashes or {}),
    )


def bind_evidence(
    plan: EvidencePlan,
    fonts: FontLibrary,
    *,
    stem: str = "",
    progress: Progress = silent,
    hashes: Mapping[str, str] | None = None,
) -> tuple[PackageFile, ...]:
    """Return the volumes as files to be handed in: `stem`.pdf, or `stem`_第1册.pdf and so on; none where there is no evidence.

    `stem` is 03_佐证材料_ and the cluster's name where it is not given. `hashes` are the SHA-256 of the files by name: with those of
    all files, pages have fingerprints. Raises OutputError where a file has changed since it was read.
    """
    stem = stem or f"03_佐证材料_{plan.subject}"
    files = []
    for number, bound in enumerate(plan.volumes):
        progress(_STEP, number, len(plan.volumes))
        volume, several = bound.volume, len(plan.volumes) > 1
        name = f"{stem}_第{volume.number}册" if several else stem
        assembly = assembly_of(plan, bound, fonts)
        path = f"{SUBMITTED}/{safe_name(name, '.pdf')}"
        prints = _fingerprints(plan, bound, assembly, hashes or {}, fonts)
        files.append(
            PackageFile("evidence.pdf", path, assemble(assembly), len(volume.leaves), prints, labels=volume.labels)
        )
    progress(_STEP, len(plan.volumes), len(plan.volumes))
    return tuple(files)


def _fingerprints(
    plan: EvidencePlan, bound: BoundVolume, assembly: Assembly, hashes: Mapping[str, str], fonts: FontLibrary
) -> tuple[str, ...]:
    """What each page shows, as a digest: the file's page and where it is put, or the designed page, and the number below it.

    None where the hash of a file is not known.
    """
    designed = dict(bound.designed)
    stamps = stamped(_stamps(plan, bound.volume), fonts).pages
    prints = []
    for leaf, picked, stamp in zip(bound.volume.leaves, assembly.pages, stamps, strict=True):
        shown: object = ""
        if picked.front:
            shown = designed[picked.front].pages[picked.page].fingerprint
        elif picked.source is not None:
            if not hashes.get(picked.source.file):
                return ()
            shown = (_known(hashes, leaf), picked.matrix)
        prints.append(sha256(repr((shown, leaf.paper, stamp.fingerprint)).encode()))
    return tuple(prints)


def recorded(plan: EvidencePlan) -> list[dict[str, Any]]:
    """Return where every item stands as JSON's own kinds of value: `evidence_places` of the snapshot.

    `larger` are the numbers of an item's pages that are printed on larger paper than A4, where it has any.
    """
    larger = _larger_pages(plan)
    return [
        {
            "number": place.number,
            "name": place.name,
            "proves": list(place.proves),
            "volume": place.volume,
            "first": place.first,
            "last_volume": place.last_volume,
            "last": place.last,
            "files": [
                {"file": file.file, "volume": file.volume, "first": file.first, "last": file.last}
                for file in place.files
            ],
            **({"larger": larger[place.number]} if place.number in larger else {}),
        }
        for place in plan.places
    ]


def _larger_pages(plan: EvidencePlan) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for leaf in (leaf for bound in plan.volumes for leaf in bound.volume.leaves):
        if leaf.content is Content.FILE and leaf.item is not None and leaf.paper.name != A4.name:
            found.setdefault(leaf.item.number, []).append(leaf.label)
    return found


def printed_pages(plan: EvidencePlan, fonts: FontLibrary) -> tuple[Pages, ...]:
    """Return the pages that are set in our own fonts, for the manifest: contents and page numbers of every volume."""
    return tuple(
        pages for bound in plan.volumes for pages in (bound.contents, stamped(_stamps(plan, bound.volume), fonts))
    )


def _settle(order: Callable[[Sequence[int]], tuple[Volume, ...]], printer: FrontPrinter) -> tuple[BoundVolume, ...]:
    """Plan and print the contents, again until each takes the pages that it was given; room once given stays.

    `order` gives the volumes where the contents take so many pages each.
    """
    room: list[int] = []
    while True:
        volumes = order(room)
        printed = [printer.contents(volume, volumes) for volume in volumes]
        needed = [len(each.pages.pages) for each in printed]
        given = [sum(leaf.content is Content.CONTENTS for leaf in volume.leaves) for volume in volumes]
        if all(need <= have for need, have in zip(needed, given, strict=True)):
            break
        room = [max(need, have) for need, have in zip(needed, given, strict=True)]
    bound = []
    for volume, contents in zip(volumes, printed, strict=True):
        fronts = [(_CONTENTS, contents)]
        if volume.parts:
            fronts.append((_DIVIDERS, printer.dividers(volume.parts)))
        if any(leaf.content is Content.REPLACEMENT for leaf in volume.leaves):
            fronts.append((_REPLACEMENTS, printer.replacements(volume)))
        pdfs = tuple((name, front.pdf) for name, front in fronts)
        designed = tuple((name, front.pages) for name, front in fronts)
        bound.append(BoundVolume(volume, contents.pages, pdfs, designed))
    return tuple(bound)


def _known(hashes: Mapping[str, str], leaf: Leaf) -> str:
    """What a page of a file is known by: what it shows, or what the file holds, and which page of it."""
    source = leaf.source
    if source is None:
        return leaf.content.value
    if source.pages and source.pages[leaf.page].digest:
        return source.pages[leaf.page].digest[:_KNOWN_BY]
    return sha256(repr((leaf.content.value, hashes.get(source.file) or source.file, leaf.page)).encode())[:_KNOWN_BY]


def _places(read: Sequence[ReadItem], volumes: Sequence[Volume]) -> tuple[EvidencePlace, ...]:
    parts: dict[EvidenceItem, list[tuple[int, VolumePart]]] = {}
    for volume in volumes:
        for part in volume.parts:
            parts.setdefault(part.item, []).append((volume.number, part))
    places = []
    for item in (each.item for each in read):
        (number, first), (last_number, last) = parts[item][0], parts[item][-1]
        files = tuple(file for _, part in parts[item] for file in part.files)
        places.append(
            EvidencePlace(item.number, item.name, item.proves, number, first.first, last_number, last.last, files)
        )
    return tuple(places)


def _parted(volumes: Sequence[Volume]) -> tuple[Finding, ...]:
    """Tell of items that one volume can't hold."""
    found = {}
    for volume in volumes:
        for part in volume.parts:
            if part.continued:
                found[part.item] = told(
                    Trouble.ITEM_OVER_VOLUMES,
                    f"佐证材料“{part.item.name}”一册装不下，分在了几册",
                    part.item.name,
                    part.item.position,
                    remedy="请核对是否都要提交；可以只摘取要用的页",
                )
    return tuple(found.values())


def _too_thick(volumes: Sequence[Volume], kept: KeptEvidence, settings: VolumeSettings) -> Iterator[Finding]:
    """Tell of volumes of a frozen version that gained so many sheets that they hold more than one may."""
    for volume in volumes[: len(kept.contents)]:
        sheets = settings.sheets_of(len(volume.leaves))
        if sheets > settings.sheets:
            trouble = Trouble.VOLUME_TOO_THICK
            yield Finding(
                trouble.code,
                trouble.severity,
                f"定稿以后加了页，佐证材料第{volume.number}册太厚",
                _TITLE,
                found=f"{sheets}张",
                expected=f"不超过{settings.sheets}张",
                remedy="已经打印的各页不改页码，所以没有另分一册；请核对还装不装得下，装不下的另作一份新材料补在最后",
            )


def assembly_of(plan: EvidencePlan, bound: BoundVolume, fonts: FontLibrary) -> Assembly:
    """Return everything that one volume of `plan` is put together from."""
    volume, settings = bound.volume, plan.settings
    counted: dict[Content, int] = {}
    pages = []
    for at, leaf in enumerate(volume.leaves):
        nth = counted.get(leaf.content, 0)
        counted[leaf.content] = nth + 1
        pages.append(_picked(leaf, nth, at, len(bound.contents.pages), settings))
    title = f"{_TITLE}　{plan.subject}" + (f"　第{volume.number}册" if len(plan.volumes) > 1 else "")
    return Assembly(
        title,
        volume.labels,
        tuple(pages),
        draw_stamps(_stamps(plan, volume), fonts),
        dict(bound.fronts),
        _bookmarks(volume),
        settings.duplex,
    )


def _picked(leaf: Leaf, nth: int, at: int, contents: int, settings: VolumeSettings) -> Picked:
    """Return what page `at` (from 0) shows: the `nth` of its kind of designed pages, or its page of its file."""
    if leaf.content is Content.FILE and leaf.source is not None:
        page = leaf.source.pages[leaf.page]
        placement = place(page, leaf.paper, settings.margins, right_hand=_right_hand(at, settings))
        return Picked(leaf.paper, leaf.source, page=leaf.page, matrix=placement.matrix)
    front = _FRONTS.get(leaf.content, "")
    if leaf.content is Content.CONTENTS and nth >= contents:
        front = ""
    return Picked(leaf.paper, front=front, page=nth)


def _stamps(plan: EvidencePlan, volume: Volume) -> tuple[Stamp, ...]:
    settings = plan.settings
    return tuple(
        Stamp(
            settings.number_text.format(number=leaf.label),
            leaf.paper,
            _right_hand(at, settings),
            plan.mark if leaf.content in (Content.FILE, Content.BLANK) else "",
        )
        for at, leaf in enumerate(volume.leaves)
    )


def _right_hand(at: int, settings: VolumeSettings) -> bool:
    return not settings.duplex or at % 2 == 0


def _bookmarks(volume: Volume) -> tuple[Bookmark, ...]:
    items = (
        Bookmark(
            f"{part.item.number}　{part.item.name}" + ("（续）" if part.continued else ""),
            part.at,
            tuple(Bookmark(PurePosixPath(file.file).name, file.at) for file in part.files)
            if len(part.files) > 1
            else (),
        )
        for part in volume.parts
    )
    return (Bookmark("目录", 0), *items)
