"""What the pages for printing are made of, as one value."""

from __future__ import annotations

from generator.cluster.model import Cluster
from generator.forms.definition import Form
from generator.forms.filled import FilledForm
from generator.forms.signings import Signing
from generator.frozen import dataclass
from generator.notices.order import Order
from generator.package.manifest import PackageFile


@dataclass(frozen=True)
class PrintWishes:
    """What is made on request only: all copies in one file, covers and spines for binding."""

    copies: bool = False
    cover: bool = False


@dataclass(frozen=True)
class Applicant:
    """Whose papers they are, as printed on covers; `county` is where the office is that takes them in."""

    name: str
    operator: str = ""
    authority: str = ""
    county: str = ""
    applied: str = ""


@dataclass(frozen=True)
class PrintJob:
    """All that the pages for printing are made of: whose papers, for what order, which files stand already, who signs where.

    `larger` are the numbers of the pages of evidence that are printed on larger paper than the others.
    """

    form: Form
    order: Order
    applicant: Applicant
    files: tuple[PackageFile, ...]
    signings: tuple[Signing, ...]
    wishes: PrintWishes = PrintWishes()
    mark: str = ""
    larger: tuple[str, ...] = ()


def applicant_of(cluster: Cluster, filled: FilledForm, name: str) -> Applicant:
    """Return what covers tell of `cluster` (called `name`), the date as the form prints it."""

    def text(field: str) -> str:
        given = cluster.value(field, form=filled.form.id)
        return given.text if given else ""

    dates = (slot.printed.strip() for slot in filled.slots if slot.slot.source == "申报时间")
    return Applicant(name, text("运营管理机构名称"), text("主管部门名称"), text("县"), next(dates, ""))
