"""`shenbao form`: what concerns the own text of one form or summary table."""

from __future__ import annotations

from pathlib import Path

from generator.cli import console
from generator.cli.options import library_option, standing
from generator.cli.report import findings_as_tree, say_findings
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument, CommandGroup, PathType


def _verify(audience: Audience, form: str, files: tuple[Path, ...], libraries: tuple[Path, ...]) -> Told:
    from generator.docx.verify import verify_files
    from generator.forms.library import Library

    definition = Library.standard(libraries).definition(form)
    findings = verify_files(definition, [standing(path) for path in files])
    same = f"与“{definition.title}（{definition.edition}年）”逐字一致：表上印的文字、行、格都在，没有多出的。"
    return Told(
        lambda: {"form": form, "faithful": not findings, **findings_as_tree(findings)},
        lambda: say_findings(findings) if findings else console.say(same),
        1 if findings else 0,
    )


_verify_command = TellingCommand(
    "verify",
    help="把一个文件与申报表或汇总表的表式逐字核对，列出缺少、多出、改动、移动的文字，缺的行、多的行、改了的格"
    "（填表时不得改变表格样式）。\n\n.docx 可以是空白的，也可以是填好的（包括在 Word 里手工填的）：填写的内容不算改动，"
    "汇总表列几个集群、用哪一级的抬头也不算。"
    ".doc、.wps 要有 LibreOffice。.txt 是官方文本，一字不差才算一致；分成几个文件的按顺序都写上。"
    "\n\n一致时退出码为 0，有不同时为 1。",
    params=[
        Argument(
            ["form"], metavar="表式", description="申报表或汇总表的代号，如 national-2025；shenbao forms 列出全部。"
        ),
        Argument(
            ["files"],
            type=PathType(),
            nargs=-1,
            required=True,
            metavar="文件",
            description="要核对的 .docx、.doc、.wps，或官方文本 .txt（可以几个）。",
        ),
        library_option(),
    ],
    callback=_verify,
)

command = CommandGroup(
    "form",
    help="与申报表、汇总表的表式有关的命令。",
    commands={"verify": _verify_command},
    summaries={"verify": "逐字核对一个文件。"},
)
