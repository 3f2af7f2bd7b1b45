"""The snapshot of a recommendation: which clusters, their rows and papers, the pages; and what differs from an earlier one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from generator.errors import UnreadableError, reason_of
from generator.forms.particulars import Particulars
from generator.forms.snapshot import Made
from generator.frozen import dataclass, field, names_of, replace
from generator.package.snapshot import RECOMMENDATION, made_as_tree, made_from, particulars_as_tree, particulars_from
from generator.summary.table import Sender

_EDITION = 1
_KEY = RECOMMENDATION


@dataclass(frozen=True)
class RecordedPaper:
    """A paper of a cluster: its material, its file's name, the SHA-256 of its content, whether it is the signed one."""

    material: str
    name: str
    sha256: str
    signed: bool


@dataclass(frozen=True)
class RecordedCluster:
    """A cluster that is recommended: its row as printed, its papers and the folder in the 稿 that they lie in (empty: none).

    `page` is the page of the table, counted from 1, that the row begins on, None where that is not known.
    """

    name: str
    row: tuple[str, ...]
    papers: tuple[RecordedPaper, ...]
    folder: str
    particulars: Particulars
    page: int | None = None


@dataclass(frozen=True)
class RecordedDocument:
    """A document of the office's own as it was printed.

    `fingerprints` and `labels` (numbers as printed) are of its pages, `says` is what it says, place by place and order aside;
    `digest` is that of all that it was filled with. `places` are the pages, from 1, of what is signed or sealed, by place.
    """

    fingerprints: tuple[str, ...]
    labels: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """A whole recommendation: its clusters in order, its documents by their roles.

    `sender` is who recommends, `asked` what the office asked for beside the notice (份数), `made` what it was printed with;
    records of older tools know nothing of these.
    """

    notice: str
    columns: tuple[str, ...]
    clusters: tuple[RecordedCluster, ...]
    documents: Mapping[str, RecordedDocument]
    sender: Sender = Sender()
    asked: Mapping[str, str] = field(default_factory=dict)
    made: Made | None = None

    @property
    def pages(self) -> Mapping[str, tuple[str, ...]]:
        """The fingerprints of the pages of each document, by its role."""
        return {role: document.fingerprints for role, document in self.documents.items()}

    @property
    def number_column(self) -> int | None:
        """The column of the table, from 0, that holds nothing but the numbers of rows, None where none does."""
        for at in range(len(self.columns)):
            if all(one.row[at : at + 1] == (str(number),) for number, one in enumerate(self.clusters, start=1)):
                return at
        return None


@dataclass(frozen=True)
class ClusterChange:
    """What became of a cluster since the recommendation before: 新增, 撤下, 有变 or 不变; the columns and papers that differ.

    `moved` tells whether it has another number; that alone is no change of the cluster.
    """

    name: str
    state: str
    columns: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    moved: bool = False


@dataclass(frozen=True)
class Changes:
    """What differs between two recommendations; `pages` are the numbers (from 1) of the pages that differ, by document."""

    clusters: tuple[ClusterChange, ...]
    pages: Mapping[str, tuple[int, ...]]

    def number(self, state: str) -> int:
        """Return how many clusters are in `state`."""
        return sum(cluster.state == state for cluster in self.clusters)

    @property
    def moved(self) -> int:
        """How many clusters have another number."""
        return sum(cluster.moved for cluster in self.clusters)


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
                "page": cluster.page,
            }
            for cluster in record.clusters
        ],
        "documents": {role: document_as_tree(document) for role, document in record.documents.items()},
        "sender": {name: getattr(record.sender, name) for name in names_of(Sender)},
        "asked": dict(record.asked),
        "made": None if record.made is None else made_as_tree(record.made),
    }


def document_as_tree(document: RecordedDocument) -> dict[str, Any]:
    """Return `document` as JSON's own kinds of value."""
    return {
        "fingerprints": list(document.fingerprints),
        "labels": list(document.labels),
        "says": dict(document.says),
        "digest": document.digest,
        "places": dict(document.places),
    }


def document_from(tree: Any) -> RecordedDocument:
    """Return what `document_as_tree` gave. Raises KeyError, TypeError, ValueError or AttributeError for anything else."""
    return RecordedDocument(
        _texts(tree["fingerprints"]),
        _texts(tree["labels"]),
        {str(place): str(text) for place, text in tree["says"].items()},
        str(tree["digest"]),
        {str(place): int(page) for place, page in tree["places"].items()},
    )


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
    numbers = {cluster.name: number for number, cluster in enumerate(before.clusters, start=1)}
    known = {cluster.name: cluster for cluster in before.clusters}
    columns = {column: at for at, column in enumerate(now.columns) if at != now.number_column}
    changes = [
        replace(
            _change(known.pop(cluster.name, None), cluster, columns),
            moved=numbers.get(cluster.name, number) != number,
        )
        for number, cluster in enumerate(now.clusters, start=1)
    ]
    changes += [ClusterChange(name, GONE) for name in known]
    pages = {
        role: _pages(before.pages.get(role, ()), now.pages.get(role, ()))
        for role in dict.fromkeys((*now.pages, *before.pages))
    }
    return Changes(tuple(changes), {role: numbers for role, numbers in pages.items() if numbers})


_AGAIN = "请用 shenbao recommend 重新生成一稿。"


def _change(before: RecordedCluster | None, now: RecordedCluster, columns: Mapping[str, int]) -> ClusterChange:
    if before is None:
        return ClusterChange(now.name, NEW)
    if len(before.row) == len(now.row):
        cells = tuple(column for column, at in columns.items() if before.row[at] != now.row[at])
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
        _texts(tree["columns"]),
        tuple(_cluster(cluster) for cluster in tree["clusters"]),
        _documents(tree),
        Sender(**{str(name): str(text) for name, text in tree.get("sender", {}).items()}),
        {str(name): str(text) for name, text in tree.get("asked", {}).items()},
        made_from(tree["made"]) if tree.get("made") else None,
    )


def _documents(tree: Any) -> Mapping[str, RecordedDocument]:
    """The documents; an older record knows nothing but the fingerprints of their pages."""
    if "documents" in tree:
        return {str(role): document_from(document) for role, document in tree["documents"].items()}
    return {str(role): RecordedDocument(_texts(fingerprints)) for role, fingerprints in tree["pages"].items()}


def _texts(tree: Any) -> tuple[str, ...]:
    return tuple(map(str, tree))


def _cluster(tree: Any) -> RecordedCluster:
    papers = tuple(
        RecordedPaper(str(paper["material"]), str(paper["name"]), str(paper["sha256"]), bool(paper["signed"]))
        for paper in tree["papers"]
    )
    page = tree.get("page")
    return RecordedCluster(
        str(tree["name"]),
        _texts(tree["row"]),
        papers,
        str(tree["folder"]),
        particulars_from(tree["particulars"]),
        None if page is None else int(page),
    )
