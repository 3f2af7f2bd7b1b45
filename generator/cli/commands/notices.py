"""`shenbao notices`: the notices that are known, or all that one of them asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli import console
from generator.cli.columns import width
from generator.cli.options import library_option
from generator.cli.telling import Audience, TellingCommand, Told
from generator.cli.wording import Argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.notices.definition import Delivery, Demand, Notice


def _run(audience: Audience, name: str, libraries: tuple[Path, ...]) -> Told:
    from generator.forms.library import Library

    library = Library.standard(libraries)
    if name:
        notice = library.notice(name)
        return Told(lambda: _as_tree(notice), lambda: console.say("\n".join(_whole(notice))))
    notices = [library.notice(identifier) for identifier in library.notice_ids()]
    return Told(
        lambda: {"notices": [_as_tree(notice) for notice in notices]},
        lambda: console.say("\n\n".join(_in_short(notice) for notice in notices)),
    )


def _in_short(notice: Notice) -> str:
    lines = [f"{notice.id}  {'、'.join(notice.names) or notice.title}", f"    {notice.title}（{notice.number}）"]
    for delivery in notice.deliveries:
        asked = "，".join(_demand(demand) for demand in delivery.demands) or "报送什么没有写明"
        lines.append(f"    {_way(delivery)}：{asked}；期限 {delivery.deadline.in_words}")
    return "\n".join(lines)


def _whole(notice: Notice) -> Iterator[str]:
    yield f"{notice.id}  {notice.title}"
    dated = f"{notice.date.year}年{notice.date.month}月{notice.date.day}日" if notice.date else ""
    facts = (
        ("文号", notice.number),
        ("发文单位", notice.issuer),
        ("发文日期", dated),
        ("级别", notice.level),
        ("又名", "、".join(notice.names)),
        ("上级通知", notice.under),
        ("申报表", notice.form or "本工具没有定义，生成时另写 --form"),
        ("认定标准", notice.standard),
        ("汇总表", notice.summary.id if notice.summary else notice.summary_note),
        ("附件号", "、".join(f"{material}是{mark}" for material, mark in notice.annexes.items())),
    )
    yield from (f"    {name}：{text}" for name, text in facts if text)
    for delivery in notice.deliveries:
        yield ""
        yield from _delivery(delivery)
    if notice.quota:
        yield ""
        yield "推荐名额"
        yield from (f"    {'、'.join(quota.senders)}：不超过{quota.at_most}个" for quota in notice.quota)
        yield f"    依据：{notice.quota_clause}"
    if notice.offices:
        yield ""
        yield "各区主管部门"
        yield from (_told(office.place, f"{office.name}  {office.telephone}") for office in notice.offices)
    if notice.contacts or notice.notes:
        yield ""
        yield from (f"联系人：{contact.name}  {contact.telephone}" for contact in notice.contacts)
        yield from (f"注意：{note}" for note in notice.notes)
    if notice.source:
        yield f"出处：{notice.source}"


def _delivery(delivery: Delivery) -> Iterator[str]:
    yield f"{delivery.name}：{_way(delivery)}（{delivery.level}）"
    yield f"    期限：{delivery.deadline.in_words}"
    if delivery.deadline.note:
        yield f"          {delivery.deadline.note}"
    if delivery.route or delivery.address:
        yield f"    怎么送：{'、'.join(delivery.route)}{'，' if delivery.route and delivery.address else ''}{delivery.address}"
    for demand in delivery.demands:
        yield f"    要交：{_demand(demand)}"
        if demand.note:
            yield f"          {demand.note}"
    for name, text in (("说明", delivery.note), ("依据", delivery.clause)):
        if text:
            yield f"    {name}：{text}"


def _demand(demand: Demand) -> str:
    what = f"{demand.medium}（{'、'.join(demand.holds)}）" if demand.holds else str(demand.material)
    if demand.address:
        return f"{what}发到 {demand.address}" + (f"，一封最大 {demand.limit} MB" if demand.limit else "")
    if demand.copies is None:
        return f"{what}{'张数' if demand.medium == '光盘' else '份数'}不清楚"
    number = f"{demand.copies.total}张" if demand.medium == "光盘" else demand.copies.in_words
    details = [
        *(["盖公章"] if demand.sealed else []),
        *([demand.binding] if demand.binding else []),
        *([f"与{'、'.join(demand.bound_with)}合订"] if demand.bound_with else []),
    ]
    return f"{what}{number}" + (f"（{'，'.join(details)}）" if details else "")


def _way(delivery: Delivery) -> str:
    return f"{delivery.sender} → {delivery.recipient}"


def _told(term: str, meaning: str) -> str:
    return f"    {term}{' ' * max(2, 12 - width(term))}{meaning}"


def _as_tree(notice: Notice) -> object:
    return notice.model_dump(mode="json")


command = TellingCommand(
    "notices",
    help="列出申报通知；写一份通知的代号或中文名称，则列出它的全部要求：交什么、几份、什么介质、交给谁、什么时候交、"
    "推荐名额、各区的联系方式。通知没有写明的，照实说不清楚。",
    params=[
        Argument(
            ["name"],
            required=False,
            default="",
            metavar="通知",
            description="通知的代号、文号或中文名称，如 shanghai-2024、上海；不写则列出全部。",
        ),
        library_option(),
    ],
    callback=_run,
)
