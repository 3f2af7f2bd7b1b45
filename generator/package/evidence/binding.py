"""Binding: the plan of the volumes, laid out until the contents tell the truth, and the volumes themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from generator.findings import Finding, Findings
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.package.evidence.assembly import Assembly, Bookmark, Picked, assemble
from generator.package.evidence.fronts import FrontPrinter
from generator.package.evidence.paper import A4, place
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


@dataclass(frozen=True)
class EvidencePlace:
    """Where an item of evidence stands: its volume and page numbers, from its divider to its last page, and those of its files.

    `last_volume` differs from `volume` only for an item that no volume could hold alone.
    """

    number: int
    name: str
    proves: tuple[str, ...]
    volume: int
    first: int
    last_volume: int
    last: int
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

    `places` are the items' in their order; `findings` and `skipped` are those of all files and of the binding itself.
    """

    subject: str
    mark: str
    settings: VolumeSettings
    volumes: tuple[BoundVolume, ...]
    places: tuple[EvidencePlace, ...]
    findings: Findings
    skipped: tuple[Skipped, ...]


def plan_evidence(
    read: Sequence[ReadItem],
    subject: str,
    library: Library,
    fonts: FontLibrary,
    settings: VolumeSettings | None = None,
    *,
    mark: str = "",
) -> EvidencePlan:
    """Return how `read` is bound for the cluster `subject`: contents are laid out until their page numbers are right.

    `mark` (草稿) is printed at the head of every page. Raises OutputError where a designed page does not come out as it must.
    """
    chosen = settings or VolumeSettings()
    printer = FrontPrinter(library, fonts, subject, mark)
    volumes = _settle(read, chosen, printer)
    findings = (*all_findings(read), *_parted(volumes))
    skipped = tuple(skipped for item in read for source in item.sources for skipped in source.skipped)
    return EvidencePlan(subject, mark, chosen, volumes, _places(read, volumes), findings, tuple(dict.fromkeys(skipped)))


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
        files.append(PackageFile("evidence.pdf", path, assemble(assembly), len(volume.leaves), prints))
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
            content = hashes.get(picked.source.file, "")
            if not content:
                return ()
            shown = (content, picked.page, picked.matrix)
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


def _larger_pages(plan: EvidencePlan) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for bound in plan.volumes:
        for number, leaf in enumerate(bound.volume.leaves, start=bound.volume.first_number):
            if leaf.content is Content.FILE and leaf.item is not None and leaf.paper.name != A4.name:
                found.setdefault(leaf.item.number, []).append(number)
    return found


def printed_pages(plan: EvidencePlan, fonts: FontLibrary) -> tuple[Pages, ...]:
    """Return the pages that are set in our own fonts, for the manifest: contents and page numbers of every volume."""
    return tuple(
        pages for bound in plan.volumes for pages in (bound.contents, stamped(_stamps(plan, bound.volume), fonts))
    )


def _settle(read: Sequence[ReadItem], settings: VolumeSettings, printer: FrontPrinter) -> tuple[BoundVolume, ...]:
    """Plan and print the contents, again until each takes the pages that it was given; room once given stays."""
    room: list[int] = []
    while True:
        volumes = plan_volumes(read, settings, room)
        printed = [printer.contents(volume, volumes) for volume in volumes]
        needed = [len(each.pages.pages) for each in printed]
        given = [sum(leaf.content is Content.CONTENTS for leaf in volume.leaves) for volume in volumes]
        if all(need <= have for need, have in zip(needed, given, strict=True)):
            break
        room = [max(need, have) for need, have in zip(needed, given, strict=True)]
    bound = []
    for volume, contents in zip(volumes, printed, strict=True):
        fronts = [(_CONTENTS, contents), (_DIVIDERS, printer.dividers(volume.parts))]
        if any(leaf.content is Content.REPLACEMENT for leaf in volume.leaves):
            fronts.append((_REPLACEMENTS, printer.replacements(volume)))
        pdfs = tuple((name, front.pdf) for name, front in fronts)
        designed = tuple((name, front.pages) for name, front in fronts)
        bound.append(BoundVolume(volume, contents.pages, pdfs, designed))
    return tuple(bound)


