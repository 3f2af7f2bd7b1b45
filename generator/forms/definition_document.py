"""The grammar of designed documents: lists, reports, covers, labels. From definitions in `templates/documents/*.yaml`.

docs/definition.md explains every construct. Widths and heights are millimetres. `{名}` in a text is a name of what the document
is filled with; inside a loop the item is called as the loop says: `{行.名称}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

_NAME = r"[\w]+(?:\.[\w]+)*"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KINDS = ("drawing", "table", "each", "sheets", "blocks")

NUMBER = "号"
"""What every item of a loop is numbered by, throughout the document: `print_document` puts it in."""


def placeholders(text: str) -> list[tuple[str, str]]:
    """Return `text` in pieces: what stands as it is, and the name in the braces behind it (empty at the end).

    Raises ValueError for braces that hold no name.
    """
    pieces: list[tuple[str, str]] = []
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        if not re.fullmatch(_NAME, found[1]):
            raise ValueError(f"“{found[0]}”不是名称")
        pieces.append((text[end : found.start()], found[1]))
        end = found.end()
    return [*pieces, (text[end:], "")]


def _with_names(text: str) -> str:
    placeholders(text)
    return text


Words = Annotated[str, AfterValidator(_with_names)]
"""A text that may hold names in braces."""

DRAWING = "图_"
"""What the bookmarks of drawings begin with."""
SIGNED = "签章_"
"""What the bookmarks of places that are signed or sealed begin with, on papers as on forms."""


class DocumentPart(BaseModel):
    """Base of every construct of a document: values, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentText(DocumentPart):
    """A paragraph in the named style; printed only where the name `when` holds something.

    `new_page` begins a page with it; `keep` holds it on the page of what follows; `mark` names the bookmark that tells where it
    stands.
    """

    text: Words
    style: str = "文档正文"
    when: str = Field(default="", pattern=rf"^({_NAME})?$")
    new_page: bool = False
    keep: bool = False
    mark: Words = ""


class DocumentColumn(DocumentPart):
    """One column of a table; `style` names another paragraph style than that of its alignment."""

    width: float = Field(gt=0)
    head: Words = ""
    text: Words = ""
    align: Literal["left", "centre", "right"] = "left"
    style: str = ""


class DocumentRows(DocumentPart):
    """A table: a head where columns have one, `lines` printed once, a row for every item of `rows`, and `foot` below.

    `lines` and `foot` hold as many texts as there are columns; those of `foot` are printed where the name `foot_when` holds
    something, or always. `row_height` is the least height of a row. `frame` False leaves all rules away. `together` keeps a table
    of few rows on one page.
    """

    columns: tuple[DocumentColumn, ...] = Field(min_length=1)
    rows: str = Field(default="", pattern=rf"^({_NAME})?$")
    item: str = Field(default="行", alias="as")
    lines: tuple[tuple[Words, ...], ...] = ()
    foot: tuple[Words, ...] = ()
    foot_when: str = Field(default="", pattern=rf"^({_NAME})?$")
    row_height: float = Field(default=7.5, gt=0)
    frame: bool = True
    together: bool = False

    @model_validator(mode="after")
    def _as_wide_as_its_columns(self) -> DocumentRows:
        for line in (*self.lines, *([self.foot] if self.foot else [])):
            if len(line) != len(self.columns):
                raise ValueError(f"有一行写了 {len(line)} 格，而表有 {len(self.columns)} 列")
        return self


class DocumentTable(DocumentPart):
    """A table."""

    table: DocumentRows


class DocumentDrawing(DocumentPart):
    """Room for a drawing, as wide as the text and `height` high; the drawing is given by this name when it is printed."""

    drawing: Words
    height: float = Field(gt=0)
    when: str = Field(default="", pattern=rf"^({_NAME})?$")


class DocumentLoop(DocumentPart):
    """Blocks repeated for every item of a list."""

    each: str = Field(pattern=rf"^{_NAME}$")
    item: str = Field(default="项", alias="as")
    blocks: tuple[DocumentBlock, ...] = Field(min_length=1)


class DocumentGroup(DocumentPart):
    """Blocks printed only where the name `when` holds something."""

    when: str = Field(pattern=rf"^{_NAME}$")
    blocks: tuple[DocumentBlock, ...] = Field(min_length=1)


