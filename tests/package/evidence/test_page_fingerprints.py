"""Fingerprints of bound pages: those of evidence that was replaced or added change, and no others."""

from __future__ import annotations

from pathlib import Path

from generator.package.evidence import bind_evidence
from tests.package.evidence import papers
from tests.package.evidence.volumes_bound import FONTS, many, planned


def test_a_file_that_was_replaced_changes_the_fingerprints_of_its_pages_only(tmp_path: Path) -> None:
    items = many(tmp_path, 3)
    plan = planned(tmp_path, items)
    hashes = {f"{number:02d}_协议.pdf": str(number) for number in (1, 2, 3)}
    (before,) = bind_evidence(plan, FONTS, hashes=hashes)
    (tmp_path / "02_协议.pdf").write_bytes(papers.text_pdf(2, word="another"))
    (after,) = bind_evidence(planned(tmp_path, items), FONTS, hashes={**hashes, "02_协议.pdf": "new"})
    assert before.pages == len(before.fingerprints)
    (where,) = plan.places[1].files
    pages = zip(before.fingerprints, after.fingerprints, strict=True)
    changed = [number for number, (old, new) in enumerate(pages, start=1) if old != new]
    assert changed == list(range(int(where.first), int(where.last) + 1))
    (unknown,) = bind_evidence(planned(tmp_path, items), FONTS, hashes={"01_协议.pdf": "1"})
    assert unknown.fingerprints == ()


def test_a_picture_that_was_replaced_is_known_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(papers.picture())
    plan = planned(tmp_path, [papers.item("照片.jpg")])
    (before,), (after,) = (bind_evidence(plan, FONTS, hashes={"照片.jpg": digest}) for digest in ("old", "new"))
    pairs = zip(before.fingerprints, after.fingerprints, strict=True)
    assert [old == new for old, new in pairs] == [True, True, True, False]


def test_evidence_added_at_the_end_leaves_the_pages_before_it_as_they_were(tmp_path: Path) -> None:
    items = many(tmp_path, 4)
    hashes = {f"{number:02d}_协议.pdf": str(number) for number in range(1, 5)}
    (before,) = bind_evidence(planned(tmp_path, items[:3]), FONTS, hashes=hashes)
    (after,) = bind_evidence(planned(tmp_path, items), FONTS, hashes=hashes)
    pairs = list(zip(before.fingerprints, after.fingerprints, strict=False))
    assert [number for number, (old, new) in enumerate(pairs) if old != new] == [0]
    assert len(set(after.fingerprints)) == len(after.fingerprints)
