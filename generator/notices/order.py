"""What one build has to make: a notice and what the operator says besides, as one value that all later stages read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from generator.errors import UsageError
from generator.findings import Finding, Findings, Position, Severity
from generator.frozen import dataclass, field
from generator.notices.definition import ELECTRONIC, FORM, Copies, Delivery, Demand, Notice
from generator.notices.file_names import FileNames

PAPER = "纸质"
DISC = "光盘"
COPIES = "份数"
"""What the operator says of the number of copies is called so."""
MOST_COPIES = 500
_TOLD_APART = re.compile(r"(?:正本(\d{1,3})份?)?[、，,+\s]*(?:副本(\d{1,3})份?)?")


@dataclass(frozen=True)
class Order:
    """What is to be made: the form's id, its annex mark and standard, how many copies and discs, what files are called.

    `copies` and `discs` are None where neither the notice nor the operator says them, `notice` where a form alone was asked
    for. `given` holds what the operator said, as typed (份数, 光盘).
    """

    form: str
    files: FileNames
    notice: Notice | None = None
    copies: Copies | None = None
    discs: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """What the folder of the 稿 is called after: the notice, or the form."""
        return self.notice.id if self.notice else self.form

    @property
    def annex(self) -> str:
        """The mark (附件1) that the notice gives the form; empty where it gives none."""
        return self.notice.annexes.get("申报表", "") if self.notice else ""

    @property
    def standard(self) -> str:
        """The standard that the notice judges by, empty where the form's own counts."""
        return self.notice.standard if self.notice else ""

    def copies_of(self, material: str) -> Copies | None:
        """Return how many copies of `material` are handed in on paper; None where nobody says.

        What the operator says holds for all; a material that the notice does not name goes with the form.
        """
        if COPIES in self.given or self.notice is None or not any(self.notice.demanded(material, PAPER)):
            return self.copies
        return _demanded(self.notice, material, PAPER)[0]

    @property
    def signed(self) -> tuple[str, ...]:
        """The papers that the notice wants signed and sealed besides those that always are."""
        return self.notice.signed if self.notice else ()

    @property
    def seam(self) -> bool:
        """Whether the notice wants a seal across the edges of all sheets (骑缝章) of every copy."""
        return any(demand.seam for demand in self.notice.application.demands) if self.notice else False

    @property
    def addresses(self) -> tuple[tuple[Delivery, Demand], ...]:
        """The e-mails that the notice asks for, each with the step that it belongs to."""
        return tuple(self.notice.demanded(ELECTRONIC, "电子邮件")) if self.notice else ()


def take_order(
    files: FileNames, *, notice: Notice | None = None, form: str = "", copies: str = "", discs: int | None = None
) -> Order:
    """Return the order for `notice`, or for the form with the id `form` alone.

    `copies` (`5`, `正本1副本2`) and `discs` go before what the notice says. A number of copies without 正本 and 副本, where the
    notice tells them apart, keeps the notice's 正本.
    Raises UsageError where neither or both of `notice` and `form` are given (a notice whose form has no definition needs
    both), and for copies that can't be read.
    """
    if notice is None:
        if not form:
            raise UsageError("要写 --notice（照哪份通知报送）或 --form（哪张申报表），写一个。", _LISTED)
        return Order(form, files, None, read_copies(copies), discs, _given(copies, discs))
    if form and notice.form:
        raise UsageError(
            f"--notice 和 --form 只能写一个：这份通知用的申报表是 {notice.form}。", "请去掉 --form，或者去掉 --notice。"
        )
    if not form and not notice.form:
        raise UsageError(f"通知 {notice.id} 用的申报表本工具没有定义。", "请另写 --form，指明用哪一张申报表。")
    demanded, _ = _demanded(notice, FORM, PAPER)
    return Order(
        notice.form or form,
        files.with_own(notice.files),
        notice,
        read_copies(copies, demanded) or demanded,
        _discs(notice) if discs is None else discs,
        _given(copies, discs),
    )


def order_again(
    files: FileNames,
    form: str,
    notice: Notice | None = None,
    asked: Mapping[str, str] = MappingProxyType({}),
    *,
    copies: str = "",
    discs: int | None = None,
) -> Order:
    """Return the order that a package of `form` was built for: `asked` is what the operator said then (`Order.given`).

    `copies` and `discs` go before that. Raises UsageError as `take_order` does.
    """
    if discs is None and asked.get(DISC, "").isdecimal():
        discs = int(asked[DISC])
    alone = "" if notice is not None and notice.form else form
    return take_order(files, notice=notice, form=alone, copies=copies or asked.get(COPIES, ""), discs=discs)


def read_copies(text: str, like: Copies | None = None) -> Copies | None:
    """Return the copies that `text` names: `5`, `正本1副本2`; None for an empty text.

    A plain number keeps the 正本 of `like`, where that tells them from 副本. Raises UsageError for anything else.
    """
    if not text.strip():
        return None
    if text.strip().isdecimal():
        total, originals = int(text), like.originals if like else 0
        if 1 <= total <= MOST_COPIES:
            if not originals:
                return Copies(plain=total)
            kept = min(originals, total)
            return Copies(originals=kept, duplicates=total - kept)
    elif match := _TOLD_APART.fullmatch(text.strip()):
        first, second = (int(number or 0) for number in match.groups())
        if 1 <= first + second <= MOST_COPIES:
            return Copies(originals=first, duplicates=second)
    raise UsageError(f"看不懂份数“{text}”。", f"写一个数（1 至 {MOST_COPIES}），或写成 正本1副本2。")


@dataclass(frozen=True)
class Said:
    """What a cluster says of itself that a notice has something to say to, and where; empty where it doesn't."""

    text: str = ""
    position: Position | None = None


