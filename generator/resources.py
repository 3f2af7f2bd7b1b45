"""Where the package's own data files lie: beside the checkout when installed editable, inside the package in a wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.errors import MissingError

_PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """Return the folder `templates/` (forms, fields, compiled docx).

    Raises MissingError when the installation is incomplete.
    """
    for candidate in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (candidate / "forms").is_dir():
            return candidate
    raise MissingError("安装不完整：找不到 templates 文件夹。", "请重新安装：pip install --force-reinstall shenbao")


def own_digest(package: Path = _PACKAGE, templates: Path | None = None) -> str:
    """Return the SHA-256 of the tool itself: of every module of `package` and every definition of `templates`, by their names.

    Line breaks are told alike, so that a checkout on Windows has the digest of the wheel. Fonts and compiled templates are left out:
    what uses them knows them by their own digests.
    """
    import hashlib

    digest = hashlib.sha256()
    for folder, ending in ((package, ".py"), (templates or templates_folder(), ".yaml")):
        for path in sorted(_below(str(folder), ending)):
            with open(path, "rb") as file:  # noqa: PTH123 hundreds of files, each build
                content = file.read().replace(b"\r\n", b"\n")
            name = path[len(str(folder)) :].replace(os.sep, "/")
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _below(folder: str, ending: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ending):
                yield entry.path
            elif "." not in entry.name and entry.is_dir():
                yield from _below(entry.path, ending)


def fonts_folder() -> Path:
    """Return the folder of the bundled fonts."""
    return _PACKAGE / "fonts"
