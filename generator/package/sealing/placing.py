"""Which scan is of which page: by the names of the files, or by their number where no name tells."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from pypdf import PdfReader

from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass
from generator.package.sealing.naming import NUMERAL_MARK, Told, both_sides, told_by_name, whole
from generator.package.sealing.rules import SealingRules
from generator.package.sealing.scans import Scan, ScanPage, is_blank, is_upright, page_path
from generator.package.sealing.sheets import StandingDraft, StandingPaper

Place = tuple[str, int]
"""A page of a 稿: the path of its paper's file, and the page (from 0)."""


@dataclass(frozen=True)
class Placed:
    """Scans in their places: the scan of each page. `passed` are scans of blank pages and backs, which are put nowhere."""

    pages: Mapping[Place, ScanPage]
    passed: tuple[ScanPage, ...]
    findings: Findings

    def of(self, paper: StandingPaper) -> Mapping[int, ScanPage]:
        """Return the scans of pages of `paper`, by page from 0."""
        return {page: scan for (path, page), scan in sorted(self.pages.items(), key=_place) if path == paper.path}


def _place(item: tuple[Place, ScanPage]) -> Place:
    return item[0]


_Fit = tuple[tuple[StandingPaper, int | None], ...]
"""Pages that scans are of, None for a blank back."""


def place(scans: Sequence[Scan], draft: StandingDraft, rules: SealingRules) -> Placed:
    """Return which page of which paper of `draft` each page of `scans` is of.

    A name may tell the paper, and of it the whole, the printed page number, cover or the numeral of a part; files of one name are
    one scan in the order of their numbers. Where no name tells, as many pages as the form has are the form, and as many as are to be
    signed are those, in order. A file of both sides of the sheets will do.
    Findings: what can't be placed, is placed twice, is missing, lies on its side; S105 tells what stays unsigned.
    """
    named = [(scan, told_by_name(scan, draft, rules)) for scan in scans]
    found: list[Finding] = []
    pairs: list[tuple[StandingPaper, int | None, ScanPage]] = []
    if scans and all(told is None for _, told in named):
        pages = [page for scan in scans for page in scan.pages]
        fits = _fitting(len(pages), (*_counted(draft, single=len(scans) == 1), *_volume(draft)))
        if len(fits) == 1:
            pairs += _paired(fits[0], pages)
        else:
            found.append(_uncountable(len(pages), draft, several=bool(fits)))
    else:
        found += [_nameless(scan, draft) for scan, told in named if told is None]
        for told, same in _together(named):
            placed_here, wrong = _by_name(told, same, draft)
            pairs += placed_here
            found += wrong
    placed: dict[Place, ScanPage] = {}
    passed: list[ScanPage] = []
    for paper, page, scan in pairs:
        if page is None:
            passed.append(scan)
        elif (paper.path, page) in placed:
            found.append(_twice(scan, placed[paper.path, page], paper.name_of(page)))
        else:
            placed[paper.path, page] = scan
    found += _passed_over(passed)
    found += _missing(placed, draft, hopeless=any(one.blocks for one in found))
    found += _lying(placed, draft)
    return Placed(placed, tuple(passed), tuple(found))


def _together(named: Sequence[tuple[Scan, Told | None]]) -> Iterator[tuple[Told, list[Scan]]]:
    """Yield what names tell, each once, with the scans that are called so; those that tell a printed page stay by themselves."""
    groups: dict[tuple[str, str], tuple[Told, list[Scan]]] = {}
    for scan, told in named:
        if told is not None:
            groups.setdefault((told.paper.path, told.words), (told, []))[1].append(scan)
    yield from groups.values()


