"""The files of a package opened and read: do they open, how many pages, which fonts they lack, what they can do besides."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from generator.frozen import dataclass, replace
from generator.package.opening import office as contents_office
from generator.package.opening import pdf as contents_pdf
from generator.package.opening.damage import DamagedError
from generator.package.verification.copies import Standing
from generator.progress import Progress

PDF = ".pdf"
OFFICE = frozenset(contents_office.MAIN_PARTS)
TEXT = frozenset({".json", ".txt", ".csv", ".md"})


@dataclass(frozen=True)
class Opened:
    """A file that was opened: why it could not be (empty: it could), its pages where that is known, the fonts that it lacks,
    what it can do besides being read, and, apart, the links out of it.
    """

    standing: Standing
    damage: str = ""
    pages: int | None = None
    unembedded: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The extension of the file."""
        return PurePosixPath(self.standing.listed.path).suffix.lower()


def can_be_opened(standing: Standing) -> bool:
    """Whether a file is there, and of a kind that is looked into."""
    return bool(standing.path) and Opened(standing).kind in OFFICE | TEXT | {PDF}


def open_files(folder: Path, standings: Iterable[Standing], progress: Progress) -> tuple[Opened, ...]:
    """Open every file that can be, equal ones once, and return what was seen, in the order given."""
    wanted = [standing for standing in standings if can_be_opened(standing)]
    known: dict[str, Opened] = {}
    opened = []
    for number, standing in enumerate(wanted):
        progress("打开文件", number, len(wanted))
        digest = standing.listed.sha256 if standing.is_sound else standing.path
        if digest not in known:
            known[digest] = _open(folder / standing.path, standing)
        opened.append(replace(known[digest], standing=standing))
    return tuple(opened)


def _open(path: Path, standing: Standing) -> Opened:
    seen = Opened(standing)
    try:
        with path.open("rb") as stream:
            if seen.kind == PDF:
                reader = contents_pdf.open_pdf(stream)
                active = contents_pdf.active_content(reader)
                return replace(
                    seen,
                    pages=len(reader.pages),
                    unembedded=contents_pdf.unembedded_fonts(reader),
                    active=tuple(words for words in active if not contents_pdf.is_link(words)),
                    links=tuple(words for words in active if contents_pdf.is_link(words)),
                )
            if seen.kind in OFFICE:
                active = contents_office.office_content(contents_office.open_office(stream, seen.kind))
                return replace(
                    seen,
                    active=tuple(words for words in active if not contents_office.is_link(words)),
                    links=tuple(words for words in active if contents_office.is_link(words)),
                )
            stream.read().decode("utf-8-sig")
    except DamagedError as error:
        return replace(seen, damage=str(error))
    except (OSError, UnicodeDecodeError) as error:
        return replace(seen, damage=f"读不出来（{error}）")
    return seen
