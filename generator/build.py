"""The stages in order: what is prepared is filled, laid out, drawn, written. No logic of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.cluster.load import FILE_NAME
from generator.cluster.model import Cluster
from generator.docx.compile import compile_form
from generator.docx.fill import Template
from generator.errors import BlockedError, UnreadableError
from generator.findings import Findings, blocking
from generator.forms.arrange import arrange
from generator.forms.definition import Form
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.forms.particulars import particulars_of
from generator.forms.resolve import blank
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.package.drafts import Written, write_draft
from generator.package.manifest import SUBMITTED, FontUsed, ManifestFacts, PackageFile
from generator.package.names import safe_name
from generator.package.snapshot import take_snapshot
from generator.prepared import Prepared, prepare
from generator.typeset import lay_out
from generator.typeset.draw import draw
from generator.typeset.pages import Pages

__all__ = ["Built", "Prepared", "Printed", "build", "prepare", "print_blank", "print_form"]

DRAFT_MARK = "草稿"


@dataclass(frozen=True)
class Printed:
    """A form in Word and in print."""

    docx: bytes
    pdf: bytes
    pages: Pages


@dataclass(frozen=True)
class Built:
    """What a build did: the 稿 that is current now (None on a dry run), whether it is new, and what was found."""

    name: str
    written: Written | None
    files: tuple[PackageFile, ...]
    findings: Findings


def print_form(filled: FilledForm, template: bytes, fonts: FontLibrary, *, mark: str = "") -> Printed:
    """Fill the compiled `template` with `filled`, lay it out and draw it; `mark` is printed at the head of every page."""
    prepared = Template.prepare(template)
    docx = prepared.fill(filled.context(mark=mark), filled.sizes(), title=filled.form.title, subject=filled.name)
    pages = lay_out(docx, fonts)
    return Printed(docx, draw(pages, fonts), pages)


def build(
    prepared: Prepared,
    output: Path,
    library: Library,
    fonts: FontLibrary,
    *,
    draft: bool = False,
    dry_run: bool = False,
) -> Built:
    """Write the package of `prepared` below `output` as its next 稿; nothing is written when nothing changed, or on a dry run.

    Raises BlockedError while blocking findings stand and `draft` is not asked for, or where there is no cluster;
    OutputError when the package can't be written whole.
    """
    if prepared.filled is None or prepared.cluster is None:
        raise BlockedError("集群数据读不出来，没有生成任何文件。", prepared.findings, "请先改正上面所列各处。")
    blocked = blocking(prepared.findings)
    if blocked and not draft:
        advice = "改正后再生成；只想先看样子，可加 --draft 生成草稿（每页标“草稿”）。"
        raise BlockedError(f"有{len(blocked)}处必须改，没有生成任何文件。", prepared.findings, advice)
    mark = DRAFT_MARK if draft else ""
    printed = print_form(prepared.filled, template_of(prepared.form, library, fonts), fonts, mark=mark)
    files = _form_files(prepared.name, printed)
    if dry_run:
        return Built(prepared.name, None, files, prepared.findings)
    facts = ManifestFacts(prepared.name, prepared.form.id, draft, _fonts_used(printed.pages, fonts))
    particulars = particulars_of(prepared.cluster, derive(prepared.cluster))
    snapshot = take_snapshot(prepared.filled, printed.pages, _data_hashes(prepared.cluster), particulars)
    written = write_draft(output, facts, files, snapshot)
    return Built(prepared.name, written, files, prepared.findings)


def print_blank(form: str, library: Library, fonts: FontLibrary) -> tuple[Form, Printed]:
    """Return the blank official form `form`, for filling by hand. Raises UsageError for an unknown form."""
    definition = library.form(form)
    return definition, print_form(blank(definition), template_of(definition, library, fonts), fonts)


def template_of(form: Form, library: Library, fonts: FontLibrary) -> bytes:
    """Return the Word template of `form`: the library's, or one compiled from the definition where it has none."""
    template = library.template(form.id)
    return compile_form(arrange(form), fonts) if template is None else template


def _form_files(name: str, printed: Printed) -> tuple[PackageFile, ...]:
    pages = len(printed.pages.pages)
    stem = f"01_申报表_{name}"
    return (
        PackageFile("form.docx", f"{SUBMITTED}/{safe_name(stem, '.docx')}", printed.docx, pages),
        PackageFile("form.pdf", f"{SUBMITTED}/{safe_name(stem, '.pdf')}", printed.pdf, pages),
    )


def _fonts_used(pages: Pages, fonts: FontLibrary) -> tuple[FontUsed, ...]:
    keys = sorted({run.face for page in pages.pages for run in page.runs})
    hashes = fonts.hashes(keys)
    return tuple(FontUsed(fonts.by_key(key).family, fonts.by_key(key).path.name, hashes[key]) for key in keys)


def _data_hashes(cluster: Cluster) -> Mapping[str, str]:
    """Return the SHA-256 of every file that the data came from. Raises UnreadableError for one that can't be read."""
    names = {cluster.source or FILE_NAME}
    names |= {file for item in cluster.evidence for file in item.files}
    return {name: _hash(cluster.folder / name) for name in sorted(names) if (cluster.folder / name).is_file()}


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        advice = "请检查这个文件能否打开、有没有读的权限。"
        raise UnreadableError(f"读不到 {path.name}：{error.strerror}", advice) from error
