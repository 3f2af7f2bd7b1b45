"""The stages in order: what is prepared is filled, laid out, drawn, written. No logic of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.cluster.load import FILE_NAME
from generator.cluster.model import Cluster
from generator.documents.printing import Printed
from generator.docx.fill import Template
from generator.errors import BlockedError, UnreadableError
from generator.findings import Findings, blocking
from generator.forms.definition import Form
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.forms.particulars import particulars_of
from generator.forms.resolve import blank
from generator.frozen import dataclass
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.notices.definition import FORM
from generator.notices.order import Order, examine_order, take_order
from generator.package.drafts import Written, write_draft
from generator.package.manifest import SUBMITTED, FontUsed, ManifestFacts, PackageFile
from generator.package.names import name_file
from generator.package.print_job import PrintJob, PrintWishes, applicant_of
from generator.package.print_settings import print_settings
from generator.package.printing import print_papers
from generator.package.signatures import signings_of
from generator.package.snapshot import take_snapshot
from generator.prepared import Prepared, prepare
from generator.tuning import ChosenTemplate, choose_template, page_findings, sizes_for, template_findings
from generator.typeset import lay_out
from generator.typeset.draw import draw
from generator.typeset.pages import Pages

__all__ = ["Built", "Prepared", "Printed", "build", "prepare", "print_blank", "print_form"]

DRAFT_MARK = "草稿"


@dataclass(frozen=True)
class Built:
    """What a build did: the 稿 that is current now (None on a dry run), whether it is new, and what was found."""

    name: str
    written: Written | None
    files: tuple[PackageFile, ...]
    findings: Findings


def print_form(
    filled: FilledForm, template: bytes | ChosenTemplate, fonts: FontLibrary, *, mark: str = "", annex: str = ""
) -> Printed:
    """Fill `template` with `filled`, lay it out and draw it; `mark` is printed at the head of every page, `annex` above the title.

    Bytes are those of a compiled template.
    """
    chosen = ChosenTemplate(template) if isinstance(template, bytes) else template
    prepared = Template.prepare(chosen.docx)
    sizes = sizes_for(filled, chosen, prepared)
    docx = prepared.fill(filled.context(mark=mark, annex=annex), sizes, title=filled.form.title, subject=filled.name)
    pages = lay_out(docx, fonts)
    return Printed(docx, draw(pages, fonts), pages)


def build(
    prepared: Prepared,
    output: Path,
    library: Library,
    fonts: FontLibrary,
    *,
    order: Order | None = None,
    wishes: PrintWishes | None = None,
    draft: bool = False,
    dry_run: bool = False,
    template: bytes | None = None,
) -> Built:
    """Write the package of `prepared` below `output` as its next 稿; nothing is written when nothing changed, or on a dry run.

    `order` tells what a notice asks for, `wishes` what is made for printing on request; without an order the form alone is
    made. `template` is a Word template that an office tuned, in place of the library's.
    Raises BlockedError while blocking findings stand and `draft` is not asked for, where there is no cluster, or where the
    template lacks what the form needs; OutputError when the package can't be written whole.
    """
    if prepared.filled is None or prepared.cluster is None:
        raise BlockedError("集群数据读不出来，没有生成任何文件。", prepared.findings, "请先改正上面所列各处。")
    order = order or take_order(library.file_names(), form=prepared.form.id)
    chosen, told = _sound_template(prepared.form, library, fonts, template)
    applied = prepared.cluster.value("申报时间", form=prepared.form.id)
    examined = examine_order(order, applied.text, applied.position) if applied else examine_order(order)
    findings = (*prepared.findings, *told, *examined)
    _stop_where_blocked(findings, draft=draft)
    mark = DRAFT_MARK if draft else ""
    printed = print_form(prepared.filled, chosen, fonts, mark=mark, annex=order.annex)
    findings += page_findings(prepared.form, chosen, printed.pages, fonts)
    _stop_where_blocked(findings, draft=draft)
    files = _form_files(order, prepared.name, printed)
    faces = _faces(printed.pages)
    if order.notice or order.copies or wishes:
        signings = signings_of(prepared.form, printed.pages, print_settings(library).signing, FORM)
        applicant = applicant_of(prepared.cluster, prepared.filled, prepared.name)
        job = PrintJob(prepared.form, order, applicant, files, signings, wishes or PrintWishes(), mark)
        papers = print_papers(job, library, fonts)
        files, findings, faces = (*files, *papers.files), (*findings, *papers.findings), faces | papers.faces
    if dry_run:
        return Built(prepared.name, None, files, findings)
    facts = ManifestFacts(
        prepared.name,
        prepared.form.id,
        draft,
        _fonts_used(faces, fonts),
        notice=order.notice.id if order.notice else "",
    )
    particulars = particulars_of(prepared.cluster, derive(prepared.cluster))
    snapshot = take_snapshot(prepared.filled, printed.pages, _data_hashes(prepared.cluster), particulars)
    written = write_draft(output, facts, files, snapshot)
    return Built(prepared.name, written, files, findings)


def print_blank(form: str, library: Library, fonts: FontLibrary, template: bytes | None = None) -> tuple[Form, Printed]:
    """Return the blank official form `form`, for filling by hand; `template` is a tuned one in place of the library's.

    Raises UsageError for an unknown form, BlockedError for a template that lacks what the form needs.
    """
    definition = library.form(form)
    chosen, _ = _sound_template(definition, library, fonts, template)
    return definition, print_form(blank(definition), chosen, fonts)


def template_of(form: Form, library: Library, fonts: FontLibrary) -> bytes:
    """Return the Word template of `form`: the library's, or one compiled from the definition where it has none."""
    return choose_template(form, library, fonts).docx


