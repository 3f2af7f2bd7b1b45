"""Is a package made of today's data, by today's tool, with today's templates and fonts?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator import __version__
from generator.cluster.catalogue import read_catalogue
from generator.cluster.load import FILE_NAME, load_cluster
from generator.cluster.model import Cluster
from generator.docx.compile import compile_form
from generator.errors import ShenbaoError, UnreadableError
from generator.findings import Finding, Position, Severity
from generator.forms.arrange import arrange
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.package.data_files import data_hashes, file_hash
from generator.package.manifest import Manifest, Source
from generator.package.sources import DEFINITION, TEMPLATE, sources_of
from generator.package.verification.values import Aspect, Examination, examined, unexamined

_PATH = Aspect.CURRENT.value
_AGAIN = "请用 shenbao build 再生成一稿。"
_KINDS = {TEMPLATE: "Word 模板", DEFINITION: "申报表定义"}


@dataclass(frozen=True)
class Today:
    """What there is today: the forms, the fonts, a tuned template if one is used, and the folder of the cluster.

    Without a folder, `search` are those in which it is looked for.
    """

    library: Library
    fonts: FontLibrary
    template: bytes | None = None
    cluster: Path | None = None
    search: tuple[Path, ...] = ()


def compare_today(
    manifest: Manifest, data: Mapping[str, str] | None, today: Today, no_data: str = ""
) -> tuple[tuple[Examination, ...], bool | None]:
    """Return what of a package is not of today, and whether all is (None where something was not compared).

    `data` gives the hashes of the files that it was made of, as its snapshot records them, None where there is no snapshot;
    `no_data` says in a sentence why it can have none.
    """
    told = (
        _data(manifest, data, today, no_data),
        _tool(manifest),
        _sources(manifest, today),
        _fonts(manifest, today.fonts),
    )
    examinations = tuple(one.examination for one in told)
    if any(one.findings for one in examinations):
        return examinations, False
    return examinations, True if all(one.compared for one in told) else None


@dataclass(frozen=True)
class _Compared:
    """An examination, and whether anything was compared in it."""

    examination: Examination
    compared: bool = True


# ── data ──


def _data(manifest: Manifest, data: Mapping[str, str] | None, today: Today, why: str) -> _Compared:
    what = "集群数据"
    if data is None:
        why = why or "这份副本里没有 snapshot.json，不知道由哪些数据生成"
        return _Compared(unexamined(Aspect.CURRENT, what, why), False)
    cluster, why = _cluster(manifest, data, today)
    if cluster is None:
        return _Compared(unexamined(Aspect.CURRENT, what, why), False)
    now = data_hashes(cluster)
    findings = tuple(_changed_data(data, now))
    compared = f"与“{cluster.folder.resolve().name}”文件夹比对了 {len(data.keys() | now.keys())} 个文件"
    verdict = "生成以后有改动，不是今天的数据" if findings else "就是今天的数据"
    return _Compared(examined(Aspect.CURRENT, what, f"{compared}：{verdict}", findings))


def _changed_data(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Finding]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) == now.get(name):
            continue
        message = (
            "生成以后增加了这个数据文件"
            if name not in then
            else "生成时用的这个数据文件没有了"
            if name not in now
            else "生成以后改动过这个数据文件"
        )
        yield Finding("K120", Severity.CHECK, message, _PATH, Position(name), remedy=_AGAIN)


def _cluster(manifest: Manifest, data: Mapping[str, str], today: Today) -> tuple[Cluster | None, str]:
    """Return the cluster that the package was made of, or in a sentence why there is none to compare with."""
    if today.cluster is not None:
        cluster = _loaded(today.cluster, today.library)
        return cluster, f"集群文件夹“{today.cluster.name}”读不出来，没有比对；请先运行 shenbao check"
    folders = _likely(manifest, data, today)
    if len(folders) == 1:
        return _loaded(folders[0], today.library), f"{folders[0].name} 读不出来，没有比对"
    if folders:
        names = "、".join(folder.name for folder in folders)
        return None, f"几个集群文件夹都可能是（{names}），没有比对；请用 --cluster 指明"
    return None, "附近没有找到集群文件夹，没有比对；请用 --cluster 集群文件夹 指明"


def _likely(manifest: Manifest, data: Mapping[str, str], today: Today) -> list[Path]:
    """Return the folders with most of the recorded files unchanged; where none has any, those of a cluster of that name."""
    folders = list(dict.fromkeys(_cluster_folders(today.search)))
    equal = {folder: _equal(folder, data) for folder in folders}
    most = max(equal.values(), default=0)
    if most:
        return [folder for folder in folders if equal[folder] == most]
    return [folder for folder in folders if _name(folder, today.library) == manifest.facts.cluster]


def _cluster_folders(search: Sequence[Path]) -> Iterator[Path]:
    for base in search:
        for pattern in (FILE_NAME, f"*/{FILE_NAME}", f"*/*/{FILE_NAME}"):
            try:
                yield from sorted(path.parent.resolve() for path in base.glob(pattern))
            except OSError:
                continue


def _equal(folder: Path, data: Mapping[str, str]) -> int:
    """Return how many of the recorded files stand in `folder` unchanged."""
    equal = 0
    for name, digest in data.items():
        try:
            equal += (folder / name).is_file() and file_hash(folder / name) == digest
        except (OSError, UnreadableError):
            continue
    return equal


def _name(folder: Path, library: Library) -> str:
    cluster = _loaded(folder, library)
    return cluster.name if cluster is not None else ""


def _loaded(folder: Path, library: Library) -> Cluster | None:
    try:
        catalogue = read_catalogue(library.field_folders())
        return load_cluster(folder, catalogue, forms=library.submission_ids())[0]
    except ShenbaoError:
        return None


# ── tool, templates, fonts ──


def _tool(manifest: Manifest) -> _Compared:
    findings: Iterable[Finding] = ()
    if manifest.tool != __version__:
        message = f"生成时用的是另一版本的 shenbao：{manifest.tool}，现在是 {__version__}"
        findings = (Finding("K121", Severity.CHECK, message, _PATH, remedy=_AGAIN),)
    return _Compared(examined(Aspect.CURRENT, "本工具的版本", f"生成时 {manifest.tool}，现在 {__version__}", findings))


def _sources(manifest: Manifest, today: Today) -> _Compared:
    what = "模板与申报表定义"
    if not manifest.facts.made_of:
        return _Compared(unexamined(Aspect.CURRENT, what, "这份清单没有记"), False)
    try:
        now = {source.kind: source for source in _sources_now(manifest.facts.form, today)}
    except ShenbaoError as error:
        return _Compared(unexamined(Aspect.CURRENT, what, f"现在没有这份申报表可比：{error}"), False)
    findings = tuple(_changed_source(source, now.get(source.kind)) for source in manifest.facts.made_of)
    changed = tuple(finding for finding in findings if finding is not None)
    names = "、".join(source.name for source in manifest.facts.made_of)
    return _Compared(examined(Aspect.CURRENT, what, f"比对了 {names}", changed))


def _sources_now(form: str, today: Today) -> tuple[Source, ...]:
    definition = today.library.form(form)
    template = today.template or today.library.template(form) or compile_form(arrange(definition), today.fonts)
    return sources_of(form, template, today.library)


def _changed_source(then: Source, now: Source | None) -> Finding | None:
    if now is not None and now.sha256 == then.sha256:
        return None
    what = _KINDS.get(then.kind, then.kind)
    message = f"{what}（{then.name}）与生成时不同" if now is not None else f"现在没有生成时用的{what}（{then.name}）"
    remedy = f"{_AGAIN}生成时用过 --template 的，核对时也写上 --template。" if then.kind == TEMPLATE else _AGAIN
    return Finding("K122", Severity.CHECK, message, _PATH, remedy=remedy)


def _fonts(manifest: Manifest, fonts: FontLibrary) -> _Compared:
    known = set(fonts.hashes().values())
    findings = tuple(
        Finding(
            "K123",
            Severity.CHECK,
            f"生成时用的字体文件 {font.file}（{font.name}）与现在的不同，或者现在没有",
            _PATH,
            remedy=f"{_AGAIN}生成时用过 --fonts、--font-dir 的，核对时也写上。",
        )
        for font in manifest.facts.fonts
        if font.sha256 not in known
    )
    return _Compared(examined(Aspect.CURRENT, "字体", f"比对了 {len(manifest.facts.fonts)} 个字体文件", findings))


def fonts_are_the_same(manifest: Manifest, fonts: FontLibrary) -> bool:
    """Whether the fonts that pages were set in are among `fonts`, so that setting them again must give the same pages."""
    known = set(fonts.hashes().values())
    return all(font.sha256 in known for font in manifest.facts.fonts)