def _by_name(
    told: Told, scans: Sequence[Scan], draft: StandingDraft
) -> tuple[list[tuple[StandingPaper, int | None, ScanPage]], Findings]:
    """Return the pages that the scans of one name are of, or why that can't be told."""
    pages = [page for scan in scans for page in scan.pages]
    choices = [*_choices(told, single=len(scans) == 1), *(_volume(draft) if told.volume else ())]
    fits = _fitting(len(pages), choices)
    if fits:
        return _paired(fits[0], pages), ()
    alone = [_fitting(len(scan.pages), [*_choices(told, single=True)]) for scan in scans]
    if len(scans) > 1 and all(alone):
        first = scans[0].pages[0]
        return [], tuple(_twice(scan.pages[0], first, told.words) for scan in scans[1:])
    return [], (_wrong_count(scans, len(pages), told, choices),)


def _choices(told: Told, *, single: bool) -> Iterator[_Fit]:
    """Yield the pages that scans of one name may be of; both sides of the sheets only where they are in one file."""
    for pages in told.choices:
        yield tuple((told.paper, page) for page in pages)
    for pages in told.choices if single else ():
        yield tuple((told.paper, page) for page in both_sides(told.paper, pages))


def _counted(draft: StandingDraft, *, single: bool) -> Iterator[_Fit]:
    """Yield the pages that scans without a name may be of: the whole form, its signed pages, those of all papers."""
    yield tuple((draft.form, page) for page in whole(draft.form))
    signed = [paper for paper in draft.papers if paper.wanted]
    for papers in ([draft.form], signed):
        yield tuple((paper, page) for paper in papers for page in paper.wanted)
        if single:
            yield tuple((paper, page) for paper in papers for page in both_sides(paper, paper.wanted))


def _volume(draft: StandingDraft) -> Iterator[_Fit]:
    """Yield the pages of all papers bound together, page by page, and with both sides of every sheet."""
    yield tuple((paper, page) for paper in draft.papers for page in whole(paper))
    yield tuple((paper, page) for paper in draft.papers for page in both_sides(paper, whole(paper)))


def _fitting(count: int, choices: Sequence[_Fit]) -> tuple[_Fit, ...]:
    """Return those of `choices` that are `count` pages, each once."""
    return tuple(dict.fromkeys(choice for choice in choices if len(choice) == count > 0))


def _paired(fit: _Fit, pages: Sequence[ScanPage]) -> list[tuple[StandingPaper, int | None, ScanPage]]:
    return [
        (paper, None if page is None or paper.sheets[page].blank else page, scan)
        for (paper, page), scan in zip(fit, pages, strict=True)
    ]


def _missing(placed: Mapping[Place, ScanPage], draft: StandingDraft, *, hopeless: bool) -> Iterator[Finding]:
    """Yield what is to be signed and has no scan, paper by paper; nothing where scans could not be placed, which is told already."""
    if hopeless:
        return
    if not placed:
        yield _nothing(draft)
        return
    for paper in draft.papers:
        left = [page for page in paper.wanted if (paper.path, page) not in placed]
        if left:
            yield _not_there(paper, left)


def _lying(placed: Mapping[Place, ScanPage], draft: StandingDraft) -> Iterator[Finding]:
    for paper in draft.papers:
        scans = {page: scan for (path, page), scan in placed.items() if path == paper.path}
        pages = PdfReader(io.BytesIO(paper.content)).pages if scans else []
        for page, scan in sorted(scans.items()):
            if is_upright(scan.page) != is_upright(pages[page]):
                yield _turned(scan, paper.name_of(page), upright=is_upright(pages[page]))


