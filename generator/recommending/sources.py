"""Where clusters come from: cluster folders, packages that a build wrote, recommendations of offices below, workbooks of rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.cluster.catalogue import SUBMISSIONS, Catalogue
from generator.cluster.codes import Code
from generator.cluster.load import FILE_NAME, load_cluster
from generator.cluster.registers.sheets import OTHER_WORKBOOKS
from generator.errors import UnreadableError
from generator.findings import PATH_MARK, Finding, Findings, Position, Severity
from generator.forms.definition_summary import Summary
from generator.forms.particulars import particulars_of
from generator.frozen import dataclass, replace
from generator.indicators import derive
from generator.package.drafts import CURRENT, current_draft, drafts
from generator.package.manifest import SNAPSHOT, read_manifest
from generator.package.opening.inspection import is_whole
from generator.package.snapshot import read_particulars
from generator.progress import Progress, silent
from generator.recommending.record import RecordedCluster, is_record, read_record
from generator.summary.draft_workbook import DRAFT_WORKBOOK, SUFFIX, read_draft_workbook
from generator.summary.table import Candidate

_MOST_NAMED = 3
_UNREADABLE = {code.code for code in (Code.WORKBOOK_UNREADABLE, Code.WORKBOOK_LOCKED, Code.WORKBOOK_TOO_BIG)}


@dataclass(frozen=True)
class Source:
    """A cluster that was read: what stands in the table for it, and where its papers may be found.

    `cluster` is its folder where its data were read from there, `draft` the 稿 that holds its papers, in `papers_below` of which they
    lie (empty: all that is handed in), where there is one.
    """

    candidate: Candidate
    cluster: Path | None = None
    draft: Path | None = None
    papers_below: str = ""


@dataclass(frozen=True)
class Reader:
    """Reads one source after the other, for the table `summary`."""

    summary: Summary
    catalogue: Catalogue
    submissions: tuple[str, ...]

    def read_all(
        self, sources: Sequence[Path], progress: Progress = silent
    ) -> tuple[tuple[Source, ...], tuple[str, ...], Findings]:
        """Return the clusters at `sources` in order, the sources that could not be read, and what was found on the way."""
        read = []
        for number, source in enumerate(sources):
            progress("读取各集群", number, len(sources))
            read.append((source, *self.read(source)))
        return (
            tuple(one for _, several, _ in read for one in several),
            tuple(str(source) for source, several, _ in read if not several),
            tuple(finding for _, _, found in read for finding in found),
        )

    def read(self, source: Path) -> tuple[tuple[Source, ...], Findings]:
        """Return the clusters at `source`, none where it can't be read, and what was found on the way.

        A folder named after a cluster stands for the folder of 稿 in it where there is only one.
        """
        if source.suffix.lower() in (SUFFIX, *OTHER_WORKBOOKS) and not source.is_dir():
            return self._workbook(source)
        if source.name == SNAPSHOT:
            return self._package(source, source.parent)
        if (source / SNAPSHOT).is_file():
            return self._package(source, source)
        if (source / CURRENT).is_file() or drafts(source):
            return self._package(source, current_draft(source))
        if source.is_dir() and not (source / FILE_NAME).exists():
            below = _built_below(source)
            alone = below if [folder.parent for folder in below] == [source] else ()
            return self.read(alone[0]) if alone else ((), (_no_cluster(source, below),))
        return self._cluster(source)

    def _workbook(self, source: Path) -> tuple[tuple[Source, ...], Findings]:
        candidates, found = read_draft_workbook(source, self.summary, self.catalogue)
        located = tuple(_located(finding, source.parent, "") for finding in found)
        if candidates is None and any(finding.code in _UNREADABLE for finding in found):
            return (), (_left_out(source, "这个工作簿读不出来", "请照下一条改正。"), *located)
        if candidates is None:
            remedy = f"请用 shenbao blank {self.summary.id} 生成的“{DRAFT_WORKBOOK}”填写。"
            return (), (_left_out(source, "这个工作簿里没有汇总底稿", remedy), *located)
        if not candidates and any(finding.severity is Severity.MUST for finding in found):
            return (), (_left_out(source, "底稿里没有一行读得出", "请照下面各条改正。"), *located)
        if not candidates:
            return (), (_left_out(source, "底稿里一个集群也没有填", "请一个集群填一行，存盘以后再运行。"), *located)
        return tuple(Source(candidate) for candidate in candidates), located

    def _package(self, source: Path, draft: Path | None) -> tuple[tuple[Source, ...], Findings]:
        if draft is None or not is_whole(draft):
            remedy = "请用 shenbao build 重新生成一稿，或改用集群文件夹。"
            return (), (_left_out(source, "这一稿不完整，或里面的文件被改动过", remedy),)
        try:
            if is_record(draft / SNAPSHOT):
                read = tuple(_carried(source, draft, one) for one in read_record(draft / SNAPSHOT).clusters)
            else:
                read = (Source(Candidate(str(source), read_particulars(draft / SNAPSHOT)), draft=draft),)
            is_draft = read_manifest(draft).facts.draft
        except UnreadableError as error:
            return (), (_left_out(source, str(error).rstrip("。"), error.advice),)
        return read, tuple(_marked(one.candidate) for one in read if is_draft)

    def _cluster(self, source: Path) -> tuple[tuple[Source, ...], Findings]:
        cluster, found = load_cluster(source, self.catalogue, forms=self.submissions)
        folder = source if source.is_dir() else source.parent
        if cluster is None:
            left_out = _left_out(source, "集群数据读不出来", "请先改正这个集群的数据文件。")
            return (), (left_out, *(_located(finding, folder, "") for finding in found))
        particulars = particulars_of(cluster, derive(cluster))
        positions = {name: _position(place, folder) for name, place in particulars.positions.items()}
        candidate = Candidate(str(source), replace(particulars, positions=positions))
        told = [_located(finding, folder, particulars.name) for finding in found if self._matters(finding)]
        if len(told) < len(found):
            told.append(_further(candidate, len(found) - len(told)))
        return (Source(candidate, cluster=source),), tuple(told)

    def _matters(self, finding: Finding) -> bool:
        """Whether a finding of the data file is about something that the table prints or checks."""
        names = (*self.summary.names_asked(), *self.summary.compose)
        places = [PATH_MARK.join(self.catalogue.fields[name].at) for name in names if name in self.catalogue.fields]
        places.append(PATH_MARK.join((SUBMISSIONS, self.summary.id)))
        return not finding.path or any(
            f"{finding.path}{PATH_MARK}".startswith(f"{place}{PATH_MARK}") for place in places
        )


def _carried(source: Path, draft: Path, cluster: RecordedCluster) -> Source:
    """Return a cluster of a recommendation; one without papers has no 稿 that holds any."""
    candidate = Candidate(f"{source} {cluster.name}", cluster.particulars)
    return Source(candidate, draft=draft if cluster.folder else None, papers_below=cluster.folder)


def _left_out(source: Path, why: str, remedy: str) -> Finding:
    """H201: a source can't be read, and its cluster does not stand in the table."""
    return Finding("H201", Severity.MUST, f"没有列入汇总表：{why}", position=Position(str(source)), remedy=remedy)


