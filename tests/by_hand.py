"""The complete example with every figure given by hand, as a cluster without registers of enterprises would have it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.cluster.registers import WORKBOOK

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data" / "示例区智能传感器"
FIGURES = ROOT / "tools" / "example_register.yaml"


def text_by_hand() -> str:
    """The example's cluster.yaml, with the figures that its registers add up to written under 实绩."""
    text = (EXAMPLE / "cluster.yaml").read_text(encoding="utf-8")
    figures = re.findall(r"^(\S+): (\{.*\})$", FIGURES.read_text(encoding="utf-8"), re.MULTILINE)
    for name, _ in figures:
        text = re.sub(rf"^  {name}: +\{{.*\n", "", text, flags=re.MULTILINE)
    written = "".join(f"  {name + ': ':<30}{years}\n" for name, years in figures)
    return text.replace("\n实绩:\n", f"\n实绩:\n{written}", 1)


def copy_by_hand(folder: Path) -> Path:
    """Copy the example to `folder`, its figures given by hand and without the workbook; return its cluster.yaml."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(WORKBOOK))
    file = folder / "cluster.yaml"
    file.write_text(text_by_hand(), encoding="utf-8")
    return file
