"""`shenbao freeze`: a 稿 becomes the version that is printed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    cluster_argument,
    date_option,
    form_option,
    library_option,
    order_options,
    output_option,
    standing_cluster,
)
from generator.cli.telling import Audience, TellingCommand, Told

if TYPE_CHECKING:
    from generator.keeping import Frozen


def _run(
    audience: Audience,
    cluster: Path,
    form: str,
    notice: str,
    copies: str,
    discs: int | None,
    draft: str,
    note: str,
    date: datetime.datetime | None,
    output: Path,
    libraries: tuple[Path, ...],
) -> Told:
    from generator.forms.library import Library
    from generator.submitting import Wanted, freeze_submission

    when = (date or datetime.datetime.now()).date()
    frozen = freeze_submission(
        Wanted(standing_cluster(cluster), output, form, notice),
        when,
        Library.standard(libraries),
        draft=draft,
        note=note,
        copies=copies,
        discs=discs,
    )
    return Told(lambda: _as_tree(frozen), lambda: _tell(frozen))


def _tell(frozen: Frozen) -> None:
    from generator.package.versions.wording import state_of

    if frozen.new:
        console.say(f"已定稿：{frozen.version.draft} 是{frozen.version.name}，整份留存在 {frozen.series / '定稿'}")
    else:
        console.say(f"{frozen.version.draft} 已经是{frozen.version.name}，没有再留一份。")
    if frozen.new and not frozen.data:
        console.say("集群数据已与这一稿不同，没有随版留存数据。")
    for copy in frozen.copies:
        console.say(f"  记入台账：{copy.name}（{copy.kind}）  {state_of(copy)}")
    if frozen.unknown:
        papers = "、".join(frozen.unknown)
        console.say(f"没有记入台账：{papers}。通知没有写要几份，请问清后加 --copies 再定稿一次，不会多留一版。")


def _as_tree(frozen: Frozen) -> dict[str, object]:
    return {
        "version": frozen.version.number,
        "draft": frozen.version.draft,
        "new": frozen.new,
        "data": frozen.data,
        "copies": [copy.name for copy in frozen.copies],
        "unknown": list(frozen.unknown),
    }


command = TellingCommand(
    "freeze",
    help="定稿：把一稿定为要打印的第几版，整份留存，并写出份数台账（每一份、每一张光盘一行）。"
    "反复试生成的稿不算版；草稿不能定稿。主管部门的推荐材料也这样定稿：写它的文件夹（推荐材料/通知）。",
    params=[
        cluster_argument(),
        form_option(required=False),
        *order_options(),
        click.Option(["--draft"], default="", metavar="稿", help="定哪一稿：第003稿、3；默认是当前稿。"),
        click.Option(["--note"], default="", metavar="说明", help="记在这一版上的话，如“首次打印”。"),
        date_option(),
        output_option(),
        library_option(),
    ],
    callback=_run,
)
