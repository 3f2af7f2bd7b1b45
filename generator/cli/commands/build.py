"""`shenbao build`: the filled form as the next 稿."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import cluster_argument, font_options, form_option, json_option, output_option
from generator.cli.report import findings_as_text, findings_as_tree
from generator.cli.wording import Command

if TYPE_CHECKING:
    from generator.build import BuildOptions, Built


def _run(
    cluster: Path,
    form: str,
    output: Path,
    draft: bool,
    dry_run: bool,
    as_json: bool,
    fonts: str,
    font_folders: tuple[Path, ...],
) -> int:
    from generator.build import BuildOptions, FontOptions, build

    options = BuildOptions(
        cluster=cluster,
        form=form,
        output=output,
        draft=draft,
        fonts=FontOptions(system=fonts == "system", folders=font_folders),
    )
    if dry_run:
        return _rehearse(options, as_json)
    built = build(options)
    if as_json:
        console.say_json(_as_tree(built))
    else:
        _tell(built)
    return 0


def _rehearse(options: BuildOptions, as_json: bool) -> int:
    from generator.build import prepare
    from generator.findings import blocking

    findings = prepare(options).findings
    if as_json:
        console.say_json(findings_as_tree(findings))
    else:
        console.say(findings_as_text(findings))
        console.say("这是试运行，没有写任何文件。")
    return 1 if blocking(findings) and not options.draft else 0


def _tell(built: Built) -> None:
    if built.findings:
        console.say(findings_as_text(built.findings))
    if built.changed:
        console.say(f"已生成：{built.draft}")
    else:
        console.say(f"内容没有变化，没有写新稿；当前仍是：{built.draft}")
    for file in built.files:
        pages = f"（{file.pages} 页）" if file.pages else ""
        console.say(f"  {file.path}{pages}")


def _as_tree(built: Built) -> dict[str, object]:
    return {
        "draft": str(built.draft),
        "changed": built.changed,
        "files": [
            {"role": file.role, "path": file.path, "sha256": file.sha256, "pages": file.pages} for file in built.files
        ],
        **findings_as_tree(built.findings),
    }


command = Command(
    "build",
    help="检查集群数据，生成申报表（docx 和 PDF），写成新的一稿。已有的稿不改动；内容没有变化时不写新稿。"
    "\n\n有“必须改”的问题时不生成，退出码为 1；加 --draft 则照样生成，每页标明“草稿”。",
    params=[
        cluster_argument(),
        form_option(),
        output_option(),
        click.Option(["--draft"], is_flag=True, help="出草稿：有“必须改”的问题也生成，每页标明“草稿”。"),
        click.Option(["--dry-run"], is_flag=True, help="试运行：只检查，不写任何文件。"),
        json_option(),
        *font_options(),
    ],
    callback=_run,
)
