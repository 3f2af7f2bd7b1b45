"""The grammar of a notice (`templates/notices/*.yaml`): what is to be handed in, by whom, to whom, how many, until when.

docs/notices.md explains every construct. What a notice does not say is null and has a note; nothing is filled in for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from generator.notices.file_names import check_pattern

FORM = "申报表"
EVIDENCE = "佐证材料"
SUMMARY = "汇总表"
LETTER = "推荐文件"
ELECTRONIC = "电子版"
APPLICANT = "申报主体"
OFFICE = "主管部门"

_WORDS = {"正本": "originals", "副本": "duplicates"}

Material = Literal["申报表", "佐证材料", "汇总表", "推荐文件", "电子版"]
Party = Literal["申报主体", "主管部门"]
Medium = Literal["纸质", "光盘", "U盘", "电子邮件"]
Route = Literal["直接报送", "邮寄", "特快专递"]
SignedToo = Literal["清单", "计算说明", "佐证对应表"]
Level = Literal["县级", "区级", "市级", "省级", "国家级"]


def is_held(material: str, holds: Sequence[str]) -> bool:
    """Whether `material` is on a medium that is to hold `holds`: lists and the like, which no notice names, go with the evidence."""
    named = material in get_args(Material)
    return bool(material) and (material if named else EVIDENCE) in holds


class NoticePart(BaseModel):
    """Base of every construct of a notice: values, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Copies(NoticePart):
    """How many copies: `5` (一式5份), or `{正本: 1, 副本: 2}`."""

    plain: int = Field(default=0, ge=0, le=500)
    originals: int = Field(default=0, ge=0, le=500)
    duplicates: int = Field(default=0, ge=0, le=500)

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, data: Any) -> Any:
        if isinstance(data, int) and not isinstance(data, bool):
            return {"plain": data}
        return {_WORDS.get(key, key): value for key, value in data.items()} if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _one_way(self) -> Copies:
        if not self.total:
            raise ValueError("份数至少为1；通知没有写的，写 null 并用 note 说明")
        if bool(self.plain) == self.told_apart:
            raise ValueError("份数写一个数，或者分别写正本、副本")
        return self

    @property
    def total(self) -> int:
        """All copies together."""
        return self.plain + self.originals + self.duplicates

    @property
    def told_apart(self) -> bool:
        """Whether 正本 and 副本 are told apart."""
        return bool(self.originals or self.duplicates)

    @property
    def names(self) -> tuple[str, ...]:
        """What each copy is called, in order: 正本, 副本1, 副本2; or 第1份, 第2份."""
        if not self.told_apart:
            return tuple(f"第{number}份" for number in range(1, self.plain + 1))
        return (*_numbered("正本", self.originals), *_numbered("副本", self.duplicates))

    @property
    def in_words(self) -> str:
        """一式5份, or 正本1份、副本2份."""
        if not self.told_apart:
            return f"一式{self.plain}份"
        parts = (("正本", self.originals), ("副本", self.duplicates))
        return "、".join(f"{word}{number}份" for word, number in parts if number)


class Demand(NoticePart):
    """One line of what is handed in: a material on a medium, and how many.

    `copies` None: the notice does not say, and `note` says so. `by` is who makes the material. `holds` tells what an electronic
    version carries, `bound_with` what the material is bound with, `binding` how; empty where the notice does not say.
    `address` is where an e-mail goes, `limit` how large one mail or disc, or a stick's file, may be in MB where the notice says,
    `sealed` whether the notice asks for the office's seal, `seam` whether for a seal across the edges of all sheets (骑缝章).
    """

    material: Material
    medium: Medium = "纸质"
    copies: Copies | None = None
    by: Party = "申报主体"
    holds: tuple[Material, ...] = ()
    binding: str = ""
    bound_with: tuple[Material, ...] = ()
    sealed: bool = False
    seam: bool = False
    address: str = ""
    limit: int | None = Field(default=None, ge=1)
    note: str = ""

    @model_validator(mode="after")
    def _fits_together(self) -> Demand:
        what = f"{self.material}（{self.medium}）"
        if self.medium == "电子邮件":
            if not self.address or self.copies is not None:
                raise ValueError(f"{what}要写 address（收件邮箱），不写份数")
        elif self.copies is None and not self.note:
            raise ValueError(f"{what}没有份数：通知没有写的，要用 note 说明")
        if (self.material == ELECTRONIC) != bool(self.holds):
            raise ValueError(f"{what}：holds（装什么）只有“{ELECTRONIC}”要写，也必须写")
        if self.limit is not None and self.medium == "纸质":
            raise ValueError(f"{what}：limit（最大多少 MB）只有光盘、U盘、电子邮件能写")
        if self.seam and self.medium != "纸质":
            raise ValueError(f"{what}：seam（骑缝章）只有纸上的能写")
        if (self.material == ELECTRONIC) == (self.medium == "纸质"):
            raise ValueError(f"{what}：光盘、U盘、电子邮件上的写作“{ELECTRONIC}”，纸上的不能写“{ELECTRONIC}”")
        return self


class Deadline(NoticePart):
    """Until when: a date, or who settles it (由区确定); neither where the notice says nothing, and `note` says so."""

    date: datetime.date | None = None
    settled_by: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Deadline:
        if sum((self.date is not None, bool(self.settled_by))) > 1:
            raise ValueError("期限写 date 或 settled_by，只能写一个")
        if self.date is None and not self.settled_by and not self.note:
            raise ValueError("期限写 date（日期）或 settled_by（由谁确定）；通知没有写的，用 note 说明")
        return self

    @property
    def in_words(self) -> str:
        """2024年5月15日前, 由区确定, or that it is not known."""
        if self.date is not None:
            return f"{self.date.year}年{self.date.month}月{self.date.day}日前"
        return self.settled_by or "通知没有写明"


