"""Answers as the tools will give them, and worse: what every renderer has to show well."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

from finops_cli.domain.answer import (
    Answer,
    Column,
    Exit,
    Figure,
    Finding,
    Kind,
    Provenance,
    Sentence,
    Series,
    Severity,
    Table,
)
from finops_cli.domain.period import Period

AS_OF = date(2026, 11, 15)
HOSTILE = (
    "\x1b[31mred\x9b2J\u202egnp.exe [bold]x[/bold] |`*_<b>@all</b>\r\nhttps://evil.example/$x$"
)


def demo(period: Period, currency: str | None = "USD", **more: object) -> Provenance:
    known = {"queries": 3, "seconds": 0.2134, "metric": "unblended", **more}
    return Provenance(
        source="demo",
        period=period,
        as_of=AS_OF,
        complete_until=AS_OF,
        currency=currency,
        **known,  # type: ignore[arg-type]
    )


def text(name: str, value: str) -> Figure:
    return Figure(name, value)


def money(name: str, value: str, unit: str = "USD") -> Figure:
    return Figure(name, D(value), Kind.MONEY, unit)


def change(name: str, value: str) -> Figure:
    return Figure(name, D(value), Kind.CHANGE, "USD")


def days(first: date, values: list[str]) -> tuple[tuple[date, D], ...]:
    return tuple((first + timedelta(days=at), D(value)) for at, value in enumerate(values))


def _daily_ec2() -> tuple[tuple[date, D], ...]:
    calm = [str(1655 + (at * 37) % 90 - 45 - (120 if at % 7 in (2, 3) else 0)) for at in range(39)]
    return days(date(2026, 10, 1), [*calm, "2457.10", "2431", "2440.55", "2466", "2470.2", "2457"])


EXPLAIN = Answer(
    question="why did EC2 spike",
    route={"domains": ["cost"], "route": "fast", "action": "explain", "confidence": 0.94},
    title=Sentence(
        "{service} cost {more} more on {period} than its usual {usual}: {growth}, still running.",
        (
            text("service", "EC2 Compute"),
            money("more", "4812.004"),
            Figure("period", Period(date(2026, 11, 9), date(2026, 11, 15)), Kind.PERIOD),
            money("usual", "9930.10"),
            Figure("growth", D("0.48459"), Kind.GROWTH),
        ),
    ),
    series=(
        Series(
            "per_day",
            Kind.MONEY,
            "USD",
            _daily_ec2(),
            marks=(money("usual", "1655.02"), money("now", "2457")),
        ),
    ),
    tables=(
        Table(
            "drivers",
            (
                Column("what_moved", Kind.TEXT),
                Column("change", Kind.CHANGE, "USD"),
                Column("share", Kind.SHARE),
                Column("why", Kind.TEXT),
            ),
            (
                (
                    "p4d.24xlarge · us-east-1 · ml-research (4410…8812)",
                    D("4391.1171"),
                    D("4391.1171") / D("4812.004"),
                    "new on Nov 9; 2 instances, 24 h a day",
                ),
                (
                    "g5.12xlarge · us-east-1 · ml-research (4410…8812)",
                    D("461.0049"),
                    D("461.0049") / D("4812.004"),
                    "hours +62 %, price unchanged",
                ),
                (
                    "m6i.2xlarge · eu-west-1 · web-prod (2201…0047)",
                    D("-150.98"),
                    D("-150.98") / D("4812.004"),
                    "7 instances fewer",
                ),
                ("everything else", D("110.862"), D("110.862") / D("4812.004"), None),
            ),
            total=(None, D("4812.004"), D(1), None),
            rest=1,
        ),
    ),
    findings=(
        Finding(
            Severity.INFO,
            Sentence(
                "Usage explains {usage}, price {price}.",
                (change("usage", "4795.10"), change("price", "16.904")),
            ),
        ),
        Finding(
            Severity.WARNING,
            Sentence(
                "If it goes on: about **{month}** a month; budget {budget} passes its {limit} "
                "on {day}.",
                (
                    money("month", "24060.02"),
                    text("budget", "ml-research"),
                    money("limit", "20000"),
                    Figure("day", date(2026, 11, 23), Kind.DATE),
                ),
            ),
        ),
    ),
    next=("finops explain ec2 --filter account=ml-research --by resource",),
    provenance=demo(Period(date(2026, 10, 1), date(2026, 11, 15))),
)

_SERVICES = (
    ("Amazon Elastic Compute Cloud - Compute", "41230.4471", "0.0412"),
    ("Amazon Relational Database Service", "18411.2093", "-0.0203"),
    ("AmazonCloudWatch", "6120.0052", "0.1177"),
    ("Amazon Simple Storage Service", "5903.9971", "0.0081"),
    ("Amazon Virtual Private Cloud", "3310.4012", "0.7319"),
    ("AWS Lambda", "412.3349", None),
)
_TOTAL = sum((D(cost) for _, cost, _ in _SERVICES), D("701.6")) + D("-1200.25")

BREAKDOWN = Answer(
    title=Sentence(
        "{period} cost {total}, {growth} against {before}; five services are {share} of it.",
        (
            Figure("period", Period(date(2026, 10, 1), date(2026, 11, 1)), Kind.PERIOD),
            money("total", str(_TOTAL)),
            Figure("growth", D("0.0312"), Kind.GROWTH),
            Figure("before", Period(date(2026, 9, 1), date(2026, 10, 1)), Kind.PERIOD),
            Figure("share", D("0.9641"), Kind.SHARE),
        ),
    ),
    summary=(
        Sentence(
            "Gross {gross}, less {credits} of credits.",
            (money("gross", str(_TOTAL + D("1200.25"))), money("credits", "1200.25")),
        ),
    ),
    tables=(
        Table(
            "services",
            (
                Column("service", Kind.TEXT),
                Column("cost", Kind.MONEY, "USD"),
                Column("share", Kind.SHARE),
                Column("vs_september", Kind.GROWTH),
            ),
            (
                *(
                    (name, D(cost), D(cost) / _TOTAL, D(growth) if growth else None)
                    for name, cost, growth in _SERVICES
                ),
                ("18 other services", D("701.6"), D("701.6") / _TOTAL, D("-0.011")),
                ("credits", D("-1200.25"), D("-1200.25") / _TOTAL, None),
            ),
            total=(None, _TOTAL, D(1), D("0.0312")),
            rest=2,
        ),
    ),
    findings=(
        Finding(
            Severity.NOTICE,
            Sentence(
                "New since {day}: {name}.",
                (Figure("day", date(2026, 10, 6), Kind.DATE), text("name", "AWS Lambda")),
            ),
        ),
    ),
    next=(
        "finops cost --period 2026-10 --by usage-type --filter service=EC2",
        "finops explain vpc --period 2026-10",
    ),
    provenance=demo(Period(date(2026, 10, 1), date(2026, 11, 1)), seconds=0.051),
)

_MONTHS = [date(2025 + (at // 12), at % 12 + 1, 1) for at in range(10, 22)]
_COSTS = [D(62000 + (at * 1733) % 9100 + at * 900) + D("0.37") for at in range(12)]

TREND = Answer(
    title=Sentence(
        "Spend grew {growth} in 12 months, to {last} in {month}.",
        (
            Figure("growth", D("0.2204"), Kind.SHARE),
            money("last", str(_COSTS[-1])),
            Figure("month", _MONTHS[-1], Kind.MONTH),
        ),
    ),
    series=(
        Series(
            "cost",
            Kind.MONEY,
            "USD",
            tuple(zip(_MONTHS, _COSTS, strict=True)),
            marks=(money("mean", "71080"),),
        ),
    ),
    provenance=demo(Period(_MONTHS[0], date(2026, 11, 1)), metric="amortized", queries=1),
)

FORECAST = Answer(
    title=Sentence("Next 3 months: {total}.", (money("total", "231000"),)),
    series=(
        Series(
            "forecast",
            Kind.MONEY,
            "USD",
            tuple(
                zip(
                    [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)],
                    [D(75000), D(77400), D(78600)],
                    strict=True,
                )
            ),
            low=(D(73900), D(73100), D(71000)),
            high=(D(76400), D(82000), D(87250)),
        ),
    ),
    provenance=demo(Period(date(2024, 11, 1), date(2026, 11, 1)), queries=1),
)

HOSTILE_TEXT = Answer(
    question=HOSTILE,
    title=Sentence(
        "The tag {tag} cost {cost}.", (text("tag", HOSTILE), money("cost", "12.5", "\x1b]0;x\x07"))
    ),
    tables=(
        Table(
            HOSTILE,
            (
                Column("tag:=cmd|x", Kind.TEXT),
                Column("cost", Kind.MONEY, "USD"),
                Column("note", Kind.TEXT),
            ),
            (
                (HOSTILE, D("10.5"), '=HYPERLINK("x")'),
                ("@SUM(A1)", D("-3.25"), "+1"),
                ("東京リージョンの計算インスタンス · 本番環境 · データ分析", D("4.25"), "-2+3"),
                ("__init__ a_b_c #12", D("1"), "{tag} {0.__class__}"),
                (None, D("0"), "\tx"),
            ),
            total=(None, D("12.5"), None),
        ),
    ),
    series=(Series(HOSTILE, Kind.MONEY, "USD", days(date(2026, 11, 1), ["1", "2", "3"])),),
    findings=(
        Finding(Severity.CRITICAL, Sentence("`{tag}` is odd: {tag}.", (text("tag", HOSTILE),))),
    ),
    warnings=(f"Rows with {HOSTILE} were kept.",),
    next=(f"finops cost --filter 'tag:x={HOSTILE}'",),
    provenance=Provenance(source=f"exports/{HOSTILE}.csv", currency="USD", as_of=AS_OF),
    exit=Exit(5, "partial"),
)

MIXED = Answer(
    title=Sentence(
        "{period} cost {usd} and {eur} and {jpy}: three currencies, not added up.",
        (
            Figure("period", Period(date(2026, 9, 28), date(2026, 10, 5)), Kind.PERIOD),
            money("usd", "1204.4"),
            money("eur", "880.102", "EUR"),
            money("jpy", "120400", "JPY"),
        ),
    ),
    tables=tuple(
        Table(
            f"in_{unit}",
            (
                Column("service", Kind.TEXT),
                Column("cost", Kind.MONEY, unit),
                Column("usage", Kind.QUANTITY, "GB-Mo"),
                Column("resources", Kind.COUNT),
            ),
            (("Amazon S3", D(a), D("1204.5"), 12), ("Amazon EC2", D(b), D("0.0042"), 1204)),
            total=(None, D(a) + D(b), None, 1216),
        )
        for unit, a, b in (
            ("USD", "1000.4", "204"),
            ("EUR", "880.1", "0.002"),
            ("JPY", "120000", "400"),
            ("CHF", "0.0012", "0.0041"),
        )
    ),
    warnings=("The export bills in 4 currencies; --currency USD keeps to one.",),
    provenance=Provenance(
        source="exports/2026 (14 parquet files)",
        period=Period(date(2026, 9, 28), date(2026, 10, 5)),
        as_of=AS_OF,
        complete_until=AS_OF,
        metric="net-amortized",
        queries=12,
        api_calls=2,
        api_cost=D("0.02"),
        seconds=12.3,
    ),
)

NOTHING = Answer(
    title=Sentence("Nothing was charged on {day}.", (Figure("day", date(2025, 2, 3), Kind.DATE),)),
    tables=(
        Table(
            "services",
            (Column("service", Kind.TEXT), Column("cost", Kind.MONEY, "USD")),
            (),
            total=(None, D(0)),
        ),
    ),
    series=(Series("per_day", Kind.MONEY, "USD", ()),),
    provenance=demo(Period(date(2025, 2, 3), date(2025, 2, 4)), seconds=0.0),
)

CREDITS = Answer(
    title=Sentence(
        "Credits outweigh {period}: {net} after {change}.",
        (
            Figure("period", Period(date(2025, 12, 28), date(2026, 1, 4)), Kind.PERIOD),
            money("net", "-2310.554"),
            change("change", "-2614.2"),
        ),
    ),
    tables=(
        Table(
            "categories",
            (
                Column("charge_category", Kind.TEXT),
                Column("account", Kind.TEXT),
                Column("since", Kind.DATE),
                Column("cost", Kind.MONEY, "USD"),
                Column("change", Kind.CHANGE, "USD"),
                Column("growth", Kind.GROWTH),
            ),
            (
                (
                    "Usage",
                    "platform-production (123456789012)",
                    date(2026, 1, 1),
                    D("303.645"),
                    D("0.004"),
                    D("0.00001"),
                ),
                (
                    "Credit",
                    "payer (210987654321)",
                    date(2025, 12, 28),
                    D("-2614.199"),
                    D("-2614.2"),
                    None,
                ),
                ("Refund", None, date(2025, 12, 30), D("0"), D("0"), D("-1")),
            ),
            total=(None, None, None, D("-2310.554"), D("-2614.196"), D("-8.6")),
        ),
    ),
    series=(
        Series(
            "net_per_day",
            Kind.MONEY,
            "USD",
            days(date(2025, 12, 28), ["-900.2", "120", "43.5", "44", "-1700", "41", "41.146"]),
        ),
    ),
    provenance=demo(Period(date(2025, 12, 28), date(2026, 1, 4)), seconds=0.004),
)

LONG = Answer(
    title=Sentence("Two years of days, {n} of them.", (Figure("n", 731, Kind.COUNT),)),
    series=(
        Series(
            "daily_cost",
            Kind.MONEY,
            "USD",
            days(
                date(2024, 11, 14),
                [str(900 + at + (at % 7 > 4) * -150 + (at > 700) * 600) for at in range(731)],
            ),
            marks=(money("usual", "1600"), money("now", "2230")),
        ),
    ),
    provenance=demo(Period(date(2024, 11, 14), date(2026, 11, 15)), queries=1),
)

_STALE = "The export ends on Nov 14; charges of the last two days may still come."

REPORT = Answer(
    question="give me a complete finops assessment",
    route={"domains": ["cost", "forecast"], "route": "multi", "action": "report"},
    title=Sentence(
        "October cost {total}; {saving} a month of it can be saved, and one budget will be passed.",
        (money("total", str(_TOTAL)), Figure("saving", D("11240"), Kind.ESTIMATE, "USD")),
    ),
    summary=(
        Sentence("Spend grew {growth}.", (Figure("growth", D("0.0312"), Kind.GROWTH),)),
        Sentence("One cost moved: {service}.", (text("service", "EC2 Compute"),)),
    ),
    findings=(
        Finding(
            Severity.CRITICAL,
            Sentence("Budget {name} passes its limit soon.", (text("name", "ml-research"),)),
        ),
    ),
    tables=(
        Table(
            "at_a_glance",
            (Column("question", Kind.TEXT), Column("amount", Kind.MONEY, "USD")),
            (("October", _TOTAL), ("next 3 months", D("231000"))),
        ),
    ),
    warnings=(_STALE,),
    next=("finops advisor savings",),
    parts=(
        replace(BREAKDOWN, warnings=(_STALE,)),
        replace(FORECAST, next=("finops forecast --months 3", "finops advisor savings")),
        replace(EXPLAIN, question=None, route=None),
        MIXED,
        CREDITS,
    ),
    provenance=demo(Period(date(2026, 10, 1), date(2026, 11, 1)), seconds=1.2),
    exit=Exit(3, "a budget will be passed"),
)

SHORT = {
    "explain": EXPLAIN,
    "breakdown": BREAKDOWN,
    "trend": TREND,
    "forecast": FORECAST,
    "hostile": HOSTILE_TEXT,
    "mixed": MIXED,
    "nothing": NOTHING,
    "credits": CREDITS,
    "report": REPORT,
}
ALL = {**SHORT, "long": LONG}
