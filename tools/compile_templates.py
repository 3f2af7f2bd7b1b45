"""Compile what `templates/` holds: `python tools/compile_templates.py [--check]`.

Every definition of a form or summary table gives its Word template (`templates/docx`); forms, catalogues, standards and what
rules judge by are read and checked, and kept as JSON that is read faster than their YAML (`templates/compiled`).
With `--check` nothing is written; the exit code is 1, and the files named, when any is not what its definition gives.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.checks.plausibility import Plausibility
from generator.checks.standard_definition import Standard
from generator.checks.vocabulary import Vocabulary
from generator.cluster.catalogue import compiled_path as catalogue_path
from generator.cluster.catalogue import read_anew, sources_of
from generator.compiled import written
from generator.documents.report_words import ReportWords
from generator.docx.compile import compile_form
from generator.docx.compile_summary import compile_summary
from generator.forms.arrange import arrange
from generator.forms.fitting import rooms
from generator.forms.library import compiled_path as definition_path
from generator.forms.library import rooms_path
from generator.forms.model_files import read_model
from generator.forms.reading import read_form, read_summary
from generator.forms.vocabulary import check_names
from generator.lists.definition import ListCatalogue
from generator.measure.fonts import FontLibrary
from generator.resources import templates_folder


def stale_templates(folder: Path, fonts: FontLibrary) -> dict[Path, bytes]:
    """Return the compiled files under `folder` that differ from what the definitions in `folder` give, with that."""
    return {
        target: content
        for target, content in (*_templates(folder, fonts), *_values(folder, fonts))
        if not target.is_file() or target.read_bytes() != content
    }


def _templates(folder: Path, fonts: FontLibrary) -> Iterator[tuple[Path, bytes]]:
    for definition in sorted((folder / "forms").glob("*.yaml")):
        yield folder / "docx" / f"{definition.stem}.docx", compile_form(arrange(read_form(definition)), fonts)
    for definition in sorted((folder / "summaries").glob("*.yaml")):
        yield folder / "docx" / f"{definition.stem}.docx", compile_summary(read_summary(definition))


def _values(folder: Path, fonts: FontLibrary) -> Iterator[tuple[Path, bytes]]:
    for definition in sorted((folder / "forms").glob("*.yaml")):
        form = read_form(definition)
        check_names(form, read_anew([folder / "fields"]))
        yield definition_path(definition), written(form, [definition])
        yield rooms_path(definition), written(rooms(arrange(form), fonts), [definition])
    for definition in sorted((folder / "standards").glob("*.yaml")):
        yield definition_path(definition), written(read_model(definition, Standard), [definition])
    for name, model in (
        ("checks/plausibility", Plausibility),
        ("checks/words", Vocabulary),
        ("checks/report", ReportWords),
        ("lists/lists", ListCatalogue),
    ):
        judged_by = folder / f"{name}.yaml"
        if judged_by.is_file():
            yield definition_path(judged_by), written(read_model(judged_by, model), [judged_by])
    fields = folder / "fields"
    if fields.is_dir():
        yield catalogue_path(fields), written(read_anew([fields]), sources_of(fields))


def main(arguments: list[str] | None = None) -> int:
    """Write, or with `--check` name, the templates that are stale. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a template is stale")
    check = parser.parse_args(arguments).check
    stale = stale_templates(templates_folder(), FontLibrary.bundled())
    for target, compiled in stale.items():
        print(f"{'stale' if check else 'written'}: {target.name}")
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(compiled)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