class Delivery(NoticePart):
    """One step of the way up: `sender` hands the demanded to `recipient`.

    `by` tells the applicant's step from those of offices, `level` is the recipient's. `demands` is empty where the notice names no papers.
    """

    name: str
    by: Party
    sender: str
    recipient: str
    level: Level
    deadline: Deadline
    route: tuple[Route, ...] = ()
    address: str = ""
    demands: tuple[Demand, ...] = ()
    clause: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _demanded_or_noted(self) -> Delivery:
        if not self.demands and not self.note:
            raise ValueError(f"“{self.name}”没有 demands：通知没有写报送什么，要用 note 说明")
        seen = [(demand.material, demand.medium) for demand in self.demands]
        for material, medium in seen:
            if seen.count((material, medium)) > 1:
                raise ValueError(f"“{self.name}”里{material}（{medium}）写了两次")
        return self


class Quota(NoticePart):
    """How many clusters a sender of some kinds (省, 计划单列市) may recommend at most."""

    senders: tuple[str, ...] = Field(min_length=1)
    at_most: int = Field(ge=1)


class Contact(NoticePart):
    """Whom to ask: a person or an office, and the telephone as printed."""

    name: str
    telephone: str = ""


class Office(Contact):
    """An office that takes papers in, by what the notice calls it, and the place that it is for."""

    place: str


class LetterWords(NoticePart):
    """What the office's letter of recommendation (推荐文件) says under this notice; empty: the usual words.

    `addressee` is whom it is written to, `subject` what is recommended, `kind` the kind of letter (函, 报告, 请示).
    """

    addressee: str = ""
    subject: str = ""
    kind: str = ""
    opening: str = ""
    closing: str = ""


class SummaryAsked(NoticePart):
    """The summary table that a notice asks for: its definition, and the edition (year)."""

    id: str
    edition: int | None = None


class Notice(NoticePart):
    """A whole notice.

    `names` are what people call it, `place` is the province whose clusters alone it is for (empty: all), `under` the notice of the
    office above that it passes on. `form` is None where no definition of its form is known; `summary` None where no summary table
    is asked for or none is known, with `summary_note` telling which. `annexes` are the marks (附件2) that the notice gives its
    papers, `files` patterns of file names in place of the usual ones, `signed` the papers that it wants signed and sealed by the
    applicant besides those that
    always are (申报表, 自我声明, 情况说明).
    """

    id: str
    title: str
    issuer: str
    level: Level
    number: str = ""
    date: datetime.date | None = None
    names: tuple[str, ...] = ()
    place: str = ""
    under: str = ""
    form: str | None = None
    standard: str = ""
    summary: SummaryAsked | None = None
    summary_note: str = ""
    annexes: dict[Material, str] = Field(default_factory=dict)
    deliveries: tuple[Delivery, ...] = Field(min_length=1)
    quota: tuple[Quota, ...] = ()
    quota_clause: str = ""
    letter: LetterWords = LetterWords()
    offices: tuple[Office, ...] = ()
    contacts: tuple[Contact, ...] = ()
    files: dict[str, str] = Field(default_factory=dict)
    signed: tuple[SignedToo, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Notice:
        if self.form is None and not self.notes:
            raise ValueError("form 为空时要在 notes 里说明：通知用的是哪一版申报表")
        if self.summary is None and not self.summary_note:
            raise ValueError("summary 为空时要写 summary_note：通知不要求汇总表，还是不清楚")
        if sum(delivery.by == APPLICANT for delivery in self.deliveries) != 1:
            raise ValueError(f"deliveries 里要有且只有一步由“{APPLICANT}”报送")
        for pattern in self.files.values():
            check_pattern(pattern)
        return self

    @property
    def application(self) -> Delivery:
        """The applicant's own step."""
        return next(delivery for delivery in self.deliveries if delivery.by == APPLICANT)

    @property
    def called(self) -> tuple[str, ...]:
        """Everything that the notice goes by: id, title, number, names."""
        return tuple(name for name in (self.id, self.title, self.number, *self.names) if name)

    def demanded(self, material: str, medium: str) -> Iterator[tuple[Delivery, Demand]]:
        """Yield the demands for `material` on `medium`, from the applicant's step upwards."""
        for delivery in sorted(self.deliveries, key=lambda step: step.by != APPLICANT):
            for demand in delivery.demands:
                if (demand.material, demand.medium) == (material, medium):
                    yield delivery, demand

    def limit_for(self, sender: str) -> int | None:
        """Return how many clusters a sender of the kind `sender` (省, 计划单列市) may recommend; None where nothing is said."""
        return next((quota.at_most for quota in self.quota if sender in quota.senders), None)

    def annex_of(self, material: str) -> str | None:
        """Return the mark (附件2) that the notice gives `material`, None where it gives none."""
        return next((mark for named, mark in self.annexes.items() if named == material), None)

    def office_for(self, place: str) -> Office | None:
        """Return the office that takes papers in for `place` (浦东新区), None where the notice lists none."""
        return next((office for office in self.offices if place and office.place == place), None)


def _numbered(word: str, number: int) -> tuple[str, ...]:
    return (word,) if number == 1 else tuple(f"{word}{one}" for one in range(1, number + 1))
