"""Names: the cluster, its place and its trade, and the bodies behind it are called the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.rule import Examined, Located, path_of
from generator.cluster.values import NIL
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.arrangement import SlotKind
from generator.forms.places import short_place
from generator.frozen import dataclass, replace

_PLACES = ("省", "市", "县")
_BODIES = ("运营管理机构名称", "主管部门名称")
_NAME, _TRADE = "集群全称", "产业"
_LEVEL = r"(?:省|市(?!场|级)|区(?!域|内|间|级)|县(?!域|级))"
_CLUSTERS = "产业集群"
_HANZI = r"[^\W\d_a-zA-Z]"  # a letter that is none of ours; the range of all hanzi would take a thousandth of a second to compile
_CLUSTER = rf"((?:{_HANZI}|[（）]){{2,24}}?)(?:中小企业)?(?:特色)?{_CLUSTERS}"
_OF_PLACE = rf"(?:^|[，。；、\n“])(?:本|我)?((?:{_HANZI}{{2,7}}?(?:省|市|区|县)(?![级域内])){{1,3}})({_HANZI}{{2,15}}?){_CLUSTERS}"
_NO_PLACE = r"(?:园|开发|示范|城|郊|矿|片|新|地)区$|[是在被为由与和的]"
_NO_TRADE = r"^(?:中小企业)?(?:特色)?$|[是在被为由与和的]"
_MARKS = "，。；、：（）“”/."
_QUOTES = ("“", "”", "‘", "’", "「", "」", "＂")
_ALIKE, _SAME_TRADE = 0.82, 0.6
_SHORTEST = 6


@dataclass(frozen=True)
class _Called:
    """What the cluster's own places, from the province down, its trade (without the word 产业) and the bodies behind it are called."""

    places: tuple[str, ...]
    trade: str
    bodies: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, examined: Examined) -> _Called:
        bodies = tuple((body, _own(examined, body)) for body in _BODIES)
        return cls(tuple(_own(examined, level) for level in _PLACES), _trade(examined), bodies)


@dataclass(frozen=True)
class _Text:
    """A text in which names are looked for, and where it stands."""

    key: str
    path: str
    text: str
    position: Position | None


def names_that_differ(examined: Examined) -> Iterator[Located]:
    """C901: place or trade are written otherwise. C902: another cluster's name. C903: a body's name is written otherwise."""
    called = _Called.of(examined)
    yield from _full_places(examined)
    yield from _doubled(examined)
    yield from _full_name(examined)
    for text in _texts(examined):
        yield from _places(text, called)
        yield from _trades(text, called)
        yield from _bodies(text, called)


def _texts(examined: Examined) -> Iterator[_Text]:
    for filled in examined.filled.slots:
        if filled.slot.kind in {SlotKind.NARRATIVE, SlotKind.PROSE} and isinstance(filled.value, str):
            yield _Text(filled.slot.key, path_of(filled), filled.value, filled.position)
    for item in examined.cluster.evidence:
        for title in (item.name, *item.files):
            yield _Text("", PATH_MARK.join(("佐证材料", item.name)), title, item.position)


def _own(examined: Examined, name: str) -> str:
    given = examined.cluster.value(name, form=examined.filled.form.id)
    return given.text if given is not None else ""


def unfit_bodies(examined: Examined) -> Iterator[Located]:
    """C905: a body that by its name is what the form's instructions say it may not be."""
    form = examined.filled.form
    for unfit in examined.references.plausibility.unfit:
        clause = next((item for item in form.instructions.items if unfit.clause in item), "")
        name = examined.cluster.value(unfit.field, form=form.id)
        if not clause or name is None:
            continue
        same = bool(unfit.other) and _own(examined, unfit.other) == name.text
        if same or any(word in name.text for word in unfit.words):
            slot = next((each for each in examined.filled.slots if each.slot.source == unfit.field), None)
            found = f"{name.text}，与“{unfit.other}”相同" if same else name.text
            path = path_of(slot) if slot is not None else unfit.field
            text = _Text(slot.slot.key if slot is not None else "", path, name.text, name.position)
            wanted = "对集群集中运营管理的园区管委会、园区运营企业或公共服务机构等法人主体"
            key, finding = _located(text, "C905", "请核对能否作为这个机构", found, wanted, "能够作为的不用改。")
            yield key, replace(finding, clause=f"填报说明{clause}")


_FULL_PLACES = {
    "省": ("省", "市", "自治区", "行政区", "兵团"),
    "市": ("市", "区", "州", "盟"),
    "县": ("县", "区", "市", "旗"),
}
"""How the full names of places end, by level."""


def _full_places(examined: Examined) -> Iterator[Located]:
    """A place that is not called by its full name."""
    for level, ends in _FULL_PLACES.items():
        given = examined.cluster.value(level, form=examined.filled.form.id)
        if given is not None and given.value is not NIL and not given.text.endswith(ends):
            text = _Text("", f"地区{PATH_MARK}{level}", given.text, given.position)
            wanted = f"{level}一级的全称，以{'、'.join(ends)}结尾"
            yield _located(
                text, "C901", "地名不是全称", given.text, wanted, "请写全称，与公章一致，如“上海市”“吴江区”。"
            )


