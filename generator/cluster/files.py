"""Which files a cluster's data were read from."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cluster.model import Cluster
from generator.cluster.values import Given


def data_files(cluster: Cluster) -> tuple[str, ...]:
    """Return every file that `cluster` was read from or names, sorted: relative to its folder, with `/`.

    They are its YAML file, its registers, the texts beside it that fields are taken from, and its evidence. A file that is named
    may be missing.
    """
    names = {cluster.source, *cluster.register_files}
    names |= {given.position.file for given in _given(cluster)}
    names |= {file for item in cluster.evidence for file in item.files}
    return tuple(sorted(name.replace("\\", "/") for name in names if name))


def _given(cluster: Cluster) -> Iterator[Given]:
    yield from cluster.values.values()
    yield from cluster.actuals.values()
    for submission in cluster.submissions.values():
        yield from submission.values.values()
        yield from submission.others.values()
        yield from submission.prose.values()
