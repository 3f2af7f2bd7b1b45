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
    library_option,
    notice_option,
    register_of,
    standing_cluster,
)
from generator.cli.report import findings_as_tree, say_findings
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import PathType

if TYPE_CHECKING:
    from generator.findings import Findings
    from generator.forms.library import Library
    from generator.measure.fonts import FontLibrary
    from generator.notices.order import Order
    from generator.prepared import Prepared


def _run(
    audience: Audience,
    cluster: Path,
    form: str,
    notice: str,
    fill_none: bool,
    report: Path | None,
    libraries: tuple[Path, ...],
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    ahead = register_of(cluster)
    from generator.findings import blocking
    from generator.forms.library import Library
    from generator.prepared import handing_in, prepare

    if report is not None:
        _refuse_other_kinds(report)
    library, chosen = Library.standard(libraries), font_library(fonts, font_folders)
    order = _order(library, form, notice) if notice or not form else None
    asked, standard = (order.form, order.standard) if order is not None else (form, "")
    with audience.progress() as progress:
        prepared = prepare(standing_cluster(cluster), asked, library, chosen, standard, ahead, progress=progress)
        findings = handing_in(prepared, order, progress) if order is not None else prepared.findings
    if report is not None:
        _write_report(report, prepared, findings, library, chosen)
    lines, unable = _proposed(prepared) if fill_none else ("", ())
    readable = prepared.cluster is not None

    def tree() -> dict[str, object]:
        told: dict[str, object] = {} if fill_none and readable else findings_as_tree(findings)
        told |= {"lines": lines.splitlines(), "unable": list(unable)} if fill_none else {}
        return told | ({"report": str(report)} if report is not None else {})

    def say() -> None:
        if fill_none and readable:
            _propose(lines, unable)
        else:
            say_findings(findings)
        if not readable:
            console.say(_UNREADABLE)
        if report is not None:
            console.say(f"自查报告已写到：{report}")
        elif len(findings) > _MANY and not fill_none:
            console.say(_MANY_FINDINGS)

    return Told(tree, say, 1 if blocking(findings) else 0)


_MANY = 40
_MANY_FINDINGS = "条目多，可以加 --report 自查报告.html（或 .pdf）写成一份，按部分列表，对照着逐处改。"
_UNREADABLE = "数据还读不出来，其余各栏没有检查：改好上面所列各处，再检查一次。"


def _refuse_other_kinds(report: Path) -> None:
    from generator.self_check import suffix_of

    suffix_of(report)


def _order(library: Library, form: str, notice: str) -> Order:
    from generator.notices.order import take_order

    return take_order(library.file_names(), notice=library.notice(notice) if notice else None, form=form)


def _write_report(path: Path, prepared: Prepared, findings: Findings, library: Library, fonts: FontLibrary) -> None:
    from generator.package.loose import replace_loose
    from generator.self_check import report_as, self_check, suffix_of

    replace_loose(path, report_as(suffix_of(path), self_check(prepared, library, findings=findings), library, fonts))


def _proposed(prepared: Prepared) -> tuple[str, tuple[str, ...]]:
    """Return the lines that would say 无 in every empty place, and the places where it can't be said. Nothing is written."""
    from generator.checks.nothing import propose_nothing

    if prepared.filled is None or prepared.cluster is None:
        return "", ()
    return propose_nothing(prepared.filled, prepared.cluster, prepared.catalogue)


def _propose(lines: str, unable: tuple[str, ...]) -> None:
    if lines:
        console.say(
            "下列各项现在空着。确实没有的，把这几行并入 cluster.yaml；不是没有的，请填写实数（本命令没有改动任何文件）："
        )
        console.say(lines)
    if unable:
        from generator.points import years_together

        console.say("下列各项不能写“无”，请填写：")
        console.say("\n".join(f"  {place}" for place in years_together(unable)))
    if not lines and not unable:
        console.say("没有空着的必填栏目。")


command = TellingCommand(
    "check",
    help="检查集群数据能不能填这份申报表，逐条列出：在哪个文件的哪行哪列、申报表的哪一栏，现为什么，应为什么，怎么办。"
    "“必须改”的在前，其余依次在后，各按申报表的顺序；同一栏的几个年度合在一处说。已在“不适用检查”里写明理由的，另列在后面。"
    "\n\n照一份通知报送写 --notice：按通知的申报表、认定标准、份数、期限来查，佐证文件也逐个打开看过，即 build --notice "
    "动手制作之前所查的；不照哪份通知就写 --form。\n\n有“必须改”的问题时退出码为 1。",
    params=[
        cluster_argument(),
        form_option(required=False),
        notice_option(),
        click.Option(
            ["--fill-none"], is_flag=True, help="列出空着的必填栏目写“无”的写法，供核对后并入 cluster.yaml；不改文件。"
        ),
        click.Option(
            ["--report"],
            type=PathType(),
            metavar="文件",
            help="把自查报告写成这个文件：结论、必须改的各处、认定标准对照、图、推算的算式；"
            "按文件名结尾写成 .pdf、.html 或 .json，已有的换掉。",
        ),
        library_option(),
        *font_options(),
    ],
    callback=_run,
)
