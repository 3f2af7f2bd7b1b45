"""The command `shenbao`: which commands there are, and how a run ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from generator.cli import console, front
from generator.cli.session import Session
from generator.cli.wording import Command, CommandGroup, Group


class Program(Group):
    """The group of all commands. A command's module is imported when it is run, so that help stays quick."""

    def __init__(self, commands: Iterable[str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self._names = list(commands)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of work."""
        return list(self._names)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        return front.page()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None where there is none of that name."""
        if cmd_name not in self._names:
            return None
        import importlib

        command: Command | CommandGroup = importlib.import_module(f"{__package__}.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise console.ReaderGoneError from error

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "shenbao",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        obj: Session | None = None,
        **extra: Any,
    ) -> Any:
        """Run the command line, and end the process with the exit code that the run deserves."""
        session = obj or Session()

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
        console.open_missing()
        for stream in (sys.stdout, sys.stderr):
            console.prepare(stream)
        words = sys.argv[1:] if args is None else args
        sys.exit(_exit_code(run, session, as_json="--json" in words))


def _exit_code(run: Callable[[], object], session: Session, *, as_json: bool) -> int:
    """Return the exit code of `run`, having said on standard error why it is not 0, and `as_json` to a program too."""
    try:
        result = run()
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        from generator.cli.failures import explain

        return explain(error, debug=session.debug, answer={} if as_json else None)
    return result if isinstance(result, int) else 0


def _show_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from generator import __version__

        console.say(f"shenbao {__version__}")
        ctx.exit()


def _ask_for_details(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and isinstance(ctx.obj, Session):
        ctx.obj.debug = True


program = Program(
    front.COMMANDS,
    name="shenbao",
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[
        click.Option(
            [front.VERSION[0]],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
        ),
        click.Option(
            [front.DEBUG[0]],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_ask_for_details,
        ),
    ],
)
