"""Which names of the data a template's source asks for."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

_BUILT_IN = frozenset({"loop", "range", "dict", "lipsum", "cycler", "joiner", "namespace", "self", "caller"})


def used_tags(tree: nodes.Template) -> frozenset[str]:
    """Return the dotted names (`集群总产值.y2022`) that the source reads and does not itself define."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    return frozenset(
        name for name in _dotted_names(tree) if (root := name.split(".", 1)[0]) not in own and root not in _BUILT_IN
    )


def _dotted_names(node: nodes.Node) -> Iterator[str]:
    name = _dotted(node)
    if name:
        yield name
        return
    for child in node.iter_child_nodes():
        yield from _dotted_names(child)


def _dotted(node: nodes.Node) -> str:
    """The name that a chain of attributes spells, empty for any other expression."""
    match node:
        case nodes.Name(name=str(name), ctx="load"):
            return name
        case nodes.Getattr(node=inner, attr=str(step)):
            before = _dotted(inner)
            return f"{before}.{step}" if before else ""
        case nodes.Getitem(node=inner, arg=nodes.Const(value=str(step))):
            before = _dotted(inner)
            return f"{before}.{step}" if before else ""
    return ""
