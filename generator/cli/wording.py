"""click in Chinese: help pages that know how wide a hanzi is, and what is said about a command line that makes no sense."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click


class Argument(click.Argument):
    """An argument with a description for the help page."""

    def __init__(self, declarations: Sequence[str], description: str = "", **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.description = description


class PathType(click.ParamType[Path]):
    """The path of a file or folder that need not exist: what can't be read or written is told in Chinese where it is tried."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return `value` as a path."""
        return Path(value)


class _Helped(click.Command):
    """A command whose help option is described in Chinese; click's own would first look for translations of its English."""

    _option: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option, the same one each time: click orders the options given by what they are."""
        if self._option is None and self.add_help_option:
            self._option = _help_option(self.get_help_option_names(ctx))
        return self._option


class Command(_Helped):
    """A command whose help and errors are in Chinese."""

    def get_usage(self, ctx: click.Context) -> str:
        """Return the line that says how the command is written."""
        return _usage(self, ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        return "\n".join([self.get_usage(ctx), *_described(self), *_parameters(self, ctx)])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, and say in Chinese what is left over."""
        ctx.allow_extra_args = True
        with _naming_the_command(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(f"多出了参数：{' '.join(rest)}。", ctx)
        return rest


class Group(_Helped, click.Group):
    """A group whose errors are in Chinese. Its help page is its subclass's to give."""

    def get_usage(self, ctx: click.Context) -> str:
        """Return the line that says how the command is written."""
        return _usage(self, ctx) + " 命令 …"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does; a command line that says nothing asks for help."""
        with _naming_the_command(ctx):
            return super().parse_args(ctx, args or ["--help"])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say in Chinese that there is none of that name."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"没有命令 {args[0]}。{_perhaps(args[0], names)}", ctx)
        return super().resolve_command(ctx, args)


class CommandGroup(Group):
    """A command of several commands; `summaries` say what each of them does, in a few words."""

    def __init__(self, name: str, summaries: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.summaries = summaries

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        from generator.cli.columns import table

        usage = [self.get_usage(ctx), *_described(self)]
        return "\n".join([*usage, *table("命令", self.summaries.items()), *_parameters(self, ctx)])


def usage_message(error: click.UsageError) -> str:
    """Return in Chinese what is wrong with the command line."""
    if isinstance(error, click.NoSuchOption):
        options = [name for parameter in _parameters_of(error) for name in parameter.opts]
        return f"没有选项 {error.option_name}。{_perhaps(error.option_name, options)}"
    if isinstance(error, click.BadOptionUsage):
        for parameter in _parameters_of(error):
            if isinstance(parameter, click.Option) and error.option_name in parameter.opts:
                return (
                    f"选项 {error.option_name} 后面{'不写值' if parameter.is_flag else f'要写{_metavar(parameter)}'}。"
                )
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少{_called(error.param)}。"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_called(error.param)} 的值不对{_allowed(error.param.type)}。"
    return "命令行写得不对。" if error.message.isascii() else error.message


def _allowed(kind: click.ParamType[Any]) -> str:
    """Return what a value of `kind` may be, to be told behind one that may not; empty where that goes without saying."""
    if isinstance(kind, click.Choice):
        return f"：只能是 {'、'.join(kind.choices)}"
    if isinstance(kind, click.IntRange) and kind.min is not None and kind.max is not None:
        return f"：要写 {kind.min} 至 {kind.max} 的整数"
    if isinstance(kind, click.IntRange) and kind.min is not None:
        return f"：要写 {kind.min} 以上的整数"
    return "：要写整数" if isinstance(kind, click.types.IntParamType) else ""


@contextlib.contextmanager
def _naming_the_command(ctx: click.Context) -> Iterator[None]:
    """See to it that a usage error of the block knows which command it is about."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def _usage(command: click.Command, ctx: click.Context) -> str:
    parameters = command.get_params(ctx)
    arguments = [
        _metavar(parameter) if parameter.required else f"[{_metavar(parameter)}]"
        for parameter in parameters
        if isinstance(parameter, click.Argument)
    ]
    needed = [
        f"{parameter.opts[0]} {_metavar(parameter)}"
        for parameter in parameters
        if isinstance(parameter, click.Option) and parameter.required
    ]
    return " ".join([f"用法：{ctx.command_path}", *arguments, *needed, "[选项]"])


def _described(command: click.Command) -> list[str]:
    from generator.cli.columns import paragraphs

    return paragraphs(inspect.cleandoc(command.help or ""))


def _parameters(command: click.Command, ctx: click.Context) -> list[str]:
    from generator.cli.columns import table

    parameters = command.get_params(ctx)
    arguments = [(_metavar(each), each.description) for each in parameters if isinstance(each, Argument)]
    options = [
        (
            ", ".join(sorted(each.opts, key=len)) + ("" if each.is_flag else f" {_metavar(each)}"),
            ("必写。" if each.required else "") + (each.help or ""),
        )
        for each in parameters
        if isinstance(each, click.Option) and not each.hidden
    ]
    return [*table("参数", arguments), *table("选项", options)]


def _parameters_of(error: click.UsageError) -> list[click.Parameter]:
    return error.ctx.command.get_params(error.ctx) if error.ctx is not None else []


def _metavar(parameter: click.Parameter) -> str:
    return parameter.metavar or (parameter.name or "").upper()


def _called(parameter: click.Parameter) -> str:
    """Return how a sentence speaks of `parameter`."""
    if isinstance(parameter, click.Option):
        return f"选项 {max(parameter.opts, key=len)}"
    return f"参数 {_metavar(parameter)}"


def _perhaps(word: str, words: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"是不是 {close[0]}？" if close else ""


def _help_option(names: Sequence[str]) -> click.Option | None:
    if not names:
        return None
    described = "显示这一页说明。"
    return click.Option(names, is_flag=True, is_eager=True, expose_value=False, help=described, callback=_show_help)


def _show_help(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()
