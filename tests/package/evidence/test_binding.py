"""The volumes themselves, read back as a stranger would: numbers, contents, outline, what came along and what did not."""

from __future__ import annotations

import io
import json
import re
import resource
import shutil
import subprocess
import tempfile
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from generator.errors import OutputError
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.package.evidence import (
    EvidenceItem,
    EvidencePlan,
    VolumeSettings,
    bind_evidence,
    plan_evidence,
    printed_pages,
    read_evidence,
    recorded,
)
from generator.package.evidence.assembly import assemble
from generator.package.evidence.binding import assembly_of
from tests.package.evidence import papers

FONTS = FontLibrary.bundled()
NAME = "上海市示例区智能传感器产业集群"


def planned(
    folder: Path, items: Sequence[EvidenceItem], settings: VolumeSettings | None = None, mark: str = ""
) -> EvidencePlan:
    return plan_evidence(read_evidence(items, folder), NAME, Library.standard(), FONTS, settings, mark=mark)


def bound(folder: Path, *files: str, settings: VolumeSettings | None = None) -> bytes:
    (file,) = bind_evidence(planned(folder, [papers.item(*files)], settings), FONTS)
    return file.content


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def text_of(content: bytes, page: int) -> str:
    return reader(content).pages[page].extract_text()


def printed_numbers(content: bytes) -> list[str]:
    """The number at the foot of every page, as pypdf reads it."""
    found = [re.findall(r"佐证材料 第(\d+)页", page.extract_text()) for page in reader(content).pages]
    assert all(len(numbers) == 1 for numbers in found)
    return [numbers[0] for numbers in found]


def seen(content: bytes, page: int, folder: Path, dots: int = 72) -> Image.Image:
    """A page as it is printed, in points."""
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler is not installed")
    path = folder / "seen.pdf"
    path.write_bytes(content)
    command = ["pdftoppm", "-r", str(dots), "-png", "-singlefile", "-f", str(page + 1), str(path), str(folder / "seen")]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(folder / "seen.png") as image:
        return image.convert("RGB")


def extrema(image: Image.Image) -> Any:
    """The darkest and lightest value of a picture of one band."""
    return image.getextrema()


def many(folder: Path, count: int, pages: int = 2) -> list[EvidenceItem]:
    items = []
    for number in range(1, count + 1):
        name = f"{number:02d}_协议.pdf"
        (folder / name).write_bytes(papers.text_pdf(pages, word=f"item {number} page"))
        items.append(papers.item(name, number=number, name=f"第{number}号协议", proves=[f"第{number}件事实"]))
    return items


def test_numbers_labels_contents_and_places_agree(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 34, pages=1))
    (file,) = bind_evidence(plan, FONTS)
    read = reader(file.content)
    pages = [page.extract_text() for page in read.pages]
    assert file.pages == len(pages)
    numbers = [number for text in pages for number in re.findall(r"佐证材料 第(\d+)页", text)]
    assert numbers == read.page_labels == [str(number) for number in range(1, len(pages) + 1)]
    contents = "".join(text for text in pages[:4] if "第1号协议" in text or "页码" in text)
    for place in plan.places:
        assert re.search(rf"第{place.number}号协议\s*第{place.number}件事实\s*{place.first}—{place.last}\b", contents)
        divider = pages[int(place.first) - 1]
        assert f"佐证材料{place.number}\n" in divider and f"第{place.number}号协议" in divider
        assert f"第{place.number}件事实" in divider
        (where,) = place.files
        assert where.first == where.last
        assert f"item {place.number} page 1" in pages[int(where.first) - 1]


def test_the_outline_leads_to_the_dividers_and_to_files_where_there_are_several(tmp_path: Path) -> None:
    items = many(tmp_path, 2)
    both = papers.item(*items[0].files, *items[1].files, number=3, name="两份合订")
    plan = planned(tmp_path, [*items, both])
    (file,) = bind_evidence(plan, FONTS)
    read = reader(file.content)
    found: list[tuple[str, int]] = []

    def walk(entries: Any) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            else:
                found.append((entry.title, (read.get_destination_page_number(entry) or 0) + 1))

    walk(read.outline)
    first, second, third = plan.places
    assert found == [
        ("目录", 1),
        ("1　第1号协议", int(first.first)),
        ("2　第2号协议", int(second.first)),
        ("3　两份合订", int(third.first)),
        ("01_协议.pdf", int(third.files[0].first)),
        ("02_协议.pdf", int(third.files[1].first)),
    ]


