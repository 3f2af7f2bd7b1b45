"""The snapshot of a recommendation: which clusters, their rows and papers, the pages; and what differs from an earlier one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from generator.errors import UnreadableError, reason_of
from generator.forms.particulars import Particulars
from generator.frozen import dataclass
from generator.package.snapshot import particulars_as_tree, particulars_from

_EDITION = 1
_KEY = "recommendation"


@dataclass(frozen=True)
class RecordedPaper:
    """A paper of a cluster: its material, its file's name, the SHA-256 of its content, whether it is the signed one."""

    material: str
    name: str
    sha256: str
    signed: bool


@dataclass(frozen=True)
class RecordedCluster:
    """A cluster that is recommended: its row as printed, its papers and the folder in the 稿 that they lie in (empty: none)."""

    name: str
    row: tuple[str, ...]
    papers: tuple[RecordedPaper, ...]
    folder: str
    particulars: Particulars


@dataclass(frozen=True)
class Record:
    """A whole recommendation. `pages` are the fingerprints of the pages of each document, by its role."""

    notice: str
    columns: tuple[str, ...]
    clusters: tuple[RecordedCluster, ...]
    pages: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ClusterChange:
    """What became of a cluster since the recommendation before: 新增, 撤下, 有变 or 不变; the columns and papers that differ."""

    name: str
    state: str
    columns: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What differs between two recommendations; `pages` are the numbers (from 1) of the pages that differ, by document."""

    clusters: tuple[ClusterChange, ...]
    pages: Mapping[str, tuple[int, ...]]

    def number(self, state: str) -> int:
        """Return how many clusters are in `state`."""
        return sum(cluster.state == state for cluster in self.clusters)


NEW, GONE, CHANGED, SAME = "新增", "撤下", "有变", "不变"


def record_as_tree(record: Record) -> dict[str, Any]:
    """Return `record` as JSON's own kinds of value."""
    return {
        _KEY: _EDITION,
        "notice": record.notice,
        "columns": list(record.columns),
        "clusters": [
            {
                "name": cluster.name,
                "row": list(cluster.row),
                "folder": cluster.folder,
                "papers": [
                    {"material": paper.material, "name": paper.name, "sha256": paper.sha256, "signed": paper.signed}
                    for paper in cluster.papers
                ],
                "particulars": particulars_as_tree(cluster.particulars),
            }
            for cluster in record.clusters
        ],
        "pages": {role: list(fingerprints) for role, fingerprints in record.pages.items()},
    }


def is_record(snapshot: Path) -> bool:
    """Whether the file `snapshot` (a 稿's snapshot.json) is that of a recommendation."""
    try:
        tree = json.loads(snapshot.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(tree, dict) and tree.get(_KEY) == _EDITION


def read_record(snapshot: Path) -> Record:
    """Return the recommendation of the file `snapshot`. Raises UnreadableError when it can't be read or is none."""
    try:
        return _decoded(json.loads(snapshot.read_bytes()))
    except OSError as error:
        raise UnreadableError(f"读不到 {snapshot}：{reason_of(error)}", _AGAIN) from error
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise UnreadableError(f"{snapshot} 不是推荐材料的记录。", _AGAIN) from error


def compare(before: Record, now: Record) -> Changes:
    """Return what differs: clusters by name, in the order of `now`, those that are gone last; pages by their place."""
    known = {cluster.name: cluster for cluster in before.clusters}
    changes = [_change(known.pop(cluster.name, None), cluster, now.columns) for cluster in now.clusters]
    changes += [ClusterChange(name, GONE) for name in known]
    pages = {
        role: _pages(before.pages.get(role, ()), now.pages.get(role, ()))
        for role in dict.fromkeys((*now.pages, *before.pages))
    }
    return Changes(tuple(changes), {role: numbers for role, numbers in pages.items() if numbers})


_AGAIN = "请用 shenbao recommend 重新生成一稿。"


def _change(before: RecordedCluster | None, now: RecordedCluster, columns: Sequence[str]) -> ClusterChange:
    if before is None:
        return ClusterChange(now.name, NEW)
    if len(before.row) == len(now.row):
        pairs = zip(columns, before.row, now.row, strict=True)
        cells = tuple(column for column, old, new in pairs if old != new)
    else:
        cells = tuple(columns)
    old = {paper.name: paper for paper in before.papers}
    new = {paper.name: paper for paper in now.papers}
    papers = tuple(name for name in dict.fromkeys((*new, *old)) if new.get(name) != old.get(name))
    return ClusterChange(now.name, CHANGED if cells or papers else SAME, cells, papers)


def _pages(before: Sequence[str], now: Sequence[str]) -> tuple[int, ...]:
    """Return the pages of `now` that differ from those of `before`; where `now` is shorter, the pages that are gone too."""
    most = max(len(before), len(now))
    return tuple(
        number + 1 for number in range(most) if tuple(before[number : number + 1]) != tuple(now[number : number + 1])
    )


def _decoded(tree: Any) -> Record:
    if tree[_KEY] != _EDITION:
        raise ValueError("unknown edition")
    return Record(
        str(tree["notice"]),
        tuple(map(str, tree["columns"])),
        tuple(_cluster(cluster) for cluster in tree["clusters"]),
        {str(role): tuple(map(str, fingerprints)) for role, fingerprints in tree["pages"].items()},
    )


def _cluster(tree: Any) -> RecordedCluster:
    papers = tuple(
        RecordedPaper(str(paper["material"]), str(paper["name"]), str(paper["sha256"]), bool(paper["signed"]))
        for paper in tree["papers"]
    )
    row = tuple(map(str, tree["row"]))
    return RecordedCluster(str(tree["name"]), row, papers, str(tree["folder"]), particulars_from(tree["particulars"]))
