"""`shenbao summary`: the summary table of many clusters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    font_library,
    making_options,
    notice_option,
    sender_options,
    sources_argument,
    standing,
)
from generator.cli.report import findings_as_tree, say_findings
from generator.cli.telling import Audience, TellingCommand, Told

if TYPE_CHECKING:
    from generator.notices.definition import Notice
    from generator.recommending.summarising import Summarised


def _run(
    audience: Audience,
    sources: tuple[Path, ...],
    notice: str,
    form: str,
    level: str,
    sender: str,
    sender_kind: str,
    contact: str,
    edition: int | None,
    order: str,
    annex: str | None,
    output: Path,
    libraries: tuple[Path, ...],
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.forms.library import Library
    from generator.package.loose import write_loose
    from generator.recommending.summarising import TableAsked, summarise, table_asked
    from generator.summary.table import Sender

    library = Library.standard(libraries)
    given = [standing(source) for source in sources]
    sent_by = Sender(level, sender, contact)
    asked = table_asked(
        library, sent_by, notice=notice, form=form, edition=edition, annex=annex, order=order, kind=sender_kind
    )
    if not isinstance(asked, TableAsked):
        return _none(asked)
    with audience.progress() as progress:
        made = summarise(given, asked, library, font_library(fonts, font_folders), progress)
    written = write_loose(output, made.files)
    return Told(lambda: _as_tree(made, written), lambda: _tell(made, written), 1 if made.draft else 0)


def _none(notice: Notice) -> Told:
    """The notice asks for no table: that is what was asked, and no fault."""

    def say() -> None:
        console.say(f"《{notice.title}》：{notice.summary_note}没有生成任何文件。")
        console.say("仍要做一张（例如内部使用），把 --notice 换成 --form，如 --form summary-2024。")

    return Told(
        lambda: {**_NOTHING, "notice": notice.id, "note": notice.summary_note, **findings_as_tree(())},
        say,
    )


_NOTHING: dict[str, object] = {"files": [], "rows": 0}


def _tell(made: Summarised, written: tuple[Path, ...]) -> None:
    if made.findings:
        say_findings(made.findings)
    for source in made.left_out:
        console.say(f"没有列入：{source}")
    console.say(f"列入 {len(made.table.rows)} 个集群，打印 {made.pages} 页。")
    if made.draft:
        console.say("有“必须改”的问题，各页标明“草稿”；改正后再生成一次。")
    for path in written:
        console.say(f"已生成：{path}")


def _as_tree(made: Summarised, written: tuple[Path, ...]) -> dict[str, object]:
    return {
        "files": [str(path) for path in written],
        "pages": made.pages,
        "rows": len(made.table.rows),
        "clusters": [row.candidate.particulars.name for row in made.table.rows],
        "left_out": list(made.left_out),
        "draft": made.draft,
        **findings_as_tree(made.findings),
    }


command = TellingCommand(
    "summary",
    help="由多个集群生成推荐汇总表：docx、PDF 和 xlsx 各一份。读不出的集群不列入，其余照常；"
    "有“必须改”的问题时照样生成，各页标明“草稿”，退出码为 1。已有的同名文件不会被改动。"
    "\n\n写 --notice 时，用哪张汇总表、哪一年度、附件号、名额都由通知定；通知没有要求汇总表的，只说明，不生成。",
    params=[
        sources_argument(
            "集群文件夹，shenbao build 生成的成果（某一稿的文件夹，或放各稿的文件夹），或填好的汇总底稿.xlsx，可以写多个。"
        ),
        notice_option(),
        click.Option(
            ["--form"],
            default="",
            metavar="汇总表",
            help="没有通知时，写汇总表代号，默认 summary-2024；shenbao forms 列出全部。与 --notice 写一个。",
        ),
        *sender_options(),
        click.Option(
            ["--edition"],
            type=click.IntRange(2000, 2099),
            metavar="年度",
            help="哪一年度的汇总表，默认是表式自己的年度；数据年度随着一起变。",
        ),
        click.Option(["--annex"], default=None, metavar="附件号", help="左上角的附件号，默认“附件1”；写 '' 则不印。"),
        *making_options(),
    ],
    callback=_run,
    nothing=_NOTHING,
)
