"""How a question wants spend cut: by what, how finely in time, and how many lines.

"By", "per", "each", "which" and "top" are followed by dimensions; a word that is none of Cost
Explorer's dimensions but owned by people (team, project) is a tag.
"""

from collections.abc import Iterator

from finops_cli.domain.plan import Domain
from finops_cli.supervisor.router.dimensions import DIMENSIONS, LONGEST_DIMENSION, NUMBERS
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.families import BREAK, OPTION, RESEARCH, TOPN, VS
from finops_cli.supervisor.router.names import NOT_NAMES, name_at
from finops_cli.supervisor.router.traits import (
    ASKING,
    DIMENSIONAL,
    EACH,
    GRAINED,
    GROUPERS,
    GROUPING,
    LISTED,
    RANKERS,
    RANKING,
    UNIT,
)
from finops_cli.supervisor.router.words import Words

_BETWEEN = frozenset(
    {"the", "aws", "our", "my", "each", "linked", "by", "per", "of", "storage", "tag", "tags"}
)
_RANK_REACH = 5
_WHICH_REACH = 3
_DRIVERS = frozenset({"driver", "drivers", "movers", "mover"})
_RANKED_BY = RANKERS - {"top", "list", "rank", "expensive"}


def group_by(evidence: Evidence, domain: Domain) -> list[str]:
    """Return the dimensions that "by X", "per X", "which X" and "top X" name, in order.

    The resources that advice finds ("which functions are idle") are no grouping.
    """
    priced = domain == "cost" and bool(evidence.met & OPTION and evidence.met & (VS | BREAK))
    said = evidence.words.traits
    asked = said & ASKING and said & LISTED
    if not (said & (GROUPING | DIMENSIONAL) or asked or priced):
        return []
    found: dict[str, None] = {}
    words = evidence.words
    ranked = domain == "cost" and bool(evidence.met & TOPN)
    researched = evidence.positions(RESEARCH)
    for i, (word, traits, _, _) in enumerate(words.meanings):
        if not traits & (GROUPING | ASKING | DIMENSIONAL) or i in researched:
            continue
        if traits & DIMENSIONAL and words.at(i + 1) in _BESIDE:
            found.update(dict.fromkeys(_noun_before_cost(words, i)))
        if word == "which":
            found.update(dict.fromkeys(_of_which(words, i + 1, ranked=ranked)))
        elif word == "any":
            found.update(dict.fromkeys(_owners(words, i + 1)))
        elif word in GROUPERS or (word == "what" and _asks_which(words.words[i + 1 : i + 4])):
            found.update(dict.fromkeys(_dimensions_after(words, i + 1)))
        elif word in RANKERS:
            found.update(dict.fromkeys(_ranked(words, i + 1)))
            if words.foreign and (before := _ranked_before(words, i)):
                found[before[0]] = None
        elif word in ("breakdown", "split", "anomalies") and i:
            found.update(dict.fromkeys(_compound(words, i)))
        elif word == "lines" and words.at(i - 1) in ("discount", "credit", "credits"):
            found["RECORD_TYPE"] = None
        elif word == "tag":
            found.update(dict.fromkeys(_tag_named(words, i)))
    if priced:
        found["PURCHASE_TYPE"] = None
    if domain == "advisor":
        found.pop("RESOURCE_ID", None)
    return list(found)


def _asks_which(following: tuple[str, ...]) -> bool:
    """Tell "what services" and "what aws accounts" from "what accounts for the drop"."""
    return following[:2] != ("accounts", "for") and not _ASKED_FOR.isdisjoint(following[:2])


_ASKED_FOR = frozenset({"services", "accounts"})


def _dimension_at(words: Words, i: int) -> tuple[str, int] | None:
    for length in range(LONGEST_DIMENSION.get(words.at(i), 0), 0, -1):
        phrase = words.words[i : i + length]
        code = DIMENSIONS.get(phrase) if len(phrase) == length else None
        if code is not None and not words.gap(i + length - 1).startswith("-"):
            return code, i + length
    return None


def _dimensions_after(words: Words, i: int) -> Iterator[str]:
    """Read "service", "the aws service and region", "account, team"."""
    farthest = i + _LONGEST_LIST
    while i < farthest:
        read = _dimension_at(words, i)
        while read is None and i < farthest and words.at(i) in _BETWEEN and ":" not in words.gap(i):
            i += 1
            read = _dimension_at(words, i)
        if read is None:
            return
        code, end = read
        yield code
        if words.at(end) in ("and", "then", "vs"):
            i = end + 1
        elif _LISTING.isdisjoint(words.gap(end - 1)):
            return
        else:
            i = end


_LISTING = frozenset(",/&+")
_LONGEST_LIST = 12


def _of_which(words: Words, i: int, *, ranked: bool) -> Iterator[str]:
    """Read the "api operations" of "which cloudwatch api operations"."""
    for j in range(i, min(i + _WHICH_REACH, len(words))):
        read = _dimension_at(words, j)
        if read is not None:
            if j == i or read[0] != "RESOURCE_ID" or (ranked and read[1] == j + 2):
                yield read[0]
            return
        if words.words[j] in ("of", "is", "are", "cost", "my"):
            return


def _owners(words: Words, i: int) -> Iterator[str]:
    """Read the "teams" of "have any teams gone over"."""
    read = _dimension_at(words, i)
    if read and (read[0] == "LINKED_ACCOUNT" or read[0].startswith("TAG:")):
        yield read[0]


