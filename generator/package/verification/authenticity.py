"""真实性: is the content what was made, unaltered, and of one piece?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from generator.docx.reading import read_document
from generator.errors import ShenbaoError
from generator.findings import PATH_MARK, Finding, Position, Severity
from generator.forms.verifying.edits import edits_of
from generator.package.drafts import CURRENT, current_draft, current_name, has_pointer
from generator.package.hand_edits import FORM_ROLE, in_short
from generator.package.snapshot import read_snapshot, recorded_papers
from generator.package.verification.copies import Copy, Standing, State, standing_drafts
from generator.package.verification.opening import OFFICE, open_files
from generator.package.verification.today import Today, fonts_are_the_same
from generator.package.verification.values import Aspect, Examination, examined, unexamined
from generator.progress import silent
from generator.typeset import lay_out

_HASHES = "校验值"
_POINTER = "现行的一稿"
_CONTENT = "内容与数据记录"
_PATH = Aspect.AUTHENTIC.value
_WORD = ".docx"
_AGAIN = "请从留存的原件重新拷贝；原件也不对时，用 shenbao build 再生成一稿。"


def examine(copy: Copy, snapshot: Path | None, today: Today) -> Iterator[Examination]:
    """Yield what was examined of the authenticity of a package; `snapshot` is where what was printed is remembered."""
    yield _hashes(copy)
    yield _pointer(copy)
    yield _content(copy, snapshot, today)
    yield unexamined(
        Aspect.AUTHENTIC, "电子签名、电子印章", "本工具不作电子签名，也不验证；签字、盖章以纸质件和扫描件为准"
    )
    yield unexamined(Aspect.AUTHENTIC, "清单本身的来源", "清单没有签名：连同清单一起改的，从这一份里看不出来")


def _hashes(copy: Copy) -> Examination:
    standings = [one for one in copy.standings if one.state is not State.MISSING]
    sound = sum(one.is_sound for one in standings)
    detail = f"{len(standings)} 个文件的 SHA-256 与清单核对，{sound} 个一致"
    findings = [finding for one in standings for finding in _altered(copy, one)]
    return examined(Aspect.AUTHENTIC, _HASHES, detail, findings)


def _altered(copy: Copy, one: Standing) -> Iterator[Finding]:
    listed, position = one.listed, Position(one.path)
    sizes = {"found": f"{one.size} 字节", "expected": f"{listed.size} 字节"}
    match one.state:
        case State.ELSEWHERE:
            message, found = "内容一致，但换了名称或位置", {"expected": listed.path}
            yield Finding(
                "K105", Severity.CHECK, message, _PATH, position, remedy="请改回清单上的名称和位置。", **found
            )
        case State.EMPTY:
            yield Finding("K104", Severity.MUST, "文件是空的", _PATH, position, remedy=_AGAIN, **sizes)
        case State.SHORTER if _is_damaged(copy, one):
            yield Finding("K104", Severity.MUST, "文件被截短，没有拷贝完整", _PATH, position, remedy=_AGAIN, **sizes)
        case State.SHORTER | State.CHANGED:
            yield Finding(
                "K103", Severity.MUST, "内容在生成以后被改动过", _PATH, position, remedy=_remedy(one), **sizes
            )
        case _:
            return


def _is_damaged(copy: Copy, one: Standing) -> bool:
    return any(seen.damage for seen in open_files(copy.folder, [one], silent))


def _remedy(one: Standing) -> str:
    if one.path.endswith(tuple(OFFICE)):
        return "手工改动请写进集群数据再生成；下一次 shenbao build 会另存这个文件，并逐栏列出改动。"
    return _AGAIN


def _pointer(copy: Copy) -> Examination:
    beside = standing_drafts(copy.folder)
    if not beside or copy.part:
        return unexamined(
            Aspect.AUTHENTIC, _POINTER, f"不是编了号的一稿（副本，或装盘、定稿的文件夹），没有 {CURRENT} 可以比对"
        )
    folder = copy.folder.parent
    name = current_name(folder)
    detail = f"现行的是{name}，现有 {len(beside)} 稿"
    findings = []
    if not has_pointer(folder):
        message = f"没有 {CURRENT}，或者读不懂，以编号最大的{name}为准"
        remedy = "再运行一次 shenbao build 就会补上。"
        findings.append(Finding("K110", Severity.CHECK, message, _PATH, Position(CURRENT), remedy=remedy))
    elif name == copy.folder.name and current_draft(folder) is None:
        message = f"{CURRENT} 与这一稿对不上：这一稿不完整，或者清单被改动过"
        findings.append(Finding("K110", Severity.MUST, message, _PATH, Position(CURRENT), remedy=_AGAIN))
    elif name != copy.folder.name:
        message = f"这不是现行的一稿，现行的是{name}"
        remedy = f"报送请用{name}。"
        findings.append(Finding("K110", Severity.CHECK, message, _PATH, Position(CURRENT), remedy=remedy))
    return examined(Aspect.AUTHENTIC, _POINTER, detail, findings)


def _content(copy: Copy, snapshot: Path | None, today: Today) -> Examination:
    """Hold the form's words against the snapshot, field by field, and its pages, set again, against those that were printed."""
    form = copy.sound(FORM_ROLE)
    if form is None and snapshot is not None and recorded_papers(snapshot):
        return _papers(copy, recorded_papers(snapshot), today)
    if form is None or snapshot is None:
        return unexamined(Aspect.AUTHENTIC, _CONTENT, "申报表的 Word 文件或 snapshot.json 不在，或者已经改动")
    try:
        definition, told = today.library.form(copy.manifest.facts.form), read_snapshot(snapshot)
        docx = form.read_bytes()
        edits = edits_of(definition, told, read_document(docx))
    except (ShenbaoError, OSError) as error:
        return unexamined(Aspect.AUTHENTIC, _CONTENT, f"没有比对：{error}")
    findings = [
        Finding(
            "K112",
            Severity.MUST,
            f"Word 文件与数据记录不符：{in_short(edit)}",
            PATH_MARK.join(edit.path),
            remedy=_AGAIN,
        )
        for edit in edits
    ]
    detail = f"申报表的 Word 文件与 snapshot.json 逐栏比对了 {len(told.fields)} 处"
    if not fonts_are_the_same(copy.manifest, today.fonts):
        return examined(Aspect.AUTHENTIC, _CONTENT, f"{detail}；字体与生成时不同，没有重新排版核对", findings)
    pages = lay_out(docx, today.fonts).pages
    printed = [page.fingerprint for page in told.pages]
    if [page.fingerprint for page in pages] != printed:
        findings.append(_other_layout(len(pages), len(printed)))
    return examined(Aspect.AUTHENTIC, _CONTENT, f"{detail}，并重新排版 {len(pages)} 页，逐页比对版面", findings)


