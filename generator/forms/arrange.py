"""From definition to arrangement: every row of the grammar becomes cells, every blank a slot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.errors import DefinitionError
from generator.findings import PATH_MARK
from generator.forms.arrange_cover import arrange_cover
from generator.forms.arrangement import (
    ArrangedPart,
    Arrangement,
    Grid,
    GridCell,
    GridRow,
    Paragraph,
    Piece,
    PlanPiece,
    Slot,
    SlotKind,
)
from generator.forms.definition import (
    FOOTNOTE_MARK,
    AnyRow,
    BoxesRow,
    ByYearRow,
    CaptionedRow,
    CellsRow,
    Choice,
    CountRow,
    DownRow,
    Form,
    GroupRow,
    MatrixRow,
    NamesRow,
    NarrativeRow,
    Part,
    PlanHeading,
    PlanMilestones,
    PlanProse,
    PlanTable,
    PlanText,
    Row,
    SignedRow,
    Source,
    ValueRow,
    YearsRow,
)
from generator.forms.typography import MM
from generator.frozen import dataclass, replace

_KEY_LENGTH = 40  # Word's limit for the name of a bookmark

_TEXT_CAPACITY = 40
_NAMES_CAPACITY = 260  # ten names of 25 characters and the marks between them


def arrange(form: Form) -> Arrangement:
    """Arrange `form`.

    Raises DefinitionError where rows do not fit the part's columns, or two slots would bear one key.
    """
    parts = tuple(_arrange_part(form, part) for part in form.parts)
    arrangement = Arrangement(form, arrange_cover(form), parts)
    _check_keys(form, arrangement.slots())
    return arrangement


def _check_keys(form: Form, slots: Iterable[Slot]) -> None:
    seen: set[str] = set()
    for slot in slots:
        if slot.key in seen:
            raise DefinitionError(
                f"表式 {form.id} 里“{PATH_MARK.join(slot.path)}”与前面某栏重名（{slot.key}）。", "请给这一行另取 name。"
            )
        if len(slot.key) > _KEY_LENGTH:
            raise DefinitionError(f"表式 {form.id} 的名称“{slot.key}”超过{_KEY_LENGTH}个字符。", "请取短一些的 name。")
        seen.add(slot.key)


def _arrange_part(form: Form, part: Part) -> ArrangedPart:
    if part.plan is not None:
        return ArrangedPart(part.title, plan=tuple(_plan_pieces(form, part)))
    rows: list[GridRow] = []
    for row in part.rows:
        rows.extend(_RowArranger(form, part).arrange(row))
    return ArrangedPart(part.title, grid=Grid(part.columns, tuple(rows), part.row_height * MM))


@dataclass(frozen=True)
class _RowArranger:
    """Arranges rows of one part; inside a group, `group` is the label that they share and column 0 is taken by it."""

    form: Form
    part: Part
    group: str = ""
    group_owes: tuple[str, ...] = ()

    @property
    def label_span(self) -> int:
        return self.part.sublabel if self.group else 1

    @property
    def value_span(self) -> int:
        return len(self.part.columns) - self.label_span - (1 if self.group else 0)

    def arrange(self, row: AnyRow) -> list[GridRow]:
        """Return the grid rows of `row`."""
        match row:
            case YearsRow():
                return [self._labelled(row, self._year_cells(self._years_captions("表头")), label_style="表头")]
            case ValueRow():
                return [self._labelled(row, [self._value_cell(row)])]
            case CellsRow():
                return [self._pairs(row)]
            case ByYearRow():
                return [self._labelled(row, self._year_cells(self._year_slots(row, row.by_year)))]
            case DownRow():
                return self._down(row)
            case CaptionedRow():
                return self._captioned(row)
            case MatrixRow():
                return self._matrix(row)
            case BoxesRow():
                return [self._labelled(row, [self._boxes_cell(row)])]
            case NarrativeRow():
                return [self._labelled(row, [self._narrative_cell(row)])]
            case NamesRow():
                return [self._labelled(row, [self._names_cell(row)])]
            case CountRow():
                return [self._labelled(row, [self._count_cell(row)])]
            case SignedRow():
                return [self._labelled(row, [self._signed_cell(row)], label_style="签章栏目")]
            case GroupRow():
                return self._group_rows(row)

    # ── slots and cells ──

    def _slot(
        self,
        row: Row,
        tag: str,
        kind: SlotKind,
        *steps: str,
        required: bool | None = None,
        capacity: int | None = None,
        **more: Any,
    ) -> Slot:
        labels = (self.part.title, _plain(self.group), _plain(row.label or row.caption), *steps)
        key = tag.replace(".", "_")
        return Slot(
            key=key if kind is SlotKind.HINT else f"{self.part.numeral}_{key}",
            tag=tag,
            kind=kind,
            path=tuple([label for label in labels if label]),
            row=row,
            required=row.required if required is None else required,
            filler=row.filler,
            capacity=row.capacity if capacity is None else capacity,
            group_owes=self.group_owes,
            **more,
        )

    def _labelled(self, row: Row, cells: Sequence[GridCell], label_style: str = "栏目") -> GridRow:
        if not row.label:
            (only,) = cells
            return GridRow((replace(only, span=self.label_span + self.value_span),), row.height * MM)
        label = GridCell(self.label_span, self._label(row, label_style))
        return GridRow((label, *cells), row.height * MM)

    def _label(self, row: Row, style: str = "栏目") -> tuple[Paragraph, ...]:
        paragraphs = label_paragraphs(row.label, style, row.footnote)
        if not isinstance(row, ValueRow) or not row.hint:
            return paragraphs
        name = _name(row, row.value)
        hint, mark, _ = row.hint.partition(FOOTNOTE_MARK)
        tag = f"提示.{self.part.numeral}_{name}"
        slot = self._slot(row, tag, SlotKind.HINT, text=hint, source=name, required=False)
        if not mark:
            return (*paragraphs, Paragraph("栏目提示", (Piece(slot=slot),)))
        last = paragraphs[-1]  # the mark stays behind the label when the hint goes
        return (*paragraphs[:-1], replace(last, pieces=(*last.pieces, Piece(slot=slot), Piece(footnote=row.footnote))))

    def _year_cells(self, paragraphs: Sequence[Paragraph]) -> list[GridCell]:
        span, rest = divmod(self.value_span, len(paragraphs))
        if rest:
            raise DefinitionError(f"表式 {self.form.id} “{self.part.title}”的列数与数据年度数不合。", "请改 columns。")
        return [GridCell(span, (paragraph,)) for paragraph in paragraphs]

    def _years_captions(self, style: str = "栏目") -> list[Paragraph]:
        return [Paragraph(style, (Piece(f"{year}年"),)) for year in self.form.years.data]

    def _year_slots(self, row: Row, source: Source) -> list[Paragraph]:
        return [
            Paragraph("填写居中", (Piece(slot=self._year_slot(row, source, year)),)) for year in self.form.years.data
        ]

    def _year_slot(self, row: Row, source: Source, year: int, *steps: str) -> Slot:
        return self._slot(
            row,
            f"{_name(row, source)}.y{year}",
            SlotKind.VALUE,
            *steps,
            f"{year}年",
            source=source.field if isinstance(source, Choice) else source,
            choice=source if isinstance(source, Choice) else None,
            year=year,
            capacity=row.capacity or 1,
        )

    def _value_cell(self, row: ValueRow) -> GridCell:
        choice = row.value if isinstance(row.value, Choice) else None
        field = choice.field if choice else str(row.value)
        composed = "" if choice else self.form.compose.get(field)
        slot = self._slot(
            row,
            _name(row, row.value),
            SlotKind.COMPOSED if composed else SlotKind.VALUE,
            source=composed or field,
            choice=choice,
            capacity=row.capacity or (_TEXT_CAPACITY if not row.after else 1),
            blank=10 if row.after else 0,
        )
        return GridCell(self.value_span, _with_after(slot, row.after))

    def _pairs(self, row: CellsRow) -> GridRow:
        cells: list[GridCell] = []
        for pair in row.cells:
            slot = Slot(
                key=f"{self.part.numeral}_{pair.value}",
                tag=pair.value,
                kind=SlotKind.VALUE,
                path=(self.part.title, pair.value),
                source=pair.value,
                row=row,
                required=pair.required,
                capacity=pair.capacity or _TEXT_CAPACITY,
            )
            cells.append(GridCell(1, label_paragraphs(pair.label)))
            cells.append(GridCell(1, (Paragraph("填写居中", (Piece(slot=slot),)),)))
        missing = len(self.part.columns) - len(cells)
        if missing < 0:
            raise DefinitionError(f"表式 {self.form.id} “{self.part.title}”并列的栏目多于列数。", "请改 columns。")
        cells[-1] = replace(cells[-1], span=1 + missing)
        return GridRow(tuple(cells), row.height * MM)

    def _caption(self, row: Row) -> tuple[Paragraph, ...]:
        return (Paragraph("选项", (Piece(row.caption),)),) if row.caption else ()

    def _boxes_cell(self, row: BoxesRow) -> GridCell:
        paragraphs = list(self._caption(row))
        for start in range(0, len(row.boxes), row.per_line):
            pieces: list[Piece] = []
            for number in range(start, min(start + row.per_line, len(row.boxes))):
                if pieces:
                    pieces.append(Piece("\t"))
                pieces.extend(self._box_pieces(row, number))
            if row.trailing and start + row.per_line >= len(row.boxes):
                pieces.append(Piece(row.trailing))
            paragraphs.append(Paragraph("选项", tuple(pieces)))
        if row.after:
            paragraphs.append(Paragraph("注", (Piece(row.after),)))
        return GridCell(self.value_span, tuple(paragraphs))

    def _box_pieces(self, row: BoxesRow, number: int) -> list[Piece]:
        box = row.boxes[number]
        slot = self._slot(
            row, f"{row.name}.b{number + 1}", SlotKind.BOX, box.text, text=box.text, box=box, required=False
        )
        pieces = [Piece(slot=slot), Piece(box.text)]
        if box.other:
            other = self._slot(
                row, f"{row.name}.其他", SlotKind.OTHER, box.text, source=row.name, required=False, capacity=20
            )
            pieces.append(Piece(slot=other))
        return pieces

    def _narrative_cell(self, row: NarrativeRow) -> GridCell:
        slot = self._slot(
            row,
            row.narrative,
            SlotKind.NARRATIVE,
            source=row.narrative,
            limit=row.limit,
            capacity=row.capacity or row.limit,
        )
        return GridCell(self.value_span, (*self._caption(row), Paragraph("叙述", (Piece(slot=slot),))))

    def _names_cell(self, row: NamesRow) -> GridCell:
        number = self._slot(row, f"{row.name}.数量", SlotKind.NUMBER, "数量", source=row.names, capacity=3, blank=6)
        names = self._slot(
            row, f"{row.name}.名称", SlotKind.NAMES, "名称", source=row.names, capacity=row.capacity or _NAMES_CAPACITY
        )
        first = Paragraph("选项", (Piece("数量："), Piece(slot=number, underlined=True), Piece("个")))
        return GridCell(self.value_span, (first, Paragraph("选项", (Piece("名称："), Piece(slot=names)))))

    def _count_cell(self, row: CountRow) -> GridCell:
        slot = self._slot(row, f"{row.name}.数量", SlotKind.NUMBER, source=row.count, capacity=3, blank=10)
        return GridCell(self.value_span, _with_after(slot, row.after))

    def _signed_cell(self, row: SignedRow) -> GridCell:
        paragraphs = [Paragraph("声明", (Piece(row.statement),)), Paragraph("签章")] if row.statement else []
        for line in row.signed:
            paragraphs += [Paragraph("签章", (Piece(line),)), Paragraph("签章")]
        if row.date:
            paragraphs.append(Paragraph("签章日期", (Piece("　　" + row.date.replace(" ", "　　")),)))
        return GridCell(self.value_span, tuple(paragraphs))

    # ── rows over several lines ──

    def _merged(self, row: Row, inner: Sequence[tuple[GridCell, ...]]) -> list[GridRow]:
        """Put the merged label of `row` before every row of cells."""
        label = GridCell(self.label_span, self._label(row), "restart")
        rest = GridCell(self.label_span, (), "continue")
        return [GridRow((rest if index else label, *cells)) for index, cells in enumerate(inner)]

    def _down(self, row: DownRow) -> list[GridRow]:
        span = self.part.sublabel
        inner: list[tuple[GridCell, ...]] = []
        for year in self.form.years.data:
            slot = self._year_slot(row, row.down, year)
            caption = GridCell(span, (Paragraph("栏目", (Piece(f"{year}年"),)),))
            inner.append((caption, GridCell(self.value_span - span, (Paragraph("填写居中", (Piece(slot=slot),)),))))
        if row.note:
            inner.append((GridCell(self.value_span, (Paragraph("注", (Piece(row.note),)),)),))
        return self._merged(row, inner)

    def _captioned(self, row: CaptionedRow) -> list[GridRow]:
        captions = tuple(self._year_cells(self._years_captions()))
        return self._merged(row, [captions, tuple(self._year_cells(self._year_slots(row, row.captioned)))])

    def _matrix(self, row: MatrixRow) -> list[GridRow]:
        years = self.form.years.data
        width = len(row.matrix.head)
        if self.value_span != len(years) * width:
            raise DefinitionError(f"表式 {self.form.id} “{self.part.title}”的列数排不下标准数量表。", "请改 columns。")
        head = tuple(GridCell(1, (Paragraph("栏目", (Piece(text),)),)) for _ in years for text in row.matrix.head)
        inner = [head]
        for line in row.matrix.rows:
            cells: list[GridCell] = []
            for year in years:
                cells.append(GridCell(1, (Paragraph("栏目", (Piece(line.text),)),)))
                for field, title in zip(line.fields, row.matrix.head[1:], strict=True):
                    slot = self._year_slot(row, field, year, line.text, title)
                    cells.append(GridCell(1, (Paragraph("填写居中", (Piece(slot=slot),)),)))
            inner.append(tuple(cells))
        return self._merged(row, inner)

    def _group_rows(self, row: GroupRow) -> list[GridRow]:
        inside = replace(self, group=row.label, group_owes=row.owes)
        rows = [arranged for entry in row.rows for arranged in inside.arrange(entry)]
        label = GridCell(1, self._label(row), "restart")
        rest = GridCell(1, (), "continue")
        return [
            replace(arranged, cells=(rest if index else label, *arranged.cells)) for index, arranged in enumerate(rows)
        ]


def _name(row: Row, source: Source) -> str:
    """What a place filled from `source` is called in the template: the field, or the row where one of several is taken."""
    return row.name if isinstance(source, Choice) else source


def label_paragraphs(label: str, style: str = "栏目", footnote: str = "") -> tuple[Paragraph, ...]:
    """Return the paragraphs of a label: one a line; a bracketed later line is set as a hint; `[^]` is the note's mark."""
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(label.split("\n")):
        before, mark, behind = line.partition(FOOTNOTE_MARK)
        pieces = [Piece(before), Piece(footnote=footnote), Piece(behind)] if mark else [Piece(line)]
        used = "栏目提示" if number and line.startswith("（") else style
        paragraphs.append(Paragraph(used, tuple(piece for piece in pieces if piece.text or piece.footnote)))
    return tuple(paragraphs)


