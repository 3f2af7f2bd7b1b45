"""The discs, sticks and mails of an office's own step: each holds the materials that the notice asks to be on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.findings import Finding, Findings, Severity
from generator.forms.library import Library
from generator.frozen import dataclass, replace
from generator.measure.fonts import FontLibrary
from generator.notices.definition import FORM, Demand, is_held
from generator.notices.order import PAPER
from generator.package.manifest import PackageFile
from generator.package.media.electronic import Electronic, electronic_copies
from generator.package.media.label import LABEL
from generator.package.media.make import DEMANDS_ROLE, MediaTitle
from generator.package.media.rules import MediumDemand, MediumKind, read_media_rules
from generator.package.reuse import Memory, StageResult
from generator.recommending.wording import Recommendation

_KINDS = {"光盘": MediumKind.DISC, "U盘": MediumKind.USB, "电子邮件": MediumKind.MAIL}
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Item:
    """A file of the recommendation: the material that it is (empty: none that a notice names), and whether it is signed."""

    material: str
    file: PackageFile
    signed: bool = True


def office_media(
    items: Sequence[Item], told: Recommendation, library: Library, fonts: FontLibrary, memory: Memory, *, draft: bool
) -> Electronic:
    """Return the media that the office's step asks for, and what was found: each holds what the notice says it holds.

    Media that would be the same are taken over from the 稿 of `memory`.
    T112: the notice does not tell how many discs there are to be, so there is none. Raises as `electronic_copies`.
    """
    demands = [demand for demand in told.step.own.demands if demand.medium != PAPER]
    title = MediaTitle(told.sender.name or told.subject, told.table or told.subject, told.sender.contact)
    made: list[PackageFile] = []
    faces = set[str]()
    found: list[Finding] = [_unknown_number(demand) for demand in demands if _lacks_number(demand)]
    wanted = sorted((demand for demand in demands if not _lacks_number(demand)), key=lambda one: one.holds)
    for holds, several in groupby(wanted, key=lambda demand: demand.holds):
        chosen = [item for item in items if is_held(item.material, holds)]
        files, asked = [_told_signed(item) for item in chosen], list(_demands(several))
        rules = read_media_rules(library), library.document(LABEL)
        contents = [(file.role, file.path, file.sha256, file.pages, file.signed, file.unsigned) for file in files]

        def make(files: Sequence[PackageFile] = files, asked: Sequence[MediumDemand] = asked) -> StageResult:
            media = electronic_copies(files, asked, title, library, fonts, draft=draft)
            kept = tuple(file for file in media.files if file.role != DEMANDS_ROLE)
            return StageResult(kept, media.findings, media.faces)

        inputs = [contents, asked, title, rules, draft, fonts.identity]
        media = memory.once(f"media {'、'.join(holds)}", inputs, make)
        made += media.files
        found += media.findings
        faces |= media.faces
    return Electronic(tuple(made), _once(found), frozenset(faces))


def _told_signed(item: Item) -> PackageFile:
    """Return the file of `item`, a form saying whether it is signed: where nobody knows which of its pages are to be, it is all of them."""
    file = item.file
    if item.material != FORM or file.path.endswith(".docx"):
        return file
    pages = file.unsigned or tuple(range(1, (file.pages or 1) + 1))
    return replace(file, signed=True, unsigned=()) if item.signed else replace(file, signed=False, unsigned=pages)


def _demands(demands: Iterator[Demand]) -> Iterator[MediumDemand]:
    for demand in demands:
        limit = demand.limit * _MEGABYTE if demand.limit is not None else None
        number = demand.copies.total if demand.copies else 1
        yield MediumDemand(kind=_KINDS[demand.medium], number=number, limit=limit, address=demand.address)


def _lacks_number(demand: Demand) -> bool:
    return demand.medium != "电子邮件" and demand.copies is None


def _unknown_number(demand: Demand) -> Finding:
    return Finding(
        "T112",
        Severity.CHECK,
        f"通知没有写{demand.medium}要交几{'张' if demand.medium == '光盘' else '个'}，没有做",
        path=demand.medium,
        found=demand.note,
        remedy="请问清收件单位。",
    )


def _once(findings: Sequence[Finding]) -> Findings:
    return tuple(dict.fromkeys(findings))
