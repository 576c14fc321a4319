"""Words as they are meant: abbreviations, and slips of one letter.

Only words that decide something are corrected, and only where no common word is as near.
"""

from functools import cache

# Ways of writing a word, read as the word itself.
ALIASES: dict[str, str] = dict(
    pair.split("=")
    for pair in """
        svcs=services svc=service acct=account accts=accounts nxt=next lst=last prev=previous
        mth=month mths=months mnth=month mo=month mos=months wk=week wks=weeks qtr=quarter
        qtrs=quarters yr=year yrs=years hrs=hours hr=hour recs=recommendations rec=recommendation
        recos=recommendations opps=opportunities opp=opportunity optimisation=optimization
        optimise=optimize utilisation=utilization avg=average ttl=total breakdwn=breakdown
        envs=environments env=environment regs=regions rgn=region proj=projected fcst=forecast
        fcast=forecast anoms=anomalies anom=anomaly spendings=spending pls=please plz=please
        comp=compare cmp=compare diff=difference mgmt=management util=utilization vms=instances
        yest=yesterday ydy=yesterday tmrw=tomorrow expensve=expensive cheapst=cheapest ytdate=ytd
        thru=through wich=which whcih=which teh=the till=until apps=applications app=application
        usg=usage yday=yesterday ystrday=yesterday ystday=yesterday u=you wierd=weird
        wierdly=weird dayly=daily daly=daily
        dailly=daily dialy=daily mothly=monthly montly=monthly
        """.split()
)

_CORRECTABLE = frozenset(
    """
    forecast forecasts breakdown budget budgets anomaly anomalies savings recommendations
    services service region regions account accounts monthly spending reserved utilization
    coverage unused compare optimize optimization month months quarter yesterday unusual trend
    instances lambda dynamodb cloudwatch cloudfront elasticache redshift opensearch sagemaker
    bedrock reduce increase increased spike spiked unattached rightsizing expensive amazon
    threshold exceed commitment september october november december january february august
    predict projected balancer balancers elastic gateway volumes snapshots
    """.split()
)

# Contractions that are typed without their apostrophe.
RUN_TOGETHER: dict[str, str] = {
    f"{word}s": word for word in ("what", "where", "how", "who", "that")
}

# Common words one letter away from a word above, which are themselves.
NOT_TYPOS = frozenset(
    """
    serve server servers served serviced accounted budgeted counts mouths mouth moths spice
    spoke predicts prediction reduced reducer reduces increases unused trends tread trended
    instance commitments preserved reserves reserve deserved services thresholds exceeds
    volume balance balances balanced gateways elastics
    regional reason months monthly servicing optimizer optimized unusually
    """.split()
)

# One letter too many in the longest of them.
_LONGEST = max(map(len, _CORRECTABLE)) + 1


def correction(word: str) -> str:
    """Return the word that ``word`` misspells by one letter, or ``word``."""
    if not 5 <= len(word) <= _LONGEST or word in NOT_TYPOS:
        return word
    near, heads = _typos()
    # No letter that is struck out makes it begin like any of them: most words end here.
    if not (word[:2] in heads or word[1:3] in heads or word[0] + word[2] in heads):
        return word
    for variant in (word, *_deletions(word)):
        if variant in near:
            return near[variant]
    return word


def _deletions(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


@cache
def _typos() -> tuple[dict[str, str], frozenset[str]]:
    """Return the words by each slip that stands for them, and how those slips begin."""
    table: dict[str, str] = {}
    for word in sorted(_CORRECTABLE):
        for variant in _deletions(word):
            table.setdefault(variant, word)
    table.update((word, word) for word in _CORRECTABLE)
    return table, frozenset(slip[:2] for slip in table)
