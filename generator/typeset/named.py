"""The typefaces that a Word document names for what it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.typeset.document import Block, Paragraph, Text, TextStyle
from generator.typeset.reading import read
from generator.typeset.shaping import font_name


def named_typefaces(docx: bytes) -> tuple[str, ...]:
    """Return the names of the typefaces that characters of `docx` are set in, each once, in order; blanks don't count.

    Raises DefinitionError and UnknownConstructError as laying it out does.
    """
    document = read(docx)
    blocks: list[Block] = []
    for section in document.sections:
        blocks += [block for kind in (section.headers, section.footers) for inner in kind.values() for block in inner]
        blocks += section.blocks
    blocks += [block for note in document.notes.values() for block in note]
    styles: dict[TextStyle, set[str]] = {}
    for text in _texts(blocks):
        styles.setdefault(text.style, set()).update(text.text)
    names = (
        font_name(style, character)
        for style, characters in styles.items()
        for character in sorted(characters)
        if not character.isspace()
    )
    return tuple(dict.fromkeys(names))


def _texts(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (inline for inline in block.inlines if isinstance(inline, Text))
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _texts(cell.blocks)
