"""Whether a scan was made of the page that it is to stand for: the register says what was printed, the fingerprint whether it still is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass
from generator.package.sealing.placing import Place
from generator.package.sealing.register import Register, Registered
from generator.package.sealing.scans import ScanPage
from generator.package.sealing.sheets import Sheet, StandingDraft

_SHOWN = 3
_LONGEST = 24


@dataclass(frozen=True)
class Belonging:
    """What is to be registered, and which scans don't belong where they were placed."""

    added: tuple[Registered, ...]
    findings: Findings


def examine_belonging(
    placed: Mapping[Place, ScanPage],
    draft: StandingDraft,
    register: Register,
    others: Sequence[StandingDraft],
    printed: StandingDraft | None,
) -> Belonging:
    """Hold every scan in `placed` (by page of `draft`) against the page as it was printed.

    A scan that is registered belongs to the fingerprint that it was registered with, whatever is said now. One that is not was made
    of the 稿 `printed`; where that is not said (None) it must not matter: the page must be the same in all `others`, the further 稿
    that stand.
    """
    added: list[Registered] = []
    found: list[Finding] = []
    unclear: list[tuple[Place, StandingDraft]] = []
    by_name = {other.name: other for other in (*others, draft)}
    for page, scan in sorted(placed.items(), key=lambda item: item[0]):
        known = register.get((scan.sha256, scan.number))
        if known is None:
            known = _registered(scan, page, draft, printed or draft)
            added.append(known)
            if printed is None:
                unclear += [(page, other) for other in others if _print_of(page, draft, other) != known.fingerprint]
        now = _sheet(page, draft).fingerprint
        if known.fingerprint == now:
            continue
        if printed is not None and _print_of(page, draft, printed) == now:
            found.append(_registered_otherwise(scan, page, draft, known, printed))
        else:
            found.append(_changed(scan, page, draft, known, by_name.get(known.draft)))
    if unclear:
        found.append(_unclear(unclear, draft))
    return Belonging(tuple(added), tuple(found))


def _counterpart(page: Place, draft: StandingDraft, other: StandingDraft) -> Sheet | None:
    """Return the sheet of `other` that `page` of `draft` would be, None where there is none.

    It is the same sheet of the same part of the form, in another paper the same of those to be signed, and else the same page.
    """
    path, number = page
    paper = draft.paper(path)
    counterpart = other.called(paper.name)
    if counterpart is None:
        return None
    part = paper.sheets[number].part
    own, others = paper.wanted, counterpart.wanted
    if part:
        own, others = paper.pages_of(part), counterpart.pages_of(part)
    elif number not in own:
        own, others = (tuple(range(len(one.sheets))) for one in (paper, counterpart))
    index = own.index(number)
    return counterpart.sheets[others[index]] if index < len(others) else None


def _sheet(page: Place, draft: StandingDraft) -> Sheet:
    return draft.paper(page[0]).sheets[page[1]]


def name_of(page: Place, draft: StandingDraft) -> str:
    """Return what a clerk calls `page` of `draft`."""
    return draft.paper(page[0]).name_of(page[1])


def _print_of(page: Place, draft: StandingDraft, other: StandingDraft) -> str:
    sheet = _counterpart(page, draft, other)
    return sheet.fingerprint if sheet else ""


def _registered(scan: ScanPage, page: Place, draft: StandingDraft, printed: StandingDraft) -> Registered:
    facts = printed.manifest.facts
    return Registered(
        file=scan.file,
        sha256=scan.sha256,
        number=scan.number,
        cluster=facts.cluster,
        form=facts.form,
        draft=printed.name,
        sheet=name_of(page, draft),
        fingerprint=_print_of(page, draft, printed),
    )


def _changed(
    scan: ScanPage, page: Place, draft: StandingDraft, known: Registered, printed: StandingDraft | None
) -> Finding:
    """S111: the page has changed since the scan's sheet was printed."""
    sheet = _sheet(page, draft)
    before = _counterpart(page, draft, printed) if printed is not None else None
    if before is not None and before.fingerprint != known.fingerprint:
        before = None  # another 稿 by the same name: builds began again
    return Finding(
        code="S111",
        severity=Severity.MUST,
        message="打印以后这一页改过，扫描件不能用在这一稿",
        path=name_of(page, draft),
        position=Position(scan.file),
        found=f"扫描件是照{_print_in_words(known, draft)}打印、签章的"
        + (_difference(before, sheet) if before and page[0] == draft.form.path else ""),
        expected=f"照{draft.name}打印的这一页",
        remedy="请打印这一稿的这一页，重新签字、盖章、扫描，替下旧的扫描件；或者换用改动以前的稿。",
    )


def _print_in_words(known: Registered, draft: StandingDraft) -> str:
    """Return which print a scan was made of, with cluster and form where those are others than the 稿's."""
    facts = draft.manifest.facts
    other = (
        ""
        if (known.cluster, known.form) == (facts.cluster, facts.form)
        else f"另一份申报（{known.cluster}，{known.form}）"
    )
    return f"{other}{known.draft}的“{known.sheet}”"


def _difference(before: Sheet, now: Sheet) -> str:
    """Return in words what differs between two prints of a page."""
    old, new = dict(before.fields), dict(now.fields)
    changed = [path for path in dict.fromkeys((*old, *new)) if old.get(path) != new.get(path)]
    if not changed:
        return "；填写的内容没有变，变的是页码或版式"
    told = [f"{path} 由“{_short(old.get(path, ''))}”改为“{_short(new.get(path, ''))}”" for path in changed[:_SHOWN]]
    more = f"，等 {len(changed)} 处" if len(changed) > _SHOWN else ""
    return f"；改动：{'、'.join(told)}{more}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _unclear(unclear: Sequence[tuple[Place, StandingDraft]], draft: StandingDraft) -> Finding:
    """S112: the scans are not registered, and it matters which 稿 was printed."""
    pages = list(dict.fromkeys(name_of(page, draft) for page, _ in unclear))
    names = list(dict.fromkeys(other.name for _, other in unclear))
    return Finding(
        code="S112",
        severity=Severity.MUST,
        message=f"不知道扫描件是照哪一稿打印的：这几页在{draft.name}和{'、'.join(names)}里不一样",
        path="、".join(pages[:_SHOWN]) + (f" 等 {len(pages)} 页" if len(pages) > _SHOWN else ""),
        remedy=f"请写明打印的是哪一稿，如 --printed {names[-1]}；就是照{draft.name}打印的，写 --printed {draft.name}。",
    )


def _registered_otherwise(
    scan: ScanPage, page: Place, draft: StandingDraft, known: Registered, printed: StandingDraft
) -> Finding:
    """S113: the register knows the scan as that of an older print than the command line says."""
    return Finding(
        code="S113",
        severity=Severity.MUST,
        message=f"登记的是照{known.draft}打印的，打印以后这一页改过；--printed 说的是{printed.name}",
        path=name_of(page, draft),
        position=Position(scan.file),
        found=f"登记：{known.draft}的“{known.sheet}”",
        remedy=f"登记没有错的，请打印{printed.name}的这一页，重新签字、盖章、扫描，替下旧的扫描件；"
        "登记错了的，请在扫描件文件夹的 登记.json 里删去这一条，再运行一次。",
    )
