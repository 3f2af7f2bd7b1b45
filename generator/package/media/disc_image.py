"""A disc as a file (.iso): ISO 9660 with Joliet and UDF, the same bytes whenever and wherever it is made."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any

import pycdlib
from pycdlib import dates, headervd, udf, utils
from pycdlib import pycdlib as core

from generator.errors import OutputError
from generator.package.media.contents import MediumFile
from generator.package.stored import Stored, reading

_SECTOR = 2048
_FRAME = 1 << 20
_PER_FILE = 2 * _SECTOR
_CHUNK = 1 << 20
_MOMENT = 315532800.0
_MODULES_WITH_A_CLOCK = (core, dates, headervd, udf, utils)
_MODULES_BY_CHANCE = (udf,)
_ONE_AT_A_TIME = threading.Lock()
_TO_ISO = re.compile(r"[^A-Z0-9_]")


def room_on_disc(sizes: Sequence[int]) -> int:
    """Return how many bytes a disc with files of `sizes` (bytes) takes at most: whole sectors, and room for its directories."""
    return _FRAME + sum(-(-size // _SECTOR) * _SECTOR + _PER_FILE for size in sizes)


def disc_image(files: Sequence[MediumFile], label: str) -> Stored:
    """Return the image of a disc with `files`, named `label` (capitals, digits, `_`; 15 at most).

    Names must be within Joliet's 64 characters; old systems see eight letters and digits and an extension. All times on the disc
    are midnight of 1 January 1980, as in the Word files. The image is opened and every file of it compared before it is returned.
    Raises OutputError when that fails.
    """
    with _frozen(files):
        image = _written(files, label)
    _examine(image, files)
    return image


class _Disc(pycdlib.PyCdlib):  # type: ignore[misc,unused-ignore]
    """pycdlib, but for its measure of Joliet names: 64 characters, where it allows 64 bytes of UTF-8 (21 hanzi)."""

    __slots__ = ()

    def _joliet_name_and_parent_from_path(self, joliet_path: bytes) -> Any:
        folder, _, name = joliet_path.rpartition(b"/")
        return name.decode("utf-8").encode("utf-16_be"), self._find_joliet_record(folder or b"/")


def _written(files: Sequence[MediumFile], label: str) -> Stored:
    disc = _Disc()
    disc.new(interchange_level=3, joliet=3, udf="2.60", vol_ident=label)
    folders: dict[str, str] = {"": ""}
    with ExitStack() as stack:
        stack.callback(disc.close)
        for number, file in enumerate(files, start=1):
            path = PurePosixPath(file.path)
            _add_folders(disc, path, folders)
            extension = _TO_ISO.sub("", path.suffix.upper())[:3]
            parent = "" if str(path.parent) == "." else str(path.parent)
            disc.add_fp(
                stack.enter_context(reading(file.file.body)),
                file.size,
                f"{folders[parent]}/F{number:07d}.{extension};1",
                joliet_path=f"/{file.path}",
                udf_path=f"/{file.path}",
            )
        return Stored.written(disc.write_fp)


def _add_folders(disc: _Disc, path: PurePosixPath, folders: dict[str, str]) -> None:
    """Make the folders above `path` that are not there yet; `folders` gives the old systems' path of each."""
    for above in reversed(path.parents[:-1]):
        if str(above) not in folders:
            parent = "" if str(above.parent) == "." else str(above.parent)
            folders[str(above)] = f"{folders[parent]}/D{len(folders):07d}"
            disc.add_directory(folders[str(above)], joliet_path=f"/{above}", udf_path=f"/{above}")


@contextlib.contextmanager
def _frozen(files: Sequence[MediumFile]) -> Iterator[None]:
    """Let pycdlib see one moment, of no time zone, and chance that follows from the contents, for the block."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.path}\0{file.file.sha256}\n".encode())
    number = int.from_bytes(digest.digest())
    clock = SimpleNamespace(
        time=lambda: _MOMENT,
        localtime=time.gmtime,
        gmtime=time.gmtime,
        strftime=time.strftime,
        strptime=time.strptime,
        struct_time=time.struct_time,
    )
    chance = SimpleNamespace(getrandbits=lambda bits: number % (1 << bits))
    frozen = [(module, "time", clock) for module in _MODULES_WITH_A_CLOCK]
    frozen += [(module, "random", chance) for module in _MODULES_BY_CHANCE]
    with _ONE_AT_A_TIME:
        real = [(module, name, getattr(module, name)) for module, name, _ in frozen]
        try:
            for module, name, substitute in frozen:
                setattr(module, name, substitute)
            yield
        finally:
            for module, name, original in real:
                setattr(module, name, original)


def _examine(image: Stored, files: Sequence[MediumFile]) -> None:
    """Open the image by both of its directories, and hold every file in it against the one that was put in."""
    disc = pycdlib.PyCdlib()
    with image.open() as stream:
        try:
            disc.open_fp(stream)
            found = {f"{above.rstrip('/')}/{name}" for above, _, names in disc.walk(joliet_path="/") for name in names}
            strange = found ^ {f"/{file.path}" for file in files}
            if strange:
                raise _failed(f"文件不对（{'、'.join(sorted(strange))}）")
            for kind in ("joliet_path", "udf_path"):
                _compare(disc, kind, files)
        except (pycdlib.pycdlibexception.PyCdlibException, OSError) as error:
            raise _failed(f"打不开（{error}）") from error
        finally:
            with contextlib.suppress(pycdlib.pycdlibexception.PyCdlibException):
                disc.close()


def _compare(disc: pycdlib.PyCdlib, kind: str, files: Sequence[MediumFile]) -> None:
    for file in files:
        with disc.open_file_from_iso(**{kind: f"/{file.path}"}) as burnt, reading(file.file.body) as given:
            same = all(chunk == given.read(_CHUNK) for chunk in iter(partial(burnt.read, _CHUNK), b""))
            whole = same and not given.read(1)
        if not whole:
            raise _failed(f"{file.path} 的内容不一致")


def _failed(why: str) -> OutputError:
    return OutputError(f"光盘映像没有通过自查：{why}。", "请再运行一次；仍然如此，请报告给开发者。")
