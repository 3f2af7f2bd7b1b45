"""The register beside the scans: of which printed page each scan was made, so that it is never put where another text stands."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from generator.errors import OutputError, UnreadableError, reason_of
from generator.frozen import dataclass
from generator.package import disk
from generator.package.manifest import encode_json
from generator.package.sealing.scans import REGISTER

_EDITION = 1


@dataclass(frozen=True)
class Registered:
    """A page of a scan, and the printed page that it is of.

    `sha256` is that of the scan's file, `number` its page (from 1); `draft` is the 稿 that was printed, `sheet` the page in words,
    `fingerprint` that of the page as printed.
    """

    file: str
    sha256: str
    number: int
    cluster: str
    form: str
    draft: str
    sheet: str
    fingerprint: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells scans apart, whatever their files are called."""
        return self.sha256, self.number


Register = Mapping[tuple[str, int], Registered]


def register_of(scans: Path) -> Path:
    """Return where the register of `scans` lies: in the folder that they are, or beside the file."""
    return (scans.parent if scans.is_file() else scans) / REGISTER


def read_register(scans: Path) -> Register:
    """Return the register of `scans`, empty where there is none. Raises UnreadableError for what is none."""
    path = register_of(scans)
    try:
        tree = json.loads(path.read_bytes())
        if tree["register"] != _EDITION:
            raise ValueError("unknown edition")
        entries = [Registered(**{**entry, "number": int(entry["number"])}) for entry in tree["scans"]]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(
            f"扫描件的登记读不出来：{path}",
            "请从备份恢复这个文件；没有备份的，删去它，再用 --printed 写明是照哪一稿打印的。",
        ) from error
    return {entry.key: entry for entry in entries}


def write_register(scans: Path, register: Register, added: Iterable[Registered]) -> None:
    """Add to the register of `scans`, in one step. Raises OutputError when the disk refuses."""
    path = register_of(scans)
    entries = {**register, **{entry.key: entry for entry in added}}
    if len(entries) == len(register):
        return
    ordered = sorted(entries.values(), key=lambda entry: (entry.file, entry.number, entry.draft, entry.sha256))
    content = encode_json({"register": _EDITION, "scans": [asdict(entry) for entry in ordered]})
    try:
        disk.replace_file(path, content, path.parent / f".{secrets.token_hex(4)}.tmp")
    except OSError as error:
        raise OutputError(
            f"写不了扫描件的登记：{path}（{reason_of(error)}）",
            "请把扫描件拷到可以写的文件夹，再运行一次。",
        ) from error
