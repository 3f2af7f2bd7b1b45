"""What the papers of a correction are filled with: 换页单, 更正说明, 更正记录. Names and figures only; the words stand in documents/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from generator.corrections.changes import Changes, FieldChange
from generator.corrections.copies import CopyCorrection, Offer, PaperSteps, total_cost
from generator.corrections.enclosures import EnclosureChange, moved_together
from generator.corrections.history import Recorded
from generator.corrections.passages import in_one_line, passages
from generator.corrections.registers import MOST_ROWS, tables_not_compared, what_changed
from generator.corrections.rules import Way
from generator.corrections.seams import Seam
from generator.corrections.sheets import Sheet, Step
from generator.findings import PATH_MARK
from generator.forms.signings import Signing
from generator.notices.definition import FORM
from generator.package.page_labels import spans
from generator.package.versions.frozen import version_name
from generator.package.versions.wording import binding_of, done_with

_LONG = 40
_NAMED = 12
_NONE = "—"
_YES = "是"


@dataclass(frozen=True)
class Group:
    """Copies to which the same is done, sheet by sheet, and the print with the new sheets: its file's name."""

    corrections: tuple[CopyCorrection, ...]
    file: str

    @property
    def names(self) -> tuple[str, ...]:
        """What the copies are called."""
        return tuple(one.copy.name for one in self.corrections)

    @property
    def papers(self) -> tuple[PaperSteps, ...]:
        """What is done to each paper."""
        return self.corrections[0].papers


@dataclass(frozen=True)
class Titles:
    """Whose papers they are, and what they are held against: the names that all three papers print.

    `main` is the paper that is told of place by place, `said` what commands are told to name the submission, `recorded` whether
    corrections of its data are recorded with their reasons.
    """

    cluster: str
    form: str
    newest: str
    operator: str = ""
    recipient: str = ""
    main: str = FORM
    said: str = "集群"
    recorded: bool = True

    def names(self) -> dict[str, Any]:
        """Return the names for a document's context."""
        return {
            "集群名称": self.cluster,
            "申报表": self.form,
            "新稿": self.newest,
            "单位": self.operator,
            "收件": self.recipient,
            "主件": self.main,
            "对象": self.said,
        }


def groups_of(corrections: Sequence[CopyCorrection], file: str) -> tuple[Group, ...]:
    """Return the copies that may have sheets exchanged, those together to which the same is done.

    Copies that need the same new sheets share one print, called `file`, numbered where there are several.
    """
    loose = [one for one in corrections if one.offers_way(Way.EXCHANGE) and one.exchange]
    prints = list(dict.fromkeys(one.exchange for one in loose))
    together: dict[Any, list[CopyCorrection]] = {}
    for one in loose:
        key = one.exchange, tuple((each.paper, each.steps, _labels(each)) for each in one.papers)
        together.setdefault(key, []).append(one)
    return tuple(
        Group(tuple(same), f"{file}{prints.index(key[0]) + 1}.pdf" if len(prints) > 1 else f"{file}.pdf")
        for key, same in together.items()
    )


def notices_of(corrections: Sequence[CopyCorrection]) -> tuple[tuple[CopyCorrection, ...], ...]:
    """Return the copies for which a 更正说明 may be added, those together of which the same is to be told."""
    together: dict[Any, list[CopyCorrection]] = {}
    for one in corrections:
        if one.offers_way(Way.NOTICE) and one.changes is not None:
            rows = tuple(tuple(row.items()) for row in change_rows(one.changes))
            others = tuple((each.paper, each.steps) for each in others_of(one))
            together.setdefault((rows, others), []).append(one)
    return tuple(tuple(same) for same in together.values())


def others_of(correction: CopyCorrection) -> tuple[PaperSteps, ...]:
    """Return the papers but the main one that differ: their new pages go with a 更正说明."""
    return tuple(each for each in correction.papers if each.paper != correction.main)


# ── 换页单 ──


