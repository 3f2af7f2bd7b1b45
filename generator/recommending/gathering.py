"""The papers of every cluster gathered: originals that came in, what its 稿 holds, its form set again from its data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.errors import ShenbaoError
from generator.findings import Finding, Position, Severity
from generator.forms.definition_summary import Summary
from generator.forms.library import Library
from generator.frozen import dataclass, field
from generator.measure.fonts import FontLibrary
from generator.notices.definition import FORM, Notice
from generator.notices.file_names import FileNames
from generator.package.manifest import SUBMITTED
from generator.package.names import safe_name
from generator.package.reuse import Memory
from generator.progress import Progress
from generator.recommending.counting import first_of
from generator.recommending.papers import (
    Paper,
    Received,
    names_called,
    papers_of,
    read_received,
    unclaimed,
    with_originals,
)
from generator.recommending.setting_again import set_again
from generator.recommending.sources import Source
from generator.recommending.wording import Carried
from generator.recommending.words import FileWords, said
from generator.summary.table import SummaryRow, SummaryTable, cell_text


@dataclass(frozen=True)
class Gatherer:
    """What papers are gathered by: the notice, what files are called, the folder of originals, whether forms are set again.

    `findings` are added to.
    """

    notice: Notice
    names: FileNames
    words: FileWords
    library: Library
    fonts: FontLibrary
    memory: Memory
    received: Path | None = None
    again: bool = False
    findings: list[Finding] = field(default_factory=list)

    def gather(self, table: SummaryTable, sources: Sequence[Source], progress: Progress) -> tuple[Carried, ...]:
        """Return every cluster of `table` with its papers; one whose papers can't be read stands without them, and is told of."""
        received = read_received(self.received, self.names)
        self.findings.extend(received.findings)
        claimed: list[str] = []
        carried = []
        for number, row in enumerate(table.rows, start=1):
            progress("收集各集群的材料", number - 1, len(table.rows))
            source = next(one for one in sources if one.candidate is row.candidate)
            name = _name_of(table.summary, row)
            folder = self.folder(number, name)
            originals, papers = self._papers(source, name, folder, received, sources)
            claimed.append(originals)
            carried.append(Carried(str(number), name, papers, folder, names_called(source, name, sources)))
        self.findings.extend(unclaimed(received, claimed))
        self.findings.extend(_examined(carried))
        return tuple(carried)

    def folder(self, number: int, name: str) -> str:
        """Return the folder in the 稿 of the papers of the cluster `name`."""
        below = safe_name(said(self.words.cluster, 序号=f"{number:02d}", 集群=name))
        return f"{SUBMITTED}/{self.words.clusters}/{below}"

    def _papers(
        self, source: Source, name: str, folder: str, received: Received, sources: Sequence[Source]
    ) -> tuple[str, tuple[Paper, ...]]:
        claimed, originals = received.of(names_called(source, name, sources))
        try:
            papers, found = papers_of(source, self.names, self.notice.form)
            self.findings.extend(found)
        except ShenbaoError as error:
            papers = ()
            self.findings.append(_unreadable(name, source, error))
        papers = with_originals(papers, originals)
        if self.again and source.cluster is not None and not any(one.material == FORM for one in papers):
            again, found = set_again(
                source.cluster,
                name,
                self.notice,
                self.names,
                self.library,
                self.fonts,
                memory=self.memory,
                folder=folder,
            )
            papers = (*again, *papers)
            self.findings.extend(found)
        return claimed, papers


def paper_name(paper: Paper, mark: str) -> str:
    """Return the name of `paper` in a recommendation; that of an unsigned form, and of others that are to be signed, bears the `mark`.

    So does the Word file of one that is signed in print.
    """
    path = PurePosixPath(paper.name)
    owed = paper.unsigned or paper.word or (paper.material == FORM and not paper.signed)
    if not owed or path.stem.endswith(mark):
        return paper.name
    return str(path.with_name(safe_name(f"{path.stem}{mark}", path.suffix)))


def _name_of(summary: Summary, row: SummaryRow) -> str:
    """What a cluster is called in full: as the table's second column says it, or by its own name."""
    name = next((column for column in summary.columns if not column.number), None)
    told = cell_text(summary, name, row.candidate.particulars) if name else ""
    return told or row.candidate.particulars.name


def _examined(clusters: Sequence[Carried]) -> Iterator[Finding]:
    """T104: clusters without a form; T105: with an unsigned one."""
    without = [cluster.name for cluster in clusters if cluster.form is None]
    unsigned = [cluster.name for cluster in clusters if cluster.form is not None and not cluster.form.signed]
    if without:
        yield Finding(
            "T104",
            Severity.CHECK,
            f"{len(without)}个集群没有申报表的电子件，光盘、邮件里也没有",
            path=f"各集群的材料 › {FORM}",
            found=first_of(without),
            remedy="请把收到的签章件放在 --received 的文件夹里，一个集群一个文件夹；只有数据的，可以加 --set-again 重新排印。",
        )
    if unsigned:
        yield Finding(
            "T105",
            Severity.CHECK,
            f"{len(unsigned)}个集群的申报表未签章",
            path=f"各集群的材料 › {FORM}",
            found=first_of(unsigned),
            remedy="文件名已注明“未签章”。请用 shenbao seal 换上签章扫描件，或把收到的签章件放在 --received 的文件夹里。",
        )


def _unreadable(name: str, source: Source, error: ShenbaoError) -> Finding:
    """T108: the papers of a cluster can't be read."""
    return Finding(
        "T108",
        Severity.MUST,
        f"这个集群的材料读不出来，没有收入：{str(error).rstrip('。')}",
        path=name,
        position=Position(source.candidate.source),
        remedy=error.advice,
    )
