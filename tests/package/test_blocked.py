"""What stops a build is told at once: what the checks find, and what is wrong inside the evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import build as building
from generator.build import prepare
from generator.errors import BlockedError
from generator.forms.library import Library
from generator.notices.order import take_order
from tests.package.small_cluster import FONTS, NOTICE, Given, Item, write


def test_evidence_is_looked_through_although_the_form_is_blocked_already(tmp_path: Path) -> None:
    torn = Item("图谱文件", "绘制产业链图谱", (("图谱.pdf", "不是 PDF"),))
    write(Given(items=(torn,)), tmp_path / "集群")
    library = Library.standard()
    order = take_order(library.file_names(), notice=library.notice(NOTICE))
    prepared = prepare(tmp_path / "集群", order.form, library, FONTS, order.standard)
    with pytest.raises(BlockedError) as caught:
        building.build(prepared, tmp_path / "成果", library, FONTS, order=order)
    found = [finding.code for finding in caught.value.findings]
    assert "C101" in found
    assert found[-1] == "E101"
    assert not (tmp_path / "成果").exists()