def slip_context(
    corrections: Sequence[CopyCorrection], groups: Sequence[Group], titles: Titles, version: int, *, frozen: bool
) -> dict[str, Any]:
    """Return what 换页单 is filled with: the ways for every copy, the sheets of every group, what is signed and sealed again.

    `version` is the number that the newest print has or will have once it is `frozen`.
    """
    needed = [one for one in corrections if one.offers]
    total = total_cost(needed)
    media = [one for one in needed if one.offers_way(Way.BURN)]
    again = [row for one in needed if (row := _signing_group(one))["处们"]]
    return titles.names() | {
        "办法们": [row for one in needed for row in _way_rows(one)],
        "合计张": str(total.sheets),
        "合计签字": str(total.signatures),
        "合计盖章": str(total.seals),
        "合计光盘": str(total.discs),
        "不用动": "、".join(one.copy.name for one in corrections if not one.offers),
        "版式": "、".join(one.copy.name for one in needed if one.layout_only),
        "读不到": "、".join(one.copy.name for one in needed if not one.known),
        "须同意": _YES if any(offer.consent for one in needed for offer in one.offers) else "",
        "组们": [_group(group) for group in groups],
        "签章们": again,
        "版": str(version),
        "版名": version_name(version),
        "未定稿": "" if frozen else _YES,
        "没有写骑缝章": "、".join(one.copy.name for one in needed if _seam_unknown(one)),
        "光盘们": [*_media_rows(media)],
        "集群们": [*_enclosure_rows(needed)],
    }


