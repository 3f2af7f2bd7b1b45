"""The command line: parse, call, report."""

from __future__ import annotations

import gc
import sys

from generator.cli import console, front

_OBJECTS_BETWEEN_COLLECTIONS = 200_000


def main() -> None:
    """Run the command line that the process was started with, and end the process with the exit code of the run."""
    if sys.argv[1:] in front.ASKING:
        try:
            console.prepare(sys.stdout)
            console.say(front.page())
            sys.stdout.flush()
        except BrokenPipeError as error:
            from generator.cli.failures import explain

            sys.exit(explain(error))
        return
    # A run keeps nearly all that it makes: looking for garbage as often as Python does would cost it one part in twenty of its time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from generator.cli.session import begin

    session = begin(sys.argv[1:])
    from generator.cli.program import program

    try:
        program(obj=session)
    finally:
        # The process ends: what it holds need not be taken apart piece by piece.
        gc.disable()
        gc.freeze()
