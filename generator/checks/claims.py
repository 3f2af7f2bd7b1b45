"""Claims: what a prose says of figures, read sentence by sentence with the words of a vocabulary.

Read is only what is said plainly. A number whose meaning is in doubt is passed over, and so is what refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from generator.checks.phrases import Phrases, either, of_part, only_a_year_before, parted, years_said
from generator.checks.vocabulary import Vocabulary, Word
from generator.frozen import dataclass, replace

_DIGIT = re.compile(r"\d")
_LIST = "、"
_ENDS_SENTENCE, _PARTS_CLAUSES = "。！？\n", f"，；{_LIST}（）：,;()"
_YEAR = re.compile(r"(20\d\d)年(?:年?底|年?末|全年|度)?的?")
_CLUSTER = "集群"
_ENDS_YEAR = "年底末度的"
_CLUSTER_IN = rf"{_CLUSTER}{_YEAR.pattern}$"
"""The year parts the cluster from what is said of it: 集群2024年总产值."""
_COMPARED, _COMPARING = r"(?:与|同|和)(20\d\d)年(?:底|末)?相比", "与同和"
_UNITS = (
    r"吨二氧化碳/万元|吨标准煤/万元|吨/万元|平方公里|个百分点|亿元|万元|万人|%|亿(?![元件人家个吨千])"
    r"|家(?!次)|个(?!月|工作|环节|品种)|件(?!套)|项|人(?!次)|名|户(?!次)"
)
_NUMBER = re.compile(rf"(\d+(?:\.\d+)?)({_UNITS})(?!左右|以上|以下|上下|多|余)")
# What few texts say is compiled when one does; the first character tells.
_ROUGH, _ROUGHLY = (
    rf"(?:(?P<least>超过|突破|超|逾)|(?P<about>约为|大约|约|近|接近|将近))(\d+(?:\.\d+)?)({_UNITS})(?!左右|以上|以下|上下|多|余)",
    "超突逾约大近接将",
)
_ROUGH_BEHIND = rf"(\d+(?:\.\d+)?)(?P<more>多|余)?({_UNITS})(?:(?P<least>以上|多|余)|(?P<about>左右|上下))?"
_ANY_NUMBER = re.compile(rf"\d+(?:\.\d+)?(?:{_UNITS})")
_RESPECTIVELY = (
    rf"(?P<years>20\d\d年?(?:(?:至|到|—|-|－|、|和)20\d\d年?)+)[，,的]?(?P<name>[^，；。、（]{{2,24}}?)分别(?:为|是|达到|达|实现)"
    rf"(?P<list>\d+(?:\.\d+)?(?:{_UNITS})?(?:[、和，,]\d+(?:\.\d+)?(?:{_UNITS})?)+)"
)
_ITEM = rf"(\d+(?:\.\d+)?)({_UNITS})?"
_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_SPACES = (" ", "\u3000", "\xa0", ",")
_SPACED = (  # [^\0-\xff] stands for hanzi: a class of so many characters would take a thousandth of a second to compile
    r"(?<=\d)[ \u3000\xa0]+(?=%|[^\0-\xff])|(?<=[^\0-\xff])[ \u3000\xa0]+(?=\d)|(?<=\d),(?=\d{3}(?!\d))"
)
_THAN, _THAN_BEGINS = r"(?:比|较)(20\d\d)年(?:底|末)?", "比较"
_OF = "的"
"""Behind a number it makes an attribute of it: 研发投入强度10%以上的企业."""
_LAST_YEAR = ("比上年", "较上年", "同比")
_GROWS = "增"
_RATE = r"(?:比上年|较上年|同比)?(?:增速|增幅|增长率)(?:达到|达|为|是)?"
_BEYOND_TARGET = "超过目标"
_ADDED_UP = ("累计投入", "累计完成", "累计实现", "共投入")
"""What says before a figure of three years that it is their sum."""


class Says(Enum):
    """What a claim says of its figure."""

    VALUE = "value"
    FIRST = "first"
    SUM = "sum"
    SHARE = "share"
    MEAN = "mean"
    GROWTH = "growth"
    CHANGE = "change"
    BEYOND_TARGET = "beyond target"


class Rough(Enum):
    """How a number is meant that is not said exactly: no more than the figure (超过), or somewhere near it (约, 近)."""

    LEAST = "least"
    ABOUT = "about"


@dataclass(frozen=True)
class Claim:
    """One number of a prose and what it is said to be.

    `number` as written, with its `places` and `unit`, negative where it is said to fall. `year` is the year that it is said of:
    `exact` where it stands with the figure, otherwise `mentioned` before in the sentence; None: none is said. `since` is the year that
    a change is counted from. `of_share` says that it is about the share of the figure, not the figure itself, `rough` how far the
    number may be from it.
    """

    says: Says
    word: Word
    number: Decimal
    places: int
    unit: str
    sentence: str
    text: str
    year: int | None = None
    exact: bool = False
    mentioned: tuple[int, ...] = ()
    since: int | None = None
    of_share: bool = False
    rough: Rough | None = None


def claims_in(text: str, vocabulary: Vocabulary, *, of_the_cluster: bool = False) -> Iterator[Claim]:
    """Yield what `text` says of figures that `vocabulary` has words for, in order.

    `of_the_cluster` says that the whole text speaks of the cluster, so that weak words count everywhere.
    """
    yield from Reader(vocabulary).claims(text, of_the_cluster=of_the_cluster)


@dataclass(frozen=True)
class _Heard:
    """What was said in the sentence so far: years, and the claims that later clauses may refer to."""

    sentence: str
    year: int | None = None
    exact: bool = False
    mentioned: tuple[int, ...] = ()
    since: int | None = None
    three_years: bool = False
    added_up: bool = False
    whole: bool = False
    cluster: bool = False
    claims: tuple[Claim, ...] = ()

    @property
    def of_the_cluster(self) -> bool:
        """Whether words that could be said of anything are said of the cluster here."""
        return self.whole or self.cluster or self.exact or self.three_years or bool(self.claims)

    def claim(self, says: Says, word: Word, number: re.Match[str], **more: object) -> Claim:
        made = Claim(
            says,
            word,
            Decimal(number[1]),
            len(number[1].partition(".")[2]),
            number[2],
            self.sentence,
            number[0],
            year=self.year,
            exact=self.exact,
            mentioned=self.mentioned,
            since=self.since,
        )
        return replace(made, **more)  # type: ignore[arg-type]


class Reader:
    """Reads texts, as `claims_in` does, each once; it holds the vocabulary in the order in which words are tried."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known: dict[tuple[str, bool], tuple[Claim, ...]] = {}
        self._words: dict[str, list[tuple[str, Word]]] = {}
        pairs = [(text, word) for word in vocabulary.words for text in (*word.words, *word.weak)]
        for text, word in sorted(pairs, key=lambda pair: -len(pair[0])):
            self._words.setdefault(text[0], []).append((text, word))
        self._behind = sorted(
            ((text, word) for word in vocabulary.words for text in word.behind), key=lambda pair: -len(pair[0])
        )
        self._three_years, self._whole = vocabulary.three_years, vocabulary.cluster
        self._falls = vocabulary.falls
        self._lead, self._links = Phrases(vocabulary.leads), Phrases(vocabulary.links)
        self._share, self._mean = Phrases(vocabulary.shares), Phrases(vocabulary.means)
        self._verb = Phrases((*vocabulary.rises, *vocabulary.falls))
        self._from_to_pattern = (
            rf"(?:的比例|的比重|数量|总量|总额|的)?(?:由|从)(?:(20\d\d)年的?)?(\d+(?:\.\d+)?)((?:{_UNITS})?)"
            rf"(?:{either((*vocabulary.rises, *vocabulary.falls, '降'))})(?:到了|到|至|为)(?:(20\d\d)年的?)?{_NUMBER.pattern}"
        )

    def claims(self, text: str, *, of_the_cluster: bool = False) -> tuple[Claim, ...]:
        """Return what `text` says of figures, in order: see `claims_in`."""
        asked = text, of_the_cluster
        if asked not in self._known:
            self._known[asked] = tuple(self._claims(text, of_the_cluster))
        return self._known[asked]

    def _claims(self, text: str, of_the_cluster: bool) -> Iterator[Claim]:
        text = text.translate(_DIGITS)
        if any(space in text for space in _SPACES):
            text = re.sub(_SPACED, "", text)
        for sentence, _ in parted(text, _ENDS_SENTENCE):
            if _DIGIT.search(sentence):
                heard = _Heard(sentence.strip(), whole=of_the_cluster)
                yield from self._listed(heard)
                yield from self._read(heard)

    def _read(self, heard: _Heard) -> Iterator[Claim]:
        sentence = heard.sentence
        doubtful = in_part = False
        for clause, start in parted(sentence, _PARTS_CLAUSES):
            in_part = of_part(clause) or (in_part and not _YEAR.search(clause))
            if in_part:
                heard = replace(heard, claims=(), cluster=False)
                continue
            listed = sentence[start - 1 : start] == _LIST
            after_year = heard.exact and only_a_year_before(sentence, start)
            heard = heard if heard.exact is after_year else replace(heard, exact=after_year)
            heard, made = self._clause(heard, clause.strip())
            doubtful = (listed and doubtful) or not made
            if made and not doubtful:
                yield from made
                heard = replace(heard, claims=(*heard.claims, *made))
            elif _ANY_NUMBER.search(clause):
                heard = replace(heard, claims=(), cluster=False)

    def _listed(self, heard: _Heard) -> Iterator[Claim]:
        """Yield what is said of one figure year by year: `2022年至2024年集群总产值分别为…、…、…`."""
        if "分别" not in heard.sentence:
            return
        for said in re.finditer(_RESPECTIVELY, heard.sentence):
            years, items = years_said(said["years"]), re.findall(_ITEM, said["list"])
            unit = next((unit for _, unit in reversed(items) if unit), "")
            name = said["name"]
            word = next((word for text, word in self._words.get(name[0], ()) if text == name), None)
            if word is None or not unit or len(years) != len(items):
                continue
            for year, (number, own) in zip(years, items, strict=True):
                found = _NUMBER.fullmatch(f"{number}{own or unit}")
                if found is not None:
                    yield replace(heard, year=year, exact=True).claim(Says.VALUE, word, found, text=number + own)

    def _clause(self, heard: _Heard, text: str) -> tuple[_Heard, tuple[Claim, ...]]:
        at = 0
        if heard.added_up:
            heard = replace(heard, added_up=False)
        while at < len(text):
            made = self._said(heard, text, at)
            if made:
                return heard, made
            heard, after = self._lead_at(heard, text, at)
            if after == at:
                break
            at = after
        return heard, ()

    def _lead_at(self, heard: _Heard, text: str, at: int) -> tuple[_Heard, int]:
        """Take what may stand before a figure, and learn the years from it."""
        if text[at] in _COMPARING and (compared := re.compile(_COMPARED).match(text, at)):
            return replace(heard, since=int(compared[1])), compared.end()
        if year := _YEAR.match(text, at):
            number = int(year[1])
            return replace(heard, year=number, exact=True, mentioned=(*heard.mentioned, number)), year.end()
        for phrase in self._three_years:
            if text.startswith(phrase, at):
                return replace(heard, three_years=True), at + len(phrase)
        lead = self._lead.at(text, at)
        if not lead:
            return heard, at
        added_up = heard.added_up or lead.startswith(_ADDED_UP)
        return replace(heard, cluster=heard.cluster or lead in self._whole, added_up=added_up), at + len(lead)

    def _said(self, heard: _Heard, text: str, at: int) -> tuple[Claim, ...]:
        for name, word in self._words.get(text[at], ()):
            if text.startswith(name, at):
                made = self._of(heard, word, text, at + len(name))
                if made and (name not in word.weak or heard.of_the_cluster or len(made) > 1):
                    return made
        if heard.exact and text[at - 1] in _ENDS_YEAR and re.search(_CLUSTER_IN, text[:at]):
            for name, word in self._words.get(_CLUSTER[0], ()):
                rest = name.removeprefix(_CLUSTER)
                if rest != name and rest and text.startswith(rest, at):
                    return self._of(heard, word, text, at + len(rest))
        return self._behind_number(heard, text, at) or self._related(heard, text, at)

    def _of(self, heard: _Heard, word: Word, text: str, at: int) -> tuple[Claim, ...]:
        """What is said of `word`, whose name ends at `at`."""
        if year := _YEAR.match(text, at):
            heard, at = replace(heard, year=int(year[1]), exact=True), year.end()
        if found := self._ranged(text, at):
            return self._from_to(heard, word, found, Says.VALUE)
        after = self._after_links(text, at)
        links = text[at:after]
        if "分别" in links:
            return ()
        summed = heard.three_years and (heard.added_up or "累计" in links or "合计" in links or bool(word.added))
        says = Says.SUM if summed else Says.VALUE
        if number := _NUMBER.match(text, after):
            return () if text.startswith(_OF, number.end()) else (heard.claim(says, word, number),)
        if rough := self._rough(heard, says, word, text, after):
            return rough
        return self._relation(heard, word, text, at)

    def _rough(self, heard: _Heard, says: Says, word: Word, text: str, at: int) -> tuple[Claim, ...]:
        """A number that is not said exactly: 超过140亿元, 约150亿元, 140余亿元, 140亿元以上."""
        first = text[at : at + 1]
        pattern = _ROUGH if first and first in _ROUGHLY else _ROUGH_BEHIND if first.isdigit() else ""
        found = re.compile(pattern).match(text, at) if pattern else None
        if found is None:
            return ()
        parts = found.groupdict()
        if not any(parts.values()) or text.startswith(_OF, found.end()):
            return ()
        number = _NUMBER.match(re.sub(r"[^\d.]", "", found[0]) + _unit_in(found[0]))
        if number is None:
            return ()
        rough = Rough.ABOUT if parts.get("about") else Rough.LEAST
        return (heard.claim(says, word, number, rough=rough, text=found[0]),)

    def _ranged(self, text: str, at: int) -> re.Match[str] | None:
        """What goes `from … to …` at a place of `text`."""
        if "由" not in text and "从" not in text:
            return None
        return re.compile(self._from_to_pattern).match(text, at)

    def _from_to(self, heard: _Heard, word: Word, found: re.Match[str], says: Says) -> tuple[Claim, ...]:
        first_year, first, first_unit, last_year = found[1], found[2], found[3], found[4]
        number = _NUMBER.match(found[0], found.start(5) - found.start())
        if number is None:
            return ()
        last = heard.claim(says, word, number, of_share=says is Says.SHARE)
        if last_year:
            last = replace(last, year=int(last_year), exact=True)
        begun = replace(
            last,
            says=Says.FIRST,
            number=Decimal(first),
            places=len(first.partition(".")[2]),
            unit=first_unit or last.unit,
            text=first + first_unit,
            year=int(first_year) if first_year else None,
            exact=bool(first_year),
            since=heard.since,
        )
        return (begun, last)

    def _behind_number(self, heard: _Heard, text: str, at: int) -> tuple[Claim, ...]:
        number = _NUMBER.match(text, at)
        if number is None:
            return ()
        for phrase, word in self._behind:
            if text.startswith(phrase, number.end()):
                return (heard.claim(Says.VALUE, word, number),)
        return ()

    def _related(self, heard: _Heard, text: str, at: int) -> tuple[Claim, ...]:
        """What is said of a figure named before: its share, its growth, how it compares."""
        if made := self._in_another_year(heard, text, at):
            return made
        for claim in reversed(heard.claims):
            made = self._relation(heard, claim.word, text, at, claim)
            if made:
                return made
        return ()

    def _in_another_year(self, heard: _Heard, text: str, at: int) -> tuple[Claim, ...]:
        """A number of the figure named last, of a year that is said right before it: `2023年128.94亿元，2024年达到147.21亿元`."""
        last = heard.claims[-1] if heard.claims else None
        year = next((found for found in _YEAR.finditer(text, 0, at) if found.end() == at), None)
        number = _NUMBER.fullmatch(text, self._after_links(text, at))
        if last is None or year is None or number is None or last.says is not Says.VALUE or number[2] != last.unit:
            return ()
        return (heard.claim(Says.VALUE, last.word, number),)

    def _relation(
        self, heard: _Heard, word: Word, text: str, at: int, before: Claim | None = None
    ) -> tuple[Claim, ...]:
        if word.share and (share := self._share.at(text, at)):
            return self._shared(heard, word, text, at + len(share))
        if word.mean and (mean := self._mean.at(text, at)):
            number = _NUMBER.match(text, self._after_links(text, at + len(mean)))
            return (heard.claim(Says.MEAN, word, number),) if number and number[2] == "%" else ()
        if _GROWS in text[at:] and (rate := re.compile(_RATE).match(text, at)):
            number = _NUMBER.match(text, rate.end())
            return (heard.claim(Says.GROWTH, word, number),) if number and number[2] == "%" else ()
        if since := next((words for words in _LAST_YEAR if text.startswith(words, at)), ""):
            made = self._changed(heard, word, Says.GROWTH, text, at + len(since), None)
            return tuple(claim if claim.unit == "%" else replace(claim, says=Says.CHANGE) for claim in made)
        if text[at : at + 1] in _THAN_BEGINS and (than := re.compile(_THAN).match(text, at)):
            made = self._changed(heard, word, Says.CHANGE, text, than.end(), int(than[1]))
            of_share = before is not None and before.says is Says.SHARE
            return tuple(replace(claim, of_share=of_share) for claim in made)
        if before is not None and text.startswith(_BEYOND_TARGET, at):
            number = _NUMBER.match(text, at + len(_BEYOND_TARGET))
            return (heard.claim(Says.BEYOND_TARGET, word, number),) if number else ()
        return ()

    def _shared(self, heard: _Heard, word: Word, text: str, at: int) -> tuple[Claim, ...]:
        whole = next((one for one in word.of if text.startswith(one, at)), "")
        at += len(whole)
        if found := self._ranged(text, at):
            return self._from_to(heard, word, found, Says.SHARE) if found[6] == "%" else ()
        number = _NUMBER.match(text, self._after_links(text, at))
        return (heard.claim(Says.SHARE, word, number),) if number and number[2] == "%" else ()

    def _changed(
        self, heard: _Heard, word: Word, says: Says, text: str, at: int, since: int | None
    ) -> tuple[Claim, ...]:
        verb = self._verb.at(text, at)
        number = _NUMBER.match(text, at + len(verb)) if verb else None
        if number is None:
            return ()
        claim = heard.claim(says, word, number, since=since)
        return (replace(claim, number=-claim.number) if verb in self._falls else claim,)

    def _after_links(self, text: str, at: int) -> int:
        while link := self._links.at(text, at):
            at += len(link)
        return at


def _unit_in(text: str) -> str:
    """The unit that stands in `text`."""
    found = re.search(rf"{_UNITS}", text)
    return found[0] if found else ""
