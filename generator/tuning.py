"""Templates that an office has tuned: fonts and widths are its own, but every tag, text and cell must still be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from generator.docx.compile import compile_form
from generator.docx.fill import Template
from generator.docx.plan import IN_WORDS, ROW
from generator.docx.reading import read_document
from generator.findings import PATH_MARK, Finding, Findings, Severity
from generator.forms.arrange import arrange
from generator.forms.definition import Form
from generator.forms.filled import FilledForm
from generator.forms.fitting import slot_boxes
from generator.forms.library import Library
from generator.forms.resolve import blank
from generator.forms.typography import SIZES
from generator.forms.verifying import FoundDocument, FoundTable, verify_document
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.typeset import lay_out
from generator.typeset.named import named_typefaces
from generator.typeset.pages import Pages

_ADVICE = "请从原模板里把它抄回来；原模板就是空白表所用的那一份，在 templates/docx 文件夹里。"
_MOST_FONTS = 5
_IN_WORDS_OR_NOT = ("", "是")


@dataclass(frozen=True)
class ChosenTemplate:
    """The Word template that a form is filled into; `tuned` when it is not the one compiled from the form's definition."""

    docx: bytes
    tuned: bool = False


def choose_template(form: Form, library: Library, fonts: FontLibrary, given: bytes | None = None) -> ChosenTemplate:
    """Return the template of `form`: the one `given`, else the library's, else one compiled from the definition."""
    if given is not None:
        return ChosenTemplate(given, tuned=True)
    template = library.template(form.id)
    if template is None:
        return ChosenTemplate(compile_form(arrange(form), fonts))
    return ChosenTemplate(template, tuned=template != Library.standard().template(form.id))


def template_findings(form: Form, chosen: ChosenTemplate, fonts: FontLibrary) -> Findings:
    """Return what is wrong with a tuned template, before anything is filled into it; nothing for a compiled one.

    Tags that are gone or unknown and printed texts that differ from the form block; a bookmark that is gone only keeps its text
    from being set smaller, a typeface that isn't there is only printed as another. Raises DefinitionError where the template is
    no Word file or a tag in it can't be read.
    """
    if not chosen.tuned:
        return ()
    template = Template.prepare(chosen.docx)
    empty = blank(form)
    context = empty.context()
    tags = (*_missing_tags(template, empty, context), *_unknown_tags(template, context))
    if tags:
        return tags
    cells = tuple(_missing_cells(template, empty))
    printed = template.fill(context, {})
    texts = verify_document(form, read_document(printed))
    return (*cells, *texts, *_missing_bookmarks(form, template, fonts), *_missing_typefaces(printed, fonts))


def font_findings(fonts: FontLibrary) -> Findings:
    """Return which font files were found but can't be printed with, so that another font stands for them."""
    refused = fonts.refused_for_print()
    if not refused:
        return ()
    told = [f"{one.path.name}（{one.family}）：{one.reason}" for one in refused[:_MOST_FONTS]]
    more = len(refused) - len(told)
    return (
        Finding(
            code="V206",
            severity=Severity.CHECK,
            message="有字体文件不能用，印的是别的字体",
            path="字体",
            found="；".join(told) + (f"；等 {more} 个" if more else ""),
            remedy="请换成许可嵌入、没有损坏的字体文件；不用这些字体的可以不管。",
        ),
    )


def sizes_for(filled: FilledForm, chosen: ChosenTemplate, template: Template) -> Mapping[str, tuple[float, float]]:
    """Return the sizes of type to set, by slot: in a tuned template its own type stays wherever a text needs none smaller."""
    sizes = filled.sizes()
    if not chosen.tuned:
        return sizes
    largest, _ = SIZES[0]
    return {key: size for key, size in sizes.items() if size[0] < largest and key in template.bookmarks}


def page_findings(form: Form, chosen: ChosenTemplate, pages: Pages, fonts: FontLibrary) -> Findings:
    """Return which of the parts before the plan take other pages in `pages` than in the blank form of a tuned template.

    一至七部分不得串页: a compiled template's rows are high enough for the fullest values, a tuned one's may not be.
    """
    if not chosen.tuned:
        return ()
    empty = lay_out(Template.prepare(chosen.docx).fill(blank(form).context(), {}), fonts)
    wanted, taken = pages_of_parts(form, empty), pages_of_parts(form, pages)
    return tuple(
        Finding(
            code="V204",
            severity=Severity.MUST,
            message="填写后页数变了：这份模板的格子容不下填写的内容",
            path=title,
            found=f"{taken.get(title, 0)} 页",
            expected=f"{count} 页（空白表）",
            remedy="请把模板里这一部分的行加高、列加宽或字号改小，或者删减填写的内容。",
            clause="一至七部分不得串页",
        )
        for title, count in wanted.items()
        if taken.get(title, 0) != count
    )


