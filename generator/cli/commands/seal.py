"""`shenbao seal`: scans of the signed sheets in their places, then discs and mails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    font_library,
    font_options,
    form_option,
    library_option,
    notice_option,
    output_option,
    standing,
)
from generator.cli.report import findings_as_tree, say_findings
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument, PathType

if TYPE_CHECKING:
    from generator.forms.library import Library
    from generator.package.media.rules import MediumDemand
    from generator.package.sealing.seal import Sealed

_MEGABYTE = 1024 * 1024


def _run(
    audience: Audience,
    source: Path,
    form: str,
    notice: str,
    output: Path,
    scans: Path,
    draft: str,
    printed: str,
    discs: int | None,
    usb: bool,
    mail: str | None,
    mail_limit: int | None,
    dry_run: bool,
    libraries: tuple[Path, ...],
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.forms.library import Library
    from generator.package.sealing.seal import seal

    library = Library.standard(libraries)
    package = _package(standing(source, "成果"), output, library, form, notice)
    with audience.progress() as progress:
        sealed = seal(
            package,
            standing(scans, "扫描件"),
            library,
            font_library(fonts, font_folders),
            draft=draft,
            printed=printed,
            demands=_demands(discs, usb, mail, mail_limit),
            dry_run=dry_run,
            progress=progress,
        )
    return Told(lambda: _as_tree(sealed), lambda: _tell(sealed))


def _package(source: Path, output: Path, library: Library, form: str, notice: str) -> Path:
    """Return where the 稿 are: `source` itself, or where builds of the cluster that it is wrote them."""
    from generator.cluster.load import FILE_NAME
    from generator.keeping import find_series

    if source.name != FILE_NAME and not (source / FILE_NAME).is_file():
        return source
    asked = library.notice(notice).id if notice else form
    return find_series(source, output, library, asked)


_NOTHING: dict[str, object] = {
    "draft": None,
    "sealed": None,
    "changed": False,
    "pages": [],
    "unsigned": [],
    "files": [],
}


def _demands(discs: int | None, usb: bool, mail: str | None, mail_limit: int | None) -> tuple[MediumDemand, ...]:
    """Return the media that the command line asks for, none where it says nothing of any."""
    from generator.errors import UsageError
    from generator.package.media.rules import MediumDemand, MediumKind

    if mail_limit is not None and mail is None:
        raise UsageError("--mail-limit 要和 --mail 一起用。", "--mail 后面写收件人的邮箱，不知道的写 ''。")
    demands = [MediumDemand(kind=MediumKind.DISC, number=discs)] if discs else []
    if usb:
        demands.append(MediumDemand(kind=MediumKind.USB))
    if mail is not None:
        limit = mail_limit * _MEGABYTE if mail_limit is not None else None
        demands.append(MediumDemand(kind=MediumKind.MAIL, address=mail, limit=limit))
    return tuple(demands)


def _tell(sealed: Sealed) -> None:
    if sealed.findings:
        say_findings(sealed.findings)
    for page, scan in sealed.placed:
        console.say(f"  {page} ← {scan}")
    for _, pages in sealed.unsigned:
        console.say(f"  未签章：{'；'.join(pages)}")
    if sealed.written is None:
        console.say("这是试运行，没有写任何文件。会写出：")
    elif sealed.written.changed:
        console.say(f"已生成签章版：{sealed.written.draft}")
    else:
        console.say(f"内容没有变化，没有再写。签章版是：{sealed.written.draft}")
    for file in sealed.files:
        console.say(f"  {file.path}" + (f"（{file.pages} 页）" if file.pages else ""))


def _as_tree(sealed: Sealed) -> dict[str, object]:
    written = sealed.written
    return {
        "draft": str(sealed.draft),
        "sealed": str(written.draft) if written else None,
        "changed": written.changed if written else False,
        "pages": [{"page": page, "scan": scan} for page, scan in sealed.placed],
        "unsigned": [{"paper": paper, "pages": list(pages)} for paper, pages in sealed.unsigned],
        "files": [{"role": file.role, "path": file.path, "pages": file.pages} for file in sealed.files],
        **findings_as_tree(sealed.findings),
    }


command = TellingCommand(
    "seal",
    help="装盘：把签字盖章后的扫描件（封面、真实性声明、自我声明等，或者全册）换进 PDF 的那几页，再做光盘、U盘、邮件；"
    "没有扫描件的页照旧，标明“未签章”。"
    "结果写在原来那一稿旁边（第003稿_签章1），原来的稿不改动。"
    "\n\n扫描件照哪一稿打印，记在扫描件文件夹的 登记.json 里；打印以后改过的页，扫描件不能用，会指出是哪一页、改了什么。"
    "\n\n不写 --discs、--usb、--mail 时，照这一稿生成时要的做；那时没有要的，做一张光盘。",
    params=[
        Argument(
            ["source"],
            type=PathType(),
            metavar="成果",
            description="shenbao build 生成的成果：某一稿的文件夹，或放各稿的文件夹；也可以写集群文件夹。",
        ),
        form_option(required=False),
        notice_option(),
        output_option(),
        click.Option(
            ["--scans"],
            type=PathType(),
            required=True,
            metavar="文件夹",
            help="扫描件（PDF、JPG、PNG）的文件夹，或一个文件。文件名写“封面”“九”“第12页”“全册”“自我声明”；"
            "页数正好时可以不管文件名。",
        ),
        click.Option(
            ["--draft"], default="", metavar="稿", help="签章版用哪一稿，如 第003稿（或第01版）；默认当前的一稿。"
        ),
        click.Option(
            ["--printed"],
            default="",
            metavar="稿",
            help="扫描的纸是照哪一稿（或第几版）打印的；默认就是签章版的那一稿，各稿不同时要写明。",
        ),
        click.Option(
            ["--discs"], type=click.IntRange(1, 99), metavar="张数", help="做光盘，要几张（几份标签，映像相同）。"
        ),
        click.Option(["--usb"], is_flag=True, help="做 U盘 用的文件夹。"),
        click.Option(["--mail"], default=None, metavar="邮箱", help="做邮件，写收件人的邮箱；不知道的写 ''。"),
        click.Option(
            ["--mail-limit"],
            type=click.IntRange(1, 10_000),
            metavar="MB",
            help="一封邮件最大多少 MB（编码以后），默认 20。",
        ),
        click.Option(["--dry-run"], is_flag=True, help="试运行：检查扫描件，走完全过程，但不写任何文件。"),
        library_option(),
        *font_options(),
    ],
    callback=_run,
    nothing=_NOTHING,
)
