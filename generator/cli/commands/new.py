"""`shenbao new`: a folder for a cluster, with a commented cluster.yaml in the order of a form."""

from __future__ import annotations

from pathlib import Path

from generator.cli import console
from generator.cli.options import form_option, library_option
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument, PathType


def _run(audience: Audience, folder: Path, form: str, libraries: tuple[Path, ...]) -> Told:
    from generator.cluster.catalogue import read_catalogue
    from generator.cluster.load import FILE_NAME
    from generator.cluster.registers.ahead import WORKBOOK
    from generator.cluster.registers.workbook_to_fill import workbook_to_fill
    from generator.cluster.scaffold import SCHEMA_FILE
    from generator.cluster.schema import json_schema
    from generator.forms.asking import years_asked
    from generator.forms.library import Library
    from generator.forms.questions import new_cluster
    from generator.package.disk import BY_NAME
    from generator.package.loose import write_loose
    from generator.package.manifest import encode_json

    library = Library.standard(libraries)
    definition = library.form(form)
    catalogue = read_catalogue(library.field_folders())
    files = {
        FILE_NAME: new_cluster(definition, catalogue).encode("utf-8"),
        SCHEMA_FILE: encode_json(json_schema(catalogue, library.submission_ids())),
        WORKBOOK: workbook_to_fill(catalogue, years_asked(definition)),
        "佐证材料/说明.txt": "佐证材料的文件放在这个文件夹里，并在 cluster.yaml 的“佐证材料”中写明证明什么。\r\n".encode(),
    }
    written = write_loose(folder, files, BY_NAME)

    def say() -> None:
        console.say(f"已新建：{folder}")
        console.say(f"企业多的，把企业、标准、专利等填在 {folder / WORKBOOK} 里，合计和户数由它推算。")
        console.say(f"请用文本编辑器填写 {folder / FILE_NAME}，然后运行：shenbao check {folder} --form {form}")

    return Told(lambda: {"folder": str(folder), "form": form, "files": [str(path) for path in written]}, say)


command = TellingCommand(
    "new",
    help="新建一个集群文件夹：cluster.yaml 按申报表的顺序列出要填的各项，注明单位、字数限制和可选项；"
    "企业清单.xlsx 供填写企业、标准、专利等名录；"
    "另有供编辑器提示用的 JSON Schema 和放佐证材料的文件夹。已有的文件不会被改动。",
    params=[
        Argument(
            ["folder"],
            type=PathType(),
            metavar="文件夹",
            description="要新建的文件夹，一般用集群的名称。",
        ),
        form_option(),
        library_option(),
    ],
    callback=_run,
)
