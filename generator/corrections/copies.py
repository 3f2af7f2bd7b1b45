"""更正 per copy: what each copy of the ledger holds, how it differs from the newest print, and the ways to put it right. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.corrections.changes import Changes, FieldChange
from generator.corrections.compare import compare
from generator.corrections.enclosures import Enclosure, EnclosureChange, enclosure_changes
from generator.corrections.passages import passages
from generator.corrections.rules import CorrectionRules, Way
from generator.corrections.seams import Seam, seams_broken, seams_in
from generator.corrections.sheets import BLANK, Sheet, Step, exchanged, sheets_of, steps_between
from generator.forms.signings import Signing
from generator.forms.snapshot import RememberedField, RememberedPage, RememberedTable, Snapshot
from generator.notices.definition import FORM
from generator.package.versions.ledger import Copy, Kind, Ledger


@dataclass(frozen=True)
class PrintedPaper:
    """A paper as it was printed: what it is called (申报表), its pages, and the places on them that are signed or sealed."""

    name: str
    pages: tuple[RememberedPage, ...]
    signings: tuple[Signing, ...] = ()


@dataclass(frozen=True)
class Printing:
    """A version or 稿 that copies are printed of.

    `papers` are in the order of a copy, the `main` one among them: the paper whose pages the snapshot tells of. `electronic` are
    the SHA-256 of the files that discs hold, by path, `enclosed` the papers of others that go with the main paper. `seam` says
    that the notice wants a 骑缝章 on every copy.
    """

    name: str
    snapshot: Snapshot
    papers: tuple[PrintedPaper, ...]
    electronic: Mapping[str, str] = field(default_factory=dict)
    seam: bool = False
    main: str = FORM
    enclosed: tuple[Enclosure, ...] = ()

    def paper(self, name: str) -> PrintedPaper:
        """Return the paper called `name`, one without pages where there is none."""
        return next((paper for paper in self.papers if paper.name == name), PrintedPaper(name, ()))


@dataclass(frozen=True)
class Cost:
    """What a way takes: sheets to print, signatures and seals to be set again, discs to burn."""

    sheets: int = 0
    signatures: int = 0
    seals: int = 0
    discs: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.sheets + other.sheets,
            self.signatures + other.signatures,
            self.seals + other.seals,
            self.discs + other.discs,
        )


@dataclass(frozen=True)
class Offer:
    """A way that is open for a copy, what it costs, and whether the office that takes the papers in must agree."""

    way: Way
    cost: Cost = Cost()
    consent: bool = False


@dataclass(frozen=True)
class PaperSteps:
    """What is to be done to one paper of a copy: its sheets as they lie, those of the newest print, and the steps between."""

    paper: str
    held: tuple[Sheet, ...]
    newest: tuple[Sheet, ...]
    steps: tuple[Step, ...]

    @property
    def new_sheets(self) -> tuple[int, ...]:
        """The sheets of the newest print that are put in, counted from 1."""
        return tuple(step.new for step in self.steps if step.new is not None)

    @property
    def new_pages(self) -> tuple[str, ...]:
        """The numbers printed on these sheets."""
        return tuple(label for number in self.new_sheets for label in self.newest[number - 1].labels)


@dataclass(frozen=True)
class CopyCorrection:
    """What becomes of one copy or disc.

    `papers` are those of its papers that differ, `changes` what differs on the `main` one, None for a disc or where it is not known
    what the copy holds. `signings` are the places of the exchanged sheets that are signed or sealed. `enclosed` are the papers of
    others that become other ones. `files` are the files that changed on a disc. `offers` are the ways open, the one to be
    preferred first; none where nothing is to be done. `known` is False where its version can't be read any more. `seams` are the
    impressions of its 骑缝章 that exchanging sheets breaks.
    """

    copy: Copy
    papers: tuple[PaperSteps, ...] = ()
    changes: Changes | None = None
    signings: tuple[Signing, ...] = ()
    files: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    known: bool = True
    seams: tuple[Seam, ...] = ()
    main: str = FORM
    enclosed: tuple[EnclosureChange, ...] = ()

    def offers_way(self, way: Way) -> bool:
        """Whether `way` is open for the copy."""
        return any(offer.way is way for offer in self.offers)

    @property
    def layout_only(self) -> bool:
        """Whether papers print otherwise although they say the same: 版式变化.

        What papers besides the main one say is known by the data that they are made of.
        """
        told = self.changes
        if told is None or not self.papers or self.enclosed or any(one.shows for one in told.fields):
            return False
        return self.main_alone or not (told.files or told.evidence or not told.evidence_known)

    @property
    def main_alone(self) -> bool:
        """Whether no paper but the main one differs."""
        return all(each.paper == self.main for each in self.papers)

    @property
    def exchange(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The sheets of the newest print that are put in, by paper: copies that agree in it share one print."""
        return tuple((each.paper, each.new_sheets) for each in self.papers if each.new_sheets)


