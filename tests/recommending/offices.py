"""An office that has printed, signed and sealed what it recommends, and then one cluster changes."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.amending import Amended
from generator.keeping import note_copies
from generator.package.manifest import SUBMITTED
from generator.package.versions.ledger import read_ledger
from generator.recommending.recommend import Recommended
from generator.submitting import Wanted, correct_submission, freeze_submission
from tests.recommending.clusters import FONTS, LIBRARY, NOTICE, built, made, sealed

DAY = datetime.date(2024, 6, 1)
TABLE = "推荐汇总表"
LETTER = "推荐文件"
HANDOVER = "材料移交清单"
PAPERS = (LETTER, TABLE, HANDOVER)


def source(output: Path, number: int, *, signed: bool = False, **changed: str) -> Path:
    """Build a cluster below `output`; return the folder of its 稿."""
    draft = built(output, number, **changed)
    if signed:
        sealed(draft, number)
    return draft.parent


def series(output: Path) -> Path:
    return output / "推荐材料" / NOTICE


def frozen(output: Path, *, copies: str = "") -> Path:
    """Freeze what is current below `output` and note all its copies as printed; return the folder of its 稿."""
    where = series(output)
    freeze_submission(Wanted(where, output), DAY, LIBRARY, copies=copies)
    note_copies(where, [copy.name for copy in read_ledger(where).copies], {"打印": "是"})
    return where


def corrected(output: Path) -> Amended:
    return correct_submission(Wanted(series(output), output), LIBRARY, FONTS)


def printed(result: Recommended, paper: str) -> bytes:
    """Return the PDF of one of the office's own papers."""
    assert result.written is not None
    names = {LETTER: "01_*", TABLE: "02_*", HANDOVER: "03_*"}
    (path,) = (result.written.draft / SUBMITTED).glob(f"{names[paper]}.pdf")
    return path.read_bytes()


def both(output: Path, before: list[Path], after: list[Path]) -> tuple[Recommended, Recommended]:
    """Recommend `before`, print it, and recommend `after`."""
    first = made(output, *before)
    frozen(output)
    return first, made(output, *after)
