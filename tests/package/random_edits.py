"""What people change between two builds: each edit takes what was given and a number that says which one, or how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from generator.build import DRAFT_MARK, template_of
from generator.docx.package import repacked, unpacked
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.printing.job import PrintWishes
from generator.resources import fonts_folder
from tests.package.small_cluster import FONTS, Given, Item, contents, official

_DOCUMENT = "word/document.xml"


def figure(given: Given, number: int) -> Given:
    return replace(given, figures={**given.figures, "县域工业总产值": f"{1400 + number}.50"})


def firm_output(given: Given, number: int) -> Given:
    (name, _), *others = given.firms
    return replace(given, firms=((name, str(300_000 + number)), *others))


def firm_added(given: Given, number: int) -> Given:
    return replace(given, firms=(*given.firms, (f"新公司{number}", "1000")))


def firm_renamed(given: Given, number: int) -> Given:
    (_, output), *others = given.firms
    return replace(given, firms=((f"改名公司{number}", output), *others))


def fact_added(given: Given, number: int) -> Given:
    known = ("绘制技术路线图", "建立产供销协同机制", "开展节能诊断", "推广绿色制造解决方案")
    return replace(given, facts=tuple(dict.fromkeys((*given.facts, known[number % len(known)]))))


def fact_removed(given: Given, number: int) -> Given:
    return replace(given, facts=given.facts[:1])


def centre_added(given: Given, number: int) -> Given:
    return replace(given, centres=(*given.centres, f"市级中心{number}"))


def event_added(given: Given, number: int) -> Given:
    return replace(given, events=f"[{{类别: 安全事故, 时间: 2023-0{1 + number % 9}, 说明: 已整改}}]")


def operator(given: Given, number: int) -> Given:
    return replace(given, operator=f"示例运营公司{number}")


def prose(given: Given, number: int) -> Given:
    return replace(given, prose=given.prose + "集群逐环节补齐短板。" * (1 + number % 5))


def comment_before(given: Given, number: int) -> Given:
    """All positions move down."""
    return replace(given, head=given.head + "# 注\n" * (1 + number % 3) + "# 末")


def blank_lines_between(given: Given, number: int) -> Given:
    """The positions of the evidence move down."""
    return replace(given, between="\n" * (1 + number % 4))


def file_replaced(given: Given, number: int) -> Given:
    """Another content under the same name."""
    kinds = [kind for kind in contents() if kind != "图片"]
    return _first_file(given, lambda name, kind: (name, kinds[number % len(kinds)]))


def file_renamed(given: Given, number: int) -> Given:
    return _first_file(given, lambda name, kind: (f"改名{number}.pdf", kind))


def item_renamed(given: Given, number: int) -> Given:
    return _items(given, lambda items: [replace(items[0], name=f"{items[0].name}{number}"), *items[1:]])


def item_added(given: Given, number: int) -> Given:
    kinds = [kind for kind in contents() if kind != "图片"]
    new = Item(f"新材料{number}", given.facts[0], ((f"新{number}.pdf", kinds[number % len(kinds)]),))
    return _items(given, lambda items: [*items, new])


def item_removed(given: Given, number: int) -> Given:
    return _items(given, lambda items: [item for at, item in enumerate(items) if at != number % len(items)])


def items_turned(given: Given, number: int) -> Given:
    return _items(given, lambda items: [*items[1:], items[0]])


def proof_changed(given: Given, number: int) -> Given:
    return _items(given, lambda items: [replace(items[0], proves=given.facts[-1]), *items[1:]])


def copies(given: Given, number: int) -> Given:
    return replace(given, copies=("", "3", "正本1副本2", "7")[number % 4])


def discs(given: Given, number: int) -> Given:
    return replace(given, discs=(None, 0, 1, 3)[number % 4])


def wishes(given: Given, number: int) -> Given:
    return replace(given, wishes=(None, PrintWishes(True, False), PrintWishes(False, True))[number % 3])


def mark(given: Given, number: int) -> Given:
    return replace(given, mark="" if given.mark else DRAFT_MARK)


def template_tuned(given: Given, number: int) -> Given:
    """An office's template: one more row of white space on the cover, or the library's own again."""
    if given.template is not None:
        return replace(given, template=None)
    library = Library.standard()
    parts = unpacked(template_of(library.form("shanghai-2024"), library, FONTS))
    parts[_DOCUMENT] = parts[_DOCUMENT].replace("申报表".encode(), "申 报 表".encode(), 1)
    return replace(given, template=repacked(parts))


def fonts(given: Given, number: int) -> Given:
    """Fonts of the same looks that are installed under other names, or the package's own again."""
    own = given.fonts is not FONTS
    return replace(given, fonts=FONTS if own else FontLibrary.with_folders([fonts_folder()]))


_OWN = (
    {
        "documents/lists.yaml": ("清单、名单", "清单和名单"),
        "documents/calculations.yaml": ("title: ", "title: 本"),
        "documents/declaration.yaml": ("title: ", "title: 本"),
        "documents/correspondence.yaml": ("title: ", "title: 本"),
        "documents/evidence-contents.yaml": ("文档标题, text: ", "文档标题, text: 本"),
        "documents/print-instructions.yaml": ("title: ", "title: 本"),
        "documents/disc-label.yaml": ("title: ", "title: 本"),
        "documents/self-check.yaml": ("title: ", "title: 本"),
    },
    {
        "documents/evidence-dividers.yaml": ("page_numbers: false", "page_numbers: true"),
        "documents/signing-list.yaml": ("title: ", "title: 本"),
        "lists/lists.yaml": ("title: 集群企业清单", "title: 集群全部企业清单"),
    },
    {"materials/printing.yaml": ("sheets_per_volume: 300", "sheets_per_volume: 9")},
    {"materials/files.yaml": ("02_清单_", "02_名单_")},
)
"""Files of a library of one's own, and what is changed in the package's: no two of a group concern the same stage."""


def library(given: Given, number: int) -> Given:
    """A library of one's own, with a few files more than before."""
    changed = {}
    for path, (old, new) in _OWN[number % len(_OWN)].items():
        assert old in official(path), path
        changed[path] = official(path).replace(old, new, 1)
    return replace(given, library={**given.library, **changed})


def _items(given: Given, change: Callable[[list[Item]], list[Item]]) -> Given:
    return replace(given, items=tuple(change(list(given.items)))) if given.items else given


def _first_file(given: Given, change: Callable[[str, str], tuple[str, str]]) -> Given:
    return _items(
        given, lambda items: [replace(items[0], files=(change(*items[0].files[0]), *items[0].files[1:])), *items[1:]]
    )


EDITS: Mapping[str, Callable[[Given, int], Given]] = {
    edit.__name__: edit
    for edit in (
        figure,
        firm_output,
        firm_added,
        firm_renamed,
        fact_added,
        fact_removed,
        centre_added,
        event_added,
        operator,
        prose,
        comment_before,
        blank_lines_between,
        file_replaced,
        file_renamed,
        item_renamed,
        item_added,
        item_removed,
        items_turned,
        proof_changed,
        copies,
        discs,
        wishes,
        mark,
        template_tuned,
        fonts,
        library,
    )
}
LIBRARIES = range(len(_OWN))
