"""The stages of a correction in order: two printings are compared; a value is found, changed in the data, and written."""

from __future__ import annotations

import os
import secrets
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build import DRAFT_MARK, set_form, sound_template
from generator.checks.reading import References, read_references
from generator.cluster.load import data_file
from generator.cluster.shape import ByYear, Shape, cluster_shape
from generator.cluster.shape import Record as Group
from generator.cluster.splicing import Step, by_year, places_of, splice
from generator.corrections.changes import Changes, page_names
from generator.corrections.compare import compare
from generator.corrections.echoes import Echo, Proof, Upstream, echoes, proofs, upstream
from generator.corrections.locating import Candidate, candidates, inferred, matching, merged, missing_year
from generator.corrections.records import RECORDS, Record, with_record
from generator.errors import BlockedError, OutputError, UnreadableError, UsageError
from generator.findings import Finding, Findings
from generator.forms.library import Library
from generator.forms.printing import print_indicator
from generator.forms.snapshot import Snapshot
from generator.indicators import derive
from generator.indicators.behind import Behind, behind
from generator.measure.fonts import FontLibrary
from generator.package import disk
from generator.package.drafts import current_draft, drafts, drafts_folder
from generator.package.inspection import is_whole
from generator.package.manifest import SNAPSHOT, read_manifest, sha256
from generator.package.snapshot import decode_snapshot, read_snapshot
from generator.prepared import Prepared, prepare
from generator.snapshots import snapshot_of
from generator.tuning import page_findings

PATH_MARK = " › "


@dataclass(frozen=True)
class Effect:
    """What differs on one form, and what else it touches."""

    changes: Changes
    echoes: tuple[Echo, ...] = ()
    proofs: tuple[Proof, ...] = ()
    upstream: tuple[Upstream, ...] = ()


# ── comparing ──


@dataclass(frozen=True)
class Comparison:
    """One form compared: with which 稿 (its folder's name), what is compared with it (今天的数据, or a 稿), and what differs."""

    title: str
    against: str
    of: str
    effect: Effect


TODAY = "现在的数据"


def differences(
    cluster: Path,
    output: Path,
    library: Library,
    fonts: FontLibrary,
    *,
    form: str = "",
    against: str = "",
    of: str = "",
    template: bytes | None = None,
) -> tuple[Comparison, ...]:
    """Compare the cluster's data, or the 稿 `of`, with the 稿 `against` (the current one by default), form by form.

    `form` is the id of one form; without it every form that has a 稿 below `output`. A 稿 is named 第001稿, 1, or by its folder.
    Raises UsageError where there is no such 稿, UnreadableError where it is not whole, BlockedError where the data can't be read.
    """
    done = []
    for identifier in [form] if form else _built_forms(cluster, output, library, fonts):
        now = _readable(prepare(cluster, identifier, library, fonts))
        folder = drafts_folder(output, now.name, identifier)
        before = _draft(folder, against)
        then = read_snapshot(before / SNAPSHOT)
        if of:
            other = _draft(folder, of)
            after = read_snapshot(other / SNAPSHOT)
        else:
            after = picture(now, library, fonts, draft=read_manifest(before).facts.draft, template=template)
        if (then.form, then.form) != (after.form, identifier):
            raise UsageError(f"{before} 不是 {identifier} 的稿。", "请检查 --against、--of 后面的稿。")
        effect = effect_of(then, after, library, read_references(library, now.form))
        done.append(Comparison(now.form.title, before.name, _draft(folder, of).name if of else TODAY, effect))
    return tuple(done)


def effect_of(then: Snapshot, now: Snapshot, library: Library, references: References) -> Effect:
    """Compare two snapshots of a form, and say what else the changes touch."""
    changes = compare(then, now)
    summaries = [library.summary(name) for name in library.summary_ids()]
    return Effect(
        changes,
        echoes(now, changes.fields, references.vocabulary),
        proofs(now, changes.fields),
        upstream(changes.fields, summaries),
    )


