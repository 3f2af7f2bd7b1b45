"""The package as users install it: from a wheel or editable, run from another folder."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("hatchling") is None, reason="the build backend hatchling is not installed"
    ),
    pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="pip is not installed"),
]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, without the checkout on Python's path, and return what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    result = subprocess.run([str(word) for word in command], cwd=cwd, env=environment, capture_output=True, timeout=300)
    assert result.returncode == 0, result.stderr.decode(errors="replace")
    return result.stdout.decode("utf-8")


def pip(*words: str | Path, cwd: Path) -> str:
    return run(sys.executable, "-m", "pip", *words, cwd=cwd)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", CHECKOUT, "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", folder, cwd=folder)
    (built,) = folder.glob("shenbao-*.whl")
    return built


class Installation:
    """An environment that sees this one's libraries, and the package only as it was installed there."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=False)
        self.scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / ("python.exe" if os.name == "nt" else "python")
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()
        libraries = Path(
            run(self.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
        )
        (libraries / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    def install(self, *what: str | Path) -> None:
        options = ("--no-deps", "--no-index", "--no-build-isolation", "--force-reinstall", "--quiet")
        pip("--python", self.python, "install", *options, *what, cwd=self.elsewhere)

    def shenbao(self, *words: str) -> str:
        return run(self.scripts / "shenbao", *words, cwd=self.elsewhere)

    def templates(self) -> Path:
        program = "from generator.resources import templates_folder; print(templates_folder())"
        return Path(run(self.python, "-c", program, cwd=self.elsewhere).strip())


def test_an_installed_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.install(wheel)
    assert tmp_path in installation.templates().parents
    assert "national-2025" in installation.shenbao("forms")


def test_an_editable_installation_works_from_another_folder(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.install("--editable", CHECKOUT)
    assert installation.templates() == CHECKOUT / "templates"
    assert "national-2025" in installation.shenbao("forms")


def test_the_wheel_holds_every_template_every_font_and_the_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"generator/{path.relative_to(CHECKOUT).as_posix()}" for path in files_below(CHECKOUT / "templates")}
    wanted |= {path.relative_to(CHECKOUT).as_posix() for path in files_below(CHECKOUT / "generator")}
    assert wanted <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.split("/")[0] in {"tests", "data", "output", "templates"}]


def test_the_source_distribution_holds_what_a_wheel_is_built_from(tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", tmp_path, cwd=CHECKOUT)
    (archive,) = tmp_path.glob("shenbao-*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    wanted = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    for folder in ("generator", "templates", "data", "tests"):
        wanted |= {path.relative_to(CHECKOUT).as_posix() for path in files_below(CHECKOUT / folder)}
    assert wanted <= names


def files_below(folder: Path) -> list[Path]:
    """Return the files below `folder` that belong to the repository."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
