"""The complete example with every figure given by hand, as a cluster without registers of enterprises would have it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.cluster.registers.ahead import WORKBOOK

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data" / "示例区智能传感器"
FIGURES = ROOT / "tools" / "example_register.yaml"


def text_by_hand() -> str:
    """The example's cluster.yaml, with the figures that its registers add up to written under 实绩."""
    text = (EXAMPLE / "cluster.yaml").read_text(encoding="utf-8")
    figures = FIGURES.read_text(encoding="utf-8").partition("\n\n")[2]
    for name in re.findall(r"^(\S+): \{", figures, re.MULTILINE):
        text = re.sub(rf"^  {name}: +\{{.*\n", "", text, flags=re.MULTILINE)
    written = "".join(f"  {_aligned(line)}\n" if line else "\n" for line in figures.splitlines())
    return text.replace("\n实绩:\n", f"\n实绩:\n{written}\n", 1)


def _aligned(line: str) -> str:
    """A name and its figures, these in the thirtieth column of a page on which a hanzi takes two."""
    name, mark, years = line.partition(": {")
    width = sum(2 if ord(character) > 255 else 1 for character in name)
    return f"{name}:{' ' * max(1, 29 - width)}{{{years}" if mark else line


def copy_by_hand(folder: Path) -> Path:
    """Copy the example to `folder`, its figures given by hand and without the workbook; return its cluster.yaml."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(WORKBOOK))
    file = folder / "cluster.yaml"
    file.write_text(text_by_hand(), encoding="utf-8")
    return file
