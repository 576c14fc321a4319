"""What a single word can begin, as bits: the gate in front of each reader and rule.

Most questions hold no amount, no account and no tag. Every word brings its traits along with its
meaning; their union tells in one comparison which readers have anything to read. The words of a
trait are data here, in one place, because the reader of words must know them before any reader of
slots is asked.
"""

# fmt: off
(
    PERIOD, NUMERIC, GROUPING, RANKING, GRAINED, ACCOUNT, TAGGED, ENVIRONMENT, OWNED, NAMING,
    JOINING, EVERYDAY, NEGATION, FOREIGN, CONTRACTED, OURS, PER, ARTICLE, LIMITING, ALERTING,
    PUZZLING, INVOICE, MOVING, COMPLETE, REVIEWING, ZERO, UNIT, EACH, EARLIER,
    QUERYING, NUMBERED, SUPPOSING, ASKING, LISTED, DIMENSIONAL,
) = (1 << number for number in range(35))
# fmt: on

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sep sept|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: dict[str, int] = {
    name: number
    for number, name in enumerate(
        "monday tuesday wednesday thursday friday saturday sunday".split()
    )
}
LAST = frozenset({"last", "past", "previous", "prior", "trailing", "preceding", "latest"})
NEXT = frozenset({"next", "coming", "upcoming", "following"})
# Words that open a period besides these, numbers, and quarters such as "q3" and "fy26".
PERIOD_OPENERS = frozenset(
    """
    this current rest remainder balance end start beginning in within first second third
    fourth early mid late day week month quarter year two three four five six couple few since
    starting after today yesterday tomorrow fortnight weekend final w wc wtd mtd qtd ytd eom eoq eoy
    """.split()
) | (LAST | NEXT | MONTHS.keys() | WEEKDAYS.keys())

GROUPERS = frozenset({"by", "per", "each", "every", "across"})
RANKERS = frozenset("top list rank expensive biggest largest highest costliest priciest".split())
OWNERS = frozenset({"account", "accounts", "budget", "team", "project", "ou"})
NAMERS = frozenset({"account", "named", "called", "team", "project"})
TEAMS = frozenset({"team", "squad"})
JOINS = frozenset({"and", "then", "plus", "also"})
NEGATIONS = frozenset({"no", "without", "not", "dont", "skip", "ignore", "excluding", "except"})

WORDS_OF: dict[int, frozenset[str]] = {
    PERIOD: PERIOD_OPENERS,
    GROUPING: GROUPERS
    | RANKERS
    | {"which", "any", "breakdown", "split", "anomalies", "lines", "tag"},
    RANKING: frozenset({"top", "bottom", "most", "which"}) | RANKERS,
    GRAINED: frozenset({"hourly", "daily", "monthly", "mom"}),
    UNIT: frozenset({"hour", "day", "month"}),
    EACH: frozenset({"per", "each", "every", "by", "a", "over", "on"}),
    EARLIER: frozenset({"previous", "prior", "preceding", "before"}),
    ACCOUNT: frozenset({"account", "accounts", "ou"}),
    TAGGED: frozenset({"tag", "tagged"}),
    OWNED: frozenset({"team", "project"}),
    NAMING: OWNERS | NAMERS | TEAMS,
    JOINING: JOINS,
    NEGATION: NEGATIONS,
    OURS: frozenset({"my", "our", "we", "i", "us", "me", "this", "last", "current"}),
    PER: frozenset({"per"}),
    ARTICLE: frozenset({"a", "an", "new", "one", "calculate", "estimate"}),
    LIMITING: frozenset({"threshold", "limit", "cap"}),
    ALERTING: frozenset({"alert", "notify", "warn", "email", "ping", "let", "tell"}),
    PUZZLING: frozenset({"charge", "charges", "fee", "extra", "charged"}),
    INVOICE: frozenset({"invoice", "invoices"}),
    MOVING: frozenset({"move", "moving", "migrate", "migrating", "switch", "switching"}),
    COMPLETE: frozenset({"complete", "comprehensive", "full", "thorough"}),
    REVIEWING: frozenset("analysis review audit assessment picture checkup report health".split()),
    ZERO: frozenset({"zero"}),
    QUERYING: frozenset({"select"}),
    SUPPOSING: frozenset({"if", "from", "endpoint", "endpoints", "given", "assuming"}),
    ASKING: frozenset({"what"}),
    LISTED: frozenset({"services", "accounts"}),
    DIMENSIONAL: frozenset(
        "type types family families option options region service resource account zone az".split()
    ),
}
"""The words of each trait; `vocabulary` adds those that other tables hold."""
