"""`shenbao schema`: the JSON Schema of cluster.yaml."""

from __future__ import annotations

from pathlib import Path

from generator.cli import console
from generator.cli.options import library_option
from generator.cli.telling import Audience, TellingCommand, Told


def _run(audience: Audience, libraries: tuple[Path, ...]) -> Told:
    from generator.cluster.catalogue import read_catalogue
    from generator.cluster.schema import json_schema
    from generator.forms.library import Library

    library = Library.standard(libraries)
    schema = json_schema(read_catalogue(library.field_folders()), library.submission_ids())
    return Told(lambda: schema, lambda: console.say_json(schema))


command = TellingCommand(
    "schema",
    help="输出 cluster.yaml 的 JSON Schema（draft-07），供编辑器在填写时提示和检查；shenbao new 会把它写进新文件夹。",
    params=[library_option()],
    callback=_run,
)
