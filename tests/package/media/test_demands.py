"""What notices and operators ask for becomes discs, sticks and mails."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from generator.forms.library import Library
from generator.notices.definition import Demand, Notice
from generator.notices.order import Order, take_order
from generator.package.media.demands import demands_of
from generator.package.media.plan import plan_media
from generator.package.media.rules import MediumDemand, MediumKind
from tests.package.media.samples import RULES, handed_in

LIBRARY = Library.standard()


def order(notice: str, discs: int | None = None) -> Order:
    return take_order(LIBRARY.file_names(), notice=LIBRARY.notice(notice), discs=discs)


def with_demand(demand: Demand) -> Order:
    """The order of Shanghai's notice, with `demand` in place of its own."""
    notice = LIBRARY.notice("shanghai-2024")
    step = notice.application.model_copy(update={"demands": (demand,)})
    changed: Notice = notice.model_copy(update={"deliveries": (step, *notice.deliveries[1:])})
    return take_order(LIBRARY.file_names(), notice=changed)


def test_shanghai_asks_for_two_discs() -> None:
    assert demands_of(order("shanghai-2024")) == (
        MediumDemand(kind=MediumKind.DISC, number=2, holds=("申报表", "佐证材料")),
    )


def test_hubei_asks_for_a_disc_and_a_mail_that_the_city_sends() -> None:
    disc, mail = demands_of(order("hubei-2024"))
    assert (disc.kind, disc.number) == (MediumKind.DISC, 1)
    assert (mail.kind, mail.address, mail.sender) == (MediumKind.MAIL, "zxc87122161@163.com", "各市州经信部门")
    assert disc.holds == mail.holds == ("申报表",), "the table of recommendation is the office's"
    assert "M303" in [finding.code for finding in plan_media(handed_in(), [mail], RULES).findings]


def test_the_operator_may_say_how_many_discs() -> None:
    assert demands_of(order("shanghai-2024", discs=3))[0].number == 3
    assert demands_of(order("shanghai-2024", discs=0)) == ()
    assert demands_of(take_order(LIBRARY.file_names(), form="national-2025")) == ()


def test_discs_of_unknown_number_are_none() -> None:
    asked = order("miit-2025")
    assert asked.discs is None and MediumKind.DISC not in [demand.kind for demand in demands_of(asked)]


def test_a_notice_may_say_how_large_a_mail_or_a_file_may_be() -> None:
    mail = Demand(material="电子版", medium="电子邮件", address="a@b.cn", holds=("申报表",), limit=10)
    assert demands_of(with_demand(mail)) == (
        MediumDemand(kind=MediumKind.MAIL, address="a@b.cn", limit=10 * 1024 * 1024, holds=("申报表",)),
    )
    stick = Demand.model_validate({"material": "电子版", "medium": "U盘", "copies": 2, "holds": ["申报表"], "limit": 5})
    (asked,) = demands_of(with_demand(stick))
    assert asked == MediumDemand(kind=MediumKind.USB, number=2, limit=5 * 1024 * 1024, holds=("申报表",))


def test_a_medium_that_holds_the_papers_of_an_office_only_is_not_the_applicants() -> None:
    mail = Demand(material="电子版", medium="电子邮件", address="a@b.cn", holds=("汇总表", "推荐文件"))
    stick = Demand.model_validate({"material": "电子版", "medium": "U盘", "copies": 1, "holds": ["汇总表"]})
    assert demands_of(with_demand(mail)) == () and demands_of(with_demand(stick)) == ()


def test_discs_that_no_notice_speaks_of_hold_everything() -> None:
    alone = take_order(LIBRARY.file_names(), form="national-2025", discs=1)
    assert demands_of(alone) == (MediumDemand(kind=MediumKind.DISC, number=1),)


def test_paper_has_no_limit_in_megabytes() -> None:
    with pytest.raises(ValidationError, match="limit"):
        Demand.model_validate({"material": "申报表", "copies": 1, "limit": 5})
