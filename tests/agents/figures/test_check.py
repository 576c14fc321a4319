"""A prose against Answers: what is found where, in which form, and what is not."""

from datetime import date
from decimal import Decimal

import pytest

from finops_cli.agents.figures import check
from finops_cli.domain.answer import Answer, Column, Kind, Provenance, Sentence, Table
from finops_cli.domain.prose import Prose, Unmatched
from tests.agents.figures.answers import (
    OCTOBER,
    count,
    day,
    everything,
    growth,
    money,
    period,
    said,
    share,
    usage,
)

NOVEMBER = period("2026-11-09", "2026-11-15")


def _unmatched(text: str, *answers: Answer, stated: str = "") -> list[str]:
    return [one.text for one in check(text, answers, stated).unmatched]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("$4,812", money("4812.1")),
        ("USD 4,812.10", money("4812.1")),
        ("4812.10 USD", money("4812.1")),
        ("US$ 4,812", money("4812.1")),
        ("4.812,10 €", money("4812.1", currency="EUR")),
        ("4 812 €", money("4812.1", currency="EUR")),
        ("4\u202f812,10\u00a0€", money("4812.1", currency="EUR")),
        ("CHF 4'812.10", money("4812.1", currency="CHF")),
        ("C$4,812", money("4812.1", currency="CAD")),
        ("$4,812", money("4812.1", currency="CAD")),
        ("4,812 dollars", money("4812.1")),
        ("約4,812ドル", money("4812.1")),
        ("120万円", money("1204000", currency="JPY")),
        ("$1.42 M", money("1421900")),
        ("$1.42M", money("1421900")),
        ("1.4 million dollars", money("1421900")),
        ("1,42 Millionen Euro", money("1421900", currency="EUR")),
        ("$24k", money("24123")),
        ("$24 K", money("24123")),
        ("24 thousand dollars", money("24123")),
        ("$1.2bn", money("1234567890")),
        ("$1.2 mil", money("1234567")),
        ("1.2 mil dólares", money("1234")),
        ("$4.812", money("4.812")),
        ("4,812 %", share("0.04812")),
        ("20+ instances", count(20)),
        ("~$24,100", money("24123")),
        ("$46,000", money("46114")),
        ("roughly **$24,000**", money("24900")),
        ("about $50", money("48.1")),
        ("more than $130,000", money("134147")),
        ("−$310", money("-310")),
        ("fell by $310", money("-310.2")),
        ("($310)", money("-310")),
        ("+$4,391", money("4391.4")),
        ("$-310", money("-310")),
        ("$0.0035 per GB", money("0.0035")),
        ("$.50", money("0.5")),
        ("$1.31–1.55 M", money("1312000", "1551000")),
        ("$1.31M to $1.55M", money("1312000", "1551000")),
        ("between $3 and $5 million", money("3100000", "4900000")),
        ("between $900 and $1.2 million", money("900", "1230000")),
        ("48 %", share("0.481")),
        ("48.1%", share("0.481")),
        ("+48 percent", growth("0.481")),
        ("48 percentage points", growth("-0.481")),
        ("48,1 Prozent", share("0.481")),
        ("48 por ciento", share("0.481")),
        ("48 pp", share("0.481")),
        ("12–15 %", said((Decimal("0.12"), Kind.SHARE, None), (Decimal("0.15"), Kind.SHARE, None))),
        ("48 % (half to even: 48.2%)", share("0.4825")),
        (">99 % sure", share("0.999")),
        ("2.4x", growth("1.38")),
        ("2.4 times", said((Decimal("2.41"), Kind.RATIO, None))),
        ("14 days", count(14)),
        ("a 62-day window", period("2026-09-14", "2026-11-15")),
        ("1.2 TB", usage("1203", "GB")),
        ("1.2 TB", usage("1229", "GB-Mo")),
        ("1,203 GB", usage("1203.4", "GB")),
        ("1.2 million requests", usage("1204112", "Requests")),
        ("| EC2 | 4,812.10 |", money("4812.1")),
        ("| 48.1 |", share("0.481")),
    ],
)
def test_an_amount_is_found_in_the_forms_people_write(text: str, answer: Answer) -> None:
    prose = check(text, [answer])
    assert (prose.unmatched, prose.matched > 0) == ((), True)


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("$4,813", money("4812.1"), "$4,813"),
        ("costs $1.43M now", money("1421900"), "$1.43M"),
        ("$25k", money("24123"), "$25k"),
        ("−$311.", money("-310"), "−$311"),
        ("about $2,871", money("2836"), "$2,871"),
        ("about $53", money("48"), "$53"),
        ("**€4,812**", money("4812"), "€4,812"),
        ("A$4,812", money("4812"), "A$4,812"),
        ("49 %", share("0.481"), "49 %"),
        ("48.2%", share("0.481"), "48.2%"),
        ("$48", share("0.48"), "$48"),
        ("$0.48", share("0.48"), "$0.48"),
        ("48 %", money("48", "0.48"), "48 %"),
        ("48 %", count(48), "48 %"),
        ("2.5x", growth("1.38"), "2.5x"),
        ("14 days", money("14"), "14"),
        ("15 days", count(14), "15"),
        ("1.3 TB", usage("1203", "GB"), "1.3 TB"),
        ("$1,2,3", money("123"), "$1,2,3"),
        ("$" + "9" * 50, money("9"), "$" + "9" * 50),
        ("$57,744 a year", money("4812"), "$57,744"),
        (
            "$12–48",
            said((Decimal(12), Kind.MONEY, "USD"), (Decimal("0.48"), Kind.SHARE, None)),
            "48",
        ),
        ("$4,812", money("4.812"), "$4,812"),
    ],
)
def test_an_amount_that_is_not_there_is_marked(text: str, answer: Answer, expected: str) -> None:
    assert _unmatched(text, answer) == [expected]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2026-11-09", NOVEMBER),
        ("Nov 9", NOVEMBER),
        ("Nov. 9th, 2026", NOVEMBER),
        ("November 9, 2026", NOVEMBER),
        ("9 November 2026", NOVEMBER),
        ("9 Nov", NOVEMBER),
        ("Nov 9 – 14", NOVEMBER),
        ("Nov 9–14, 2026", NOVEMBER),
        ("from Nov 9 to Nov 15", NOVEMBER),
        ("9. bis 14. November", NOVEMBER),
        ("9 de noviembre de 2026", NOVEMBER),
        ("entre le 9 et le 14 novembre", NOVEMBER),
        ("9 de novembro", NOVEMBER),
        ("11月9日", NOVEMBER),
        ("2026年11月9日から", NOVEMBER),
        ("09.11.2026", NOVEMBER),
        ("11/09/2026", NOVEMBER),
        ("2026-11-09T00:00Z", NOVEMBER),
        ("2026-11-09..2026-11-14", NOVEMBER),
        ("2026-11", NOVEMBER),
        ("in November", NOVEMBER),
        ("November 2026", NOVEMBER),
        ("Q4", NOVEMBER),
        ("Q4 2026", NOVEMBER),
        ("2026-Q4", NOVEMBER),
        ("H2 2026", NOVEMBER),
        ("FY2027", NOVEMBER),
        ("in 2026", NOVEMBER),
        ("in May", period("2026-05-01", "2026-06-01")),
        ("in October and November", period("2026-09-01", "2026-12-01")),
        ("Jul – Sep 2026", period("2026-07-01", "2026-10-01")),
        ("Oct '26", period("2026-10-01", "2026-11-01")),
        ("up to October 31", period("2026-10-01", "2026-11-01")),
        ("up to November 1", period("2026-10-01", "2026-11-01")),
        ("March 1, 2027", day("2027-03-01")),
        ("Nov 9, 10 and 14", said(*((date(2026, 11, d), Kind.DATE, None) for d in (9, 10, 14)))),
        ("Oct 2026", said((date(2026, 10, 1), Kind.MONTH, None))),
    ],
)
def test_a_date_is_found_in_the_forms_people_write(text: str, answer: Answer) -> None:
    prose = check(text, [answer])
    assert (prose.unmatched, prose.matched > 0) == ((), True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-08", ["2026-11-08"]),
        ("on Nov 8, 2026.", ["Nov 8, 2026"]),
        ("November 9, 2025", ["November 9, 2025"]),
        ("Nov 9 – 13", ["13"]),
        ("8–14 November", ["8"]),
        ("2026-10", ["2026-10"]),
        ("in March", ["March"]),
        ("October", ["October"]),
        ("Q3 2026", ["Q3 2026"]),
        ("Q1", ["Q1"]),
        ("in 2024", ["2024"]),
        ("FY2029", ["FY2029"]),
        ("11月8日", ["11月8日"]),
        ("31.02.2026", ["31.02.2026"]),
    ],
)
def test_a_date_that_is_not_there_is_marked(text: str, expected: list[str]) -> None:
    assert _unmatched(text, NOVEMBER) == expected


