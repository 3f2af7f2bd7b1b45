"""`python -m benchmarks`: measure, print the table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.comparison import as_text, as_tree
from benchmarks.load import Load
from benchmarks.office import Office
from benchmarks.suite import Suite
from generator import __version__
from generator.cli import console

_REPETITIONS = 7
_LIBRARIES = ("docxtpl", "python-docx", "Jinja2", "lxml", "reportlab", "pydantic", "pypdf")


def conditions(suite: Suite) -> dict[str, str]:
    """Return what the figures hold for, in words."""
    load, office = suite.load, suite.office
    return {
        "机器": f"{platform.system()} {platform.machine()}，{os.cpu_count()} 个处理器{_busy()}",
        "Python": platform.python_version(),
        "程序": f"shenbao {__version__}；" + "、".join(f"{name} {version(name)}" for name in _LIBRARIES),
        "LibreOffice": office.version() if office else "没有",
        "数据": f"{load.cluster.name}，{load.form}；模板 {_kilobytes(load.template)}，填好的 docx {_kilobytes(load.document)}",
        "办法": f"轮流各做 {suite.repetitions} 次，取中位数；之前各做一次，不计。",
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="量快慢：本工具与同类做法，在同一次运行中轮流测。"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")
    parser.add_argument(
        "--repetitions", type=int, default=_REPETITIONS, metavar="N", help="每项做几次，默认 %(default)s"
    )
    parser.add_argument("--check-only", action="store_true", help="只量检查很多家企业的三行，一分钟以内")
    asked = parser.parse_args()
    console.prepare(sys.stdout)
    with tempfile.TemporaryDirectory(prefix="shenbao-") as folder:
        suite = Suite(
            Load.of(), Path(folder).resolve(), max(1, asked.repetitions), Office.found(), check_only=asked.check_only
        )
        known, comparisons = conditions(suite), suite.comparisons()
    if asked.json:
        console.say_json(as_tree(known, comparisons))
    else:
        console.say(as_text(known, comparisons))


def _busy() -> str:
    """How busy the machine is already, where the system tells."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f"，开测前一分钟平均负载 {os.getloadavg()[0]:.1f}"


def _kilobytes(content: bytes) -> str:
    return f"{len(content) / 1000:.0f} kB"


if __name__ == "__main__":
    main()
