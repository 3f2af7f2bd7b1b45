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
    hashes: Mapping[str, str],
    draft: bool = False,
    asked: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the snapshot of `filled`, printed as `pages` from the Word file `template`, with all that was found.

    `hashes` are the SHA-256 of the files of the data by name; `asked` is what the operator asked for beside the notice
    (`Order.given`).
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
        hashes,
        particulars_of(cluster, derive(cluster)),
        findings=findings,
        evidence=cluster.evidence,
        units={name: field.unit for name, field in cluster.fields.items() if field.unit},
        made=made,
        asked=asked,
        registers=cluster.registers,
    )


def fonts_used(faces: frozenset[str], fonts: FontLibrary) -> tuple[FontUsed, ...]:
    """Return the fonts that the faces with the keys `faces` are of, by these keys."""
    keys = sorted(faces)
    hashes = fonts.hashes(keys)
    return tuple(FontUsed(fonts.by_key(key).family, fonts.by_key(key).path.name, hashes[key]) for key in keys)
