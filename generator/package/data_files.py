"""The files behind a 稿: what the cluster's data were read from, by content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.cluster.files import data_files
from generator.cluster.model import Cluster
from generator.errors import UnreadableError, reason_of
from generator.package.manifest import sha256


def data_hashes(cluster: Cluster, content: bytes | None = None) -> Mapping[str, str]:
    """Return the SHA-256 of every file that the data came from, by its name relative to the cluster's folder, sorted.

    `content` stands for the bytes of cluster.yaml where the cluster was loaded from other ones than the file's own. Files that
    are named and missing are left out. Raises UnreadableError for one that can't be read.
    """
    files = {name: cluster.folder / name for name in data_files(cluster)}
    hashes = {name: file_hash(path) for name, path in files.items() if path.is_file()}
    return hashes if content is None else {**hashes, cluster.source: sha256(content)}


def file_hash(path: Path) -> str:
    """Return the SHA-256 of the file at `path`. Raises UnreadableError when it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        advice = "请检查这个文件能否打开、有没有读的权限。"
        raise UnreadableError(f"读不到 {path.name}：{reason_of(error)}", advice) from error
