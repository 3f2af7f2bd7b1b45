"""Characters that no font has: they would print as crossed boxes, which read as ticks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.rule import PATH_MARK, Examined, Located, path_of
from generator.cluster.table import Columns
from generator.findings import Finding, Position, Severity
from generator.forms.typography import VALUE_FONT
from generator.lists.owed import owed_lists


def missing_glyphs(examined: Examined) -> Iterator[Located]:
    """C601: a text holds characters that no available font can print; told once for each text that is given.

    Texts are those of the form, what the lists print of the registers, the names of the evidence, and the 情况说明.
    """
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
    yield from _in_registers(examined)
    for item in examined.cluster.evidence:
        yield from _missing(examined, "", item.name, PATH_MARK.join(("佐证材料", "名称")), item.position)
    for event in examined.cluster.events or ():
        path = PATH_MARK.join(("事件", event.kind, "情况说明"))
        yield from _missing(examined, "", event.statement, path, event.position)


def _in_registers(examined: Examined) -> Iterator[Located]:
    """What the lists print of the registers: the characters that are missing, those of the same places together, at the first
    of these, with their number."""
    cluster = examined.cluster
    printed: dict[tuple[str, str], str] = {}
    for owed in owed_lists(examined.filled, cluster, examined.references.lists):
        for each in owed.definition.columns:
            place = owed.definition.register_name, each.column
            if each.column and place[0] in cluster.registers:
                printed.setdefault(place, owed.figures[0].slots[0].slot.key)
    for (register, column), key in printed.items():
        entries = cluster.registers[register]
        texts = Columns(entries).texts(column)
        together: dict[tuple[int, ...], str] = {}
        for character in examined.fonts.missing("".join(texts).replace("\n", ""), VALUE_FONT):
            places = tuple(at for at, text in enumerate(texts) if character in text)
            together[places] = together.get(places, "") + character
        for places, characters in together.items():
            entry = entries[places[0]]
            given = entry.columns.get(column)
            position = given.position if given is not None else entry.position
            path = PATH_MARK.join((register, entry.text("名称"), column))
            more = f"，共 {len(places)} 处" if len(places) > 1 else ""
            yield key, _finding(_named(characters) + more, path, position)


def _missing(examined: Examined, key: str, text: str, path: str, position: Position | None) -> Iterator[Located]:
    characters = examined.fonts.missing(text.replace("\n", ""), VALUE_FONT)
    if characters:
        yield key, _finding(_named(characters), path, position)


def _named(characters: Iterable[str]) -> str:
    return "、".join(f"“{character}”（U+{ord(character):04X}）" for character in characters)


def _finding(found: str, path: str, position: Position | None) -> Finding:
    return Finding(
        code="C601",
        severity=Severity.MUST,
        message="有字库里没有的字",
        path=path,
        position=position,
        found=found,
        expected="能够打印的字",
        remedy="请核对是否误输；确为生僻字时，用 --fonts system 或 --font-dir 指定有这个字的字体。",
    )
