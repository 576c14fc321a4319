"""Any text is read and its spans are in order; any value is found however it is written."""

from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.agents.figures import check
from finops_cli.agents.figures.numbers import readings
from tests.agents.figures.answers import day, everything, growth, money, share

ROUNDING = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])
AMOUNT = st.decimals("0.01", "9999999", places=4)
_PIECES = (
    "$ € 4,812 4.812,10 1.42 M k % –14 -9 Nov 9 November 2026 2026-11-09 Q3 FY26 about ~ to and "
    "between million ` ``` ** | ( ) p4d.24xlarge us-east-1 2.4x TB 11月9日 約 円 \n 1. # https://a "
    "USD EUR € pp mil x $ +4 #7 ١٢ ４８ ² İ \x00 finops --top , . ' x 24/7 12:30 between May"
).split(" ")


@given(st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map("".join)))
def test_any_text_is_read_and_its_spans_are_in_order(text: str) -> None:
    end = 0
    prose = check(text, [everything()], text[::-1])
    for one in prose.unmatched:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text == one.text.strip()
        end = one.end


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join))
def test_a_text_holds_over_itself(text: str) -> None:
    assert check(text, [], stated=text).unmatched == ()


@given(AMOUNT, st.integers(0, 2), ROUNDING)
def test_an_amount_is_found_however_it_is_rounded(
    value: Decimal, places: int, rounding: str
) -> None:
    near = value.quantize(Decimal(1).scaleb(-places), rounding)
    german = f"{near:,}".translate(str.maketrans(",.", ".,"))
    spaced = f"{near:,}".replace(",", " ")
    dollars = (
        f"${near:,}",
        f"-${near:,}",
        f"USD {near}",
        f"{near:,} dollars",
        f"about **${near}**",
    )
    for text in (*dollars, f"{german} $", f"{spaced} USD"):
        assert check(text, [money(str(value))]).unmatched == (), text


@given(st.decimals(1000, 999_999_999, places=2), st.integers(0, 2), ROUNDING)
def test_an_amount_is_found_in_thousands_and_millions(
    value: Decimal, places: int, rounding: str
) -> None:
    for size, units in ((10**3, ("k", " thousand dollars")), (10**6, ("M", " million"))):
        near = (value / size).quantize(Decimal(1).scaleb(-places), rounding)
        for unit in units:
            assert check(f"${near:,}{unit}", [money(str(value))]).unmatched == ()


@given(st.decimals("-9.99", "9.99", places=5), st.integers(0, 2), ROUNDING)
def test_a_ratio_is_found_as_a_percentage(value: Decimal, places: int, rounding: str) -> None:
    near = (value * 100).quantize(Decimal(1).scaleb(-places), rounding)
    for text in (f"{near} %", f"{near:+}%", f"{abs(near)} percent", f"({near}%)"):
        assert check(text, [growth(str(value))]).unmatched == (), text
        assert check(text, [money(str(value), str(near))]).matched == 0, text


@given(AMOUNT, st.integers(1, 500), st.sampled_from([-1, 1]))
def test_an_amount_that_is_off_by_a_cent_or_more_is_marked(
    value: Decimal, cents: int, sign: int
) -> None:
    near = value.quantize(Decimal("0.01"), ROUND_HALF_UP) + sign * Decimal(cents) / 100
    if near > 0 and abs(near - value) > Decimal("0.006"):
        prose = check(f"It cost ${near:,} then.", [money(str(value))])
        assert [one.text for one in prose.unmatched] == [f"${near:,}"]


@given(st.integers(10, 999), st.integers(2, 400), st.sampled_from([-1, 1]))
def test_a_percentage_that_is_off_is_marked(tenths: int, off: int, sign: int) -> None:
    wrong = Decimal(tenths + sign * off) / 10
    if wrong > 0:
        prose = check(f"{wrong:.1f} % more", [share(str(Decimal(tenths) / 1000))])
        assert [one.text for one in prose.unmatched] == [f"{wrong:.1f} %"]


@given(st.dates())
def test_a_day_is_found_as_people_write_it(date_of: date) -> None:
    answer = [day(date_of.isoformat())]
    name = date_of.strftime("%B")
    texts = [f"{name} {date_of.day}", f"{date_of.day} {name}", f"{date_of.month}月{date_of.day}日"]
    if 1900 <= date_of.year <= 2099:
        texts += [date_of.isoformat(), f"{name} {date_of.day}, {date_of.year}"]
    for text in texts:
        assert (check(text, answer).matched, check(text, answer).unmatched) == (1, ()), text
        assert check(text, []).matched == 0


@given(st.text("0123456789.,' ", min_size=1, max_size=60))
def test_every_reading_lies_within_what_may_have_been_rounded_to_it(digits: str) -> None:
    for part in digits.split():
        if part[0].isdigit() and part[-1].isdigit():
            for one in readings(part):
                assert one.low < one.value < one.high or one.value == 0
