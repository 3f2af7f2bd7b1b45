"""Numbers, dates and phone numbers: laws and odd cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cluster.catalogue import Kind
from generator.cluster.codes import Code
from generator.cluster.scalars import Problem, doubt, read_value
from generator.cluster.shape import Scalar
from generator.cluster.values import NIL, plain

NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)
MONEY = Scalar(Kind.AMOUNT, unit="亿元")


def wide(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


@given(NUMBERS)
def test_a_number_is_the_same_however_wide_it_is_written(number: Decimal) -> None:
    text = format(number, "f")
    assert read_value(text, MONEY) == number
    assert read_value(wide(text), MONEY) == number


@given(st.integers(10**3, 10**12))
def test_grouped_digits_are_answered_with_the_number_itself(number: int) -> None:
    problem = read_value(f"{number:,}", MONEY)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.remedy) == (Code.THOUSANDS, f"请写 {number}")


@given(st.integers(1, 10**6), st.sampled_from(["万元", "亿元", "元", "万", "千万元"]))
def test_the_mend_of_a_unit_is_the_same_amount(number: int, unit: str) -> None:
    scales = {"万元": 10**4, "亿元": 10**8, "元": 1, "万": 10**4, "千万元": 10**7}
    problem = read_value(f"{number}{unit}", MONEY)
    assert isinstance(problem, Problem)
    assert Decimal(problem.remedy.removeprefix("请写 ")) * 10**8 == number * scales[unit]


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["{}-{}-{}", "{}/{}/{}", "{}.{}.{}", "{}年{}月{}日"]),
)
def test_a_day_is_the_same_in_every_writing(day: date, writing: str) -> None:
    assert read_value(writing.format(day.year, day.month, day.day), Scalar(Kind.DATE)) == day.isoformat()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.NARRATIVE,)])
def test_nothing_is_a_value_of_every_kind(kind: Kind) -> None:
    assert read_value("无", Scalar(kind, choices=("甲",))) is NIL


def test_nothing_may_be_a_choice_of_its_own() -> None:
    assert read_value("无", Scalar(Kind.CHOICE, choices=("有", "无"))) == "无"


def test_a_choice_is_known_by_other_quotes_and_brackets() -> None:
    assert (
        read_value('专精特新"小巨人"(国家级)', Scalar(Kind.CHOICE, choices=("专精特新“小巨人”（国家级）",)))
        == "专精特新“小巨人”（国家级）"
    )


@pytest.mark.parametrize(
    "phone",
    ["021-12345678", "（021）12345678", "0512-63960000-8012", "13812345678", "138 1234 5678", "+86 13812345678", "12345678",
     "021-12345678转801", "400-820-1234", "12345", "021-12345678、13812345678", "０２１－１２３４５６７８"],
)  # fmt: skip
def test_usual_phone_numbers_are_not_doubted(phone: str) -> None:
    assert doubt(phone, Scalar(Kind.PHONE)) is None


@pytest.mark.parametrize("phone", ["21-12345678", "1381234567", "张三", "021-123", "0512-6396****", "138123456789"])
def test_odd_phone_numbers_are_doubted_but_kept(phone: str) -> None:
    assert read_value(phone, Scalar(Kind.PHONE)) == phone
    problem = doubt(phone, Scalar(Kind.PHONE))
    assert problem is not None
    assert problem.code is Code.DOUBTFUL_PHONE


@given(NUMBERS)
def test_plain_numbers_have_no_exponent_and_no_needless_zeros(number: Decimal) -> None:
    text = plain(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("¥12,345", "请写 12345"),
        ("￥ 12345.6", "请写 12345.6"),
        ("约23000", "请写 23000"),
        ("人民币500", "请写 500"),
        ("(2,300)", "是负数的请写 -2300，不是的请写 2300"),
        ("（2300.5）", "是负数的请写 -2300.5，不是的请写 2300.5"),
    ],
)
def test_a_number_with_a_mark_before_or_around_it_is_answered_with_the_number(text: str, remedy: str) -> None:
    problem = read_value(text, MONEY)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.remedy) == (Code.NOT_A_NUMBER, remedy)


@pytest.mark.parametrize(("code", "said"), [("310115000123456", "注册号"), ("13243546-8", "组织机构代码")])
def test_a_code_of_former_times_is_told_for_what_it_is(code: str, said: str) -> None:
    value = read_value(code, Scalar(Kind.CODE))
    assert not isinstance(value, Problem)
    problem = doubt(value, Scalar(Kind.CODE))
    assert problem is not None and said in problem.remedy
