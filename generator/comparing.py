"""The stages of a comparison in order: which 稿 there are, what a form would print now, what differs, what that touches."""

from __future__ import annotations

from pathlib import Path

from generator.build import DRAFT_MARK, set_form, sound_template
from generator.checks.reading import References, read_references
from generator.cluster.catalogue import read_catalogue
from generator.cluster.load import load_cluster
from generator.corrections.changes import Changes
from generator.corrections.compare import compare, with_units
from generator.corrections.echoes import Echo, Proof, Upstream, echoes, proofs, upstream
from generator.corrections.enclosures import EnclosureChange
from generator.errors import BlockedError, UnreadableError, UsageError
from generator.forms.definition import Form
from generator.forms.library import Library
from generator.forms.snapshot import Snapshot
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.notices.order import Order, order_again
from generator.package.data_files import data_hashes
from generator.package.drafts import draft_named, drafts, drafts_folder
from generator.package.manifest import SNAPSHOT, read_manifest
from generator.package.opening.inspection import is_whole
from generator.package.snapshot import decode_snapshot, read_snapshot
from generator.package.versions.frozen import standing_result, version_named, versions
from generator.prepared import Prepared, order_findings, prepare
from generator.snapshots import snapshot_of
from generator.tuning import page_findings


@dataclass(frozen=True)
class Effect:
    """What differs on one form, and what else it touches; `enclosed` are papers of others that go with an office's table."""

    changes: Changes
    echoes: tuple[Echo, ...] = ()
    proofs: tuple[Proof, ...] = ()
    upstream: tuple[Upstream, ...] = ()
    enclosed: tuple[EnclosureChange, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """One form compared: with which 稿 or 版, what is compared with it (现在的数据, or a 稿 or 版), and what differs."""

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
    notice: str = "",
    against: str = "",
    of: str = "",
    template: bytes | None = None,
) -> tuple[Comparison, ...]:
    """Compare the cluster's data, or the 稿 `of`, with the 稿 or 版 `against`, series by series.

    By default that is the last version that was frozen, else the current 稿. `form` and `notice` choose the series built for them;
    without either every one below `output`. Names are 第001稿, 1, 第01版, or a folder.
    Raises UsageError or MissingError where there is none of that name, UnreadableError where it is not whole, BlockedError where
    the data can't be read.
    """
    name = cluster_name(cluster, library)
    done = []
    for series in _built(output, name, library, form, notice):
        called, before = kept(series.folder, against)
        then = read_snapshot(before / SNAPSHOT)
        title = TODAY
        if of:
            title, other = kept(series.folder, of)
            after = read_snapshot(other / SNAPSHOT)
        else:
            order = order_again(series.order.files, series.order.form, series.order.notice, then.asked)
            now = readable(prepare(cluster, series.order.form, library, fonts, series.order.standard))
            draft = read_manifest(before).facts.draft
            after = picture(now, order, library, fonts, draft=draft, template=template)
        if then.form != after.form:
            raise UsageError(
                f"{before} 是 {then.form} 的稿，不是 {after.form} 的。", "请检查 --against、--of 后面的稿。"
            )
        definition = library.form(series.order.form)
        effect = effect_of(then, after, library, read_references(library, definition))
        done.append(Comparison(series.title(definition), called, title, effect))
    return tuple(done)


@dataclass(frozen=True)
class Series:
    """What 稿 are a series of: the folder that holds them, and the order that they are built for."""

    folder: Path
    order: Order

    def title(self, form: Form) -> str:
        """What a reader calls it: the form, and the notice that asks for it."""
        notice = self.order.notice
        return f"{form.title}（{notice.id if notice is not None else form.id}）"


def _built(output: Path, name: str, library: Library, form: str, notice: str) -> tuple[Series, ...]:
    """The series of 稿 of the cluster called `name` below `output`, those of `form` and `notice` where these are given."""
    wanted = library.notice(notice).id if notice else ""
    if form:
        library.form(form)
    found = [series for folder in _folders(output, name) if (series := _series(folder, library)) is not None]
    chosen = tuple(
        series
        for series in found
        if form in ("", series.order.form) and wanted in ("", series.order.notice.id if series.order.notice else "")
    )
    if not chosen:
        told = notice or form
        raise UsageError(
            f"{output} 里还没有“{name}”{f'报 {told} ' if told else ''}的稿，没有可比的。",
            "请先用 shenbao build 生成一稿，或用 -o 指明成果在哪里。",
        )
    return chosen


