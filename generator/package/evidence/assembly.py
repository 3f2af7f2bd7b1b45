"""A volume as a PDF: every page drawn as one picture of its source, so that nothing but what is seen comes along."""

from __future__ import annotations

import gc
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from generator.cluster.filekinds import FileKind
from generator.errors import OutputError
from generator.frozen import dataclass, field
from generator.package.evidence import pdf_files
from generator.package.evidence.boxes import seen
from generator.package.evidence.paper import IDENTITY, Matrix, Paper
from generator.package.evidence.pictures import BrokenPictureError, as_pdf
from generator.package.evidence.saving import save_pdf
from generator.package.evidence.source import Source
from generator.package.stored import Stored, telling_failures
from generator.typeset.labels import label_ranges

if TYPE_CHECKING:
    import pikepdf

_PRODUCER = "shenbao"
_LANGUAGE = "zh-CN"
_CONTENT, _STAMP = "P", "N"
_STAMPS = "page numbers"


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: what it is called, the page it leads to (from 0), what stands below it."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


@dataclass(frozen=True)
class Picked:
    """The content of one page: a page of a source or of a PDF of our own (by name), and the matrix that puts it on the paper."""

    paper: Paper
    source: Source | None = None
    front: str = ""
    page: int = 0
    matrix: Matrix = IDENTITY


@dataclass(frozen=True)
class Assembly:
    """Everything that one volume is put together from.

    `labels` are the numbers printed on the pages. `fronts` are PDFs of our own by name, `stamps` is one with as many pages as the
    volume, laid over them.
    """

    title: str
    labels: tuple[str, ...]
    pages: tuple[Picked, ...]
    stamps: bytes
    fronts: Mapping[str, bytes] = field(default_factory=dict)
    bookmarks: tuple[Bookmark, ...] = ()
    duplex: bool = True


MOST_PENDING = 64 << 20
"""How many bytes of evidence stand in memory, at least, before they are written aside."""


def assemble(assembly: Assembly, *, most_pending: int = MOST_PENDING) -> Stored:
    """Return the PDF of a volume. Equal files and arguments give equal bytes; pictures and fonts stay as their files have them.

    What has been read is written to a temporary file now and then: beside the result, about half of it stands in memory at most.
    Raises OutputError where a file is no longer what it was when it was looked through, or the disk refuses.
    """
    with telling_failures(), pdf_files.limited(), ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="shenbao-", ignore_cleanup_errors=True)))
        return stack.enter_context(_Binder(folder, most_pending)).bind(assembly)


_Key = tuple[str, int]
"""A page of a source: the name that it goes by while a volume is bound, and the number of the page in it."""


