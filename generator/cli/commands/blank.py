"""`shenbao blank`: the blank official form, for filling by hand."""

from __future__ import annotations

from pathlib import Path

from generator.cli import console
from generator.cli.options import font_options, output_option
from generator.cli.wording import Argument, Command


def _run(form: str, output: Path, fonts: str, font_folders: tuple[Path, ...]) -> None:
    from generator.build import FontOptions, blank

    for path in blank(form, output, FontOptions(system=fonts == "system", folders=font_folders)):
        console.say(str(path))


command = Command(
    "blank",
    help="生成空白申报表，docx 和 PDF 各一份，供手工填写。",
    params=[
        Argument(["form"], metavar="申报表", description="申报表代号，如 national-2025；shenbao forms 列出全部。"),
        output_option(),
        *font_options(),
    ],
    callback=_run,
)
