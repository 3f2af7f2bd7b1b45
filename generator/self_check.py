"""自查报告: from what was prepared to the report, and the report as the file that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from generator.documents.paper_rules import read_paper_rules
from generator.documents.report import Report, compose_report
from generator.documents.report_files import report_html, report_json, report_printed
from generator.documents.report_words import read_report_words
from generator.errors import UsageError
from generator.findings import Findings
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.manifest import KEPT, PackageFile
from generator.package.names import safe_name
from generator.prepared import Prepared
from generator.typeset.pages import Pages

SUFFIXES = (".pdf", ".html", ".json")
"""What a report may be written as."""

_NAME = "自查报告"


def self_check(
    prepared: Prepared, library: Library, *, findings: Findings | None = None, pages: Pages | None = None
) -> Report:
    """Return the report on `prepared`.

    `findings` are all that stand, where later stages found more than `prepared` holds; `pages` is the form laid out, for the
    numbers of its pages.
    """
    return compose_report(
        prepared.name,
        prepared.form,
        prepared.findings if findings is None else findings,
        read_report_words(library),
        prepared.examined,
        prepared.located,
        _printed_numbers(pages) if pages is not None else {},
        read_paper_rules(library, prepared.catalogue).clauses if prepared.examined is not None else {},
    )


def self_check_file(
    prepared: Prepared, library: Library, fonts: FontLibrary, findings: Findings, pages: Pages, *, mark: str = ""
) -> PackageFile:
    """Return the report that stays in the house with a package: of all its `findings`, with the form's page numbers."""
    printed = report_printed(self_check(prepared, library, findings=findings, pages=pages), library, fonts, mark=mark)
    return PackageFile("report.pdf", f"{KEPT}/{safe_name(_NAME, '.pdf')}", printed.pdf, len(printed.pages.pages))


def suffix_of(name: PurePath) -> str:
    """Return which of `SUFFIXES` a file called `name` is. Raises UsageError for any other."""
    suffix = name.suffix.lower()
    if suffix not in SUFFIXES:
        listed = "、".join(SUFFIXES)
        raise UsageError(f"自查报告写不成 {name.name}。", f"--report 后面的文件名请以 {listed} 之一结尾。")
    return suffix


def report_as(suffix: str, report: Report, library: Library, fonts: FontLibrary) -> bytes:
    """Return `report` as a file of the kind `suffix`, one of `SUFFIXES`."""
    if suffix == ".pdf":
        return report_printed(report, library, fonts).pdf
    return report_html(report, library, fonts) if suffix == ".html" else report_json(report)


def _printed_numbers(pages: Pages) -> Mapping[str, int]:
    """The number printed on the page of each bookmark; nothing for pages without a number."""
    labels = {anchor.name: pages.pages[anchor.page].label for anchor in pages.anchors}
    return {name: int(label) for name, label in labels.items() if label.isdecimal()}
