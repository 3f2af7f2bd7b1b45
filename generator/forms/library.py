"""The forms at hand: definitions and their compiled templates, the package's own and an office's."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import compiled
from generator.errors import MissingError, UsageError
from generator.forms.definition import Form
from generator.frozen import dataclass
from generator.resources import templates_folder

if TYPE_CHECKING:
    from generator.forms.definition_document import DocumentDefinition
    from generator.forms.definition_summary import Summary
    from generator.forms.fitting import Arranged
    from generator.notices.definition import Notice
    from generator.notices.file_names import FileNames

_FORMS = "forms"
_SUMMARIES = "summaries"
_DOCUMENTS = "documents"
_NOTICES = "notices"
_NEGLIGIBLE = str.maketrans("", "", " \u3000\t\n《》“”〔〕［］[]()（）")


@dataclass(frozen=True)
class Library:
    """Folders laid out like the package's templates/, looked through from the first to the last.

    forms/, summaries/ and documents/ hold definitions, fields/ catalogues, docx/ compiled templates, standards/ and checks/ what
    applicants are judged by, notices/ what is to be handed in, materials/ what files are called.
    """

    folders: tuple[Path, ...]

    @classmethod
    def standard(cls, own: Sequence[Path] = ()) -> Library:
        """Return the package's library, an office's `own` folders before it. Raises MissingError for a folder that is none."""
        for folder in own:
            if not folder.is_dir():
                raise MissingError(f"找不到表式文件夹：{folder}", "请检查 --library 后面的路径。")
        return cls((*own, templates_folder()))

    @property
    def is_standard(self) -> bool:
        """Whether it is the package's alone."""
        return self.folders == (templates_folder(),)

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
        path = self._file(_FORMS, identifier, "表式", self.ids())
        form = compiled.read(compiled_path(path), [path])
        if isinstance(form, Form):
            return form
        from generator.forms.reading import read_form

        return read_form(path)

    def arranged(self, identifier: str) -> Arranged | None:
        """Return the form `identifier` as it was arranged and measured when its definition was compiled.

        None where it was not, or the definition has changed since.
        """
        path = self.file(_FORMS, identifier)
        return None if path is None else compiled.read(arranged_path(path), [path])

    def summary(self, identifier: str, edition: int | None = None) -> Summary:
        """Return the summary table `identifier`, for another `edition` (year) than its own if given.

        Raises UsageError when there is none, DefinitionError when its definition is wrong.
        """
        from generator.forms.reading import read_summary

        return read_summary(self._file(_SUMMARIES, identifier, "汇总表", self.summary_ids()), edition)

    def notice_ids(self) -> tuple[str, ...]:
        """Return the ids of all notices, sorted."""
        return self._ids(_NOTICES)

    def notice(self, name: str) -> Notice:
        """Return the notice that `name` means: its id, its title, its number, another name, or a part that only one of them has.

        Raises UsageError when there is none, or several; DefinitionError when a notice is wrong.
        """
        from generator.forms.reading import read_notice

        if name in self.notice_ids():
            return read_notice(self._file(_NOTICES, name, "通知", self.notice_ids()))
        wanted = _bare(name)
        notices = [self.notice(identifier) for identifier in self.notice_ids()]
        exact = [notice for notice in notices if wanted in map(_bare, notice.called)]
        near = exact or [notice for notice in notices if wanted and any(wanted in _bare(one) for one in notice.called)]
        if len(near) == 1:
            return near[0]
        advice = "shenbao notices 列出全部，可以写代号，也可以写中文名称。"
        if near:
            raise UsageError(f"“{name}”可以指几份通知：{_listed(near)}。", advice)
        known = [called for notice in notices for called in (notice.id, *notice.names)]
        raise UsageError(f"没有“{name}”这份通知。{_perhaps(name, known)}", f"现有：{_listed(notices)}。{advice}")

    def file_names(self) -> FileNames:
        """Return what the files of a package are usually called.

        Raises MissingError when that file is missing, DefinitionError when it is wrong.
        """
        from generator.forms.reading import read_file_names

        return read_file_names(self.materials("files"))

    def materials(self, name: str) -> Path:
        """Return `materials/<name>.yaml`. Raises MissingError where the installation lacks it."""
        path = self.file("materials", name)
        if path is None:
            raise MissingError(f"安装不完整：找不到 templates/materials/{name}.yaml。", "请重新安装。")
        return path

    def definition(self, identifier: str) -> Form | Summary:
        """Return the form or summary table `identifier`; raises as `form` and `summary` do."""
        if identifier in self.ids():
            return self.form(identifier)
        if identifier in self.summary_ids():
            return self.summary(identifier)
        self._file(_FORMS, identifier, "表式", self.submission_ids())
        return self.form(identifier)

    def document(self, identifier: str) -> DocumentDefinition:
        """Return the designed document `identifier`.

        Raises UsageError when there is none, DefinitionError when its definition is wrong.
        """
        from generator.forms.reading import read_document

        return read_document(self._file(_DOCUMENTS, identifier, "文档", self._ids(_DOCUMENTS)))

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
        raise UsageError(
            f"没有“{identifier}”这个{sort}。{_perhaps(identifier, known)}",
            f"可用的{sort}：{listed}（shenbao forms 列出全部）。",
        )


def compiled_path(definition: Path) -> Path:
    """Return where that is kept which the file `definition` of a library gave when it was compiled."""
    return definition.parent.parent / compiled.FOLDER / definition.parent.name / f"{definition.stem}{compiled.SUFFIX}"


def arranged_path(definition: Path) -> Path:
    """Return where that is kept as which a library's form `definition` was arranged and measured."""
    return definition.parent.parent / compiled.FOLDER / "arranged" / f"{definition.stem}{compiled.SUFFIX}"


def _bare(name: str) -> str:
    """Return `name` without the marks that people leave out or type otherwise."""
    return unicodedata.normalize("NFKC", name).casefold().translate(_NEGLIGIBLE)


def _perhaps(name: str, known: Sequence[str]) -> str:
    """The name that is most like `name`, as a question; empty where none is like it."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"是不是“{near[0]}”？" if near else ""


def _listed(notices: Sequence[Notice]) -> str:
    return "、".join(f"{notice.id}（{notice.names[0] if notice.names else notice.title}）" for notice in notices)
