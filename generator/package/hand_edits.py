"""Files of a 稿 that somebody edited by hand: found before the next build, kept aside, and their differences told by form row."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath

from generator.docx.reading import read_document
from generator.errors import UnreadableError, UsageError
from generator.findings import PATH_MARK, Finding, Findings, Position, Severity
from generator.forms.definition import Form
from generator.forms.filled import FilledForm, Origin
from generator.forms.library import Library
from generator.forms.verifying import verify_document
from generator.forms.verifying.bare import bare, shortened
from generator.forms.verifying.edits import BY_HAND, ROW_GONE, ROW_NEW, TICKED, UNTICKED, Edit, edits_of
from generator.forms.verifying.plain_edits import plain_edits
from generator.frozen import dataclass
from generator.package.data_files import file_hash
from generator.package.drafts import current_name, drafts
from generator.package.manifest import SNAPSHOT, ListedFile, PackageFile, read_manifest, sha256
from generator.package.names import safe_name
from generator.package.snapshot import read_snapshot

ASIDE = "手工改动"
"""The folder beside the 稿 that edited files are kept in."""

FORM_ROLE = "form.docx"

_WORD = ".docx"
_WORKBOOK = ".xlsx"
_EDITABLE = frozenset({_WORD, _WORKBOOK})
_CONTEXT = 12


@dataclass(frozen=True)
class HandEdited:
    """A file of a 稿 whose content is no longer what was written: the 稿, its manifest's entry, the content now.

    `aside` is where it is to be kept, relative to the folder of the 稿, with `/`.
    """

    draft: Path
    listed: ListedFile
    content: bytes
    aside: str


def find_hand_edited(folder: Path) -> tuple[HandEdited, ...]:
    """Return the files in the 稿 of `folder` that were edited and are not kept aside yet, by 稿 and in the manifest's order.

    Word files and workbooks are looked at in every 稿, all files in the current one; empty files and missing ones are damage,
    no edits. Nothing is written.
    """
    current = current_name(folder)
    found: list[HandEdited] = []
    for draft in drafts(folder):
        try:
            manifest = read_manifest(draft)
        except UnreadableError:
            continue
        for listed in manifest.files:
            if draft.name == current or PurePosixPath(listed.path).suffix in _EDITABLE:
                content = _edited(draft, listed)
                aside = _name_aside(folder, draft, listed, content, found) if content else ""
                if aside:
                    found.append(HandEdited(draft, listed, content, aside))
    return tuple(found)


def hand_edit_findings(
    edited: Iterable[HandEdited], library: Library, filled: FilledForm | None, files: Sequence[PackageFile] = ()
) -> Findings:
    """Return what is to be told of `edited` files: that they were edited, and every difference by the row of the form.

    `filled` is the form as the data of today fill it: it tells where a changed value stands in them. `files` are those that are
    about to be written: a file that differs from none of them in its 稿 is held against its like among them.
    """
    return tuple(finding for one in edited for finding in _told(one, library, filled, files))


def in_short(edit: Edit) -> str:
    """Return what `edit` changed in a few words: `原“46.88”，现“47.00”`; of long texts only what differs."""
    before, after = _excerpts(edit.before, edit.after)
    return f"原{before}，现{after}"


# ── which files ──


def _edited(draft: Path, listed: ListedFile) -> bytes:
    """Return the content of a file that differs from what is listed, nothing when it doesn't or can't be read."""
    path = draft / listed.path
    try:
        if path.stat().st_size == listed.size and file_hash(path) == listed.sha256:
            return b""
        return path.read_bytes()
    except (OSError, UnreadableError):
        return b""


def _name_aside(folder: Path, draft: Path, listed: ListedFile, content: bytes, others: Sequence[HandEdited]) -> str:
    """Return a free name aside for the file; nothing when it is kept there already with this content, or among the `others`."""
    name = PurePosixPath(listed.path)
    stem = f"{draft.name}_{name.stem}"
    taken = {other.aside: other.content for other in others}
    number = 1
    while True:
        offered = f"{ASIDE}/{safe_name(stem if number == 1 else f'{stem}_{number}', name.suffix)}"
        if offered not in taken and not os.path.lexists(folder / offered):
            return offered
        with contextlib.suppress(OSError):
            if (taken[offered] if offered in taken else (folder / offered).read_bytes()) == content:
                return ""
        number += 1


# ── what differs ──


def _told(
    one: HandEdited, library: Library, filled: FilledForm | None, files: Sequence[PackageFile]
) -> tuple[Finding, ...]:
    name = PurePosixPath(one.listed.path).name
    try:
        differences = tuple(_differences(one, library, filled, files))
    except UnreadableError as error:
        differences = (Finding("K204", Severity.CHECK, f"改动过的“{name}”读不出来：{error}", remedy=error.advice),)
    if differences:
        severity, message = Severity.CHECK, f"{one.draft.name}的“{name}”在生成以后被手工改动过"
        remedy = "新的一稿仍照集群数据生成，不含这些改动。要采用的请按下面各条写进数据，再生成一次；不采用的不必管。"
    else:
        severity, message = Severity.NOTE, f"{one.draft.name}的“{name}”在生成以后另存过，文字没有改动"
        remedy = "不必处理。新的一稿里是原样的文件。"
    head = Finding("K201", severity, message, found=f"另存在“{one.aside}”", remedy=remedy)
    return (head, *differences)


def _differences(
    one: HandEdited, library: Library, filled: FilledForm | None, files: Sequence[PackageFile]
) -> Iterator[Finding]:
    suffix = PurePosixPath(one.listed.path).suffix
    if one.listed.role == FORM_ROLE:
        form = _form_of(one, library)
        if form is not None:
            yield from _form_differences(one, form, filled)
            return
    original = _as_written(one, files)
    if suffix in _EDITABLE and original is not None:
        edits = _workbook_edits(original, one.content) if suffix == _WORKBOOK else _word_edits(original, one.content)
        yield from (_finding(one, edit, None) for edit in edits)
        return
    message = f"“{PurePosixPath(one.listed.path).name}”改动了什么，本工具列不出来"
    yield Finding("K204", Severity.CHECK, message, remedy=f"请对照“{one.aside}”与新的一稿。")


def _form_of(one: HandEdited, library: Library) -> Form | None:
    try:
        return library.form(read_manifest(one.draft).facts.form)
    except UsageError:
        return None


def _form_differences(one: HandEdited, form: Form, filled: FilledForm | None) -> Iterator[Finding]:
    found = read_document(one.content)
    edits = edits_of(form, read_snapshot(one.draft / SNAPSHOT), found)
    now = _Now.of(filled)
    yield from (_finding(one, edit, now) for edit in edits)
    for printed in verify_document(form, found):
        yield Finding(
            code="K203",
            severity=Severity.CHECK,
            message=f"{one.draft.name}的 Word 文件里动了表上印的文字：{printed.message}",
            path=printed.path,
            found=printed.found,
            expected=printed.expected,
            remedy="填表时不得改变表格样式，新的一稿照官方表式，这一处不必保留。",
            clause=printed.clause,
        )


@dataclass(frozen=True)
class _Place:
    """Where today's data hold what stands in a place of the form, and what is printed there."""

    printed: str
    origin: Origin
    position: Position | None
    source: str = ""


