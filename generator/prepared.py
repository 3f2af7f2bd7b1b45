"""The stages before anything is printed: load, derive, resolve, check. A check needs no more, and no heavy library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.checks import examine_in_place
from generator.checks.glyphs import look_up_characters
from generator.checks.quoted import read_prose
from generator.checks.reading import read_references
from generator.checks.rule import Examined, Located
from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster
from generator.cluster.registers.ahead import ReadingAhead
from generator.findings import Findings
from generator.forms.asking import years_asked
from generator.forms.definition import Form
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.forms.resolve import resolve
from generator.frozen import dataclass, field, replace
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.progress import Progress, silent

if TYPE_CHECKING:
    from generator.notices.order import Order


@dataclass(frozen=True)
class Prepared:
    """A cluster loaded, resolved against a form and checked; `cluster` and `filled` are None when its file can't be read.

    `examined` is what the rules looked at, None like these; `located` are the findings of the rules, each with its place.
    """

    form: Form
    cluster: Cluster | None
    filled: FilledForm | None
    findings: Findings
    catalogue: Catalogue = field(default_factory=Catalogue)
    examined: Examined | None = None
    located: tuple[Located, ...] = ()

    @property
    def name(self) -> str:
        """What the package calls the cluster: its own name, or that of its folder while place or trade are missing."""
        if self.cluster is None:
            return ""
        return self.cluster.called


def prepare(
    cluster: Path,
    form: str,
    library: Library,
    fonts: FontLibrary,
    standard: str = "",
    ahead: ReadingAhead | None = None,
    *,
    content: bytes | None = None,
    progress: Progress = silent,
) -> Prepared:
    """Load the cluster at `cluster` (its folder or its cluster.yaml) and resolve it against the form `form`.

    `standard` is the id of what applicants are judged by, where that is not the form's own, `ahead` its register where that
    is being read already. `content` is read in place of the bytes of cluster.yaml: what would be printed if they stood there.
    Raises UsageError for an unknown form, DefinitionError for one that speaks of what no catalogue knows, or whose standard
    is missing or wrong. What is wrong with the data comes back as findings.
    """
    arranged = library.arranged(form)
    definition = library.form(form) if arranged is None else arranged.arrangement.form
    if standard:
        definition = replace(definition, standard=standard)
    catalogue = read_catalogue(library.field_folders())
    if arranged is None:
        from generator.forms.arrange import arrange

        arrangement = arrange(definition)
    else:
        arrangement = arranged.arrangement
    if arranged is None or not library.is_standard:  # what was compiled was held against the package's catalogue then
        from generator.forms.vocabulary import check_names

        check_names(definition, catalogue, arrangement)
    references = read_references(library, definition)  # while the register is being read
    progress("读取数据")

    def meanwhile(read: Cluster) -> None:
        read_prose(read, definition, catalogue, references)
        look_up_characters(read, definition.id, fonts)

    loaded, findings = load_cluster(
        cluster, catalogue, forms=library.submission_ids(), ahead=ahead, content=content, meanwhile=meanwhile
    )
    if loaded is None:
        return Prepared(definition, None, None, findings)
    progress("推算指标")
    indicators = derive(loaded, years=years_asked(definition), form=definition.id)
    filled = resolve(
        definition, loaded, catalogue, indicators, fonts, arrangement, None if arranged is None else arranged.rooms
    )
    progress("检查")
    examined = Examined(filled, loaded, fonts, catalogue, indicators, references)
    located = examine_in_place(examined)
    found = (finding for _, finding in located)
    return Prepared(definition, loaded, filled, (*findings, *found), catalogue, examined, located)


def order_findings(order: Order, cluster: Cluster) -> Findings:
    """Return what the operator should know of `order`, for the submission of `cluster` that it is about."""
    from generator.notices.order import Said, examine_order

    given = (cluster.value(name, form=order.form) for name in ("申报时间", "省"))
    applied, province = (Said(one.text, one.position) if one else Said() for one in given)
    return examine_order(order, applied, province)


def evidence_findings(cluster: Cluster, progress: Progress = silent) -> Findings:
    """Return what is found in the files of evidence of `cluster` themselves: what would stop their being bound, and more."""
    from generator.package.evidence import items_of
    from generator.package.evidence.stage import look_through

    return look_through(items_of(cluster), cluster.folder, progress)


def handing_in(prepared: Prepared, order: Order, progress: Progress = silent) -> Findings:
    """Return all findings of `prepared` and what handing it in for `order` adds: what a build for it would tell before it
    makes any paper.
    """
    if prepared.cluster is None:
        return prepared.findings
    return (
        *prepared.findings,
        *order_findings(order, prepared.cluster),
        *evidence_findings(prepared.cluster, progress),
    )
