"""The stages of sealing in order: the 稿 is found, scans are read, placed, held against what was printed, bound, written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from generator.errors import BlockedError, UnreadableError, UsageError
from generator.findings import Finding, Findings, blocking
from generator.forms.library import Library
from generator.frozen import dataclass, replace
from generator.measure.fonts import FontLibrary
from generator.package.drafts import Written, write_beside
from generator.package.manifest import KEPT, SNAPSHOT, PackageFile, encode_json
from generator.package.media.contents import marked_unsigned
from generator.package.media.electronic import electronic_copies
from generator.package.media.make import DEMANDS_ROLE, MediaTitle
from generator.package.media.rules import MediumDemand, MediumKind, Words, read_media_rules
from generator.package.sealing.belonging import examine_belonging, name_of
from generator.package.sealing.binding import bind
from generator.package.sealing.choosing import find_draft, find_printed, others_printed
from generator.package.sealing.placing import Place, Placed, place
from generator.package.sealing.register import read_register, write_register
from generator.package.sealing.rules import read_sealing_rules
from generator.package.sealing.scans import Scan, ScanPage, page_path, read_scans
from generator.package.sealing.sheets import StandingDraft, StandingPaper, submitted_files
from generator.progress import Progress, silent

SUFFIX = "_签章"
RECORD = "签章记录.json"
RECORD_ROLE = "seal.record"

_MEDIA_ROLES = ("disc.", "usb.", "mail.", "media.")
_EDITION = 1


@dataclass(frozen=True)
class Sealed:
    """What sealing did: the folder beside the 稿 (None on a dry run), its files, which scan stands for which page, and findings.

    `unsigned` are the pages that are to be signed and have no scan: the paper, and its pages in words.
    """

    draft: Path
    written: Written | None
    files: tuple[PackageFile, ...]
    placed: tuple[tuple[str, str], ...]
    unsigned: tuple[tuple[str, tuple[str, ...]], ...]
    findings: Findings


def seal(
    source: Path,
    scans: Path,
    library: Library,
    fonts: FontLibrary,
    *,
    draft: str = "",
    printed: str = "",
    demands: Sequence[MediumDemand] = (),
    dry_run: bool = False,
    progress: Progress = silent,
) -> Sealed:
    """Put `scans`, a folder or one file, in the place of the signed pages of a 稿, and make discs, sticks and mails of the result.

    `source` is a 稿, or a folder that holds some; `draft` names which (`第003稿`), the current one without. `printed` names the 稿
    that the scans' sheets were printed from (or its frozen version), where that is not the same and not registered yet. `demands`
    take the place of what the 稿 was built for; without either there is one disc.

    The 稿 stays as it is: the result is a folder beside it (`第003稿_签章1`). Which scan is of which printed page is registered in
    the folder of scans first, so that a later 稿 takes scans of unchanged pages and refuses the others. Pages without a scan stay as
    they are, and their papers are marked 未签章.
    Raises BlockedError where a scan can't be used or there is none, UsageError where the 稿 does not tell what is to be signed,
    OutputError when the disk refuses, and as `find_draft`.
    """
    target = find_draft(source, library, draft)
    if any(file.role == RECORD_ROLE for file in target.manifest.files):
        raise UsageError(
            f"{target.name}已经是签章版。", "请写原来的那一稿；新的扫描件也放进原来的扫描件文件夹，再运行一次。"
        )
    if not any(paper.wanted for paper in target.papers):
        raise UsageError(
            f"{target.name}没有记下哪几页要签章。", "这是旧版程序做的稿：请用 shenbao build 重新生成一稿。"
        )
    stated = find_printed(target, library, printed) if printed else None
    rules = read_sealing_rules(library)
    progress("读扫描件")
    read, findings = read_scans(scans, rules, [paper.name for paper in target.papers])
    placed = place(read, target, rules)
    register = read_register(scans)
    belonging = examine_belonging(placed.pages, target, register, others_printed(target, library), stated)
    findings += (*_faults(read, placed), *placed.findings, *belonging.findings)
    _stop_where_blocked(findings)
    progress("换入签章页")
    words = read_media_rules(library).words
    bound = {paper.path: _bound(paper, placed.of(paper), words) for paper in target.papers if placed.of(paper)}
    title, asked = _asked(target, library.form(target.manifest.facts.form).title)
    submitted = [file for file in submitted_files(target, bound) if not file.role.startswith(_MEDIA_ROLES)]
    progress("制作光盘、U盘、邮件")
    media = electronic_copies(submitted, _as_said(demands, asked), title, library, fonts)
    findings += media.findings
    _stop_where_blocked(findings)
    files = (*bound.values(), *media.files, _record(target, placed.pages))
    told = tuple((name_of(page, target), scan.name) for page, scan in sorted(placed.pages.items(), key=_by_place))
    unsigned = tuple(_unsigned(target, placed.pages))
    if dry_run:
        return Sealed(target.folder, None, files, told, unsigned, findings)
    write_register(scans, register, belonging.added)
    snapshot = (target.folder / SNAPSHOT).read_bytes()
    written = write_beside(target.folder, SUFFIX, target.manifest.facts, files, snapshot)
    return Sealed(target.folder, written, files, told, unsigned, findings)


def _by_place(item: tuple[Place, ScanPage]) -> Place:
    return item[0]


def _faults(scans: Sequence[Scan], placed: Placed) -> Findings:
    """What is wrong with the pages of the scans, equal faults of one file as one; blank backs that are not used have none."""
    together: dict[Finding, list[int]] = {}
    for page in (page for scan in scans for page in scan.pages if page not in placed.passed):
        for finding in page.findings:
            together.setdefault(replace(finding, path=""), []).append(page.number)
    several = {scan.file for scan in scans if len(scan.pages) > 1}
    return tuple(
        replace(finding, path=page_path(*numbers)) if finding.position and finding.position.file in several else finding
        for finding, numbers in together.items()
    )


def _bound(paper: StandingPaper, scans: Mapping[int, ScanPage], words: Words) -> PackageFile:
    """Return the paper with the scans in it, saying what of it is still to be signed, in its name too."""
    left = tuple(page + 1 for page in paper.wanted if page not in scans)
    content = bind(paper.content, scans)
    path = marked_unsigned(paper.path, words) if left else paper.path
    return PackageFile(paper.file.role, path, content, len(paper.sheets), unsigned=left, signed=not left)


def _unsigned(target: StandingDraft, placed: Mapping[Place, ScanPage]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for paper in target.papers:
        left = tuple(paper.name_of(page) for page in paper.wanted if (paper.path, page) not in placed)
        if left:
            yield paper.name, left


def _stop_where_blocked(findings: Findings) -> None:
    blocked = blocking(findings)
    if blocked:
        advice = "改正后再运行；原来的稿和扫描件都没有改动。"
        raise BlockedError(f"有{len(blocked)}处必须改，没有生成签章版。", findings, advice)


def _asked(target: StandingDraft, form: str) -> tuple[MediaTitle, tuple[MediumDemand, ...]]:
    """Return what is printed on the media, and the media that the 稿 was built for: one disc where it was built for none."""
    listed = next((file for file in target.manifest.files if file.role == DEMANDS_ROLE), None)
    cluster = target.manifest.facts.cluster
    if listed is None:
        return MediaTitle(cluster, form), (MediumDemand(kind=MediumKind.DISC),)
    try:
        tree = json.loads((target.folder / listed.path).read_bytes())
        asked = tuple(MediumDemand.model_validate(demand) for demand in tree["media"])
        return MediaTitle(cluster, form, str(tree["contact"])), asked
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        raise UnreadableError(
            f"读不出要交哪些光盘、邮件：{target.folder / listed.path}", "请用 --discs、--usb、--mail 写明。"
        ) from error


def _as_said(demands: Sequence[MediumDemand], asked: Sequence[MediumDemand]) -> tuple[MediumDemand, ...]:
    """Return `demands`, or else `asked`, what the 稿 was built for: a medium of the same kind holds what was to be on it then."""
    holds = {one.kind: one.holds for one in reversed(asked)}
    said = (one.model_copy(update={"holds": one.holds or holds.get(one.kind, ())}) for one in demands)
    return tuple(said) or tuple(asked)


def _record(target: StandingDraft, placed: Mapping[Place, ScanPage]) -> PackageFile:
    """Return the record, kept in the house, of what was sealed with which scans, and what is still to be signed."""
    pages = [
        {
            "sheet": name_of(page, target),
            "file": page[0],
            "page": page[1] + 1,
            "fingerprint": target.paper(page[0]).sheets[page[1]].fingerprint,
            "scan": scan.file,
            "scan_page": scan.number,
            "scan_sha256": scan.sha256,
        }
        for page, scan in sorted(placed.items(), key=_by_place)
    ]
    content = {
        "sealed": _EDITION,
        "draft": target.name,
        "manifest_sha256": target.manifest.digest,
        "pages": pages,
        "unsigned": [{"paper": paper, "pages": list(left)} for paper, left in _unsigned(target, placed)],
    }
    return PackageFile(RECORD_ROLE, f"{KEPT}/{RECORD}", encode_json(content))