def _built_below(folder: Path) -> Sequence[Path]:
    """Return the folders of 稿 below `folder`, as a build lays them out: below the name of the cluster, that of the notice or form."""
    return sorted({found.parent for pattern in ("*", "*/*") for found in folder.glob(f"{pattern}/{CURRENT}")})


def _no_cluster(folder: Path, below: Sequence[Path]) -> Finding:
    """H201: a folder is neither a cluster's nor one of 稿; those of 稿 `below` it are named."""
    named = "、".join(map(str, below[:_MOST_NAMED])) + ("等" if len(below) > _MOST_NAMED else "")
    remedy = f"请写到放各稿的那一层：{named}" if below else "请写集群文件夹，或者 shenbao build 写出的放各稿的文件夹。"
    return _left_out(folder, f"这个文件夹里没有 {FILE_NAME}，也没有成果", remedy)


def _marked(candidate: Candidate) -> Finding:
    """H202: a package is itself marked 草稿."""
    return Finding(
        code="H202",
        severity=Severity.CHECK,
        message="这份成果是草稿，还有必须改的问题",
        path=candidate.particulars.name,
        position=Position(candidate.source),
        remedy="请改正后重新生成正式的一稿，再汇总。",
    )


def _further(candidate: Candidate, number: int) -> Finding:
    """H203: the data file has problems that don't concern the table."""
    return Finding(
        code="H203",
        severity=Severity.NOTE,
        message=f"数据文件另有 {number} 处与汇总表无关的问题",
        path=candidate.particulars.name,
        position=Position(candidate.source),
        remedy="用 shenbao check 查看。",
    )


def _located(finding: Finding, folder: Path, name: str) -> Finding:
    position = _position(finding.position, folder) if finding.position is not None else Position(str(folder))
    return replace(finding, position=position, path=PATH_MARK.join(part for part in (name, finding.path) if part))


def _position(position: Position, folder: Path) -> Position:
    return replace(position, file=str(folder / position.file))
