"""The electronic copies of a package in one step: planned, made, labelled."""

from __future__ import annotations

from collections.abc import Sequence

from generator.findings import Findings, blocking
from generator.forms.library import Library
from generator.frozen import dataclass, replace
from generator.measure.fonts import FontLibrary
from generator.package.manifest import PackageFile
from generator.package.media.label import LABEL, make_labels
from generator.package.media.make import MediaTitle, make_media
from generator.package.media.plan import plan_media
from generator.package.media.rules import MediumDemand, read_media_rules


@dataclass(frozen=True)
class Electronic:
    """The files of all media, what was found, and the keys of the faces that the labels are set in.

    There are no files while a finding blocks and `draft` is not asked for.
    """

    files: tuple[PackageFile, ...]
    findings: Findings
    faces: frozenset[str] = frozenset()


def electronic_copies(
    files: Sequence[PackageFile],
    demands: Sequence[MediumDemand],
    title: MediaTitle,
    library: Library,
    fonts: FontLibrary,
    *,
    draft: bool = False,
) -> Electronic:
    """Return the discs, sticks and mails that `demands` ask for, with `files` (of a 稿) on them, and the labels of the discs.

    A `draft` says that it is one. Raises OutputError where an image fails its check, DefinitionError where the rules of `library` are
    wrong.
    """
    rules = read_media_rules(library)
    plan = plan_media(files, demands, rules)
    if not plan.media or (blocking(plan.findings) and not draft):
        return Electronic((), plan.findings)
    title = replace(title, draft=draft)
    labels = make_labels(plan, title, rules, library.document(LABEL), fonts)
    return Electronic((*make_media(plan, title, rules), *labels.files), plan.findings, labels.faces)
