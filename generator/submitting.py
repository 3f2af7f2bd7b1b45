"""A submission by the folder of its 稿, whoever hands it in, a cluster or an office: frozen, corrected, compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.amending import Amended, amend
from generator.cluster.load import FILE_NAME
from generator.comparing import Comparison, differences, kept
from generator.errors import UsageError
from generator.forms.library import Library
from generator.frozen import dataclass, replace
from generator.keeping import Frozen, copies_asked, find_series, freeze_draft, order_of
from generator.measure.fonts import FontLibrary
from generator.notices.definition import FORM
from generator.package.drafts import draft_named, drafts
from generator.package.manifest import SNAPSHOT
from generator.package.versions.frozen import versions
from generator.package.versions.ledger import Kind, SheetsKnown, read_ledger
from generator.recommending.record import is_record, read_record
from generator.recommending.submission import OfficeSubmission, amend_recommendation, of_office, recommendation_in
from generator.submission import of_cluster, sheets_known


@dataclass(frozen=True)
class Wanted:
    """Which submission is meant: the cluster's folder or that of the 稿, where packages lie, the form or notice if there are several."""

    place: Path
    output: Path
    form: str = ""
    notice: str = ""

    def series(self, library: Library) -> Path:
        """Return the folder of its 稿. Raises UnreadableError and UsageError as `find_series`."""
        named = library.notice(self.notice).id if self.notice else self.form
        return find_series(self.place, self.output, library, named)


def is_recommendation(series: Path) -> bool:
    """Whether the 稿 in the folder `series` are an office's recommendations."""
    return any(is_record(draft / SNAPSHOT) for draft in reversed(drafts(series)))


def freeze_submission(
    wanted: Wanted,
    on: date,
    library: Library,
    *,
    draft: str = "",
    note: str = "",
    copies: str = "",
    discs: int | None = None,
) -> Frozen:
    """Make a 稿 the next version of its submission, and enter the copies that there are to be; raises as `freeze_draft` does."""
    series = wanted.series(library)
    if is_recommendation(series):
        submission, record = recommendation_in(series, library, draft)
        frozen = freeze_draft(
            series,
            None,
            on,
            lambda version: submission.copies(record, version, copies=copies, discs=discs),
            draft=draft,
            note=note,
        )
        papers: Sequence[str] = submission.names(record)
    else:
        order = order_of(series, library, copies=copies, discs=discs)
        frozen = freeze_draft(
            series, wanted.place, on, lambda version: copies_asked(order, version), draft=draft, note=note
        )
        papers = [FORM]
    held = [copy for copy in read_ledger(series).copies if copy.kind is Kind.PAPER]
    return replace(frozen, unknown=tuple(paper for paper in papers if not any(copy.holds(paper) for copy in held)))


def correct_submission(wanted: Wanted, library: Library, fonts: FontLibrary, *, draft: str = "") -> Amended:
    """Say what becomes of every printed copy, and write what puts them right; raises as `amend` does."""
    series = wanted.series(library)
    if is_recommendation(series):
        return amend_recommendation(series, library, fonts, draft=draft)
    return amend(series, order_of(series, library), library, fonts, cluster=wanted.place, draft=draft)


def sheets_printed(series: Path, library: Library) -> SheetsKnown:
    """Return how many sheets the papers of the versions of `series` have, of those that can still be read."""
    office = is_recommendation(series)
    return sheets_known(series, of_office(library) if office else of_cluster(order_of(series, library), library))


def compare_submission(
    wanted: Wanted,
    library: Library,
    fonts: FontLibrary,
    *,
    against: str = "",
    of: str = "",
    template: bytes | None = None,
) -> tuple[Comparison, ...]:
    """Return what differs since a 稿 or 版: of a cluster's data as `differences` does, of an office's recommendation between two 稿.

    An office's are the current 稿 and the last version; where that is the same, or none was frozen, the 稿 before.
    Raises as `differences` does.
    """
    series = _recommendation(wanted, library)
    if series is None:
        return differences(
            wanted.place,
            wanted.output,
            library,
            fonts,
            form=wanted.form,
            notice=wanted.notice,
            against=against,
            of=of,
            template=template,
        )
    title, after = kept(series, of or draft_named(series).name)
    called, before = kept(series, against or _before(series, title))
    submission = OfficeSubmission.of(read_record(after / SNAPSHOT).notice, library)
    return tuple(
        Comparison(f"{paper}（{submission.notice.id}）", called, title, effect)
        for paper, effect in submission.effects(before, after)
    )


def _recommendation(wanted: Wanted, library: Library) -> Path | None:
    """Return the folder of the 稿 where `wanted` is an office's recommendation, None where it is a cluster."""
    place = wanted.place
    if not place.is_dir() or (place / FILE_NAME).exists():
        return None
    series = wanted.series(library)
    return series if is_recommendation(series) else None


def _before(series: Path, current: str) -> str:
    """The last version that is another 稿 than `current`, else the 稿 before it. Raises UsageError where there is nothing earlier."""
    other = next((version for version in reversed(versions(series)) if version.draft != current), None)
    if other is not None:
        return other.name
    names = [draft.name for draft in drafts(series)]
    earlier = names[: names.index(current)] if current in names else names
    if not earlier:
        raise UsageError(f"{series} 里只有一稿，没有可比的。", "请用 --against 指明与哪一稿比。")
    return earlier[-1]