def built_orders(output: Path, name: str, library: Library) -> tuple[Order, ...]:
    """Return what 稿 of the cluster called `name` were built for below `output`."""
    found = (_series(folder, library) for folder in _folders(output, name))
    return tuple(series.order for series in found if series is not None)


def _folders(output: Path, name: str) -> tuple[Path, ...]:
    try:
        return tuple(sorted(path for path in drafts_folder(output, name, ".").parent.iterdir() if drafts(path)))
    except OSError:
        return ()


def _series(folder: Path, library: Library) -> Series | None:
    """The series in `folder`, by what its last 稿 was built for; None where nothing tells, or the form is not known any more."""
    for draft in reversed(drafts(folder)):
        try:
            facts = read_manifest(draft).facts
            notice = library.notice(facts.notice) if facts.notice else None
            if facts.form in library.ids():
                return Series(folder, order_again(library.file_names(), facts.form, notice))
        except (UnreadableError, UsageError):
            continue
    return None


def cluster_name(cluster: Path, library: Library) -> str:
    """What packages call the cluster."""
    catalogue = read_catalogue(library.field_folders())
    loaded, findings = load_cluster(cluster, catalogue, forms=library.submission_ids())
    if loaded is None:
        raise BlockedError("集群数据读不出来。", findings, "请先改正上面所列各处。")
    return loaded.called


def effect_of(then: Snapshot, now: Snapshot, library: Library, references: References) -> Effect:
    """Compare two snapshots of a form, and say what else the changes touch."""
    units = {name: field.unit for name, field in read_catalogue(library.field_folders()).fields.items()}
    changes = with_units(compare(then, now), units)
    summaries = [library.summary(name) for name in library.summary_ids()]
    return Effect(
        changes,
        echoes(now, changes.fields, references.vocabulary),
        proofs(now, changes.fields),
        upstream(changes.fields, summaries),
    )


def picture(
    prepared: Prepared,
    order: Order,
    library: Library,
    fonts: FontLibrary,
    *,
    draft: bool = False,
    template: bytes | None = None,
    content: bytes | None = None,
) -> Snapshot:
    """Return the snapshot that a build of `prepared` for `order` would write; `content` as in `prepare`. Raises BlockedError as `build`."""
    readable(prepared)
    assert prepared.filled is not None and prepared.cluster is not None
    chosen, told = sound_template(prepared.form, library, fonts, template)
    _, pages = set_form(prepared.filled, chosen, fonts, mark=DRAFT_MARK if draft else "", annex=order.annex)
    asked = order_findings(order, prepared.cluster)
    findings = (*prepared.findings, *told, *asked, *page_findings(prepared.form, chosen, pages, fonts))
    tree = snapshot_of(
        prepared.filled,
        prepared.cluster,
        pages,
        findings,
        template=chosen.docx,
        fonts=fonts,
        draft=draft,
        asked=order.given,
        hashes=data_hashes(prepared.cluster, content),
    )
    return decode_snapshot(tree)


def readable(prepared: Prepared) -> Prepared:
    """Return `prepared`. Raises BlockedError where the cluster's file could not be read."""
    if prepared.cluster is None or prepared.filled is None:
        raise BlockedError("集群数据读不出来。", prepared.findings, "请先改正上面所列各处。")
    return prepared


def kept(series: Path, name: str) -> tuple[str, Path]:
    """Return what the 稿 or 版 called `name` is called, and its folder: by name or number in `series`, or by path.

    Where `name` is empty, the last version that was frozen, else the current 稿.
    """
    if name and (Path(name) / SNAPSHOT).is_file():
        if not is_whole(Path(name)):
            raise UnreadableError(f"{name} 不完整，或里面的文件被改动过。", "请改与别的稿比较。")
        return name, Path(name)
    frozen = versions(series)
    if name.strip().endswith("版") or (not name and frozen):
        version = version_named(series, name) if name else frozen[-1]
        folder = standing_result(series, version)
        if folder is None:
            raise UnreadableError(f"{version.name} 里的文件被改动过或缺少。", "请用 --against 与别的稿或版比较。")
        return version.name, folder
    draft = draft_named(series, name)
    return draft.name, draft
