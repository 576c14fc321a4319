"""Which of the periods found is the question's period, and which the one it compares with.

The later one is the period whatever the order in the text; a period behind "vs" or "than" alone
is only a baseline. In a forecast, "this month" is the whole month and "december" the next one.
"""

from typing import Any

from finops_cli.domain.period import Period
from finops_cli.supervisor.router.dates import Finding, finding, same_days
from finops_cli.supervisor.router.intent import Ask
from finops_cli.supervisor.router.traits import EARLIER
from finops_cli.supervisor.router.words import Words

_MARKERS = frozenset({"vs", "versus", "than", "against", "relative", "compared"})


def period_slots(words: Words, found: list[Finding], lead: Ask) -> dict[str, Any]:
    """Return the period, compare_period and horizon_months that a question states."""
    if not found:
        return {}
    ahead = lead.domain == "forecast" or (lead.domain == "advisor" and _about_expiry(words, lead))
    slots: dict[str, Any] = {}
    for one in found:
        if one.horizon:
            slots["horizon_months"] = one.horizon
            break
    found = [one for one in found if not one.length_only]
    if not found:
        return slots
    first = found[0]
    pair = _pair(words, found, lead)
    if pair is not None:
        later, earlier = sorted(pair, key=lambda one: one.period.start, reverse=True)
        slots["period"] = _period(words, later, ahead or _forecast_near(words, later))
        slots["compare_period"] = _period(words, earlier, False)
    elif _is_baseline(words, first):
        slots["compare_period"] = _period(words, first, False)
    else:
        ahead = ahead or _forecast_near(words, first) or _is_deadline(words, first, lead)
        slots["period"] = _period(words, _with_neighbours(words, found, ahead=ahead), ahead)
    return slots


def _is_deadline(words: Words, one: Finding, lead: Ask) -> bool:
    """Tell the coming quarter of "save 15% by q1" from one that is over."""
    return lead.domain != "cost" and words.at(one.first - 1) in ("by", "before", "until")


def _with_neighbours(words: Words, found: list[Finding], *, ahead: bool) -> Finding:
    """Return "january and february", months that touch, as one period."""
    whole = found[0]
    for one in found[1:]:
        left, right = (whole.ahead, one.ahead) if ahead else (whole.period, one.period)
        listed = one.first == whole.last and words.gap(whole.last - 1).strip() in (",", "&", "+")
        joined = one.first == whole.last + 1 and words.at(whole.last) == "and"
        touching = one.unit == whole.unit in ("month", "quarter") and left.end == right.start
        if not (touching and (listed or joined) and one.kind == "absolute"):
            break
        days = Period(left.start, right.end)
        whole = finding("absolute", one.unit, days, days).at(whole.first, one.last)
    return whole


def _pair(words: Words, found: list[Finding], lead: Ask) -> tuple[Finding, Finding] | None:
    first = found[0]
    changing = lead.action in ("cost.compare", "cost.explain")
    if first.parts and changing and first.parts[0].unit == first.parts[1].unit != "day":
        return first.parts
    if len(found) < 2:
        against = lead.domain == "cost" and _against_the_previous(words)
        return (first, _as_long_before(first)) if against else None
    if _compares(words, first, found[1]) or (
        lead.action == "cost.compare" and first.unit == found[1].unit
    ):
        return first, _same_before(words, first, found[1])
    return None


def _against_the_previous(words: Words) -> bool:
    """Tell "vs the previous period" and "compared to the 7 days before"."""
    listed = words.words
    if not words.traits & EARLIER:
        return False
    named = any(
        pair in (("previous", "period"), ("prior", "period"), ("preceding", "period"))
        for pair in zip(listed, listed[1:], strict=False)
    )
    trailing = listed[-1] == "before" or listed[-2:] == ("before", "that")
    return named or (trailing and ("compare" in listed or not _MARKERS.isdisjoint(listed)))


def _as_long_before(one: Finding) -> Finding:
    earlier = one.period.previous()
    return Finding("relative", "range", earlier, earlier, None, one.first, one.last)


def _compares(words: Words, first: Finding, second: Finding) -> bool:
    apart = words.clause[first.first] != words.clause[second.first]
    if apart and _is_baseline(words, first):
        return False
    if words.at(second.first - 1) == "or":
        return True
    between = words.words[max(0, first.first - 8) : second.first]
    return not _MARKERS.isdisjoint(between) or "compare" in between


def _same_before(words: Words, first: Finding, second: Finding) -> Finding:
    """Read "same days last month" as those days, "the previous 30 days" as the ones before."""
    if "same" in words.words[max(0, second.first - 3) : second.first]:
        apart = first.period.start.year - second.period.start.year
        years = max(1, apart) if second.unit == "year" else 1
        earlier = same_days(first.period, second.unit, years)
    elif second.period == first.period:
        earlier = first.period.previous()
    else:
        return second
    return Finding("relative", "range", earlier, earlier, None, second.first, second.last)


_BASELINES = _MARKERS | {"to", "with", "the"}


def _is_baseline(words: Words, one: Finding) -> bool:
    """Tell "up 20 % vs last month", which names only what to compare with."""
    if words.at(one.first - 1) not in _BASELINES:
        return False
    before = [word for word in words.words[max(0, one.first - 3) : one.first] if word != "the"]
    return bool(before) and (
        before[-1] in _MARKERS
        or (
            before[-1] in ("to", "with")
            and before[-2:-1] in (["compared"], ["compare"], ["relative"])
        )
    )


def _about_expiry(words: Words, lead: Ask) -> bool:
    if lead.action != "advisor.commitments":
        return False
    runs = any(
        word in ("run", "runs", "running") and words.at(i + 1) == "out"
        for i, word in enumerate(words.words)
    )
    return runs or not _EXPIRY.isdisjoint(words.words)


_EXPIRY = frozenset("expire expires expiring expiration expiry renew renewal lapse lapses".split())


def _forecast_near(words: Words, one: Finding) -> bool:
    return words.at(one.last) in ("forecast", "projection", "forecasts", "projected")


def _period(words: Words, one: Finding, ahead: bool) -> dict[str, str]:
    span = one.ahead if ahead else one.period
    return {
        "kind": one.kind,
        "text": words.said(one.first, one.last),
        "start": span.start.isoformat(),
        "end": span.end.isoformat(),
    }
