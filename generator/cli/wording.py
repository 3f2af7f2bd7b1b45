"""click in Chinese: help pages that know how wide a hanzi is, and what is said about a command line that makes no sense."""

from __future__ import annotations

import contextlib
import inspect
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

_WIDTH = 80
_FIRST_COLUMN = 30
_NOT_FIRST = "，。；：！？、）》】”’,.;:!?)"


class Argument(click.Argument):
    """An argument with a description for the help page."""

    def __init__(self, declarations: Sequence[str], description: str = "", **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.description = description


class Command(click.Command):
    """A command whose help and errors are in Chinese."""

    def get_usage(self, ctx: click.Context) -> str:
        """Return the line that says how the command is written."""
        return _usage(self, ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        return "\n".join([self.get_usage(ctx), *_description(self), *_parameters(self, ctx)])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option, described in Chinese."""
        return _in_chinese(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, and say in Chinese what is left over."""
        ctx.allow_extra_args = True
        with _naming_the_command(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(f"多出了参数：{' '.join(rest)}。", ctx)
        return rest


class Group(click.Group):
    """A group whose help and errors are in Chinese. Subclasses list their commands with `one_line`."""

    def one_line(self, name: str) -> str:
        """Return the line that describes the command `name`."""
        raise NotImplementedError

    def get_usage(self, ctx: click.Context) -> str:
        """Return the line that says how the command is written."""
        return _usage(self, ctx) + " 命令 …"

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        commands = table("命令", [(name, self.one_line(name)) for name in self.list_commands(ctx)])
        return "\n".join([self.get_usage(ctx), *_description(self), *commands, *_parameters(self, ctx)])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option, described in Chinese."""
        return _in_chinese(super().get_help_option(ctx))

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
        choices = "、".join(error.param.type.choices) if isinstance(error.param.type, click.Choice) else ""
        return f"{_called(error.param)} 的值不对{f'：只能是 {choices}' if choices else ''}。"
    return "命令行写得不对。" if error.message.isascii() else error.message


def table(heading: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return the lines of a section: terms on the left, what they mean on the right."""
    rows = list(rows)
    if not rows:
        return []
    column = min(max(width(term) for term, _ in rows) + 4, _FIRST_COLUMN)
    lines = ["", f"{heading}："]
    for term, meaning in rows:
        first, *further = wrapped(meaning, _WIDTH - column) or [""]
        if width(term) + 4 > column:
            lines.append(f"  {term}")
            lines.append(" " * column + first)
        else:
            lines.append(f"  {term}{' ' * (column - 2 - width(term))}{first}")
        lines += [" " * column + line for line in further]
    return [line.rstrip() if line.strip() else "" for line in lines]


def wrapped(text: str, columns: int) -> list[str]:
    """Break `text` into lines of at most `columns` columns: between hanzi or at spaces, no closing mark at the head of a line."""
    lines, line = [], ""
    for piece in _pieces(text):
        if width(line + piece.rstrip()) > columns and line and piece[0] not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def width(text: str) -> int:
    """Return the columns that `text` takes on a console: two for a hanzi."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pieces(text: str) -> list[str]:
    """Return what a line must not be broken within: single wide characters, and words with the space that follows."""
    pieces: list[str] = []
    for character in text:
        narrow = width(character) == 1
        if narrow and pieces and width(pieces[-1][-1]) == 1 and not pieces[-1].endswith(" "):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


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


def _description(command: click.Command) -> list[str]:
    lines = []
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        lines += ["", *(f"  {line}" for line in wrapped(paragraph.replace("\n", ""), _WIDTH - 2))]
    return lines


def _parameters(command: click.Command, ctx: click.Context) -> list[str]:
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

    close = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f"是不是 {close[0]}？" if close else ""


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这一页说明。"
    return option
