"""Where the package's own data files lie: beside the checkout when installed editable, inside the package in a wheel."""

from __future__ import annotations

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


def fonts_folder() -> Path:
    """Return the folder of the bundled fonts."""
    return _PACKAGE / "fonts"
