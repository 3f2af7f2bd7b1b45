"""The snapshot of a prepared form once it is printed: what the stages know, gathered for package.snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator import __version__
from generator.cluster.model import Cluster
from generator.findings import Findings
from generator.forms.filled import FilledForm
from generator.forms.particulars import particulars_of
from generator.forms.snapshot import Made
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.package.data_files import data_hashes
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
    asked: Mapping[str, str] | None = None,
    content: bytes | None = None,
) -> dict[str, Any]:
    """Return the snapshot of `filled`, printed as `pages` from the Word file `template`, with all that was found.

    `asked` is what the operator asked for beside the notice (`Order.given`). `content` stands for the bytes of cluster.yaml where
    the cluster was loaded from other ones than the file's own.
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
        asked=asked,
    )


def fonts_used(faces: frozenset[str], fonts: FontLibrary) -> tuple[FontUsed, ...]:
    """Return the fonts that the faces with the keys `faces` are of, by these keys."""
    keys = sorted(faces)
    hashes = fonts.hashes(keys)
    return tuple(FontUsed(fonts.by_key(key).family, fonts.by_key(key).path.name, hashes[key]) for key in keys)
