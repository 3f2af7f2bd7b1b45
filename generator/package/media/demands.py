"""The media that an order asks for."""

from __future__ import annotations

from generator.notices.definition import ELECTRONIC, EVIDENCE, FORM, OFFICE, Demand, Notice
from generator.notices.order import DISC, Order
from generator.package.media.rules import MediumDemand, MediumKind

_STICK = "U盘"
_APPLICANTS = (FORM, EVIDENCE)
"""What an applicant can put on a medium of what notices name; the rest (汇总表, 推荐文件) is the office's."""
_MEGABYTE = 1024 * 1024


def demands_of(order: Order) -> tuple[MediumDemand, ...]:
    """Return the discs, sticks and mails of `order`: what its notice asks for, and the discs that the operator says.

    The applicant's own step goes before those of offices. Discs of unknown number are none (N102 tells); every address gets its mail,
    but those of which all is the office's to send. Each holds what the notice asks to be on it; a disc of which the notice says
    nothing holds everything.
    """
    return (*_discs(order), *_sticks(order.notice), *_mails(order))


def _discs(order: Order) -> tuple[MediumDemand, ...]:
    if not order.discs:
        return ()
    asked = _first(order.notice, DISC)
    return (MediumDemand(kind=MediumKind.DISC, number=order.discs, limit=_limit(asked), holds=_holds(asked)),)


def _sticks(notice: Notice | None) -> tuple[MediumDemand, ...]:
    asked = _first(notice, _STICK)
    if asked is None or not _holds(asked):
        return ()
    number = asked.copies.total if asked.copies else 1
    return (MediumDemand(kind=MediumKind.USB, number=number, limit=_limit(asked), holds=_holds(asked)),)


def _mails(order: Order) -> tuple[MediumDemand, ...]:
    return tuple(
        MediumDemand(
            kind=MediumKind.MAIL,
            limit=_limit(demand),
            address=demand.address,
            sender=delivery.sender if delivery.by == OFFICE else "",
            holds=_holds(demand),
        )
        for delivery, demand in order.addresses
        if _holds(demand)
    )


def _first(notice: Notice | None, medium: str) -> Demand | None:
    return next((demand for _, demand in notice.demanded(ELECTRONIC, medium)), None) if notice else None


def _holds(demand: Demand | None) -> tuple[str, ...]:
    """What of the applicant's a medium is to hold; nothing where nobody says."""
    return tuple(material for material in demand.holds if material in _APPLICANTS) if demand is not None else ()


def _limit(demand: Demand | None) -> int | None:
    return demand.limit * _MEGABYTE if demand is not None and demand.limit is not None else None
