"""What was measured, as values, as a table, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from generator.cli.columns import width

_HEAD = ("项目", "本工具", "对照", "对照为", "比值", "目标", "结果")


class Unit(Enum):
    """What is compared, and how many of the measured amounts (seconds, bytes) make one of what is printed."""

    MILLISECONDS = "毫秒"
    SECONDS = "秒"
    MEGABYTES = "MB"

    @property
    def size(self) -> float:
        """One printed unit, in seconds or bytes."""
        return {Unit.MILLISECONDS: 0.001, Unit.SECONDS: 1.0, Unit.MEGABYTES: 1e6}[self]


@dataclass(frozen=True)
class Task:
    """Something that we do and that something else does too, by its name and that of the other; both as the table prints them.

    `ours` and `others` name the measured amounts. With `faster`, the ratio says how many times faster we are; without, how
    many times as much we take. `goal` is the ratio aimed at, None where there is no aim.
    """

    name: str
    ours: str
    rival: str
    others: str
    faster: bool = True
    goal: float | None = None
    unit: Unit = Unit.MILLISECONDS


@dataclass(frozen=True)
class Comparison:
    """A task measured: what we took and what the other took, in seconds or bytes; or why it was not measured."""

    task: Task
    ours: float = 0.0
    others: float = 0.0
    skipped: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times faster we are, or how many times as much we take; None when not measured."""
        if self.skipped:
            return None
        return self.others / self.ours if self.task.faster else self.ours / self.others

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or nothing was measured."""
        ratio, goal = self.ratio, self.task.goal
        if ratio is None or goal is None:
            return None
        return ratio >= goal if self.task.faster else ratio <= goal


def as_tree(conditions: Mapping[str, str], comparisons: Sequence[Comparison]) -> dict[str, object]:
    """Return everything as JSON's own kinds of value; amounts in seconds and bytes."""
    return {
        "conditions": dict(conditions),
        "comparisons": [
            {
                "task": comparison.task.name,
                "other": comparison.task.rival,
                "ratio_is": "faster" if comparison.task.faster else "times_as_much",
                "unit": "bytes" if comparison.task.unit is Unit.MEGABYTES else "seconds",
                "ours": None if comparison.skipped else comparison.ours,
                "others": None if comparison.skipped else comparison.others,
                "ratio": comparison.ratio,
                "goal": comparison.task.goal,
                "reached": comparison.reached,
                "skipped": comparison.skipped,
            }
            for comparison in comparisons
        ],
    }


def as_text(conditions: Mapping[str, str], comparisons: Sequence[Comparison]) -> str:
    """Return the conditions and the table, in Chinese."""
    rows = [_HEAD, *(_row(comparison) for comparison in comparisons)]
    widths = [max(width(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(_padded(cell, columns) for cell, columns in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * columns for columns in widths))
    return "\n".join([*(f"{name}：{text}" for name, text in conditions.items()), "", *map(str.rstrip, lines)])


def _row(comparison: Comparison) -> tuple[str, ...]:
    task, ratio = comparison.task, comparison.ratio
    if ratio is None:
        return (task.name, "-", "-", task.rival, "-", _goal(task), f"未测：{comparison.skipped}")
    result = {None: "", True: "达到", False: "未达到"}[comparison.reached]
    return (
        task.name,
        _amount(comparison.ours, task.unit),
        _amount(comparison.others, task.unit),
        task.rival,
        f"快到 {ratio:.1f} 倍" if task.faster else f"是其 {ratio:.{1 if ratio >= 1 else 2}f} 倍",
        _goal(task),
        result,
    )


def _goal(task: Task) -> str:
    if task.goal is None:
        return "-"
    return f"{'至少' if task.faster else '至多'} {task.goal:g} 倍"


def _amount(amount: float, unit: Unit) -> str:
    number = amount / unit.size
    return f"{number:.1f} {unit.value}" if number < 100 else f"{number:.0f} {unit.value}"


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
