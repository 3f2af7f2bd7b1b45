"""The stages in order: what is prepared is filled, laid out, drawn, written. No logic of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.assembling import Job, assemble
from generator.documents.printing import Printed
from generator.docx.fill import Template
from generator.errors import BlockedError
from generator.findings import Findings, blocking
from generator.forms.definition import Form
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.forms.resolve import blank
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.notices.order import Order, take_order
from generator.package.data_files import data_hashes
from generator.package.drafts import Written, drafts, drafts_folder, trusted_draft, write_draft
from generator.package.gathered import Gathered
from generator.package.lengths import length_findings
from generator.package.manifest import ManifestFacts, PackageFile
from generator.package.origins import note_origin, origin_findings
from generator.package.reuse import (
    EVIDENCE_NUMBERS,
    EVIDENCE_PLACES,
    LABELS,
    LIST_NUMBERS,
    PAPERS,
    STAGES,
    STATEMENT_NUMBERS,
    Memory,
)
from generator.package.snapshot import SIGNINGS, signings_as_tree
from generator.package.sources import sources_of
from generator.package.versions.frozen import FROZEN
from generator.prepared import Prepared, evidence_findings, order_findings, prepare
from generator.progress import Progress, silent
from generator.resources import own_digest
from generator.snapshots import fonts_used, snapshot_of
from generator.tuning import ChosenTemplate, choose_template, font_findings, page_findings, sizes_for, template_findings
from generator.typeset import lay_out
from generator.typeset.draw import draw
from generator.typeset.pages import Pages

if TYPE_CHECKING:
    from generator.amending import Amended
    from generator.package.hand_edits import HandEdited
    from generator.package.printing.job import PrintWishes
    from generator.package.versions.kept import KeptNumbers

__all__ = ["Built", "Prepared", "Printed", "build", "prepare", "print_blank", "print_form"]

DRAFT_MARK = "草稿"


@dataclass(frozen=True)
class Built:
    """What a build did: the 稿 that is current now (None on a dry run), whether it is new, and what was found.

    `amended` tells what becomes of the copies that were printed before; None where it could not be told, or no 稿 was written.
    """

    name: str
    written: Written | None
    files: tuple[PackageFile, ...]
    findings: Findings
    amended: Amended | None = None


def print_form(
    filled: FilledForm,
    template: bytes | ChosenTemplate,
    fonts: FontLibrary,
    *,
    mark: str = "",
    annex: str = "",
    progress: Progress = silent,
) -> Printed:
    """Fill `template` with `filled`, lay it out and draw it; `mark` is printed at the head of every page, `annex` above the title.

    Bytes are those of a compiled template.
    """
    progress("填写 Word 文件并排版")
    chosen = ChosenTemplate(template) if isinstance(template, bytes) else template
    docx, pages = set_form(filled, chosen, fonts, mark=mark, annex=annex)
    progress("制作 PDF")
    return Printed(docx, draw(pages, fonts), pages)


def set_form(
    filled: FilledForm, chosen: ChosenTemplate, fonts: FontLibrary, *, mark: str = "", annex: str = ""
) -> tuple[bytes, Pages]:
    """Fill `chosen` with `filled` and lay it out as `print_form` does: the Word file and its pages, not drawn yet."""
    prepared = Template.prepare(chosen.docx)
    sizes = sizes_for(filled, chosen, prepared)
    docx = prepared.fill(filled.context(mark=mark, annex=annex), sizes, title=filled.form.title, subject=filled.name)
    return docx, lay_out(docx, fonts)


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
    form_only: bool = False,
    progress: Progress = silent,
) -> Built:
    """Write the package of `prepared` below `output` as its next 稿; nothing is written when nothing changed, or on a dry run.

    `order` tells what a notice asks for, `wishes` what is made for printing on request; without an order the form alone is
    made. `template` is a Word template that an office tuned, in place of the library's; `form_only` leaves away lists,
    evidence, the report and all else that a package holds besides the form. Where copies were printed before (定稿 and 份数台账),
    what puts them right is written beside the 稿; a ledger that can't be read is a finding (G101), and the 稿 stands.
    Raises BlockedError while blocking findings stand and `draft` is not asked for (those of the evidence are then looked for all
    the same, so that all are told at once), where there is no cluster, or where the
    template lacks what the form needs; OutputError when the package can't be written whole.
    """
    if prepared.filled is None or prepared.cluster is None:
        raise BlockedError("集群数据读不出来，没有生成任何文件。", prepared.findings, "请先改正上面所列各处。")
    order = order or take_order(library.file_names(), form=prepared.form.id)
    chosen, told = sound_template(prepared.form, library, fonts, template)
    findings = (*prepared.findings, *told, *order_findings(order, prepared.cluster))
    if blocking(findings) and not (draft or form_only):
        findings += evidence_findings(prepared.cluster, progress)
    _stop_where_blocked(findings, draft=draft)
    mark = DRAFT_MARK if draft else ""
    series = drafts_folder(output, prepared.name, order.folder)
    memory = Memory(None if form_only else trusted_draft(series), fonts, made_by=own_digest)
    printed = print_form(prepared.filled, chosen, fonts, mark=mark, annex=order.annex, progress=progress)
    findings += page_findings(prepared.form, chosen, printed.pages, fonts)
    _stop_where_blocked(findings, draft=draft)
    hashes = data_hashes(prepared.cluster)
    kept, unread = (None, ()) if form_only else _kept_numbers(series)
    job = Job(
        prepared,
        prepared.cluster,
        prepared.filled,
        printed,
        order,
        library,
        fonts,
        wishes,
        hashes,
        mark,
        form_only,
        memory,
        progress,
        kept,
    )
    made = assemble(job, (*findings, *unread))
    _stop_where_blocked(made.findings, draft=draft)
    facts = ManifestFacts(
        prepared.name,
        prepared.form.id,
        draft,
        fonts_used(made.faces, fonts),
        made.skipped,
        notice=order.notice.id if order.notice else "",
        made_of=sources_of(prepared.form.id, chosen.docx, library),
    )
    progress("查看各稿有无手工改动")
    edited, told = _hand_edited(series, library, prepared.filled, made)
    told += origin_findings(series, prepared.cluster.folder)
    told += length_findings(output, series, [file.path for file in made.files])
    if dry_run:
        return Built(prepared.name, None, made.files, told)
    progress("写入并核对")
    snapshot = snapshot_of(
        prepared.filled,
        prepared.cluster,
        printed.pages,
        findings,
        template=chosen.docx,
        fonts=fonts,
        draft=draft,
        asked=order.given,
        hashes=hashes,
    )
    snapshot |= {
        SIGNINGS: signings_as_tree(made.signings),
        STAGES: memory.notes,
        EVIDENCE_PLACES: made.told.get(EVIDENCE_PLACES, []),
    }
    numbers = (EVIDENCE_NUMBERS, LIST_NUMBERS, STATEMENT_NUMBERS)
    snapshot |= {name: made.told[name] for name in numbers if name in made.told}
    snapshot[PAPERS] = {file.path: list(file.fingerprints) for file in made.files if file.fingerprints}
    snapshot[LABELS] = {file.path: list(file.labels) for file in made.files if file.labels}
    aside = {one.aside: one.content for one in edited}
    written = write_draft(output, facts, made.files, snapshot, aside=aside)
    note_origin(series, prepared.cluster.folder)
    if draft:
        return Built(prepared.name, written, made.files, told)
    progress("对照已打印的各份")
    amended, troubles = _amended(written.draft.parent, order, library, fonts, prepared.cluster.folder)
    return Built(prepared.name, written, made.files, (*told, *troubles), amended)


def _kept_numbers(series: Path) -> tuple[KeptNumbers, Findings]:
    from generator.package.versions.kept import kept_numbers

    return kept_numbers(series)


def _hand_edited(
    series: Path, library: Library, filled: FilledForm, made: Gathered
) -> tuple[tuple[HandEdited, ...], Findings]:
    """The files of 稿 before that were edited by hand, and the findings of `made` with those on them; a first 稿 has none before."""
    if not drafts(series):
        return (), made.findings
    from generator.package.hand_edits import find_hand_edited, hand_edit_findings

    edited = find_hand_edited(series)
    return edited, (*made.findings, *hand_edit_findings(edited, library, filled, made.files))


def _amended(
    series: Path, order: Order, library: Library, fonts: FontLibrary, cluster: Path
) -> tuple[Amended | None, Findings]:
    """What puts the printed copies right; there are none before a version was frozen."""
    if not (series / FROZEN).is_dir():
        return None, ()
    from generator.amending import amend_or_tell

    return amend_or_tell(series, order, library, fonts, cluster=cluster)


def print_blank(form: str, library: Library, fonts: FontLibrary, template: bytes | None = None) -> tuple[Form, Printed]:
    """Return the blank official form `form`, for filling by hand; `template` is a tuned one in place of the library's.

    Raises UsageError for an unknown form, BlockedError for a template that lacks what the form needs.
    """
    definition = library.form(form)
    chosen, _ = sound_template(definition, library, fonts, template)
    return definition, print_form(blank(definition), chosen, fonts)


def template_of(form: Form, library: Library, fonts: FontLibrary) -> bytes:
    """Return the Word template of `form`: the library's, or one compiled from the definition where it has none."""
    return choose_template(form, library, fonts).docx


def sound_template(
    form: Form, library: Library, fonts: FontLibrary, given: bytes | None = None
) -> tuple[ChosenTemplate, Findings]:
    """Return the template to fill and what is worth a look in it; not even a draft is made with one that lacks anything.

    Raises BlockedError for one that does.
    """
    chosen = choose_template(form, library, fonts, given)
    findings = (*template_findings(form, chosen, fonts), *font_findings(fonts))
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
