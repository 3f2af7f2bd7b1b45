"""`shenbao correct`: what becomes of every printed copy after a correction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    cluster_argument,
    font_library,
    font_options,
    form_option,
    library_option,
    made_for_option,
    output_option,
    standing_cluster,
)
from generator.cli.telling import Audience, TellingCommand, Told

if TYPE_CHECKING:
    from generator.amending import Amended


def _run(
    audience: Audience,
    cluster: Path,
    form: str,
    notice: str,
    draft: str,
    output: Path,
    libraries: tuple[Path, ...],
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.forms.library import Library
    from generator.submitting import Wanted, correct_submission

    wanted = Wanted(standing_cluster(cluster), output, form, notice)
    chosen = font_library(fonts, font_folders)
    amended = correct_submission(wanted, Library.standard(libraries), chosen, draft=draft)
    return Told(lambda: _as_tree(amended), lambda: _tell(amended))


def _tell(amended: Amended) -> None:
    from generator.cli.copies import amended_as_text
    from generator.cli.report import say_findings

    if amended.findings:
        say_findings(amended.findings)
    told = amended_as_text(amended)
    console.say(
        told or "台账里没有已经打印的份：直接打印新稿即可（定稿用 shenbao freeze，打印后用 shenbao ledger 记下）。"
    )


def _as_tree(amended: Amended) -> dict[str, object]:
    from generator.cli.report import findings_as_tree
    from generator.corrections.tree import corrections_as_tree

    return {
        "draft": amended.draft,
        "folder": str(amended.folder) if amended.folder else None,
        "changed": amended.changed,
        "files": list(amended.files),
        **corrections_as_tree(amended.corrections),
        **findings_as_tree(amended.findings),
    }


command = TellingCommand(
    "correct",
    help="更正以后，照份数台账算出每一份、每一张光盘怎么办：换哪几张、哪里重新签字盖章、还有哪些办法、各要印几张盖几个章；"
    "写出换页单、换页打印稿、更正说明、更正记录，放在成果文件夹的“更正”里。build、recommend 每次也会写；改过台账以后用本命令再写一次。"
    "推荐材料写它的文件夹（推荐材料/通知）。",
    params=[
        cluster_argument(),
        form_option(required=False),
        made_for_option(),
        click.Option(["--draft"], default="", metavar="稿", help="改到与哪一稿一样：第003稿、3；默认是当前稿。"),
        output_option(),
        library_option(),
        *font_options(),
    ],
    callback=_run,
)
