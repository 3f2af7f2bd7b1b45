"""LibreOffice Calc as the program in which a clerk opens, fills and saves a table: the nearest to WPS that there is here."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import xlsxwriter

_TIME_LIMIT = 180
_CSV = "csv:Text - txt - csv (StarCalc):44,34,{encoding},1,,0,false,true,false,false,false,-1"
ENCODINGS = {"utf-8": 76, "gbk": 67}
"""The encodings in which tables of text are saved, and Calc's numbers for them."""


class Calc:
    """LibreOffice Calc at `soffice`, working in `folder`."""

    def __init__(self, soffice: str, folder: Path) -> None:
        self._command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        self._folder = folder
        self._saved = 0

    def works(self) -> bool:
        """Whether the program is there: LibreOffice may be installed without it."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.add_worksheet().write(0, 0, 1)
        path = self._folder / "tried.xlsx"
        path.write_bytes(stream.getvalue())
        return (self._convert(path, "ods") / "tried.ods").is_file()

    def saved(self, path: Path, kind: str = "xlsx") -> bytes:
        """What it makes of the table at `path` when it opens and saves it, as a file of `kind`."""
        content = (self._convert(path, kind) / f"{path.stem}.{kind}").read_bytes()
        assert content != path.read_bytes()
        return content

    def saved_as_text(self, path: Path, encoding: str) -> dict[str, bytes]:
        """What it makes of each sheet of the workbook at `path`, by its name, when it saves it as .csv in `encoding`."""
        folder = self._convert(path, _CSV.format(encoding=ENCODINGS[encoding]))
        return {each.stem.removeprefix(f"{path.stem}-"): each.read_bytes() for each in folder.iterdir()}

    def _convert(self, path: Path, kind: str) -> Path:
        self._saved += 1
        folder = self._folder / f"saved{self._saved}"
        command = [*self._command, "--convert-to", kind, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=False, capture_output=True, timeout=_TIME_LIMIT)
        return folder
