"""The benchmarks do what they say, on a load of one line; how fast anything is, they don't ask here."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader

from benchmarks import rival
from benchmarks.__main__ import conditions
from benchmarks.comparison import Comparison, Task, as_text, as_tree
from benchmarks.evidence import Mix, write_cluster_with_evidence
from benchmarks.load import EXAMPLE, Load
from benchmarks.measuring import FailedError, in_turns, run
from benchmarks.office import Office
from benchmarks.suite import NO_OFFICE, NO_UNO, Suite
from generator.cli.columns import width
from generator.cluster.catalogue import read_catalogue
from generator.cluster.load import load_cluster
from generator.forms.library import Library

FASTER = Task("填表", "ours", "对手", "others", goal=10)
SMALL = Mix(2, 2, 1, 2, 4, 1, 1, scale=0.05)
AT_MOST = Task("启动", "ours", "对手", "others", faster=False, goal=5)


@pytest.fixture
def load() -> Load:
    """A template of one line."""
    document, template = Document(), io.BytesIO()
    document.add_paragraph("集群名称：{{ 名称 }}")
    document.save(template)
    context = {"名称": "甲 & 乙"}
    return Load(template.getvalue(), context, rival.fill(template.getvalue(), context))


def suite_of(load: Load, folder: Path, office: Office | None) -> Suite:
    return Suite(load, folder, 1, office, mix=None if office else SMALL)


def test_without_libreoffice_everything_else_is_measured_and_the_gaps_are_explained(load: Load, tmp_path: Path) -> None:
    suite = suite_of(load, tmp_path, None)
    comparisons = suite.comparisons()
    assert [comparison.task for comparison in comparisons] == list(suite.tasks)
    for comparison in comparisons:
        if "office" in comparison.task.others:
            assert comparison.skipped == NO_OFFICE and comparison.ratio is None and comparison.reached is None
        else:
            assert not comparison.skipped and comparison.ours > 0 and comparison.others > 0
    text = as_text(conditions(suite), comparisons)
    head, line, *rows = text.split("\n\n")[1].split("\n")
    assert head.startswith("项目") and set(line) == {"-", " "}
    assert [row.split("  ")[0] for row in rows] == [task.name for task in suite.tasks]
    assert text.count(f"未测：{NO_OFFICE}") == sum("office" in task.others for task in suite.tasks)


def test_with_libreoffice_nothing_is_left_out_but_what_needs_uno(load: Load, tmp_path: Path, soffice: str) -> None:
    office = Office.found()
    assert office is not None
    for comparison in suite_of(load, tmp_path, office).comparisons():
        without_uno = office.python is None and comparison.task.others == "office running"
        assert comparison.skipped == (NO_UNO if without_uno else "")
        assert (comparison.ratio is None) == without_uno


def test_a_rival_that_gives_another_document_is_no_comparison(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rival, "fill", lambda template, context: template)
    with pytest.raises(FailedError):
        suite_of(load, tmp_path, None).comparisons()


def test_evidence_is_what_was_asked_for_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    made = [write_cluster_with_evidence(EXAMPLE, tmp_path / name, SMALL) for name in ("one", "other")]
    assert [file.read_bytes() for file in made[0]] == [file.read_bytes() for file in made[1]]
    assert len({file.read_bytes() for file in made[0]}) == len(made[0]) == 9
    pages = [len(PdfReader(file).pages) if file.suffix == ".pdf" else 1 for file in made[0]]
    assert sum(pages) == SMALL.pages == 12
    turned = []
    for file in tmp_path.glob("one/*/*照片.jpg"):
        with Image.open(file) as photograph:
            turned.append(photograph.getexif().get(0x0112))
    assert Counter(turned) == Counter([None, 6, 3, 8])
    library = Library.standard()
    cluster, found = load_cluster(
        tmp_path / "one", read_catalogue(library.field_folders()), forms=library.submission_ids()
    )
    assert cluster is not None and not found
    assert {name for item in cluster.evidence for name in item.files} == {f"佐证材料/{file.name}" for file in made[0]}


def test_the_real_run_has_two_hundred_pages() -> None:
    assert Mix().pages == 200


@pytest.mark.parametrize(
    ("task", "ours", "others", "ratio", "reached"),
    [
        (FASTER, 0.01, 0.2, 20, True),
        (FASTER, 0.1, 0.2, 2, False),
        (AT_MOST, 0.2, 0.1, 2, True),
        (AT_MOST, 0.6, 0.1, 6, False),
    ],
)
def test_a_goal_is_reached_or_missed(task: Task, ours: float, others: float, ratio: float, reached: bool) -> None:
    comparison = Comparison(task, ours, others)
    assert comparison.ratio == pytest.approx(ratio)
    assert comparison.reached is reached
    assert ("  达到" in as_text({}, [comparison])) is reached
    assert ("  未达到" in as_text({}, [comparison])) is not reached


def test_columns_stand_one_below_the_other() -> None:
    text = as_text({"Python": "3"}, [Comparison(FASTER, 0.1, 0.2), Comparison(AT_MOST, skipped=NO_OFFICE)])
    conditions_said, table = text.split("\n\n")
    head, _, *rows = table.split("\n")
    assert conditions_said == "Python：3"
    assert {width(row[: row.index("对手")]) for row in rows} == {width(head[: head.index("对照为")])}


def test_programs_can_read_the_figures() -> None:
    tree = json.loads(json.dumps(as_tree({"Python": "3"}, [Comparison(FASTER, 0.1, 0.2)])))
    assert tree["conditions"] == {"Python": "3"}
    assert tree["comparisons"][0]["ratio"] == 2
    assert tree["comparisons"][0]["reached"] is False


def test_steps_take_turns_and_the_first_round_is_not_counted() -> None:
    done: list[str] = []
    amounts = {"one": iter([100.0, 3.0, 1.0, 2.0]), "other": iter([100.0, 5.0, 5.0, 8.0])}

    def step(name: str) -> dict[str, float]:
        done.append(name)
        return {name: next(amounts[name])}

    assert in_turns(3, [lambda: step("one"), lambda: step("other")]) == {"one": 2.0, "other": 5.0}
    assert done == ["one", "other"] * 4


def test_a_command_that_fails_is_not_a_quick_one(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the peak of a child")
def test_the_peak_is_that_of_the_command_alone(tmp_path: Path) -> None:
    size = 64_000_000
    ballast = bytearray(2 * size)  # what the measuring process itself holds must not count
    small = run([sys.executable, "-c", "pass"], tmp_path).peak
    large = run([sys.executable, "-c", f"bytearray({size}).count(1)"], tmp_path).peak
    assert small is not None and large is not None
    assert small < size < large < len(ballast)