Comparing = Callable[[Snapshot, Snapshot], Changes]
"""How what a copy says is held against what it is to say."""


def plan_corrections(
    ledger: Ledger,
    printings: Mapping[int, Printing],
    newest: Printing,
    rules: CorrectionRules,
    compared: Comparing = compare,
) -> tuple[CopyCorrection, ...]:
    """Return what becomes of every copy of `ledger`, in its order, for it to say what `newest` says.

    `printings` are the versions by number, those that can still be read. What a copy holds, its exchanged sheets with it, is
    `compared` with `newest` directly: corrections in between are merged, and what returned to its old value vanishes.
    """
    return tuple(
        _of_paper(copy, printings, newest, rules, compared)
        if copy.kind is Kind.PAPER
        else _of_medium(copy, printings, newest, rules)
        for copy in ledger.copies
    )


def total_cost(corrections: Sequence[CopyCorrection]) -> Cost:
    """Return what the preferred ways of all `corrections` take together."""
    return sum((one.offers[0].cost for one in corrections if one.offers), Cost())


def with_notice(correction: CopyCorrection, sheets: int) -> CopyCorrection:
    """Return `correction` with the sheets of its 更正说明 counted, now that it is printed."""
    offers = (
        replace(offer, cost=replace(offer.cost, sheets=offer.cost.sheets + sheets))
        if offer.way is Way.NOTICE
        else offer
        for offer in correction.offers
    )
    return replace(correction, offers=tuple(offers))


def held_sheets(copy: Copy, paper: str, printings: Mapping[int, Printing]) -> tuple[Sheet, ...]:
    """Return the sheets of `paper` that lie in `copy`. Raises KeyError for a version that `printings` lack."""
    stack = sheets_of(printings[copy.version].paper(paper).pages, copy.version)
    main = printings[copy.version].main
    for exchange in copy.exchanges:
        if (exchange.paper or main) == paper or (exchange.sheets is None and not exchange.paper):
            later = sheets_of(printings[exchange.version].paper(paper).pages, exchange.version)
            stack = exchanged(stack, later, exchange.sheets)
    return stack


# ── one copy ──


def _of_medium(
    copy: Copy, printings: Mapping[int, Printing], newest: Printing, rules: CorrectionRules
) -> CopyCorrection:
    burn = (_offer(Way.BURN, Cost(discs=1), rules),)
    before = printings.get(copy.version)
    if before is None:
        return CopyCorrection(copy, offers=burn, known=False)
    old, new = before.electronic, newest.electronic
    files = tuple(path for path in dict.fromkeys((*new, *old)) if old.get(path) != new.get(path))
    return CopyCorrection(copy, files=files, offers=burn if files or not copy.printed else ())


