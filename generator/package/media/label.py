"""The labels of discs: one for each, to be cut out and put into the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import PurePosixPath
from typing import Any

from generator.documents.printing import Printed, print_document
from generator.forms.definition_document import DocumentDefinition
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.media.contents import MediumFile, signed_in_words, size_in_words, total_size
from generator.package.media.make import MediaTitle, named
from generator.package.media.plan import MediaPlan, MediumPlan
from generator.package.media.rules import MediaRules, MediumKind, Words

LABEL = "disc-label"
"""The designed document."""

_ON_A_PAGE = 2
_LISTED = 7


@dataclass(frozen=True)
class Labels:
    """The labels as docx and PDF, none where there are no discs, and the keys of the faces that they are set in."""

    files: tuple[PackageFile, ...] = ()
    faces: frozenset[str] = frozenset()


def make_labels(
    plan: MediaPlan, title: MediaTitle, rules: MediaRules, definition: DocumentDefinition, fonts: FontLibrary
) -> Labels:
    """Return the labels of all discs of `plan`. `definition` is that of LABEL.

    A label tells cluster, papers, the number of the disc, what is signed, what is on it; its date is for the hand.
    """
    labels = [
        label
        for medium in plan.media
        if medium.demand.kind is MediumKind.DISC
        for label in _labels(medium, title, rules.words)
    ]
    if not labels:
        return Labels()
    mark = rules.words.draft_mark if title.draft else ""
    printed = _printed(labels, _ON_A_PAGE, title, definition, fonts, mark)
    if len(printed.pages.pages) > -(-len(labels) // _ON_A_PAGE):  # long names: a label must not be parted
        printed = _printed(labels, 1, title, definition, fonts, mark)
    faces = frozenset(run.face for page in printed.pages.pages for run in page.runs)
    discs = (file for medium in plan.media if medium.demand.kind is MediumKind.DISC for file in chain(*medium.volumes))
    return Labels(_as_files(printed, title, rules.words, [*discs]), faces)


def _printed(
    labels: Sequence[Mapping[str, Any]],
    on_a_page: int,
    title: MediaTitle,
    definition: DocumentDefinition,
    fonts: FontLibrary,
    mark: str,
) -> Printed:
    pages = [{"标签们": labels[start : start + on_a_page]} for start in range(0, len(labels), on_a_page)]
    return print_document(definition, {"页们": pages}, fonts, mark=mark, subject=title.cluster)


def _as_files(
    printed: Printed, title: MediaTitle, words: Words, listed: Sequence[MediumFile]
) -> tuple[PackageFile, ...]:
    stem = f"{SUBMITTED}/{words.disc_folder}/"
    names = {"cluster": title.cluster}
    count = len(printed.pages.pages)
    return (
        PackageFile("disc.label.docx", stem + named(words.label, names, ".docx", words, listed), printed.docx, count),
        PackageFile("disc.label.pdf", stem + named(words.label, names, ".pdf", words, listed), printed.pdf, count),
    )


def _labels(medium: MediumPlan, title: MediaTitle, words: Words) -> Iterator[dict[str, Any]]:
    """Yield what the label of each disc says: a set of volumes for each piece that is asked for."""
    copies, count = medium.demand.number, len(medium.volumes)
    for copy in range(1, copies + 1):
        for number, volume in enumerate(medium.volumes, start=1):
            names = {"copy": copy, "copies": copies, "number": number, "count": count, "form": title.form}
            pattern = words.label_number if count == 1 else words.label_number_of_set
            size = size_in_words(total_size(volume))
            shown = _by_stem(volume)
            if len(shown) > _LISTED:
                shown = [*shown[: _LISTED - 1], words.label_more.format(count=len(volume))]
            yield {
                "集群名称": title.cluster,
                "材料": words.label_papers.format(**names),
                "编号": pattern.format(**names),
                "签章": signed_in_words(
                    volume,
                    unsigned=words.label_unsigned.format(count=sum(bool(one.file.unsigned) for one in volume)),
                    signed=words.label_signed,
                    neither=words.label_paper,
                )
                + (f"；{words.draft}" if title.draft else ""),
                "概要": words.label_summary.format(count=len(volume), size=size, carrier=medium.carrier),
                "内容们": [{"文件": name} for name in shown],
            }


def _by_stem(files: Sequence[MediumFile]) -> list[str]:
    """Return the names of `files`, those that differ in their extensions only as one: `01_申报表.docx、.pdf`."""
    paths = [PurePosixPath(file.path) for file in files]
    groups = groupby(paths, lambda path: path.with_suffix(""))
    return [f"{stem}{'、'.join(path.suffix for path in group)}" for stem, group in groups]
