"""Measuring: commands in fresh processes, steps in turns, medians."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import generator

_CHILD = Path(__file__).with_name("child.py")
_TIME_LIMIT = 300

Amounts = Mapping[str, float]
"""What one step took, by name: seconds or bytes."""


class FailedError(Exception):
    """A measured command did not do its work."""


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds, process included, and peak memory in bytes (None where the system does not tell)."""

    seconds: float
    peak: int | None
    output: str


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, *, exits: Collection[int] = (0,)
) -> Spent:
    """Run `command` in `folder`, in a process of its own. Raises FailedError when it ends with none of the codes `exits`."""
    finished = subprocess.run(
        [sys.executable, "-I", "-S", str(_CHILD), *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=_TIME_LIMIT,
    )
    report = json.loads(finished.stdout)
    if report["exit"] not in exits:
        raise FailedError(f"{' '.join(command)}\n{report['output']}{report['complaint']}")
    return Spent(report["seconds"], report["peak"], report["output"])


def python_environment(folder: Path) -> dict[str, str]:
    """Return the environment of measured Python processes.

    They find this checkout, and keep compiled modules (in `folder`), as an installation does.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    roots = dict.fromkeys(str(Path(file).resolve().parents[1]) for file in (str(generator.__file__), __file__))
    return {**environment, "PYTHONPATH": os.pathsep.join(roots), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def seconds_of(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes, once."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turns(repetitions: int, steps: Sequence[Callable[[], Amounts]]) -> dict[str, float]:
    """Do all steps in turns, `repetitions` times, and return the median of each amount that they report.

    What slows the machine down for a while then slows all of them. A round before, not counted, fills caches.
    """
    found: dict[str, list[float]] = {}
    for number in range(repetitions + 1):
        for step in steps:
            for name, amount in step().items():
                if number:
                    found.setdefault(name, []).append(amount)
    return {name: statistics.median(amounts) for name, amounts in found.items()}
