"""Where a form asks for a list: on the row itself, in its notes, or in its instructions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.forms.definition import AnyRow, Form, GroupRow, Row

LIST = "清单"
_DIGITS, _BEHIND_NUMBER = "0123456789", (".", "．", "、")
_TEXTS = ("label", "caption", "after", "note", "trailing")


def rows_that_ask(form: Form) -> Mapping[int, str]:
    """Return the rows of `form` that owe a list, by `id`, each with the words that ask for it as printed."""
    return {id(row): words for part in form.parts for row, words in _asking(part.rows, None)}


def _asking(rows: Sequence[AnyRow], group: GroupRow | None) -> Iterator[tuple[Row, str]]:
    for row in rows:
        if isinstance(row, GroupRow):
            yield from _asking(row.rows, row)
        elif LIST in (*row.owes, *(group.owes if group is not None else ())):
            yield row, _words(row, *([group] if group is not None else []))


def _words(*rows: Row) -> str:
    printed = "".join(str(getattr(row, name, "")) for row in rows for name in _TEXTS)
    brackets = (each.partition("）") for each in "".join(printed.split()).split("（")[1:])
    return next((inside for inside, closed, _ in brackets if closed and LIST in inside), "")


def sentence_that_asks(form: Form, words: Sequence[str]) -> str:
    """Return the first sentence of the notes and instructions of `form` that holds one of `words`, the first of them first.

    It stands behind the title and number that it is printed under (`填报说明1：…`); empty where there is none.
    """
    printed = [texts for texts in (form.appendix, form.instructions) if texts is not None]
    holding = ((texts.title, item, word) for word in words for texts in printed for item in texts.items if word in item)
    return next((_cited(*found) for found in holding), "")


def _cited(title: str, item: str, word: str) -> str:
    text = item.lstrip(_DIGITS)
    number = item.removesuffix(text)
    number, text = (number, text[1:]) if number and text.startswith(_BEHIND_NUMBER) else ("", item)
    sentence = next(sentence for sentence in text.split("。") if word in sentence)
    return f"{title}{number}：{sentence}。"