class _Binder:
    """Puts one volume together. One source is open at a time: what pages draw with is copied when they are made."""

    def __init__(self, folder: Path, most_pending: int) -> None:
        import pikepdf

        self._folder = folder
        self._most_pending = most_pending
        self._volume = pikepdf.new()
        self._written = 0
        self._pending = 0
        self._parts = 0
        self._own: dict[str, pikepdf.Pdf] = {}
        self._source: tuple[str, pikepdf.Pdf] | None = None
        self._drawn: dict[_Key, tuple[int, str]] = {}

    def __enter__(self) -> _Binder:
        return self

    def __exit__(self, *error: object) -> None:
        self._close_source()
        for pdf in (*self._own.values(), self._volume):
            pdf.close()

    def bind(self, assembly: Assembly) -> Stored:
        import pikepdf

        self._own = {name: pikepdf.open(io.BytesIO(content)) for name, content in assembly.fronts.items()}
        self._own[_STAMPS] = pikepdf.open(io.BytesIO(assembly.stamps))
        for number, picked in enumerate(assembly.pages):
            self._add_page(picked, self._content(picked), self._drawing((_STAMPS, number), self._own[_STAMPS]))
            if self._pending > max(self._most_pending, self._written // 2):
                self._write_aside()
        self._describe(assembly)
        self._write_aside()
        self._volume.close()
        return Stored.moved(self._folder / f"{self._parts}.pdf")

    def _save(self) -> Path:
        import pikepdf

        self._parts += 1
        path = self._folder / f"{self._parts}.pdf"
        save_pdf(
            self._volume,
            path,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        return path

    def _write_aside(self) -> None:
        """Write the pages so far to a file and go on from there: their bytes are then on the disk."""
        import pikepdf

        path = self._save()
        self._volume.close()
        self._volume = pikepdf.open(path)
        self._close_source()
        (self._folder / f"{self._parts - 1}.pdf").unlink(missing_ok=True)
        self._written, self._pending = path.stat().st_size, 0
        gc.collect()  # img2pdf leaves whole pictures in cycles

    def _content(self, picked: Picked) -> Any | None:
        """Return what a page shows as an object to be drawn, None for a blank page."""
        if picked.front:
            return self._drawing((picked.front, picked.page), self._own[picked.front])
        if picked.source is None:
            return None
        source, key = picked.source, (f"file {picked.source.file}", picked.page)
        drawn = self._drawn_before(key)
        if drawn is not None:
            return drawn
        self._pending += source.size // len(source.pages)
        return self._drawing(key, self._file(source)) if source.kind is FileKind.PDF else self._picture(key, source)

    def _drawn_before(self, key: _Key) -> Any | None:
        """Return the object that a page of the volume draws `key` with already."""
        if key not in self._drawn:
            return None
        page, name = self._drawn[key]
        return self._volume.pages[page].obj.Resources.XObject[name]

    def _remember(self, key: _Key, name: str) -> None:
        self._drawn[key] = len(self._volume.pages), name

    def _add_page(self, picked: Picked, content: Any | None, stamp: Any) -> None:
        import pikepdf

        objects = {f"/{_STAMP}": stamp}
        operators = f"/{_STAMP} Do"
        if content is not None:
            objects[f"/{_CONTENT}"] = content
            matrix = " ".join(_printed(value) for value in picked.matrix)
            operators = f"q {matrix} cm /{_CONTENT} Do Q {operators}"
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(picked.paper.width, 2), round(picked.paper.height, 2)],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(objects)),
            Contents=self._volume.make_stream(operators.encode("ascii")),
        )
        self._volume.pages.append(pikepdf.Page(self._volume.make_indirect(page)))

    def _close_source(self) -> None:
        if self._source is not None:
            self._source[1].close()
        self._source = None

    def _file(self, source: Source) -> pikepdf.Pdf:
        """Return a PDF of evidence, opened and cleaned, in place of the one before."""
        if self._source is not None and self._source[0] == source.file:
            return self._source[1]
        self._close_source()
        _hold_to(source)
        try:
            pdf = pdf_files.open_pdf(source.path)
            self._source = source.file, pdf
            with pdf_files.distrusted():
                pdf_files.print_annotations(pdf)
                cleaner = pdf_files.Cleaner(thorough=False)
                for page in pdf.pages:
                    cleaner.clean(page)
                self._carry_layers(pdf, cleaner)
        except (pdf_files.LockedPdfError, pdf_files.UnopenablePdfError, pdf_files.HugePdfError) as error:
            raise _changed(source) from error
        return pdf

    def _drawing(self, key: _Key, pdf: pikepdf.Pdf) -> Any:
        """Return a page of `pdf` as an object that can be drawn on another page: clipped, and by itself."""
        import pikepdf

        page = pdf.pages[key[1]]
        drawn = self._volume.make_stream(
            _drawing_data(page),
            Type=pikepdf.Name.XObject,
            Filter=pikepdf.Name.FlateDecode,
            Subtype=pikepdf.Name.Form,
            BBox=[_rounded(edge) for edge in seen(page).box],
        )
        for name in ("/Resources", "/Group"):
            part = page.obj.get(name)
            if isinstance(part, pikepdf.Dictionary):
                drawn[name] = self._volume.copy_foreign(part if part.is_indirect else pdf.make_indirect(part))
        self._remember(key, f"/{_CONTENT}")
        return drawn

    def _picture(self, key: _Key, source: Source) -> Any:
        """Return the picture of a file as an image object."""
        import pikepdf

        _hold_to(source)
        made = io.BytesIO()
        try:
            as_pdf(source.path, made, shallow=source.too_deep)
        except (BrokenPictureError, OSError) as error:
            raise _changed(source) from error
        with pikepdf.open(made) as pdf:
            (image,) = pdf.pages[0].Resources.XObject.as_dict().values()
            copied = self._volume.copy_foreign(image)
        self._remember(key, f"/{_CONTENT}")
        return copied

    def _carry_layers(self, pdf: pikepdf.Pdf, cleaner: pdf_files.Cleaner) -> None:
        """Keep the layers of a file that are switched off switched off."""
        import pikepdf

        layers = pdf.Root.get("/OCProperties")
        if not isinstance(layers, pikepdf.Dictionary) or not isinstance(layers.get("/D"), pikepdf.Dictionary):
            return
        hidden = set(_numbers(layers.D.get("/OFF")))
        if layers.D.get("/BaseState") == "/OFF":
            hidden = set(_numbers(layers.get("/OCGs"))) - set(_numbers(layers.D.get("/ON")))
        known = [layer for layer in _layers(layers.get("/OCGs")) if layer.is_indirect]
        if not known:
            return
        ours = self._volume.Root.get("/OCProperties")
        if ours is None:
            ours = pikepdf.Dictionary(OCGs=pikepdf.Array(), D=pikepdf.Dictionary(OFF=pikepdf.Array()))
            self._volume.Root.OCProperties = self._volume.make_indirect(ours)
            ours = self._volume.Root.OCProperties
        for layer in known:
            cleaner.clean_part(layer)
            carried = self._volume.copy_foreign(layer)
            ours.OCGs.append(carried)
            if layer.objgen in hidden:
                ours.D.OFF.append(carried)

    def _describe(self, assembly: Assembly) -> None:
        """Add what readers show beside the pages: numbers, outline, title; and how the volume is printed."""
        import pikepdf

        root = self._volume.Root
        root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([*_page_labels(assembly.labels)]))
        root.Lang = pikepdf.String(_LANGUAGE)
        root.PageMode = pikepdf.Name.UseOutlines
        duplex = pikepdf.Name.DuplexFlipLongEdge if assembly.duplex else pikepdf.Name.Simplex
        root.ViewerPreferences = pikepdf.Dictionary(
            PrintScaling=pikepdf.Name("/None"), Duplex=duplex, DisplayDocTitle=True
        )
        with self._volume.open_outline() as outline:
            outline.root.extend(_entries(assembly.bookmarks))
        self._volume.docinfo["/Title"] = assembly.title
        self._volume.docinfo["/Producer"] = _PRODUCER


