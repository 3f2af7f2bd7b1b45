"""What the 稿 before holds already: a stage that would give the same files takes them over from it, byte for byte.

A stage says everything that its files follow from. The snapshot keeps the digest of that, and what the stage told besides its
files, so that the next build knows whether to do it again. A 稿 that was made with a memory equals one made without.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator import __version__
from generator.errors import MissingError, UnreadableError
from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import is_frozen, names_of
from generator.measure.fonts import FontLibrary
from generator.package.manifest import SNAPSHOT, ListedFile, PackageFile, Skipped, read_manifest, sha256
from generator.package.stored import LARGE, Stored

EVIDENCE_PLACES = "evidence_places"
"""What the snapshot calls the places of the items of evidence."""
EVIDENCE_NUMBERS = "evidence_numbers"
"""What the snapshot calls the page numbers of evidence that were ever printed."""
LIST_NUMBERS = "list_numbers"
"""What the snapshot calls the numbers of all lists there ever were."""
STATEMENT_NUMBERS = "statement_numbers"
"""What the snapshot calls the numbers of all 情况说明 there ever were."""
LABELS = "labels"
"""What the snapshot calls the numbers printed on the pages of papers that don't count from 1, by path."""
PAPERS = "papers"
"""What the snapshot calls the fingerprints of the pages of papers beside the form, by path."""
STAGES = "stages"
"""What the snapshot calls the notes of the stages."""


@dataclass(frozen=True)
class StageResult:
    """What a stage gave: files, findings, faces of type, what was left out, and what else later stages read (JSON's kinds)."""

    files: tuple[PackageFile, ...] = ()
    findings: Findings = ()
    faces: frozenset[str] = frozenset()
    skipped: tuple[Skipped, ...] = ()
    told: Any = None


@dataclass
class Memory:
    """The stages of the 稿 in the folder `draft` (None where there is none), and the notes of those that were asked for.

    `fonts` are those that pages are set in: where a font that a stage used has another content by now, it is made anew. `made_by`
    tells a digest of the tool, asked for once there is a stage: what other code made is never taken over.
    """

    draft: Path | None = None
    fonts: FontLibrary | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    made_by: Callable[[], str] = str

    def __post_init__(self) -> None:
        self._before, self._listed, self._fingerprints, self._labels = _remembered(self.draft)
        self._maker: str | None = None

    def once(
        self,
        stage: str,
        inputs: Sequence[object],
        make: Callable[[], StageResult],
        *,
        places: Sequence[object] = (),
    ) -> StageResult:
        """Return what `make` gives, taken over from the 稿 before where that was made of the same `inputs` and is still whole.

        `inputs` are everything that the files follow from. `places` are only told of by findings: they matter where there are any.
        """
        key, placed = digest_of([self.maker, inputs]), digest_of(places)
        note = self._before.get(stage)
        result = self._taken_over(note, key, placed) if isinstance(note, Mapping) else None
        if result is None:
            result = make()
        self.notes[stage] = _note(key, placed, result, self._hashes(result.faces))
        return result

    @property
    def maker(self) -> str:
        """What `made_by` tells."""
        if self._maker is None:
            self._maker = self.made_by()
        return self._maker

    def _taken_over(self, note: Mapping[str, Any], key: str, placed: str) -> StageResult | None:
        if note.get("key") != key or note.get("places", placed) != placed or self.draft is None:
            return None
        try:
            if note["faces"] != self._hashes(note["faces"]):
                return None
            files = tuple(self._file(self._listed[path]) for path in note["files"])
            return StageResult(
                files,
                tuple(_finding(told) for told in note["findings"]),
                frozenset(note["faces"]),
                tuple(Skipped(told["what"], told["why"]) for told in note["skipped"]),
                note["told"],
            )
        except (OSError, KeyError, TypeError, ValueError, MissingError):
            return None

    def _hashes(self, faces: Iterable[str]) -> dict[str, str]:
        """The SHA-256 of the fonts that the faces are of, by face."""
        keys = sorted(faces)
        return dict(self.fonts.hashes(keys)) if self.fonts is not None else dict.fromkeys(keys, "")

    def _file(self, listed: ListedFile) -> PackageFile:
        assert self.draft is not None
        standing = Stored(self.draft / listed.path)
        if standing.sha256 != listed.sha256:
            raise ValueError("another content")
        fingerprints = tuple(self._fingerprints.get(listed.path, ()))
        labels = tuple(self._labels.get(listed.path, ()))
        body = standing if standing.size >= LARGE else standing.read()
        return PackageFile(
            listed.role, listed.path, body, listed.pages, fingerprints, labels, listed.unsigned, listed.signed
        )


