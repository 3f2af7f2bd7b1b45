"""The stages of a correction in order: a value is found, changed in the data, its consequences told, and written."""

from __future__ import annotations

import os
import secrets
import stat
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from generator.checks.reading import read_references
from generator.cluster.catalogue import FACTS, read_catalogue
from generator.cluster.entries import append, cut
from generator.cluster.load import data_file, load_cluster
from generator.cluster.model import Cluster
from generator.cluster.shape import ByYear, Shape, cluster_shape
from generator.cluster.shape import Record as Group
from generator.cluster.splicing import Step, by_year, places_of, splice
from generator.comparing import Effect, built_orders, cluster_name, effect_of, picture, readable
from generator.corrections.changes import page_names
from generator.corrections.locating import Candidate, FormPlace, candidates, inferred, matching, merged, missing_year
from generator.corrections.records import RECORDS, Record, with_record
from generator.errors import OutputError, UnreadableError, UsageError, reason_of
from generator.findings import PATH_MARK, Finding, Findings
from generator.forms.arrangement import SlotKind
from generator.forms.asking import names_asked
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.forms.printing import print_indicator
from generator.forms.snapshot import Snapshot
from generator.frozen import dataclass, replace
from generator.indicators import derive
from generator.indicators.behind import Behind, behind
from generator.measure.fonts import FontLibrary
from generator.notices.order import Order, take_order
from generator.package import disk
from generator.package.manifest import sha256
from generator.prepared import Prepared, prepare


@dataclass(frozen=True)
class Desk:
    """A cluster as it stands, before anything is changed: the bytes of its file, and every form that is looked at."""

    cluster: Path
    file: Path
    content: bytes
    library: Library
    fonts: FontLibrary
    forms: tuple[OpenForm, ...]


@dataclass(frozen=True)
class OpenForm:
    """A form of a cluster as it stands: prepared, what it is printed for, and its snapshot."""

    prepared: Prepared
    order: Order
    snapshot: Snapshot

    @property
    def filled(self) -> FilledForm:
        """The filled form."""
        assert self.prepared.filled is not None, "forms that can't be read are not opened"
        return self.prepared.filled

    @property
    def cluster(self) -> Cluster:
        """The loaded cluster."""
        assert self.prepared.cluster is not None, "forms that can't be read are not opened"
        return self.prepared.cluster


@dataclass(frozen=True)
class Proposal:
    """One value to be changed, and what follows.

    `old` is the value as it stands (as derived, where it is `derived`), empty where nothing is given. `behind` tells what a derived
    figure rests on. `renamed` is what packages will call the cluster from now on, empty where that stays. `refused` are the
    blocking findings that the new value would make in its own place, `blocking` those elsewhere.
    """

    candidate: Candidate
    old: str
    new: str
    unit: str
    content: bytes
    renamed: str
    effects: tuple[Effect, ...]
    refused: Findings
    blocking: Findings
    behind: Behind | None = None


def open_desk(
    cluster: Path, library: Library, fonts: FontLibrary, *, output: Path | None = None, form: str = "", notice: str = ""
) -> Desk:
    """Read the cluster for a correction: for `form` or `notice`, else for all built below `output`, or that it has a submission for.

    Raises BlockedError where its file can't be read, UsageError where no form is named and none can be told.
    """
    file = data_file(cluster)
    try:
        content = file.read_bytes()
    except OSError as error:
        missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
        advice = "请检查路径是否写对。" if missing else "请关闭打开着它的程序，检查有没有读取的权限。"
        raise UnreadableError(f"读不到 {file}：{reason_of(error)}", advice) from error
    orders = _orders(cluster, library, output, form, notice)
    if not orders:
        raise UsageError("看不出是哪张申报表。", "请用 --form 写明申报表代号；shenbao forms 列出全部。")
    forms = []
    for order in orders:
        prepared = readable(prepare(cluster, order.form, library, fonts, order.standard, content=content))
        forms.append(OpenForm(prepared, order, picture(prepared, order, library, fonts, content=content)))
    return Desk(cluster, file, content, library, fonts, tuple(forms))


def _orders(cluster: Path, library: Library, output: Path | None, form: str, notice: str) -> Sequence[Order]:
    names = library.file_names()
    if form or notice:
        return [take_order(names, notice=library.notice(notice) if notice else None, form=form)]
    loaded, _ = load_cluster(cluster, read_catalogue(library.field_folders()), forms=library.submission_ids())
    if output is not None:
        built = built_orders(output, cluster_name(cluster, library), library)
        if built:
            return built
    submissions = loaded.submissions if loaded is not None else {}
    return [take_order(names, form=name) for name in library.ids() if name in submissions]


