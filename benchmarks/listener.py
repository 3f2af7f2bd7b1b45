"""A script for a Python that has UNO: keeps LibreOffice running and converts the same document whenever a line comes in.

`python listener.py SOFFICE PROFILE SOURCE TARGET`; each line on standard input is answered with the seconds that one conversion
took. It is what unoserver does, without the time that its client needs to start.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_PATIENCE = 30
_PAUSE = 0.1


def main(soffice: str, profile: str, source: str, target: str) -> None:
    uno = importlib.import_module("uno")
    pipe = f"benchmark{secrets.token_hex(4)}"
    options = ["--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
    command = [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", *options]
    office = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
    desktop = None
    try:
        desktop = _desktop(uno, pipe)
        for _ in sys.stdin:
            begin = time.perf_counter()
            _convert(uno, desktop, Path(source), Path(target))
            print(time.perf_counter() - begin, flush=True)
    finally:
        _end(office, desktop)


def _desktop(uno: Any, pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    unreachable = uno.getClass("com.sun.star.connection.NoConnectException")
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except unreachable:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def _convert(uno: Any, desktop: Any, source: Path, target: Path) -> None:
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (_property(uno, "Hidden", True),))
    document.storeToURL(target.as_uri(), (_property(uno, "FilterName", "writer_pdf_Export"),))
    document.close(True)


def _property(uno: Any, name: str, value: object) -> Any:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _end(office: subprocess.Popen[bytes], desktop: Any) -> None:
    """Ask LibreOffice to leave, and make it leave when it does not."""
    if desktop is not None:
        with contextlib.suppress(Exception):  # it may be gone before it answers
            desktop.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            office.wait(_PATIENCE)
            return
    # What was started is a script; the office itself is a process further on, in the same session.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(office.pid, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
