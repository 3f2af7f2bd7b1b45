"""A standing 稿 as sealing sees it: the pages of its form, what stands on them, and which are signed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from generator.errors import UnreadableError, reason_of
from generator.forms.definition import CoverField, Form
from generator.frozen import dataclass
from generator.package.manifest import SNAPSHOT, Manifest, PackageFile, read_manifest
from generator.package.opening.inspection import is_whole
from generator.package.printing.signatures import COVER, signed_rows

FORM_ROLE = "form.pdf"

_AGAIN = "请用 shenbao build 重新生成一稿。"


@dataclass(frozen=True)
class Sheet:
    """A printed page of the form: `label` as printed at its foot, the fingerprint of its layout, and what is filled in on it.

    `part` is the title of the part that it belongs to, `COVER` on the cover, empty on the others and on blank pages.
    """

    label: str
    fingerprint: str
    part: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class StandingDraft:
    """A 稿 that stands whole on the disk, or was kept by a frozen version; `name` is 第003稿, `pdf` its form."""

    name: str
    folder: Path
    manifest: Manifest
    sheets: tuple[Sheet, ...]
    pdf: PackageFile

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in the order of the form, each once."""
        return tuple(dict.fromkeys(sheet.part for sheet in self.sheets if sheet.part))

    def pages_of(self, part: str) -> tuple[int, ...]:
        """Return the pages (from 0) of `part`."""
        return tuple(page for page, sheet in enumerate(self.sheets) if sheet.part == part)

    def name_of(self, page: int) -> str:
        """Return what a clerk calls the page: its part and the number printed on it."""
        sheet = self.sheets[page]
        number = f"第{sheet.label}页" if sheet.label else f"全册第{page + 1}面"
        return " ".join(part for part in (sheet.part, "" if sheet.part == COVER else number) if part)


def read_draft(folder: Path, name: str = "") -> StandingDraft:
    """Return the 稿 in `folder`, called `name` if that is not the folder's own.

    Raises UnreadableError when it is not whole, or holds no form.
    """
    manifest = read_manifest(folder)
    if not is_whole(folder):
        raise UnreadableError(f"这一稿不完整，或里面的文件被改动过：{folder}", _AGAIN)
    listed = next((file for file in manifest.files if file.role == FORM_ROLE), None)
    if listed is None:
        raise UnreadableError(f"这一稿里没有申报表的 PDF：{folder}", _AGAIN)
    try:
        content = (folder / listed.path).read_bytes()
        snapshot = json.loads((folder / SNAPSHOT).read_bytes())
        sheets = _sheets(snapshot, _titles(PdfReader(io.BytesIO(content))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, PyPdfError, RecursionError) as error:
        raise UnreadableError(f"这一稿的记录读不出来：{folder}（{error}）", _AGAIN) from error
    return StandingDraft(
        name or folder.name, folder, manifest, sheets, PackageFile(listed.role, listed.path, content, listed.pages)
    )


def submitted_files(draft: StandingDraft, signed_form: PackageFile | None = None) -> tuple[PackageFile, ...]:
    """Return the files of the 稿, read from the disk, in the manifest's order; `signed_form` takes the place of the form.

    Raises UnreadableError for one that can't be read.
    """
    files = []
    for listed in draft.manifest.files:
        if listed.role == FORM_ROLE:
            files.append(signed_form or draft.pdf)
            continue
        try:
            content = (draft.folder / listed.path).read_bytes()
        except OSError as error:
            raise UnreadableError(f"读不到 {draft.folder / listed.path}：{reason_of(error)}", _AGAIN) from error
        files.append(PackageFile(listed.role, listed.path, content, listed.pages))
    return tuple(files)


def signed_parts(form: Form) -> tuple[str, ...]:
    """Return what of `form` is signed or sealed on paper: the cover where an office seals it, and parts with such rows."""
    cover = [COVER] if any(isinstance(item, CoverField) and item.seal for item in form.cover) else []
    return (*cover, *(part.title for part in form.parts if any(signed_rows(part.rows))))


def _titles(reader: PdfReader) -> dict[int, str]:
    """Return the highest headings of a form by the page (from 0) that they begin on."""
    titles: dict[int, str] = {}
    for entry in reader.outline:
        if isinstance(entry, Destination):
            page = reader.get_destination_page_number(entry)
            if page is not None and page >= 0:
                titles.setdefault(page, str(entry.title))
    return titles


def _sheets(snapshot: Any, titles: dict[int, str]) -> tuple[Sheet, ...]:
    fields: dict[int, list[tuple[str, str]]] = {}
    for field in snapshot["fields"]:
        if "page" in field:
            fields.setdefault(int(field["page"]) - 1, []).append((" › ".join(field["path"]), str(field["printed"])))
    sheets, part = [], COVER
    for number, page in enumerate(snapshot["pages"]):
        if number:
            part = titles.get(number, "" if part == COVER else part)
        label, told = str(page["label"]), tuple(fields.get(number, ()))
        blank = number > 0 and not label  # put in so that the next part begins on a right-hand page
        sheets.append(Sheet(label, str(page["fingerprint"]), "" if blank else part, told))
    return tuple(sheets)