def picture(
    prepared: Prepared,
    library: Library,
    fonts: FontLibrary,
    *,
    draft: bool = False,
    template: bytes | None = None,
    content: bytes | None = None,
) -> Snapshot:
    """Return the snapshot that a build of `prepared` would write; `content` as in `prepare`. Raises BlockedError as `build`."""
    if prepared.filled is None or prepared.cluster is None:
        raise BlockedError("集群数据读不出来。", prepared.findings, "请先改正上面所列各处。")
    chosen, told = sound_template(prepared.form, library, fonts, template)
    _, pages = set_form(prepared.filled, chosen, fonts, mark=DRAFT_MARK if draft else "")
    findings = (*prepared.findings, *told, *page_findings(prepared.form, chosen, pages, fonts))
    tree = snapshot_of(
        prepared.filled,
        prepared.cluster,
        pages,
        findings,
        template=chosen.docx,
        fonts=fonts,
        draft=draft,
        content=content,
    )
    return decode_snapshot(tree)


def _readable(prepared: Prepared) -> Prepared:
    if prepared.cluster is None or prepared.filled is None:
        raise BlockedError("集群数据读不出来。", prepared.findings, "请先改正上面所列各处。")
    return prepared


def _built_forms(cluster: Path, output: Path, library: Library, fonts: FontLibrary) -> Sequence[str]:
    """The forms that have a 稿 of the cluster below `output`."""
    first = _readable(prepare(cluster, library.ids()[0], library, fonts))
    built = [name for name in library.ids() if drafts(drafts_folder(output, first.name, name))]
    if not built:
        raise UsageError(
            f"{output} 里还没有“{first.name}”的稿，没有可比的。",
            "请先用 shenbao build 生成一稿，或用 -o 指明成果在哪里。",
        )
    return built


def _draft(folder: Path, name: str) -> Path:
    """Return the 稿 called `name`: the current one where it is empty, else by number, by name below `folder`, or by path."""
    if not name:
        current = current_draft(folder)
        if current is None:
            advice = "请先用 shenbao build 生成一稿，或用 -o 指明成果在哪里。"
            raise UsageError(f"{folder} 里没有完整的当前稿，没有可比的。", advice)
        return current
    named = [folder / name, Path(name), *(folder / f"第{int(name):03d}稿" for _ in (0,) if name.isdecimal())]
    found = next((path for path in named if (path / SNAPSHOT).is_file()), None)
    if found is None:
        known = "、".join(path.name for path in drafts(folder)) or "还没有"
        raise UsageError(f"没有“{name}”这一稿。", f"{folder} 里的稿：{known}。")
    if not is_whole(found):
        raise UnreadableError(f"{found} 不完整，或里面的文件被改动过。", "请改与别的稿比较。")
    return found


# ── changing a value ──


@dataclass(frozen=True)
class Desk:
    """A cluster as it stands, before anything is changed: the bytes of its file, and every form with its snapshot."""

    cluster: Path
    file: Path
    content: bytes
    library: Library
    fonts: FontLibrary
    forms: tuple[tuple[Prepared, Snapshot], ...]


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
    cluster: Path, library: Library, fonts: FontLibrary, *, output: Path | None = None, form: str = ""
) -> Desk:
    """Read the cluster for a correction: for `form`, or for every form built below `output`, or that it has a submission for.

    Raises BlockedError where its file can't be read, UsageError where no form is named and none can be told.
    """
    file = data_file(cluster)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"读不到 {file}：{error.strerror}", "请检查路径是否写对。") from error
    first = _readable(prepare(cluster, form or library.ids()[0], library, fonts, content=content))
    assert first.cluster is not None
    names = [form] if form else _forms_of(first, output, library)
    if not names:
        raise UsageError("看不出是哪张申报表。", "请用 --form 写明申报表代号；shenbao forms 列出全部。")
    prepared = [_readable(prepare(cluster, name, library, fonts, content=content)) for name in names]
    forms = tuple((one, picture(one, library, fonts, content=content)) for one in prepared)
    return Desk(cluster, file, content, library, fonts, forms)


