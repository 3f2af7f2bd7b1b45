"""The forms at hand: definitions and their compiled templates, the package's own and an office's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import MissingError, UsageError
from generator.forms.definition import Form
from generator.forms.reading import read_form
from generator.resources import templates_folder


@dataclass(frozen=True)
class Library:
    """Folders laid out like the package's templates/ (forms, fields, docx, standards, checks), the first to have a file gives it."""

    folders: tuple[Path, ...]

    @classmethod
    def standard(cls, own: Sequence[Path] = ()) -> Library:
        """Return the package's library, an office's `own` folders before it. Raises MissingError for a folder that is none."""
        for folder in own:
            if not folder.is_dir():
                raise MissingError(f"找不到表式文件夹：{folder}", "请检查 --library 后面的路径。")
        return cls((*own, templates_folder()))

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all forms, sorted."""
        return tuple(sorted({path.stem for folder in self.folders for path in (folder / "forms").glob("*.yaml")}))

    def form(self, identifier: str) -> Form:
        """Return the form `identifier`.

        Raises UsageError when there is none, DefinitionError when its definition is wrong.
        """
        return read_form(self._form_file(identifier))

    def template(self, identifier: str) -> bytes | None:
        """Return the compiled Word template of the form `identifier`, from the folder of its definition or one before it.

        None where there is none: a definition of one's own is not filled into a template that another was compiled to.
        """
        for folder in self.folders:
            path = folder / "docx" / f"{identifier}.docx"
            if path.is_file():
                return path.read_bytes()
            if (folder / "forms" / f"{identifier}.yaml").is_file():
                return None
        return None

    def field_folders(self) -> tuple[Path, ...]:
        """Return the folders of field catalogues, the package's first: an office's own may add to them."""
        return tuple(folder / "fields" for folder in reversed(self.folders) if (folder / "fields").is_dir())

    def file(self, kind: str, identifier: str) -> Path | None:
        """Return the first `<kind>/<identifier>.yaml` of the library's folders, or None where there is none."""
        paths = (folder / kind / f"{identifier}.yaml" for folder in self.folders)
        return next((path for path in paths if path.is_file()), None)

    def _form_file(self, identifier: str) -> Path:
        path = self.file("forms", identifier)
        if path is not None:
            return path
        known = "、".join(self.ids())
        raise UsageError(f"没有“{identifier}”这个表式。", f"可用的表式：{known}（shenbao forms 列出全部）。")
