"""The command line: parse, call, report."""

from __future__ import annotations

import sys

from generator.cli import console, front


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
    from generator.cli.program import program

    program()
