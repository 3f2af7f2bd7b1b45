"""A cluster's papers, carried as they came: the signed originals that were received, or what its 稿 holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path, PurePosixPath

from generator.errors import UnreadableError, reason_of
from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass, replace
from generator.notices.definition import EVIDENCE, FORM
from generator.notices.file_names import FileNames
from generator.package.manifest import RECEIVED, SUBMITTED, Manifest, read_manifest, sha256
from generator.package.names import safe_name
from generator.package.opening.inspection import is_whole
from generator.package.opening.unheard import unheard
from generator.package.stored import LARGE, Body, Stored, reading
from generator.recommending.sources import Source

FORM_PDF = "form.pdf"
FORM_ROLE = "form."
EVIDENCE_ROLE = "evidence."

_SEALED = re.compile(r"(第[0-9]{3,}稿)_签章([0-9]+)")
_CARRIED = "cluster."
_WORD = ".docx"
_NOT_PAPERS = frozenset({"打印", "光盘", "U盘", "邮件"})


class Origin(Enum):
    """Where a paper comes from, in the words of `Remarks`."""

    ORIGINAL = "original"
    SEALED = "sealed"
    UNSIGNED = "unsigned"
    AGAIN = "again"


@dataclass(frozen=True)
class Paper:
    """A file of a cluster: its material (申报表; empty for another), its name, its content as it came, its pages if it has any.

    `unsigned` are the pages (from 1) that are to be signed or sealed and are not, as far as that is known. `word` says that it is
    the Word file of a paper that is signed or sealed in print.
    """

    material: str
    name: str
    role: str
    body: Body
    pages: int | None
    origin: Origin
    unsigned: tuple[int, ...] = ()
    word: bool = False

    @property
    def sha256(self) -> str:
        """SHA-256 of the content in hexadecimal digits."""
        return self.body.sha256 if isinstance(self.body, Stored) else sha256(self.body)

    @property
    def signed(self) -> bool:
        """Whether it is the signed one: received as an original, or with the scans of the signed sheets in their places."""
        return self.origin in (Origin.ORIGINAL, Origin.SEALED)


@dataclass(frozen=True)
class Received:
    """The originals in a folder of the user's, by the name of the cluster's folder in it; None where a folder holds no usable file."""

    folders: Mapping[str, tuple[Paper, ...]]
    findings: Findings

    def of(self, names: Iterable[str]) -> tuple[str, tuple[Paper, ...]]:
        """Return the folder that is called by one of `names`, and its papers; nothing where there is none."""
        for name in names:
            found = self.folders.get(_bare(name))
            if name and found is not None:
                return _bare(name), found
        return "", ()


def read_received(folder: Path | None, files: FileNames) -> Received:
    """Return the originals in `folder`: a folder for each cluster, called by its name, whose files are carried unchanged.

    T106: a file that can't be opened, or leads elsewhere, is not carried.
    """
    if folder is None:
        return Received({}, ())
    folders: dict[str, tuple[Paper, ...]] = {}
    found: list[Finding] = []
    for below in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        papers: list[Paper] = []
        inside = below.resolve()
        for path in sorted(below.rglob("*")):
            if path.name.startswith((".", "~$")) or path.is_dir() or path.name.casefold() in _RUBBISH:
                continue
            paper, why = _original(path, inside, below, files)
            if paper is not None:
                papers.append(_told_apart(paper, papers))
            else:
                found.append(_unusable(path, why))
        folders[_bare(below.name)] = tuple(papers)
    return Received(folders, tuple(found))


_RUBBISH = frozenset({"thumbs.db", "desktop.ini"})


def papers_of(source: Source, files: FileNames, form: str | None = None) -> tuple[tuple[Paper, ...], Findings]:
    """Return the papers that the 稿 of `source` holds, with the signed ones where it was sealed; none where there is no 稿.

    `form` is the id of the form that is asked for, None where it is not known. T110: only an earlier 稿 was sealed; T113: the 稿
    is of another form. Raises UnreadableError where a file can't be read.
    """
    if source.draft is None:
        return (), ()
    if source.papers_below:
        return _carried_on(source.draft, source.papers_below, files), ()
    sealed = _SEALED.fullmatch(source.draft.name)
    base = source.draft.with_name(sealed[1]) if sealed else source.draft
    signed = source.draft if sealed else _last_sealed(base)
    found = [_sealed_too_early(source, base)] if signed is None and _sealed_before(base) else []
    built = read_manifest(source.draft).facts.form
    if form and built != form:
        found.append(_other_form(source, built, form))
    if base != source.draft and not is_whole(base):
        base = signed or base
    papers = [] if base == signed else _listed(base, read_manifest(base), files, Origin.UNSIGNED)
    if signed is not None:
        bound = {one.role: one for one in _listed(signed, read_manifest(signed), files, Origin.SEALED)}
        papers = [bound.pop(one.role, one) for one in papers]
        papers = [*bound.values(), *papers]
    return tuple(papers), tuple(found)


def with_originals(papers: Sequence[Paper], originals: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return `originals`, and those of `papers` whose material is not among them; a name that both have goes to the original."""
    materials = {paper.material for paper in originals if paper.material}
    names = {paper.name.casefold() for paper in originals}
    kept = (one for one in papers if one.material not in materials and one.name.casefold() not in names)
    return (*originals, *kept)


