"""Numbers that a thousands comma tears apart: `{2023: 1,234.50}` reads as 2023: 1 and an entry 234.50 without value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.cluster.nodes import MappingNode, Node, ScalarNode
from generator.findings import Position
from generator.frozen import dataclass

_HEAD = re.compile("[+-]?[0-9]{1,3}")
_GROUP = re.compile(r"[0-9]{3}(\.[0-9]+)?")


@dataclass(frozen=True)
class TornNumber:
    """A number as it was written, the name it was written for, and the pairs of the mapping that it fell into."""

    name: str
    written: str
    position: Position
    indexes: range


def torn_numbers(node: MappingNode) -> Iterator[TornNumber]:
    """Yield the numbers torn apart in `node`; there are none outside braces."""
    start = 0
    for index in range(1, len(node.pairs) + 1 if node.flow else 0):
        if index < len(node.pairs) and _is_group(node.pairs[index]):
            continue
        name, first = node.pairs[start]
        groups = [key.text for key, _ in node.pairs[start + 1 : index] if isinstance(key, ScalarNode)]
        if groups and isinstance(name, ScalarNode) and isinstance(first, ScalarNode) and _HEAD.fullmatch(first.text):
            yield TornNumber(name.text, ",".join([first.text, *groups]), first.position, range(start, index))
        start = index


def _is_group(pair: tuple[Node, Node]) -> bool:
    """Whether a pair is nothing but three digits, without a value: what stands behind a thousands comma."""
    key, value = pair
    return (
        isinstance(key, ScalarNode)
        and isinstance(value, ScalarNode)
        and value.absent
        and bool(_GROUP.fullmatch(key.text))
    )