def _plain(label: str) -> str:
    """The label as a step of a path: one line, without its note's mark and the limits and remarks on lines of their own."""
    first, *others = label.replace(FOOTNOTE_MARK, "").split("\n")
    kept = "".join([first, *[line for line in others if not line.startswith("（")]])
    return "".join(kept.split()).rstrip("：")


def _with_after(slot: Slot, after: str) -> tuple[Paragraph, ...]:
    if not after:
        return (Paragraph("填写居中", (Piece(slot=slot),)),)
    first, *rest = after.split("\n")
    paragraphs = [Paragraph("栏目", (Piece(slot=slot, underlined=True), Piece(first)))]
    return (*paragraphs, *(Paragraph("栏目提示", (Piece(line),)) for line in rest))


def _plan_pieces(form: Form, part: Part) -> Iterable[PlanPiece]:
    assert part.plan is not None
    for block in part.plan.body:
        match block:
            case PlanText():
                yield PlanPiece(paragraph=Paragraph("规划说明", (Piece(block.text),)))
            case PlanHeading():
                style = ("规划标题一", "规划标题二", "规划标题三")[block.level - 1]
                yield PlanPiece(paragraph=Paragraph(style, (Piece(block.heading),)))
            case PlanProse():
                yield PlanPiece(prose=_prose_slot(part, block.prose, block.heading, block.required))
            case PlanMilestones():
                for number, year in enumerate(form.years.milestones, start=1):
                    heading = block.milestones.replace("$n", str(number)).replace("$year", str(year))
                    yield PlanPiece(paragraph=Paragraph("规划标题三", (Piece(heading),)))
                    yield PlanPiece(prose=_prose_slot(part, f"年度目标y{year}", heading, True))
            case PlanTable():
                yield PlanPiece(table=block)


def _prose_slot(part: Part, name: str, heading: str, required: bool) -> Slot:
    return Slot(
        key=f"{part.numeral}_{name}",
        tag=f"正文.{name}",
        kind=SlotKind.PROSE,
        path=(part.title, heading),
        source=heading,
        required=required,
    )