@pytest.mark.parametrize(
    "text",
    [
        "p4d.24xlarge, gp3, m5.2xlarge and t3.micro in us-east-1 and eu-west-1b",
        "account 123456789012, i-0abc12def, vol-12345678 and 866a88",
        "EC2, S3, Route53, IPv4, v1.29.3 and PostgreSQL 11.22",
        "a 1-year or 3-year plan for 3 accounts, the top 5, running 24/7 or 24 h a day",
        "1. First\n2. May we\n3. Second\n\n### 13. Then\n  - 14. more",
        "`finops cost --top 50 --period 2026-01-01..2026-02-01`",
        "```bash\naws ce get-cost-and-usage --max 500\n```",
        "finops budget check --amount 4812",
        "[the page](https://example.com/2026/11/48?x=4812) and arn:aws:iam::123456789012:role/r99",
        "at 14:30 UTC, on the 18th, 10.0.0.1/16, half of it, twice",
        "we may march on; it costs no more",
        "2x p4d.24xlarge",
        "",
    ],
)
def test_names_and_ordinary_words_are_no_claims(text: str) -> None:
    assert check(text, []) == Prose(text)


@pytest.mark.parametrize("text", ["`$4,812`", "```\nEC2 $4,812\n```", "## Costs: $4,812"])
def test_a_figure_cannot_hide_in_backticks_or_a_heading(text: str) -> None:
    assert _unmatched(text) == ["$4,812"]


