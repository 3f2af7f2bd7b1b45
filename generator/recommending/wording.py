"""What the documents of a recommendation are filled with: the letter, the list for handing over, the count of copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from generator.frozen import dataclass
from generator.notices.definition import ELECTRONIC, FORM, LETTER, SUMMARY, Copies, Demand, Notice
from generator.notices.order import DISC, PAPER
from generator.recommending.asking import OfficeStep
from generator.recommending.counting import PER_CLUSTER, Count, Counts
from generator.recommending.papers import Origin, Paper
from generator.recommending.words import RecommendingWords, said
from generator.summary.table import Sender

_MEDIA_UNITS = {"光盘": "张", "U盘": "个"}
_NOT_KNOWN = "待定"
_UNLIKE = "见下表"


@dataclass(frozen=True)
class Carried:
    """A cluster that is recommended and what is carried for it: its number in the table, its name, its papers.

    `folder` is where they lie in the recommendation, `called` everything that the cluster may be called, the surest first.
    """

    number: str
    name: str
    papers: tuple[Paper, ...]
    folder: str = ""
    called: tuple[str, ...] = ()

    @property
    def form(self) -> Paper | None:
        """The form in print, None where there is none."""
        forms = [paper for paper in self.papers if paper.material == FORM and paper.pages]
        return next((paper for paper in forms if paper.name.lower().endswith(".pdf")), forms[0] if forms else None)

    def pages_of(self, material: str) -> int | None:
        """Return how many pages the prints of `material` have together, None where there are none."""
        prints = [one for one in self.papers if one.material == material and one.name.lower().endswith(".pdf")]
        return sum(one.pages or 0 for one in prints) or None


@dataclass(frozen=True)
class Recommendation:
    """All that the documents tell: notice and step, sender, clusters, counts, the table's title and pages (empty: no table)."""

    notice: Notice
    step: OfficeStep
    sender: Sender
    clusters: tuple[Carried, ...]
    counts: Counts
    table: str
    table_pages: int
    words: RecommendingWords

    @property
    def subject(self) -> str:
        """What is recommended."""
        return self.notice.letter.subject or self.words.letter.subject

    @property
    def sender_name(self) -> str:
        """The sender's name, or what stands for it."""
        return self.sender.name or self.words.letter.sender


def letter(told: Recommendation) -> dict[str, Any]:
    """Return what 推荐文件 is filled with."""
    own, words = told.notice.letter, told.words.letter
    number = f"（{told.notice.number}）" if told.notice.number else ""
    names = {"单位": told.sender.name, "事由": told.subject, "文种": own.kind or words.kind}
    opening = said(
        own.opening or words.opening,
        通知=told.notice.title,
        文号=number,
        数量=str(len(told.clusters)),
        事由=told.subject,
    )
    annexes = _annexes(told)
    return {
        "标题们": [{"文字": said(line, **names)} for line in words.title],
        "主送": own.addressee or told.step.own.recipient,
        "开头": opening,
        "集群们": [{"序号": cluster.number, "名称": cluster.name} for cluster in told.clusters],
        "材料们": [{"文字": f"（{_NUMERALS[index]}）{line}"} for index, line in enumerate(_handed_in(told))],
        "结尾": own.closing or words.closing,
        "首件": annexes[0],
        "附件们": [{"文字": line} for line in annexes[1:]] or [{"文字": ""}],
        "单位": told.sender_name,
        "联系": said(words.contact, 联系人=told.sender.contact) if told.sender.contact else "",
    }


_NUMERALS = "一二三四五六七八九十"


def handover(told: Recommendation, table_copies: Copies | None) -> dict[str, Any]:
    """Return what 材料移交清单 is filled with: everything that is handed over, a line each."""
    rows = list(_handover_rows(told, table_copies))
    pieces = len(told.clusters)
    return {
        "事由": told.subject,
        "移交单位": told.sender_name,
        "接收单位": told.notice.letter.addressee or told.step.own.recipient,
        "行们": [{"序号": str(number), **row} for number, row in enumerate(rows, start=1)],
        "合计": f"共 {len(rows)} 项，其中 {pieces} 个集群的申报材料。页数为每份的页数（不含封皮）。",
    }


def copies_count(told: Recommendation) -> dict[str, Any]:
    """Return what 份数清点表 is filled with."""
    remarks = told.words.remarks
    return {
        "事由": told.subject,
        "行们": [_counted(count, told.step, remarks.not_asked, remarks.not_told) for count in told.counts.papers],
        "集群们": [
            {
                "序号": cluster.number,
                "名称": cluster.name,
                **_received(told.counts, at),
                "文件": "；".join(_files(cluster)) or remarks.paper_only,
                "状态": _state(cluster, told.words),
            }
            for at, cluster in enumerate(told.clusters)
        ],
    }


def _received(counts: Counts, at: int) -> dict[str, str]:
    """What came in of the cluster at `at` (from 0): copies of its form, what remains of them or is wanting, discs."""
    form, discs = counts.of(FORM), counts.of(DISC)
    have = form.have[at] if form else None
    keep = None if form is None or have is None or form.owe is None else max(have - form.owe, 0)
    return {
        "收到": _number(have),
        "留存": _kept(keep, form.wanting(at) if form else 0),
        "光盘": _number(discs.have[at]) if discs else "",
    }


