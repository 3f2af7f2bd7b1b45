"""`shenbao seal` as a user runs it: built, printed, signed, scanned, sealed, corrected."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from generator.cli.program import program
from tests.package.sealing.samples import DECLARATION, picture, put

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "示例区智能传感器"
NAME = "上海市示例区智能传感器产业集群"


def shenbao(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in args])


def seal(*args: str | Path) -> tuple[int, Any]:
    result = shenbao("seal", *args, "--json")
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the complete example was built into."""
    output = tmp_path_factory.mktemp("output")
    assert shenbao("build", EXAMPLE, "--form", "national-2025", "--form-only", "-o", output).exit_code == 0
    return output


@pytest.fixture
def output(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "output"))


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    return put(tmp_path / "扫描件", 封面__jpg=picture(grey=240), 九__png=picture(kind="PNG", grey=230))


def test_a_built_form_is_sealed_and_put_on_disc_and_mail(output: Path, scans: Path) -> None:
    code, tree = seal(output, "--scans", scans, "--discs", "2", "--mail", "a@b.cn", "--mail-limit", "1")
    assert (code, tree["changed"], tree["counts"]["must"]) == (0, True, 0)
    folder = Path(tree["sealed"])
    assert folder.name == "第001稿_签章1"
    assert [page["page"] for page in tree["pages"]] == ["封面", f"{DECLARATION} 第19页"]
    form = PdfReader(folder / "1_报送材料" / f"01_申报表_{NAME}.pdf")
    assert [number for number, page in enumerate(form.pages) if not page.extract_text().strip()] == [0, 1, 20]
    assert {file["role"].partition(".")[0] for file in tree["files"]} == {"form", "disc", "mail", "media", "seal"}
    assert all((folder / file["path"]).is_file() for file in tree["files"])


def test_the_cluster_may_be_named_in_place_of_its_package(output: Path, scans: Path) -> None:
    code, tree = seal(EXAMPLE, "-o", output, "--scans", scans, "--dry-run")
    assert (code, Path(tree["draft"]).name) == (0, "第001稿")
    ran = shenbao("seal", EXAMPLE / "cluster.yaml", "-o", output, "--form", "shanghai-2024", "--scans", scans)
    assert ran.exit_code == 2 and "还没有" in ran.output


def test_what_is_said_is_what_was_done(output: Path, scans: Path) -> None:
    told = shenbao("seal", output, "--scans", scans).stdout
    assert "封面 ← 封面.jpg" in told and "已生成签章版" in told and "光盘" in told
    assert "内容没有变化" in shenbao("seal", output, "--scans", scans).stdout
    assert "试运行" in shenbao("seal", output, "--scans", scans, "--dry-run", "--usb").stdout


def test_after_a_correction_of_the_cover_its_scan_is_refused_and_the_other_stays(
    output: Path, scans: Path, tmp_path: Path
) -> None:
    assert seal(output, "--scans", scans)[0] == 0
    cluster = Path(shutil.copytree(EXAMPLE, tmp_path / "集群"))
    facts = cluster / "cluster.yaml"
    facts.write_text(facts.read_text("utf-8").replace("申报时间: 2025-05-20", "申报时间: 2025-05-21"), encoding="utf-8")
    assert shenbao("build", cluster, "--form", "national-2025", "--form-only", "-o", output).exit_code == 0
    code, tree = seal(output, "--scans", scans)
    assert (code, tree["sealed"]) == (1, None)
    (finding,) = (finding for finding in tree["findings"] if finding["severity"] == "must")
    assert (finding["code"], finding["path"], finding["file"]) == ("S111", "封面", "封面.jpg")
    assert "申报时间" in finding["found"] and "2025年5月21日" in finding["found"]
    put(scans, 封面__jpg=picture(grey=200))
    code, tree = seal(output, "--scans", scans, "--printed", "第002稿")
    assert (code, Path(tree["sealed"]).name) == (0, "第002稿_签章1")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--scans", "没有的文件夹"], 3, "找不到"),
        (["--scans", "{scans}", "--draft", "第009稿"], 2, "没有“第009稿”这一稿"),
        (["--scans", "{scans}", "--mail-limit", "5"], 2, "--mail"),
        ([], 2, "缺少选项 --scans"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_told(
    output: Path, scans: Path, arguments: list[str], code: int, told: str, child_environment: dict[str, str]
) -> None:
    import subprocess
    import sys

    words = [word.format(scans=scans) for word in arguments]
    command = [sys.executable, "-m", "generator", "seal", str(output), *words]
    ran = subprocess.run(command, env=child_environment, capture_output=True, text=True, encoding="utf-8")
    assert (ran.returncode, told in ran.stderr) == (code, True), ran.stderr


def test_missing_scans_block_and_are_listed(output: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    code, tree = seal(output, "--scans", empty)
    assert code == 1
    (finding,) = tree["findings"]
    assert (finding["code"], finding["expected"]) == ("S117", f"封面；{DECLARATION} 第19页")
    assert tree["unsigned"] == []
