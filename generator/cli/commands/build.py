"""`shenbao build`: the filled form as the next 稿."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    cluster_argument,
    font_library,
    form_option,
    making_options,
    order_options,
    register_of,
    standing_cluster,
    template_bytes,
    template_option,
    wish_options,
)
from generator.cli.report import findings_as_tree, say_findings
from generator.cli.telling import Audience, TellingCommand, Told

if TYPE_CHECKING:
    from generator.build import Built
    from generator.package.manifest import PackageFile


def _run(
    audience: Audience,
    cluster: Path,
    form: str,
    notice: str,
    copies: str,
    discs: int | None,
    print_copies: bool,
    cover: bool,
    output: Path,
    draft: bool,
    dry_run: bool,
    form_only: bool,
    libraries: tuple[Path, ...],
    template: Path | None,
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    ahead = register_of(cluster)
    from generator.build import build, prepare
    from generator.forms.library import Library
    from generator.notices.order import take_order
    from generator.package.printing.job import PrintWishes

    library, chosen = Library.standard(libraries), font_library(fonts, font_folders)
    tuned = template_bytes(template)
    asked = library.notice(notice) if notice else None
    order = take_order(library.file_names(), notice=asked, form=form, copies=copies, discs=discs)
    wishes = PrintWishes(print_copies, cover) if print_copies or cover else None
    with audience.progress() as progress:
        prepared = prepare(
            standing_cluster(cluster), order.form, library, chosen, order.standard, ahead, progress=progress
        )
        built = build(
            prepared,
            output,
            library,
            chosen,
            order=order,
            wishes=wishes,
            draft=draft,
            dry_run=dry_run,
            template=tuned,
            form_only=form_only,
            progress=progress,
        )
    return Told(lambda: _as_tree(built), lambda: _tell(built))


_ON_A_MEDIUM = ".file"
"""What the roles of files end in that are put on a disc, a stick or into a mail."""
_NOTHING: dict[str, object] = {"draft": None, "changed": False, "files": []}


def _tell(built: Built) -> None:
    if built.findings:
        say_findings(built.findings)
    if built.written is None:
        console.say("这是试运行，没有写任何文件。会写出：")
    elif built.written.changed:
        console.say(f"已生成：{built.written.draft}")
    else:
        console.say(f"内容没有变化，没有写新稿。当前仍是：{built.written.draft}")
    for line in _listed(built.files):
        console.say(f"  {line}")
    if built.amended is not None:
        from generator.cli.copies import amended_as_text

        told = amended_as_text(built.amended)
        if told:
            console.say(told)


def _listed(files: Sequence[PackageFile]) -> Iterator[str]:
    """Yield a line for each file; the many that are only put on a medium once more share the line of their folder."""
    told: set[str] = set()
    for file in files:
        folder = file.path.rpartition("/")[0]
        if not file.role.endswith(_ON_A_MEDIUM):
            yield file.path + (f"（{file.pages} 页）" if file.pages else "")
        elif folder not in told:
            told.add(folder)
            count = sum(other.path.rpartition("/")[0] == folder for other in files)
            yield f"{folder}/（{count} 个文件）"


def _as_tree(built: Built) -> dict[str, object]:
    written = built.written
    return {
        "draft": str(written.draft) if written else None,
        "changed": written.changed if written else False,
        "files": [{"role": file.role, "path": file.path, "pages": file.pages} for file in built.files],
        "corrections": str(built.amended.folder) if built.amended and built.amended.folder else None,
        **findings_as_tree(built.findings),
    }


command = TellingCommand(
    "build",
    help="检查集群数据，生成申报表、清单、佐证材料等整套报送材料，写成新的一稿。已有的稿不改动；内容没有变化时不写新稿。"
    "\n\n照一份通知报送写 --notice：用哪张申报表、几份、几张光盘、文件名和附件号都由通知定；不照哪份通知就写 --form。"
    "\n\n有“必须改”的问题时不生成，退出码为 1；加 --draft 则照样生成，每页标明“草稿”。",
    params=[
        cluster_argument(),
        form_option(required=False),
        *order_options(),
        *wish_options(),
        click.Option(["--draft"], is_flag=True, help="出草稿：有“必须改”的问题也生成，每页标明“草稿”。"),
        click.Option(["--dry-run"], is_flag=True, help="试运行：走完全过程，但不写任何文件。"),
        click.Option(
            ["--form-only"],
            is_flag=True,
            help="只做申报表，不做清单、佐证材料、光盘、自查报告等（自查报告可用 check --report）。",
        ),
        template_option(),
        *making_options(),
    ],
    callback=_run,
    nothing=_NOTHING,
)
