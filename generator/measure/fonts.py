"""Typefaces: the office's names (仿宋_GB2312, 方正小标宋简体, …) to font files, widths and fallbacks."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.errors import MissingError, reason_of
from generator.frozen import dataclass, replace
from generator.measure.faces import BUNDLED_FACES, DEFAULT_TYPEFACE, TYPEFACES, Typeface
from generator.measure.sfnt import FontFile, faces_in
from generator.resources import fonts_folder

_FAMILY, _FULL, _POSTSCRIPT, _TYPOGRAPHIC_FAMILY = 1, 4, 6, 16
_REGULAR_WEIGHT = 400
_SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc"})


Identity = tuple[tuple[str, str, int], ...]
"""What tells one library of fonts from another: the key of each face, the name of its file and its size in bytes."""


class Face:
    """One face of one font file. Nothing is read before it is needed, and pickling carries no file data.

    `key` names the face in laid-out pages; `family` is the font's own family name; `index` counts faces within a
    collection.
    """

    __slots__ = ("_advances", "_file", "family", "index", "key", "path")

    def __init__(self, key: str, family: str, path: Path, index: int = 0) -> None:
        self.key = key
        self.family = family
        self.path = path
        self.index = index
        self._file: FontFile | None = None
        self._advances: dict[str, float | None] = {}

    def __repr__(self) -> str:
        return f"Face({self.key!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Face) and self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash((self.key, self.path, self.index))

    def __reduce__(self) -> tuple[type[Face], tuple[str, str, Path, int]]:
        return Face, (self.key, self.family, self.path, self.index)

    @property
    def file(self) -> FontFile:
        """The opened font file. Raises MissingError when it can't be read."""
        if self._file is None:
            self._file = FontFile(self.path, self.index)
        return self._file

    @property
    def ascent(self) -> float:
        """Height above the baseline that the font claims for a line, in em."""
        return self.file.ascent

    @property
    def descent(self) -> float:
        """Depth below the baseline that the font claims for a line, in em, positive."""
        return self.file.descent

    def advance(self, character: str) -> float:
        """Return the advance width of a character in em. Raises KeyError when the face hasn't got it (see `has`)."""
        width = self.width(character)
        if width is None:
            raise KeyError(character)
        return width

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for a character."""
        return self.width(character) is not None

    def width(self, character: str) -> float | None:
        """Return the advance width of a character in em, None where the face hasn't got it."""
        known = self._advances
        if character in known:
            return known[character]
        file = self.file
        glyph = file.glyph(ord(character))
        width = known[character] = None if glyph is None else file.advance(glyph) / file.units_per_em
        return width


@dataclass(frozen=True)
class Refusal:
    """A font file that was found but is not used, and why (a Chinese phrase); `named` where the user named its folder."""

    path: Path
    family: str
    reason: str
    named: bool = False


@dataclass(frozen=True)
class _Cuts:
    """The faces of one family: regular, and bold where there is one."""

    regular: Face
    bold: Face | None = None


class _Widths(dict[str, float]):
    """The advance widths of characters in one type, each looked up when it is first asked for; `lacking` are those no face has."""

    def __init__(self, faces: Sequence[Face]) -> None:
        super().__init__()
        self._faces = faces
        self.lacking: set[str] = set()

    def __missing__(self, character: str) -> float:
        for face in self._faces:
            width = face.width(character)
            if width is not None:
                self[character] = width
                return width
        self.lacking.add(character)
        self[character] = 1.0
        return 1.0


