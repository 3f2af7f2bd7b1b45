"""docs/recommend.md lists the findings that a recommendation can have."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_lists_every_code_and_no_other() -> None:
    sources = (ROOT / "generator" / "recommending").glob("*.py")
    used = {code for path in sources for code in re.findall(r'"(T\d{3})"', path.read_text("utf-8"))}
    page = (ROOT / "docs" / "recommend.md").read_text("utf-8")
    assert used == set(re.findall(r"^\| (T\d{3}) ", page, re.MULTILINE))
    assert len(used) == 15
