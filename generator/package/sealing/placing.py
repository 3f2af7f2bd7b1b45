"""Which scan is of which page: by the names of the files, or by their number where no name tells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence

from pypdf import PdfReader

from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass
from generator.package.printing.signatures import COVER
from generator.package.sealing.rules import SealingRules
from generator.package.sealing.scans import Scan, ScanPage, is_upright
from generator.package.sealing.sheets import StandingDraft

_NUMERAL_MARK = "、"


@dataclass(frozen=True)
class Placed:
    """Scans in their places: the scan of each page (from 0)."""

    pages: Mapping[int, ScanPage]
    findings: Findings


def place(scans: Sequence[Scan], draft: StandingDraft, signed: Sequence[str], rules: SealingRules) -> Placed:
    """Return which page of the form of `draft` each page of `scans` is of; `signed` are the parts that owe a scan.

    A name may tell cover, whole volume, printed page number or the numeral of a part. Where no name tells, as many pages as the
    whole volume has are the volume, and as many as the signed parts have are those, in order. Findings: what can't be placed, is
    placed twice, is missing, lies on its side.
    """
    named = {scan.file: _pages_by_name(scan, draft, rules) for scan in scans}
    unnamed = [scan for scan in scans if named[scan.file] is None]
    found: list[Finding] = []
    pairs: list[tuple[int, ScanPage]] = []
    if scans and len(unnamed) == len(scans):
        told, by_count = _by_count(scans, draft, signed)
        found += told
        pairs += by_count
    else:
        found += [_nameless(scan, draft) for scan in unnamed]
    for scan in scans:
        pages = named[scan.file]
        if pages is None:
            continue
        if len(pages) != len(scan.pages):
            found.append(_wrong_count(scan.file, len(scan.pages), len(pages)))
            continue
        pairs += zip(pages, scan.pages, strict=True)
    placed: dict[int, ScanPage] = {}
    for page, scan_page in pairs:
        if page in placed:
            found.append(_twice(scan_page, placed[page], draft.name_of(page)))
        placed.setdefault(page, scan_page)
    found += _missing(placed, draft, signed, hopeless=bool(found))
    found += _lying(placed, draft)
    return Placed(placed, tuple(found))


def _pages_by_name(scan: Scan, draft: StandingDraft, rules: SealingRules) -> Sequence[int] | None:
    """Return the pages that the file's name tells of, None where it tells of none."""
    stem = scan.file.rpartition(".")[0]
    if any(word in stem for word in rules.whole):
        return range(len(draft.sheets))
    printed = re.search(rules.page, stem)
    if printed:
        labels = [sheet.label for sheet in draft.sheets]
        if printed[1] not in labels:
            return ()
        first = labels.index(printed[1])
        return range(first, min(first + len(scan.pages), len(labels)))
    if any(word in stem for word in rules.cover):
        return draft.pages_of(COVER)
    for part in draft.parts:
        if part in stem or _begins_with_numeral(stem, part):
            return draft.pages_of(part)
    return None


def _begins_with_numeral(stem: str, part: str) -> bool:
    """Whether `stem` is called after the numeral of `part`: 九, 九_签章, 第九部分."""
    numeral, mark, _ = part.partition(_NUMERAL_MARK)
    if not mark:
        return False
    return re.match(rf"(第{numeral}部分|{numeral}(?![\u4e00-\u9fff]))", stem) is not None


def _by_count(
    scans: Sequence[Scan], draft: StandingDraft, signed: Sequence[str]
) -> tuple[Findings, list[tuple[int, ScanPage]]]:
    pages = [page for scan in scans for page in scan.pages]
    owed = [page for part in signed for page in draft.pages_of(part)]
    for wanted in (range(len(draft.sheets)), owed):
        if len(pages) == len(wanted):
            return (), list(zip(wanted, pages, strict=True))
    return (_uncountable(len(pages), len(owed), len(draft.sheets)),), []


def _missing(
    placed: Mapping[int, ScanPage], draft: StandingDraft, signed: Sequence[str], *, hopeless: bool
) -> Iterator[Finding]:
    """Yield what is owed and not there; nothing where scans could not be placed, which is told already (`hopeless`)."""
    if hopeless:
        return
    for part in signed:
        for page in draft.pages_of(part):
            if page not in placed:
                yield _not_there(draft.name_of(page))


def _lying(placed: Mapping[int, ScanPage], draft: StandingDraft) -> Iterator[Finding]:
    form = PdfReader(io.BytesIO(draft.pdf.content))
    for page, scan in sorted(placed.items()):
        if is_upright(scan.page) != is_upright(form.pages[page]):
            yield _turned(scan, draft.name_of(page), upright=is_upright(form.pages[page]))


def _nameless(scan: Scan, draft: StandingDraft) -> Finding:
    """S103: a name does not tell which page the scan is of, while others do."""
    return Finding(
        code="S103",
        severity=Severity.MUST,
        message="从文件名看不出是哪一页的扫描件",
        position=Position(scan.file),
        remedy=f"请把文件名改成“封面”“全册”“第12页”（页脚印的页码）或部分的序号，如“{draft.parts[-1].partition(_NUMERAL_MARK)[0]}”。",
    )


def _twice(scan: ScanPage, first: ScanPage, name: str) -> Finding:
    """S104: two scans are of one page."""
    return Finding(
        code="S104",
        severity=Severity.MUST,
        message=f"这一页有两份扫描件：{first.name}、{scan.name}",
        path=name,
        position=Position(scan.file),
        remedy="请只留一份，把另一份移出扫描件文件夹。",
    )


def _not_there(name: str) -> Finding:
    """S105: a page that is signed has no scan."""
    return Finding(
        code="S105",
        severity=Severity.MUST,
        message="缺少这一页的扫描件",
        path=name,
        remedy="这一页要签字、盖章。请把签章后的这一页扫描，放进扫描件文件夹。",
    )


def _wrong_count(file: str, have: int, expected: int) -> Finding:
    """S106: a file has more or fewer pages than what its name tells of."""
    return Finding(
        code="S106",
        severity=Severity.MUST,
        message="扫描件的页数不对",
        position=Position(file),
        found=f"{have} 页",
        expected=f"{expected} 页" if expected else "申报表上没有这个页码",
        remedy="请看有没有漏扫、多扫（空白的背面不用扫），文件名对不对。",
    )


def _uncountable(have: int, owed: int, whole: int) -> Finding:
    """S106: no name tells anything, and the number of pages does not either."""
    return Finding(
        code="S106",
        severity=Severity.MUST,
        message="扫描件的页数不对，文件名也看不出是哪一页",
        found=f"{have} 页",
        expected=f"要签章的 {owed} 页，或全册 {whole} 页",
        remedy="请看有没有漏扫、多扫（空白的背面不用扫）；或把文件名改成“封面”“九”“第12页”。",
    )


def _turned(scan: ScanPage, name: str, *, upright: bool) -> Finding:
    """S108: a scan lies on its side."""
    shapes = ("横的", "竖的")
    return Finding(
        code="S108",
        severity=Severity.MUST,
        message="扫描件的方向不对",
        path=name,
        position=Position(scan.file),
        found=f"{scan.name} 是{shapes[not upright]}",
        expected=shapes[upright],
        remedy="请转正后另存，或重新扫描。",
    )
