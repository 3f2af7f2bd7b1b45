"""How a run that failed ends: a sentence for the user on standard error, an answer for a program, and the exit code."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass

import click

from generator.cli.console import ReaderGoneError, complain, say_json
from generator.cli.report import complain_findings, findings_as_tree
from generator.cli.wording import usage_message
from generator.errors import BlockedError, MissingError, OutputError, ShenbaoError, UsageError, reason_of
from generator.findings import Findings

INTERNAL = 70
INTERRUPTED = 130
PIPE_CLOSED = 141
_NOT_OURS = frozenset({errno.EACCES, errno.EPERM, errno.EIO, errno.EBUSY, errno.ENODEV, errno.ENXIO, errno.ESTALE})
"""What the system answers about a file of the user's that nobody asked about in vain before."""


@dataclass(frozen=True)
class _Failure:
    """Why a run ended: what programs call it, its exit code, the sentence, the advice, and what more people are told."""

    kind: str
    code: int
    message: str
    advice: str = ""
    head: str = ""
    more: tuple[str, ...] = ()
    findings: Findings | None = None

    def as_tree(self) -> dict[str, object]:
        """For JSON. The keys are permanent."""
        told = {"kind": self.kind, "code": self.code, "message": self.message, "advice": self.advice}
        return {"error": told, **(findings_as_tree(self.findings) if self.findings is not None else {})}


def explain(error: BaseException, *, debug: bool = False, answer: Mapping[str, object] | None = None) -> int:
    """Say on standard error what `error` means and what to do; return the exit code. `debug` adds the traceback.

    Where a program asked for JSON, `answer` is what it is told besides the error; the findings that stood in the way go there.
    """
    if _is_closed_pipe(error):
        _let_go_of_output()
        return PIPE_CLOSED
    if debug and not isinstance(error, click.UsageError):
        complain("".join(traceback.format_exception(error)).rstrip())
    failure = _failure(error, debug=debug)
    if _is_full(error):
        _let_go_of_output()
    elif answer is not None:
        say_json({**answer, **failure.as_tree()})
    if failure.findings is not None and answer is None:
        complain_findings(failure.findings)
    complain(f"{failure.head}{failure.message}")
    for line in failure.more:
        complain(line)
    if failure.advice:
        complain(f"怎么办：{failure.advice}")
    return failure.code


def _failure(error: BaseException, *, debug: bool) -> _Failure:
    if isinstance(error, click.UsageError):
        usage = (error.ctx.get_usage(), f"说明：{error.ctx.command_path} -h") if error.ctx is not None else ()
        return _Failure("usage", UsageError.exit_code, usage_message(error), head="命令行有误：", more=usage)
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return _Failure("interrupted", INTERRUPTED, "已中断。没有写完的内容不会生效。")
    if isinstance(error, ShenbaoError):
        findings = error.findings if isinstance(error, BlockedError) else None
        return _Failure(_kind(error), error.exit_code, str(error), error.advice, "错误：", findings=findings)
    if _is_full(error):
        message = "结果显示不出来：接收输出的文件或设备写不下去。"
        return _Failure("output", OutputError.exit_code, message, "请检查磁盘是否已满，再运行一次。", "错误：")
    if isinstance(error, UnicodeEncodeError) and error.encoding == sys.getfilesystemencoding() != "utf-8":
        message = f"这台电脑的语言环境（{error.encoding}）写不了这样的文件名：{error.object}"
        advice = "请设环境变量 PYTHONUTF8=1，或把语言环境（LC_ALL）设为 C.UTF-8，再运行一次。"
        return _Failure("output", OutputError.exit_code, message, advice, "错误：")
    if isinstance(error, OSError) and error.errno in _NOT_OURS and isinstance(error.filename, str):
        message = f"{error.filename} 用不了：{reason_of(error)}。"
        advice = "请检查有没有读取的权限、磁盘是否可用，关闭打开着它的程序，再运行一次。"
        return _Failure("missing", MissingError.exit_code, message, advice, "错误：")
    message = f"程序内部错误（{type(error).__name__}：{error}）。这不是您的操作造成的。"
    report = "请在命令前加 --debug 再运行一次（shenbao --debug …），把全部输出报告给开发者。"
    return _Failure("internal", INTERNAL, message, "" if debug else report)


def _kind(error: ShenbaoError) -> str:
    """What programs call an error: the name of its class in words, `unknown_construct`."""
    words = re.findall("[A-Z][a-z]*", type(error).__name__.removesuffix("Error"))
    return "_".join(words).lower()


def _is_full(error: BaseException) -> bool:
    """Whether what takes our output takes no more."""
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EIO} and not error.filename


def _is_closed_pipe(error: BaseException) -> bool:
    """Whether the reader of our output went away (Windows reports it as an invalid argument)."""
    if isinstance(error, (BrokenPipeError, ReaderGoneError)):
        return True
    return os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL and not error.filename


def _let_go_of_output() -> None:
    """Send what is still in standard output's buffer nowhere, so that the interpreter does not complain at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
