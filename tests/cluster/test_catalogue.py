"""The catalogue: what files may say, and what is refused with file and line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.cluster.catalogue import Catalogue, Column, EventKind, Field, Kind, read_catalogue
from generator.errors import DefinitionError
from generator.resources import templates_folder


def catalogue_of(tmp_path: Path, *texts: str) -> Catalogue:
    folders = []
    for number, text in enumerate(texts):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "fields.yaml").write_text(text, encoding="utf-8")
        folders.append(folder)
    return read_catalogue(folders)


def test_the_package_s_own_catalogue_can_be_read() -> None:
    catalogue = read_catalogue([templates_folder() / "fields"])
    assert catalogue.fields["集群总产值"].by_year
    assert catalogue.facts
    assert catalogue.registers
    assert catalogue.events


def test_each_field_has_its_usual_place(catalogue: Catalogue) -> None:
    places = {name: field.at for name, field in catalogue.fields.items()}
    assert places["集群总产值"] == ("实绩", "集群总产值")
    assert places["占地面积"] == ("概况", "占地面积")
    assert places["强链补链情况"] == ("叙述", "强链补链情况")
    assert places["申报时间"] == ("申报时间",)
    assert places["主管部门名称"] == ("主管部门", "名称")


def test_all_attributes_are_read(tmp_path: Path) -> None:
    text = "fields: [{name: 甲, kind: amount, unit: 亿元, by_year: true, min: 0, max: 1.50, about: 说明, clause: 出处}]"
    assert catalogue_of(tmp_path, text).fields["甲"] == Field(
        name="甲", kind=Kind.AMOUNT, at=("实绩", "甲"), unit="亿元", by_year=True, minimum=Decimal(0),
        maximum=Decimal("1.50"), description="说明", clause="出处",
    )  # fmt: skip


def test_registers_and_events_are_read(catalogue: Catalogue) -> None:
    assert catalogue.registers["创新平台"].columns[:2] == (
        Column("名称", Kind.TEXT, required=True),
        Column("级别", Kind.CHOICE, choices=("国家级", "省级", "其他")),
    )
    assert catalogue.events["安全事故"] == EventKind("安全事故", ("一般", "较大"), "生产安全事故")


def test_folders_add_to_one_another_in_order(tmp_path: Path) -> None:
    catalogue = catalogue_of(
        tmp_path, "fields: [{name: 甲, kind: text}]", "fields: [{name: 乙, kind: text}]\nfacts: [丙]"
    )
    assert list(catalogue.fields) == ["甲", "乙"]
    assert list(catalogue.facts) == ["丙"]


def test_anchors_may_be_used(tmp_path: Path) -> None:
    text = "registers:\n  - {name: 甲, columns: &c [{name: 名称, kind: text}]}\n  - {name: 乙, columns: *c}\n"
    registers = catalogue_of(tmp_path, text).registers
    assert registers["甲"].columns == registers["乙"].columns != ()


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("fields: [{name: 甲, kind: money}]", "1:10", "money"),
        ("fields:\n  - {kind: text}", "2:5", "name"),
        ("fields:\n  - {name: 甲, kind: text, typ: x}", "2:27", "不认识"),
        ("fields:\n  - {name: 甲, kind: text}\n  - {name: 甲, kind: text, at: [乙]}", "3:5", "两次"),
        ("fields:\n  - {name: 甲, kind: text}\n  - {name: 乙, kind: text, at: [概况, 甲]}", "3:5", "位置相同"),
        ("fields:\n  - {name: 甲, kind: text, at: [丙]}\n  - {name: 乙, kind: text, at: [丙, 丁]}", "3:5", "里面"),
        ("fields:\n  - {name: 乙, kind: text, at: [丙, 丁]}\n  - {name: 甲, kind: text, at: [丙]}", "3:5", "位置相同"),
        ("fields: [{name: 甲, kind: text, at: [申报, 甲]}]", "1:10", "另有用处"),
        ("fields: [{name: 叙述, kind: text, submission: true}]", "1:10", "另有用处"),
        ("fields: [{name: 甲, kind: choice}]", "1:10", "choices"),
        ("fields: [{name: 甲, kind: text, choices: [乙]}]", "1:10", "choices"),
        ("fields: [{name: 甲, kind: text, min: 1}]", "1:10", "min"),
        ("fields: [{name: 甲, kind: count, min: 2, max: 1}]", "1:10", "大于"),
        ("fields: [{name: 甲, kind: count, min: 很少}]", "1:10", "数字"),
        ("fields: [{name: 甲, kind: count, by_year: 是}]", "1:10", "true"),
        ("fields: [{name: 甲, kind: narrative, by_year: true}]", "1:10", "by_year"),
        ("fields: 甲", "1:9", "列表"),
        ("facts: [[甲]]", "1:9", "名称: 内容"),
        ("events: [{name: 甲, grades: [乙, 乙]}]", "1:32", "不重复"),
        ("fields: [{name: 甲, kind: text}", "2:1", "读不懂"),
        ("产业: 甲", "1:1", "不认识"),
    ],
)
def test_a_wrong_file_is_an_error_at_its_place(tmp_path: Path, text: str, place: str, word: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        catalogue_of(tmp_path, text + "\n")
    assert f"fields.yaml:{place}：" in str(caught.value)
    assert word in str(caught.value)


def test_a_name_given_in_two_folders_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="两次"):
        catalogue_of(tmp_path, "facts: [甲]", "facts: [甲]")


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="找不到"):
        read_catalogue([tmp_path / "没有"])
