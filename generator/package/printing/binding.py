"""The papers of one copy and the volumes that they are bound into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from generator.frozen import dataclass
from generator.notices.definition import Copies
from generator.notices.file_names import FileNames
from generator.notices.order import Order
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.names import in_order
from generator.package.stored import Body


@dataclass(frozen=True)
class Paper:
    """A printed paper of a copy: its material (申报表), its file's name, its PDF and pages; `copies` None: the number is not known."""

    material: str
    name: str
    pdf: Body
    pages: int
    copies: Copies | None

    @property
    def sheets(self) -> int:
        """How many sheets it takes, printed on both sides; it begins on a sheet of its own."""
        return (self.pages + 1) // 2


@dataclass(frozen=True)
class Volume:
    """What is bound together."""

    papers: tuple[Paper, ...]

    @property
    def sheets(self) -> int:
        """All sheets of the volume, without covers."""
        return sum(paper.sheets for paper in self.papers)


def papers_of(files: Sequence[PackageFile], order: Order) -> tuple[Paper, ...]:
    """Return the papers among `files`: the PDFs that lie in the folder of what is handed in itself, in the order of their names."""
    found = [
        (PurePosixPath(file.path), file)
        for file in files
        if file.pages and file.path.endswith(".pdf") and PurePosixPath(file.path).parent == PurePosixPath(SUBMITTED)
    ]
    return tuple(
        Paper(material, path.name, file.body, file.pages or 0, order.copies_of(material))
        for path, file in sorted(found, key=lambda pair: in_order(pair[0].name))
        for material in [material_of(path.name, order.files)]
    )


def as_handed_in(files: Sequence[PackageFile], order: Order) -> tuple[PackageFile, ...]:
    """Return `files` in the order in which they go to the counter: by their materials, those of one material as they stood."""
    materials = [material for material in order.files.files if order.files.parts(material)[0]]

    def place(file: PackageFile) -> int:
        material = material_of(PurePosixPath(file.path).name, order.files)
        return materials.index(material) if material in materials else len(materials)

    return tuple(sorted(files, key=place))


def volumes_of(papers: Sequence[Paper], most_sheets: int) -> tuple[Volume, ...]:
    """Return `papers` in volumes of at most `most_sheets` sheets, in order; a paper with more has a volume of its own."""
    volumes: list[list[Paper]] = []
    for paper in papers:
        if not volumes or sum(other.sheets for other in volumes[-1]) + paper.sheets > most_sheets:
            volumes.append([])
        volumes[-1].append(paper)
    return tuple(Volume(tuple(volume)) for volume in volumes)


def material_of(name: str, files: FileNames) -> str:
    """The material whose pattern a file's name follows; the name without its extension where there is none."""
    for material in files.files:
        before, _ = files.parts(material)
        if before and name.startswith(before):
            return material
    return PurePosixPath(name).stem
