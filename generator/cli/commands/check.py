"""`shenbao check`: everything that is wrong with a cluster's data for one form, or worth a look."""

from __future__ import annotations

from pathlib import Path

from generator.cli import console
from generator.cli.options import (
    cluster_argument,
    font_library,
    font_options,
    form_option,
    json_option,
    library_option,
    standing,
)
from generator.cli.report import findings_as_text, findings_as_tree
from generator.cli.wording import Command


def _run(
    cluster: Path, form: str, as_json: bool, libraries: tuple[Path, ...], fonts: str, font_folders: tuple[Path, ...]
) -> int:
    from generator.findings import blocking
    from generator.forms.library import Library
    from generator.prepared import prepare

    library = Library.standard(libraries)
    findings = prepare(standing(cluster), form, library, font_library(fonts, font_folders)).findings
    if as_json:
        console.say_json(findings_as_tree(findings))
    else:
        console.say(findings_as_text(findings))
    return 1 if blocking(findings) else 0


command = Command(
    "check",
    help="检查集群数据能不能填这份申报表，按申报表的顺序逐条列出：在哪个文件的哪行哪列、申报表的哪一栏，"
    "现为什么，应为什么，怎么办。\n\n有“必须改”的问题时退出码为 1。",
    params=[cluster_argument(), form_option(), json_option(), library_option(), *font_options()],
    callback=_run,
)
