"""更正 per copy: what each copy of the ledger holds, how it differs from the newest print, and the ways to put it right. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.corrections.changes import Changes, FieldChange
from generator.corrections.compare import compare
from generator.corrections.passages import passages
from generator.corrections.rules import CorrectionRules, Way
from generator.corrections.sheets import BLANK, Sheet, Step, exchanged, sheets_of, steps_between
from generator.forms.snapshot import RememberedField, RememberedPage, RememberedTable, Snapshot
from generator.notices.definition import FORM
from generator.package.printing.signatures import Signing
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

    `papers` are in the order of a copy, the form among them; `electronic` are the SHA-256 of the files that discs hold, by path.
    """

    name: str
    snapshot: Snapshot
    papers: tuple[PrintedPaper, ...]
    electronic: Mapping[str, str] = field(default_factory=dict)

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

    `papers` are those of its papers that differ, `changes` what differs on the form, None for a disc or where it is not known what
    the copy holds. `signings` are the places of the exchanged sheets that are signed or sealed. `files` are the files that
    changed on a disc. `offers` are the ways open, the one to be preferred first; none where nothing is to be done. `known` is
    False where its version can't be read any more.
    """

    copy: Copy
    papers: tuple[PaperSteps, ...] = ()
    changes: Changes | None = None
    signings: tuple[Signing, ...] = ()
    files: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    known: bool = True

    def offers_way(self, way: Way) -> bool:
        """Whether `way` is open for the copy."""
        return any(offer.way is way for offer in self.offers)

    @property
    def layout_only(self) -> bool:
        """Whether the form prints otherwise although it says the same, and no other paper differs: 版式变化."""
        told = self.changes
        return bool(self.papers and told) and self.form_alone and not (told and any(one.shows for one in told.fields))

    @property
    def form_alone(self) -> bool:
        """Whether no paper but the form differs."""
        return all(each.paper == FORM for each in self.papers)

    @property
    def exchange(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The sheets of the newest print that are put in, by paper: copies that agree in it share one print."""
        return tuple((each.paper, each.new_sheets) for each in self.papers if each.new_sheets)


def plan_corrections(
    ledger: Ledger, printings: Mapping[int, Printing], newest: Printing, rules: CorrectionRules
) -> tuple[CopyCorrection, ...]:
    """Return what becomes of every copy of `ledger`, in its order, for it to say what `newest` says.

    `printings` are the versions by number, those that can still be read. What a copy holds, its exchanged sheets with it, is
    compared with `newest` directly: corrections in between are merged, and what returned to its old value vanishes.
    """
    return tuple(
        _of_paper(copy, printings, newest, rules)
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
    for exchange in copy.exchanges:
        if (exchange.paper or FORM) == paper or (exchange.sheets is None and not exchange.paper):
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
    copy: Copy, printings: Mapping[int, Printing], newest: Printing, rules: CorrectionRules
) -> CopyCorrection:
    whole = Cost(sum(len(sheets_of(paper.pages)) for paper in newest.papers))
    needed = {copy.version, *(exchange.version for exchange in copy.exchanges)}
    if not copy.printed:
        return CopyCorrection(copy, offers=(_offer(Way.PRINT, whole, rules),), known=needed <= set(printings))
    reprint = _offer(Way.REPRINT, whole + _again(copy, _signings(newest)), rules)
    if not needed <= set(printings):
        return CopyCorrection(copy, offers=(reprint,), known=False)
    papers = tuple(_papers(copy, printings, newest))
    if not papers:
        return CopyCorrection(copy)
    changes = compare(held_snapshot(copy, printings), newest.snapshot)
    put_in = {each.paper: frozenset(each.new_sheets) for each in papers}
    signings = tuple(one for one in _signings(newest) if one.sheet in put_in.get(one.paper, ()))
    correction = CopyCorrection(copy, papers, changes, signings)
    return replace(correction, offers=tuple(_offers(correction, reprint, rules)))


def _papers(copy: Copy, printings: Mapping[int, Printing], newest: Printing) -> Iterator[PaperSteps]:
    """The papers that differ, in the order of the newest copy; those that are no more come last."""
    names = [paper.name for printing in (newest, printings[copy.version]) for paper in printing.papers]
    for name in dict.fromkeys(names):
        held = held_sheets(copy, name, printings)
        new = sheets_of(newest.paper(name).pages)
        steps = steps_between(held, new)
        if steps:
            yield PaperSteps(name, held, new, steps)


def _signings(printing: Printing) -> tuple[Signing, ...]:
    return tuple(one for paper in printing.papers for one in paper.signings)


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
    exchange = _offer(Way.EXCHANGE, new + _again(copy, correction.signings), rules)
    if copy.binding in rules.never_exchanged:
        yield reprint
    elif copy.binding in rules.exchanged_first or not copy.sealed:
        yield from (exchange, reprint)
    else:
        yield from (reprint, exchange)
    shown = _shown(correction)
    if shown and len(correction.papers) == 1 and _may_be_struck(correction, shown, rules):
        yield _offer(Way.STRIKE, Cost(seals=len(shown)), rules)
    others = Cost(sum(len(each.new_sheets) for each in correction.papers if each.paper != FORM))
    if (shown or others.sheets) and (correction.form_alone or copy.binding not in rules.never_exchanged):
        yield _offer(Way.NOTICE, others + Cost(seals=1), rules)


def _offer(way: Way, cost: Cost, rules: CorrectionRules) -> Offer:
    return Offer(way, cost, way in rules.consent)


def _shown(correction: CopyCorrection) -> tuple[FieldChange, ...]:
    return tuple(one for one in correction.changes.fields if one.shows) if correction.changes else ()


def _may_be_struck(correction: CopyCorrection, shown: Sequence[FieldChange], rules: CorrectionRules) -> bool:
    """Whether the changes are few and short, and every sheet that differs does so by them alone."""
    (form,) = correction.papers
    if form.paper != FORM or len(form.held) != len(form.newest) or len(shown) > rules.strike.places:
        return False
    return all(_short(change, rules.strike.characters) for change in shown)


def _short(change: FieldChange, most: int) -> bool:
    if max(len(change.old), len(change.new)) <= most:
        return True
    return bool(change.old and change.new) and all(
        max(len(one.old), len(one.new)) <= most for one in passages(change.old, change.new)
    )


# ── what a copy says ──


def held_snapshot(copy: Copy, printings: Mapping[int, Printing]) -> Snapshot:
    """Return what the form of `copy` says as it lies there: of each sheet, the fields of the version that it was printed of.

    What stands on no known page is that of the version that the copy was printed of.
    """
    stack = held_sheets(copy, FORM, printings)
    base = printings[copy.version].snapshot
    for number in sorted(printings, reverse=True):
        whole = printings[number]
        if [one.prints for one in stack] == [one.prints for one in sheets_of(whole.paper(FORM).pages)]:
            return whole.snapshot
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
