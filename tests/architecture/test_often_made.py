"""Values made so often that their class gets a compiled method are made as they were before."""

from __future__ import annotations

import pytest

from generator.frozen import dataclass, field


@dataclass(frozen=True)
class Plain:
    name: str
    number: int = 3
    found: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Named:
    first: str = "甲"
    second: int

    def __post_init__(self) -> None:
        if self.second < 0:
            raise ValueError("negative")


@dataclass(frozen=True)
class Heir(Plain):
    more: str = ""


def made_often(kind: type, *given: object, **named: object) -> list[object]:
    return [kind(*given, **named) for _ in range(250)]


def test_contents_defaults_and_equality_stay_the_same() -> None:
    first, *_, last = made_often(Plain, "甲", found=[1])
    assert first == last == Plain("甲", 3, [1]) and repr(first) == repr(last)
    assert Plain("乙").found is not Plain("乙").found
    assert {repr(each) for each in made_often(Heir, "甲", 4, more="乙")} == {
        "Heir(name='甲', number=4, found=[], more='乙')"
    }
    assert {repr(each) for each in made_often(Named, second=1)} == {"Named(first='甲', second=1)"}


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [
        (Plain, (), {}),
        (Plain, ("甲", 1, [], 2), {}),
        (Plain, ("甲",), {"name": "乙"}),
        (Plain, ("甲",), {"odd": 1}),
        (Named, ("甲",), {"second": 1}),
    ],
)
def test_wrong_calls_are_still_refused(kind: type, given: tuple[object, ...], named: dict[str, object]) -> None:
    made_often(Plain, "甲")
    made_often(Named, second=1)
    with pytest.raises(TypeError, match=rf"{kind.__name__}\.__init__\(\)"):
        kind(*given, **named)


def test_what_a_class_refuses_itself_is_still_refused() -> None:
    made_often(Named, second=1)
    with pytest.raises(ValueError, match="negative"):
        Named(second=-1)
