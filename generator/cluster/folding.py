"""Undo the blank that YAML puts where a text goes on in the next line: between hanzi it is none of the user's."""

from __future__ import annotations

from generator.cluster.characters import is_chinese
from generator.cluster.nodes import ScalarNode
from generator.cluster.source import Source

_FOLDING_STYLES = ("", "'", '"', ">")


def unfolded(node: ScalarNode, source: Source) -> str:
    """Return the text of `node` without the blanks that folding put next to a Chinese character."""
    if node.style not in _FOLDING_STYLES or " " not in node.text:
        return node.text
    written = source.text[node.start : node.end]
    if "\n" not in written and "\r" not in written:
        return node.text
    pieces = _pieces(written, node.style)
    kept: list[str] = []
    cursor = 0
    for piece in pieces:
        while cursor < len(node.text) and node.text[cursor] == "\n":
            kept.append("\n")
            cursor += 1
        if not node.text.startswith(piece, cursor):
            return node.text
        kept.append(piece)
        cursor += len(piece)
        blanks = len(node.text) - cursor - len(node.text[cursor:].lstrip(" "))
        after = node.text[cursor + blanks : cursor + blanks + 1]
        if blanks and not (is_chinese(piece[-1]) or (after and is_chinese(after))):
            kept.append(" " * blanks)
        cursor += blanks
    return "".join(kept) + node.text[cursor:]


def _pieces(written: str, style: str) -> list[str]:
    """The parts of a folded text, line by line, as they stand in the text that YAML made of it."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if style == ">":
        lines = lines[1:]
    elif style:
        lines[0] = lines[0][1:]
        lines[-1] = lines[-1].removesuffix(style)
    pieces = [line.strip(" \t").replace("\t", " ") for line in lines]
    if style == "'":
        pieces = [piece.replace("''", "'") for piece in pieces]
    return [piece for piece in pieces if piece]
