"""Where the package's own data files lie: beside the checkout when installed editable, inside the package in a wheel."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.errors import MissingError

_PACKAGE = Path(__file__).resolve().parent
MAKERS = (
    "docxtpl", "fonttools", "img2pdf", "Jinja2", "lxml", "pikepdf", "pillow", "pycdlib", "pypdf", "python-docx", "reportlab",
    "XlsxWriter",
)  # fmt: skip
"""The libraries whose work shows in what is written, as package indexes call them."""


def templates_folder() -> Path:
    """Return the folder `templates/` (forms, fields, compiled docx).

    Raises MissingError when the installation is incomplete.
    """
    for candidate in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (candidate / "forms").is_dir():
            return candidate
    raise MissingError("安装不完整：找不到 templates 文件夹。", "请重新安装：pip install --force-reinstall shenbao")


def own_digest(
    package: Path = _PACKAGE, templates: Path | None = None, libraries: Callable[[str], str] | None = None
) -> str:
    """Return the SHA-256 of the tool itself: of every module of `package` and every definition of `templates`, by their names,
    and of the versions of the libraries that write for it, which `libraries` tells by name.

    Line breaks are told alike, so that a checkout on Windows has the digest of the wheel. Fonts and compiled templates are left out:
    what uses them knows them by their own digests.
    """
    import hashlib

    digest = hashlib.sha256(repr([(name, (libraries or _version)(name)) for name in MAKERS]).encode())
    for folder, ending in ((package, ".py"), (templates or templates_folder(), ".yaml")):
        for path in sorted(_below(str(folder), ending)):
            with open(path, "rb") as file:  # noqa: PTH123 hundreds of files, each build
                content = file.read().replace(b"\r\n", b"\n")
            name = path[len(str(folder)) :].replace(os.sep, "/")
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _version(library: str) -> str:
    """The version of `library`; nothing where it came without saying so."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


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
