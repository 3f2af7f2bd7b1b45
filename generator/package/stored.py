"""Large contents on the disk in place of memory: written once, read as often as needed, gone when nothing holds them any more."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from generator.errors import OutputError, reason_of

LARGE = 1 << 20
"""From how many bytes on a content that stands on the disk already is left there."""

_PREFIX = "shenbao-"


class Stored:
    """A content in a file that nobody alters. Equal contents are equal, wherever they stand.

    `size` is in bytes, `sha256` in hexadecimal digits.
    """

    __slots__ = ("__weakref__", "_path", "sha256", "size")

    def __init__(self, path: Path, sha256: str = "") -> None:
        """Take `path` for the content, its SHA-256 worked out where `sha256` does not tell it. Raises OSError."""
        self._path = path
        self.size = path.stat().st_size
        self.sha256 = sha256 or _digest(path)

    @classmethod
    def written(cls, write: Callable[[BinaryIO], object]) -> Stored:
        """Return what `write` writes to the file that it is given, kept in the system's folder for temporary files.

        Raises OutputError when the disk refuses.
        """
        with telling_failures():
            descriptor, name = tempfile.mkstemp(prefix=_PREFIX)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    write(file)
                return _temporary(Path(name))
            except BaseException:
                _remove(Path(name))
                raise

    @classmethod
    def moved(cls, path: Path) -> Stored:
        """Return the content of the file `path` of one's own: it goes to a place beside its folder. Raises OutputError."""
        with telling_failures():
            descriptor, name = tempfile.mkstemp(prefix=_PREFIX, dir=path.parent.parent)
            os.close(descriptor)
            path.replace(name)
            return _temporary(Path(name))

    def open(self) -> BinaryIO:
        """Return the content for reading, from its beginning."""
        return self._path.open("rb")

    def read(self) -> bytes:
        """Return the whole content."""
        return self._path.read_bytes()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stored) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __repr__(self) -> str:
        return f"Stored(size={self.size}, sha256={self.sha256!r})"


Body = bytes | Stored
"""The content of a file, in memory or on the disk."""


def reading(body: Body) -> BinaryIO:
    """Return `body` for reading, from its beginning."""
    return body.open() if isinstance(body, Stored) else io.BytesIO(body)


@contextlib.contextmanager
def telling_failures() -> Iterator[None]:
    """Turn an OSError of the block into an OutputError that tells where the room for temporary files is."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"临时文件夹里写不了（{reason_of(error)}）：{tempfile.gettempdir()}",
            "请清理这个磁盘，或用环境变量 TMPDIR（Windows 上是 TEMP）换一个文件夹，再运行一次；原有各稿没有改动。",
        ) from error


def _temporary(path: Path) -> Stored:
    """Return the content of `path`, which is removed with the value, at the end of the program at the latest."""
    stored = Stored(path)
    weakref.finalize(stored, _remove, path)
    return stored


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