def _sound_template(
    form: Form, library: Library, fonts: FontLibrary, given: bytes | None
) -> tuple[ChosenTemplate, Findings]:
    """Return the template to fill and what is worth a look in it; not even a draft is made with one that lacks anything."""
    chosen = choose_template(form, library, fonts, given)
    findings = template_findings(form, chosen, fonts)
    wrong = blocking(findings)
    if wrong:
        raise BlockedError(
            f"模板有{len(wrong)}处必须改，没有生成任何文件。", findings, "请改正模板，或者改用程序自带的模板。"
        )
    return chosen, findings


def _stop_where_blocked(findings: Findings, *, draft: bool) -> None:
    blocked = blocking(findings)
    if blocked and not draft:
        advice = "改正后再生成；只想先看样子，可加 --draft 生成草稿（每页标“草稿”）。"
        raise BlockedError(f"有{len(blocked)}处必须改，没有生成任何文件。", findings, advice)


def _form_files(order: Order, name: str, printed: Printed) -> tuple[PackageFile, ...]:
    pages = len(printed.pages.pages)
    contents = (("form.docx", ".docx", printed.docx), ("form.pdf", ".pdf", printed.pdf))
    return tuple(
        PackageFile(role, f"{SUBMITTED}/{name_file(order.files, FORM, name, extension)}", content, pages)
        for role, extension, content in contents
    )


def _faces(pages: Pages) -> frozenset[str]:
    return frozenset(run.face for page in pages.pages for run in page.runs)


def _fonts_used(faces: frozenset[str], fonts: FontLibrary) -> tuple[FontUsed, ...]:
    keys = sorted(faces)
    hashes = fonts.hashes(keys)
    return tuple(FontUsed(fonts.by_key(key).family, fonts.by_key(key).path.name, hashes[key]) for key in keys)


def _data_hashes(cluster: Cluster) -> Mapping[str, str]:
    """Return the SHA-256 of every file that the data came from. Raises UnreadableError for one that can't be read."""
    names = {cluster.source or FILE_NAME}
    names |= {*cluster.register_files}
    names |= {file for item in cluster.evidence for file in item.files}
    return {name: _hash(cluster.folder / name) for name in sorted(names) if (cluster.folder / name).is_file()}


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        advice = "请检查这个文件能否打开、有没有读的权限。"
        raise UnreadableError(f"读不到 {path.name}：{error.strerror}", advice) from error
