"""Characters that no font has: they would print as crossed boxes, which read as ticks."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import PATH_MARK, Examined, Located, path_of
from generator.findings import Finding, Position, Severity
from generator.forms.typography import VALUE_FONT


def missing_glyphs(examined: Examined) -> Iterator[Located]:
    """C601: a filled text holds characters that no available font can print; told once for each text that is given."""
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


def _missing(examined: Examined, key: str, text: str, path: str, position: Position | None) -> Iterator[Located]:
    characters = examined.fonts.missing(text.replace("\n", ""), VALUE_FONT)
    if characters:
        listed = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in characters)
        yield (
            key,
            Finding(
                code="C601",
                severity=Severity.MUST,
                message="有字库里没有的字",
                path=path,
                position=position,
                found=listed,
                expected="能够打印的字",
                remedy="请核对是否误输；确为生僻字时，用 --fonts system 或 --font-dir 指定有这个字的字体。",
            ),
        )
