"""可用性: do the files open, do they carry their fonts, can every system hold their names?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from generator.findings import Finding, Position, Severity
from generator.package.names import safe_name
from generator.package.verification.copies import Copy, State
from generator.package.verification.opening import PDF, Opened, can_be_opened
from generator.package.verification.values import Aspect, Examination, examined, unexamined

_PATH = Aspect.USABLE.value
_AGAIN = "请从留存的原件重新拷贝；原件也打不开时，用 shenbao build 再生成一稿。"
_EVIDENCE = "evidence"


def examine(copy: Copy, opened: Sequence[Opened]) -> Iterator[Examination]:
    """Yield what was examined of the usability of a package."""
    yield _opening(copy, opened)
    yield _fonts(opened)
    yield _names(copy)
    yield unexamined(Aspect.USABLE, "在 Word、WPS 里的样子", "只按文件格式打开、读过，没有用 Word、WPS 显示")


def _opening(copy: Copy, opened: Sequence[Opened]) -> Examination:
    findings = [
        Finding("K106", Severity.MUST, "文件打不开", _PATH, Position(seen.standing.path), seen.damage, remedy=_AGAIN)
        for seen in opened
        if seen.damage and seen.standing.state not in (State.EMPTY, State.SHORTER)
    ]
    others = sorted(
        {PurePosixPath(one.path).suffix or "无扩展名" for one in copy.standings if one.path and not can_be_opened(one)}
    )
    detail = f"打开并读过 {len(opened)} 个文件（docx、xlsx、PDF、文字）"
    if others:
        detail += f"；{'、'.join(others)} 只核对了校验值，没有打开"
    return examined(Aspect.USABLE, "能否打开", detail, findings)


def _fonts(opened: Sequence[Opened]) -> Examination:
    printed = [seen for seen in opened if seen.kind == PDF and not seen.damage]
    findings = [_unembedded(seen) for seen in printed if seen.unembedded]
    return examined(Aspect.USABLE, "字体嵌入", f"{len(printed)} 个 PDF 的每页查过所用字体", findings)


def _unembedded(seen: Opened) -> Finding:
    """A font that is not embedded: in evidence it came with what the user was given, elsewhere it is a fault."""
    given = seen.standing.listed.role.startswith(_EVIDENCE)
    remedy = "换一台电脑可能显示不同：请用打印成 PDF 的办法重存这份佐证。" if given else _AGAIN
    return Finding(
        "K108",
        Severity.CHECK if given else Severity.MUST,
        f"有 {len(seen.unembedded)} 个字体没有嵌入",
        _PATH,
        Position(seen.standing.path),
        found="、".join(seen.unembedded),
        remedy=remedy,
    )


def _names(copy: Copy) -> Examination:
    findings = [
        Finding(
            "K113",
            Severity.CHECK,
            "文件名里有 Windows 不认的字符，或者太长",
            _PATH,
            Position(one.path),
            remedy="请改成较短的、只含汉字、字母、数字的名称。",
        )
        for one in copy.standings
        if any(safe_name(part) != part for part in PurePosixPath(one.path).parts)
    ]
    return examined(Aspect.USABLE, "文件名", f"{len(copy.standings)} 个名称在各种系统上都能用", findings)