def find(desk: Desk, words: str) -> tuple[Candidate, ...]:
    """Return the values of the data that `words` may mean (see corrections.locating): one, several, or none."""
    at = places_of(desk.content, desk.file.name)
    found: list[Candidate] = []
    for form in desk.forms:
        found += candidates(form.filled, form.cluster, form.prepared.catalogue, _pages(form.snapshot), at)
    chosen = matching(merged(found), words)
    if chosen:
        return chosen
    first = desk.forms[0]
    missing = missing_year(first.prepared.catalogue, first.cluster, words)
    if missing is None:
        unset = [one for form in desk.forms for one in inferred(form.filled, _pages(form.snapshot))]
        return matching(unset, words)[:1]
    if missing.year is not None and missing.year not in _years_used(desk):
        raise UsageError(
            f"{missing.year}年的“{missing.name}”没有写过，所看的申报表也用不到这一年，没有改动任何文件。",
            "请核对年份；确实要写的，请手工写进 cluster.yaml。",
        )
    derived = derive(first.cluster, form=first.order.form).get((missing.name, missing.year or 0))
    return (missing if derived is None else replace(missing, derived=True, printed=print_indicator(derived)),)


def _years_used(desk: Desk) -> frozenset[int]:
    """The years that the forms print, and the two before them, which growth is reckoned from."""
    data = [form.filled.form.years.data for form in desk.forms]
    return frozenset(year for years in data for year in range(min(years) - 2, max(years) + 1))


def _pages(snapshot: Snapshot) -> Mapping[tuple[str, ...], str]:
    """The page of every place of a form, as it is called."""
    names = page_names(snapshot.pages)
    found = {field.path: names[field.page - 1] for field in snapshot.fields if field.page}
    for table in snapshot.tables:
        for row in table.rows:
            for head in table.columns if row.page else ():
                found[table.part, row.direction, row.indicator, head] = names[(row.page or 1) - 1]
    return found


def propose(desk: Desk, candidate: Candidate, value: str) -> Proposal:
    """Return what it means to give `candidate` the value `value`. Nothing is written.

    Raises UsageError where the value can't be put there, or says what stands there already.
    """
    text = value.strip()
    if not text:
        raise UsageError("没有写新的值。", "没有这一项请写 无；要删去一项，写 --remove，不写值。")
    _refuse_elsewhere(candidate)
    content = splice(desk.content, desk.file.name, candidate.steps, text, _rank(desk))
    if content == desk.content:
        raise UsageError(f"这一项现在就是“{text}”，没有改动。", "请核对要改的是不是这一项。")
    return _proposal(desk, candidate, text, content)


def propose_removal(desk: Desk, candidate: Candidate) -> Proposal:
    """Return what it means to take the value `candidate` out of the data. Nothing is written, and nothing is `refused`.

    Raises UsageError where nothing is written there, or it can't be taken out.
    """
    _refuse_elsewhere(candidate)
    if candidate.position is None or candidate.derived:
        raise UsageError(
            "这一项在 cluster.yaml 里没有写，没有可以删的。",
            "推算的数请改它所依据的名录或数。" if candidate.derived else "请核对要删的是不是这一项。",
        )
    return _proposal(desk, candidate, "", cut(desk.content, desk.file.name, candidate.steps))


def propose_fact(desk: Desk, fact: str, *, remove: bool) -> Proposal:
    """Return what it means to add `fact` (建立共享车间) to what the cluster did, or to `remove` it. Nothing is written.

    Raises UsageError for a fact that the catalogue does not know, that stands there already or does not, and where the list can't
    be changed.
    """
    catalogue, cluster = desk.forms[0].prepared.catalogue, desk.forms[0].cluster
    if fact not in catalogue.facts:
        near = get_close_matches(fact, list(catalogue.facts), n=3, cutoff=0.4)
        perhaps = f"是不是：{'、'.join(near)}？" if near else ""
        raise UsageError(f"“工作”里没有“{fact}”这种写法。", f"{perhaps}有哪些，见 shenbao new 生成的 cluster.yaml。")
    standing = cluster.facts or {}
    if remove and fact not in standing:
        raise UsageError(
            f"“工作”里没有写“{fact}”，没有可以删的。", f"现在写了：{'、'.join(standing) or '一项也没有'}。"
        )
    if not remove and fact in standing:
        raise UsageError(f"“工作”里已经写了“{fact}”，没有改动。", "请核对要添的是不是这一项。")
    places = tuple(_boxes(desk, fact))
    if not remove:
        content = append(desk.content, desk.file.name, (FACTS,), fact, _rank(desk))
        return _proposal(desk, Candidate((FACTS,), places=places), fact, content)
    position = standing[fact].position
    steps = places_of(desk.content, desk.file.name)[position][:2]
    content = cut(desk.content, desk.file.name, steps)
    return _proposal(desk, Candidate((FACTS,), printed=fact, position=position, places=places), "", content)


def _boxes(desk: Desk, fact: str) -> Iterator[FormPlace]:
    """The boxes that follow from `fact`, among others."""
    for form in desk.forms:
        pages = _pages(form.snapshot)
        for slot in (entry.slot for entry in form.filled.slots):
            if slot.kind is SlotKind.BOX and fact in names_asked(slot):
                yield FormPlace(form.filled.form.id, slot.path, pages.get(slot.path, ""))


