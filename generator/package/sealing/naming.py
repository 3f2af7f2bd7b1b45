"""What the name of a scan tells: which paper, which of its parts or pages, or the whole of it. Names are as clerks give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.frozen import dataclass
from generator.package.printing.signatures import COVER
from generator.package.sealing.rules import SealingRules
from generator.package.sealing.scans import Scan
from generator.package.sealing.sheets import StandingDraft, StandingPaper

NUMERAL_MARK = "、"
_HANZI = re.compile(r"[\u4e00-\u9fff]+")
_LEAST = 4  # hanzi of a part's title that tell it
_BETWEEN = "和与及_+-—、，. "


@dataclass(frozen=True)
class Told:
    """What a name tells: the paper, the pages of it (from 0) that scans of this name may be of, and how that is called.

    `choices` are lists of pages, the likeliest first; one of them has as many pages as there are scans. There are none where the
    paper has no such page. `volume` says that all papers bound behind the form may be meant.
    """

    paper: StandingPaper
    words: str
    choices: tuple[tuple[int, ...], ...]
    volume: bool = False


def told_by_name(scan: Scan, draft: StandingDraft, rules: SealingRules) -> Told | None:
    """Return what the name of `scan`, its folder's with it, tells; None where it tells nothing."""
    stem = scan.file.rpartition(".")[0]
    own = _paper_named(stem, draft)
    paper = own or draft.form
    rest = stem.replace(paper.name, "") if own else stem
    if _holds(rest, rules.whole):
        return Told(paper, f"{paper.name}全册", (whole(paper),), volume=not own)
    printed = re.search(rules.page, rest)
    if printed:
        return Told(paper, f"{paper.name}第{printed[1]}页", _from_label(paper, printed[1], len(scan.pages)))
    if paper is draft.form:
        parts = [*_parts_named(rest, paper, rules)]
        if parts:
            pages = tuple(page for part in parts for page in paper.pages_of(part))
            signed = tuple(page for page in pages if page in paper.wanted)
            return Told(paper, "、".join(parts), (pages, signed) if signed and signed != pages else (pages,))
        if _holds(rest, rules.signed):
            return Told(paper, f"{paper.name}要签章的各页", (paper.wanted,))
    if own:
        return Told(paper, paper.name, (whole(paper), paper.wanted))
    return None


def whole(paper: StandingPaper) -> tuple[int, ...]:
    """Return all pages of `paper`, blank ones too: a scan that lacks some can't be told from one that lacks others."""
    return tuple(range(len(paper.sheets)))


def both_sides(paper: StandingPaper, pages: Sequence[int]) -> tuple[int | None, ...]:
    """Return the pages of both sides of the sheets that `pages` stand on, None for a side with nothing printed on it."""
    sheets = [sheet for sheet, _ in groupby(page // 2 for page in pages)]
    sides = [side for sheet in sheets for side in (2 * sheet, 2 * sheet + 1)]
    return tuple(side if side < len(paper.sheets) and not paper.sheets[side].blank else None for side in sides)


def _paper_named(stem: str, draft: StandingDraft) -> StandingPaper | None:
    """Return the paper whose name is in `stem`, the one with the longest name."""
    named = sorted((paper for paper in draft.papers if paper.name in stem), key=lambda paper: -len(paper.name))
    return named[0] if named else None


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _from_label(paper: StandingPaper, label: str, count: int) -> tuple[tuple[int, ...], ...]:
    labels = [sheet.label for sheet in paper.sheets]
    if label not in labels:
        return ()
    first = labels.index(label)
    return (tuple(range(first, min(first + count, len(labels)))),)


def _parts_named(stem: str, form: StandingPaper, rules: SealingRules) -> Iterator[str]:
    """Yield the parts of the form that `stem` tells of, the cover among them, in the order of the form."""
    if _holds(stem, rules.cover):
        yield COVER
        for word in rules.cover:
            stem = stem.replace(word, "")
    stem = stem.strip(_BETWEEN)
    for part in form.parts:
        if part != COVER and (part in stem or _begins_with_numeral(stem, part) or _holds_title(stem, part)):
            yield part


def _begins_with_numeral(stem: str, part: str) -> bool:
    """Whether `stem` is called after the numeral of `part`: 九, 九_签章, 第九部分."""
    numeral, mark, _ = part.partition(NUMERAL_MARK)
    if not mark:
        return False
    return re.match(rf"(第{numeral}部分|{numeral}(?![\u4e00-\u9fff]))", stem) is not None


def _holds_title(stem: str, part: str) -> bool:
    """Whether a run of hanzi in `stem` is a piece of the title of `part`: 真实性声明 of 九、真实性声明及推荐意见."""
    return any(len(run) >= _LEAST and run in part for run in _HANZI.findall(stem))
