"""Proper names in a question, as written: accounts, budgets, tag filters.

A name is whatever stands where a name stands ("the X account", "budget called X") and is no word
of the trade. Hyphens and dots belong to it, so names are read from the raw text.
"""

import re
from collections.abc import Iterator, Sequence

from finops_cli.supervisor.router.dimensions import DIMENSIONS, ENVIRONMENTS, TAG_WORDS
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.traits import ACCOUNT, ENVIRONMENT, NUMBERED, OWNED, TAGGED
from finops_cli.supervisor.router.words import Words

_ACCOUNT_ID = re.compile(r"(?<![\d.])\d{12}(?![\d.])|(?<![\d.-])\d{4}-\d{4}-\d{4}(?![\d-])")
_TAG_PAIR = re.compile(r"(?<![\w$])([A-Za-z][\w:.-]{0,60}?)\s?=\s?[\"']?([\w./@+-]{1,80})")
_TAG_COLON = re.compile(r"(?<![\w$])([A-Za-z][\w-]{0,60}):([A-Za-z][\w./@+-]{0,80})")
_QUOTED = re.compile(r"[\"“'‘`]([^\"”'’`]{1,80})[\"”'’`]")
_NAME = re.compile(r"[\w./@-]{1,120}")
NOT_NAMES = frozenset(
    """
    my our your the a an this that these those each every all any which what whose per by aws
    amazon linked payer member management master root new single free tier same another other
    specific given one two three many of in on for from at to with under and or is are was were
    do does did have has cost costs spend spending bill total monthly yearly annual quarterly
    weekly daily hourly current existing active cloud overall main budget budgets first last next
    previous past how much top named called no zero set up create make add update show list get
    their its his her department's billing forecast forecasted actual usage be best most least
    vs versus against compare compared within over exceed exceeded blow did we i us it into out
    remaining left about see give suggest propose recommend raise lower increase define configure
    whole entire default company global month year quarter week q1 q2 q3 q4 h1 h2 alert alerts
    spent good reasonable sensible fixed custom if when will can should could would than account
    accounts check status name id ids number proper blown exceeding use using used please review
    me not only just so far history reduce change edit modify adjust between through find per-team
    cost-center project's recommended suggested performance past overruns overrun resource resources
    planned approved allocated agreed expensive highest biggest largest separate individual
    different multiple right tag tags key sane decent realistic appropriate ideal still even
    """.split()
)


def name_at(words: Words, i: int) -> str:
    """Return the word there as written, with the hyphens and dots that belong to it."""
    start, end = words.spans[i]
    while start and (words.raw[start - 1].isalnum() or words.raw[start - 1] in "-_./@"):
        start -= 1
    match = _NAME.match(words.raw, start)
    name = match[0] if match else words.raw[start:end]
    return name.rstrip("./-").removesuffix("'s")


def accounts(evidence: Evidence) -> list[str]:
    """Return the accounts that are named, as written."""
    words = evidence.words
    if not words.traits & (ACCOUNT | NUMBERED):
        return []
    found = dict.fromkeys(_ACCOUNT_ID.findall(words.text) if words.traits & NUMBERED else ())
    if not words.traits & ACCOUNT:
        return list(found)
    for i, word in enumerate(words.words):
        if word in ("account", "accounts") or (word == "ou" and "account" not in words.words):
            found.update(dict.fromkeys(_named_before(words, i)))
            found.update(dict.fromkeys(_named_after(words, i)))
    return list(found)


def _named_before(words: Words, i: int) -> list[str]:
    """Read "staging account", "prod and dev accounts", "the data-science sandbox account"."""
    j = i
    while j and _is_name(words, j - 1) and i - j < 6 and words.clause[j - 1] == words.clause[i]:
        j -= 1
    if j == i:
        return []
    start = words.raw.rfind(name_at(words, j), 0, words.spans[j][1] + 80)
    name = words.raw[start if start >= 0 else words.spans[j][0] : words.spans[i - 1][1]]
    if not name or words.at(i - 1) in TAG_WORDS:
        return []
    names = [name.strip()]
    joins = ("vs", "versus") if words.words[i] == "account" else ("and", "vs", "versus", "or")
    if words.at(j - 1) in joins and _is_name(words, j - 2):
        names.insert(0, name_at(words, j - 2))
    return names


def _named_after(words: Words, i: int) -> list[str]:
    j = i + 1
    if words.at(j) in ENVIRONMENTS:
        return [name_at(words, j)]
    if words.at(j) in ("named", "called", "name", "id"):
        return [name_at(words, j + 1)] if j + 1 < len(words) else []
    quoted = _QUOTED.match(words.raw, words.spans[j][0] - 1) if j < len(words) else None
    if quoted:
        return [quoted[1]]
    looks_named = j < len(words) and any(char in "-_" for char in name_at(words, j))
    if looks_named and words.gap(i) == " " and words.words[i] == "account":
        name = name_at(words, j)
        return [name] if not name.replace("-", "").isdigit() else []
    return []


def _is_name(words: Words, i: int) -> bool:
    if i < 0 or words.words[i] in NOT_NAMES:
        return False
    if (words.words[i],) in DIMENSIONS and words.before(i) != "-":
        return False
    return not words.words[i][0].isdigit()


