"""The rule of the house: imports run down one list of ranks, never up and never sideways."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = "generator"
RANKS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("submitting",),
    ("recommending", "correcting", "keeping"),
    ("comparing",),
    ("build",),
    ("amending",),
    ("assembling",),
    ("self_check",),
    ("prepared", "tuning", "snapshots", "submission"),
    ("corrections",),
    ("package", "summary"),
    ("documents",),
    ("docx", "typeset", "checks"),
    ("lists",),
    ("forms",),
    ("indicators",),
    ("cluster", "notices", "measure"),
    ("resources", "compiled"),
    ("errors", "points"),
    ("findings", "progress"),
    ("frozen",),
    ("__init__",),
)
LONGEST_FILE = 450


def unit_of(module: str) -> str:
    """Return the package or module directly below generator that `module` belongs to."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def module_of(path: Path, root: Path) -> str:
    parts = list(path.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def names_imported(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of each import of generator in the file, at the top, inside functions, or by string."""
    module = module_of(path, root)
    inside = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = inside.split(".")[: len(inside.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            found = [f"{source}.{alias.name}" for alias in node.names] if source == PACKAGE else [source]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            dotted = node.value.replace(":", ".")
            found = [dotted] if all(part.isidentifier() for part in dotted.split(".")) and "." in dotted else []
        else:
            continue
        yield from ((node.lineno, name) for name in found if name.split(".")[0] == PACKAGE)


def is_a_module(path: Path) -> bool:
    return path.is_dir() or path.with_suffix(".py").exists()


def breaches(root: Path) -> list[str]:
    """Return each import in `root`/generator that the rule forbids, as `file:line: from → to`."""
    rank = {unit: number for number, units in enumerate(RANKS) for unit in units}
    found = []
    for path in sorted((root / PACKAGE).rglob("*.py")):
        importer = unit_of(module_of(path, root))
        where = path.relative_to(root).as_posix()
        if importer not in rank:
            found.append(f"{where}: {importer} has no rank")
            continue
        for line, name in names_imported(path, root):
            imported = unit_of(name)
            if imported == importer:
                continue
            if imported not in rank and not is_a_module(root / PACKAGE / imported):
                imported = "__init__"
            if imported not in rank or rank[imported] <= rank[importer]:
                found.append(f"{where}:{line}: {importer} → {imported}")
    return found


def misshapen(root: Path) -> list[str]:
    """Return the files in `root`/generator that are too long, or named for nothing in particular."""
    found = []
    for path in sorted((root / PACKAGE).rglob("*.py")):
        where = path.relative_to(root).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            found.append(f"{where}: {lines} lines")
        if "utils" in path.relative_to(root).with_suffix("").parts:
            found.append(f"{where}: named utils")
    return found


def plant(root: Path, files: dict[str, str]) -> Path:
    """Make a small tree below `root`/generator, with an empty `__init__.py` in every folder."""
    for name, text in {"__init__.py": "__version__ = '1'\n", **files}.items():
        path = root / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text, encoding="utf-8")
    return root


def test_every_import_runs_down_the_list() -> None:
    assert breaches(CHECKOUT) == []


def test_no_file_is_too_long_or_named_utils() -> None:
    assert misshapen(CHECKOUT) == []


def test_the_rule_finds_the_package_that_it_is_about() -> None:
    assert any(names_imported(CHECKOUT / PACKAGE / "errors.py", CHECKOUT))


@pytest.mark.parametrize(
    ("file", "text", "breach"),
    [
        ("cluster/load.py", "from generator.forms.grammar import Form\n", "cluster → forms"),
        ("cluster/load.py", "import generator.build\n", "cluster → build"),
        ("cluster/load.py", "from generator import build\n", "cluster → build"),
        ("docx/fill.py", "from generator.typeset import pages\n", "docx → typeset"),
        ("indicators.py", "def late() -> None:\n    from generator.forms import grammar\n", "indicators → forms"),
        ("forms/grammar.py", "from ..docx.fill import fill\n", "forms → docx"),
        ("forms/__init__.py", "from ..docx import fill\n", "forms → docx"),
        (
            "measure/fonts.py",
            "import importlib\nimportlib.import_module('generator.typeset.pages')\n",
            "measure → typeset",
        ),
        ("errors.py", "from generator.resources import fonts_folder\n", "errors → resources"),
        ("package/drafts.py", "from generator.corrections import compare\n", "package → corrections"),
        ("strange/thing.py", "", "strange has no rank"),
    ],
)
def test_an_import_up_or_sideways_is_found(tmp_path: Path, file: str, text: str, breach: str) -> None:
    plant(tmp_path, {file: text})
    assert any(line.endswith(breach) for line in breaches(tmp_path)), breaches(tmp_path)


def test_an_import_of_something_without_rank_is_found(tmp_path: Path) -> None:
    plant(tmp_path, {"strange/thing.py": "", "cli/run.py": "from generator.strange import thing\n"})
    assert "generator/cli/run.py:1: cli → strange" in breaches(tmp_path)


def test_imports_down_the_list_and_within_a_package_are_fine(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "cli/build.py": "def command() -> None:\n    from generator.build import build\n",
            "build.py": "from generator import __version__\nfrom generator.package.drafts import write_draft\n",
            "package/drafts.py": "from . import names\nfrom .names import safe_name\nfrom ..errors import OutputError\n",
            "resources.py": "from generator.errors import MissingError\n",
            "errors.py": "from generator.findings import Findings\nimport os\n",
        },
    )
    assert breaches(tmp_path) == []


def test_a_long_file_and_a_file_named_utils_are_found(tmp_path: Path) -> None:
    plant(tmp_path, {"cluster/utils.py": "", "forms/grammar.py": "\n" * (LONGEST_FILE + 1)})
    assert misshapen(tmp_path) == [
        "generator/cluster/utils.py: named utils",
        f"generator/forms/grammar.py: {LONGEST_FILE + 1} lines",
    ]
