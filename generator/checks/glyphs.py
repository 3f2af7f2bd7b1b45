"""Characters that no font has: they would print as crossed boxes, which read as ticks; in their place stands 〓."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.rule import Examined, Located, path_of
from generator.cluster.columns import Columns
from generator.cluster.model import Cluster
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.typography import VALUE_FONT
from generator.measure.fonts import FontLibrary

_REMEDY = "请核对是否误输；确为生僻字时，用 --fonts system 或 --font-dir 指定有这个字的字体。"

_Text = tuple[str, str, Position]
"""A text that papers beside the form print: its place in words, what it says, where it stands."""


def missing_glyphs(examined: Examined) -> Iterator[Located]:
    """C601: a filled text holds characters that no available font can print; told once for each text that is given."""
    if not examined.fonts.missing("".join(_printed(examined)), VALUE_FONT):
        return
    told: set[Position] = set()
    for filled in examined.filled.slots:
        if filled.position is None or filled.position not in told:
            found = tuple(_missing(examined, filled.slot.key, filled.printed, path_of(filled), filled.position))
            told.update(finding.position for _, finding in found if finding.position is not None)
            yield from found
    for table in examined.filled.tables:
        for row in table.rows:
            path = PATH_MARK.join((table.part, row.direction, row.indicator))
            text = row.indicator + "".join(cell.printed for cell in row.cells)
            position = next((cell.position for cell in row.cells if cell.position), None)
            yield from _missing(examined, table.name, text, path, position)


def look_up_characters(cluster: Cluster, form: str, fonts: FontLibrary) -> None:
    """Look up the characters of what `cluster` says for `form` besides its registers, so that the rules find them looked up."""
    own = cluster.submissions.get(form)
    given = [*cluster.values.values(), *((*own.values.values(), *own.prose.values()) if own is not None else ())]
    fonts.missing("".join(each.text for each in given).replace("\n", ""), VALUE_FONT)


def _printed(examined: Examined) -> Iterator[str]:
    """All that the form prints, without line ends."""
    for filled in examined.filled.slots:
        yield filled.printed.replace("\n", "")
    for table in examined.filled.tables:
        for row in table.rows:
            yield row.indicator
            yield from (cell.printed for cell in row.cells)


def _missing(examined: Examined, key: str, text: str, path: str, position: Position | None) -> Iterator[Located]:
    characters = examined.fonts.missing(text.replace("\n", ""), VALUE_FONT)
    if characters:
        yield (
            key,
            Finding(
                code="C601",
                severity=Severity.MUST,
                message="有字库里没有的字",
                path=path,
                position=position,
                found=_listed(characters),
                expected="能够打印的字",
                remedy=_REMEDY,
            ),
        )


def missing_beside_the_form(examined: Examined) -> Iterator[Located]:
    """C602: a name of evidence or a register, or what is told of an event, has characters that no font can print.

    Lists, 目录 and 佐证对应表 print them. Told once for each item, event and register, at its first such text.
    """
    written = _characters(examined.cluster)
    lacking = frozenset(examined.fonts.missing("".join(sorted(written)), VALUE_FONT))
    if not lacking:
        return
    for texts in _groups(examined.cluster):
        found = [(place, text, position) for place, text, position in texts if not lacking.isdisjoint(text)]
        if found:
            place, _, position = found[0]
            characters = dict.fromkeys(character for _, text, _ in found for character in text if character in lacking)
            more = f"，共 {len(found)} 处" if len(found) > 1 else ""
            yield (
                "",
                Finding(
                    code="C602",
                    severity=Severity.CHECK,
                    message="有字库里没有的字，清单、目录等处会印成“〓”",
                    path=place,
                    position=position,
                    found=_listed(characters) + more,
                    expected="能够打印的字",
                    remedy=_REMEDY,
                ),
            )


def _listed(characters: Iterable[str]) -> str:
    return "、".join(f"“{character}”（U+{ord(character):04X}）" for character in characters)


def _groups(cluster: Cluster) -> Iterator[Iterable[_Text]]:
    """Yield the texts that are told of together."""
    for item in cluster.evidence:
        yield [
            (PATH_MARK.join(("佐证材料", item.name)), "".join((item.name, *item.proves, *item.files)), item.position)
        ]
    for event in cluster.events or ():
        yield [(PATH_MARK.join(("事件", event.kind)), event.grade + event.statement, event.position)]
    for name, entries in cluster.registers.items():
        yield (
            (PATH_MARK.join((name, column)), given.text, given.position)
            for entry in entries
            for column, given in entry.columns.items()
        )


def _characters(cluster: Cluster) -> set[str]:
    """Return all characters of the texts that may be told of. Columns of plain figures and letters, which every font has, are left out."""
    texts = ["".join((item.name, *item.proves, *item.files)) for item in cluster.evidence]
    texts += [event.grade + event.statement for event in cluster.events or ()]
    for entries in cluster.registers.values():
        texts.append(Columns(entries).beyond_ascii())
    return set("".join(texts)) - {"\n"}
