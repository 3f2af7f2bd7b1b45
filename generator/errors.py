"""The one tree of exceptions. Each class owns the exit code of a run that it ends."""

from __future__ import annotations

import errno

from generator.findings import Findings


class ShenbaoError(Exception):
    """Base of all errors. `str(error)` is a Chinese sentence for the user; `advice` says what to do."""

    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class BlockedError(ShenbaoError):
    """Findings block the work; they travel with the error."""

    exit_code = 1

    def __init__(self, message: str, findings: Findings, advice: str = "") -> None:
        super().__init__(message, advice)
        self.findings = findings


class UnreadableError(ShenbaoError):
    """A file that the user gave as the cluster's data can't be read at all."""

    exit_code = 1


class UsageError(ShenbaoError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class MissingError(ShenbaoError):
    """A tool, font or path named on the command line is missing."""

    exit_code = 3


class OutputError(ShenbaoError):
    """The program's own output failed its check, or could not be written whole."""

    exit_code = 4


class DefinitionError(ShenbaoError):
    """A form definition, catalogue or template (an office's own, or the package's) is wrong."""

    exit_code = 3


class UnknownConstructError(ShenbaoError):
    """A .docx holds a construct that the typesetter does not know; the message names it."""

    exit_code = 3


def reason_of(error: OSError) -> str:
    """Return in Chinese why the system refused, to stand within a sentence; the system's own words for what is rare."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


_REASONS = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件太大，这个磁盘或系统不允许",
    errno.EACCES: "没有权限，或正被其他程序打开",
    errno.EPERM: "没有权限，或正被其他程序打开",
    errno.EROFS: "这个位置是只读的",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "文件或文件夹不见了",
    errno.EBUSY: "正被其他程序占用",
    errno.ENODEV: "磁盘不在了",
    errno.ENXIO: "磁盘不在了",
    errno.ESTALE: "网络盘断开了",
    errno.ETIMEDOUT: "网络盘没有回应",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ELOOP: "链接绕成了圈",
    errno.EINVAL: "这个名称或操作不被接受",
    errno.ENOTSUP: "这个磁盘不支持这项操作",
}