def _nameless(scan: Scan, draft: StandingDraft) -> Finding:
    """S103: a name does not tell which page the scan is of, while others do."""
    parts = [draft.form.sheets[page].part for page in draft.form.wanted]
    numeral = next((part.partition(NUMERAL_MARK)[0] for part in reversed(parts) if NUMERAL_MARK in part), "九")
    others = "”“".join(paper.name for paper in draft.papers if paper.wanted and paper is not draft.form)
    return Finding(
        code="S103",
        severity=Severity.MUST,
        message="从文件名看不出是哪一页的扫描件",
        position=Position(scan.file),
        remedy=f"请把文件名改成“封面”“全册”“第12页”（页脚印的页码）或部分的序号，如“{numeral}”"
        + (f"；别的材料写材料的名称，如“{others}”。" if others else "。"),
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


def _not_there(paper: StandingPaper, pages: Sequence[int]) -> Finding:
    """S105: pages of a paper that are to be signed have no scan."""
    return Finding(
        code="S105",
        severity=Severity.CHECK,
        message="没有扫描件，这几页没有换，仍然标明“未签章”",
        path=paper.name,
        found="；".join(paper.name_of(page) for page in pages),
        remedy=f"已经签章的，请把这几页扫描，放进扫描件文件夹（如“{paper.name}.pdf”），再运行一次。",
    )


def _nothing(draft: StandingDraft) -> Finding:
    """S117: there is no scan at all."""
    wanted = (paper.name_of(page) for paper in draft.papers for page in paper.wanted)
    return Finding(
        code="S117",
        severity=Severity.MUST,
        message="一份能用的扫描件也没有",
        expected="；".join(wanted),
        remedy="请把签字盖章的各页扫描成 PDF、JPG 或 PNG，放进扫描件文件夹。",
    )


def _passed_over(passed: Sequence[ScanPage]) -> Iterator[Finding]:
    """What is to be said of scans of blank pages, file by file."""
    for file in dict.fromkeys(scan.file for scan in passed):
        for blank in (True, False):
            numbers = [scan.number for scan in passed if scan.file == file and is_blank(scan) is blank]
            if numbers:
                yield _blank(file, numbers) if blank else _not_blank(file, numbers)


def _blank(file: str, numbers: Sequence[int]) -> Finding:
    """S118: scans of blank pages and backs are put nowhere."""
    return Finding(
        code="S118",
        severity=Severity.NOTE,
        message="是空白的，没有放入",
        path=page_path(*numbers),
        position=Position(file),
        remedy="不用做什么。",
    )


def _not_blank(file: str, numbers: Sequence[int]) -> Finding:
    """S119: scans that are to be of blank pages are not blank."""
    return Finding(
        code="S119",
        severity=Severity.MUST,
        message="照次序应当是空白的，可是上面有东西",
        path=page_path(*numbers),
        position=Position(file),
        remedy="请看扫描件各页的次序，有没有漏扫、重扫、正反面颠倒。",
    )


def _wrong_count(scans: Sequence[Scan], have: int, told: Told, choices: Sequence[_Fit]) -> Finding:
    """S106: files of one name have more or fewer pages than what it tells of."""
    lengths = dict.fromkeys(len(choice) for choice in choices if choice)
    return Finding(
        code="S106",
        severity=Severity.MUST,
        message=f"扫描件的页数不对：{'、'.join(scan.file for scan in scans)}" if len(scans) > 1 else "扫描件的页数不对",
        path=told.words,
        position=Position(scans[0].file),
        found=f"{have} 页",
        expected=" 或 ".join(f"{length} 页" for length in lengths) if lengths else f"{told.paper.name}上没有这个页码",
        remedy="请看有没有漏扫、多扫，扫描仪有没有跳过空白页，文件名对不对；正反两面都扫的，要在同一个 PDF 里。",
    )


def _uncountable(have: int, draft: StandingDraft, *, several: bool) -> Finding:
    """S106: no name tells anything, and the number of pages does not either."""
    wanted = [f"{paper.name} {len(paper.wanted)} 页" for paper in draft.papers if paper.wanted]
    return Finding(
        code="S106",
        severity=Severity.MUST,
        message="从文件名看不出是哪一页，照页数有几种可能" if several else "扫描件的页数不对，文件名也看不出是哪一页",
        found=f"{have} 页",
        expected=f"要签章的各页（{'，'.join(wanted)}），或申报表全册 {len(draft.form.sheets)} 页",
        remedy="请看有没有漏扫、多扫；或把文件名改成“封面”“九”“第12页”“全册”和材料的名称。",
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
