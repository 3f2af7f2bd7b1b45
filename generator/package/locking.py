"""One writer at a time in a folder of 稿, held by the system's own file lock: a killed writer's lock goes with it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generator.errors import OutputError

LOCK = ".building.lock"

_PAUSE = 0.05
_UNSUPPORTED = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})


@contextlib.contextmanager
def only_writer(folder: Path, patience: float = 30.0) -> Iterator[bool]:
    """Hold the writer's lock of `folder` for the block, waiting up to `patience` seconds for another writer to finish.

    Yields whether the lock is truly held: False on a disk that knows no locks, where the caller must leave alone what may be
    another writer's. Raises OutputError when the other writer does not finish in time.
    """
    deadline = time.monotonic() + patience
    while True:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            held = _acquire(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _UNSUPPORTED:
                yield False
                return
            raise
        if held and _is_still_named(descriptor, folder / LOCK):
            break
        os.close(descriptor)
        if time.monotonic() >= deadline:
            raise OutputError(
                f"另一个 shenbao 正在往这里写：{folder}", "请等它结束后再运行一次，或用 -o 换一个文件夹。"
            )
        time.sleep(_PAUSE)
    try:
        yield True
    finally:
        _release(descriptor, folder / LOCK)


def _is_still_named(descriptor: int, path: Path) -> bool:
    """Whether the file that is locked is the one that others would find: its last holder may have removed it meanwhile."""
    with contextlib.suppress(OSError):
        return os.path.samestat(os.fstat(descriptor), path.stat())
    return False


if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> bool:
        """Lock the file without waiting; False when another process holds it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        except OSError as error:
            if error.errno == errno.EDEADLK:
                return False
            raise
        return True

    def _release(descriptor: int, path: Path) -> None:
        """Give the lock back; the file goes too, unless the next writer has it open already."""
        with contextlib.suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _acquire(descriptor: int) -> bool:
        """Lock the file without waiting; False when another process holds it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(descriptor: int, path: Path) -> None:
        """Remove the file while the lock is held, so that no two writers can hold locks under one name; then let go."""
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)
