"""What a notice asks of an office: its own step, its level, the table, how many clusters it may recommend."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import UsageError
from generator.forms.library import Library
from generator.forms.particulars import Particulars
from generator.forms.reading import read_data
from generator.frozen import dataclass
from generator.notices.definition import OFFICE, Delivery, Notice
from generator.summary.together import Quota

_PLACES = ("市", "省")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SenderKind(_Part):
    """A kind of sender (省, 计划单列市) and the words that names of such offices or places begin with."""

    kind: str
    begins: tuple[str, ...] = Field(min_length=1)

    def fits(self, name: str) -> bool:
        """Whether `name` (of an office or a place) is of this kind."""
        return name.startswith(self.begins)


class _SenderKinds(_Part):
    senders: tuple[SenderKind, ...] = Field(min_length=1)


@dataclass(frozen=True)
class OfficeStep:
    """An office's own step: what it hands to the next, the step by which the papers come to it, and its level."""

    own: Delivery
    before: Delivery

    @property
    def level(self) -> str:
        """The level of the office that hands on: that of who took the papers in."""
        return self.before.level


def office_step(notice: Notice, level: str = "") -> OfficeStep:
    """Return the step of the office of `level` (市级), the first office's where it is empty.

    Raises UsageError where the notice knows no step of such an office.
    """
    steps = [
        OfficeStep(own, before)
        for before, own in zip(notice.deliveries, notice.deliveries[1:], strict=False)
        if own.by == OFFICE
    ]
    chosen = next((step for step in steps if not level or step.level == level), None)
    if chosen is None:
        known = "、".join(f"{step.level}（{step.own.sender}报{step.own.recipient}）" for step in steps) or "没有"
        advice = f"通知写明的：{known}。请换一份通知，或去掉 --level。"
        raise UsageError(f"通知 {notice.id} 里没有{level}单位往上报送的一步。", advice)
    return chosen


def sender_kinds(library: Library) -> tuple[SenderKind, ...]:
    """Return the kinds of senders that `library` knows. Raises MissingError without the file, DefinitionError for a wrong one."""
    return read_data(library.materials("senders"), _SenderKinds, _Part).senders


def quota_of(
    notice: Notice, given: str, sender: str, clusters: Sequence[Particulars], kinds: Sequence[SenderKind]
) -> Quota | None:
    """Return how many clusters the sender may recommend, None where the notice sets no limit.

    The sender's kind is `given`, or told by the name `sender`, or by the places of all clusters; where nothing tells it, the
    quota has neither kind nor limit. Raises UsageError for a kind that the notice does not name.
    """
    if not notice.quota:
        return None
    named = [kind for quota in notice.quota for kind in quota.senders]
    if given and given not in named:
        raise UsageError(f"通知 {notice.id} 的名额里没有“{given}”这一种报送单位。", f"通知写明的：{'、'.join(named)}。")
    kind = given or _told_by_name(sender, kinds) or _told_by_places(clusters, kinds)
    return Quota(kind, notice.limit_for(kind), notice.quota_clause, tuple(named))


def _told_by_name(sender: str, kinds: Sequence[SenderKind]) -> str:
    return next((one.kind for one in kinds if one.fits(sender)), "")


def _told_by_places(clusters: Sequence[Particulars], kinds: Sequence[SenderKind]) -> str:
    for kind in kinds:
        if clusters and all(any(kind.fits(one.value(place)) for place in _PLACES) for one in clusters):
            return kind.kind
    return ""