class DocumentSheets(DocumentPart):
    """Blocks on sheets of their own: they begin on a right-hand page, and their pages count from 1, `sheets` (`8-`) before each number.

    Whatever stands in front may come, go or grow: these sheets stay as they are.
    """

    sheets: str = Field(pattern=r"^[^{}]*$")
    blocks: tuple[DocumentBlock, ...] = Field(min_length=1)


def _kind(value: Any) -> str:
    bears = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, DocumentPart) else ()
    return next((key for key in _KINDS if key in bears), "text")


DocumentBlock = Annotated[
    Annotated[DocumentText, Tag("text")]
    | Annotated[DocumentTable, Tag("table")]
    | Annotated[DocumentDrawing, Tag("drawing")]
    | Annotated[DocumentLoop, Tag("each")]
    | Annotated[DocumentSheets, Tag("sheets")]
    | Annotated[DocumentGroup, Tag("blocks")],
    Discriminator(_kind),
]


class DocumentSigned(DocumentPart):
    """That the applicant signs and seals a paper, as it does the form's own declaration of truth.

    `place` is what the place is called in 签章清单; `when_asked` says that it is signed only where the notice asks for it. The pages
    are those of the blocks whose `mark` begins with `SIGNED`.
    """

    place: str = Field(min_length=1)
    when_asked: bool = False


class DocumentDefinition(DocumentPart):
    """A designed document from top to bottom.

    `paper` is width and height of a page, `margins` those above, at the right, below, at the left. `page_numbers` prints the
    number at the foot of every page; `sides` between dashes, at the outer side, 7 mm below the text, as official letters have it
    (GB/T 9704-2012, 7.5). `signed` tells that it is signed and sealed by hand.
    """

    id: str
    title: str
    orientation: Literal["portrait", "landscape"] = "portrait"
    paper: tuple[float, float] = (210, 297)
    margins: tuple[float, float, float, float] = (23, 25, 20, 25)
    page_numbers: bool | Literal["sides"] = True
    signed: DocumentSigned | None = None
    blocks: tuple[DocumentBlock, ...] = Field(min_length=1)

    @property
    def sides(self) -> bool:
        """Whether right-hand and left-hand pages have their numbers at different sides."""
        return self.page_numbers == "sides"

    @property
    def room(self) -> float:
        """How wide the text may be, in millimetres."""
        width = self.paper[1] if self.orientation == "landscape" else self.paper[0]
        return width - self.margins[1] - self.margins[3]

    @model_validator(mode="after")
    def _on_the_paper(self) -> DocumentDefinition:
        for table in _tables(self.blocks):
            width = sum(column.width for column in table.columns)
            if width > self.room + 0.01:
                raise ValueError(f"有一张表各列合计 {width:g} 毫米，纸上只有 {self.room:g} 毫米")
        return self

    @model_validator(mode="after")
    def _sheets_at_the_end(self) -> DocumentDefinition:
        kinds = [isinstance(block, DocumentSheets) for block in self.blocks]
        if kinds != sorted(kinds) or any(isinstance(block, DocumentSheets) for block in _inner(self.blocks)):
            raise ValueError("另起一张的（sheets）要排在最后，不能写在别的块里面")
        if any(kinds) and self.sides:
            raise ValueError("有另起一张的（sheets），页码不能写 sides")
        return self

    @model_validator(mode="after")
    def _marked_where_signed(self) -> DocumentDefinition:
        if (self.signed is not None) != any(text.mark.startswith(SIGNED) for text in _texts(self.blocks)):
            raise ValueError(f"要签章的材料写 signed，签章的各段用 mark 加书签（{SIGNED}…），两样都要写或都不写")
        return self


DocumentLoop.model_rebuild()
DocumentGroup.model_rebuild()
DocumentSheets.model_rebuild()
DocumentDefinition.model_rebuild()


_Holder = DocumentLoop | DocumentGroup | DocumentSheets
"""Blocks that hold others."""


def _inner(blocks: tuple[DocumentBlock, ...]) -> Iterator[DocumentBlock]:
    """Yield the blocks within blocks."""
    for block in blocks:
        if isinstance(block, _Holder):
            yield from block.blocks
            yield from _inner(block.blocks)


def _texts(blocks: tuple[DocumentBlock, ...]) -> list[DocumentText]:
    return [block for block in (*blocks, *_inner(blocks)) if isinstance(block, DocumentText)]


def _tables(blocks: tuple[DocumentBlock, ...]) -> list[DocumentRows]:
    return [block.table for block in (*blocks, *_inner(blocks)) if isinstance(block, DocumentTable)]
