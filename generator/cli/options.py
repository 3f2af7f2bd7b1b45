"""The arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.wording import Argument

if TYPE_CHECKING:
    from generator.measure.fonts import FontLibrary


def cluster_argument() -> click.Argument:
    """Return the argument that names a cluster: its folder or its cluster.yaml."""
    return Argument(
        ["cluster"],
        type=click.Path(path_type=Path),
        metavar="集群",
        description="集群文件夹，或其中的 cluster.yaml。",
    )


def form_option(*, required: bool = True) -> click.Option:
    """Return the option that names the form by its id."""
    words = "申报表代号，如 national-2025；shenbao forms 列出全部。"
    if required:  # a default, be it None, would count as given
        return click.Option(["--form"], required=True, metavar="申报表", help=words)
    return click.Option(["--form"], default="", metavar="申报表", help=words)


def notice_option() -> click.Option:
    """Return the option that names the notice."""
    return click.Option(
        ["--notice"],
        default="",
        metavar="通知",
        help="照哪份通知报送，写代号或中文名称，如 shanghai-2024、上海；shenbao notices 列出全部。与 --form 写一个。",
    )


def order_options() -> list[click.Parameter]:
    """Return the options that say what is to be handed in: the notice, and what goes before it."""
    return [
        notice_option(),
        click.Option(["--copies"], default="", metavar="份数", help="报送几份，如 5 或 正本1副本2；不写则照通知。"),
        click.Option(
            ["--discs"],
            type=click.IntRange(0, 99),
            metavar="张数",
            help="报送几张光盘，不要光盘写 0；不写则照通知。",
        ),
    ]


def wish_options() -> list[click.Parameter]:
    """Return the options that ask for what is made for printing on request."""
    return [
        click.Option(
            ["--print-copies"],
            is_flag=True,
            help="把各份排在一个 PDF 里供打印，每份从右手面开始，文件大小与一份相近。",
        ),
        click.Option(["--cover"], is_flag=True, help="另做装订用的封面和书脊签。"),
    ]


def sender_kind_option() -> click.Option:
    """Return the option that says of what kind the sending office is, as notices tell quotas."""
    return click.Option(
        ["--sender-kind"],
        default="",
        metavar="种类",
        help="报送单位是哪一种（通知按种类给名额），如 省、计划单列市；不写则照单位名称和集群所在地判断。",
    )


def date_option() -> click.Option:
    """Return the option that says which day it is, today where it is not given."""
    return click.Option(
        ["--date"], type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="记下的日期，如 2025-05-20；默认今天。"
    )


def output_option() -> click.Option:
    """Return the option that names the folder to write below."""
    return click.Option(
        ["-o", "--output"],
        type=click.Path(path_type=Path),
        default=Path("output"),
        metavar="文件夹",
        help="成果写到哪个文件夹之下，默认 output。",
    )


def json_option() -> click.Option:
    """Return the flag that asks for output that programs read."""
    return click.Option(["--json", "as_json"], is_flag=True, help="输出 JSON，供程序读取。")


def quiet_option() -> click.Option:
    """Return the flag that asks for nothing but errors."""
    return click.Option(["-q", "--quiet"], is_flag=True, help="只显示出错，不显示结果和进度；看退出码。")


def font_options() -> list[click.Parameter]:
    """Return the options that choose the fonts."""
    return [
        click.Option(
            ["--fonts"],
            type=click.Choice(["bundled", "system"]),
            default="bundled",
            metavar="来源",
            help="bundled 用自带字体（默认，各电脑一致），system 用本机字体。",
        ),
        click.Option(
            ["--font-dir", "font_folders"],
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="文件夹",
            help="先用这个文件夹里的字体，可以写多次。",
        ),
    ]


LIBRARY_VARIABLE = "SHENBAO_LIBRARY"
"""The environment variable that names an office's own folders, parted as the system parts the folders of PATH."""


def library_option() -> click.Option:
    """Return the option that adds an office's own folder of forms."""
    return click.Option(
        ["--library", "libraries"],
        type=click.Path(path_type=Path),
        multiple=True,
        envvar=LIBRARY_VARIABLE,
        metavar="文件夹",
        help="先用这个文件夹里自制的表式和通知（其中有 forms、summaries、notices、fields、docx 文件夹），可以写多次；"
        f"也可以写在环境变量 {LIBRARY_VARIABLE} 里。",
    )


def template_option() -> click.Option:
    """Return the option that names a tuned Word template."""
    return click.Option(
        ["--template"],
        type=click.Path(path_type=Path),
        metavar="模板.docx",
        help="用自己调过字体、列宽的 Word 模板，代替自带的（自带的在 templates/docx）。",
    )


def template_bytes(path: Path | None) -> bytes | None:
    """Return the template that `template_option` named, None where it did not. Raises MissingError for what is no file."""
    from generator.errors import MissingError, reason_of

    if path is None:
        return None
    try:
        return standing(path).read_bytes()
    except OSError as error:
        raise MissingError(f"读不到模板 {path}：{reason_of(error)}。", "请检查 --template 后面的路径。") from error


def font_library(source: str, folders: tuple[Path, ...]) -> FontLibrary:
    """Return the fonts that `font_options` chose. Raises MissingError for a folder that is none."""
    from generator.measure.fonts import FontLibrary

    if source == "bundled" and not folders:
        return FontLibrary.bundled()
    return FontLibrary.with_folders(folders, system=source == "system")


def standing(path: Path) -> Path:
    """Return `path`, named on the command line, if it is there. Raises MissingError otherwise."""
    from generator.errors import MissingError

    if not path.exists():
        raise MissingError(f"找不到 {path}。", "请检查路径是否写对；新建集群文件夹用 shenbao new。")
    return path
