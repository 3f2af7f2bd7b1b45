"""What stages of a build give, gathered: files, findings, the faces of type used, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.findings import Findings
from generator.forms.signings import Signing
from generator.frozen import dataclass, field, replace
from generator.package.manifest import PackageFile, Skipped
from generator.typeset.pages import Pages


@dataclass(frozen=True)
class Gathered:
    """What was made so far. `faces` are the keys of the faces of type that pages are set in; each file has a path of its own.

    `signings` are the places that are signed or sealed by hand, of all papers; `told` is what stages tell later ones, and what the
    snapshot remembers of it, by name, in JSON's own kinds of value.
    """

    files: tuple[PackageFile, ...] = ()
    findings: Findings = ()
    faces: frozenset[str] = frozenset()
    skipped: tuple[Skipped, ...] = ()
    signings: tuple[Signing, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)

    def plus(
        self,
        files: Iterable[PackageFile] = (),
        findings: Findings = (),
        faces: frozenset[str] = frozenset(),
        skipped: Iterable[Skipped] = (),
        told: Mapping[str, Any] | None = None,
    ) -> Gathered:
        """Return this and what another stage gave."""
        return replace(
            self,
            files=(*self.files, *files),
            findings=(*self.findings, *findings),
            faces=self.faces | faces,
            skipped=(*self.skipped, *skipped),
            told={**self.told, **(told or {})},
        )


def fingerprints_of(pages: Pages) -> tuple[str, ...]:
    """Return the fingerprints of `pages`; a blank page has none, as the back of a last sheet that is no page at all."""
    return tuple("" if page.is_blank else page.fingerprint for page in pages.pages)


def faces_of(pages: Pages) -> frozenset[str]:
    """Return the keys of the faces that `pages` are set in."""
    return frozenset(run.face for page in pages.pages for run in page.runs)
