"""`shenbao recommend`: what an office hands to the office above, for many clusters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    font_library,
    font_options,
    library_option,
    output_option,
    sender_kind_option,
    standing,
)
from generator.cli.report import findings_as_text, findings_as_tree
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument

if TYPE_CHECKING:
    from generator.package.manifest import PackageFile
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
    have: int | None,
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
        console.say(findings_as_text(made.findings))
    for source in made.left_out:
        console.say(f"没有列入：{source}")
    console.say(f"推荐 {len(made.told.clusters)} 个集群，报{made.told.step.own.recipient}。")
    for count in made.told.counts.papers:
        have, owe = (f"{number}份" if number is not None else "不知道几份" for number in (count.have, count.owe))
        console.say(f"  {count.material}：每个集群收到{have}，应报{owe}，{_kept(count.keep)}")
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


def _kept(keep: int | None) -> str:
    if keep is None:
        return "留存几份不知道"
    return f"共留存{keep}份" if keep >= 0 else f"共缺{-keep}份"


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
    yield f"与上一稿相比，集群：{counted}。"
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
            {"material": one.material, "clusters": one.clusters, "have": one.have, "owe": one.owe, "keep": one.keep}
            for one in made.told.counts.papers
        ],
        "files": [{"role": file.role, "path": file.path, "pages": file.pages} for file in made.files],
        "changes": None
        if changes is None
        else {
            "clusters": [
                {"name": one.name, "state": one.state, "columns": list(one.columns), "papers": list(one.papers)}
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
        Argument(
            ["sources"],
            type=click.Path(path_type=Path),
            nargs=-1,
            required=True,
            metavar="集群…",
            description="集群文件夹，shenbao build、seal 的成果（某一稿，或放各稿的文件夹），下级单位 recommend 的一稿，"
            "或填好的汇总底稿.xlsx，可以写多个。",
        ),
        click.Option(
            ["--notice"],
            required=True,
            metavar="通知",
            help="照哪份通知报送，写代号或中文名称，如 hubei-2024、湖北；shenbao notices 列出全部。",
        ),
        click.Option(["--level"], default="", metavar="级别", help="报送单位的级别，如 市级；不写则照通知。"),
        click.Option(["--sender"], default="", metavar="单位", help="报送单位的全称；不写则空着。"),
        sender_kind_option(),
        click.Option(["--contact"], default="", metavar="联系人", help="联系人和电话，如“李明 13800000000”。"),
        click.Option(
            ["--order"],
            default="",
            metavar="次序",
            help="区县：同一区县的排在一起；产值：从大到小。不写则按给出的次序。",
        ),
        click.Option(["--copies"], default="", metavar="份数", help="往上报几份，如 3 或 正本1副本2；不写则照通知。"),
        click.Option(
            ["--have"],
            type=click.IntRange(0, 500),
            metavar="份数",
            help="每个集群交来几份；不写则照通知要求申报主体的。",
        ),
        click.Option(
            ["--received"],
            type=click.Path(path_type=Path, file_okay=False),
            metavar="文件夹",
            help="收到的签章件：里面一个集群一个文件夹，以集群名称命名；文件原样放入。",
        ),
        click.Option(
            ["--set-again"],
            is_flag=True,
            help="没有申报表文件的集群，由集群文件夹的数据重新排印，标明“未签章”。",
        ),
        click.Option(["--dry-run"], is_flag=True, help="试运行：走完全过程，但不写任何文件。"),
        output_option(),
        library_option(),
        *font_options(),
    ],
    callback=_run,
    nothing=_NOTHING,
)