def names_called(source: Source, name: str, others: Sequence[Source] = ()) -> tuple[str, ...]:
    """Return what the folder of received originals of the cluster `name` may be called, the surest first.

    The name of the cluster's own folder counts where no other of the sources has a folder of that name.
    """
    particulars = source.candidate.particulars
    known = [name, particulars.name, safe_name(name), safe_name(particulars.name)]
    own = _folder_name(source)
    if own and not any(_folder_name(other) == own for other in others if other is not source):
        known.append(own)
    return tuple(dict.fromkeys(known))


def _folder_name(source: Source) -> str:
    if source.cluster is None:
        return ""
    return (source.cluster if source.cluster.is_dir() else source.cluster.parent).resolve().name


def unclaimed(received: Received, claimed: Iterable[str]) -> Findings:
    """T107: folders of originals that belong to none of the clusters."""
    left = sorted(set(received.folders) - set(claimed))
    return tuple(
        Finding(
            "T107",
            Severity.CHECK,
            "收到的材料里有一个文件夹对不上任何集群，没有收入",
            path=name,
            found=name,
            expected="文件夹名与集群名称相同",
            remedy="请把文件夹改成集群全称，或确认这个集群不在这次推荐之列。",
        )
        for name in left
    )


def _original(path: Path, inside: Path, below: Path, files: FileNames) -> tuple[Paper | None, str]:
    """Return the file at `path` as a paper, or None and why it can't be one."""
    try:
        if path.is_symlink() or not path.resolve().is_relative_to(inside):
            return None, "是一个链接，不是文件"
        body = _body(path)
    except OSError as error:
        return None, f"读不到：{reason_of(error)}"
    if body == b"":
        return None, "是空的"
    pages: int | None = None
    if path.suffix.lower() == ".pdf":
        pages = pages_of(body)
        if pages is None:
            return None, "打不开，可能不完整或者有密码"
    *within, own = path.relative_to(below).parts
    name = "/".join([*map(safe_name, within), safe_name(PurePosixPath(own).stem, PurePosixPath(own).suffix)])
    material = _material(path.name, files)
    return Paper(
        material, name, f"{RECEIVED}{path.suffix.lower().lstrip('.') or 'file'}", body, pages, Origin.ORIGINAL
    ), ""


def _told_apart(paper: Paper, others: Sequence[Paper]) -> Paper:
    """Return `paper`, renamed where Windows would take its name for that of one of `others`."""
    taken = {other.name.casefold() for other in others}
    path, number = PurePosixPath(paper.name), 1
    while paper.name.casefold() in taken:
        number += 1
        paper = replace(paper, name=str(path.with_name(f"{path.stem}_{number}{path.suffix}")))
    return paper