def _ranked(words: Words, i: int) -> Iterator[str]:
    """Read the "services" of "top 10 contributing services by cost"."""
    for j in range(i, min(i + _RANK_REACH, len(words))):
        if words.words[j] in ("by", "for", "in", "cost", "costs", "of", "and"):
            return
        read = _dimension_at(words, j)
        if read is not None:
            if words.at(read[1]) not in _DRIVERS and words.at(read[1] + 1) not in _DRIVERS:
                yield read[0]
            return


def _ranked_before(words: Words, i: int) -> tuple[str, int] | None:
    """Read "los 5 servicios mas caros", where the rank stands last: the dimension and its N."""
    end = i - 1 if words.at(i - 1) == "most" else i
    for length in (2, 1):
        code = DIMENSIONS.get(words.words[max(0, end - length) : end])
        if code is not None:
            return code, _number(words.at(end - length - 1)) or 0
    return None


def _noun_before_cost(words: Words, i: int) -> Iterator[str]:
    """Read "usage type costs", "region costs" and "resource level spend"; not "our region cost"."""
    if words.at(i + 1) in _LEVELS and words.at(i + 2) not in _COSTS | {"breakdown", "view"}:
        return
    longer = DIMENSIONS.get(words.words[i - 1 : i + 1]) if i else None
    if longer:
        yield longer
    elif words.at(i - 1) in _ONE_OF or (words.words[i],) not in DIMENSIONS:
        return
    elif words.words[i] in ("region", "service") or words.at(i + 1) in _LEVELS:
        yield DIMENSIONS[(words.words[i],)]


_COSTS = frozenset({"cost", "costs", "spend", "spending", "charges"})
_LEVELS = frozenset({"level", "wise"})
_BESIDE = _COSTS | _LEVELS
_ONE_OF = frozenset("my our this that the a one each every per by same single aws whole".split())


def _compound(words: Words, i: int) -> Iterator[str]:
    """Read "service breakdown" and "team split"."""
    read = _dimension_at(words, i - 1)
    if i > 1 and (longer := DIMENSIONS.get(words.words[i - 2 : i])):
        yield longer
    elif read:
        yield read[0]


def _tag_named(words: Words, i: int) -> Iterator[str]:
    """Read "ProjectName tag" and "by tag: Environment, Team"."""
    before = words.at(i - 1)
    if before in ("by", "per") and ":" in words.gap(i):
        j = i + 1
        while j < len(words) and words.words[j].isalpha():
            yield f"TAG:{words.said(j, j + 1)}"
            if "," not in words.gap(j):
                return
            j += 1
    elif before in ("by", "per") and words.at(i + 1) and words.at(i + 1) not in NOT_NAMES:
        yield f"TAG:{name_at(words, i + 1)}"
    elif before and before not in NOT_NAMES and words.at(i - 2) in ("by", "per", "the"):
        yield f"TAG:{name_at(words, i - 1)}"


def granularity(evidence: Evidence) -> str | None:
    """Return DAILY, MONTHLY or HOURLY where a word says so; of several, the finest."""
    listed, traits = evidence.words.words, evidence.words.traits
    if not (traits & GRAINED or (traits & UNIT and traits & EACH)):
        return None
    if "report" in listed or "review" in listed:
        return None
    found = set()
    previous = ""
    for i, word in enumerate(listed):
        if word in _GRAINS:
            found.add(_GRAINS[word])
        elif previous in _RATED and _is_rate(listed, i):
            return None
        elif word in _UNITS:
            name, openers = _UNITS[word]
            turned = word == "month" and previous in ("over", "on") and listed[i - 2] == "month"
            if previous in openers or turned:
                found.add(name)
        previous = word
    return min(found, key=_FINEST.index) if found else None


def _is_rate(listed: tuple[str, ...], i: int) -> bool:
    """Tell "$5 a day", a price, from "cost a day"."""
    return i > 1 and listed[i - 2][-1].isdigit() and listed[i].startswith(("day", "month", "hour"))


_FINEST = ("HOURLY", "DAILY", "MONTHLY")
_GRAINS = {"hourly": "HOURLY", "daily": "DAILY", "monthly": "MONTHLY", "mom": "MONTHLY"}
_RATED = ("per", "a")
_UNITS = {
    "hour": ("HOURLY", ("per", "by")),
    "day": ("DAILY", ("per", "each", "every", "by", "a")),
    "month": ("MONTHLY", ("per", "each", "every", "by")),
}


def limit(evidence: Evidence) -> int | None:
    """Return the N of "top N", "N most expensive", "3 biggest", "which 5 services"."""
    words = evidence.words
    if not words.traits & RANKING:
        return None
    for i, word in enumerate(words.words):
        if word in ("top", "bottom"):
            number = _number(words.at(i + 1))
        elif word in _RANKED_BY or (word == "most" and words.at(i + 1) == "expensive"):
            number = _number(words.at(i - 1))
            if words.foreign and not number and (before := _ranked_before(words, i)):
                number = before[1]
        elif word == "which" and _dimension_at(words, i + 2):
            number = _number(words.at(i + 1))
        else:
            continue
        if number:
            return number
    return None


def _number(word: str) -> int | None:
    if word.isdigit() and len(word) <= 4:
        return int(word)
    return NUMBERS.get(word)
