"""LibreOffice, for the file formats that only it reads: .doc and .wps become .docx."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from generator.errors import MissingError, UnreadableError

OLD_FORMATS = frozenset({".doc", ".wps", ".odt", ".rtf"})
"""Endings of the formats that are converted before they are read."""

_NAMES = ("soffice", "libreoffice")
_TIME_LIMIT = 180
_ADVICE = "请用 Word 或 WPS 打开它，“另存为”选 Word 文档（.docx），再用另存的文件。"


def as_docx(path: Path) -> bytes:
    """Return the file at `path` as a .docx, converted by LibreOffice.

    Raises MissingError where LibreOffice is not on the PATH, UnreadableError when it can't read the file.
    """
    soffice = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if soffice is None:
        raise MissingError(f"{path.name} 是 {path.suffix} 格式，要有 LibreOffice 才能读，本机没有装。", _ADVICE)
    with tempfile.TemporaryDirectory(prefix="shenbao-") as name:
        folder = Path(name)
        copy = folder / f"input{path.suffix}"
        try:
            copy.write_bytes(path.read_bytes())
            _convert(soffice, copy, folder)
            return (folder / "output" / "input.docx").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise UnreadableError(f"LibreOffice 读不了 {path.name}。", _ADVICE) from error


def _convert(soffice: str, source: Path, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "output"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=_TIME_LIMIT)
