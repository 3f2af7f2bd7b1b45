"""`shenbao blank`: the blank official form or summary table, for filling by hand."""

from __future__ import annotations

from pathlib import Path

from generator.cli import console
from generator.cli.options import (
    font_library,
    font_options,
    library_option,
    output_option,
    template_bytes,
    template_option,
)
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument


def _run(
    audience: Audience,
    form: str,
    output: Path,
    libraries: tuple[Path, ...],
    template: Path | None,
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.errors import UsageError
    from generator.forms.library import Library
    from generator.package.loose import write_loose
    from generator.package.names import safe_name

    library, chosen = Library.standard(libraries), font_library(fonts, font_folders)
    if form in library.summary_ids():
        if template is not None:
            raise UsageError("汇总表没有可以调的模板，不能写 --template。")
        from generator.recommending.summarising import draft_workbook_of, print_blank_summary
        from generator.summary.draft_workbook import DRAFT_WORKBOOK

        summary, printed = print_blank_summary(form, library, chosen)
        stem, more = f"{summary.title}_空白", {DRAFT_WORKBOOK: draft_workbook_of(form, library)}
    else:
        from generator.build import print_blank

        definition, printed = print_blank(form, library, chosen, template_bytes(template))
        stem = f"{definition.title}（{definition.edition}年）_空白"
        more = {}
    files = {safe_name(stem, ".docx"): printed.docx, safe_name(stem, ".pdf"): printed.pdf, **more}
    written = write_loose(output, files)

    def say() -> None:
        for path in written:
            console.say(f"已生成：{path}")

    return Told(lambda: {"form": form, "files": [str(path) for path in written]}, say)


command = TellingCommand(
    "blank",
    help="生成空白的申报表或汇总表，docx 和 PDF 各一份，供手工填写。汇总表另有一份汇总底稿.xlsx：一行一个集群，"
    "填好后由 shenbao summary 做成表。已有的同名文件（例如已经填了的）不会被改动。",
    params=[
        Argument(
            ["form"], metavar="表式", description="申报表或汇总表的代号，如 national-2025；shenbao forms 列出全部。"
        ),
        output_option(),
        library_option(),
        template_option(),
        *font_options(),
    ],
    callback=_run,
)
