"""The script that makes the example's register and evidence: the same bytes on every run, and what stands in data/ is what it
makes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from generator.cluster.registers.ahead import WORKBOOK
from tests.data.example import FOLDER, ROOT


def made(folder: Path, **environment: str) -> dict[str, bytes]:
    """Run the script in a process of its own and return the files it wrote below `folder`."""
    command = [sys.executable, str(ROOT / "tools" / "make_example.py"), "--out", str(folder)]
    subprocess.run(command, check=True, env={**os.environ, **environment}, cwd=folder.parent)
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_two_runs_give_the_same_bytes_in_any_time_zone_and_with_any_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = made(tmp_path / "one", TZ="UTC", PYTHONHASHSEED="1")
    assert first == made(tmp_path / "two", TZ="Asia/Shanghai", PYTHONHASHSEED="2")


def test_the_files_in_data_say_what_the_script_says_now(tmp_path: Path) -> None:
    names = sorted(made(tmp_path))
    evidence = sorted(path.name for path in (FOLDER / "佐证材料").iterdir())
    assert names == sorted([*evidence, WORKBOOK])
    for name in evidence:
        assert text(tmp_path / "佐证材料" / name) == text(FOLDER / "佐证材料" / name), name


def cells(path: Path) -> dict[str, object]:
    with CalamineWorkbook.from_path(path) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_in_data_holds_what_the_script_fills_in_now(tmp_path: Path) -> None:
    made(tmp_path)
    assert cells(tmp_path / WORKBOOK) == cells(FOLDER / WORKBOOK)