def _forms_of(prepared: Prepared, output: Path | None, library: Library) -> Sequence[str]:
    built = [
        name for name in library.ids() if output is not None and drafts(drafts_folder(output, prepared.name, name))
    ]
    submissions = prepared.cluster.submissions if prepared.cluster is not None else {}
    return built or [name for name in library.ids() if name in submissions]


def find(desk: Desk, words: str) -> tuple[Candidate, ...]:
    """Return the values of the data that `words` may mean (see corrections.locating): one, several, or none."""
    at = places_of(desk.content, desk.file.name)
    found: list[Candidate] = []
    for prepared, snapshot in desk.forms:
        assert prepared.filled is not None and prepared.cluster is not None
        pages = _pages(snapshot)
        found += candidates(prepared.filled, prepared.cluster, prepared.catalogue, pages, at)
    chosen = matching(merged(found), words)
    if chosen:
        return chosen
    prepared = desk.forms[0][0]
    assert prepared.cluster is not None
    missing = missing_year(prepared.catalogue, prepared.cluster, words)
    if missing is None:
        forms = ((one.filled, _pages(snapshot)) for one, snapshot in desk.forms if one.filled is not None)
        return matching([one for filled, pages in forms for one in inferred(filled, pages)], words)[:1]
    derived = derive(prepared.cluster, form=prepared.form.id).get((missing.name, missing.year or 0))
    return (missing if derived is None else replace(missing, derived=True, printed=print_indicator(derived)),)


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
        raise UsageError("没有写新的值。", "没有这一项请写 无；要删去一项，请手工改 cluster.yaml。")
    if candidate.elsewhere:
        place = f"（{candidate.position}）" if candidate.position is not None else ""
        raise UsageError(f"这一项不能在这里改：它来自{candidate.elsewhere}{place}。", "请打开那里改正，再检查、生成。")
    first = desk.forms[0][0]
    assert first.cluster is not None
    rank = _Rank(cluster_shape(first.catalogue, desk.library.submission_ids()))
    content = splice(desk.content, desk.file.name, candidate.steps, text, rank)
    if content == desk.content:
        raise UsageError(f"这一项现在就是“{text}”，没有改动。", "请核对要改的是不是这一项。")
    effects, appeared, renamed = [], list[Finding](), ""
    for prepared, then in desk.forms:
        changed = prepare(desk.cluster, prepared.form.id, desk.library, desk.fonts, content=content)
        renamed = changed.name if changed.name != prepared.name else ""
        appeared += _appeared(prepared.findings, changed.findings)
        if changed.filled is not None:
            now = picture(changed, desk.library, desk.fonts, content=content)
            effects.append(effect_of(then, now, desk.library, read_references(desk.library, prepared.form)))
    new = [finding for finding in dict.fromkeys(appeared) if finding.blocks]
    own = tuple(finding for finding in new if _concerns(finding, candidate))
    field = first.catalogue.fields.get(candidate.name)
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
    cluster, form = desk.forms[0][0].cluster, desk.forms[0][0].form.id
    if not candidate.name or candidate.year is None or cluster is None:
        return None
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


def _concerns(finding: Finding, candidate: Candidate) -> bool:
    """Whether a finding is about the value itself: its place in the file, or one of its places on a form."""
    words = PATH_MARK.join(candidate.words)
    places = [PATH_MARK.join(place.path) for place in candidate.places]
    return finding.path in (words, *places) or finding.path.startswith(words + PATH_MARK)


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
    records = file.parent / RECORDS
    kept = replace(record, before=sha256(desk.content), after=sha256(proposal.content))
    with disk.telling_failures(file.parent):
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