class FontLibrary:
    """All faces of a run. Build one with `bundled` or `with_folders`; it is cheap to make, to pass on and to pickle."""

    def __init__(self, installed: Mapping[str, _Cuts], refused: tuple[Refusal, ...] = ()) -> None:
        folder = fonts_folder()
        self._installed = dict(installed)
        self.refused = refused
        self._faces = {face.key: Face(face.key, face.family, folder / face.file) for face in BUNDLED_FACES}
        for cuts in self._installed.values():
            for face in (cuts.regular, cuts.bold):
                if face is not None:
                    self._faces.setdefault(face.key, face)
        self._typefaces = {
            _folded(name): typeface for typeface in TYPEFACES for name in typeface.names + typeface.stands_for
        }
        self._chains: dict[tuple[str, bool], tuple[Face, ...]] = {}
        self._found: dict[tuple[str, str, bool], Face | None] = {}
        self._widths: dict[str, _Widths] = {}
        self._digests: dict[Path, str] = {}

    @classmethod
    def bundled(cls) -> FontLibrary:
        """Return the library of the package's own fonts, the same on all machines."""
        return cls({})

    @classmethod
    def with_folders(cls, folders: Sequence[Path], *, system: bool = False) -> FontLibrary:
        """Return a library that prefers the fonts in `folders` (and the system's), with the bundled ones as fallback.

        Fonts are known by all names in their name tables, Chinese ones included; where two have the same name, the
        earlier folder wins. Fonts that forbid embedding, or can't be read, are left out and listed in `refused`.
        Raises MissingError when a folder doesn't exist, or can't be read.
        """
        for folder in folders:
            try:
                next(folder.iterdir(), None)
            except OSError as error:
                lost = isinstance(error, (FileNotFoundError, NotADirectoryError))
                message = f"找不到字体文件夹：{folder}" if lost else f"读不到字体文件夹 {folder}：{reason_of(error)}"
                raise MissingError(message, "请检查 --font-dir 后面的路径。") from error
        installed, refused = _installed_fonts([*folders, *(_system_folders() if system else ())])
        named = tuple(replace(one, named=any(one.path.is_relative_to(folder) for folder in folders)) for one in refused)
        return cls(installed, named)

    def __reduce__(self) -> tuple[type[FontLibrary], tuple[dict[str, _Cuts], tuple[Refusal, ...]]]:
        return FontLibrary, (self._installed, self.refused)

    def face(self, name: str, *, bold: bool = False) -> Face:
        """Return the primary face for a name as Word files give it; unknown names get 宋体 (see `substitutions`)."""
        return self._chain(name, bold)[0]

    def face_for(self, name: str, character: str, *, bold: bool = False) -> Face | None:
        """Return the face that prints a character: the name's own, or the first fallback; None if no font has it."""
        wanted = (name, character, bold)
        try:
            return self._found[wanted]
        except KeyError:
            found = next((face for face in self._chain(name, bold) if face.width(character) is not None), None)
            self._found[wanted] = found
            return found

    def advances(self, name: str) -> Mapping[str, float]:
        """Return the advance widths in em of all characters in the type `name`: a whole em for one that no font has."""
        return self._widths_in(name)

    def _widths_in(self, name: str) -> _Widths:
        known = self._widths.get(name)
        if known is None:
            known = self._widths[name] = _Widths(self._chain(name, False))
        return known

    def by_key(self, key: str) -> Face:
        """Return the face with this key. Raises MissingError when the library has none."""
        try:
            return self._faces[key]
        except KeyError:
            raise MissingError(f"字体库里没有“{key}”。", "排版与输出 PDF 须使用同一套字体。") from None

    def embolden(self, name: str, bold: bool) -> bool:
        """Whether bold type of this name has to be made by thickening, for want of a bold cut."""
        if not bold:
            return False
        cuts = self._cuts(name)
        return cuts.bold is None

    def missing(self, text: str, name: str) -> tuple[str, ...]:
        """Return the characters of a text that no font has, each once, in the order of the text."""
        widths = self._widths_in(name)
        characters = dict.fromkeys(text)
        for character in characters.keys() - widths.keys():
            widths[character]
        return tuple(filter(widths.lacking.__contains__, characters)) if widths.lacking else ()

    def substitutions(self, names: Iterable[str]) -> Mapping[str, str]:
        """Return each of the names that is unknown to fonts and table of typefaces → the family used instead."""
        return {
            name: self.face(name).family
            for name in dict.fromkeys(names)
            if _folded(name) not in self._installed and _folded(name) not in self._typefaces
        }

    def refused_for_print(self) -> tuple[Refusal, ...]:
        """Return the refused fonts that would have been printed with: those of the user's folders, and a typeface of offices."""
        return tuple(one for one in self.refused if one.named or _folded(one.family) in self._typefaces)

    def hashes(self, keys: Iterable[str] | None = None) -> Mapping[str, str]:
        """Return the key of each face (or of those asked for) → SHA-256 of its file, hexadecimal; a file is read once."""
        import hashlib

        faces = [self.by_key(key) for key in (self._faces if keys is None else keys)]
        for face in faces:
            if face.path not in self._digests:
                with face.path.open("rb") as stream:
                    self._digests[face.path] = hashlib.file_digest(stream, "sha256").hexdigest()
        return {face.key: self._digests[face.path] for face in faces}

    @property
    def identity(self) -> Identity:
        """What tells this library from one that may set pages otherwise: each face's key, its file's name and size in bytes."""
        return tuple((key, face.path.name, face.path.stat().st_size) for key, face in sorted(self._faces.items()))

    def _typeface(self, name: str) -> Typeface:
        return self._typefaces.get(_folded(name)) or self._typefaces[_folded(DEFAULT_TYPEFACE)]

    def _cuts(self, name: str) -> _Cuts:
        """Return an installed family of that name, else an installed one of the same typeface, else the bundled one."""
        if found := self._installed.get(_folded(name)):
            return found
        typeface = self._typeface(name)
        return self._installed_cuts(typeface) or self._bundled_cuts(typeface)

    def _installed_cuts(self, typeface: Typeface) -> _Cuts | None:
        found = (self._installed.get(_folded(name)) for name in typeface.names)
        return next((cuts for cuts in found if cuts), None)

    def _bundled_cuts(self, typeface: Typeface) -> _Cuts:
        return _Cuts(self._faces[typeface.face], self._faces[typeface.bold] if typeface.bold else None)

    def _chain(self, name: str, bold: bool) -> tuple[Face, ...]:
        """Return all faces in the order in which they are asked for a character."""
        known = self._chains.get((name, bold))
        if known is None:
            known = tuple(dict.fromkeys(self._in_order(name, bold)))
            self._chains[(name, bold)] = known
        return known

    def _in_order(self, name: str, bold: bool) -> Iterator[Face]:
        typeface = self._typeface(name)
        for cuts in self._families(name, typeface):
            yield cuts.bold if bold and cuts.bold is not None else cuts.regular

    def _families(self, name: str, typeface: Typeface) -> Iterator[_Cuts]:
        yield self._cuts(name)
        yield self._bundled_cuts(typeface)
        if typeface.supplement:
            yield _Cuts(self._faces[typeface.supplement])
        for fallback in (self._typefaces[_folded(name)] for name in typeface.fallbacks):
            if installed := self._installed_cuts(fallback):
                yield installed
            yield self._bundled_cuts(fallback)