def _places(read: Sequence[ReadItem], volumes: Sequence[BoundVolume]) -> tuple[EvidencePlace, ...]:
    parts: dict[EvidenceItem, list[tuple[int, VolumePart]]] = {}
    for bound in volumes:
        for part in bound.volume.parts:
            parts.setdefault(part.item, []).append((bound.volume.number, part))
    places = []
    for item in (each.item for each in read):
        (volume, first), (last_volume, last) = parts[item][0], parts[item][-1]
        files = tuple(file for _, part in parts[item] for file in part.files)
        places.append(
            EvidencePlace(item.number, item.name, item.proves, volume, first.first, last_volume, last.last, files)
        )
    return tuple(places)


def _parted(volumes: Sequence[BoundVolume]) -> tuple[Finding, ...]:
    """Tell of items that one volume can't hold."""
    found = {}
    for bound in volumes:
        for part in bound.volume.parts:
            if part.continued:
                found[part.item] = told(
                    Trouble.ITEM_OVER_VOLUMES,
                    f"佐证材料“{part.item.name}”一册装不下，分在了几册",
                    part.item.name,
                    part.item.position,
                    remedy="请核对是否都要提交；可以只摘取要用的页",
                )
    return tuple(found.values())


def assembly_of(plan: EvidencePlan, bound: BoundVolume, fonts: FontLibrary) -> Assembly:
    """Return everything that one volume of `plan` is put together from."""
    volume, settings = bound.volume, plan.settings
    counted: dict[Content, int] = {}
    pages = []
    for number, leaf in enumerate(volume.leaves, start=volume.first_number):
        nth = counted.get(leaf.content, 0)
        counted[leaf.content] = nth + 1
        pages.append(_picked(leaf, nth, number, len(bound.contents.pages), settings))
    title = f"{_TITLE}　{plan.subject}" + (f"　第{volume.number}册" if len(plan.volumes) > 1 else "")
    return Assembly(
        title,
        volume.first_number,
        tuple(pages),
        draw_stamps(_stamps(plan, volume), fonts),
        dict(bound.fronts),
        _bookmarks(volume),
        settings.duplex,
    )


def _picked(leaf: Leaf, nth: int, number: int, contents: int, settings: VolumeSettings) -> Picked:
    """Return what a page shows: the `nth` of its kind of designed pages, or its page of its file."""
    if leaf.content is Content.FILE and leaf.source is not None:
        page = leaf.source.pages[leaf.page]
        placement = place(page, leaf.paper, settings.margins, right_hand=_right_hand(number, settings))
        return Picked(leaf.paper, leaf.source, page=leaf.page, matrix=placement.matrix)
    front = _FRONTS.get(leaf.content, "")
    if leaf.content is Content.CONTENTS and nth >= contents:
        front = ""
    return Picked(leaf.paper, front=front, page=nth)


def _stamps(plan: EvidencePlan, volume: Volume) -> tuple[Stamp, ...]:
    settings = plan.settings
    return tuple(
        Stamp(
            settings.number_text.format(number=number),
            leaf.paper,
            _right_hand(number, settings),
            plan.mark if leaf.content in (Content.FILE, Content.BLANK) else "",
        )
        for number, leaf in enumerate(volume.leaves, start=volume.first_number)
    )


def _right_hand(number: int, settings: VolumeSettings) -> bool:
    return not settings.duplex or (number - settings.first_number) % 2 == 0


def _bookmarks(volume: Volume) -> tuple[Bookmark, ...]:
    first = volume.first_number
    items = (
        Bookmark(
            f"{part.item.number}　{part.item.name}" + ("（续）" if part.continued else ""),
            part.first - first,
            tuple(Bookmark(PurePosixPath(file.file).name, file.first - first) for file in part.files)
            if len(part.files) > 1
            else (),
        )
        for part in volume.parts
    )
    return (Bookmark("目录", 0), *items)
