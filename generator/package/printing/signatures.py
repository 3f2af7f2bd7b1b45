"""Who signs, seals and dates where: read from the definitions of form and papers, with the pages on which these places came to stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.docx.tables import signature_bookmark
from generator.forms.definition import AnyRow, CoverField, Form, GroupRow, SignedRow
from generator.forms.definition_document import SIGNED, DocumentDefinition
from generator.forms.signings import Signing
from generator.frozen import replace
from generator.package.printing.settings import SigningWords
from generator.typeset.pages import Pages

COVER = "封面"
_ASKED = re.compile(r"^(.*?)（([^（）]*)）[：:]?$")


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


def signing_pages(pages: Pages) -> tuple[int, ...]:
    """Return the pages (from 1) of a designed paper that carry a place to be signed or sealed: a bookmark that begins with `SIGNED`."""
    return tuple(sorted({anchor.page + 1 for anchor in pages.anchors if anchor.name.startswith(SIGNED)}))


def paper_signings(
    papers: Iterable[tuple[str, DocumentDefinition, Sequence[int], Sequence[str]]], form: Sequence[Signing]
) -> Iterator[Signing]:
    """Yield the places of papers that the applicant signs as it signs the form's declaration of truth, `form` being its places.

    `papers` are what they are called, their definitions, the pages to be signed, and the numbers printed on all pages where these
    don't simply count from 1; those that nobody signs are passed over.
    """
    own = next((one for one in form if one.own and one.signs), None)
    for paper, definition, pages, labels in papers:
        for page in pages if own is not None and definition.signed is not None else ():
            assert own is not None and definition.signed is not None
            yield replace(
                own,
                paper=paper,
                place=definition.signed.place,
                page=page,
                label=labels[page - 1] if labels else str(page),
            )


def signed_rows(rows: Sequence[AnyRow]) -> Iterator[SignedRow]:
    """Yield the rows that are signed, sealed or dated, those inside groups too."""
    for row in rows:
        if isinstance(row, SignedRow):
            yield row
        elif isinstance(row, GroupRow):
            yield from signed_rows(row.rows)
