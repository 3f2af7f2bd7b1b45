"""Compile what `templates/` holds: `python tools/compile_templates.py [--check]`.

Every definition of a form or summary table gives its Word template (`templates/docx`); forms, catalogues, standards and what
rules judge by are read and checked, forms arranged and measured, and kept as what is read faster than YAML (`templates/compiled`).
With `--check` nothing is written; the exit code is 1, and the files named, when any is not what its definition gives.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.checks.plausibility import Plausibility
from generator.checks.standard_definition import Standard
from generator.checks.vocabulary import Vocabulary
from generator.cluster.catalogue import compiled_path as catalogue_path
from generator.cluster.catalogue import read_anew, sources_of
from generator.compiled import read, written
from generator.documents.report_words import ReportWords
from generator.docx.compile import compile_form
from generator.docx.compile_summary import compile_summary
from generator.forms.arrange import arrange
from generator.forms.fitting import Arranged, rooms
from generator.forms.library import arranged_path
from generator.forms.library import compiled_path as definition_path
from generator.forms.model_files import read_model
from generator.forms.reading import read_form, read_summary
from generator.forms.vocabulary import check_names
from generator.lists.definition import ListCatalogue
from generator.measure.fonts import FontLibrary
from generator.resources import templates_folder


def stale_templates(folder: Path, fonts: FontLibrary) -> dict[Path, bytes]:
    """Return the compiled files under `folder` that differ from what the definitions in `folder` give, with that."""
    stale = {
        target: content
        for target, content in _templates(folder, fonts)
        if not target.is_file() or target.read_bytes() != content
    }
    # What is kept of a value is not the same bytes with every Python, but the same value.
    stale |= {
        target: written(value, sources)
        for target, value, sources in _values(folder, fonts)
        if read(target, sources) != value
    }
    return stale


def _templates(folder: Path, fonts: FontLibrary) -> Iterator[tuple[Path, bytes]]:
    for definition in sorted((folder / "forms").glob("*.yaml")):
        yield folder / "docx" / f"{definition.stem}.docx", compile_form(arrange(read_form(definition)), fonts)
    for definition in sorted((folder / "summaries").glob("*.yaml")):
        yield folder / "docx" / f"{definition.stem}.docx", compile_summary(read_summary(definition))


def _values(folder: Path, fonts: FontLibrary) -> Iterator[tuple[Path, object, Sequence[Path]]]:
    fields = folder / "fields"
    catalogue = read_anew([fields])
    for definition in sorted((folder / "forms").glob("*.yaml")):
        form = read_form(definition)
        check_names(form, catalogue)
        yield definition_path(definition), form, [definition]
        arrangement = arrange(form)
        arranged = Arranged(arrangement, rooms(arrangement, fonts))
        yield arranged_path(definition), arranged, [definition]
    for definition in sorted((folder / "standards").glob("*.yaml")):
        yield definition_path(definition), read_model(definition, Standard), [definition]
    for name, model in (
        ("checks/plausibility", Plausibility),
        ("checks/words", Vocabulary),
        ("checks/report", ReportWords),
        ("lists/lists", ListCatalogue),
    ):
        judged_by = folder / f"{name}.yaml"
        if judged_by.is_file():
            yield definition_path(judged_by), read_model(judged_by, model), [judged_by]
    yield catalogue_path(fields), catalogue, sources_of(fields)


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
