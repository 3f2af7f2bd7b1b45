"""`shenbao ledger`: what was done with a physical copy."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.cli import console
from generator.cli.options import (
    cluster_argument,
    form_option,
    library_option,
    made_for_option,
    output_option,
    standing_cluster,
)
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument

_YES_OR_NO = click.Choice(["是", "否"])


def _run(
    audience: Audience,
    cluster: Path,
    copies: tuple[str, ...],
    form: str,
    notice: str,
    version: int | None,
    printed: str | None,
    signed: str | None,
    sealed: str | None,
    seam: str | None,
    binding: str | None,
    where: str | None,
    exchanged: str,
    output: Path,
    libraries: tuple[Path, ...],
) -> Told:
    from generator.forms.library import Library
    from generator.keeping import note_copies
    from generator.package.versions.wording import state_of
    from generator.submitting import Wanted, sheets_printed

    library = Library.standard(libraries)
    series = Wanted(standing_cluster(cluster), output, form, notice).series(library)
    given = {
        "版": version,
        "打印": printed,
        "签字": signed,
        "盖章": sealed,
        "骑缝章": seam,
        "装订": binding,
        "所在": where,
    }
    said: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if version is not None:
        said["换页"] = []  # printed anew as a whole
    sheets = sheets_printed(series, library) if exchanged else {}
    noted = note_copies(series, copies, said, exchange=_exchange(exchanged) if exchanged else None, sheets=sheets)

    def say() -> None:
        for copy in noted:
            console.say(f"已记入台账：{copy.name}（{copy.kind}）  {state_of(copy)}")

    return Told(lambda: {"series": str(series), "copies": [copy.model_dump(mode="json") for copy in noted]}, say)


def _exchange(text: str) -> dict[str, object]:
    """Read `2`: all that differed was exchanged for version 2; `2:3,4`: the form's sheets 3 and 4; `2:清单:3`: another paper's."""
    from generator.errors import UsageError
    from generator.package.versions.ledger import ALL

    match = re.fullmatch(
        r"第?([0-9]+)版?(?:[:：]([^:：]*[^:：0-9]))?(?:[:：]([0-9]+(?:[,，、][0-9]+)*))?", text.replace(" ", "")
    )
    if match is None or (match[2] and not match[3]):
        raise UsageError(
            f"看不懂“{text}”。",
            "照换页单全部换成了第02版的写 2；只换了几张的写成 版:张,张，如 2:3,4；不是申报表的写成 2:清单:3。",
        )
    paper = {"材料": match[2]} if match[2] else {}
    return {"版": match[1], **paper, "张": re.split("[,，、]", match[3]) if match[3] else ALL}


command = TellingCommand(
    "ledger",
    help="在份数台账里记下某几份的情况：打印（光盘是刻录）、签字、盖章、装订、放在哪里、换过哪几张。"
    "台账是 份数台账.yaml，也可以直接改；shenbao history 列出。",
    params=[
        cluster_argument(),
        Argument(["copies"], nargs=-1, required=True, metavar="份…", description="哪几份：第1份、正本、副本1、光盘2。"),
        form_option(required=False),
        made_for_option(),
        click.Option(["--version"], type=click.IntRange(min=1), metavar="版", help="整份重印成了第几版。"),
        click.Option(["--printed", "--burnt"], type=_YES_OR_NO, metavar="是|否", help="是否已打印；光盘是否已刻录。"),
        click.Option(["--signed"], type=_YES_OR_NO, metavar="是|否", help="是否已签字。"),
        click.Option(["--sealed"], type=_YES_OR_NO, metavar="是|否", help="是否已盖章。"),
        click.Option(["--seam"], type=_YES_OR_NO, metavar="是|否", help="是否盖了骑缝章（跨各张边缘的章）。"),
        click.Option(
            ["--bound", "binding"],
            type=click.Choice(["未装订", "活页", "订书钉", "胶装"]),
            metavar="装订",
            help="未装订、活页、订书钉、胶装；光盘不写。",
        ),
        click.Option(["--where"], metavar="地点", help="现在在哪里，如 区经委。"),
        click.Option(
            ["--exchanged"],
            default="",
            metavar="版[:张]",
            help="换过页：2 是照换页单全部换成了第02版的；2:3,4 是只换了申报表第3、4张（张从封面数起），2:清单:3 是换了清单第3张。",
        ),
        output_option(),
        library_option(),
    ],
    callback=_run,
)
