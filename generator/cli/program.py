"""The command `shenbao`: which commands there are, and how a run ends."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from generator.cli import console
from generator.cli.wording import Command, Group

COMMANDS: Mapping[str, str] = {
    "forms": "列出本工具认识的申报表。",
    "new": "新建一个集群文件夹，内有按申报表顺序写好说明的 cluster.yaml。",
    "schema": "输出 cluster.yaml 的 JSON Schema，供编辑器提示和检查。",
    "blank": "生成空白申报表（docx 和 PDF），供手工填写。",
    "check": "检查集群数据，逐条列出要改和要核对的地方。",
    "build": "生成申报表（docx 和 PDF），写成新的一稿。",
    "explain": "说明一个字段：在各申报表的位置、单位、公式和依据。",
}


class Session:
    """What the command line as a whole asks for; each run has its own."""

    def __init__(self) -> None:
        self.debug = False


class ReaderGoneError(Exception):
    """Whoever read our output closed it. No OSError, since click ends the process with 1 on some of those."""


class Program(Group):
    """The group of all commands. A command's module is imported when it is run, so that help stays quick."""

    def __init__(self, commands: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self._lines = dict(commands)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of work."""
        return list(self._lines)

    def one_line(self, name: str) -> str:
        """Return the line that describes the command `name`."""
        return self._lines[name]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None where there is none of that name."""
        if cmd_name not in self._lines:
            return None
        command: Command = importlib.import_module(f"{__package__}.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "shenbao",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line, and end the process with the exit code that the run deserves."""
        session = Session()

        def run() -> object:
            return super(Program, self).main(
                args,
                prog_name=prog_name,
                complete_var=complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                obj=session,
                **extra,
            )

        if not standalone_mode:
            return run()
        for stream in (sys.stdout, sys.stderr):
            console.prepare(stream)
        sys.exit(_exit_code(run, session))


def _exit_code(run: Callable[[], object], session: Session) -> int:
    """Return the exit code of `run`, having said on standard error why it is not 0."""
    try:
        result = run()
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        from generator.cli.failures import explain

        return explain(error, debug=session.debug)
    return result if isinstance(result, int) else 0


def _show_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from generator import __version__

        console.say(f"shenbao {__version__}")
        ctx.exit()


def _ask_for_details(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and isinstance(ctx.obj, Session):
        ctx.obj.debug = True


main = Program(
    COMMANDS,
    name="shenbao",
    help="中小企业特色产业集群申报材料：由一份集群数据生成申报表。\n\n每条命令的说明：shenbao 命令 -h",
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="显示版本号。",
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_ask_for_details,
            help="程序出错时显示技术细节，写在命令之前。",
        ),
    ],
)