@dataclass(frozen=True)
class _Now:
    """The places of a form as today's data fill them: slots by key, cells of target tables by path."""

    places: Mapping[str | tuple[str, ...], _Place]

    @classmethod
    def of(cls, filled: FilledForm | None) -> _Now:
        places: dict[str | tuple[str, ...], _Place] = {}
        for slot in filled.slots if filled else ():
            places[slot.slot.key] = _Place(slot.printed, slot.origin, slot.position, slot.slot.source)
        for table in filled.tables if filled else ():
            for row in table.rows:
                for head, cell in zip(table.columns, row.cells, strict=True):
                    path = (table.part, table.name, row.direction, row.indicator, head)
                    places[path] = _Place(cell.printed, cell.origin, cell.position)
        return cls(places)

    def place(self, edit: Edit) -> _Place | None:
        """Return the place that `edit` is about."""
        return self.places.get(edit.key) if edit.key else self.places.get(edit.path)


def _finding(one: HandEdited, edit: Edit, now: _Now | None) -> Finding:
    place = now.place(edit) if now is not None else None
    return Finding(
        code="K202",
        severity=Severity.CHECK,
        message=f"{one.draft.name}手工改动：{in_short(edit)}",
        path=PATH_MARK.join(edit.path),
        position=place.position if place is not None else None,
        remedy=_remedy(edit, place),
    )


