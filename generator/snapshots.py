"""The snapshot of a prepared form once it is printed: what the stages know, gathered for package.snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import __version__
from generator.cluster.load import FILE_NAME
from generator.cluster.model import Cluster
from generator.errors import UnreadableError
from generator.findings import Findings
from generator.forms.filled import FilledForm
from generator.forms.particulars import particulars_of
from generator.forms.snapshot import Made
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.package.gathered import faces_of
from generator.package.manifest import FontUsed, sha256
from generator.package.snapshot import take_snapshot
from generator.typeset.pages import Pages


def snapshot_of(
    filled: FilledForm,
    cluster: Cluster,
    pages: Pages,
    findings: Findings,
    *,
    template: bytes,
    fonts: FontLibrary,
    draft: bool = False,
    content: bytes | None = None,
    papers: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """Return the snapshot of `filled`, printed as `pages` from the Word file `template`, with all that was found.

    `content` stands for the bytes of cluster.yaml where the cluster was loaded from other ones than the file's own; `papers`
    are the fingerprints of the pages of other papers, by path.
    Raises UnreadableError for a file of the data that can't be read.
    """
    made = Made(
        tool=__version__,
        template=sha256(template),
        fonts={font.file: font.sha256 for font in fonts_used(faces_of(pages), fonts)},
        draft=draft,
    )
    return take_snapshot(
        filled,
        pages,
        data_hashes(cluster, content),
        particulars_of(cluster, derive(cluster)),
        findings=findings,
        evidence=cluster.evidence,
        units={name: field.unit for name, field in cluster.fields.items() if field.unit},
        made=made,
        papers=papers,
    )


def fonts_used(faces: frozenset[str], fonts: FontLibrary) -> tuple[FontUsed, ...]:
    """Return the fonts that the faces with the keys `faces` are of, by these keys."""
    keys = sorted(faces)
    hashes = fonts.hashes(keys)
    return tuple(FontUsed(fonts.by_key(key).family, fonts.by_key(key).path.name, hashes[key]) for key in keys)


def data_hashes(cluster: Cluster, content: bytes | None = None) -> Mapping[str, str]:
    """Return the SHA-256 of every file that the data came from, `content` in place of cluster.yaml's own bytes.

    Raises UnreadableError for one that can't be read.
    """
    source = cluster.source or FILE_NAME
    names = {source, *cluster.register_files}
    names |= {file for item in cluster.evidence for file in item.files}
    hashes = {name: _hash(cluster.folder / name) for name in sorted(names) if (cluster.folder / name).is_file()}
    return hashes if content is None else {**hashes, source: sha256(content)}


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        advice = "请检查这个文件能否打开、有没有读的权限。"
        raise UnreadableError(f"读不到 {path.name}：{error.strerror}", advice) from error
