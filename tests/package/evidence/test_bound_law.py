"""The law of corrections for evidence: the old volumes with the slip applied are the new ones, by fingerprints and by text."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from generator.corrections.sheets import applied, sheets_of, steps_between
from generator.forms.library import Library
from generator.forms.snapshot import RememberedPage
from generator.measure.fonts import FontLibrary
from generator.package.evidence import (
    EvidenceItem,
    EvidencePlan,
    KeptEvidence,
    VolumeSettings,
    bind_evidence,
    plan_evidence,
    read_evidence,
)
from generator.package.evidence.matching import numbers_of
from generator.package.manifest import PackageFile
from generator.package.printing.copies import sheets_in_one
from tests.corrections.test_law import after_the_slip, as_pairs, texts
from tests.package.evidence.papers import A3, A4
from tests.package.evidence.test_continuing import Item, edited, item
from tests.samples import HERE

FONTS = FontLibrary.bundled()
LIBRARY = Library.standard()
FIRST = (item("甲", "abc"), item("乙", "DEf"), item("丙", "ghijk"))


@dataclass(frozen=True)
class Bound:
    """Volumes of evidence, and the plan that they were bound by."""

    plan: EvidencePlan
    volumes: tuple[PackageFile, ...]

    def pages(self, volume: int) -> list[RememberedPage]:
        if volume >= len(self.volumes):
            return []
        file = self.volumes[volume]
        return [RememberedPage(*page) for page in zip(file.labels, file.fingerprints, strict=True)]

    def texts(self, volume: int) -> list[str]:
        return texts(self.volumes[volume].content) if volume < len(self.volumes) else []


def pdf(pages: Sequence[str]) -> bytes:
    """A PDF of these pages, each with its words; those that begin with a capital letter are A3."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for words in pages:
        canvas.setPageSize(A3 if words[0].isupper() else A4)
        canvas.drawString(100, 500, f"page {words}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def bound(items: Sequence[Item], kept: KeptEvidence | None, setting: VolumeSettings) -> Bound:
    with TemporaryDirectory() as folder:
        hashes = {}
        for one in items:
            for file in one.held:
                content = pdf(file.pages)
                (Path(folder) / file.name).write_bytes(content)
                hashes[file.name] = hashlib.sha256(content).hexdigest()
        numbered = zip(numbers_of(items, kept, hashes), items, strict=True)
        evidence = [
            EvidenceItem(number, one.name, ("产值",), one.files, HERE)
            for number, one in sorted(numbered, key=lambda pair: pair[0])
        ]
        read = read_evidence(evidence, Path(folder))
        plan = plan_evidence(read, "某集群", LIBRARY, FONTS, setting, kept=kept, hashes=hashes)
        return Bound(plan, bind_evidence(plan, FONTS, hashes=hashes))


def holds(old: Bound, new: Bound) -> None:
    for volume in range(max(len(old.volumes), len(new.volumes))):
        stack, newest = sheets_of(old.pages(volume), 1), sheets_of(new.pages(volume), 2)
        steps = steps_between(stack, newest)
        assert [one.prints for one in applied(stack, newest, steps)] == [one.prints for one in newest]
        put_in = [step.new for step in steps if step.new]
        slip: list[str] = []
        if put_in:
            print_out, _ = sheets_in_one([("佐证材料", new.volumes[volume].content, put_in)], "换页打印稿")
            slip = texts(print_out)
            labels = [label for number in put_in for label in new.volumes[volume].labels[2 * number - 2 : 2 * number]]
            assert list(PdfReader(io.BytesIO(print_out)).page_labels) == labels
        assert after_the_slip(old.texts(volume), slip, steps) == as_pairs(new.texts(volume))
        only_new(old, new, volume, put_in)
    for file in new.volumes:
        assert tuple(PdfReader(io.BytesIO(file.content)).page_labels) == file.labels


def only_new(old: Bound, new: Bound, volume: int, put_in: Sequence[int]) -> None:
    """No sheet is printed that lay in the old volume with the same words under the same numbers."""
    lying = set(as_pairs(old.texts(volume)))
    now = as_pairs(new.texts(volume))
    assert not [now[number - 1] for number in put_in if now[number - 1] in lying]


@settings(max_examples=8)
@given(st.data())
def test_old_volumes_with_the_slip_applied_are_the_new_ones(pdftotext: str, data: st.DataObject) -> None:
    setting = data.draw(st.sampled_from([VolumeSettings(), VolumeSettings(sheets=7)]))
    items: tuple[Item, ...] = FIRST
    version = printed = bound(items, None, setting)
    for number in range(data.draw(st.integers(1, 3))):
        for step in range(data.draw(st.integers(1, 2))):
            items = data.draw(edited(items, 10 * number + step))
        now = bound(items, version.plan.remembered, setting)
        holds(printed, now)
        if data.draw(st.booleans()):
            version = now
        if data.draw(st.booleans()):
            version = printed = now