def _remedy(edit: Edit, place: _Place | None) -> str:
    if edit.path[-1] == BY_HAND:
        return "这里由各单位签字、盖章、写日期，本工具不填，新的一稿里仍空着。"
    if place is None:
        return "要采用，请在集群数据里作同样的改动。"
    if edit.after not in (TICKED, UNTICKED) and bare(place.printed) == bare(edit.after):
        return "现在的数据已经是这样，不必再改。"
    if edit.after in (TICKED, UNTICKED):
        return "勾选由数据里的事实推出：要采用，请改 cluster.yaml 里与这一栏有关的“工作”“事件”等。"
    if place.origin is Origin.DERIVED:
        where = f"（shenbao explain {place.source} 有公式）" if place.source else ""
        return f"这一格是推算出来的：要采用，请改它所依据的数据{where}，或者把数直接写进 cluster.yaml 并与名录核对。"
    if place.position is None:
        name = f"“{place.source}”" if place.source and "{" not in place.source else "这一项"
        return f"数据里还没有{name}：要采用，请在 cluster.yaml 里补上。"
    return f"要采用，请把 {place.position} 的内容改成一样，再生成一次。"


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Return both texts in quotation marks; of long ones only what differs, with a few words around it."""
    if len(before) + len(after) > 6 * _CONTEXT:
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        head = blocks[0].size if blocks[0].a == blocks[0].b == 0 else 0
        last = blocks[-2] if len(blocks) > 1 else blocks[-1]
        ends = last.a + last.size == len(before) and last.b + last.size == len(after)
        tail = min(last.size, len(before) - head, len(after) - head) if ends else 0
        first = max(0, head - _CONTEXT)
        before, after = (
            ("…" if first else "")
            + text[first : min(len(text), len(text) - tail + _CONTEXT)]
            + ("…" if tail > _CONTEXT else "")
            for text in (before, after)
        )
    return _quoted(before), _quoted(after)


def _quoted(text: str) -> str:
    if text in (ROW_GONE, ROW_NEW):
        return text
    return f"“{shortened(text)}”" if text.strip() else "空着"


# ── files without a form ──


def _as_written(one: HandEdited, files: Sequence[PackageFile]) -> bytes | None:
    """Return the content that the edited file had: some other 稿 may still hold it, or the build that is being made."""
    for file in files:
        if file.role == one.listed.role and file.sha256 == one.listed.sha256:
            return file.content
    for draft in drafts(one.draft.parent):
        try:
            listed = [file for file in read_manifest(draft).files if file.sha256 == one.listed.sha256]
            contents = [(draft / file.path).read_bytes() for file in listed]
        except (OSError, UnreadableError):
            continue
        for content in contents:
            if sha256(content) == one.listed.sha256:
                return content
    return None


def _word_edits(before: bytes, after: bytes) -> tuple[Edit, ...]:
    return plain_edits(read_document(before), read_document(after))


def _workbook_edits(before: bytes, after: bytes) -> tuple[Edit, ...]:
    old, new = _cells(before), _cells(after)
    return tuple(
        Edit(place, old.get(place, ""), new.get(place, ""))
        for place in dict.fromkeys((*old, *new))
        if old.get(place, "") != new.get(place, "")
    )


def _cells(workbook: bytes) -> dict[tuple[str, ...], str]:
    """Return the texts of the cells of a workbook by address (`企业!B12`). Raises UnreadableError for what is none."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        opened = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
        return {
            (Position("", row, column, sheet).cell,): str(value)
            for sheet in opened.sheet_names
            for row, values in enumerate(opened.get_sheet_by_name(sheet).to_python(skip_empty_area=False), start=1)
            for column, value in enumerate(values, start=1)
            if value != ""
        }
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            f"不是可以读的工作簿（{error}）", "请用 Excel 或 WPS 打开它，另存为 .xlsx 再试。"
        ) from error
