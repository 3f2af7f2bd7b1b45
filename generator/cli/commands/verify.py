"""`shenbao verify`: a package held against its manifest and against today's data, and opened file by file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    font_library,
    font_options,
    library_option,
    standing,
    standing_cluster,
    template_bytes,
    template_option,
)
from generator.cli.report import findings_as_tree, say_findings
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument, PathType

if TYPE_CHECKING:
    from generator.package.verification import Verification


def _run(
    audience: Audience,
    folder: Path,
    cluster: Path | None,
    against: Path | None,
    libraries: tuple[Path, ...],
    template: Path | None,
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.findings import blocking
    from generator.forms.library import Library
    from generator.package.verification import verify_package
    from generator.package.verification.today import Today

    today = Today(
        Library.standard(libraries),
        font_library(fonts, font_folders),
        template_bytes(template),
        standing_cluster(cluster) if cluster is not None else None,
        _neighbourhood(folder),
    )
    with audience.progress() as progress:
        verified = verify_package(standing(folder, "成果"), today, against=against, progress=progress)
    code = 1 if blocking(verified.findings) else 0
    return Told(lambda: _as_tree(verified), lambda: _tell(verified), code)


def _neighbourhood(folder: Path) -> tuple[Path, ...]:
    """Where the cluster is looked for: where the user stands, and beside the output that the package is in."""
    return (Path.cwd(), *folder.resolve().parents[2:4])


def _tell(verified: Verification) -> None:
    facts = verified.manifest.facts
    console.say(f"核对：{verified.place}")
    console.say(f"{facts.cluster}，{facts.form or facts.notice}" + ("，草稿" if facts.draft else ""))
    aspect = None
    for one in verified.examinations:
        if one.aspect is not aspect:
            aspect = one.aspect
            console.say(f"{aspect.value}：")
        console.say(f"  {one.result.value}　{one.what}：{one.detail}。")
    say_findings(verified.findings)
    console.say(_TODAY[verified.today])


_TODAY = {
    True: "是今天的数据：数据、模板、字体、本工具的版本都没有变。",
    False: "不是今天的数据：生成以后有变化，见上面“现势性”各条。",
    None: "是不是今天的数据：没有全部比对，原因见上面“现势性”。",
}


def _as_tree(verified: Verification) -> dict[str, object]:
    facts = verified.manifest.facts
    return {
        "folder": verified.place,
        "part": verified.part,
        "cluster": facts.cluster,
        "form": facts.form,
        "draft": facts.draft,
        "tool": verified.manifest.tool,
        "today": verified.today,
        "examinations": [
            {
                "aspect": one.aspect.name.lower(),
                "aspect_label": one.aspect.value,
                "what": one.what,
                "result": one.result.name.lower(),
                "label": one.result.value,
                "detail": one.detail,
            }
            for one in verified.examinations
        ],
        **findings_as_tree(verified.findings),
    }


command = TellingCommand(
    "verify",
    help="核对一份成果：缺少、多出、改动、截短的文件；能不能打开，页数、字体、宏和脚本；是不是今天的数据。"
    "按真实性、完整性、可用性、安全性逐项列出查了什么、没有查什么。不改动任何文件。"
    "\n\n文件夹可以是一稿、各稿所在的文件夹（核对现行的一稿）、装盘的文件夹，也可以是光盘、U 盘上的副本；"
    "副本里没有 manifest.json 的，用 --against 指明留存的那一稿。有缺少、改动、打不开的，退出码为 1。",
    params=[
        Argument(["folder"], type=PathType(), metavar="文件夹", description="一稿的文件夹，或它的副本。"),
        click.Option(
            ["--cluster"],
            type=PathType(),
            metavar="集群文件夹",
            help="与这个集群今天的数据比对；不写时用生成时的集群文件夹，它不在了就在附近按数据的校验值找。",
        ),
        click.Option(
            ["--against"],
            type=PathType(),
            metavar="稿文件夹",
            help="用这一稿的清单核对，副本自己没有清单时用。",
        ),
        library_option(),
        template_option(),
        *font_options(),
    ],
    callback=_run,
)
