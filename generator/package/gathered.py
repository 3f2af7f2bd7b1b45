"""What stages of a build give, gathered: files, findings, the faces of type used, what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.findings import Findings
from generator.package.manifest import PackageFile, Skipped
from generator.typeset.pages import Pages


@dataclass(frozen=True)
class Gathered:
    """What was made so far. `faces` are the keys of the faces of type that pages are set in; each file has a path of its own."""

    files: tuple[PackageFile, ...] = ()
    findings: Findings = ()
    faces: frozenset[str] = frozenset()
    skipped: tuple[Skipped, ...] = ()

    def plus(
        self,
        files: Iterable[PackageFile] = (),
        findings: Findings = (),
        faces: frozenset[str] = frozenset(),
        skipped: Iterable[Skipped] = (),
    ) -> Gathered:
        """Return this and what another stage gave."""
        return replace(
            self,
            files=(*self.files, *files),
            findings=(*self.findings, *findings),
            faces=self.faces | faces,
            skipped=(*self.skipped, *skipped),
        )


def faces_of(pages: Pages) -> frozenset[str]:
    """Return the keys of the faces that `pages` are set in."""
    return frozenset(run.face for page in pages.pages for run in page.runs)
