"""What makes a check quick to start: values that cost little to define, definitions read before, no heavy library."""

from __future__ import annotations

import copy
import dataclasses
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator import compiled
from generator.checks.standard_definition import Standard
from generator.cluster.catalogue import Field, Kind, read_anew, read_catalogue
from generator.forms.arrange import arrange
from generator.forms.definition import GroupRow
from generator.forms.fitting import Arranged, rooms, slot_boxes
from generator.forms.library import Library, compiled_path
from generator.forms.model_files import read_model
from generator.forms.reading import read_form
from generator.frozen import dataclass, field, replace
from generator.measure.fonts import FontLibrary
from generator.resources import templates_folder
from tests.by_hand import EXAMPLE

TEMPLATES = templates_folder()
HEAVY = (
    "hashlib",
    "pydantic",
    "docx",
    "docxtpl",
    "jinja2",
    "lxml",
    "reportlab",
    "pypdf",
    "xlsxwriter",
    "fontTools",
    "openpyxl",
)


@dataclass(frozen=True)
class Ours:
    name: str
    year: int = 2024
    parts: tuple[str, ...] = field(default_factory=tuple)


@dataclasses.dataclass(frozen=True)
class Theirs:
    name: str
    year: int = 2024
    parts: tuple[str, ...] = dataclasses.field(default_factory=tuple)


@dataclass(frozen=True, order=True)
class Sorted:
    line: int
    column: int = 0


@dataclass(frozen=True, kw_only=True)
class Base:
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Derived(Base):
    value: str

    def __post_init__(self) -> None:
        if not self.value:
            raise ValueError("empty")


def said(call: Any, *given: Any, **named: Any) -> str:
    """What a call gives, or which exception it raises."""
    try:
        return repr(call(*given, **named)).partition("(")[2]
    except Exception as error:
        return type(error).__name__


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("甲",), {}),
        (("甲", 2023), {"parts": ("乙",)}),
        ((), {"year": 1, "name": "甲"}),
        ((), {}),
        (("甲", 1, (), 4), {}),
        (("甲",), {"name": "乙"}),
        (("甲",), {"colour": "red"}),
    ],
)
def test_a_frozen_value_is_made_as_the_standard_library_makes_it(given: Sequence[Any], named: dict[str, Any]) -> None:
    assert said(Ours, *given, **named) == said(Theirs, *given, **named)


def test_a_frozen_value_behaves_as_the_standard_library_s() -> None:
    one, same, other = Ours("甲"), Ours("甲", 2024), Ours("乙")
    assert one == same and hash(one) == hash(same) == hash(Theirs("甲")) and one != other
    assert one.__eq__(Theirs("甲")) is NotImplemented
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, "year", 1)  # noqa: B010
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(one, "year")
    assert replace(one, year=2) == dataclasses.replace(one, year=2) == Ours("甲", 2)
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert [each.name for each in dataclasses.fields(Ours)] == ["name", "year", "parts"]
    assert dataclasses.asdict(one) == dataclasses.asdict(Theirs("甲"))
    match one:
        case Ours(name, year):
            assert (name, year) == ("甲", 2024)
    assert sorted([Sorted(2), Sorted(1, 5), Sorted(1)]) == [Sorted(1), Sorted(1, 5), Sorted(2)]


def test_fields_by_name_may_follow_those_with_defaults_of_a_base() -> None:
    assert repr(Derived(value="甲")) == "Derived(label='', value='甲')"
    with pytest.raises(ValueError):
        Derived(value="")
    with pytest.raises(TypeError):
        Derived("甲")  # type: ignore[call-arg]


def test_what_was_compiled_is_what_the_definitions_say() -> None:
    library = Library.standard()
    for identifier in library.ids():
        assert library.form(identifier) == read_form(TEMPLATES / "forms" / f"{identifier}.yaml")
    assert read_catalogue([TEMPLATES / "fields"]) == read_anew([TEMPLATES / "fields"])
    standard = TEMPLATES / "standards" / "national-2022.yaml"
    assert compiled.read(compiled_path(standard), [standard]) == read_model(standard, Standard)


def test_forms_arranged_and_measured_before_are_as_they_would_be_now() -> None:
    library, fonts = Library.standard(), FontLibrary.bundled()
    for identifier in library.ids():
        arrangement = arrange(library.form(identifier))
        assert library.arranged(identifier) == Arranged(arrangement, rooms(arrangement, fonts))


