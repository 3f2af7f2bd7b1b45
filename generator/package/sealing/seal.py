"""The stages of sealing in order: the 稿 is found, scans are read, placed, held against what was printed, bound, written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from generator.errors import BlockedError, UnreadableError, UsageError
from generator.findings import Findings, blocking
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.drafts import CURRENT, Written, current_draft, drafts, write_beside
from generator.package.manifest import KEPT, MANIFEST, SNAPSHOT, PackageFile, encode_json
from generator.package.media.electronic import electronic_copies
from generator.package.media.make import DEMANDS_ROLE, MediaTitle
from generator.package.media.rules import MediumDemand, MediumKind
from generator.package.sealing.belonging import examine_belonging
from generator.package.sealing.binding import bind
from generator.package.sealing.placing import place
from generator.package.sealing.register import read_register, write_register
from generator.package.sealing.rules import read_sealing_rules
from generator.package.sealing.scans import ScanPage, read_scans
from generator.package.sealing.sheets import StandingDraft, read_draft, signed_parts, submitted_files

SUFFIX = "_签章"
RECORD = "签章记录.json"

_MEDIA_ROLES = ("disc.", "usb.", "mail.", "media.")
_EDITION = 1


@dataclass(frozen=True)
class Sealed:
    """What sealing did: the folder beside the 稿 (None on a dry run), its files, which scan stands for which page, and findings."""

    draft: Path
    written: Written | None
    files: tuple[PackageFile, ...]
    placed: tuple[tuple[str, str], ...]
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
) -> Sealed:
    """Put the scans in the folder `scans` in the place of the signed pages of a 稿, and make discs, sticks and mails of the result.

    `source` is a 稿, or a folder that holds some; `draft` names which (`第003稿`), the current one without. `printed` names the 稿
    that the scans' sheets were printed from, where that is not the same or not registered yet. `demands` take the place of what
    the 稿 was built for; without either there is one disc.

    The 稿 stays as it is: the result is a folder beside it (`第003稿_签章1`). Which scan is of which printed page is registered in
    the folder of scans first, so that a later 稿 takes scans of unchanged pages and refuses the others.
    Raises BlockedError where a scan is missing or can't be used, UsageError for a 稿 that there is none of or that is a 草稿,
    UnreadableError for one that is not whole, OutputError when the disk refuses.
    """
    target = find_draft(source, draft)
    siblings = _siblings(target)
    stated = _stated(printed, target, siblings)
    rules = read_sealing_rules(library)
    form = library.form(target.manifest.facts.form)
    signed = signed_parts(form)
    read, findings = read_scans(scans, rules)
    placed = place(read, target, signed, rules)
    register = read_register(scans)
    belonging = examine_belonging(placed.pages, target, register, siblings, stated)
    findings += (*placed.findings, *belonging.findings)
    _stop_where_blocked(findings)
    bound = PackageFile(target.pdf.role, target.pdf.path, bind(target.pdf.content, placed.pages), len(target.sheets))
    title, asked = _asked(target, form.title)
    submitted = [file for file in submitted_files(target, bound) if not file.role.startswith(_MEDIA_ROLES)]
    media = electronic_copies(submitted, tuple(demands) or asked, title, library, fonts, signed=True)
    findings += media.findings
    _stop_where_blocked(findings)
    files = (bound, *media.files, _record(target, placed.pages))
    told = tuple((target.name_of(page), scan.name) for page, scan in sorted(placed.pages.items()))
    if dry_run:
        return Sealed(target.folder, None, files, told, findings)
    write_register(scans, register, belonging.added)
    snapshot = (target.folder / SNAPSHOT).read_bytes()
    written = write_beside(target.folder, SUFFIX, target.manifest.facts, files, snapshot)
    return Sealed(target.folder, written, files, told, findings)


def find_draft(source: Path, name: str = "") -> StandingDraft:
    """Return the 稿 called `name` (`第003稿` or `3`) at `source`, the current one without a name.

    `source` may be the 稿 itself, the folder of the 稿, or one above it that holds no other. Raises UsageError where there is none,
    more than one, or where it is a 草稿; UnreadableError where it is not whole.
    """
    if (source / MANIFEST).is_file() and not name:
        return _sealable(source)
    folder = _folder_of_drafts(source.parent if (source / MANIFEST).is_file() else source)
    return _sealable(_named(folder, name) if name else _current(folder))


def _sealable(folder: Path) -> StandingDraft:
    draft = read_draft(folder)
    if draft.manifest.facts.draft:
        raise UsageError(f"{folder.name}是草稿，不能签章。", "请先改正“必须改”的问题，生成正式的一稿，再打印、签章。")
    return draft


def _folder_of_drafts(source: Path) -> Path:
    candidates = [source, *sorted(source.glob("*")), *sorted(source.glob("*/*"))]
    found = [folder for folder in candidates if folder.is_dir() and ((folder / CURRENT).is_file() or drafts(folder))]
    if len(found) == 1 or (found and found[0] == source):
        return found[0]
    if not found:
        raise UsageError(f"这里没有生成好的稿：{source}", "请写放各稿的文件夹（里面有 第001稿），或者某一稿的文件夹。")
    listed = "、".join(str(folder) for folder in found)
    raise UsageError(f"这里有几份成果，不知道是哪一份：{listed}", "请写其中一个文件夹。")


def _named(folder: Path, name: str) -> Path:
    number = re.fullmatch(r"第?([0-9]+)稿?", name.strip())
    wanted = f"第{int(number[1]):03d}稿" if number else name
    for draft in drafts(folder):
        if draft.name == wanted:
            return draft
    standing = "、".join(draft.name for draft in drafts(folder)) or "没有"
    raise UsageError(f"没有{wanted}：{folder}", f"这里有的稿：{standing}。")


def _current(folder: Path) -> Path:
    draft = current_draft(folder)
    if draft is None:
        raise UnreadableError(
            f"当前的一稿不完整，或里面的文件被改动过：{folder}",
            "请用 shenbao build 重新生成一稿，或用 --draft 写明是哪一稿。",
        )
    return draft


def _siblings(target: StandingDraft) -> tuple[StandingDraft, ...]:
    """Return the other 稿 beside `target` that a clerk may have printed and signed: whole, and no 草稿."""
    found = []
    for folder in drafts(target.folder.parent):
        if folder.name == target.folder.name:
            continue
        try:
            found.append(_sealable(folder))
        except (UnreadableError, UsageError):
            continue
    return tuple(found)


def _stated(printed: str, target: StandingDraft, siblings: Sequence[StandingDraft]) -> StandingDraft | None:
    if not printed:
        return None
    folder = _named(target.folder.parent, printed)
    known = {draft.folder.name: draft for draft in (target, *siblings)}
    return known.get(folder.name) or _sealable(folder)


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


def _record(target: StandingDraft, placed: Mapping[int, ScanPage]) -> PackageFile:
    """Return the record, kept in the house, of what was sealed with which scans."""
    pages = [
        {
            "sheet": target.name_of(page),
            "page": page + 1,
            "fingerprint": target.sheets[page].fingerprint,
            "scan": scan.file,
            "scan_page": scan.number,
            "scan_sha256": scan.sha256,
        }
        for page, scan in sorted(placed.items())
    ]
    content = {
        "sealed": _EDITION,
        "draft": target.folder.name,
        "manifest_sha256": target.manifest.digest,
        "pages": pages,
    }
    return PackageFile("seal.record", f"{KEPT}/{RECORD}", encode_json(content))