def _files(cluster: Carried) -> Iterator[str]:
    """Yield the names of a cluster's files without its own name; those that differ in their extensions only as one."""
    by_stem: dict[str, list[str]] = {}
    for paper in cluster.papers:
        path = PurePosixPath(paper.name)
        stem = str(path.with_suffix("")).replace(f"_{cluster.name}", "")
        by_stem.setdefault(stem, []).append(path.suffix.lstrip("."))
    for stem, kinds in by_stem.items():
        yield f"{stem}（{'、'.join(kind for kind in kinds if kind)}）"


def _counted(count: Count, step: OfficeStep, not_asked: str, not_told: str) -> dict[str, str]:
    unlike = count.each is None and any(one is not None for one in count.have)
    return {
        "材料": count.material,
        "每个收到": _UNLIKE if unlike else _number(count.each),
        "集群数": str(count.clusters),
        "共收到": _number(count.total),
        "每个应报": _number(count.owe),
        "共应报": _number(None if count.owe is None else count.owe * count.clusters),
        "留存": _kept(count.keep, count.short),
        "说明": f"{step.own.recipient}：{count.words or (not_told if count.asked else not_asked)}",
    }


def _kept(keep: int | None, short: int) -> str:
    """What remains, and what is wanting where anything is."""
    told = (str(keep) if keep or (keep == 0 and not short) else "", f"缺{short}" if short else "")
    return "，".join(one for one in told if one)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _annexes(told: Recommendation) -> list[str]:
    """The annexes as GB/T 9704 (7.3.4) writes them: numbered where there are several, nothing behind the names."""
    names = [told.table] if told.table else []
    names.append(f"{FORM}及有关材料" if len(told.clusters) == 1 else f"各集群{FORM}及有关材料")
    return [f"{number}.{name}" for number, name in enumerate(names, start=1)] if len(names) > 1 else names


def _handed_in(told: Recommendation) -> Iterator[str]:
    """Yield a line for each kind of thing that is handed in: the demands of the step, in the notice's order."""
    for demand in told.step.own.demands:
        if demand.medium == PAPER:
            copies = told.counts.table if demand.material == SUMMARY else demand.copies
            count = told.counts.of(demand.material)
            number = (count.words if count else "") or (copies.in_words if copies else f"份数{_NOT_KNOWN}")
            name = f"《{told.table}》" if demand.material == SUMMARY and told.table else demand.material
            each = "，每个集群" if demand.material in PER_CLUSTER and len(told.clusters) > 1 else ""
            yield f"{name}{each}{number}。"
        else:
            yield f"{_medium(demand)}，内有{'、'.join(demand.holds)}。"


def _medium(demand: Demand) -> str:
    unit = _MEDIA_UNITS.get(demand.medium)
    if unit is None:
        return f"{ELECTRONIC}另发{demand.medium}"
    return f"{ELECTRONIC}{demand.medium}{f'{demand.copies.total}{unit}' if demand.copies else f'（数量{_NOT_KNOWN}）'}"


def _handover_rows(told: Recommendation, table_copies: Copies | None) -> Iterator[dict[str, str]]:
    remarks = told.words.remarks
    yield {"材料": LETTER, "名称": told.subject, "份数": "", "页数": "", "备注": remarks.made}
    if told.table:
        copies = table_copies.in_words if table_copies else _NOT_KNOWN
        pages = str(told.table_pages)
        yield {"材料": SUMMARY, "名称": told.table, "份数": copies, "页数": pages, "备注": remarks.made}
    for count in told.counts.papers:
        if not count.asked:
            continue
        for at, cluster in enumerate(told.clusters):
            printed = cluster.pages_of(count.material)
            if count.material != FORM and printed is None:
                continue
            yield {
                "材料": count.material,
                "名称": cluster.name,
                "份数": _handed_over(count, at),
                "页数": "" if printed is None else str(printed),
                "备注": _state(cluster, told.words) if count.material == FORM else "",
            }
    for demand in told.step.own.demands:
        if demand.medium == PAPER:
            continue
        unit = _MEDIA_UNITS.get(demand.medium)
        number = "" if unit is None else f"{demand.copies.total}{unit}" if demand.copies else _NOT_KNOWN
        place = "" if unit else f" {demand.address}"
        yield {
            "材料": ELECTRONIC,
            "名称": f"{demand.medium}{place}，内有{'、'.join(demand.holds)}",
            "份数": number,
            "页数": "",
            "备注": remarks.made,
        }


def _handed_over(count: Count, at: int) -> str:
    """How many copies of the cluster at `at` (from 0) are handed over: what is asked for, or what there is and what is wanting."""
    wanting = count.wanting(at)
    if not wanting:
        return count.words or _NOT_KNOWN
    return f"{count.have[at]}份，缺{wanting}份"


def _state(cluster: Carried, words: RecommendingWords) -> str:
    """What lists say of a cluster's form."""
    form = cluster.form
    return state_words(form.origin if form else None, words)


def state_words(origin: Origin | None, words: RecommendingWords) -> str:
    """Return what is said of a form that comes from `origin`, None where there is none."""
    return words.remarks.paper_only if origin is None else str(getattr(words.remarks, origin.value))
