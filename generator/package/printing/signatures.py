"""Who signs, seals and dates where: read from the form's definition, with the pages on which these cells came to stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.docx.tables import signature_bookmark
from generator.forms.definition import AnyRow, CoverField, Form, GroupRow, SignedRow
from generator.frozen import dataclass, replace
from generator.package.printing.settings import SigningWords
from generator.typeset.pages import Pages

COVER = "封面"
_DECLARATION, _STATEMENTS = "declaration.pdf", "statements.pdf"
_ASKED = re.compile(r"^(.*?)（([^（）]*)）[：:]?$")


@dataclass(frozen=True)
class Signing:
    """A place that is signed or sealed by hand.

    `paper` is the paper that it stands in (申报表), `page` counts its pages from 1, None where that is not known, `label` is the
    number printed on that page, empty where there is none. `signs` and `seals` name who does so, in the form's words; `dated`
    says that a date is written. `filler` is the office whose place it is, `own` whether that is the applicant.
    """

    paper: str
    place: str
    page: int | None
    label: str
    signs: tuple[str, ...]
    seals: tuple[str, ...]
    dated: bool
    filler: str
    own: bool

    @property
    def sheet(self) -> int | None:
        """The sheet that carries the page when printed on both sides, counted from 1."""
        return None if self.page is None else (self.page + 1) // 2

    @property
    def front(self) -> bool:
        """Whether the page is the front of its sheet."""
        return self.page is not None and self.page % 2 == 1


def signings_of(form: Form, pages: Pages, words: SigningWords, paper: str) -> tuple[Signing, ...]:
    """Return all places of the printed form that are signed, sealed or dated, cover first.

    The applicant is who makes the declaration: the row with a statement. `paper` is what the form is called among the papers.
    """
    places: dict[str, int] = {}
    for anchor in pages.anchors:
        places.setdefault(anchor.name, anchor.page + 1)
    return signings_at(form, places, [page.label for page in pages.pages], words, paper)


def signings_at(
    form: Form, places: Mapping[str, int], labels: Sequence[str], words: SigningWords, paper: str
) -> tuple[Signing, ...]:
    """Return what `signings_of` does, for pages known by the numbers printed on them, `labels`.

    `places` are the pages, counted from 1, of the cells' bookmarks.
    """
    rows = [(part.title, row) for part in form.parts for row in signed_rows(part.rows)]
    applicants = {row.filler for _, row in rows if row.statement}
    cover = (
        Signing(
            paper,
            f"{COVER} › {item.label.rstrip('：')}",
            1,
            labels[0] if labels else "",
            (),
            (item.seal,),
            False,
            item.seal,
            item.seal in applicants,
        )
        for item in form.cover
        if isinstance(item, CoverField) and item.seal
    )
    return (*cover, *(_signing(title, row, places, labels, words, paper) for title, row in rows))


def _signing(
    title: str, row: SignedRow, places: Mapping[str, int], labels: Sequence[str], words: SigningWords, paper: str
) -> Signing:
    page = places.get(signature_bookmark(row.label))
    asked = [found.groups() for line in row.signed if (found := _ASKED.match(line))]
    label = "".join(row.label.split())
    return Signing(
        paper,
        f"{title} › {label}",
        page,
        labels[page - 1] if page and page <= len(labels) else "",
        tuple(who for who, how in asked if how in words.sign),
        tuple(who for who, how in asked if how in words.seal),
        bool(row.date),
        row.filler,
        bool(row.statement),
    )


def signings_behind(papers: Iterable[tuple[str, str, int | None]], form: Sequence[Signing]) -> Iterator[Signing]:
    """Yield the places at the end of papers that the applicant signs as it signs the declaration of the form, `form` being its places.

    `papers` are papers of a package, in order: role, what they are called, pages; those that nobody signs are passed over.
    """
    own = next((one for one in form if one.own and one.signs), None)
    for role, paper, pages in papers:
        if own is not None and role == _DECLARATION:
            yield replace(own, paper=paper, place="落款", page=pages, label=str(pages or ""))
        elif own is not None and role == _STATEMENTS:  # each ends on a page of its own
            yield replace(own, paper=paper, place="各件的落款", page=None, label="")


def signed_rows(rows: Sequence[AnyRow]) -> Iterator[SignedRow]:
    """Yield the rows that are signed, sealed or dated, those inside groups too."""
    for row in rows:
        if isinstance(row, SignedRow):
            yield row
        elif isinstance(row, GroupRow):
            yield from signed_rows(row.rows)