def pages_of(body: Body) -> int | None:
    """Return how many pages a PDF has, None where it can't be opened without a password, or at all.

    Small faults, as scanners' programs make them, are let pass: what was received is not ours to mend.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    with unheard(), reading(body) as content:
        try:
            reader = PdfReader(content)
            return None if reader.is_encrypted else len(reader.pages) or None
        except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return None


def _listed(draft: Path, manifest: Manifest, files: FileNames, origin: Origin) -> list[Paper]:
    """Return what leaves the house on paper of the 稿 `draft`, but for what was made for printing and for media."""
    papers = []
    signed_in_print = {_stem(file.role) for file in manifest.files if file.unsigned or file.signed}
    for file in manifest.files:
        path = PurePosixPath(file.path)
        if path.parts[0] != SUBMITTED or path.parts[1] in _NOT_PAPERS:
            continue
        name = path.relative_to(SUBMITTED).as_posix()
        material, content = _of_role(file.role, name, files), _read(draft / path, file.sha256)
        word = path.suffix == _WORD and _stem(file.role) in signed_in_print
        own = Origin.UNSIGNED if file.unsigned or word else origin
        papers.append(Paper(material, name, file.role, content, file.pages, own, file.unsigned, word))
    return papers


def _stem(role: str) -> str:
    """The role of a file without its kind: Word file and PDF of one paper have it in common."""
    return role.rpartition(".")[0]


def _carried_on(draft: Path, folder: str, files: FileNames) -> tuple[Paper, ...]:
    """Return the papers that an office below carried in its recommendation `draft`, as they are there."""
    papers = []
    for file in read_manifest(draft).files:
        if not file.path.startswith(f"{folder}/"):
            continue
        name = file.path.removeprefix(f"{folder}/")
        origin, role = origin_of(file.role)
        material, content = _of_role(role, name, files), _read(draft / file.path, file.sha256)
        papers.append(Paper(material, name, role, content, file.pages, origin, file.unsigned))
    return tuple(papers)


def carried_role(paper: Paper) -> str:
    """Return the role of `paper` in a recommendation: where it comes from, and what it was in its own 稿."""
    return role_from(paper.origin, paper.role)


def role_from(origin: Origin, role: str) -> str:
    """Return the role in a recommendation of what was `role` in its own 稿 and comes from `origin`."""
    return role if origin is Origin.ORIGINAL else f"{_CARRIED}{origin.value}.{role}"


def origin_of(role: str) -> tuple[Origin, str]:
    """Return what `role_from` made `role` of."""
    told, _, own = role.removeprefix(_CARRIED).partition(".")
    known = {origin.value: origin for origin in Origin}
    return (known[told], own) if role.startswith(_CARRIED) and told in known else (Origin.ORIGINAL, role)


def _read(path: Path, digest: str) -> Body:
    """What stands in the file at `path` of a 稿 that is whole, so that its SHA-256 is known to be `digest`."""
    try:
        return _body(path, digest)
    except OSError as error:
        raise UnreadableError(
            f"读不到 {path}：{reason_of(error)}", "请检查这个文件，或用 shenbao build 重新生成一稿。"
        ) from error


def _body(path: Path, digest: str = "") -> Body:
    """What stands in the file at `path`, left there if it is large. Raises OSError."""
    return path.read_bytes() if path.stat().st_size < LARGE else Stored(path, digest)


def _last_sealed(draft: Path) -> Path | None:
    """Return the last whole sealed version of `draft`, None where there is none."""
    found = [
        (int(match[2]), path)
        for path in draft.parent.iterdir()
        if (match := _SEALED.fullmatch(path.name)) and match[1] == draft.name and is_whole(path)
    ]
    return max(found)[1] if found else None


def _sealed_before(draft: Path) -> bool:
    return any(_SEALED.fullmatch(path.name) for path in draft.parent.iterdir())


def _of_role(role: str, name: str, files: FileNames) -> str:
    if role.startswith(FORM_ROLE):
        return FORM
    if role.startswith(EVIDENCE_ROLE):
        return EVIDENCE
    return _material(PurePosixPath(name).name, files)


def _material(name: str, files: FileNames) -> str:
    """The material that a file's name tells of: the one whose pattern it follows, or that it names."""
    for material in files.files:
        before, _ = files.parts(material)
        if before and name.startswith(before):
            return material
    return next((material for material in files.files if material in name), "")


def _bare(name: str) -> str:
    return "".join(name.split())


def _unusable(path: Path, why: str) -> Finding:
    """T106: a file that was received can't be used."""
    return Finding(
        "T106",
        Severity.MUST,
        f"收到的文件不能用，没有收入：{why}",
        position=Position(str(path)),
        remedy="请换一份完整、不带密码的文件，放在原处再运行。",
    )


def _other_form(source: Source, built: str, asked: str) -> Finding:
    """T113: the papers are of another form than the notice asks for."""
    return Finding(
        "T113",
        Severity.CHECK,
        "这份成果用的不是通知要求的申报表",
        path=source.candidate.particulars.name,
        position=Position(source.candidate.source),
        found=built,
        expected=asked,
        remedy="请照这份通知重新生成（shenbao build --notice），或核对是不是用错了通知。",
    )


def _sealed_too_early(source: Source, draft: Path) -> Finding:
    """T110: what was sealed is an earlier 稿."""
    return Finding(
        "T110",
        Severity.CHECK,
        "签章版是旧稿的，没有采用",
        path=source.candidate.particulars.name,
        position=Position(str(draft)),
        found=f"{draft.name}没有签章版",
        remedy="请对当前的一稿用 shenbao seal；确实要报旧稿的，直接写旧稿签章版的文件夹。",
    )