def pages_of_parts(form: Form, pages: Pages) -> Mapping[str, int]:
    """Return how many pages each part before the plan takes, by its title."""
    titles = [part.title for part in form.parts]
    starts = {entry.title: entry.page for entry in pages.outline if entry.title in titles}
    ends = [*list(starts.values())[1:], len(pages.pages)]
    counts = {title: end - start for (title, start), end in zip(starts.items(), ends, strict=True)}
    plan = next((number for number, part in enumerate(form.parts) if part.plan is not None), len(titles))
    return {title: counts.get(title, 0) for title in titles[:plan]}


# ── tags ──


def _missing_tags(template: Template, empty: FilledForm, context: Mapping[str, Any]) -> Iterator[Finding]:
    places = {filled.slot.tag: filled.slot.path for filled in empty.slots}
    places |= {f"{table.name}.{name}": (table.part, name) for table in empty.tables for name in context[table.name]}
    for tag in template.missing_tags(_names(context)):
        message = "模板里少了填写用的标签，这一栏会填不进去"
        yield _tag_finding("V201", message, places.get(tag, ()), expected=tag, remedy=_ADVICE)


def _unknown_tags(template: Template, context: Mapping[str, Any]) -> Iterator[Finding]:
    known = sorted(_names(context))
    for tag in template.unknown_tags(known):
        near = get_close_matches(tag, known, n=1)
        hint = f"是不是“{near[0]}”？" if near else "这份申报表没有这个名称。"
        yield _tag_finding("V202", "模板里有不认识的标签", (), found=tag, remedy=f"{hint}请改正，或者删去它。")


def _tag_finding(
    code: str, message: str, path: tuple[str, ...], *, found: str = "", expected: str = "", remedy: str
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.MUST,
        message=message,
        path=PATH_MARK.join(path),
        found=f"{{{{ {found} }}}}" if found else "",
        expected=f"{{{{ {expected} }}}}" if expected else "",
        remedy=remedy,
    )


def _names(context: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Yield the dotted names of a context down to texts and lists."""
    for name, value in context.items():
        if isinstance(value, Mapping):
            yield from _names(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _missing_cells(template: Template, empty: FilledForm) -> Iterator[Finding]:
    """Tags of the cells of target tables have no names of their own: texts put into them must come out."""
    context = empty.context()
    marks: dict[str, tuple[str, str, str]] = {}
    for table in empty.tables:
        for direction, rows in context[table.name].items():
            context[table.name][direction] = [
                _marked(rows[0], in_words, marks, (table.part, direction)) for in_words in _IN_WORDS_OR_NOT
            ]
    printed = "\n".join(_texts(read_document(template.fill(context, {}))))
    for part, direction, cell in dict.fromkeys(place for mark, place in marks.items() if mark not in printed):
        message = "模板里少了目标表的标签，这一格会填不进去"
        yield _tag_finding("V201", message, (part, direction), expected=f"{ROW}.{cell}", remedy=_ADVICE)


def _marked(
    row: Mapping[str, str], in_words: str, marks: dict[str, tuple[str, str, str]], place: tuple[str, str]
) -> dict[str, str]:
    """A row whose every cell says a mark of its own."""
    marked = {IN_WORDS: in_words}
    for cell in row:
        if cell != IN_WORDS:
            marked[cell] = f"⟨{len(marks)}⟩"
            marks[marked[cell]] = (*place, cell)
    return marked


def _texts(document: FoundDocument) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, FoundTable):
            for row in block.rows:
                yield from row.paragraphs()
        else:
            yield block


def _missing_typefaces(printed: bytes, fonts: FontLibrary) -> Iterator[Finding]:
    missing = tuple(fonts.substitutions(named_typefaces(printed)))
    if missing:
        yield Finding(
            code="V205",
            severity=Severity.CHECK,
            message="模板用了这里没有的字体，PDF 里用宋体代替",
            path="字体",
            found="、".join(missing),
            remedy="请用 --font-dir 指明放着这些字体文件的文件夹，或者在模板里改用方正小标宋简体、黑体、仿宋_GB2312、楷体_GB2312、宋体。",
        )


def _missing_bookmarks(form: Form, template: Template, fonts: FontLibrary) -> Iterator[Finding]:
    arrangement = arrange(form)
    fitted = slot_boxes(arrangement, fonts)
    for slot in arrangement.slots():
        if slot.key in fitted and slot.key not in template.bookmarks:
            yield Finding(
                code="V203",
                severity=Severity.CHECK,
                message="模板里少了这一栏的书签，内容多时字号不会自动缩小",
                path=PATH_MARK.join(slot.path),
                expected=slot.key,
                remedy=_ADVICE,
            )
