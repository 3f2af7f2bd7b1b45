"""`shenbao check`: everything that is wrong with a cluster's data for one form, or worth a look."""

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
    json_option,
    library_option,
    quiet_option,
    register_of,
    standing,
)
from generator.cli.progress import shown
from generator.cli.report import findings_as_text, findings_as_tree
from generator.cli.wording import Command

if TYPE_CHECKING:
    from generator.forms.library import Library
    from generator.measure.fonts import FontLibrary
    from generator.prepared import Prepared


def _run(
    cluster: Path,
    form: str,
    as_json: bool,
    quiet: bool,
    fill_none: bool,
    report: Path | None,
    libraries: tuple[Path, ...],
    fonts: str,
    font_folders: tuple[Path, ...],
) -> int:
    ahead = register_of(cluster)
    from generator.findings import blocking
    from generator.forms.library import Library
    from generator.prepared import prepare

    if report is not None:
        _refuse_other_kinds(report)
    library, chosen = Library.standard(libraries), font_library(fonts, font_folders)
    with shown(quiet=quiet) as progress:
        prepared = prepare(standing(cluster), form, library, chosen, ahead=ahead, progress=progress)
    findings = prepared.findings
    if report is not None:
        _write_report(report, prepared, library, chosen)
    if quiet and not as_json:
        pass
    elif fill_none:
        _propose(prepared, as_json=as_json)
    elif as_json:
        console.say_json(findings_as_tree(findings))
    else:
        console.say(findings_as_text(findings))
    if report is not None and not as_json:
        console.say(f"自查报告已写到：{report}")
    return 1 if blocking(findings) else 0


def _refuse_other_kinds(report: Path) -> None:
    from generator.self_check import suffix_of

    suffix_of(report)


def _write_report(path: Path, prepared: Prepared, library: Library, fonts: FontLibrary) -> None:
    from generator.package.loose import replace_loose
    from generator.self_check import report_as, self_check, suffix_of

    replace_loose(path, report_as(suffix_of(path), self_check(prepared, library), library, fonts))


def _propose(prepared: Prepared, *, as_json: bool) -> None:
    """Print the lines that would say 无 in every empty place. Nothing is written."""
    from generator.checks.nothing import propose_nothing

    lines: str = ""
    unable: tuple[str, ...] = ()
    if prepared.filled is not None and prepared.cluster is not None:
        lines, unable = propose_nothing(prepared.filled, prepared.cluster, prepared.catalogue)
    if as_json:
        console.say_json({"lines": lines.splitlines(), "unable": list(unable)})
        return
    if lines:
        console.say(
            "下列各项现在空着。确实没有的，把这几行并入 cluster.yaml；不是没有的，请填写实数（本命令没有改动任何文件）："
        )
        console.say(lines)
    if unable:
        console.say("下列各项不能写“无”，请填写：")
        console.say("\n".join(f"  {place}" for place in unable))
    if not lines and not unable:
        console.say("没有空着的必填栏目。")


command = Command(
    "check",
    help="检查集群数据能不能填这份申报表，按申报表的顺序逐条列出：在哪个文件的哪行哪列、申报表的哪一栏，"
    "现为什么，应为什么，怎么办。已在“不适用检查”里写明理由的，另列在后面。\n\n有“必须改”的问题时退出码为 1。",
    params=[
        cluster_argument(),
        form_option(),
        json_option(),
        quiet_option(),
        click.Option(
            ["--fill-none"], is_flag=True, help="列出空着的必填栏目写“无”的写法，供核对后并入 cluster.yaml；不改文件。"
        ),
        click.Option(
            ["--report"],
            type=click.Path(path_type=Path),
            metavar="文件",
            help="把自查报告写成这个文件：结论、必须改的各处、认定标准对照、图、推算的算式；"
            "按文件名结尾写成 .pdf、.html 或 .json，已有的换掉。",
        ),
        library_option(),
        *font_options(),
    ],
    callback=_run,
)
