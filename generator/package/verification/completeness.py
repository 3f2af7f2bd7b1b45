"""完整性: is everything there, and nothing else?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.findings import Finding, Position, Severity
from generator.package.manifest import SUBMITTED
from generator.package.verification.copies import Copy, State
from generator.package.verification.opening import PDF, Opened
from generator.package.verification.values import Aspect, Examination, examined, unexamined

_PATH = Aspect.COMPLETE.value
_AGAIN = "请从留存的原件重新拷贝；原件也没有时，用 shenbao build 再生成一稿。"


def examine(copy: Copy, opened: Sequence[Opened]) -> Iterator[Examination]:
    """Yield what was examined of the completeness of a package."""
    yield _files(copy)
    yield _pages(opened)
    yield _manifest(copy)
    yield unexamined(Aspect.COMPLETE, "应报的材料是否齐全", "清单只记这一稿生成了什么；通知要求的材料请对照自查报告")


def _files(copy: Copy) -> Examination:
    missing = [one.listed for one in copy.standings if one.state is State.MISSING]
    size = sum(one.size for one in copy.standings)
    detail = f"清单上 {len(copy.standings)} 个文件，在 {len(copy.standings) - len(missing)} 个，共 {size} 字节"
    if copy.part:
        detail = f"这是“{copy.part}”的副本；{detail}"
    if copy.excused:
        detail += f"；内部留存的 {len(copy.excused)} 个不随材料报送，不算缺少"
    if copy.left_behind:
        detail += f"；系统或办公软件留下的 {len(copy.left_behind)} 个不算多出"
    findings = [
        Finding("K101", Severity.MUST, "缺少清单上的文件", _PATH, Position(file.path), remedy=_AGAIN)
        for file in missing
    ]
    findings += [_extra(path) for path in copy.extra]
    return examined(Aspect.COMPLETE, "文件", detail, findings)


def _extra(path: str) -> Finding:
    handed_in = path.startswith(f"{SUBMITTED}/")
    message = "报送材料里多出清单上没有的文件" if handed_in else "多出清单上没有的文件"
    remedy = "不该报送的请移走；自己补充的材料请写进集群数据，再生成一稿。" if handed_in else "不需要的请移走。"
    return Finding("K102", Severity.CHECK, message, _PATH, Position(path), remedy=remedy)


def _pages(opened: Sequence[Opened]) -> Examination:
    counted = [seen for seen in opened if seen.kind == PDF and seen.pages is not None]
    findings = [
        Finding(
            "K107",
            Severity.MUST,
            "页数与清单不符",
            _PATH,
            Position(seen.standing.path),
            found=f"{seen.pages} 页",
            expected=f"{seen.standing.listed.pages} 页",
            remedy=_AGAIN,
        )
        for seen in counted
        if seen.standing.listed.pages not in (None, seen.pages)
    ]
    total = sum(seen.pages or 0 for seen in counted)
    detail = f"{len(counted)} 个 PDF 共 {total} 页，逐个数过；Word 文件的页数见“内容与数据记录”"
    return examined(Aspect.COMPLETE, "页数", detail, findings)


def _manifest(copy: Copy) -> Examination:
    facts = copy.manifest.facts
    detail = f"有集群、申报表、版本、{len(copy.manifest.files)} 个文件的用途和校验值、{len(facts.fonts)} 个字体"
    findings = []
    if facts.draft:
        message = "这是草稿，每页标有“草稿”，不能报送"
        remedy = "改正“必须改”的问题后，不加 --draft 再生成一稿。"
        findings.append(Finding("K111", Severity.CHECK, message, _PATH, remedy=remedy))
    findings += [
        Finding("K115", Severity.NOTE, f"生成时略去了{skipped.what}：{skipped.why}", _PATH) for skipped in facts.skipped
    ]
    return examined(Aspect.COMPLETE, "清单的各项记录", detail, findings)
