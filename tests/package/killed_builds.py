"""A process that makes real builds, each in a child of its own that may be killed.

`python -m tests.package.killed_builds CLUSTER OUTPUT` reads lines of three words: a number that goes into the file's properties,
whether to wait until the child begins to write, and after how many seconds from then to kill it (`-`: never). It answers each with
`killed` or `done`, and how long it took, from the writing on where that was waited for. The process builds once itself, so that
pages are set once: builds differ in their Word file and manifest only.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import generator.build as stages
from generator.docx.fill import Template
from generator.forms.filled import FilledForm
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from tests.package.builds import FORM


def prepared_build(cluster: Path, output: Path) -> Callable[[int, int], None]:
    """Return what builds with a number, and tells the given pipe when it begins to write."""
    library, fonts = Library.standard(), FontLibrary.bundled()
    prepared = stages.prepare(cluster, FORM, library, fonts)
    assert prepared.filled is not None
    filled, bytes_of = prepared.filled, library.template(FORM)
    assert bytes_of is not None
    template = Template.prepare(bytes_of)
    true = {name: getattr(stages, name) for name in ("print_form", "assemble", "snapshot_of", "write_draft")}
    once: dict[str, Any] = {}

    def call_once(name: str, *args: Any, **more: Any) -> Any:
        if name not in once:
            once[name] = true[name](*args, **more)
        return once[name]

    def print_form(filled: FilledForm, *args: Any, **more: Any) -> stages.Printed:
        printed: stages.Printed = call_once("print_form", filled, *args, **more)
        return replace(printed, docx=template.fill(filled.context(), filled.sizes(), subject=filled.name))

    def assemble(job: Any, *args: Any, **more: Any) -> Any:
        made = call_once("assemble", job, *args, **more)
        form = replace(made.files[0], content=job.printed.docx)
        return replace(made, files=(form, *made.files[1:]))

    def build(number: int, pipe: int) -> None:
        def write(*args: Any, **more: Any) -> Any:
            os.write(pipe, b"w")
            return true["write_draft"](*args, **more)

        quick: dict[str, Any] = {
            "print_form": print_form,
            "assemble": assemble,
            "snapshot_of": partial(call_once, "snapshot_of"),
            "write_draft": write,
        }
        with mock.patch.multiple(stages, **quick):
            numbered = replace(prepared, filled=replace(filled, name=f"第{number}次"))
            stages.build(numbered, output, library, fonts)

    return build


def serve(cluster: Path, output: Path) -> None:
    build = prepared_build(cluster, output)
    build(0, os.open(os.devnull, os.O_WRONLY))
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
