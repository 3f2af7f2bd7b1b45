"""`shenbao diff`: what changed since a 稿."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    cluster_argument,
    font_library,
    font_options,
    library_option,
    output_option,
    standing_cluster,
    template_bytes,
    template_option,
)
from generator.cli.telling import Audience, TellingCommand, Told

if TYPE_CHECKING:
    from generator.comparing import Comparison


def _run(
    audience: Audience,
    cluster: Path,
    form: str,
    notice: str,
    output: Path,
    against: str,
    of: str,
    libraries: tuple[Path, ...],
    template: Path | None,
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.forms.library import Library
    from generator.submitting import Wanted, compare_submission

    done = compare_submission(
        Wanted(standing_cluster(cluster), output, form, notice),
        Library.standard(libraries),
        font_library(fonts, font_folders),
        against=against,
        of=of,
        template=template_bytes(template),
    )
    return Told(lambda: _as_tree(done), lambda: _tell(done))


def _tell(done: Iterable[Comparison]) -> None:
    from generator.cli.changes import effect_as_text

    for one in done:
        console.say(f"{one.title}：{one.of}与{one.against}相比")
        console.say(effect_as_text(one.effect))


def _as_tree(done: Iterable[Comparison]) -> dict[str, object]:
    from generator.cli.changes import effect_as_tree

    return {"comparisons": [{"against": one.against, "of": one.of, **effect_as_tree(one.effect)} for one in done]}


command = TellingCommand(
    "diff",
    help="列出现在的数据与以前的一稿相比改了什么：申报表的哪一页、哪一栏、哪一年，原来和现在；随之变动的推算数和原因；"
    "新出现和不再有的检查结果；佐证材料的增减；哪些页要换；旧数还留在哪句话里。只比较，不写任何文件。推荐材料写它的文件夹（推荐材料/通知）：当前稿与最后一次定稿的版（没有的，与前一稿）相比。",
    params=[
        cluster_argument(),
        click.Option(["--form"], default="", metavar="申报表", help="申报表代号；不写就比较已经生成过的各张表。"),
        click.Option(["--notice"], default="", metavar="通知", help="只比较照这份通知报送的。"),
        output_option(),
        click.Option(
            ["--against"],
            default="",
            metavar="稿",
            help="与哪一稿或哪一版比：第001稿、1、第01版，或稿的文件夹；默认是最后一次定稿的版，没有定稿的是当前稿。",
        ),
        click.Option(["--of"], default="", metavar="稿", help="用哪一稿或哪一版代替现在的数据，即两稿相比。"),
        library_option(),
        template_option(),
        *font_options(),
    ],
    callback=_run,
)