def test_every_place_of_an_answer_counts() -> None:
    answer = everything()
    text = " ".join(f"${n * 1111:,}" for n in (*range(1, 10), 10, 11, 12, 13, 14, 15))
    assert _unmatched(text, answer) == []
    assert _unmatched("$17,776 $18,887 1234 % 17 queries, 19 calls", answer) == [
        "$17,776",
        "$18,887",
    ]
    assert _unmatched("2026-10-05 Oct 1 Oct 31 Nov 15, 2026-11-14 2026-11-13", answer) == []


def test_the_rows_of_a_table_and_the_days_of_a_period_may_be_counted() -> None:
    table = Table("t", (Column("n", Kind.TEXT),), (("a",),) * 15, rest=1)
    told = Answer(Sentence("T"), Provenance("test", OCTOBER), tables=(table,))
    assert _unmatched("14 services, 15 services, 31 days, 30 days", told) == ["15", "30"]


def test_a_cell_may_be_shown_a_unit_off_as_columns_are_rounded_together() -> None:
    columns = (Column("cost", Kind.MONEY, "USD"), Column("share", Kind.SHARE))
    table = Table("t", columns, ((Decimal("599.168"), Decimal("0.0625")),))
    told = Answer(Sentence("T"), Provenance("test"), tables=(table,))
    assert _unmatched("$599.16 $599.17 | 599.16 | 6.2 % 6.3 %", told) == []
    assert _unmatched("$599.15 $599.18 €599.16 6.1 % 6.4 % 599.18", told) == [
        "$599.15",
        "$599.18",
        "€599.16",
        "6.1 %",
        "6.4 %",
        "599.18",
    ]
    assert _unmatched("$599.16", money("599.168")) == ["$599.16"]


def test_two_amounts_side_by_side_keep_their_own_signs() -> None:
    prose = check("USD 50 USD 60 USD", [])
    assert [one.text for one in prose.unmatched] == ["USD 50 USD", "60 USD"]


def test_what_the_user_stated_is_no_invention() -> None:
    assert _unmatched("over your $150,000 by Mar 3", stated="under $150k until march 3?") == [
        "Mar 3"
    ]
    assert _unmatched("over your $150,000 by Mar 3", stated="under 150k until 2027-03-03?") == []


def test_a_name_may_be_quoted_whole_but_vouches_for_no_amount() -> None:
    tagged = said(("team 15 % off", Kind.TEXT, None), ("$1,000,000", Kind.TEXT, None))
    assert _unmatched("tag team 15 % off", tagged) == []
    assert _unmatched("15 % off and $1,000,000", tagged) == ["15 %", "$1,000,000"]
    assert _unmatched("event 866988", said(("866988", Kind.TEXT, None))) == []


def test_a_sum_or_a_difference_that_the_model_made_is_marked() -> None:
    assert _unmatched("$100 and $50 are $150, $50 apart", money("100", "30")) == [
        "$50",
        "$150",
        "$50",
    ]


def test_the_spans_are_those_of_the_text_as_written() -> None:
    text = "Ａ−$310 ⟶ **48 %**, ２４７ days"
    prose = check(text, [])
    assert prose.unmatched == (
        Unmatched("$310", 2, 6),
        Unmatched("48 %", 11, 15),
        Unmatched("２４７", 19, 22),
    )


def test_a_value_that_is_no_number_is_left_out() -> None:
    odd = said(
        (Decimal("NaN"), Kind.MONEY, "USD"),
        (Decimal("Infinity"), Kind.SHARE, None),
        (None, Kind.GROWTH, None),
        (date.max, Kind.DATE, None),
        (date.min, Kind.MONTH, None),
    )
    assert _unmatched("$5 and 5 %", odd) == ["$5", "5 %"]
    bare = Answer(Sentence("T"), Provenance("test", complete_until=date.min))
    assert _unmatched("$5", bare) == ["$5"]
