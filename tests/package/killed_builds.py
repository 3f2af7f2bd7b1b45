"""A process that makes real builds, each in a child of its own that may be killed.

`python -m tests.package.killed_builds CLUSTER OUTPUT` reads lines of three words: a number that goes into the file's properties,
whether to wait until the child begins to write, and after how many seconds from then to kill it (`-`: never). It answers each with
`killed` or `done`, and how long it took, from the writing on where that was waited for. Pages are set once: builds differ in their
Word file, manifest and snapshot only.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import generator.build as stages
from generator.docx.fill import Template
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.indicators import derive
from generator.measure.fonts import FontLibrary
from generator.package.drafts import write_draft
from tests.package.builds import FORM


def prepared_build(cluster: Path, output: Path) -> Callable[[int, int], None]:
    """Return what builds with a number, and tells the given pipe when it begins to write."""
    library, fonts = Library.standard(), FontLibrary.bundled()
    prepared = stages.prepare(cluster, FORM, library, fonts)
    assert prepared.filled is not None and prepared.cluster is not None
    filled, bytes_of = prepared.filled, library.template(FORM)
    assert bytes_of is not None
    template, indicators = Template.prepare(bytes_of), derive(prepared.cluster)
    printed = stages.print_form(filled, bytes_of, fonts)

    def print_quickly(filled: FilledForm, *_: object, **__: object) -> stages.Printed:
        return replace(printed, docx=template.fill(filled.context(), filled.sizes(), subject=filled.name))

    def build(number: int, pipe: int) -> None:
        def write(*args: Any, **more: Any) -> Any:
            os.write(pipe, b"w")
            return write_draft(*args, **more)

        numbered = replace(prepared, filled=replace(filled, name=f"第{number}次"))
        quick: dict[str, Any] = {
            "print_form": print_quickly,
            "derive": lambda cluster: indicators,
            "write_draft": write,
        }
        with mock.patch.multiple(stages, **quick):
            stages.build(numbered, output, library, fonts)

    return build


def serve(cluster: Path, output: Path) -> None:
    build = prepared_build(cluster, output)
    print("ready", flush=True)
    for line in sys.stdin:
        number, wait, life = line.split()
        begins, begun = os.pipe()
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            build(int(number), begun)
            os._exit(0)
        os.close(begun)
        waited = 0.0
        if wait == "yes":
            os.read(begins, 1)
            waited = time.monotonic() - started
        if life != "-":
            time.sleep(float(life))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(begins)
        assert os.WIFSIGNALED(status) or status == 0
        print("killed" if os.WIFSIGNALED(status) else "done", time.monotonic() - started - waited, flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]))