def test_several_volumes_are_numbered_through_and_tell_of_each_other(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 9, pages=5), VolumeSettings(sheets=20))
    files = bind_evidence(plan, FONTS)
    assert [Path(file.path).name for file in files] == [
        f"03_佐证材料_{NAME}_第{number}册.pdf" for number in range(1, len(files) + 1)
    ]
    numbers = [number for file in files for number in printed_numbers(file.content)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert numbers == [label for file in files for label in reader(file.content).page_labels]
    for number, file in enumerate(files, start=1):
        front = text_of(file.content, 0)
        assert f"第{number}册" in front and f"共{len(files)}册" in front
        own = [place for place in plan.places if place.volume == number]
        assert all(f"第{place.number}号协议" in front for place in own)
        assert (file.pages or 0) <= 40


def test_pdftotext_reads_the_same_numbers(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    (tmp_path / "照片.jpg").write_bytes(papers.picture())
    path = tmp_path / "册.pdf"
    path.write_bytes(bound(tmp_path, "照片.jpg"))
    text = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True).stdout.decode()
    assert re.findall(r"佐证材料 第(\d+)页", text) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_however_the_camera_was_held(orientation: int, tmp_path: Path) -> None:
    stored = papers.picture(size=(600, 400), orientation=orientation, quality=95)
    (tmp_path / "照片.jpg").write_bytes(stored)
    with Image.open(io.BytesIO(stored)) as image:
        upright = image.copy() if orientation == 1 else _turned(image, orientation)
    page = seen(bound(tmp_path, "照片.jpg"), 3, tmp_path)
    assert (page.width > page.height) == (upright.width > upright.height)
    box = _ink(page)
    for across in (0.25, 0.75):
        for down in (0.25, 0.75):
            there = page.getpixel((int(box[0] + (box[2] - box[0]) * across), int(box[1] + (box[3] - box[1]) * down)))
            here = upright.getpixel((int(upright.width * across), int(upright.height * down)))
            assert isinstance(there, tuple) and isinstance(here, tuple)
            assert (there[0] > 128) == (here[0] > 128)


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(image)
    assert turned is not None and orientation != 1
    return turned


def _ink(page: Image.Image) -> tuple[int, int, int, int]:
    """The box of what is coloured on a page: the number at its foot is black."""
    coloured = page.convert("HSV").getchannel("S").point(lambda value: 255 if value > 128 else 0)
    box = coloured.getbbox()
    assert box is not None
    return box


def test_a_png_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(papers.picture("PNG", size=(600, 400), orientation=6))
    page = reader(bound(tmp_path, "图.png")).pages[3]
    assert page.mediabox.height > page.mediabox.width


def test_pictures_come_along_byte_for_byte(tmp_path: Path) -> None:
    for number, mode in enumerate(("RGB", "L", "CMYK")):
        data = papers.picture(size=(300, 200), mode=mode)
        (tmp_path / f"{number}.jpg").write_bytes(data)
        assert data in bound(tmp_path, f"{number}.jpg")
    data = papers.picture("PNG", size=(300, 200), mode="L")
    (tmp_path / "图.png").write_bytes(data)
    body = data[data.index(b"IDAT") + 4 :]
    assert body[: int.from_bytes(data[data.index(b"IDAT") - 4 : data.index(b"IDAT")], "big")] in bound(
        tmp_path, "图.png"
    )


@pytest.mark.parametrize(
    "content",
    [
        papers.picture("PNG", mode="RGBA"),
        papers.picture("PNG", mode="LA"),
        papers.picture("PNG", mode="P"),
        papers.picture("PNG", mode="1"),
        papers.png(8, 8, depth=16),
        papers.png(8, 8, depth=16, colour=6),
        papers.png(8, 8, depth=16, colour=0),
        papers.interlaced_png(16, 0),
        papers.interlaced_png(16, 2),
        papers.interlaced_png(8, 6),
        papers.picture(mode="CMYK"),
        papers.picture(progressive=True),
        papers.picture("PNG", mode="P", transparency=0),
        papers.picture("PNG", mode="L", transparency=0),
        papers.picture("MPO", save_all=True),
    ],
)
def test_pictures_of_every_kind_print(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(content)
    page = seen(bound(tmp_path, "图.png"), 3, tmp_path)
    middle = page.getpixel((page.width // 2, page.height // 2))
    assert extrema(page.convert("L").crop((20, 20, page.width - 20, page.height - 60))) != (255, 255), middle


def test_a_volume_is_hardly_larger_than_what_it_holds(tmp_path: Path) -> None:
    names = []
    for number in range(6):
        names.append(f"{number}.jpg")
        (tmp_path / names[-1]).write_bytes(papers.picture(mode="L", size=(900, 900), quality=95))
    total = sum((tmp_path / name).stat().st_size for name in names)
    assert total > 2_000_000
    plan = planned(tmp_path, [papers.item(*names)])
    tracemalloc.start()
    (file,) = bind_evidence(plan, FONTS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(file.content) < total * 1.05 + 100_000
    assert peak < total * 2.5


@pytest.mark.parametrize(
    ("size", "turn", "paper"),
    [
        (papers.A4, 0, (595, 842)),
        (papers.A4, 90, (842, 595)),
        (papers.A3, 0, (842, 1191)),
        (papers.A3, 270, (1191, 842)),
        ((300, 200), 0, (842, 595)),
        ((2000, 400), 0, (1191, 842)),
    ],
)
def test_pages_of_all_sizes_and_turns_are_read_upright(
    size: tuple[float, float], turn: int, paper: tuple[int, int], tmp_path: Path
) -> None:
    content = papers.altered(papers.text_pdf(size=size), lambda pdf: pdf.pages[0].rotate(turn, relative=False))
    (tmp_path / "页.pdf").write_bytes(content)
    (page,) = (page for page in reader(bound(tmp_path, "页.pdf")).pages if "page 1" in page.extract_text())
    assert (round(page.mediabox.width), round(page.mediabox.height)) == paper
    assert page.get("/Rotate", 0) == 0


def test_what_lies_outside_the_visible_page_stays_outside(tmp_path: Path) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = pikepdf.Array([0, 0, 595, 400])

    (tmp_path / "页.pdf").write_bytes(papers.altered(papers.text_pdf(), crop))
    page = seen(bound(tmp_path, "页.pdf"), 3, tmp_path)
    assert extrema(page.convert("L").crop((0, 0, page.width, page.height - 60))) == (255, 255)


def _armed(pdf: pikepdf.Pdf) -> None:
    """Put into a PDF all that must not come along, each marked by a word that can be looked for."""
    page = pdf.pages[0]
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="poison_script")
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("poison_name"), script]))
    )
    pdf.attachments["poison_file.exe"] = b"poison_content"
    page.obj.AA = pikepdf.Dictionary(O=script)
    page.obj.PieceInfo = pikepdf.Dictionary(Poison=pikepdf.String("poison_piece"))
    page.Resources.XObject = pikepdf.Dictionary(
        X=pikepdf.Stream(
            pdf,
            b"",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 9, 9]),
            AF=pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="poison_associated")]),
            Ref=pikepdf.Dictionary(F="poison_reference"),
            Metadata=pikepdf.Stream(pdf, b"poison_metadata"),
        ),
        Y=pikepdf.Stream(pdf, b"poison_postscript", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.PS),
    )
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="poison_program")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    page.Annots = pikepdf.Array([pdf.make_indirect(link)])
    pdf.docinfo["/Author"] = "poison_author"


