"""The one way in which every command tells its result: to people, to a program (`--json`), or not at all (`--quiet`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import click

from generator.cli import console
from generator.cli.options import json_option, quiet_option
from generator.cli.progress import shown
from generator.cli.session import Session
from generator.cli.wording import Command
from generator.errors import ShenbaoError
from generator.frozen import dataclass
from generator.progress import Progress


@dataclass(frozen=True)
class Audience:
    """Who listens to a command: a program, nobody, or else people."""

    as_json: bool = False
    quiet: bool = False

    @property
    def is_people(self) -> bool:
        """Whether what is said on standard output is read by people, who may be asked."""
        return not (self.as_json or self.quiet)

    def progress(self) -> AbstractContextManager[Progress]:
        """Give a block the `Progress` that this audience sees."""
        return shown(quiet=self.quiet)


@dataclass(frozen=True)
class Told:
    """What a command has to tell: its JSON, what says it to people, and the exit code. Only what is asked for is made."""

    tree: Callable[[], object]
    say: Callable[[], None]
    exit_code: int = 0


class TellingCommand(Command):
    """A command with a result. It knows `--json` and `--quiet`, and its callback takes an `Audience` and returns a `Told`.

    With `--json` standard output is one JSON document, whatever happens: where an expected error ended the run, its `error` says
    why, and the keys of `nothing` say that nothing was made.
    """

    def __init__(
        self,
        name: str,
        *,
        callback: Callable[..., Told],
        params: Sequence[click.Parameter],
        nothing: Mapping[str, object] | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(
            name,
            callback=_telling(callback, nothing or {}),
            params=[*params, json_option(), quiet_option()],
            **attributes,
        )


def _telling(run: Callable[..., Told], nothing: Mapping[str, object]) -> Callable[..., int]:
    def tell(*, as_json: bool, quiet: bool, **given: Any) -> int:
        try:
            told = run(Audience(as_json, quiet), **given)
        except ShenbaoError as error:
            if not as_json:
                raise
            from generator.cli.failures import explain

            session = click.get_current_context().find_object(Session)
            return explain(error, debug=session is not None and session.debug, answer=nothing)
        if as_json:
            console.say_json(told.tree())
        elif not quiet:
            told.say()
        return told.exit_code

    return tell