def digest_of(value: object) -> str:
    """Return a digest of `value`, the tool's version with it: the same for equal values in every process.

    Raises TypeError for what has no settled form.
    """
    text = json.dumps([__version__, _plain(value)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> Any:
    """`value` in JSON's own kinds, in a settled order."""
    match value:
        case None | bool() | int() | str():
            return value.value if isinstance(value, Enum) else value
        case Enum():
            return [type(value).__name__, value.name]
        case Decimal() | float() | Path():
            return [type(value).__name__, str(value)]
        case bytes():
            return ["bytes", sha256(value)]
        case BaseModel():
            return [type(value).__name__, value.model_dump(mode="json", by_alias=True)]
        case Mapping():
            return [[_plain(name), _plain(one)] for name, one in sorted(value.items(), key=lambda pair: str(pair[0]))]
        case frozenset() | set():
            return sorted(json.dumps(_plain(one), ensure_ascii=False) for one in value)
        case list() | tuple():
            return [_plain(one) for one in value]
    if names := _fields_of(type(value)):
        return [type(value).__name__, *(_plain(getattr(value, name)) for name in names)]
    raise TypeError(f"no settled form: {type(value).__name__}")


def _fields_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of a class of values; none for a class of anything else."""
    if is_frozen(kind):
        return names_of(kind)
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def _remembered(
    draft: Path | None,
) -> tuple[Mapping[str, Any], Mapping[str, ListedFile], Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """The notes of the stages of a 稿, its files, and of their pages the fingerprints and the numbers; all by name."""
    if draft is None:
        return {}, {}, {}, {}
    try:
        content, manifest = (draft / SNAPSHOT).read_bytes(), read_manifest(draft)
        if sha256(content) != manifest.snapshot.sha256:
            return {}, {}, {}, {}
        snapshot = json.loads(content)
        stages, fingerprints, labels = snapshot[STAGES], snapshot.get(PAPERS, {}), snapshot.get(LABELS, {})
        listed = {file.path: file for file in manifest.files}
    except (OSError, ValueError, KeyError, TypeError, UnreadableError):
        return {}, {}, {}, {}
    if not all(isinstance(each, Mapping) for each in (stages, fingerprints, labels)):
        return {}, {}, {}, {}
    return stages, listed, fingerprints, labels


def _note(key: str, placed: str, result: StageResult, faces: Mapping[str, str]) -> dict[str, Any]:
    note = {
        "key": key,
        "files": [file.path for file in result.files],
        "findings": [_told(finding) for finding in result.findings],
        "faces": faces,
        "skipped": [{"what": skipped.what, "why": skipped.why} for skipped in result.skipped],
        "told": result.told,
    }
    return {**note, "places": placed} if result.findings else note


def _told(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(finding, name) for name in names_of(Finding)}
    told["severity"] = finding.severity.value
    if finding.position is not None:
        told["position"] = {name: getattr(finding.position, name) for name in names_of(Position)}
    return told


def _finding(told: Mapping[str, Any]) -> Finding:
    position = Position(**told["position"]) if told["position"] is not None else None
    return Finding(**{**told, "severity": Severity(told["severity"]), "position": position})