def _of_paper(
    copy: Copy, printings: Mapping[int, Printing], newest: Printing, rules: CorrectionRules, compared: Comparing
) -> CopyCorrection:
    main = newest.main
    whole = Cost(sum(len(sheets_of(paper.pages)) for paper in newest.papers if copy.holds(paper.name)))
    needed = {copy.version, *(exchange.version for exchange in copy.exchanges)}
    if not copy.printed:
        return CopyCorrection(
            copy, offers=(_offer(Way.PRINT, whole, rules),), known=needed <= set(printings), main=main
        )
    seam = copy.bears_seam(asked=newest.seam)
    across = Cost(seals=seams_in(whole.sheets, rules.seam.sheets) if seam else 0)
    places = _signings(newest, copy)
    reprint = _offer(Way.REPRINT, whole + _again(copy, places) + across, rules)
    if not needed <= set(printings):
        return CopyCorrection(copy, offers=(reprint,), known=False, main=main)
    papers = tuple(_papers(copy, printings, newest))
    others = enclosure_changes(_enclosed(copy, printings), newest.enclosed) if copy.holds(main) else ()
    if not papers:
        ways = (_offer(Way.ENCLOSE, Cost(), rules),) if others else ()
        return CopyCorrection(copy, offers=ways, main=main, enclosed=others)
    changes = compared(held_snapshot(copy, printings), newest.snapshot)
    put_in = {each.paper: frozenset(each.new_sheets) for each in papers}
    signings = tuple(one for one in places if one.sheet in put_in.get(one.paper, ()))
    seams = _seams(copy, papers, newest, rules) if seam and copy.binding not in rules.never_exchanged else ()
    correction = CopyCorrection(
        copy, papers, _held_by(copy, changes), signings, main=main, enclosed=others, seams=seams
    )
    return replace(correction, offers=tuple(_offers(correction, reprint, rules)))


def _held_by(copy: Copy, changes: Changes) -> Changes:
    """Return `changes` without what other copies say: where a copy holds some papers only, a place begins with its paper."""
    if not copy.papers:
        return changes
    fields = tuple(one for one in changes.fields if one.path[0] in copy.papers)
    files = tuple(one for one in changes.files if one.name in copy.papers)
    return replace(changes, fields=fields, files=files)


def _enclosed(copy: Copy, printings: Mapping[int, Printing]) -> tuple[Enclosure, ...]:
    """The papers of others that lie in `copy`: those of the version that it was last made the same as."""
    made_same = [one.version for one in copy.exchanges if one.sheets is None and not one.paper]
    return printings[[copy.version, *made_same][-1]].enclosed


def _papers(copy: Copy, printings: Mapping[int, Printing], newest: Printing) -> Iterator[PaperSteps]:
    """The papers that differ, in the order of the newest copy; those that are no more come last."""
    for name in _names(copy, newest, printings[copy.version]):
        held = held_sheets(copy, name, printings)
        new = sheets_of(newest.paper(name).pages)
        steps = steps_between(held, new)
        if steps:
            yield PaperSteps(name, held, new, steps)


def _seams(copy: Copy, papers: Sequence[PaperSteps], newest: Printing, rules: CorrectionRules) -> tuple[Seam, ...]:
    steps = {each.paper: each.steps for each in papers}
    held = (one for one in newest.papers if copy.holds(one.name))
    stack = [(one.name, len(sheets_of(one.pages)), steps.pop(one.name, ())) for one in held]
    return seams_broken([*stack, *((name, 0, gone) for name, gone in steps.items())], rules.seam.sheets)


def _names(copy: Copy, *printings: Printing) -> Iterator[str]:
    names = dict.fromkeys(paper.name for printing in printings for paper in printing.papers)
    return (name for name in names if copy.holds(name))


def _signings(printing: Printing, copy: Copy) -> tuple[Signing, ...]:
    return tuple(one for paper in printing.papers if copy.holds(paper.name) for one in paper.signings)


def _again(copy: Copy, signings: Sequence[Signing]) -> Cost:
    """What the applicant signs and seals again; what a copy does not bear yet costs nothing more."""
    own = [one for one in signings if one.own]
    return Cost(
        signatures=sum(len(one.signs) for one in own) if copy.signed else 0,
        seals=sum(len(one.seals) for one in own) if copy.sealed else 0,
    )


# ── the ways ──


