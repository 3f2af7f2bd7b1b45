"""The comparisons: the same work done by us and by what one would use otherwise, in turns."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from benchmarks import rival
from benchmarks.comparison import Comparison, Task, Unit
from benchmarks.correction import Correction
from benchmarks.enterprises import write_cluster
from benchmarks.evidence import Mix
from benchmarks.load import Load
from benchmarks.measuring import (
    COMMAND,
    Amounts,
    FailedError,
    Spent,
    in_turns,
    named,
    python_environment,
    run,
    seconds_of,
)
from benchmarks.office import Office
from benchmarks.package import PackageRun, tasks
from benchmarks.workplace import Workplace
from generator.docx.fill import Template
from generator.docx.package import unpacked
from generator.measure.fonts import FontLibrary
from generator.typeset import lay_out
from generator.typeset.draw import draw

NO_OFFICE = "没有安装 LibreOffice"
NO_UNO = "没有带 UNO 的 Python（如 Debian 的 python3-uno）"
NO_PEAK = "这个系统不提供子进程的内存峰值"

ENTERPRISES = 2000
"""How many enterprises the cluster has that is checked."""
_CHECK = f"shenbao check {ENTERPRISES} 家企业"

TASKS = (
    Task("填表：进程内第一次", "fill first", "docxtpl 第一次", "docxtpl first"),
    Task("填表：其后每次", "fill", "docxtpl 其后每次", "docxtpl", goal=25),
    Task("排版出 PDF：进程内第一次", "typeset first", "LibreOffice 冷启动", "office", goal=10),
    Task("排版出 PDF：连同启动进程", "typeset process", "LibreOffice 冷启动", "office"),
    Task("排版出 PDF：其后每次", "typeset", "LibreOffice 常驻", "office running", goal=4),
    Task("shenbao --help", "help", "python -c pass", "python", faster=False, goal=5),
    Task(f"{_CHECK}：读企业清单之外", "check beside reading", "python -c pass", "python", faster=False, goal=10),
    Task(f"{_CHECK}：读出格子之外", "check beside cells", "python -c pass", "python", faster=False, goal=10),
    Task(f"{_CHECK}：全程", "check", "python -c pass", "python", faster=False),
    Task(f"只读 {ENTERPRISES} 家企业的企业清单：先核对再读", "reading", "python -c pass", "python", faster=False),
    Task(f"只读 {ENTERPRISES} 家企业的企业清单：只读出格子", "cells", "python -c pass", "python", faster=False),
    Task(f"{_CHECK}：全程", "check", "openpyxl 只读出格子", "cells by openpyxl"),
    Task("shenbao build --form-only 全程", "build", "LibreOffice 冷启动", "office", goal=1),
    Task("更正一个数后再生成整套材料", "correction", "整套从头生成", "whole anew", faster=False, goal=0.4),
    Task(
        "shenbao build --form-only 内存峰值",
        "build peak",
        "docxtpl 填同一张表",
        "docxtpl peak",
        False,
        unit=Unit.MEGABYTES,
    ),
)

_MOST_REAL_RUNS = 3
_MAIN = "word/document.xml"

Step = Callable[[], Amounts]


@dataclass(frozen=True)
class Suite:
    """What measuring needs: the load, an empty folder to work in, how often, and LibreOffice where there is one.

    `check_only` asks for nothing but the check of many enterprises.
    """

    load: Load
    folder: Path
    repetitions: int
    office: Office | None
    enterprises: int = ENTERPRISES
    mix: Mix | None = field(default_factory=Mix)
    check_only: bool = False
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def comparisons(self) -> tuple[Comparison, ...]:
        """Measure everything. Raises FailedError when something measured did not do its work."""
        place = Workplace(self.folder)
        place.furnish(self.load.template, self.load.context, self.load.document)
        write_cluster(self.load.cluster, place.cluster, self.enterprises)
        if self.check_only:
            return self._compared(in_turns(self.repetitions, self._checking()))
        correction = Correction(self.folder / "correction", lambda of: self._python("-c", COMMAND, *of).seconds)
        correction.furnish(self.load.cluster)
        here = self._in_this_process()
        amounts = in_turns(self.repetitions, [*self._in_fresh_processes(), correction.anew, correction.again])
        with contextlib.ExitStack() as stack:
            amounts |= in_turns(self.repetitions, [*here, *self._in_running_office(stack)])
        amounts |= self._package()
        return self._compared(amounts)

    def _compared(self, amounts: dict[str, float]) -> tuple[Comparison, ...]:
        for part in ("reading", "cells"):
            amounts[f"check beside {part}"] = max(0.0, amounts["check"] - amounts[part])
        return tuple(
            Comparison(task, amounts[task.ours], amounts[task.others])
            if {task.ours, task.others} <= amounts.keys()
            else Comparison(task, skipped=self._why_not(task))
            for task in self.tasks
        )

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What is compared, in the order of the table."""
        if self.check_only:
            return tuple(task for task in TASKS if task.name.startswith(_CHECK) or task.ours in {"reading", "cells"})
        return (*TASKS, *(tasks(self.mix) if self.mix else ()))

    def _package(self) -> dict[str, float]:
        """The real run, which takes minutes: no more often than a median needs."""
        if self.mix is None:
            return {}
        real = PackageRun(self.load.cluster, self.folder, self.mix)
        real.furnish()
        return in_turns(min(self.repetitions, _MOST_REAL_RUNS), real.steps())

    def _in_fresh_processes(self) -> Sequence[Step]:
        cold = [self._convert] if self.office is not None else []
        return (
            lambda: self._once("fill", first="fill first"),
            lambda: self._once("rival", first="docxtpl first", peak="docxtpl peak"),
            lambda: self._once("typeset", first="typeset first", process="typeset process"),
            *cold,
            self._build,
            lambda: {"help": self._python("-c", COMMAND, "--help").seconds},
            *self._checking(),
        )

    def _checking(self) -> Sequence[Step]:
        return (
            self._check,
            lambda: self._once("workbook", first="reading"),
            lambda: self._once("cells", first="cells"),
            lambda: self._once("cells by rival", first="cells by openpyxl"),
            lambda: {"python": self._python("-c", "pass").seconds},
        )

    def _in_this_process(self) -> Sequence[Step]:
        template, context, fonts = Template.prepare(self.load.template), self.load.context, FontLibrary.bundled()
        if _main(template.fill(context, {})) != _main(rival.fill(self.load.template, context)):
            raise FailedError("docxtpl gives another document")
        return (
            lambda: {"fill": seconds_of(lambda: template.fill(context, {}))},
            lambda: {"docxtpl": seconds_of(lambda: rival.fill(self.load.template, context))},
            lambda: {"typeset": seconds_of(lambda: draw(lay_out(self.load.document, fonts), fonts))},
        )

    def _in_running_office(self, stack: contextlib.ExitStack) -> Sequence[Step]:
        if self.office is None or self.office.python is None:
            return ()
        convert = stack.enter_context(self.office.kept_running(Workplace(self.folder).document, self.folder))
        return (lambda: {"office running": convert()},)

    def _python(self, *arguments: str) -> Spent:
        return run([sys.executable, *arguments], self.folder, python_environment(self.folder))

    def _once(self, thing: str, *, first: str, process: str = "", peak: str = "") -> Amounts:
        """Do `thing` in a fresh process, and name what the thing itself, the whole process and its peak took."""
        spent = self._python("-m", "benchmarks.once", thing, str(self.folder))
        return named({first: float(spent.output), process: spent.seconds, peak: spent.peak})

    def _build(self) -> Amounts:
        output = self.folder / f"built-{next(self._numbers)}"
        arguments = [str(self.load.cluster), "--form", self.load.form, "--form-only", "-o", str(output)]
        spent = self._python("-c", COMMAND, "build", *arguments)
        return named({"build": spent.seconds, "build peak": spent.peak})

    def _check(self) -> Amounts:
        """Check the cluster with many enterprises, whose other figures were made for few: what is found is to be mended, or not."""
        command = (
            sys.executable,
            "-c",
            COMMAND,
            "check",
            str(Workplace(self.folder).cluster),
            "--form",
            self.load.form,
        )
        return {"check": run(command, self.folder, python_environment(self.folder), exits=(0, 1)).seconds}

    def _convert(self) -> Amounts:
        if self.office is None:
            return {}
        return {"office": self.office.convert(Workplace(self.folder).document, self.folder)}

    def _why_not(self, task: Task) -> str:
        if task.unit is Unit.MEGABYTES:
            return NO_PEAK
        return NO_OFFICE if self.office is None else NO_UNO


def _main(docx: bytes) -> str:
    """The main document of a Word file, in the one spelling that equal XML has."""
    return str(etree.canonicalize(unpacked(docx)[_MAIN].decode("utf-8")))
