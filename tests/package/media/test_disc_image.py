"""The image of a disc: read by others, the same bytes always, checked before it is handed on."""

from __future__ import annotations

import hashlib
import io
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pycdlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import OutputError
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.media import disc_image as module
from generator.package.media.contents import MediumFile, shortened
from generator.package.media.disc_image import disc_image, room_on_disc
from generator.package.stored import Stored

CHECKOUT = Path(__file__).resolve().parents[3]
CONTENTS = {
    "说明.txt": b"",
    "01_申报表_上海市示例区智能传感器产业集群_未签章.pdf": b"%PDF" * 3000,
    "佐证材料/第1册/" + "长" * 60 + ".pdf": b"volume",
    "佐证材料/𠮷" + "长" * 58 + ".jpg": b"\xff\xd8",
    "佐证材料/A b-c.docx": b"PK",
}


def files(contents: dict[str, bytes]) -> list[MediumFile]:
    return [MediumFile(name, PackageFile("x", f"{SUBMITTED}/{name}", content)) for name, content in contents.items()]


def read_back(image: bytes, kind: str) -> dict[str, bytes]:
    """Return every file of the image by its path, by one of its directories."""
    disc = pycdlib.PyCdlib()
    disc.open_fp(io.BytesIO(image))
    found = {}
    for folder, _, names in disc.walk(**{kind: "/"}):
        for name in names:
            path = f"{folder.rstrip('/')}/{name}"
            stream = io.BytesIO()
            disc.get_file_from_iso_fp(stream, **{kind: path})
            found[path[1:]] = stream.getvalue()
    disc.close()
    return found


@pytest.mark.parametrize("kind", ["joliet_path", "udf_path"])
def test_both_directories_hold_every_file_under_its_chinese_name(kind: str) -> None:
    assert read_back(disc_image(files(CONTENTS), "SHENBAO_1").read(), kind) == CONTENTS


def test_old_systems_see_eight_and_three_letters_and_the_same_contents() -> None:
    found = read_back(disc_image(files(CONTENTS), "SHENBAO_1").read(), "iso_path")
    assert sorted(found.values()) == sorted(CONTENTS.values())
    for path in found:
        *folders, name = path.split("/")
        stem, _, extension = name.partition(".")
        assert all(len(part) <= 8 and part.isascii() for part in (*folders, stem))
        assert len(extension.partition(";")[0]) <= 3


@pytest.mark.parametrize(
    ("tool", "arguments"), [("bsdtar", ["-xf", "disc.iso", "-C", "out"]), ("7z", ["x", "-oout", "disc.iso"])]
)
def test_other_programs_read_every_file_back(tmp_path: Path, tool: str, arguments: list[str]) -> None:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    (tmp_path / "disc.iso").write_bytes(disc_image(files(CONTENTS), "SHENBAO_1").read())
    (tmp_path / "out").mkdir()
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([found, *arguments], cwd=tmp_path, check=True, capture_output=True, env=environment)
    out = tmp_path / "out"
    read = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert read == CONTENTS


def test_time_zone_hour_and_process_change_nothing() -> None:
    script = (
        "import hashlib\nfrom tests.package.media.test_disc_image import *\n"
        "print(hashlib.sha256(disc_image(files(CONTENTS), 'SHENBAO_1').read()).hexdigest())"
    )
    digests = {hashlib.sha256(disc_image(files(CONTENTS), "SHENBAO_1").read()).hexdigest()}
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "TZ": zone, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True
        )
        digests.add(ran.stdout.strip())
    assert len(digests) == 1


def test_another_content_or_name_gives_another_image() -> None:
    images = {disc_image(files({name: content}), "A").read() for name in ("甲", "乙") for content in (b"1", b"2")}
    assert len(images) == 4


def test_the_clock_of_everybody_else_goes_on() -> None:
    disc_image(files({"a.txt": b"a"}), "A")
    assert vars(pycdlib.dates)["time"] is time
    assert vars(pycdlib.udf)["random"] is random


@settings(max_examples=15)
@given(st.dictionaries(st.text("甲乙丙ab/", min_size=1, max_size=12), st.binary(max_size=5000), max_size=12))
def test_any_tree_comes_back_and_fits_the_room_foretold(contents: dict[str, bytes]) -> None:
    tree = {
        shortened("/".join(f"d{part}" for part in path.split("/")) + f"/{number}.bin"): content
        for number, (path, content) in enumerate(contents.items())
    }
    image = disc_image(files(tree), "SHENBAO_1").read()
    assert read_back(image, "joliet_path") == tree
    assert len(image) <= room_on_disc([len(content) for content in tree.values()])


def test_an_image_that_lost_a_file_does_not_pass() -> None:
    image = disc_image(files({"甲.txt": b"a"}), "A")
    with pytest.raises(OutputError, match="乙"):
        module._examine(image, files({"甲.txt": b"a", "乙.txt": b"b"}))
    with pytest.raises(OutputError, match="内容不一致"):
        module._examine(image, files({"甲.txt": b"b"}))
    with pytest.raises(OutputError, match="打不开"):
        module._examine(Stored.written(lambda file: file.write(b"\0" * 100_000)), files({"甲.txt": b"a"}))