def test_scripts_actions_and_attachments_stay_behind(tmp_path: Path) -> None:
    armed = papers.altered(papers.text_pdf(), _armed)
    (tmp_path / "甲.pdf").write_bytes(armed)
    assert b"poison" in _opened_up(armed)
    content = bound(tmp_path, "甲.pdf")
    assert "page 1" in text_of(content, 3)
    open_content = _opened_up(content)
    assert b"poison" not in open_content
    for name in (
        b"/JavaScript",
        b"/JS",
        b"/OpenAction",
        b"/AA",
        b"/Launch",
        b"/EmbeddedFile",
        b"/Annots",
        b"/AcroForm",
    ):
        assert name not in open_content


def _opened_up(content: bytes) -> bytes:
    """A PDF with nothing packed, for looking for words."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(stream, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return stream.getvalue()


def _stamped(pdf: pikepdf.Pdf, flags: int) -> None:
    """A red seal as an annotation, as electronic seals are made."""
    look = pikepdf.Stream(
        pdf, b"1 0 0 rg 0 0 100 100 re f", Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 100, 100])
    )
    seal = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=pikepdf.Array([200, 300, 300, 400]),
        F=flags,
        AP=pikepdf.Dictionary(N=look),
    )
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(seal)])


@pytest.mark.parametrize(("flags", "printed"), [(4, True), (2, False), (6, False)])
def test_a_seal_is_printed_and_what_is_hidden_is_not(flags: int, printed: bool, tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.altered(papers.text_pdf(), lambda pdf: _stamped(pdf, flags)))
    page = seen(bound(tmp_path, "甲.pdf"), 3, tmp_path)
    red = extrema(page.convert("HSV").getchannel("S"))[1] == 255
    assert red is printed


def _layered(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="草图"))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    )
    pdf.pages[0].Resources.Properties = pikepdf.Dictionary(L=layer)
    pdf.pages[0].contents_add(b"/OC /L BDC 1 0 0 rg 200 300 100 100 re f EMC", prepend=False)


def test_a_layer_that_is_off_stays_off(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.altered(papers.text_pdf(), _layered))
    page = seen(bound(tmp_path, "甲.pdf"), 3, tmp_path)
    assert extrema(page.convert("HSV").getchannel("S"))[1] == 0


def test_unbalanced_drawings_do_not_move_the_page_number(tmp_path: Path) -> None:
    def unbalance(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"q 0.1 0 0 0.1 300 300 cm q", prepend=True)

    content = papers.text_pdf()
    for name, changed in (("甲.pdf", content), ("乙.pdf", papers.altered(content, unbalance))):
        (tmp_path / name).write_bytes(changed)
    feet = [
        seen(bound(tmp_path, name), 3, tmp_path).crop((0, 800, 595, 842)).tobytes() for name in ("甲.pdf", "乙.pdf")
    ]
    assert feet[0] == feet[1]


def test_restricted_files_come_out_free(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.locked(papers.text_pdf(), user=""))
    content = bound(tmp_path, "甲.pdf")
    assert not reader(content).is_encrypted
    assert "page 1" in text_of(content, 3)


def test_a_draft_holds_the_place_of_what_can_not_be_bound_and_is_marked(tmp_path: Path) -> None:
    (tmp_path / "好.pdf").write_bytes(papers.text_pdf())
    (tmp_path / "锁.pdf").write_bytes(papers.locked(papers.text_pdf(), user="u"))
    plan = planned(tmp_path, [papers.item("锁.pdf", "好.pdf")], mark="草稿")
    assert [finding.code for finding in plan.findings] == ["E102"]
    (file,) = bind_evidence(plan, FONTS)
    texts = [page.extract_text() for page in reader(file.content).pages]
    assert "锁.pdf" in texts[3] and "要密码才能打开" in texts[3]
    assert "page 1" in texts[4]
    assert all("草稿" in text for text in texts)


def test_equal_files_in_other_folders_give_equal_bytes(tmp_path: Path) -> None:
    contents = []
    for folder in (tmp_path / "甲", tmp_path / "乙"):
        folder.mkdir()
        (folder / "文.pdf").write_bytes(papers.altered(papers.text_pdf(3), _armed))
        (folder / "照片.jpg").write_bytes(papers.picture(orientation=6))
        contents.append(bound(folder, "文.pdf", "照片.jpg"))
    assert contents[0] == contents[1]
    assert not re.search(rb"/(CreationDate|ModDate)", _opened_up(contents[0]))


def test_a_file_that_changes_meanwhile_is_noticed(tmp_path: Path) -> None:
    for name, content in (("甲.pdf", papers.text_pdf()), ("照片.jpg", papers.picture())):
        (tmp_path / name).write_bytes(content)
        plan = planned(tmp_path, [papers.item(name)])
        (tmp_path / name).write_bytes(papers.text_pdf(2))
        with pytest.raises(OutputError, match=name):
            bind_evidence(plan, FONTS)
        (tmp_path / name).unlink()
        with pytest.raises(OutputError, match=name):
            bind_evidence(plan, FONTS)


@pytest.mark.parametrize("most", [0, 5_000, 20_000])
def test_a_disk_that_is_full_is_told_and_leaves_nothing_behind(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "临时"
    room.mkdir()
    (tmp_path / "照片.jpg").write_bytes(papers.picture(size=(300, 200)))
    (tmp_path / "甲.pdf").write_bytes(papers.text_pdf(3))
    plan = planned(tmp_path, [papers.item("照片.jpg", number=1), papers.item("甲.pdf", number=2)])
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        with pytest.raises(OutputError, match="临时文件夹里写不了"):
            bind_evidence(plan, FONTS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(room.iterdir()) == []


def test_one_file_for_two_items_costs_its_bytes_once(tmp_path: Path) -> None:
    data = papers.picture(mode="L", size=(800, 800), quality=95)
    (tmp_path / "甲.jpg").write_bytes(data)
    (tmp_path / "乙.pdf").write_bytes(papers.text_pdf(2))
    items = [papers.item("甲.jpg", "乙.pdf", number=number) for number in (1, 2, 3)]
    plan = planned(tmp_path, items)
    for most_pending in (1 << 30, 1_000):
        content = assemble(assembly_of(plan, plan.volumes[0], FONTS), most_pending=most_pending).read()
        assert len(content) < len(data) + 150_000
        firsts = [int(place.files[1].first) for place in plan.places]
        assert [text_of(content, number - 1)[:6] for number in firsts] == ["page 1"] * 3


def test_an_item_over_several_volumes_is_told_and_found_again(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 1, pages=40), VolumeSettings(sheets=10))
    assert [finding.code for finding in plan.findings] == ["E301"]
    (place,) = plan.places
    assert (place.volume, place.last_volume) == (1, len(plan.volumes))
    files = bind_evidence(plan, FONTS)
    assert "（续）" in text_of(files[1].content, 0)
    assert sum(int(where.last) - int(where.first) + 1 for where in place.files) == 40


def test_no_evidence_makes_no_file(tmp_path: Path) -> None:
    assert bind_evidence(planned(tmp_path, []), FONTS) == ()


def test_long_names_and_long_lists_keep_every_divider_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.text_pdf())
    facts = [f"集群开展的第{number}项很长很长的工作" for number in range(60)]
    item = papers.item(*["甲.pdf"] * 30, name="很长的名称" * 60, proves=facts)
    plan = planned(tmp_path, [item])
    (file,) = bind_evidence(plan, FONTS)
    (place,) = plan.places
    assert "佐证材料1" in text_of(file.content, int(place.first) - 1)
    assert printed_numbers(file.content) == reader(file.content).page_labels


def test_a_volume_written_aside_in_turns_is_the_same_volume(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 8))
    assembly = assembly_of(plan, plan.volumes[0], FONTS)
    at_once, in_turns, again = (
        assemble(assembly).read(),
        assemble(assembly, most_pending=3_000).read(),
        assemble(assembly, most_pending=3_000).read(),
    )
    assert in_turns == again
    pages = [[page.extract_text() for page in reader(content).pages] for content in (at_once, in_turns)]
    assert pages[0] == pages[1]
    assert reader(in_turns).page_labels == reader(at_once).page_labels
    assert len(reader(in_turns).outline) == len(reader(at_once).outline) == 9


def test_the_record_of_places_is_json_and_tells_every_file(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 2))
    told = json.loads(json.dumps(recorded(plan)))
    assert [(item["name"], item["first"], item["last"]) for item in told] == [
        (place.name, place.first, place.last) for place in plan.places
    ]
    assert told[1]["files"] == [{"file": "02_协议.pdf", "volume": 1, "first": "8", "last": "9"}]


def test_the_record_of_places_tells_the_pages_on_larger_paper(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(papers.text_pdf(2))
    (tmp_path / "乙.pdf").write_bytes(papers.text_pdf(3, size=(842, 1191)))
    record = recorded(planned(tmp_path, [papers.item("甲.pdf", number=1), papers.item("乙.pdf", number=2)]))
    assert [place.get("larger") for place in record] == [None, ["9", "10", "11"]]
    assert record[1]["first"] == "7"


def test_the_fonts_of_contents_and_numbers_are_told(tmp_path: Path) -> None:
    plan = planned(tmp_path, many(tmp_path, 1))
    faces = {run.face for pages in printed_pages(plan, FONTS) for page in pages.pages for run in page.runs}
    assert FONTS.face("宋体").key in faces and FONTS.face("仿宋_GB2312").key in faces


def test_names_in_gbk_inside_a_file_are_no_obstacle(tmp_path: Path) -> None:
    drawing = papers.stream_of(b"BT /#cb#ce 20 Tf 30 50 Td (old) Tj ET")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Name/#cb#ce>>"
    page = papers.page_of(b"<</Font<</#cb#ce 4 0 R>>>>", b"/Contents 5 0 R")
    (tmp_path / "旧.pdf").write_bytes(papers.raw_pdf([*page, font, drawing]))
    plan = planned(tmp_path, [papers.item("旧.pdf")])
    assert plan.findings == ()
    (file,) = bind_evidence(plan, FONTS)
    assert extrema(seen(file.content, 3, tmp_path).convert("L").crop((20, 20, 575, 780)))[0] < 128


def test_long_work_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(stage: str, done: int = 0, total: int = 0, /) -> None:
        told.append((stage, done, total))

    read = read_evidence(many(tmp_path, 2), tmp_path, progress)
    bind_evidence(plan_evidence(read, NAME, Library.standard(), FONTS), FONTS, progress=progress)
    assert told == [
        ("查看佐证材料", 0, 2),
        ("查看佐证材料", 1, 2),
        ("查看佐证材料", 2, 2),
        ("装订佐证材料", 0, 1),
        ("装订佐证材料", 1, 1),
    ]


def test_a_file_that_was_replaced_changes_the_fingerprints_of_its_pages_only(tmp_path: Path) -> None:
    items = many(tmp_path, 3)
    plan = planned(tmp_path, items)
    hashes = {f"{number:02d}_协议.pdf": str(number) for number in (1, 2, 3)}
    (before,) = bind_evidence(plan, FONTS, hashes=hashes)
    (tmp_path / "02_协议.pdf").write_bytes(papers.text_pdf(2, word="another"))
    (after,) = bind_evidence(planned(tmp_path, items), FONTS, hashes={**hashes, "02_协议.pdf": "new"})
    assert before.pages == len(before.fingerprints)
    (where,) = plan.places[1].files
    pages = zip(before.fingerprints, after.fingerprints, strict=True)
    changed = [number for number, (old, new) in enumerate(pages, start=1) if old != new]
    assert changed == list(range(int(where.first), int(where.last) + 1))
    (unknown,) = bind_evidence(planned(tmp_path, items), FONTS, hashes={"01_协议.pdf": "1"})
    assert unknown.fingerprints == ()


def test_a_picture_that_was_replaced_is_known_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(papers.picture())
    plan = planned(tmp_path, [papers.item("照片.jpg")])
    (before,), (after,) = (bind_evidence(plan, FONTS, hashes={"照片.jpg": digest}) for digest in ("old", "new"))
    pairs = zip(before.fingerprints, after.fingerprints, strict=True)
    assert [old == new for old, new in pairs] == [True, True, True, False]


def test_evidence_added_at_the_end_leaves_the_pages_before_it_as_they_were(tmp_path: Path) -> None:
    items = many(tmp_path, 4)
    hashes = {f"{number:02d}_协议.pdf": str(number) for number in range(1, 5)}
    (before,) = bind_evidence(planned(tmp_path, items[:3]), FONTS, hashes=hashes)
    (after,) = bind_evidence(planned(tmp_path, items), FONTS, hashes=hashes)
    pairs = list(zip(before.fingerprints, after.fingerprints, strict=False))
    assert [number for number, (old, new) in enumerate(pairs) if old != new] == [0]
    assert len(set(after.fingerprints)) == len(after.fingerprints)