def test_rows_of_a_form_arranged_before_are_those_of_its_slots() -> None:
    arranged = Library.standard().arranged("national-2025")
    assert arranged is not None
    rows = {id(row) for part in arranged.arrangement.form.parts for row in (*part.rows, *_grouped(part.rows))}
    assert {id(slot.row) for slot in arranged.arrangement.slots() if slot.row is not None} <= rows


def _grouped(rows: Sequence[Any]) -> list[Any]:
    return [inner for row in rows if isinstance(row, GroupRow) for inner in (*row.rows, *_grouped(row.rows))]


def test_rooms_measured_with_other_fonts_are_not_taken() -> None:
    arrangement, fonts = arrange(Library.standard().form("national-2025")), FontLibrary.bundled()
    measured = rooms(arrangement, fonts)
    wrong = replace(measured, boxes={key: replace(box, width=1.0) for key, box in measured.boxes.items()})
    assert slot_boxes(arrangement, fonts, wrong) == wrong.boxes != measured.boxes
    assert slot_boxes(arrangement, fonts, replace(wrong, fonts=())) == measured.boxes


def test_what_was_compiled_holds_only_while_its_source_is_unchanged(tmp_path: Path) -> None:
    source, target = tmp_path / "fields.yaml", tmp_path / "fields.pickle"
    source.write_text("甲", encoding="utf-8")
    value = (
        Field("产值", Kind.AMOUNT, ("实绩", "产值"), minimum=Decimal("0.10"), by_year=True),
        {"乙": (1, 2.5, None)},
    )
    target.write_bytes(compiled.written(value, [source]))
    assert compiled.read(target, [source]) == value
    source.write_text("乙", encoding="utf-8")
    assert compiled.read(target, [source]) is None
    assert compiled.read(tmp_path / "none.pickle", [source]) is None


def test_what_was_compiled_by_a_class_with_other_fields_is_not_taken(tmp_path: Path) -> None:
    source, target = tmp_path / "a.yaml", tmp_path / "a.pickle"
    source.touch()
    stamp, fields, content = pickle.loads(compiled.written(Field("产值", Kind.AMOUNT, ("产值",)), [source]))
    others = {key: names and (*names, "clause of another time") for key, names in fields.items()}
    for known, taken in ((fields, True), (others, False), ({}, False)):
        target.write_bytes(pickle.dumps((stamp, known, content)))
        assert (compiled.read(target, [source]) is not None) is taken


class Opening:
    """What a file of ill will might hold: reading it would call something."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("exit 3",)


@pytest.mark.parametrize("value", [Opening(), Path("/"), FontLibrary.bundled(), compiled.read])
def test_nothing_but_our_own_values_is_taken_from_what_was_compiled(tmp_path: Path, value: object) -> None:
    source, target = tmp_path / "a.yaml", tmp_path / "a.pickle"
    source.touch()
    stamp, fields, _ = pickle.loads(compiled.written(Field("产值", Kind.AMOUNT, ("产值",)), [source]))
    for content in ((stamp, fields, pickle.dumps(value)), value):
        target.write_bytes(pickle.dumps(content))
        assert compiled.read(target, [source]) is None


@pytest.mark.parametrize("content", [b"", b"\x80\x05.", b"{}", b"\x80\x05K\x01.", bytes(300)])
def test_a_spoilt_file_of_what_was_compiled_is_not_taken(tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "a.pickle"
    target.write_bytes(content)
    assert compiled.read(target, []) is None


def test_a_library_of_one_s_own_is_read_from_its_files(tmp_path: Path) -> None:
    text = (TEMPLATES / "forms" / "national-2025.yaml").read_text(encoding="utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "national-2025.yaml").write_text(text.replace("issuer: ", "issuer: 某", 1), encoding="utf-8")
    own, standard = Library.standard([tmp_path]).form("national-2025"), Library.standard().form("national-2025")
    assert own != standard and own.issuer == f"某{standard.issuer}"


def test_a_check_imports_no_heavy_library(child_environment: dict[str, str], tmp_path: Path) -> None:
    program = (
        "import sys; from generator.cli.program import program\n"
        "try: program(['check', sys.argv[1], '--form', 'national-2025'])\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "print(*sorted(name for name in sys.modules if '.' not in name))"
    )
    command = [sys.executable, "-c", program, str(EXAMPLE)]
    printed = subprocess.run(command, cwd=tmp_path, env=child_environment, capture_output=True, check=True).stdout
    assert not set(HEAVY) & set(printed.decode("utf-8", "replace").split())
