"""The forms at hand: definitions and their compiled templates, the package's own and an office's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.errors import MissingError, UsageError
from generator.forms.definition import Form
from generator.forms.definition_summary import Summary
from generator.forms.reading import read_form, read_summary
from generator.frozen import dataclass
from generator.resources import templates_folder

_FORMS = "forms"
_SUMMARIES = "summaries"


@dataclass(frozen=True)
class Library:
    """Folders laid out like the package's templates/, looked through from the first to the last.

    forms/ and summaries/ hold definitions, fields/ catalogues, docx/ compiled templates, standards/ and checks/ what
    applicants are judged by.
    """

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
        return self._ids(_FORMS)

    def summary_ids(self) -> tuple[str, ...]:
        """Return the ids of all summary tables, sorted."""
        return self._ids(_SUMMARIES)

    def submission_ids(self) -> tuple[str, ...]:
        """Return the ids that a cluster may have a submission of its own for: forms, then summary tables."""
        return (*self.ids(), *self.summary_ids())

    def form(self, identifier: str) -> Form:
        """Return the form `identifier`.

        Raises UsageError when there is none, DefinitionError when its definition is wrong.
        """
        if identifier not in self.ids() and identifier in self.summary_ids():
            raise UsageError(
                f"“{identifier}”是汇总表，不是一个集群的申报表。", "由各集群汇总成表，用 shenbao summary。"
            )
        return read_form(self._file(_FORMS, identifier, "表式", self.ids()))

    def summary(self, identifier: str, edition: int | None = None) -> Summary:
        """Return the summary table `identifier`, for another `edition` (year) than its own if given.

        Raises UsageError when there is none, DefinitionError when its definition is wrong.
        """
        return read_summary(self._file(_SUMMARIES, identifier, "汇总表", self.summary_ids()), edition)

    def definition(self, identifier: str) -> Form | Summary:
        """Return the form or summary table `identifier`; raises as `form` and `summary` do."""
        if identifier in self.ids():
            return self.form(identifier)
        if identifier in self.summary_ids():
            return self.summary(identifier)
        return read_form(self._file(_FORMS, identifier, "表式", self.submission_ids()))

    def template(self, identifier: str) -> bytes | None:
        """Return the compiled Word template of the form or summary table `identifier`, from its definition's folder or one before it.

        None where there is none: a definition of one's own is not filled into a template that another was compiled to.
        """
        for folder in self.folders:
            path = folder / "docx" / f"{identifier}.docx"
            if path.is_file():
                return path.read_bytes()
            if any((folder / kind / f"{identifier}.yaml").is_file() for kind in (_FORMS, _SUMMARIES)):
                return None
        return None

    def field_folders(self) -> tuple[Path, ...]:
        """Return the folders of field catalogues, the package's first: an office's own may add to them."""
        return tuple(folder / "fields" for folder in reversed(self.folders) if (folder / "fields").is_dir())

    def file(self, kind: str, identifier: str) -> Path | None:
        """Return the first `<kind>/<identifier>.yaml` of the library's folders, or None where there is none."""
        paths = (folder / kind / f"{identifier}.yaml" for folder in self.folders)
        return next((path for path in paths if path.is_file()), None)

    def _ids(self, kind: str) -> tuple[str, ...]:
        return tuple(sorted({path.stem for folder in self.folders for path in (folder / kind).glob("*.yaml")}))

    def _file(self, kind: str, identifier: str, sort: str, known: Sequence[str]) -> Path:
        path = self.file(kind, identifier)
        if path is not None:
            return path
        listed = "、".join(known)
        raise UsageError(f"没有“{identifier}”这个{sort}。", f"可用的{sort}：{listed}（shenbao forms 列出全部）。")
