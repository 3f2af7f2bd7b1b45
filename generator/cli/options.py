"""The arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.session import Session
from generator.cli.wording import Argument, PathType

if TYPE_CHECKING:
    from generator.cluster.registers.ahead import ReadingAhead
    from generator.measure.fonts import FontLibrary


def cluster_argument() -> click.Argument:
    """Return the argument that names a cluster: its folder or its cluster.yaml."""
    return Argument(
        ["cluster"],
        type=PathType(),
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


def made_for_option() -> click.Option:
    """Return the option that tells which of several submissions is meant, by its notice."""
    return click.Option(["--notice"], default="", metavar="通知", help="哪份通知的申报；只有一份时不用写。")


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


def sources_argument(description: str) -> click.Argument:
    """Return the argument that names the clusters of an office."""
    return Argument(
        ["sources"],
        type=PathType(),
        nargs=-1,
        required=True,
        metavar="集群…",
        description=description,
    )


def sender_options() -> list[click.Parameter]:
    """Return the options of an office that sends many clusters on: who it is, and in which order they stand."""
    return [
        click.Option(
            ["--level"],
            default="",
            metavar="级别",
            help="报送单位的级别，决定盖章一行怎样写，如 省级、市级；不写则照通知或官方文本。",
        ),
        click.Option(["--sender"], default="", metavar="单位", help="报送单位的全称；不写则空着，供填写或盖章。"),
        click.Option(
            ["--sender-kind"],
            default="",
            metavar="种类",
            help="报送单位是哪一种（通知按种类给名额），如 省、计划单列市；不写则照单位名称和集群所在地判断。",
        ),
        click.Option(["--contact"], default="", metavar="联系人", help="联系人和电话，如“李明 13800000000”。"),
        click.Option(
            ["--order"],
            default="",
            metavar="次序",
            help="区县：同一区县的排在一起；产值：从大到小。不写则按给出的次序。",
        ),
    ]


def making_options() -> list[click.Parameter]:
    """Return the options of every command that makes papers: where to, by whose library and fonts."""
    return [output_option(), library_option(), *font_options()]


def date_option() -> click.Option:
    """Return the option that says which day it is, today where it is not given."""
    return click.Option(
        ["--date"], type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="记下的日期，如 2025-05-20；默认今天。"
    )


def output_option() -> click.Option:
    """Return the option that names the folder to write below."""
    return click.Option(
        ["-o", "--output"],
        type=PathType(),
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
            type=PathType(),
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
        type=PathType(),
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
        type=PathType(),
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


def register_of(cluster: Path) -> ReadingAhead:
    """Return the register of `cluster`, being read: since the command line began, where its first words told of it."""
    session = click.get_current_context().find_object(Session) or Session()
    return session.register_of(cluster)


def standing(path: Path, what: str = "") -> Path:
    """Return `path`, named on the command line, if it is there; `what` says what it is to be. Raises MissingError otherwise."""
    from generator.errors import MissingError, reason_of

    try:
        if path.exists():
            return path
    except OSError as error:
        raise MissingError(f"读不到{what} {path}：{reason_of(error)}。", "请检查有没有读取的权限。") from error
    advice = "请检查路径是否写对。"
    if '"' in str(path):
        advice = "用双引号括起来的路径，末尾不要写反斜杠“\\”：它会把引号和后面的选项都当成路径。"
    elif not path.parent.exists():
        advice = f"也没有 {path.parent} 这个文件夹：请检查路径是否写对，是否在对的文件夹里运行。"
    raise MissingError(f"找不到{what} {path}。", advice)


_NO_CLUSTER = frozenset(
    {".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".docx", ".doc", ".wps", ".odt", ".pdf", ".zip", ".json"}
)


def standing_cluster(path: Path) -> Path:
    """Return `path`, named as a cluster, if it is there. Raises MissingError otherwise, UsageError for a file of another kind."""
    from generator.errors import MissingError, UsageError

    if path.suffix.lower() in _NO_CLUSTER and path.is_file():
        raise UsageError(
            f"{path.name} 不是集群数据文件。", f"请写它所在的集群文件夹：{path.parent}，或其中的 cluster.yaml。"
        )
    try:
        return standing(path, "集群")
    except MissingError as error:
        raise MissingError(str(error), f"{error.advice}新建集群文件夹用 shenbao new。") from None
