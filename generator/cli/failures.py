"""How a run that failed ends: a sentence for the user on standard error, and the exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback

import click

from generator.cli.console import ReaderGoneError, complain
from generator.cli.report import findings_as_text
from generator.cli.wording import usage_message
from generator.errors import BlockedError, OutputError, ShenbaoError, UsageError

INTERNAL = 70
INTERRUPTED = 130
PIPE_CLOSED = 141


def explain(error: BaseException, *, debug: bool = False) -> int:
    """Say on standard error what `error` means and what to do; return the exit code. `debug` adds the traceback."""
    if isinstance(error, click.UsageError):
        return _explain_usage(error)
    if _is_closed_pipe(error):
        _let_go_of_output()
        return PIPE_CLOSED
    if debug:
        complain("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        complain("已中断。没有写完的内容不会生效。")
        return INTERRUPTED
    if isinstance(error, ShenbaoError):
        if isinstance(error, BlockedError):
            complain(findings_as_text(error.findings))
        complain(f"错误：{error}")
        if error.advice:
            complain(f"怎么办：{error.advice}")
        return error.exit_code
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EIO} and not error.filename:
        complain("错误：结果显示不出来：接收输出的文件或设备写不下去。")
        complain("怎么办：请检查磁盘是否已满，再运行一次。")
        _let_go_of_output()
        return OutputError.exit_code
    if isinstance(error, UnicodeEncodeError) and error.encoding == sys.getfilesystemencoding() != "utf-8":
        complain(f"错误：这台电脑的语言环境（{error.encoding}）写不了这样的文件名：{error.object}")
        complain("怎么办：请设环境变量 PYTHONUTF8=1，或把语言环境（LC_ALL）设为 C.UTF-8，再运行一次。")
        return OutputError.exit_code
    complain(f"程序内部错误（{type(error).__name__}：{error}）。这不是您的操作造成的。")
    if not debug:
        complain("怎么办：请在命令前加 --debug 再运行一次（shenbao --debug …），把全部输出报告给开发者。")
    return INTERNAL


def _explain_usage(error: click.UsageError) -> int:
    complain(f"命令行有误：{usage_message(error)}")
    if error.ctx is not None:
        complain(error.ctx.get_usage())
        complain(f"说明：{error.ctx.command_path} -h")
    return UsageError.exit_code


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
