"""How far long work is, on standard error: for people at a terminal only."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from generator.progress import Progress, silent


@contextlib.contextmanager
def shown(*, quiet: bool = False) -> Iterator[Progress]:
    """Give the block a `Progress` that is shown while it runs, and gone when it ends.

    Nothing is shown when `quiet`, or when standard error is no terminal: what reads it then wants lines, not a moving picture.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Display

    columns = (SpinnerColumn("line"), TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn())
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("", total=None)

        def tell(stage: str, done: int = 0, total: int = 0, /) -> None:
            display.update(task, description=stage, completed=done, total=total or None)

        yield tell