def _media_rows(media: Sequence[CopyCorrection]) -> Iterator[dict[str, str]]:
    """A row for the discs that lie in one place and lack the same files."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in media:
        together.setdefault((one.copy.where, _names(one.files)), []).append(one.copy.name)
    for (where, files), names in together.items():
        told = "、".join(files[:_NAMED])
        more = f"……共{len(files)}个，都列在“更正.json”里" if len(files) > _NAMED else ""
        yield {"名称": "、".join(names), "所在": where, "文件": f"{told}{more}" or _NONE}


def _enclosure_rows(corrections: Sequence[CopyCorrection]) -> Iterator[dict[str, str]]:
    """A row for every cluster whose papers become other ones, for the copies together in which the same ones do."""
    together: dict[tuple[EnclosureChange, ...], list[str]] = {}
    for one in corrections:
        if one.enclosed:
            together.setdefault(one.enclosed, []).append(one.copy.name)
    for changes, names in together.items():
        for number, change in enumerate(moved_together(changes)):
            yield {
                "份": "" if number else "、".join(names),
                "原序号": change.number_old or _NONE,
                "新序号": change.number_new or _NONE,
                "集群": change.name,
                "怎么办": change.what,
                "文件": "、".join(change.papers) or _NONE,
            }


def _way_rows(one: CopyCorrection) -> Iterator[dict[str, str]]:
    copy = one.copy
    done = "、".join(done_with(copy))
    for number, offer in enumerate(one.offers):
        head = not number
        yield {
            "份": copy.name if head else "",
            "现在": held_in_words(one) if head else "",
            "装订": (binding_of(copy) or _NONE) if head else "",
            "办过": (f"已{done}" if done else f"还没有{copy.kind.making}") if head else "",
            "所在": copy.where if head else "",
            **_offer_row(offer),
            "说明": "、".join(filter(None, ("建议" if head else "", "须受理部门同意" if offer.consent else ""))),
        }


def _offer_row(offer: Offer) -> dict[str, str]:
    cost = offer.cost
    figures = {"张": cost.sheets, "签字": cost.signatures, "盖章": cost.seals, "盘": cost.discs}
    return {"办法": str(offer.way), **{name: str(figure) if figure else _NONE for name, figure in figures.items()}}


def held_in_words(one: CopyCorrection) -> str:
    """Return which version a copy holds: 第01版, 第01版，换过第02版的第3、4张."""
    told = [version_name(one.copy.version)]
    for exchange in one.copy.exchanges:
        sheets = "全部各张" if exchange.sheets is None else f"第{'、'.join(map(str, exchange.sheets))}张"
        told.append(f"换过{version_name(exchange.version)}{exchange.paper}的{sheets}")
    return "，".join(told)


def _group(group: Group) -> dict[str, Any]:
    numbers = count(1)
    rows = [row for each in group.papers for row in _step_rows(each, group.corrections[0].signings, numbers)]
    put_in = sum(len(each.new_sheets) for each in group.papers)
    return {
        "份们": "、".join(group.names),
        "份数": str(len(group.names)),
        "文件": group.file,
        "张": str(put_in),
        "行们": rows,
    }


def _step_rows(each: PaperSteps, signings: Sequence[Signing], numbers: Iterator[int]) -> Iterator[dict[str, str]]:
    borne = {one.sheet for one in signings if one.paper == each.paper}
    for step in each.steps:
        yield {
            "材料": each.paper,
            "抽出": _taken_out(step) if each.held else "新添",
            "原页码": _page_numbers(each.held[step.old - 1]) if step.old else _NONE,
            "打印稿": f"第{next(numbers)}张" if step.new else _NONE,
            "换上": f"新第{step.new}张" if step.new else "不换上",
            "新页码": _page_numbers(each.newest[step.new - 1]) if step.new else _NONE,
            "签章": "有签章" if step.new in borne else _NONE,
        }


def _taken_out(step: Step) -> str:
    if step.old is None:
        return f"第{step.after}张后插入" if step.after else "最前面插入"
    return f"第{step.old}张" if step.new else f"抽去第{step.old}张"


def _page_numbers(sheet: Sheet) -> str:
    labels = sheet.labels
    return f"第{'、'.join(labels)}页" if labels else "封面" if sheet.number == 1 else "无页码"


def _labels(each: PaperSteps) -> tuple[str, ...]:
    return tuple(_page_numbers(each.held[step.old - 1]) for step in each.steps if step.old)


def _signing_group(one: CopyCorrection) -> dict[str, Any]:
    """The places that a copy bears already and loses with its sheets, where these are exchanged."""
    copy = one.copy
    exchange = one.offers_way(Way.EXCHANGE)
    rows = [
        {
            "材料": each.paper,
            "栏目": each.place,
            "页码": each.label or _NONE,
            "张": f"新第{each.sheet}张{'正面' if each.front else '背面'}",
            "单位": each.filler,
            "签字": "、".join(each.signs) or _NONE,
            "盖章": "、".join(each.seals) or _NONE,
            "日期": "要写" if each.dated else _NONE,
        }
        for each in one.signings
        if exchange and ((copy.signed and each.signs) or (copy.sealed and each.seals))
    ]
    rows += [_seam_row(seam) for seam in one.seams if exchange]
    return {"名称": copy.name, "处们": rows}


def _seam_row(seam: Seam) -> dict[str, str]:
    """An impression of the 骑缝章 that is to be set again across the new sheets and those around them."""
    papers = dict.fromkeys(paper for paper, _ in seam)
    sheets = (f"{paper}新第{'、'.join(str(sheet) for each, sheet in seam if each == paper)}张" for paper in papers)
    return {
        "材料": "、".join(papers),
        "栏目": f"骑缝章：跨{'、'.join(sheets)}和前后的张",
        "页码": _NONE,
        "张": "跨各张边缘",
        "单位": "盖骑缝章的单位",
        "签字": _NONE,
        "盖章": "骑缝章1个",
        "日期": _NONE,
    }


def _seam_unknown(one: CopyCorrection) -> bool:
    """Whether the copy is sealed, may have sheets exchanged, and nobody said whether it bears a 骑缝章."""
    return one.copy.sealed and one.copy.seam is None and not one.seams and one.offers_way(Way.EXCHANGE)


def _names(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path.rpartition("/")[2] for path in paths))


# ── 更正说明 ──


def notice_context(corrections: Sequence[CopyCorrection], titles: Titles) -> dict[str, Any]:
    """Return what 更正说明 is filled with, for copies of which the same is to be told."""
    one = corrections[0]
    assert one.changes is not None
    others = others_of(one)
    return titles.names() | {
        "份们": "、".join(each.copy.name for each in corrections),
        "更正们": change_rows(one.changes),
        "佐证们": [
            {"名称": item.name, "变动": item.fate.value, "页码": item.where or _NONE} for item in one.changes.evidence
        ]
        if others
        else [],
        "其他们": [{"材料": each.paper, "页": _new_pages(each)} for each in others],
    }


def _new_pages(each: PaperSteps) -> str:
    told = f"第{spans(each.new_pages)}页" if each.new_pages else f"{len(each.new_sheets)}张" if each.new_sheets else ""
    gone = sum(step.new is None for step in each.steps)
    return "；".join(filter(None, (told, f"作废{gone}张" if gone else "")))


def change_rows(changes: Changes) -> list[dict[str, str]]:
    """Return the changes of the form that show, a row for each passage: number, page, place, old and new."""
    rows = [row for change in changes.fields if change.shows for row in _change_rows(change, changes)]
    return [{"序号": str(number), **row} for number, row in enumerate(rows, start=1)]


def _change_rows(change: FieldChange, changes: Changes) -> Iterator[dict[str, str]]:
    page = _page(change.pages_new, changes.labels_new) or _page(change.pages_old, changes.labels_old)
    row = {"页码": page or _NONE, "栏目": PATH_MARK.join(change.path)}
    if max(len(change.old), len(change.new)) <= _LONG or not (change.old and change.new):
        yield {**row, "原": change.old or "（空）", "新": change.new or "（空）"}
        return
    for one in passages(change.old, change.new):
        before, behind = (text.replace("\n", " ") for text in (one.before, one.behind))
        both = {"原": one.old, "新": one.new}
        yield {**row, **{name: f"{before}{in_one_line(text)}{behind}" for name, text in both.items()}}


def _page(pages: Sequence[int], labels: Sequence[str]) -> str:
    names = [labels[page - 1] for page in pages if page <= len(labels)]
    following = list(pages) == list(range(pages[0], pages[0] + len(pages))) if pages else False
    return f"{names[0]}至{names[-1]}" if following and len(names) > 2 else "、".join(names)


# ── 更正记录 ──


def record_context(
    corrections: Sequence[CopyCorrection], changes: Changes, recorded: Recorded, titles: Titles
) -> dict[str, Any]:
    """Return what 更正记录 is filled with: what changed since the oldest copy, why and who asked, and what becomes of each copy.

    Of the rows of registers it tells the first ones, as `shenbao diff` does.
    """
    return titles.names() | {
        "对照": recorded.since,
        "更正们": change_rows(changes),
        "没有更正": "" if any(change.shows for change in changes.fields) else _YES,
        "佐证们": [
            {"名称": item.name, "变动": item.fate.value, "页码": item.where or _NONE, "说明": item.why or _NONE}
            for item in changes.evidence
        ],
        "名录们": [
            {"名录": change.register, "行": change.row or _NONE, "变动": what_changed(change)}
            for change in changes.registers[:MOST_ROWS]
        ],
        "名录共": str(len(changes.registers)) if len(changes.registers) > MOST_ROWS else "",
        "名录不详": "、".join(tables_not_compared(changes)),
        "记录们": [
            {
                "日期": record.date.isoformat(),
                "栏目": record.place,
                "原": record.old or "（空）",
                "新": record.new or "（空）",
                "理由": record.reason,
                "提出人": record.by or _NONE,
            }
            for record in recorded.records
        ],
        "没有记录": "" if recorded.records or not titles.recorded else _YES,
        "另见集群": "" if titles.recorded else _YES,
        "另有改动": "、".join(recorded.unrecorded) if titles.recorded else "",
        "各份": [
            {
                "份": one.copy.name,
                "现在": held_in_words(one),
                "所在": one.copy.where,
                "建议": str(one.offers[0].way) if one.offers else "不用动",
            }
            for one in corrections
        ],
    }