def _page_labels(labels: Sequence[str]) -> Iterator[Any]:
    """Yield where stretches of page labels begin, and how each counts."""
    import pikepdf

    for first, _, prefix, number in label_ranges(labels):
        counting = {"/S": pikepdf.Name.D, "/St": number} if number else {}
        yield first
        yield pikepdf.Dictionary({**counting, **({"/P": pikepdf.String(prefix)} if prefix else {})})


def _entries(bookmarks: Sequence[Bookmark]) -> list[Any]:
    import pikepdf

    entries = []
    for bookmark in bookmarks:
        entry = pikepdf.OutlineItem(bookmark.title, bookmark.page, "Fit")
        entry.children.extend(_entries(bookmark.below))
        entries.append(entry)
    return entries


def _drawing_data(page: pikepdf.Page) -> bytes:
    """Return the drawing of a page, compressed: as it stands in its file, where it does so in one piece."""
    import pikepdf

    contents = page.obj.get("/Contents")
    plain = isinstance(contents, pikepdf.Stream) and contents.get("/DecodeParms") is None
    if plain and contents is not None and contents.get("/Filter") == "/FlateDecode":
        return contents.read_raw_bytes()
    return zlib.compress(pdf_files.drawing_of(page))


def _layers(found: Any) -> list[Any]:
    import pikepdf

    parts = list(found) if isinstance(found, pikepdf.Array) else []
    return [part for part in parts if isinstance(part, pikepdf.Dictionary)]


def _numbers(found: Any) -> list[tuple[int, int]]:
    return [layer.objgen for layer in _layers(found)]


def _hold_to(source: Source) -> None:
    """Raise OutputError where the file is no longer the one that was looked through."""
    try:
        status = source.path.stat()
    except OSError as error:
        raise _changed(source) from error
    if (status.st_size, status.st_mtime_ns) != (source.size, source.changed):
        raise _changed(source)


def _changed(source: Source) -> OutputError:
    return OutputError(f"装订时佐证文件变了，或者读不到了：{source.file}", "请等文件拷贝、同步完，再生成一次。")


def _printed(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _rounded(value: float) -> float:
    return round(value, 4)
