"""The law of corrections for an office: what was printed, with the slip applied, is the new print, whatever one cluster did."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.corrections.sheets import Step, applied
from generator.recommending.recommend import Recommended
from tests.corrections.test_law import after_the_slip, as_pairs, texts
from tests.recommending.clusters import made
from tests.recommending.offices import PAPERS, frozen, printed, source

CLUSTERS = 30
_SENTENCE = "集群产业链条完整，主导产品在细分领域居于前列。"


@dataclass(frozen=True)
class Edit:
    """What one cluster does: another operator, a longer introduction, withdrawn, added, moved to another place; `at` chooses it."""

    kind: str
    at: int
    much: int


edits = st.lists(
    st.builds(
        Edit,
        st.sampled_from(["operator", "introduction", "withdrawn", "added", "moved"]),
        st.integers(0, CLUSTERS - 1),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=2,
)


class Office:
    """Thirty clusters, and the recommendation of them that was frozen and printed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clusters = [source(home / "in", number) for number in range(1, CLUSTERS + 1)]
        self.first = made(home / "out", *self.clusters)
        frozen(home / "out")
        self.tries = 0

    def again(self, chosen: list[Edit]) -> tuple[Recommended, Path]:
        """Recommend anew in a copy of the folder, with `chosen` done; return that and the folder of corrections."""
        self.tries += 1
        place = self.home / f"{self.tries}"
        shutil.copytree(self.home / "out", place / "out")
        sources = list(self.clusters)
        for number, edit in enumerate(chosen):
            sources = self._done(edit, sources, place / f"in{number}")
        result = made(place / "out", *sources)
        assert result.written is not None
        return result, result.written.draft.parent / "更正" / result.written.draft.name

    def _done(self, edit: Edit, sources: list[Path], place: Path) -> list[Path]:
        at = edit.at % len(sources)
        if edit.kind == "withdrawn":
            return [*sources[:at], *sources[at + 1 :]]
        if edit.kind == "moved":
            rest = [*sources[:at], *sources[at + 1 :]]
            to = (at + edit.much) % len(sources)
            return [*rest[:to], sources[at], *rest[to:]]
        if edit.kind == "added":
            return [*sources[:at], source(place, CLUSTERS + 1 + edit.much), *sources[at:]]
        number = next((one for one in range(1, CLUSTERS + 1) if f"第{one:02d}号" in sources[at].parent.name), 1)
        if edit.kind == "operator":
            return [*sources[:at], source(place, number, 运营管理机构名称="新公司" * edit.much), *sources[at + 1 :]]
        return [*sources[:at], source(place, number, 集群简介=_SENTENCE * edit.much), *sources[at + 1 :]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def steps_of(paper: dict[str, Any]) -> list[Step]:
    return [Step(step["old"], step["new"], step["after"] or 0) for step in paper["steps"]]


def slip_of(folder: Path, copy: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """The pages of the print with the new sheets of `copy`: prints are numbered in the order in which copies first need them."""
    needs = [
        json.dumps([(each["paper"], [step["new"] for step in each["steps"]]) for each in one["papers"]])
        for one in told["copies"]
        if any(step["new"] for each in one["papers"] for step in each["steps"])
    ]
    own = json.dumps([(each["paper"], [step["new"] for step in each["steps"]]) for each in copy["papers"]])
    several = len(set(needs)) > 1
    name = f"换页打印稿{list(dict.fromkeys(needs)).index(own) + 1}.pdf" if several else "换页打印稿.pdf"
    return texts((folder / name).read_bytes())


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(chosen=edits)
def test_what_was_printed_with_the_slip_applied_is_the_new_print(
    office: Office, pdftotext: str, chosen: list[Edit]
) -> None:
    new, folder = office.again(chosen)
    assert new.amended is not None
    told = json.loads((folder / "更正.json").read_text("utf-8")) if folder.exists() else {"copies": []}
    differing = {one["name"]: one for one in told["copies"]}
    for correction in new.amended.corrections:
        for each in correction.papers:
            assert [one.prints for one in applied(each.held, each.newest, each.steps)] == [
                one.prints for one in each.newest
            ]
    held = {"第1份": PAPERS[:2], "材料移交清单第1份": PAPERS[2:], "材料移交清单第2份": PAPERS[2:]}
    for name, papers in held.items():
        copy = differing.get(name, {"papers": []})
        changed = {each["paper"]: steps_of(each) for each in copy["papers"]}
        slip = slip_of(folder, copy, told) if any(step.new for steps in changed.values() for step in steps) else []
        for paper in papers:
            steps = changed.get(paper, [])
            count = 2 * sum(step.new is not None for step in steps)
            mine, slip = slip[:count], slip[count:]
            old, now = texts(printed(office.first, paper)), texts(printed(new, paper))
            assert after_the_slip(old, mine, steps) == as_pairs(now), (name, paper)
        assert slip == []


def test_one_figure_of_one_cluster_of_thirty_takes_one_sheet(office: Office) -> None:
    new, _ = office.again([Edit("operator", 6, 1)])
    assert new.amended is not None
    first, one, other, disc = new.amended.corrections
    assert [(each.paper, each.new_sheets) for each in first.papers] == [("推荐汇总表", (1,))]
    assert one.papers == other.papers == ()
    assert disc.files and not one.offers


def test_a_sheet_forgotten_is_noticed(office: Office, pdftotext: str) -> None:
    new, folder = office.again([Edit("withdrawn", 2, 1)])
    told = json.loads((folder / "更正.json").read_text("utf-8"))
    (table,) = [each for each in told["copies"][0]["papers"] if each["paper"] == "推荐汇总表"]
    steps = steps_of(table)[1:]
    slip = slip_of(folder, told["copies"][0], told)[-2 * len(steps) :]
    old, now = texts(printed(office.first, "推荐汇总表")), texts(printed(new, "推荐汇总表"))
    assert after_the_slip(old, slip, steps) != as_pairs(now)
