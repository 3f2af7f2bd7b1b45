"""The manifest of a 稿: what it holds, made of what, by which tool. It is the list that a whole 稿 is held against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import cast

from generator import __version__
from generator.errors import OutputError, UnreadableError, reason_of
from generator.frozen import dataclass
from generator.package.stored import Body, Stored

MANIFEST = "manifest.json"
SNAPSHOT = "snapshot.json"
SUBMITTED = "1_报送材料"
KEPT = "2_内部留存_不报送"
RECEIVED = "received."
"""What the roles of files begin with that were received from others and are carried unchanged."""

_EDITION = 1
_TOOL = "shenbao"
_PLACES = frozenset({SUBMITTED, KEPT})


@dataclass(frozen=True)
class PackageFile:
    """A file to be written.

    `role` says what it is to a program (`form.docx`, `form.pdf`); `path` is relative to the 稿, with `/`, and begins with
    `SUBMITTED` or `KEPT`; `body` is its content, in memory or, if large, on the disk; `pages` counts the printed pages, None
    where the file has none. `fingerprints` tell for each page what is printed on it, where the maker knows: equal when, and only
    when, the pages are. `labels` are the numbers printed on the pages, where they don't simply count from 1. `unsigned` are the
    pages (from 1) that are to be signed or sealed and are not; `signed` says that none of those is left: scans of the signed
    sheets stand in their places, or it came signed.
    """

    role: str
    path: str
    body: Body
    pages: int | None = None
    fingerprints: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    unsigned: tuple[int, ...] = ()
    signed: bool = False

    @property
    def content(self) -> bytes:
        """The whole content, in memory."""
        return self.body.read() if isinstance(self.body, Stored) else self.body

    @property
    def size(self) -> int:
        """The size in bytes."""
        return self.body.size if isinstance(self.body, Stored) else len(self.body)

    @property
    def sha256(self) -> str:
        """SHA-256 of the content in hexadecimal digits."""
        return self.body.sha256 if isinstance(self.body, Stored) else sha256(self.body)


@dataclass(frozen=True)
class FontUsed:
    """A font that pages were set in: the office's name for it, its file's name, and the SHA-256 of the file."""

    name: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Skipped:
    """Something that the build left out, and why, both in words for the user."""

    what: str
    why: str


@dataclass(frozen=True)
class Source:
    """A file that pages were made of besides data and fonts: what it is (`template`, `form`), its name, its SHA-256."""

    kind: str
    name: str
    sha256: str


@dataclass(frozen=True)
class ManifestFacts:
    """What the manifest says besides the files: whose package, for which form and notice (an id, empty for none), made how.

    `made_of` is empty in manifests older than it.
    """

    cluster: str
    form: str
    draft: bool = False
    fonts: tuple[FontUsed, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notice: str = ""
    made_of: tuple[Source, ...] = ()

    @property
    def series(self) -> str:
        """What the 稿 are a series of, and their folder is called: the notice, or the form where there is none."""
        return self.notice or self.form


@dataclass(frozen=True)
class ListedFile:
    """A file as the manifest lists it. `size` is in bytes; `unsigned` and `signed` are those of the `PackageFile`."""

    role: str
    path: str
    sha256: str
    size: int
    pages: int | None = None
    unsigned: tuple[int, ...] = ()
    signed: bool = False


@dataclass(frozen=True)
class Manifest:
    """The manifest of one 稿. It holds neither a date nor the number of the 稿, so equal packages have equal manifests."""

    facts: ManifestFacts
    tool: str
    files: tuple[ListedFile, ...]
    snapshot: ListedFile

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest as written: equal when, and only when, the whole content of the 稿 is."""
        return sha256(encode(self))

    @property
    def everything(self) -> tuple[ListedFile, ...]:
        """All files of the 稿 but the manifest itself."""
        return (*self.files, self.snapshot)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def encode_json(value: object) -> bytes:
    """Return `value` as JSON in UTF-8, as all files of a 稿 are written: indented, hanzi as hanzi, in the order given."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def draw_up(facts: ManifestFacts, files: Sequence[PackageFile], snapshot: bytes) -> Manifest:
    """Return the manifest of `files` and the encoded `snapshot`.

    Raises OutputError when two files would have one name (as Windows compares names), or one would lie outside its folder.
    """
    taken: set[str] = set()
    for file in files:
        if not _stays_inside(file.path) or PurePosixPath(file.path).parts[0] not in _PLACES:
            raise OutputError(f"内部错误：文件的位置不对：{file.path}", "请把这句话报告给开发者。")
        if file.path.casefold() in taken:
            raise OutputError(f"两个文件重名：{file.path}", "请给其中一个改名。")
        taken.add(file.path.casefold())
    return Manifest(
        facts=facts,
        tool=__version__,
        files=tuple(
            ListedFile(file.role, file.path, file.sha256, file.size, file.pages, file.unsigned, file.signed)
            for file in files
        ),
        snapshot=ListedFile("snapshot", SNAPSHOT, sha256(snapshot), len(snapshot)),
    )


def encode(manifest: Manifest) -> bytes:
    """Return `manifest` as the bytes of manifest.json."""
    facts = manifest.facts
    return encode_json(
        {
            "manifest": _EDITION,
            "tool": {"name": _TOOL, "version": manifest.tool},
            "cluster": facts.cluster,
            "form": facts.form,
            "notice": facts.notice,
            "draft": facts.draft,
            "files": [_listing(file) for file in manifest.files],
            "snapshot": _listing(manifest.snapshot),
            "fonts": [{"name": font.name, "file": font.file, "sha256": font.sha256} for font in facts.fonts],
            "skipped": [{"what": skipped.what, "why": skipped.why} for skipped in facts.skipped],
            **_made_of(facts.made_of),
        }
    )


def read_manifest(draft: Path) -> Manifest:
    """Return the manifest of the 稿 in the folder `draft`.

    Raises UnreadableError when it is missing, or is no manifest that this version knows.
    """
    path = draft / MANIFEST
    try:
        return _decode(json.loads(path.read_bytes()))
    except OSError as error:
        raise UnreadableError(f"读不到 {path}：{reason_of(error)}", "请确认这是一个完整的稿文件夹。") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(f"{path} 不是本工具写的清单。", "请用 shenbao build 重新生成一稿。") from error


def _made_of(sources: Sequence[Source]) -> Mapping[str, object]:
    """Return the entry of `sources`; none where there are none, so that an older manifest is written as it was."""
    told = [{"kind": source.kind, "name": source.name, "sha256": source.sha256} for source in sources]
    return {"made_of": told} if told else {}


def _listing(file: ListedFile) -> dict[str, object]:
    listing: dict[str, object] = {"role": file.role, "path": file.path, "sha256": file.sha256, "size": file.size}
    if file.pages is not None:
        listing["pages"] = file.pages
    if file.unsigned:
        listing["unsigned"] = list(file.unsigned)
    if file.signed:
        listing["signed"] = True
    return listing


def _decode(tree: object) -> Manifest:
    """Return the manifest that `tree` tells; raises ValueError, KeyError, TypeError or AttributeError when it tells none."""
    top = cast("Mapping[str, object]", tree)
    if top["manifest"] != _EDITION:
        raise ValueError("unknown edition")
    tool = cast("Mapping[str, object]", top["tool"])
    return Manifest(
        facts=ManifestFacts(
            cluster=str(top["cluster"]),
            form=str(top["form"]),
            draft=bool(top["draft"]),
            fonts=tuple(FontUsed(font["name"], font["file"], font["sha256"]) for font in _rows(top["fonts"])),
            skipped=tuple(Skipped(row["what"], row["why"]) for row in _rows(top["skipped"])),
            notice=str(top.get("notice", "")),
            made_of=tuple(Source(row["kind"], row["name"], row["sha256"]) for row in _rows(top.get("made_of", []))),
        ),
        tool=str(tool["version"]),
        files=tuple(_listed(row) for row in _rows(top["files"])),
        snapshot=_listed(cast("Mapping[str, str]", top["snapshot"])),
    )


def _rows(value: object) -> Sequence[Mapping[str, str]]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _listed(row: Mapping[str, object]) -> ListedFile:
    path, pages = str(row["path"]), row.get("pages")
    if not _stays_inside(path):
        raise ValueError("a path outside the folder")
    count = None if pages is None else int(cast("int", pages))
    unsigned = tuple(int(page) for page in cast("Sequence[int]", row.get("unsigned", ())))
    size = int(cast("int", row["size"]))
    return ListedFile(str(row["role"]), path, str(row["sha256"]), size, count, unsigned, bool(row.get("signed", False)))


def _stays_inside(path: str) -> bool:
    """Whether `path` names something inside the folder that it is relative to, on every system."""
    parts = path.split("/")
    return "\\" not in path and ":" not in path and all(part not in {"", ".", ".."} for part in parts)