def _offers(correction: CopyCorrection, reprint: Offer, rules: CorrectionRules) -> Iterator[Offer]:
    copy = correction.copy
    if correction.layout_only:
        yield _offer(Way.KEEP, Cost(), rules)
    new = Cost(sum(len(each.new_sheets) for each in correction.papers))
    across = Cost(seals=len(correction.seams))
    exchange = _offer(Way.EXCHANGE, new + _again(copy, correction.signings) + across, rules, seam=bool(across.seals))
    if copy.binding in rules.never_exchanged:
        yield reprint
    elif (copy.binding in rules.exchanged_first or not copy.sealed) and not exchange.consent:
        yield from (exchange, reprint)
    else:
        yield from (reprint, exchange)
    shown = _shown(correction)
    if shown and len(correction.papers) == 1 and _may_be_struck(correction, shown, rules):
        yield _offer(Way.STRIKE, Cost(seals=len(shown)), rules)
    others = _others(correction)
    if shown or others.sheets:
        yield _offer(Way.NOTICE, others + Cost(seals=1), rules, seam=bool(correction.seams))


def _others(correction: CopyCorrection) -> Cost:
    """What exchanging the sheets of all papers but the main one takes."""
    sheets = sum(len(each.new_sheets) for each in correction.papers if each.paper != correction.main)
    signings = [one for one in correction.signings if one.paper != correction.main]
    seams = sum(any(paper != correction.main for paper, _ in seam) for seam in correction.seams)
    return Cost(sheets, seals=seams) + _again(correction.copy, signings)


def _offer(way: Way, cost: Cost, rules: CorrectionRules, *, seam: bool = False) -> Offer:
    return Offer(way, cost, way in rules.consent or (seam and way in rules.seam.consent))


def _shown(correction: CopyCorrection) -> tuple[FieldChange, ...]:
    return tuple(one for one in correction.changes.fields if one.shows) if correction.changes else ()


def _may_be_struck(correction: CopyCorrection, shown: Sequence[FieldChange], rules: CorrectionRules) -> bool:
    """Whether the changes are few and short, and every sheet that differs does so by them alone."""
    (form,) = correction.papers
    if form.paper != correction.main or len(form.held) != len(form.newest) or len(shown) > rules.strike.places:
        return False
    return all(_short(change, rules.strike.characters) and not change.whole for change in shown)


def _short(change: FieldChange, most: int) -> bool:
    if max(len(change.old), len(change.new)) <= most:
        return True
    return bool(change.old and change.new) and all(
        max(len(one.old), len(one.new)) <= most for one in passages(change.old, change.new)
    )


# ── what a copy says ──


def held_snapshot(copy: Copy, printings: Mapping[int, Printing]) -> Snapshot:
    """Return what the main paper of `copy` says as it lies there: of each sheet, the fields of the version that it was printed of.

    What stands on no known page is that of the version that the copy was printed of.
    """
    printed = printings[copy.version]
    for number in (copy.version, *sorted(printings, reverse=True)):
        if _is_printed_as(copy, printings, printings[number]):
            return printings[number].snapshot
    base, stack = printed.snapshot, held_sheets(copy, printed.main, printings)
    fields: dict[str, RememberedField] = {one.key: one for one in base.fields if one.page is None}
    tables: dict[str, RememberedTable] = {
        table.name: replace(table, rows=tuple(row for row in table.rows if row.page is None)) for table in base.tables
    }
    for at, sheet in enumerate(stack):
        then = printings[sheet.version].snapshot
        moved = {2 * sheet.number - 1: 2 * at + 1, 2 * sheet.number: 2 * at + 2}
        for one in then.fields:
            if one.page in moved:
                fields.setdefault(one.key, replace(one, page=moved[one.page], breaks=()))
        for table in then.tables:
            rows = tuple(replace(row, page=moved[row.page]) for row in table.rows if row.page in moved)
            known = tables.get(table.name, replace(table, rows=()))
            tables[table.name] = replace(known, rows=(*known.rows, *rows))
    pages = [page for sheet in stack for page in (sheet.front, sheet.back)]
    while pages and pages[-1] == BLANK:
        pages.pop()
    return replace(base, fields=tuple(fields.values()), tables=tuple(tables.values()), pages=tuple(pages))


def _is_printed_as(copy: Copy, printings: Mapping[int, Printing], whole: Printing) -> bool:
    """Whether every sheet of every paper that `copy` holds is as in `whole`."""
    return all(
        [one.prints for one in held_sheets(copy, name, printings)]
        == [one.prints for one in sheets_of(whole.paper(name).pages)]
        for name in _names(copy, whole, printings[copy.version])
    )
