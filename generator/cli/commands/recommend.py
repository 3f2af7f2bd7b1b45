"""`shenbao recommend`: what an office hands to the office above, for many clusters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import font_library, making_options, sender_options, sources_argument, standing
from generator.cli.report import findings_as_tree, say_findings
from generator.cli.telling import Audience, TellingCommand, Told

if TYPE_CHECKING:
    from generator.package.manifest import PackageFile
    from generator.recommending.counting import Count
    from generator.recommending.recommend import Recommended
    from generator.recommending.record import Changes


def _run(
    audience: Audience,
    sources: tuple[Path, ...],
    notice: str,
    level: str,
    sender: str,
    sender_kind: str,
    contact: str,
    order: str,
    copies: str,
    have: tuple[str, ...],
    have_discs: tuple[str, ...],
    received: Path | None,
    set_again: bool,
    dry_run: bool,
    output: Path,
    libraries: tuple[Path, ...],
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.forms.library import Library
    from generator.recommending.recommend import Wishes, recommend
    from generator.summary.table import Sender

    wishes = Wishes(
        notice,
        Sender(level, sender, contact),
        sender_kind,
        order,
        copies,
        have,
        have_discs,
        standing(received) if received else None,
        set_again,
    )
    given = [standing(source) for source in sources]
    library = Library.standard(libraries)
    with audience.progress() as progress:
        made = recommend(
            given,
            wishes,
            output,
            library,
            font_library(fonts, font_folders),
            dry_run=dry_run,
            progress=progress,
        )
    return Told(lambda: _as_tree(made), lambda: _tell(made), 1 if made.blocked else 0)


_NOTHING: dict[str, object] = {"draft": None, "changed": False, "files": []}


def _tell(made: Recommended) -> None:
    if made.findings:
        say_findings(made.findings)
    for source in made.left_out:
        console.say(f"没有列入：{source}")
    console.say(f"推荐 {len(made.told.clusters)} 个集群，报{made.told.step.own.recipient}。")
    for count in made.told.counts.papers:
        console.say(f"  {count.material}：{_counted(count)}")
    if made.marked:
        console.say("有“必须改”的问题，新编的各页标明“草稿”；改正后再生成一次。")
    for line in _changed(made.changes) if made.changes else ():
        console.say(line)
    if made.written is None:
        console.say("这是试运行，没有写任何文件。会写出：")
    elif made.written.changed:
        console.say(f"已生成：{made.written.draft}")
    else:
        console.say(f"内容没有变化，没有生成新的一稿。当前是：{made.written.draft}")
    if made.written is None or made.written.changed:
        for line in _listed(made.files):
            console.say(f"  {line}")
    if made.amended is not None:
        from generator.cli.copies import amended_as_text

        told = amended_as_text(made.amended)
        if told:
            console.say(told)


def _counted(count: Count) -> str:
    """What came in, is owed and remains of a material, in words."""
    unit = count.unit
    unlike = count.each is None and count.total is not None
    came = f"共收到{count.total}{unit}" if unlike else f"每个集群收到{_known(count.each)}{unit}"
    parts = [came, f"每个应报{_known(count.owe)}{unit}", f"共留存{_known(count.keep)}{unit}"]
    if count.short:
        parts.append(f"{sum(count.wanting(at) > 0 for at in range(count.clusters))}个集群共缺{count.short}{unit}")
    return "，".join(parts)


def _known(number: int | None) -> str:
    return "不知道几" if number is None else str(number)


def _listed(files: Sequence[PackageFile]) -> Iterator[str]:
    """Yield the files that lie in no further folder, and how many each folder holds."""
    folders: dict[str, int] = {}
    for file in files:
        top, below, *deeper = file.path.split("/")
        if deeper:
            folders[f"{top}/{below}"] = folders.get(f"{top}/{below}", 0) + 1
        else:
            yield file.path + (f"（{file.pages} 页）" if file.pages else "")
    yield from (f"{folder}/（{number} 个文件）" for folder, number in folders.items())


def _changed(changes: Changes) -> Iterator[str]:
    """Yield what differs from the 稿 before, in words."""
    from generator.recommending.record import CHANGED, GONE, NEW, SAME

    counted = "，".join(f"{state} {changes.number(state)}" for state in (NEW, CHANGED, GONE, SAME))
    moved = f"；{changes.moved} 个的序号变了" if changes.moved else ""
    yield f"与上一稿相比，集群：{counted}{moved}。"
    for cluster in changes.clusters:
        if cluster.state != SAME:
            told = [f"{'、'.join(cluster.columns)}" if cluster.columns else "", *cluster.papers]
            parts = "；".join(part for part in told if part)
            yield f"  {cluster.state} {cluster.name}" + (f"（{parts}）" if parts else "")
    for role, numbers in changes.pages.items():
        yield f"  要换的页 {_DOCUMENTS.get(role, role)}：第 {'、'.join(map(str, numbers))} 页"


_DOCUMENTS = {
    "recommendation-letter": "推荐文件",
    "handover-list": "材料移交清单",
    "copies-count": "份数清点表",
}


def _as_tree(made: Recommended) -> dict[str, object]:
    written, changes = made.written, made.changes
    return {
        "notice": made.notice.id,
        "draft": str(written.draft) if written else None,
        "changed": written.changed if written else False,
        "marked": made.marked,
        "clusters": [
            {
                "name": cluster.name,
                "signed": bool(cluster.form and cluster.form.signed),
                "papers": [
                    {"name": paper.name, "material": paper.material, "origin": paper.origin.value, "pages": paper.pages}
                    for paper in cluster.papers
                ],
            }
            for cluster in made.told.clusters
        ],
        "left_out": list(made.left_out),
        "copies": [
            {
                "material": one.material,
                "clusters": one.clusters,
                "have": one.each,
                "have_of_each": list(one.have),
                "owe": one.owe,
                "keep": one.keep,
                "wanting": one.short,
            }
            for one in made.told.counts.papers
        ],
        "corrections": str(made.amended.folder) if made.amended and made.amended.folder else None,
        "files": [{"role": file.role, "path": file.path, "pages": file.pages} for file in made.files],
        "changes": None
        if changes is None
        else {
            "clusters": [
                {
                    "name": one.name,
                    "state": one.state,
                    "columns": list(one.columns),
                    "papers": list(one.papers),
                    "moved": one.moved,
                }
                for one in changes.clusters
            ],
            "pages": {role: list(numbers) for role, numbers in changes.pages.items()},
        },
        **findings_as_tree(made.findings),
    }


command = TellingCommand(
    "recommend",
    help="主管部门把许多集群往上推荐：推荐汇总表、推荐文件（拟稿）、各集群的材料、光盘或邮件、材料移交清单、份数清点表，"
    "写成 <文件夹>/推荐材料/<通知> 里新的一稿。收到的签章件原样放入，不改一个字节。"
    "\n\n读不出的集群不列入，其余照常，退出码为 1。内容没有变化时不写新稿；有变化时列出哪些集群、哪些页变了。",
    params=[
        sources_argument(
            "集群文件夹，shenbao build、seal 的成果（某一稿，或放各稿的文件夹），下级单位 recommend 的一稿，"
            "或填好的汇总底稿.xlsx，可以写多个。"
        ),
        click.Option(
            ["--notice"],
            required=True,
            metavar="通知",
            help="照哪份通知报送，写代号或中文名称，如 hubei-2024、湖北；shenbao notices 列出全部。",
        ),
        *sender_options(),
        click.Option(["--copies"], default="", metavar="份数", help="往上报几份，如 3 或 正本1副本2；不写则照通知。"),
        click.Option(
            ["--have"],
            multiple=True,
            metavar="份数",
            help="收到几份：2 是每个集群都是 2 份，夷陵区=3 是这一个集群 3 份，收件登记.xlsx 是一个集群一行的表（表头 "
            "集群全称、已收份数、已收光盘；.csv 也可以）。可以写多次；不写则照通知要求申报主体的。",
        ),
        click.Option(
            ["--have-discs"], multiple=True, metavar="张数", help="收到几张光盘，写法同 --have；登记表里的列不用另写。"
        ),
        click.Option(
            ["--received"],
            type=click.Path(path_type=Path, readable=False, file_okay=False),
            metavar="文件夹",
            help="收到的签章件：里面一个集群一个文件夹，以集群名称命名；文件原样放入。",
        ),
        click.Option(
            ["--set-again"],
            is_flag=True,
            help="没有申报表文件的集群，由集群文件夹的数据重新排印，标明“未签章”。",
        ),
        click.Option(["--dry-run"], is_flag=True, help="试运行：走完全过程，但不写任何文件。"),
        *making_options(),
    ],
    callback=_run,
    nothing=_NOTHING,
)
