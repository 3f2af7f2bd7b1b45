"""The files behind a 稿: what the cluster's data were read from, by content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.cluster.files import data_files
from generator.cluster.model import Cluster
from generator.errors import UnreadableError


def data_hashes(cluster: Cluster) -> Mapping[str, str]:
    """Return the SHA-256 of every file that the data came from, by its name relative to the cluster's folder, sorted.

    Files that are named and missing are left out. Raises UnreadableError for one that can't be read.
    """
    return {name: file_hash(cluster.folder / name) for name in data_files(cluster) if (cluster.folder / name).is_file()}


def file_hash(path: Path) -> str:
    """Return the SHA-256 of the file at `path`. Raises UnreadableError when it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        advice = "请检查这个文件能否打开、有没有读的权限。"
        raise UnreadableError(f"读不到 {path.name}：{error.strerror}", advice) from error
