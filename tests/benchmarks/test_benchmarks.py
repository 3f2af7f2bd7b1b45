"""The benchmarks do what they say, on a load of one line; how fast anything is, they don't ask here."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from docx import Document

from benchmarks import rival
from benchmarks.__main__ import conditions
from benchmarks.comparison import Comparison, Task, as_text, as_tree
from benchmarks.load import Load
from benchmarks.measuring import FailedError, in_turns, run
from benchmarks.office import Office
from benchmarks.suite import NO_OFFICE, NO_UNO, TASKS, Suite
from generator.cli.columns import width

FASTER = Task("填表", "ours", "对手", "others", goal=10)
AT_MOST = Task("启动", "ours", "对手", "others", faster=False, goal=5)


@pytest.fixture
def load() -> Load:
    """A template of one line."""
    document, template = Document(), io.BytesIO()
    document.add_paragraph("集群名称：{{ 名称 }}")
    document.save(template)
    context = {"名称": "甲 & 乙"}
    return Load(template.getvalue(), context, rival.fill(template.getvalue(), context))


def test_without_libreoffice_everything_else_is_measured_and_the_gaps_are_explained(load: Load, tmp_path: Path) -> None:
    suite = Suite(load, tmp_path, 1, None)
    comparisons = suite.comparisons()
    assert [comparison.task for comparison in comparisons] == list(TASKS)
    for comparison in comparisons:
        if "office" in comparison.task.others:
            assert comparison.skipped == NO_OFFICE and comparison.ratio is None and comparison.reached is None
        else:
            assert not comparison.skipped and comparison.ours > 0 and comparison.others > 0
    text = as_text(conditions(suite), comparisons)
    head, line, *rows = text.split("\n\n")[1].split("\n")
    assert head.startswith("项目") and set(line) == {"-", " "}
    assert [row.split("  ")[0] for row in rows] == [task.name for task in TASKS]
    assert text.count(f"未测：{NO_OFFICE}") == sum("office" in task.others for task in TASKS)


def test_with_libreoffice_nothing_is_left_out_but_what_needs_uno(load: Load, tmp_path: Path, soffice: str) -> None:
    office = Office.found()
    assert office is not None
    for comparison in Suite(load, tmp_path, 1, office).comparisons():
        without_uno = office.python is None and comparison.task.others == "office running"
        assert comparison.skipped == (NO_UNO if without_uno else "")
        assert (comparison.ratio is None) == without_uno


def test_a_rival_that_gives_another_document_is_no_comparison(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rival, "fill", lambda template, context: template)
    with pytest.raises(FailedError):
        Suite(load, tmp_path, 1, None).comparisons()


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
