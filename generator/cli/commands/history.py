"""`shenbao history`: which 稿 were built, which became versions, which copies hold what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
from generator.cli.wording import PathType

if TYPE_CHECKING:
    from generator.keeping import History


def _run(
    audience: Audience,
    cluster: Path,
    form: str,
    notice: str,
    restore: str,
    target: Path | None,
    output: Path,
    libraries: tuple[Path, ...],
) -> Told:
    from generator.errors import UsageError
    from generator.forms.library import Library
    from generator.keeping import history_of
    from generator.submitting import Wanted

    library = Library.standard(libraries)
    series = Wanted(standing_cluster(cluster), output, form, notice).series(library)
    if bool(restore) != (target is not None):
        raise UsageError("--restore（哪一版）和 --to（放到哪个文件夹）要一起写。")
    if target is not None:
        from generator.package.versions.frozen import restore as copy_out
        from generator.package.versions.frozen import version_named

        version = version_named(series, restore)
        restored = str(copy_out(series, version, target))
        return Told(
            lambda: {"restored": restored, "version": version.number}, lambda: console.say(f"已恢复到：{restored}")
        )
    history = history_of(series)
    return Told(lambda: _as_tree(history), lambda: _tell(history), 0 if all(history.intact.values()) else 4)


def _tell(history: History) -> None:
    from generator.package.versions.wording import state_of

    console.say(f"{history.series}")
    for draft in history.drafts:
        marks = [
            mark
            for mark, holds in (("当前", draft.current), ("草稿", draft.marked), ("不完整或被改动过", not draft.whole))
            if holds
        ]
        became = f"  → {draft.version}" if draft.version else ""
        console.say(f"  {draft.name}" + (f"（{'，'.join(marks)}）" if marks else "") + became)
    if not history.versions:
        console.say("还没有定稿（shenbao freeze）。")
    for version in history.versions:
        state = "完好" if history.intact[version.number] else "被改动过或缺少文件"
        note = f"，{version.note}" if version.note else ""
        console.say(f"  {version.name}  {version.frozen} 由{version.draft}定稿{note}；{state}")
    for copy in history.ledger.copies:
        console.say(f"  {copy.name}（{copy.kind}）  {state_of(copy)}")


def _as_tree(history: History) -> dict[str, object]:
    return {
        "series": str(history.series),
        "drafts": [
            {
                "name": draft.name,
                "whole": draft.whole,
                "current": draft.current,
                "marked": draft.marked,
                "version": draft.version,
            }
            for draft in history.drafts
        ],
        "versions": [
            {
                "version": version.number,
                "draft": version.draft,
                "frozen": version.frozen.isoformat(),
                "note": version.note,
                "intact": history.intact[version.number],
            }
            for version in history.versions
        ],
        "copies": [copy.model_dump(mode="json") for copy in history.ledger.copies],
    }


command = TellingCommand(
    "history",
    help="列出一份申报的各稿、各版和份数台账，核对每一版是否完好，不完好时退出码为 4。"
    "--restore 把一版连同当时的数据恢复到另一个文件夹。",
    params=[
        cluster_argument(),
        form_option(required=False),
        made_for_option(),
        click.Option(["--restore"], default="", metavar="版", help="恢复哪一版：第01版、1。"),
        click.Option(
            ["--to", "target"],
            type=PathType(),
            metavar="文件夹",
            help="恢复到哪里，不能是已有的文件夹。",
        ),
        output_option(),
        library_option(),
    ],
    callback=_run,
)
