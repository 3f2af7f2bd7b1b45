"""The command line: parse, call, report."""

from __future__ import annotations

import atexit
import gc
import os
import sys

TYPE_CHECKING = False  # as typing has it, which would have to be imported before reading begins
if TYPE_CHECKING:
    from typing import NoReturn

_OBJECTS_BETWEEN_COLLECTIONS = 200_000
_PATIENCE = 0.0005


def main() -> None:
    """Run the command line that the process was started with, and end the process with the exit code of the run."""
    # A run keeps nearly all that it makes: looking for garbage as often as Python does would cost it one part in twenty of its time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # What reads beside the run needs the interpreter often, and for an instant only: it is not kept waiting for as long as is usual.
    sys.setswitchinterval(_PATIENCE)
    from generator.cli.session import begin

    session = begin(sys.argv[1:])
    from generator.cli import front

    if sys.argv[1:] in front.ASKING:
        _show_front()
        return
    from generator.cli.program import program

    try:
        program(obj=session)
    except SystemExit as end:
        _leave(end)


def _show_front() -> None:
    from generator.cli import console, front

    try:
        console.prepare(sys.stdout)
        console.say(front.page())
        sys.stdout.flush()
    except BrokenPipeError as error:
        from generator.cli.failures import explain

        sys.exit(explain(error))


def _leave(end: SystemExit) -> NoReturn:
    """End the process as `end` says, without taking apart piece by piece all that it holds: that would take as long as starting did.

    What asked to be called at the end is called, and what was said is sent off first; where that can't be, the process ends as any.
    """
    if not isinstance(end.code, int):
        raise end
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        raise end from None
    os._exit(end.code)
