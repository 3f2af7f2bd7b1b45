"""Files to hand in, and rules with small limits, for tests of media."""

from __future__ import annotations

from generator.forms.library import Library
from generator.package.manifest import KEPT, SUBMITTED, PackageFile
from generator.package.media.contents import MediumFile
from generator.package.media.make import MediaTitle
from generator.package.media.rules import Carrier, MediaRules, MediumDemand, MediumKind, read_media_rules

CLUSTER = "上海市示例区智能传感器产业集群"
TITLE = MediaTitle(CLUSTER, "中小企业特色产业集群申报表", "林知远 021-55550101")
RULES = read_media_rules(Library.standard())

DISC = MediumDemand(kind=MediumKind.DISC)
USB = MediumDemand(kind=MediumKind.USB)
MAIL = MediumDemand(kind=MediumKind.MAIL, address="zxc87122161@163.com")


def handed_in(*, signed: bool = False, **sizes: int) -> tuple[PackageFile, ...]:
    """The form in Word and PDF, signed or with two pages still to be, further files of `sizes` bytes by stem, and prints."""
    further = [
        PackageFile(
            f"{name}.pdf", f"{SUBMITTED}/{name}_{CLUSTER}.pdf", name.encode() + bytes(size - len(name.encode()))
        )
        for name, size in sizes.items()
    ]
    return (
        PackageFile("form.docx", f"{SUBMITTED}/01_申报表_{CLUSTER}.docx", b"word", 3),
        PackageFile(
            "form.pdf",
            f"{SUBMITTED}/01_申报表_{CLUSTER}.pdf",
            b"pdf",
            3,
            unsigned=() if signed else (1, 3),
            signed=signed,
        ),
        *further,
        PackageFile("print.pdf", f"{SUBMITTED}/打印/01_申报表_5份.pdf", b"print", 15),
        PackageFile("report.pdf", f"{KEPT}/自查报告.pdf", b"report", 9),
    )


def on_medium(**contents: bytes) -> tuple[MediumFile, ...]:
    return tuple(
        MediumFile(name, PackageFile("x", f"{SUBMITTED}/{name}", content)) for name, content in contents.items()
    )


def rules(*capacities: int) -> MediaRules:
    """The rules with other discs."""
    carriers = tuple(Carrier(name=f"{capacity}字节的光盘", capacity=capacity) for capacity in capacities)
    return RULES.model_copy(update={"carriers": carriers})
