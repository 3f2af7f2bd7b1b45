"""How copies are told of, in the words of what each of them is: paper is printed and bound, a disc burnt."""

from __future__ import annotations

from generator.package.versions.frozen import version_name
from generator.package.versions.ledger import Copy, Exchange


def done_with(copy: Copy) -> tuple[str, ...]:
    """Return what was done with `copy`, in its own words: 打印 and 盖章 of paper, 刻录 of a disc."""
    steps = (
        (copy.kind.making, copy.printed),
        ("签字", copy.signed),
        ("盖章", copy.sealed),
        ("盖骑缝章", bool(copy.seam)),
    )
    return tuple(word for word, holds in steps if holds)


def binding_of(copy: Copy) -> str:
    """Return how `copy` is bound; empty for what nobody binds."""
    return str(copy.binding) if copy.kind.is_bound else ""


def state_of(copy: Copy) -> str:
    """Return how far `copy` is: 第01版；已打印、已盖章；胶装；本单位; and what it holds, where that is not all papers."""
    done = "、".join(f"已{word}" for word in done_with(copy)) or f"未{copy.kind.making}"
    held = version_name(copy.version) + "".join(f"，{_exchanged(each)}" for each in copy.exchanges)
    return "；".join(part for part in (held, done, binding_of(copy), copy.where, "、".join(copy.papers)) if part)


def _exchanged(exchange: Exchange) -> str:
    sheets = "要换的各张" if exchange.sheets is None else f"第{'、'.join(map(str, exchange.sheets))}张"
    return f"{exchange.paper}{sheets}换成{version_name(exchange.version)}"
