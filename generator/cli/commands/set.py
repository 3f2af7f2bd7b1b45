"""`shenbao set`: one value of cluster.yaml corrected in its place, with its consequences and its reason."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.options import (
    cluster_argument,
    date_option,
    font_library,
    font_options,
    library_option,
    output_option,
    standing_cluster,
)
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument
from generator.errors import BlockedError, UsageError
from generator.findings import PATH_MARK

if TYPE_CHECKING:
    from generator.correcting import Desk, Proposal
    from generator.corrections.locating import Candidate

_MOST_CANDIDATES = 20
_MOST_ROWS = 20
_LONGEST = 40
_NEGATIVE = re.compile(r"-[0-9０-９].*")


def _run(
    audience: Audience,
    cluster: Path,
    words: str,
    value: str,
    remove: bool,
    add: bool,
    reason: str,
    by: str,
    date: datetime.datetime | None,
    form: str,
    notice: str,
    output: Path,
    override: bool,
    yes: bool,
    dry_run: bool,
    libraries: tuple[Path, ...],
    fonts: str,
    font_folders: tuple[Path, ...],
) -> Told:
    from generator.correcting import open_desk, write
    from generator.corrections.records import Record
    from generator.forms.library import Library

    for text in (words, value):
        if text.startswith("-") and not _NEGATIVE.fullmatch(text):
            raise click.NoSuchOption(text, ctx=click.get_current_context())
    if not reason.strip():
        raise UsageError("没有写改正的理由。", "请用 --reason 写明，例如 --reason 统计局核定数。")
    library, chosen = Library.standard(libraries), font_library(fonts, font_folders)
    desk = open_desk(standing_cluster(cluster), library, chosen, output=output, form=form, notice=notice)
    proposal = _proposed(desk, words, value, remove=remove, add=add)
    if audience.is_people:
        _tell(desk, proposal)
    if proposal.refused:
        raise BlockedError(
            f"“{proposal.new}”填不进这一项，没有改动任何文件。", proposal.refused, "请照上面所列改写新的值。"
        )
    if dry_run:
        return _told(desk, proposal, None, "这是试运行，没有改动任何文件。")
    asks = audience.is_people and _asks(yes)
    if not _confirmed(proposal, override=override, yes=yes, asks=asks):
        return _told(desk, proposal, None, "没有改动任何文件。")
    when = (date or datetime.datetime.now()).date()
    candidate = proposal.candidate
    derived = proposal.old if candidate.derived else ""
    record = Record(
        when, PATH_MARK.join(candidate.words), proposal.old, proposal.new, reason.strip(), by.strip(), derived
    )
    records = write(desk, proposal, record)
    done = (
        f"已改：{desk.file}，理由记在 {records.name}。",
        "下一步：用 shenbao build 生成新的一稿，用 shenbao diff 对照以前各稿。",
    )
    return _told(desk, proposal, records, *done)


def _proposed(desk: Desk, words: str, value: str, *, remove: bool, add: bool) -> Proposal:
    """Return what the command line asks for: a value changed or taken out, or a fact of 工作 added or taken out."""
    from generator.cluster.catalogue import FACTS
    from generator.correcting import propose, propose_fact, propose_removal

    if remove and add:
        raise UsageError("--add 和 --remove 只能写一个。")
    if words.strip() == FACTS:
        if not value.strip() or not (remove or add):
            raise UsageError(
                "“工作”一次添一项或删一项。",
                "例如：shenbao set 集群 工作 建立共享车间 --add --reason 已建成；删去写 --remove。",
            )
        return propose_fact(desk, value.strip(), remove=remove)
    if add:
        raise UsageError("--add 只用来给“工作”添一项。", "别的项直接写新的值。")
    if remove:
        if value.strip():
            raise UsageError("删去一项不写值。", "写了值的，去掉 --remove 就是改成这个值。")
        return propose_removal(desk, _chosen(desk, words))
    return propose(desk, _chosen(desk, words), value)


def _confirmed(proposal: Proposal, *, override: bool, yes: bool, asks: bool) -> bool:
    """Whether the change is wanted, by the command line or by who `asks` are put to. Raises UsageError where nobody says so."""
    if proposal.candidate.derived and not (override or (asks and _agreed("这个数是推算的。仍要直接填写，代替推算？"))):
        raise UsageError(
            "这个数是由别的数推算的，没有改动任何文件。",
            "请改它所依据的名录或数（--dry-run 列出）；确实要直接填写的，加 --override，检查结果里会留一条“请核对”。",
        )
    if not yes and not asks:
        raise UsageError("没有得到确认，没有改动任何文件。", "看过影响（--dry-run 列出），加 --yes 再运行一次。")
    return yes or _agreed("要改吗？")


def _told(desk: Desk, proposal: Proposal, records: Path | None, *lines: str) -> Told:
    return Told(
        lambda: _as_tree(desk, proposal, records),
        lambda: console.say("\n".join(lines)),
    )


def _as_tree(desk: Desk, proposal: Proposal, records: Path | None) -> dict[str, object]:
    from generator.cli.changes import effect_as_tree
    from generator.cli.report import findings_as_tree

    candidate = proposal.candidate
    return {
        "changed": records is not None,
        "file": str(desk.file),
        "records": str(records) if records is not None else None,
        "place": list(candidate.words),
        "line": candidate.position.line if candidate.position is not None else None,
        "column": candidate.position.column if candidate.position is not None else None,
        "old": proposal.old,
        "new": proposal.new,
        "unit": proposal.unit,
        "derived": candidate.derived,
        "renamed": proposal.renamed,
        "effects": [effect_as_tree(effect) for effect in proposal.effects],
        **findings_as_tree(proposal.blocking),
    }


def _asks(yes: bool) -> bool:
    """Whether there is somebody to ask."""
    return not yes and sys.stdin is not None and sys.stdin.isatty()


def _agreed(question: str) -> bool:
    return click.prompt(f"{question}（是/否）", default="否", show_default=False).strip() in {"是", "y", "Y", "yes"}


def _chosen(desk: Desk, words: str) -> Candidate:
    """Return the one value that is meant. Raises UsageError for none, or several, which it lists."""
    from generator.correcting import find
    from generator.corrections.locating import without_pages

    found, rest = find(desk, words), without_pages(words)
    if not found and rest != words and (others := find(desk, rest)):
        listed = "\n".join(f"  {line}" for line in map(_candidate, others[:_MOST_CANDIDATES]))
        raise UsageError(
            f"“{words}”：那一页上没有“{rest}”，没有改动任何文件。找到的是：\n{listed}", "请核对页码，或不写页码。"
        )
    if not found:
        raise UsageError(
            f"没有找到“{words}”。{_perhaps(desk, rest)}",
            "可以写字段名、申报表上的栏目名、页码或原来的数，如 “第6页 集群总产值 2023”；"
            "勾选由“工作”“事件”推出（“工作”写 --add、--remove），名单由名录推出，请在那里改。",
        )
    if len(found) > 1:
        listed = "\n".join(f"  {line}" for line in map(_candidate, found[:_MOST_CANDIDATES]))
        more = f"\n  ……共 {len(found)} 处" if len(found) > _MOST_CANDIDATES else ""
        raise UsageError(
            f"“{words}”可能是下列 {len(found)} 处，没有改动任何文件：\n{listed}{more}",
            "请写得再具体些：加上年份、页码或上一级的名称。",
        )
    return found[0]


def _perhaps(desk: Desk, words: str) -> str:
    """The field whose name is most like one of `words`, as a question."""
    from difflib import get_close_matches

    names = list(desk.forms[0].prepared.catalogue.fields)
    near = [name for word in words.split() for name in get_close_matches(word, names, n=1)]
    return f"是不是“{near[0]}”？" if near else ""


def _candidate(candidate: Candidate) -> str:
    """A candidate with its place in the data, what it says, and where forms print it."""
    said = candidate.printed or "（空）"
    said = _cut(said)
    places = "；".join(f"{place.form} {place.page} {PATH_MARK.join(place.path)}" for place in candidate.places[:2])
    return f"{PATH_MARK.join(candidate.words)}：{said}" + (f"（{places}）" if places else "")


def _cut(text: str) -> str:
    """A long text by its beginning."""
    line = text.replace("\n", " ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…（{len(line)}个字符）"


def _tell(desk: Desk, proposal: Proposal) -> None:
    from generator.cli.changes import effect_as_text
    from generator.cli.report import say_findings

    candidate = proposal.candidate
    unit = f"（{proposal.unit}）" if proposal.unit else ""
    where = f"{candidate.position}" if candidate.position is not None else f"{desk.file.name}，新写一项"
    new = _cut(proposal.new) or "（删去）"
    console.say(f"{PATH_MARK.join(candidate.words)}{unit}：{_cut(proposal.old) or '（空）'} → {new}（{where}）")
    for line in _behind(proposal):
        console.say(line)
    if proposal.refused:
        return
    for form, effect in zip(desk.forms, proposal.effects, strict=False):
        console.say(f"{form.prepared.form.title}（{form.order.folder}）：")
        console.say(effect_as_text(effect))
    if proposal.renamed:
        console.say(f"集群名称变为“{proposal.renamed}”：以后各稿写到以它命名的文件夹，编号另起。")
    if proposal.blocking:
        console.say(f"改了以后会新出现“必须改”的问题{'，在别的栏目' if proposal.new else ''}：")
        say_findings(proposal.blocking)


def _behind(proposal: Proposal) -> Iterator[str]:
    """What a derived figure rests on, and the difference that is to be found there."""
    from generator.indicators.behind import difference

    behind = proposal.behind
    if behind is None:
        return
    derived = behind.derived
    given = "" if proposal.candidate.derived else "（表上印的是直接填写的数）"
    yield f"这个数可以推算：{derived.formula}＝{derived.numbers}{given}"
    for one in behind.inputs:
        place = f"（{one.position}）" if one.position is not None else "（推算）"
        yield f"  {one.year}年{one.name}：{one.value:f}{place}"
    rows = sorted(behind.rows, key=lambda row: -row.number)
    for row in rows[:_MOST_ROWS]:
        number = "" if behind.counted else f"：{row.number:f}{behind.unit}"
        yield f"  {row.name}{number}（{row.position}）"
    if len(rows) > _MOST_ROWS:
        yield f"  ……共 {len(rows)} 行"
    lacking = difference(behind, proposal.new)
    if lacking is not None and lacking.number:
        word = "多" if lacking.number > 0 else "少"
        yield f"新的数比推算的{word} {abs(lacking.number):f}{lacking.unit or proposal.unit}，请在上列各数里找。"


command = TellingCommand(
    "set",
    help="更正一个数：在 cluster.yaml 里原地改，其余一个字节也不动；先列出影响（哪一页、哪一栏、哪些推算数、"
    "哪些检查结果、旧数还留在哪句话里），问过再改，理由记在旁边的 更正记录.yaml。"
    "\n\n--remove 删去一项；“工作”用 --add、--remove 添一项、删一项。"
    "\n\n推算出来的数先列出背后的各行和差额；名录（企业清单.xlsx）里的数请打开它改。",
    params=[
        cluster_argument(),
        Argument(
            ["words"],
            metavar="字段",
            description="如 “实绩 › 集群总产值 › 2023”、“集群总产值 2023”、“第6页 集群总产值 2023”，或原来的数 46.88。",
        ),
        Argument(
            ["value"],
            required=False,
            default="",
            metavar="值",
            description="新的值；没有这一项写 无。字段是“工作”时，是要添、要删的那一项。",
        ),
        click.Option(["--remove"], is_flag=True, help="删去这一项（不写值）；“工作”的，删去写明的那一项。"),
        click.Option(["--add"], is_flag=True, help="给“工作”添一项，如 工作 建立共享车间 --add。"),
        click.Option(["--reason"], default="", metavar="理由", help="为什么改，记在 更正记录.yaml（必写）。"),
        click.Option(["--by"], default="", metavar="谁", help="谁提出的。"),
        date_option(),
        click.Option(
            ["--form"],
            default="",
            metavar="申报表",
            help="只看这张申报表；不写就看已经生成过的，或“申报”里写了的各张。",
        ),
        click.Option(["--notice"], default="", metavar="通知", help="只看照这份通知报送的。"),
        output_option(),
        click.Option(["--override"], is_flag=True, help="直接填写一个推算的数，代替推算。"),
        click.Option(["--yes"], is_flag=True, help="不再问，直接改。"),
        click.Option(["--dry-run"], is_flag=True, help="只列出影响，不改文件。"),
        library_option(),
        *font_options(),
    ],
    callback=_run,
    nothing={"changed": False},
    context_settings={"ignore_unknown_options": True},  # a negative number is a value
)
