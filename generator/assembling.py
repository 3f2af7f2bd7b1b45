"""The package around a printed form, stage by stage: each reads what stands and adds its own. No logic of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.cluster.model import Cluster
from generator.documents.printing import Printed
from generator.findings import Findings
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.forms.signings import Signing
from generator.frozen import dataclass, field, replace
from generator.indicators import Indicators
from generator.measure.fonts import FontLibrary
from generator.notices.definition import EVIDENCE, FORM
from generator.notices.order import Order
from generator.package.gathered import Gathered, faces_of
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.names import name_file
from generator.package.reuse import EVIDENCE_PLACES, LIST_NUMBERS, STATEMENT_NUMBERS, Memory
from generator.prepared import Prepared
from generator.progress import Progress, silent

if TYPE_CHECKING:
    from generator.package.printing.job import PrintWishes
    from generator.package.versions.kept import KeptNumbers

_CONTACT = "运营管理机构联系人"


@dataclass(frozen=True)
class Job:
    """A package to be made: what was prepared and printed, what is asked for, what it is made with.

    `cluster` and `filled` are those of `prepared`, known to be there; `mark` stands at the head of every page;
    `form_only` leaves all but the form away. `memory` is of the 稿 before, `progress` is
    told what is being done. `hashes` are the SHA-256 of the files of the data by name. `kept` are the
    numbers of the last frozen version, which stay.
    """

    prepared: Prepared
    cluster: Cluster
    filled: FilledForm
    printed: Printed
    order: Order
    library: Library
    fonts: FontLibrary
    wishes: PrintWishes | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    form_only: bool = False
    memory: Memory = field(default_factory=Memory)
    progress: Progress = silent
    kept: KeptNumbers | None = None

    @property
    def indicators(self) -> Indicators:
        """What was derived of the cluster for the form."""
        return self.prepared.examined.indicators if self.prepared.examined else {}


def assemble(job: Job, findings: Findings) -> Gathered:
    """Return everything that the package of `job` holds, the form first, and all findings, `findings` before those of the stages.

    A stage imports what it needs when its turn comes: the form alone does without.
    """
    signings = _signings(job)
    gathered = Gathered(_form_files(job, signings), findings, faces_of(job.printed.pages), signings=signings)
    for words, stage in () if job.form_only else _STAGES:
        job.progress(words)
        gathered = stage(job, gathered)
    return gathered


def _signings(job: Job) -> tuple[Signing, ...]:
    """Where the form is signed and sealed."""
    from generator.package.printing.settings import print_settings
    from generator.package.printing.signatures import signings_of

    return signings_of(job.prepared.form, job.printed.pages, print_settings(job.library).signing, FORM)


def _form_files(job: Job, signings: tuple[Signing, ...]) -> tuple[PackageFile, ...]:
    pages = len(job.printed.pages.pages)
    unsigned = tuple(sorted({one.page for one in signings if one.page}))

    def path(extension: str) -> str:
        return f"{SUBMITTED}/{name_file(job.order.files, FORM, job.prepared.name, extension)}"

    return (
        PackageFile("form.docx", path(".docx"), job.printed.docx, pages),
        PackageFile("form.pdf", path(".pdf"), job.printed.pdf, pages, unsigned=unsigned),
    )


def _evidence(job: Job, gathered: Gathered) -> Gathered:
    """The volumes of evidence."""
    from generator.package.evidence import items_of
    from generator.package.evidence.proved import proved_words
    from generator.package.evidence.stage import evidence_volumes

    kept = job.kept.evidence if job.kept else None
    items = items_of(job.cluster, kept, job.hashes, proved_words(job.filled, job.cluster))
    if not items and kept is None:
        return gathered
    stem = name_file(job.order.files, EVIDENCE, job.prepared.name, "")
    made = evidence_volumes(
        items,
        job.cluster.folder,
        job.hashes,
        job.prepared.name,
        stem,
        job.library,
        job.fonts,
        job.memory,
        mark=job.mark,
        kept=kept,
        progress=job.progress,
    )
    return gathered.plus(made.files, made.findings, made.faces, made.skipped, made.told)


def _owed(job: Job, gathered: Gathered) -> Gathered:
    """The lists and papers that the form owes."""
    from generator.package.papers import document_of, owed_papers, places_of
    from generator.package.printing.binding import as_handed_in, material_of
    from generator.package.printing.signatures import paper_signings

    papers = owed_papers(
        job.filled,
        job.cluster,
        job.indicators,
        job.prepared.catalogue,
        job.library,
        job.fonts,
        name=job.prepared.name,
        names=job.order.files,
        places=places_of(gathered.told.get(EVIDENCE_PLACES, ())),
        signed=job.order.signed,
        mark=job.mark,
        memory=job.memory,
        kept_lists=(job.kept.lists if job.kept else None) or (),
        kept_statements=(job.kept.statements if job.kept else None) or (),
    )
    told = {STATEMENT_NUMBERS: list(papers.statement_numbers)}
    told |= {LIST_NUMBERS: list(papers.list_numbers)} if papers.list_numbers else {}
    whole = gathered.plus(papers.files, faces=papers.faces, skipped=papers.skipped, told=told)
    files, owed = as_handed_in(whole.files, job.order), {file.path for file in papers.files}
    placed = (
        (
            material_of(PurePosixPath(file.path).name, job.order.files),
            job.library.document(document_of(file)),
            file.unsigned,
            file.labels,
        )
        for file in files
        if file.unsigned and file.path in owed
    )
    return replace(whole, files=files, signings=(*whole.signings, *paper_signings(placed, whole.signings)))


def _for_printing(job: Job, gathered: Gathered) -> Gathered:
    """Instructions, the list of signatures, covers: where copies are asked for, or something for printing is wished."""
    from generator.package.printing.job import PrintJob, PrintWishes, applicant_of
    from generator.package.printing.papers import print_papers

    if not (job.order.notice or job.order.copies or job.wishes):
        return gathered
    form = job.prepared.form
    applicant = applicant_of(job.cluster, job.filled, job.prepared.name)
    larger = tuple(label for item in gathered.told.get(EVIDENCE_PLACES, ()) for label in item.get("larger", ()))
    wishes = job.wishes or PrintWishes()
    asked = PrintJob(form, job.order, applicant, gathered.files, gathered.signings, wishes, job.mark, larger)
    papers = print_papers(asked, job.library, job.fonts, job.memory)
    return gathered.plus(papers.files, papers.findings, papers.faces)


def _electronic(job: Job, gathered: Gathered) -> Gathered:
    """Discs, sticks and e-mails as the notice asks, with what is handed in on them."""
    from generator.package.media.demands import demands_of
    from generator.package.media.electronic import electronic_copies
    from generator.package.media.make import MediaTitle

    demands = demands_of(job.order)
    if not demands:
        return gathered
    contact = job.cluster.value(_CONTACT)
    title = MediaTitle(job.prepared.name, job.prepared.form.title, contact.text if contact else "")
    made = electronic_copies(gathered.files, demands, title, job.library, job.fonts, draft=bool(job.mark))
    return gathered.plus(made.files, made.findings, made.faces)


def _self_check(job: Job, gathered: Gathered) -> Gathered:
    """The report comes last: it tells what all other stages found."""
    from generator.self_check import self_check_file

    report = self_check_file(job.prepared, job.library, job.fonts, gathered.findings, job.printed.pages, mark=job.mark)
    return gathered.plus([report])


_STAGES: tuple[tuple[str, Callable[[Job, Gathered], Gathered]], ...] = (
    ("装订佐证材料", _evidence),
    ("制作清单、说明、声明", _owed),
    ("制作打印装订的材料", _for_printing),
    ("制作光盘、U盘、邮件", _electronic),
    ("制作自查报告", _self_check),
)
"""The stages behind the form, each with what the user is told meanwhile. Media carry what stands before them."""