def _papers(copy: Copy, papers: Mapping[str, Sequence[str]], today: Today) -> Examination:
    """Set the papers of a package without a form again, and hold their pages against those that were printed."""
    if not fonts_are_the_same(copy.manifest, today.fonts):
        return unexamined(Aspect.AUTHENTIC, _CONTENT, "字体与生成时不同，没有重新排版核对")
    sound = {one.listed.path: copy.folder / one.path for one in copy.standings if one.is_sound}
    findings, told = list[Finding](), list[str]()
    for path, printed in papers.items():
        word = PurePosixPath(path).with_suffix(_WORD)
        if str(word) not in sound:
            continue
        try:
            pages = lay_out(sound[str(word)].read_bytes(), today.fonts).pages
        except (ShenbaoError, OSError) as error:
            return unexamined(Aspect.AUTHENTIC, _CONTENT, f"没有比对：{error}")
        told.append(f"{word.name} {len(pages)} 页")
        if [page.fingerprint for page in pages] != list(printed):
            findings.append(_other_layout(len(pages), len(printed), Position(str(word))))
    if not told:
        return unexamined(Aspect.AUTHENTIC, _CONTENT, "自己编制的 Word 文件不在，或者已经改动")
    return examined(Aspect.AUTHENTIC, _CONTENT, f"重新排版 {'、'.join(told)}，逐页比对版面", findings)


def _other_layout(pages: int, printed: int, position: Position | None = None) -> Finding:
    """K114: set again, a Word file gives other pages than were printed."""
    return Finding(
        "K114",
        Severity.CHECK,
        "按 Word 文件重新排版，与打印稿的版面不同",
        _PATH,
        position,
        found=f"{pages} 页",
        expected=f"{printed} 页",
        remedy="本工具换过版本的，请再生成一稿；没有换过的，请报告给开发者。",
    )