_NOTHING = Said()


def examine_order(order: Order, applied: Said = _NOTHING, province: Said = _NOTHING) -> Findings:
    """Return what the operator should know of `order`.

    `applied` is the submission's 申报时间 (2024-05-06), `province` the cluster's 省.

    N101, N102: the notice does not tell the copies or discs; N103: it tells them for the next office only; N104, N105: the
    operator asks for other numbers than the notice; N106: the application is dated after the notice's date; N107: the notice is
    for clusters of another province.
    """
    notice = order.notice
    if notice is None:
        return ()
    return (
        *_elsewhere(notice, province),
        *_copies_findings(order, notice),
        *_disc_findings(order, notice),
        *_late(notice, applied),
    )


_LISTED = "shenbao notices 列出通知，shenbao forms 列出申报表。"


def _copies_findings(order: Order, notice: Notice) -> Findings:
    demanded, asked = _demanded(notice, FORM, PAPER)
    if order.copies is None:
        note = next((demand.note for _, demand in notice.demanded(FORM, PAPER) if demand.note), "")
        return (
            Finding(
                "N101",
                Severity.CHECK,
                "通知没有写申报表要交几份，打印说明里标明“份数待定”",
                path=notice.id,
                found=note,
                remedy="问清后加 --copies 再生成，例如 --copies 5，或 --copies 正本1副本2。",
            ),
        )
    if COPIES in order.given:
        return _other_copies(order.copies, demanded, asked)
    if asked is not None and asked[0] is not notice.application:
        return (_from_next_office("N103", asked[0], order.copies.in_words, notice.application),)
    return ()


def _other_copies(copies: Copies, demanded: Copies | None, asked: tuple[Delivery, Demand] | None) -> Findings:
    if demanded is None or asked is None or copies == demanded:
        return ()
    return (
        Finding(
            "N104",
            Severity.CHECK,
            "--copies 与通知要求的份数不同",
            found=copies.in_words,
            expected=f"{demanded.in_words}（{asked[0].sender}报{asked[0].recipient}）",
            remedy="有意如此（例如自己另留一份）就不必改。",
            clause=asked[0].clause,
        ),
    )


def _disc_findings(order: Order, notice: Notice) -> Findings:
    demands = tuple(notice.demanded(ELECTRONIC, DISC))
    demanded = _discs(notice)
    if order.discs is None and demands:
        return (
            Finding(
                "N102",
                Severity.CHECK,
                "通知没有写光盘要交几张",
                path=notice.id,
                found=next((demand.note for _, demand in demands if demand.note), ""),
                remedy="问清后加 --discs 再生成，例如 --discs 2。",
            ),
        )
    if DISC in order.given and demanded is not None and order.discs != demanded:
        delivery = next(step for step, demand in demands if demand.copies)
        return (
            Finding(
                "N105",
                Severity.CHECK,
                "--discs 与通知要求的光盘数不同",
                found=f"{order.discs}张",
                expected=f"{demanded}张（{delivery.sender}报{delivery.recipient}）",
                remedy="有意如此就不必改。",
                clause=delivery.clause,
            ),
        )
    return ()


def _from_next_office(code: str, delivery: Delivery, number: str, application: Delivery) -> Finding:
    return Finding(
        code,
        Severity.NOTE,
        f"份数是{delivery.sender}报{delivery.recipient}的（{number}）；{application.recipient}自己是否另留，通知没有写",
        remedy="问清后可以用 --copies、--discs 改。",
        clause=delivery.clause,
    )


def _elsewhere(notice: Notice, province: Said) -> Findings:
    if not notice.place or not province.text or province.text.startswith(notice.place):
        return ()
    return (
        Finding(
            "N107",
            Severity.CHECK,
            "集群不在这份通知的范围里",
            path="地区",
            position=province.position,
            found=province.text,
            expected=f"{notice.place}的集群（{notice.title}）",
            remedy="请核对是不是用错了通知；shenbao notices 列出全部通知。",
        ),
    )


def _late(notice: Notice, applied: Said) -> Findings:
    dates = [step.deadline.date for step in notice.deliveries if step.deadline.date is not None]
    if not dates or not applied.text or applied.text <= max(dates).isoformat()[: len(applied.text)]:
        return ()
    last = next(step for step in notice.deliveries if step.deadline.date == max(dates))
    return (
        Finding(
            "N106",
            Severity.CHECK,
            "申报时间在通知的期限之后",
            path="申报时间",
            position=applied.position,
            found=applied.text,
            expected=f"不晚于{last.deadline.in_words}（{last.sender}报{last.recipient}的期限）",
            remedy="请核对申报时间，或者是不是用错了通知。",
            clause=last.clause,
        ),
    )


def _demanded(notice: Notice, material: str, medium: str) -> tuple[Copies | None, tuple[Delivery, Demand] | None]:
    """The first number of copies that the notice tells, from the applicant's step upwards, and where it stands."""
    for delivery, demand in notice.demanded(material, medium):
        if demand.copies is not None:
            return demand.copies, (delivery, demand)
    return None, None


def _discs(notice: Notice) -> int | None:
    """How many discs the notice asks for: none where it speaks of none, None where it does not tell the number."""
    if not tuple(notice.demanded(ELECTRONIC, DISC)):
        return 0
    copies, _ = _demanded(notice, ELECTRONIC, DISC)
    return copies.total if copies else None


def _given(copies: str, discs: int | None) -> Mapping[str, str]:
    given = {COPIES: copies.strip(), DISC: "" if discs is None else str(discs)}
    return {name: text for name, text in given.items() if text}