def _folded(name: str) -> str:
    """Return a name as it is compared: without case, spaces at the ends, and the @ of vertical fonts."""
    return name.strip().lstrip("@").casefold()


def _system_folders() -> tuple[Path, ...]:
    """Return the folders where this system keeps fonts, those that exist."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        folders = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    elif sys.platform == "darwin":
        folders = [home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    else:
        folders = [
            home / ".local" / "share" / "fonts",
            home / ".fonts",
            Path("/usr/local/share/fonts"),
            Path("/usr/share/fonts"),
        ]
    return tuple(folder for folder in folders if folder.is_dir())


@dataclass(frozen=True)
class _Found:
    """A usable face in a folder: `order` counts folders, `distance` is how far its weight is from the regular one."""

    face: Face
    file: FontFile
    order: int

    @property
    def distance(self) -> int:
        return abs(self.file.weight - _REGULAR_WEIGHT)


def _installed_fonts(folders: Iterable[Path]) -> tuple[dict[str, _Cuts], tuple[Refusal, ...]]:
    """Return the families by all their names, and the files that are not used."""
    found: list[_Found] = []
    refused: list[Refusal] = []
    keys = {face.key for face in BUNDLED_FACES}
    for order, folder in enumerate(folders):
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file()):
            try:
                files = [FontFile(path, index) for index in range(faces_in(path))]
                families = [next(iter(file.named(_FAMILY)), path.stem) for file in files]
                refusals = [file.embedding_refusal for file in files]
            except (MissingError, struct.error, IndexError) as error:
                refused.append(Refusal(path, path.stem, f"字体文件读不懂（{error}）"))
                continue
            for file, family, reason in zip(files, families, refusals, strict=True):
                if reason:
                    refused.append(Refusal(path, family, reason))
                else:
                    found.append(_Found(Face(_new_key(file, keys), family, path, file.index), file, order))
    return _by_name(found), tuple(refused)


def _new_key(file: FontFile, keys: set[str]) -> str:
    """Return the PostScript name of a face, or a numbered variant where it is taken, and take it."""
    name = next(iter(file.named(_POSTSCRIPT)), file.path.stem)
    key, number = name, 2
    while key in keys:
        key, number = f"{name}-{number}", number + 1
    keys.add(key)
    return key


def _by_name(found: Sequence[_Found]) -> dict[str, _Cuts]:
    """Return name → cuts. Full names name one face; a family's name names its upright cut nearest to regular, and bold."""
    regular: dict[str, Face] = {}
    bold: dict[str, Face] = {}
    upright = [item for item in found if not item.file.is_italic]
    for item in upright:
        for name in item.file.named(_FAMILY):
            (bold if item.file.is_bold else regular).setdefault(_folded(name), item.face)
    for item in found:
        for name in item.file.named(_FULL, _POSTSCRIPT):
            regular.setdefault(_folded(name), item.face)
    for item in sorted(upright, key=lambda item: (item.order, item.distance)):
        for name in item.file.named(_TYPOGRAPHIC_FAMILY):
            (bold if item.file.is_bold else regular).setdefault(_folded(name), item.face)
    names = {name: _Cuts(face, bold.get(name)) for name, face in regular.items()}
    return names | {name: _Cuts(face) for name, face in bold.items() if name not in regular}