def _doubled(examined: Examined) -> Iterator[Located]:
    """A place that holds the place around it, a trade that holds 集群, a name in Chinese quotes: the form would print what
    nobody means."""
    form = examined.filled.form.id
    for number, level in enumerate(_PLACES):
        given = examined.cluster.value(level, form=form)
        if given is None:
            continue
        outer = (_own(examined, each) for each in _PLACES[:number])
        held = next((each for each in outer if each and given.text.startswith(each)), "")
        if held and given.text != held:
            text = _Text("", f"地区{PATH_MARK}{level}", given.text, given.position)
            wanted = given.text.removeprefix(held)
            yield _located(
                text, "C901", f"{level}一级里又写了“{held}”，表上会印两遍", given.text, wanted, f"请写 {wanted}。"
            )
    for name in (*_PLACES, _TRADE, *_BODIES):
        given = examined.cluster.value(name, form=form)
        if given is not None and given.text[0] in _QUOTES and given.text[-1] in _QUOTES:
            text = _Text("", PATH_MARK.join(examined.cluster.place(name, form=form)), given.text, given.position)
            wanted = given.text.strip("".join(_QUOTES))
            yield _located(text, "C901", "中文引号会印在表上", given.text, wanted, f"请写 {wanted}，不用加引号。")
    given = examined.cluster.value(_TRADE, form=form)
    if given is not None and given.text.endswith("集群"):
        text = _Text("", _TRADE, given.text, given.position)
        wanted = given.text.removesuffix("集群").removesuffix("产业")
        yield _located(text, "C901", "“产业”里不写“集群”二字", given.text, wanted, f"请写 {wanted}。")


def _trade(examined: Examined) -> str:
    """The trade without the word 产业, which every name of the cluster has behind it."""
    return _own(examined, _TRADE).strip("".join(_QUOTES)).removesuffix("产业")


def _full_name(examined: Examined) -> Iterator[Located]:
    given = examined.cluster.value(_NAME, form=examined.filled.form.id)
    parts = [part for part in (_own(examined, "县"), _trade(examined)) if part]
    missing = [part for part in parts if given is not None and part not in given.text]
    if given is not None and missing:
        text = _Text("", "集群名称", given.text, given.position)
        yield _located(text, "C901", "集群名称与地区、产业不一致", given.text, "、".join(missing), "请核对三处的写法。")


def _places(text: _Text, called: _Called) -> Iterator[Located]:
    own = {*called.places} - {""}
    for place in sorted(own):
        short = short_place(place)
        if len(short) < 2 or short == place or short not in text.text:
            continue
        for found in dict.fromkeys(re.findall(f"{re.escape(short)}{_LEVEL}", text.text)):
            if found not in own:
                yield _located(text, "C901", "地名与“地区”不一致", found, place, "请核对是区、县还是市。")


def _trades(text: _Text, called: _Called) -> Iterator[Located]:
    trade, places = called.trade, "".join(called.places)
    if not trade or _CLUSTERS not in text.text:
        return
    others = set()
    for match in re.finditer(_OF_PLACE, text.text):
        place, said = match[1], match[2].removesuffix("特色").removesuffix("中小企业")
        own = _same_place(place, places) and said.endswith(trade)
        if own or re.search(_NO_PLACE, place) or re.search(_NO_TRADE, said):
            continue
        others.add(match.end())
        name, wanted = f"{place}{match[2]}产业集群", f"{places}{trade}产业集群"
        yield _located(text, "C902", "像是别的集群的名称", name, wanted, "请核对是不是从别的材料里带来的。")
    for match in re.finditer(_CLUSTER, text.text):
        said = match[1]
        if match.end() in others or said.endswith(trade):
            continue
        window = said[-len(trade) :]
        if _alike(window, trade) >= _SAME_TRADE:
            yield _located(
                text, "C901", "产业的名称与“产业”不一致", f"{window}产业集群", f"{trade}产业集群", "请写成同一个名称。"
            )


def _same_place(said: str, places: str) -> bool:
    """Whether the place `said` is the cluster's own, however much of it is named."""
    return places.endswith(said) or said.endswith(places)


def _bodies(text: _Text, called: _Called) -> Iterator[Located]:
    for body, name in called.bodies:
        if len(name) < _SHORTEST or name[-2:] not in text.text:
            continue
        for match in re.finditer(re.escape(name[-2:]), text.text):
            before = text.text[: match.end()]
            if before.endswith(name):
                continue
            window = _behind_marks(before[-len(name) - 2 :])
            said = max((window[start:] for start in range(3)), key=lambda part: _alike(part, name))
            if _alike(said, name) >= _ALIKE:
                yield _located(text, "C903", f"“{body}”前后写法不一致", said, name, "请写全称，各处一致。")


def _behind_marks(text: str) -> str:
    """The end of `text` that holds no mark and no blank."""
    ends = (at for at in range(len(text), 0, -1) if text[at - 1] in _MARKS or text[at - 1].isspace())
    return text[next(ends, 0) :]


def _alike(said: str, name: str) -> float:
    """How much of `said` and `name` agrees, from 0 to 1; 0 where too few characters are shared for a likeness that counts."""
    shared = sum(min(said.count(character), name.count(character)) for character in set(said))
    if 2 * shared < _SAME_TRADE * (len(said) + len(name)):
        return 0.0
    from difflib import SequenceMatcher

    return SequenceMatcher(None, said, name).ratio()


def _located(text: _Text, code: str, message: str, found: str, expected: str, remedy: str) -> Located:
    return text.key, Finding(
        code, Severity.CHECK, message, text.path, text.position, found=found, expected=expected, remedy=remedy
    )
