"""What 打印装订说明 tells: figures and names only; its words stand in the document's definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.notices.definition import Copies, Delivery, Notice
from generator.package.page_labels import spans
from generator.package.printing.binding import Volume
from generator.package.printing.job import PrintJob
from generator.package.printing.settings import PrintSettings

_YES = "是"
_NOT_KNOWN = "待定"


def instructions(
    job: PrintJob, volumes: Sequence[Volume], settings: PrintSettings, names: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the document `print-instructions` is filled with.

    `volumes` hold the papers in order, `names` the file names of what else was made for printing, by role.
    """
    order, notice = job.order, job.order.notice
    copies = order.copies
    discs = "" if order.discs is None else f"{order.discs} 张" if order.discs else "不要求"
    return {
        "集群名称": job.applicant.name,
        "通知": notice.title if notice else "",
        "文号": notice.number if notice else "",
        "无通知": "" if notice else _YES,
        **_papers(volumes, settings),
        "份数": copies.in_words if copies else "",
        "各份": "、".join(copies.names) if copies else "",
        "份数待定": "" if copies else _YES,
        "另印": _printed_apart(volumes, copies),
        "封皮": names.get("copy-sheet.pdf", ""),
        "合印": "”“".join(name for role, name in names.items() if role.startswith("copies-")),
        "草稿": job.mark,
        "大张": spans(job.larger),
        "装订": _binding(notice) if notice else "",
        "骑缝章": _YES if order.seam else "",
        "装订不明": "" if notice and _binding(notice) else _YES,
        "步骤们": [_step(delivery) for delivery in notice.deliveries] if notice else [],
        "收件": _office(notice, job.applicant.county) if notice else "",
        "光盘": discs,
        "注意们": [{"文字": note} for note in _not_told(notice)] if notice else [],
    }


def _papers(volumes: Sequence[Volume], settings: PrintSettings) -> dict[str, Any]:
    papers = [(paper, number) for number, volume in enumerate(volumes, start=1) for paper in volume.papers]
    return {
        "材料们": [
            {
                "次序": str(position),
                "文件": paper.name,
                "页": str(paper.pages),
                "张": str(paper.sheets),
                "份数": _number(paper.copies),
                "册": f"第{number}册",
            }
            for position, (paper, number) in enumerate(papers, start=1)
        ],
        "总页": str(sum(paper.pages for paper, _ in papers)),
        "总张": str(sum(volume.sheets for volume in volumes)),
        "册们": [
            {
                "册": f"第{number}册",
                "装什么": "、".join(paper.material for paper in volume.papers),
                "张": str(volume.sheets),
                "厚": f"{volume.sheets * settings.paper.thickness:.1f}",
            }
            for number, volume in enumerate(volumes, start=1)
        ],
        "纸": settings.paper.name,
        "纸厚": f"{settings.paper.thickness:g}",
        "每册张数": str(settings.sheets_per_volume),
    }


def _printed_apart(volumes: Sequence[Volume], copies: Copies | None) -> str:
    """The materials of which there are more or fewer copies than of the others: they are in no file of all copies."""
    papers = (paper for volume in volumes for paper in volume.papers)
    apart = [
        f"{paper.material}（{paper.copies.in_words}）"
        for paper in papers
        if copies is not None and paper.copies is not None and paper.copies.total != copies.total
    ]
    return "、".join(dict.fromkeys(apart))


def _number(copies: Copies | None) -> str:
    return str(copies.total) if copies else _NOT_KNOWN


def _binding(notice: Notice) -> str:
    """How the notice wants the papers bound, in its words; empty where it does not say."""
    told = (
        f"{demand.material}{demand.binding}" + (f"，与{'、'.join(demand.bound_with)}合订" if demand.bound_with else "")
        for demand in notice.application.demands
        if demand.binding or demand.bound_with
    )
    return "；".join(told)


def _step(delivery: Delivery) -> dict[str, str]:
    mails = tuple(demand.address for demand in delivery.demands if demand.address)
    ways = [*delivery.route, *([delivery.address] if delivery.address else []), *mails]
    return {
        "谁": delivery.sender,
        "交给谁": delivery.recipient,
        "期限": delivery.deadline.in_words,
        "怎么送": "，".join(ways) or "通知没有写明",
    }


def _office(notice: Notice, county: str) -> str:
    """The office that takes the papers in, with its telephone; empty where the notice lists none for `county`."""
    office = notice.office_for(county)
    return f"{county}的收件单位：{office.name}，电话 {office.telephone}。" if office else ""


def _not_told(notice: Notice) -> tuple[str, ...]:
    notes = [demand.note for demand in notice.application.demands] + [notice.application.deadline.note, *notice.notes]
    return tuple(dict.fromkeys(note for note in notes if note))