def tags(evidence: Evidence, in_accounts: Sequence[str]) -> list[str]:
    """Return tag filters as ``key=value``: stated pairs, environments and teams."""
    words = evidence.words
    pairs = _TAG_PAIR.findall(words.raw) if "=" in words.raw else []
    if words.traits & TAGGED:
        pairs += _TAG_COLON.findall(words.raw)
    if pairs:
        return list(dict.fromkeys(f"{key}={value}" for key, value in pairs))
    if not words.traits & (ENVIRONMENT | OWNED):
        return []
    found: dict[str, None] = {}
    named = " ".join(in_accounts).lower()
    for i, word in enumerate(words.words):
        environment = _environment(words, i)
        if environment and word not in named:
            found[f"environment={environment}"] = None
        elif word in ("team", "project") and i and words.at(i + 1) != "budget":
            found.update(dict.fromkeys(_owned(words, i, evidence.names)))
    return list(found)


def _environment(words: Words, i: int) -> str:
    value = ENVIRONMENTS.get(words.words[i], "")
    if not value or words.at(i + 1) in ("account", "accounts", "traffic", "budget"):
        return ""
    glued = words.before(i) in ("-", "_", "/") or words.gap(i) in ("-", "_")
    if words.at(i - 1) == "non" and words.before(i) in ("-", " "):
        return "non-prod"
    if glued or words.at(i - 1) in ("touching", "account"):
        return ""
    return value


def _owned(words: Words, i: int, names: frozenset[int]) -> Iterator[str]:
    """Read "payments team", "the data platform team", "project apollo"."""
    key, before, after = words.words[i], words.at(i - 1), words.at(i + 1)
    if _is_told(words, i):
        return
    named = before not in ENVIRONMENTS and words.before(i) == " " and _is_name(words, i - 1)
    if named:
        yield f"{key}={name_at(words, i - 1)}"
        return
    quoted = words.gap(i).strip() in ("'", '"')
    unknown = before not in _NOT_OWNED and words.gap(i) == " " and _says_nothing(words, i + 1)
    unknown = unknown or i + 1 in names
    ends = key == "project" and (quoted or words.at(i + 2) == "")
    if after and (ends or unknown) and _is_name(words, i + 1):
        yield f"{key}={name_at(words, i + 1)}"


def _is_told(words: Words, i: int) -> bool:
    """Tell the team of "notify the platform team at 80 %", which owns nothing."""
    j = i - 1
    while (
        j > max(0, i - 4)
        and words.words[j] not in _TELLING
        and (words.words[j] in ("the", "our") or _is_name(words, j))
    ):
        j -= 1
    return j >= 0 and words.words[j] in _TELLING


_TELLING = frozenset("notify alert email warn ping tell inform message".split())
_NOT_OWNED = frozenset("which what each every per by any the our my a this that one their".split())


def _says_nothing(words: Words, i: int) -> bool:
    """Tell the "atlas" of "team atlas" from words that mean something here."""
    if i >= len(words.words) or not words.words[i].isalpha():
        return False
    return words.meanings[i].alone is None and not words.meanings[i].traits


def budget_name(evidence: Evidence) -> str | None:
    """Return the proper name beside the word budget, as written."""
    words = evidence.words
    for i, word in enumerate(words.words):
        if word not in ("budget", "budgets"):
            continue
        if words.before(i)[-1:] in ("-", "_") or words.gap(i)[:1] in ("-", "_"):
            continue
        name = _name_after(words, i) or _name_before(words, i)
        if name:
            return name
    return None


def _name_after(words: Words, i: int) -> str:
    j = i + 1
    if words.at(j) in ("called", "named", "name") and j + 1 < len(words):
        return name_at(words, j + 1)
    quoted = _QUOTED.search(words.raw, words.spans[i][1], words.spans[i][1] + 3 + 80)
    return quoted[1] if quoted and quoted.start() <= words.spans[i][1] + 2 else ""


def _name_before(words: Words, i: int) -> str:
    if not i or words.words[i] == "budgets" or words.clause[i - 1] != words.clause[i]:
        return ""
    before_it = words.raw[max(0, words.spans[i][0] - 82) : words.spans[i][0]].rstrip()
    if before_it.endswith(('"', "'", "”", "’", "`")) and (found := _QUOTED.findall(before_it)):
        return str(found[-1])
    if words.words[i - 1] in ("team", "squad") and i > 1:
        return words.said(i - 2, i) if _is_name(words, i - 2) else ""
    name = name_at(words, i - 1)
    joined = any(char in "-_" for char in name)
    if joined and name.lower() not in ("cost-center", "zero-spend", "per-team", "month-end"):
        return name
    before = words.words[i - 1]
    if before in NOT_NAMES or not _is_name(words, i - 1) or before in _NOT_BUDGETS:
        return ""
    if words.foreign:
        # What no gloss knows is more likely a word of that language.
        return ""
    return name


_NOT_BUDGETS = frozenset(
    """buck bucks dollar dollars usd euro euros eur pound pounds gbp
    team fy26 spend zero saving savings alert worst best biggest month's today annual""".split()
)
