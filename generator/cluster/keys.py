"""Names that are not known: what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from generator.cluster.characters import WIDE_SPACES, tidy
from generator.cluster.codes import Code, Path
from generator.cluster.scalars import closest
from generator.cluster.shape import ByYear, ListOf, Record, Scalar, Shape, Table
from generator.findings import PATH_MARK
from generator.frozen import dataclass

_MOST_NAMES = 16
_SHORT = 2
_LONG = 8


@dataclass(frozen=True)
class KeyProblem:
    """What is wrong with a name. `meant` is the name as which it can be read without doubt, where there is one; `stands_for`
    are the places whose contents it probably holds, unread.
    """

    code: Code
    message: str
    remedy: str
    meant: str | None = None
    stands_for: tuple[Path, ...] = ()


def misread_key(text: str, absent: bool, known: Callable[[str], bool]) -> KeyProblem | None:
    """Return why `text` is no known name although it holds one: odd blanks, colons without space, a dash.

    `absent` says that no value follows, as when `省:上海市` is all one name. None where nothing of the sort is seen.
    """
    bare = tidy(text)
    if bare != text and (known(bare) or text[0] in WIDE_SPACES):
        remedy = f"请删去全角空格，行首只用半角空格：{bare}: …"
        meant = bare if known(bare) else None
        return KeyProblem(Code.WIDE_INDENT, "名称前后有全角空格或看不见的字符", remedy, meant)
    if bare.startswith("-") and known(bare[1:].strip()):
        return KeyProblem(Code.DASH_WITHOUT_SPACE, "横线后面要空一格", f"请写“- {bare[1:].strip()}: …”")
    for colon, code, message in (
        ("：", Code.WIDE_COLON, "用了全角冒号，没有分开名称和内容"),
        (":", Code.COLON_WITHOUT_SPACE, "冒号后面要空一格"),
    ):
        name, found, rest = bare.partition(colon)
        if found and (known(name.strip()) or (absent and rest)):
            return KeyProblem(code, message, f"请写 {name.strip()}: {rest.strip() or '…'}")
    return None


def unknown_key(text: str, shape: Record, places: Mapping[str, tuple[Path, ...]], path: Path) -> KeyProblem:
    """Return what to say of the name `text` in the group at `path`, whose `shape` doesn't know it.

    `places` tells where else in the file a name belongs.
    """
    name = tidy(text)
    if shape.strange is Code.UNKNOWN_FORM:
        guess = closest(name, shape.members)
        forms = "、".join(shape.members)
        remedy = f"是不是“{guess}”？" if guess else f"可用的编号：{forms}" if forms else "请用 shenbao forms 查看编号"
        return KeyProblem(shape.strange, "没有这个编号的申报表", remedy, stands_for=((*path, guess),) if guess else ())
    elsewhere = places.get(name, ())
    meant = dict(shape.mistaken).get(name)
    if meant is not None:
        return _mistaken(name, meant, shape.members[meant], elsewhere, (*path, meant))
    if elsewhere:
        words = "，或".join(
            f"“{PATH_MARK.join(place[:-1])}”下面" if place[:-1] else "最外层" for place in elsewhere[:3]
        )
        return KeyProblem(Code.MISPLACED_KEY, f"“{name}”不写在这里", f"请移到{words}", stands_for=elsewhere)
    guess = (
        closest(name, shape.members) or _of_same_beginning(name, shape.members) or _with_more_words(name, shape.members)
    )
    if guess:
        return KeyProblem(shape.strange, "不认识这一项", f"是不是“{guess}”？", stands_for=((*path, guess),))
    guess = closest(name, places)
    if guess:
        place = PATH_MARK.join(places[guess][0])
        return KeyProblem(shape.strange, "不认识这一项", f"是不是“{place}”？")
    names = list(shape.members)
    slips = [each for each in names if len(each) == len(name) == _SHORT and sum(map(str.__eq__, each, name)) == 1]
    if len(slips) == 1:
        return KeyProblem(shape.strange, "不认识这一项", f"是不是“{slips[0]}”？", stands_for=((*path, slips[0]),))
    known = "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")
    explain = f"；申报表上的栏目在这里叫什么，用 shenbao explain {name} 查" if len(name) > _LONG else ""
    return KeyProblem(shape.strange, "不认识这一项", f"这里可写：{known}{explain}" if known else "请删去这一项")


def _mistaken(name: str, meant: str, shape: Shape, elsewhere: Sequence[Path], place: Path) -> KeyProblem:
    """What to say of a name that is easily written for another: which is meant, and where the one written belongs."""
    own = f"（{shape.description}）" if shape.description else ""
    rows = "、".join(f"“{group[-2]}”" for group in elsewhere if len(group) > 1) if len(elsewhere) == 1 else ""
    besides = f"；“{name}”写在{rows}的各项里" if rows else ""
    return KeyProblem(
        Code.MISPLACED_KEY, f"“{name}”不写在这里", f"这里请写“{meant}”{own}{besides}", stands_for=(place,)
    )


def _of_same_beginning(name: str, names: Iterable[str]) -> str:
    """The only one of `names` that begins like `name` and is as long: 主管单位 for 主管部门."""
    alike = [each for each in names if len(each) == len(name) > _SHORT and each[:_SHORT] == name[:_SHORT]]
    return alike[0] if len(alike) == 1 else ""


def _with_more_words(name: str, names: Iterable[str]) -> str:
    """The longest of `names` that the words of a form end with, what stands in brackets apart: 占地面积 for 集群占地面积（平方公里）."""
    bare = re.sub(r"([（(][^（）()]*[)）])+$", "", name)
    ends = [each for each in names if len(each) > _SHORT and bare.endswith(each)]
    return max(ends, key=len, default="")


def vocabulary(root: Record) -> dict[str, tuple[Path, ...]]:
    """Return every name that may stand in a file of the shape `root`, with its places in words."""
    places: dict[str, tuple[Path, ...]] = {}
    for path in dict.fromkeys(_paths(root, ())):
        places[path[-1]] = (*places.get(path[-1], ()), path)
    return places


def _paths(shape: Shape, path: Path) -> Iterator[Path]:
    match shape:
        case Record():
            inner = shape.members.items()
            for name, member in inner:
                place = (*path, "表号") if shape.strange is Code.UNKNOWN_FORM else (*path, name)
                if shape.strange is not Code.UNKNOWN_FORM:
                    yield place
                yield from _paths(member, place)
        case ListOf():
            yield from _paths(shape.item, path)
        case Scalar() | ByYear() | Table():
            return
