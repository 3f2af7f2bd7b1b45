"""安全性: can anything in the files do more than be read?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.findings import Finding, Position, Severity
from generator.package.verification.opening import OFFICE, PDF, Opened
from generator.package.verification.values import Aspect, Examination, examined, unexamined

_PATH = Aspect.SAFE.value
_REMEDY = "不要打开、不要报送这个文件：请从留存的原件重新拷贝，或用 shenbao build 再生成一稿。"
_LINK_REMEDY = "请核对是不是需要；不需要的请去掉。"


def examine(opened: Sequence[Opened]) -> Iterator[Examination]:
    """Yield what was examined of the safety of a package."""
    printed = [seen for seen in opened if seen.kind == PDF and not seen.damage]
    office = [seen for seen in opened if seen.kind in OFFICE and not seen.damage]
    yield _active("PDF 的脚本、动作、附件", f"{len(printed)} 个 PDF 逐页查过", printed)
    yield _active("docx、xlsx 的宏、控件、外部引用", f"{len(office)} 个文件的各个部分查过", office)
    yield unexamined(Aspect.SAFE, "病毒", "本工具不查病毒；拷入别的电脑前请用杀毒软件查")
    yield unexamined(Aspect.SAFE, "光盘、U 盘本身", "只读了其中的文件，没有检测介质的好坏")


def _active(what: str, detail: str, files: Sequence[Opened]) -> Examination:
    findings = []
    for seen in files:
        position = Position(seen.standing.path)
        if seen.active:
            message = f"文件里有{'、'.join(seen.active)}"
            findings.append(Finding("K109", Severity.MUST, message, _PATH, position, remedy=_REMEDY))
        if seen.links:
            message = f"文件里有{'、'.join(seen.links)}"
            findings.append(Finding("K109", Severity.CHECK, message, _PATH, position, remedy=_LINK_REMEDY))
    return examined(Aspect.SAFE, what, detail, findings)
