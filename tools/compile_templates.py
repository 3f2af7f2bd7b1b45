"""Compile every definition of a form or summary table into its Word template: `python tools/compile_templates.py [--check]`.

With `--check` nothing is written; the exit code is 1, and the templates named, when any is not what its definition gives.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.docx.compile import compile_form
from generator.docx.compile_summary import compile_summary
from generator.forms.arrange import arrange
from generator.forms.reading import read_form, read_summary
from generator.measure.fonts import FontLibrary
from generator.resources import templates_folder


def stale_templates(folder: Path, fonts: FontLibrary) -> dict[Path, bytes]:
    """Return the templates under `folder`/docx that differ from what the definitions in `folder` give, with that."""
    stale = {}
    for name, compiled in _compiled(folder, fonts):
        target = folder / "docx" / f"{name}.docx"
        if not target.is_file() or target.read_bytes() != compiled:
            stale[target] = compiled
    return stale


def _compiled(folder: Path, fonts: FontLibrary) -> Iterator[tuple[str, bytes]]:
    for definition in sorted((folder / "forms").glob("*.yaml")):
        yield definition.stem, compile_form(arrange(read_form(definition)), fonts)
    for definition in sorted((folder / "summaries").glob("*.yaml")):
        yield definition.stem, compile_summary(read_summary(definition))


def main(arguments: list[str] | None = None) -> int:
    """Write, or with `--check` name, the templates that are stale. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a template is stale")
    check = parser.parse_args(arguments).check
    stale = stale_templates(templates_folder(), FontLibrary.bundled())
    for target, compiled in stale.items():
        print(f"{'stale' if check else 'written'}: {target.name}")
        if not check:
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(compiled)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
