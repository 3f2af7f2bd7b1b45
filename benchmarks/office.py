"""LibreOffice, the other typesetter: started for each document, or kept running."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import FailedError, run
from tests.referee import font_configuration

_LISTENER = Path(__file__).with_name("listener.py")
_TIME_LIMIT = 120


@dataclass(frozen=True)
class Office:
    """An installed LibreOffice; `python` is a Python that can talk to it (UNO), None where there is none."""

    soffice: str
    python: str | None

    @classmethod
    def found(cls) -> Office | None:
        """Return the LibreOffice of this machine, None where there is none."""
        soffice = shutil.which("soffice") or shutil.which("libreoffice")
        return None if soffice is None else cls(soffice, _python_with_uno(Path(soffice)))

    def version(self) -> str:
        """Return what it calls itself."""
        told = subprocess.run([self.soffice, "--version"], capture_output=True, text=True, timeout=_TIME_LIMIT)
        return " ".join(told.stdout.split()[:2])

    def convert(self, document: Path, folder: Path) -> float:
        """Convert `document` to PDF in `folder`, LibreOffice being started for it, and return the seconds."""
        command = [self.soffice, _profile(folder), "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        target = folder / f"{document.stem}.pdf"
        target.unlink(missing_ok=True)
        spent = run([*command, str(document)], folder, _environment(folder))
        if not target.exists():
            raise FailedError(f"LibreOffice made no {target.name}: {spent.output}")
        return spent.seconds

    @contextlib.contextmanager
    def kept_running(self, document: Path, folder: Path) -> Iterator[Callable[[], float]]:
        """Keep LibreOffice running; what it yields converts `document` to PDF in `folder` and returns the seconds."""
        if self.python is None:
            raise FailedError("no Python with UNO")
        profile, target = folder / "running", folder / "running.pdf"
        with subprocess.Popen(
            [self.python, str(_LISTENER), self.soffice, str(profile), str(document), str(target)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=_environment(folder),
        ) as listener:
            requests, answers = listener.stdin, listener.stdout
            assert requests is not None and answers is not None

            def convert() -> float:
                requests.write("\n")
                requests.flush()
                answer = answers.readline()
                if not answer:
                    raise FailedError("LibreOffice did not answer")
                return float(answer)

            yield convert
            requests.close()


def _profile(folder: Path) -> str:
    return f"-env:UserInstallation={(folder / 'profile').as_uri()}"


def _environment(folder: Path) -> dict[str, str]:
    """The bundled fonts and no others, so that both typesetters set in the same ones."""
    configuration = folder / "fonts.conf"
    if not configuration.exists():
        configuration.write_text(font_configuration(folder / "cache"), encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**own, "FONTCONFIG_FILE": str(configuration)}


def _python_with_uno(soffice: Path) -> str | None:
    beside = soffice.resolve().with_name("python")
    candidates = [str(beside), shutil.which("python3", path=os.defpath), shutil.which("python3")]
    for python in filter(None, candidates):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            if subprocess.run([python, "-c", "import uno"], capture_output=True, timeout=_TIME_LIMIT).returncode == 0:
                return python
    return None