def _refuse_elsewhere(candidate: Candidate) -> None:
    if candidate.elsewhere:
        place = f"（{candidate.position}）" if candidate.position is not None else ""
        raise UsageError(
            f"这一项不能在这里改：它来自{candidate.elsewhere}{place}。", "请改正那里的内容，再检查、生成。"
        )


def _rank(desk: Desk) -> _Rank:
    return _Rank(cluster_shape(desk.forms[0].prepared.catalogue, desk.library.submission_ids()))


def _proposal(desk: Desk, candidate: Candidate, text: str, content: bytes) -> Proposal:
    """What follows where the file says `content`; only a value that was given can be refused, not an entry added or taken out."""
    first = desk.forms[0]
    given = bool(text) and candidate.steps[0] != FACTS
    effects, appeared, renamed = [], list[Finding](), ""
    for form in desk.forms:
        order, before = form.order, form.prepared
        changed = prepare(desk.cluster, order.form, desk.library, desk.fonts, order.standard, content=content)
        renamed = changed.name if changed.name != before.name else ""
        appeared += _appeared(before.findings, changed.findings)
        if changed.filled is not None:
            now = picture(changed, order, desk.library, desk.fonts, content=content)
            references = read_references(desk.library, before.form)
            effects.append(effect_of(form.snapshot, now, desk.library, references))
    new = [finding for finding in dict.fromkeys(appeared) if finding.blocks]
    places = {path for form in desk.forms for path in _places(form.filled, candidate)}
    own = tuple(finding for finding in new if given and _concerns(finding, candidate, places))
    field = first.prepared.catalogue.fields.get(candidate.name)
    return Proposal(
        candidate,
        candidate.raw or candidate.printed,
        text,
        field.unit if field is not None else "",
        content,
        renamed,
        tuple(effects),
        own,
        tuple(finding for finding in new if finding not in own),
        _behind(desk, candidate),
    )


def _behind(desk: Desk, candidate: Candidate) -> Behind | None:
    if not candidate.name or candidate.year is None:
        return None
    cluster, form = desk.forms[0].cluster, desk.forms[0].order.form
    return behind(cluster, derive(cluster, years=(candidate.year,), form=form), candidate.name, candidate.year)


def _appeared(then: Findings, now: Findings) -> Iterator[Finding]:
    """The findings of `now` that `then` had not, wherever in the file they stand."""
    known = Counter(_essence(finding) for finding in then)
    for finding in now:
        if known[_essence(finding)]:
            known[_essence(finding)] -= 1
        else:
            yield finding


def _essence(finding: Finding) -> Finding:
    return replace(finding, position=None)


def _places(filled: FilledForm, candidate: Candidate) -> Iterator[str]:
    """The places of a form that the value is printed in, or that boxes of follow from it: the boxes themselves and their row."""
    yield from (PATH_MARK.join(place.path) for place in candidate.places)
    for slot in (entry.slot for entry in filled.slots):
        if slot.kind is SlotKind.BOX and candidate.name in names_asked(slot):
            yield PATH_MARK.join(slot.path)
            yield PATH_MARK.join(slot.path[:-1])


def _concerns(finding: Finding, candidate: Candidate, places: Container[str]) -> bool:
    """Whether a finding is about the value itself: its place in the file, or one of its `places` on a form."""
    words = PATH_MARK.join(candidate.words)
    return finding.path == words or finding.path in places or finding.path.startswith(words + PATH_MARK)


@dataclass(frozen=True)
class _Rank:
    """Names of a group in the order of the catalogue, years by themselves."""

    shape: Shape

    def __call__(self, place: tuple[Step, ...], name: str) -> float:
        inside: Shape | None = self.shape
        for step in place:
            inside = inside.members.get(str(step)) if isinstance(inside, Group) else None
        if isinstance(inside, Group):
            names = list(inside.members)
            return names.index(name) if name in names else float("inf")
        return by_year(place, name) if inside is None or isinstance(inside, ByYear) else float("inf")


# ── writing ──


def write(desk: Desk, proposal: Proposal, record: Record) -> Path:
    """Write what `proposal` changes into cluster.yaml, and `record` of it into 更正记录.yaml beside it; return the latter's path.

    The record is written first: no change is ever without its reason. Each file is replaced in one step and keeps its permissions.
    Raises OutputError when the disk refuses, or cluster.yaml was changed by someone else meanwhile; nothing is changed then.
    """
    file = desk.file.resolve()
    records = desk.file.parent / RECORDS
    kept = replace(record, before=sha256(desk.content), after=sha256(proposal.content))
    with disk.telling_failures(file.parent, disk.IN_PLACE):
        before = records.read_bytes() if records.exists() else None
        told = with_record(before, kept)
        if file.read_bytes() != desk.content:
            raise OutputError(f"{desk.file} 在这期间被别的程序改动了，没有写。", "请关掉打开着它的程序，再运行一次。")
        _replace(records, told)
        try:
            _replace(file, proposal.content)
        except BaseException:
            _restore(records, before)
            raise
    return records


def _replace(path: Path, content: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    beside = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    disk.replace_file(path, content, beside, mode=mode)


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        disk.remove(path)
    else:
        _replace(path, content)
