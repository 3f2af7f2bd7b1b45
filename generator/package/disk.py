"""The few steps on disk that a 稿 is made of: files that are really there, one rename, and errors told in words."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from generator.errors import OutputError, reason_of
from generator.frozen import dataclass

_ATTEMPTS = 6
_PAUSE = 0.05
_PIECE = 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLASH = frozenset({errno.EEXIST, errno.ENOTEMPTY})
_LONGEST_PATH = 248  # of a folder on Windows, where longer ones are said not to exist


@dataclass(frozen=True)
class Remedies:
    """What a user can do where the disk refuses: `elsewhere` is how another place is chosen, empty where none can be.

    `kept` tells what is as it was.
    """

    elsewhere: str
    kept: str

    def besides(self, what: str) -> str:
        """Return `what` (文件夹) as one more way out, to stand behind the first; nothing where there is none."""
        return f"，或{self.elsewhere}{what}" if self.elsewhere else ""

    def rather(self, what: str, otherwise: str) -> str:
        """Return `what` as the only way out, `otherwise` where no other place can be chosen."""
        return f"请{self.elsewhere}{what}" if self.elsewhere else f"请{otherwise}"


BY_OPTION = Remedies("用 -o 换一个", "原有各稿没有改动。")
BY_NAME = Remedies("换一个", "原有的文件没有改动。")
"""For commands whose words name the place itself."""
IN_PLACE = Remedies("", "原有的文件没有改动。")
"""For what can stand in one place only."""


@contextlib.contextmanager
def telling_failures(folder: Path, remedies: Remedies = BY_OPTION) -> Iterator[None]:
    """Turn every OSError of the block into an OutputError that says in Chinese what went wrong while writing to `folder`."""
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else str(folder)
        raise _explained(error, _seen(place, folder), remedies) from error


def _seen(place: str, folder: Path) -> str:
    """`place` as far as the user knows of it: what is written aside in `folder` has a hidden name."""
    try:
        below = Path(place).relative_to(folder).parts
    except ValueError:
        return place
    hidden = next((number for number, part in enumerate(below) if part.startswith(".")), len(below))
    return str(folder.joinpath(*below[:hidden]))


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to the new file `path`, making its folders, and wait until it is on the disk."""
    copy_file(path, io.BytesIO(content))


def copy_file(path: Path, source: IO[bytes]) -> None:
    """Write what `source` holds to the new file `path` as `write_file` does, a piece at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        shutil.copyfileobj(source, file, _PIECE)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk, where the system can (Windows keeps its own order)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Do `sync_folder` for `folder` and every folder below it, the deepest first."""
    for below, _, _ in os.walk(folder, topdown=False):
        sync_folder(Path(below))


def rename_folder(source: Path, target: Path) -> bool:
    """Give the folder `source` the name `target` in one step. Returns False, with nothing done, when `target` exists."""
    if target.exists():
        return False
    try:
        _patiently(lambda: source.rename(target))
    except OSError as error:
        if error.errno in _CLASH or target.exists():
            return False
        raise
    sync_folder(target.parent)
    return True


def replace_file(path: Path, content: bytes, beside: Path, *, mode: int | None = None) -> None:
    """Make `content` the content of `path` in one step; `beside` is the name, not taken yet, that it is written under first.

    `mode` are the permissions that the file is to have; those of a new file where it is None.
    """
    try:
        write_file(beside, content)
        if mode is not None:
            beside.chmod(mode)
        _patiently(lambda: beside.replace(path))
    except BaseException as error:
        remove(beside)
        if isinstance(error, OSError) and error.filename == str(beside):
            error.filename = str(path)
        raise
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a file or a folder with all it holds, as far as the system lets us."""
    if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114 - these never raise
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _patiently(step: Callable[[], object]) -> None:
    """Do `step`, again after a moment when it is refused: scanners of viruses hold new files open for an instant."""
    for attempt in range(_ATTEMPTS):
        try:
            step()
        except PermissionError:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE * 2**attempt)
        else:
            return


def _explained(error: OSError, place: str, remedies: Remedies) -> OutputError:
    """Return the OutputError that tells a user what `error` at `place` means."""
    kept = remedies.kept
    if error.errno in _FULL:
        return OutputError(
            f"磁盘空间不足，没有写完：{place}", f"请清理磁盘{remedies.besides('磁盘')}，再运行一次；{kept}"
        )
    if error.errno == errno.EFBIG:
        limit = "（FAT32 的 U 盘上一个文件不能超过 4 GB）"
        advice = remedies.rather(f"磁盘{limit}", f"把它所在的文件夹移到别的磁盘{limit}")
        return OutputError(f"文件太大，这个磁盘或系统不允许：{place}", f"{advice}；{kept}")
    if isinstance(error, PermissionError):
        advice = "请关闭打开着这个文件夹中文件的程序（WPS、Word、资源管理器）"
        more = remedies.besides("可以写的文件夹") or "，看看是不是只读、有没有写的权限"
        return OutputError(f"没有写入权限，或文件正被其他程序打开：{place}", f"{advice}{more}；{kept}")
    if error.errno == errno.EROFS:
        advice = remedies.rather("可以写的文件夹", "把它所在的文件夹移到可以写的磁盘上")
        return OutputError(f"这个位置是只读的：{place}", f"{advice}；{kept}")
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        advice = remedies.rather("文件夹，或把那个文件改名。", "把那个文件改名。")
        return OutputError(f"这个位置已有同名文件，不能当文件夹用：{place}", advice)
    if isinstance(error, IsADirectoryError):
        advice = remedies.rather("文件夹，或把它改名。", "把那个文件夹改名。")
        return OutputError(f"这个位置已有同名文件夹，不能当文件用：{place}", advice)
    if error.errno == errno.ENAMETOOLONG or (isinstance(error, FileNotFoundError) and len(place) >= _LONGEST_PATH):
        advice = remedies.rather("路径较短的文件夹", "把它所在的文件夹移到路径较短的地方")
        return OutputError(f"文件名或路径太长：{place}", f"{advice}；{kept}")
    advice = f"请检查磁盘和网络盘是否可用{remedies.besides('文件夹')}"
    return OutputError(f"写入失败（{reason_of(error)}）：{place}", f"{advice}；{kept}")
