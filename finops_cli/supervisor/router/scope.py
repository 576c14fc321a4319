"""What is not ours to answer: the guards that refuse or redirect a question.

Refusing wrongly annoys; answering wrongly misleads; and a question that changes or deletes
something must never reach a tool by way of its cost words. So the strong guards (changes,
injections, secrets, other people's bills) hold whatever else is said, and the weak ones (prices,
inventory, operations, manuals) only where no evidence of a question about spend outweighs them.
"""

import re
from collections.abc import Callable

from finops_cli.supervisor.router.dates import Finding
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.families import (
    BUDGET,
    CARBON,
    CLOUD,
    CODE,
    COMMIT,
    COST,
    DESTROY,
    DOCS,
    IDLE,
    INJECT,
    INVENTORY,
    ODD,
    OPS,
    OTHER,
    OTHERWORLD,
    OVER,
    PAYMENT,
    PRICE,
    SAVE,
    SECRET,
    TOTAL,
    VS,
    WHY,
)
from finops_cli.supervisor.router.traits import ARTICLE, INVOICE, NUMERIC, OURS, QUERYING

_POLITE = frozenset(
    """please can could would you kindly go ahead and now just lets let us i want need to ok hey hi
    then also immediately help me automatically asap like id we after that first next so finally
    all right alright""".split()
)
_ALWAYS_DESTROY = frozenset({"delete", "terminate", "destroy", "wipe", "purge", "nuke", "remove"})
_INSTANCE_TYPE = re.compile(
    r"\b(?:db\.|cache\.)?[a-z]{1,3}\d[a-z]{0,3}\.\d{0,2}x?(?:large|nano|micro|small|medium|metal)\b"
)
# Beside a budget, "raise" and "apply" may speak of it; these act on what it watches.
_ALWAYS_ACT = _ALWAYS_DESTROY | frozenset(
    """pause freeze scale cancel close drop stop shut shutdown kill turn power suspend disable
    deactivate buy purchase sell resize reboot restart downgrade detach untag swap revoke
    rotate unsubscribe""".split()
)
_STOPS_SPENDING = frozenset("me us spending overspending going wasting the".split())
_NOUNS_TOO = frozenset({"snapshot", "transfer", "launch", "purchase", "reserve", "scale"})
_AFTER_NOUNS = frozenset({"cost", "costs", "spend", "by", "usage", "charges", "fees", "out", "in"})
_COSTS = frozenset({"cost", "costs", "spend", "charges", "fees"})
_FETCHING = frozenset({"download", "pdf", "send", "email", "get", "find", "number", "copy"})
# So many words that nobody knows make a named service a passing mention.
_STRANGERS = 2


def refusal(evidence: Evidence) -> str:
    """Return why a question is out of scope, as a short phrase, or nothing when it is in scope."""
    met = evidence.met
    if met & _STRONG or evidence.words.traits & (INVOICE | QUERYING):
        reason = _attack(evidence) or _change(evidence) or _foreign_bill(evidence)
        if reason:
            return reason
    opened = _OPENED.get(evidence.words.at(0))
    reason = opened(evidence) if opened else ""
    if reason:
        return reason
    weak = met & _WEAK or evidence.words.traits & (ARTICLE | NUMERIC)
    return _weak(evidence) if weak else ""


def _how_to(evidence: Evidence) -> str:
    """Refuse "how do I create a bucket", not "how do I lower my bill" or "... set a budget"."""
    words = evidence.words.words
    if evidence.met & (BUDGET | SAVE | COMMIT | IDLE):
        return ""
    verb = words[3:4] if words[1:3] in _OPENINGS else words[2:3] if words[1:2] == ("to",) else ()
    return "asks for documentation or code" if verb and verb[0] in _MAKING else ""


_OPENINGS = {(asks, who) for asks in ("do", "can", "should") for who in ("i", "we", "you")}


def _outage(evidence: Evidence) -> str:
    """Refuse "is us-east-1 down?", not "is s3 down this week"."""
    about_spend = evidence.services or evidence.met & COST
    if evidence.words.words[-1] != "down" or about_spend:
        return ""
    return "operations, not spend"


def _payment(_evidence: Evidence) -> str:
    return "invoices and payments are not held here"


# Refusals that the first word calls for a look at.
_OPENED: dict[str, Callable[[Evidence], str]] = {
    "how": _how_to,
    "is": _outage,
    "are": _outage,
    "pay": _payment,
}


_STRONG = INJECT | CODE | SECRET | DESTROY | OTHER | CARBON | PAYMENT | OTHERWORLD
_WEAK = PRICE | INVENTORY | DOCS | OPS


def _attack(evidence: Evidence) -> str:
    if evidence.met & INJECT:
        return "asks to set instructions aside"
    if evidence.met & CODE or _is_query(evidence):
        return "asks for code"
    if evidence.met & SECRET:
        return "asks for secrets"
    return ""


def _is_query(evidence: Evidence) -> bool:
    """Tell "SELECT sum(cost) FROM cur" from "select the services that grew"."""
    words = evidence.words
    if not words.words or words.words[0] != "select" or "from" not in words.words:
        return False
    return any(mark in words.text for mark in "(*;=")


def _change(evidence: Evidence) -> str:
    """Refuse orders that change resources, budgets or commitments."""
    positions = evidence.positions(DESTROY)
    words = evidence.words
    for i in positions:
        verb = words.words[i]
        if evidence.met & BUDGET and not _acts(evidence, i):
            continue
        ordered = _is_order(evidence, i) or _is_consequence(evidence, i)
        if ordered and not _is_noun(evidence, i):
            return f"'{verb}' would change something"
    return ""


def _acts(evidence: Evidence, i: int) -> bool:
    """Tell "stop every instance in accounts over budget" from "stop us going over budget"."""
    words = evidence.words
    if words.words[i] == "stop":
        return words.at(i + 1) not in _STOPS_SPENDING or words.at(i + 1) == "the"
    return words.words[i] in _ALWAYS_ACT or words.words[i : i + 2] == ("switch", "off")


def _is_order(evidence: Evidence, i: int) -> bool:
    """Tell whether the verb at ``i`` opens its clause, politeness aside."""
    words = evidence.words
    j = i - 1
    while j >= 0 and words.clause[j] == words.clause[i] and words.words[j] in _POLITE:
        j -= 1
    opens = j < 0 or words.clause[j] != words.clause[i]
    asks_me = words.at(i - 1) in ("i", "we") and words.at(i - 2) in ("can", "could", "should")
    return opens and not asks_me


def _is_consequence(evidence: Evidence, i: int) -> bool:
    """Tell "when the budget is exceeded turn off the database" from "if we turn off ..."."""
    words = evidence.words
    opening = words.words[words.clause.index(words.clause[i])]
    if opening not in _CONDITIONS or not evidence.met & (BUDGET | OVER):
        return False
    acts_on = _THINGS.intersection(words.words[i + 1 : i + 3])
    return bool(acts_on) and words.at(i - 1) not in _SUBJECTS


_CONDITIONS = frozenset({"when", "if", "once", "whenever", "as", "should"})
_THINGS = frozenset("the all every any our my these those its their everything them".split())
_SUBJECTS = frozenset("we i you they to can could should would will did do not have".split())


def _is_noun(evidence: Evidence, i: int) -> bool:
    words = evidence.words
    if len(words) <= i + 1:
        return True
    if words.words[i : i + 2] == ("close", "to"):
        return True
    if words.words[i] not in _NOUNS_TOO:
        return False
    return words.at(i + 1) in _AFTER_NOUNS or words.at(i + 2) in _AFTER_NOUNS & _COSTS


def _foreign_bill(evidence: Evidence) -> str:
    foreign = evidence.met & OTHER and not evidence.met & BUDGET
    if foreign and not (_about_aws(evidence) or _measures_ours(evidence)):
        return f"'{evidence.said(OTHER)}' is not on an AWS bill"
    if evidence.words.traits & INVOICE and not _FETCHING.isdisjoint(evidence.words.words):
        return "invoices and payments are not held here"
    for family, reason in (
        (CARBON, "carbon is not cost"),
        (PAYMENT, "invoices and payments are not held here"),
        (OTHERWORLD, "not about a cloud bill"),
    ):
        if evidence.met & family and not (family == OTHERWORLD and _about_aws(evidence)):
            return reason
    return ""


def _measures_ours(evidence: Evidence) -> bool:
    """Tell "how does our bill compare to gcp" from "compare our gcp bill to last month"."""
    words, at = evidence.words.words, evidence.first(OTHER)
    ours = not {"our", "my", "we"}.isdisjoint(words[:at])
    compared = ours and evidence.met & VS and -1 < evidence.first(COST) < at
    return bool(compared) and words[at - 1] in _AGAINST


_AGAINST = frozenset("to with vs versus against than on from".split())


def _about_aws(evidence: Evidence) -> bool:
    return bool(evidence.services) or bool({"aws", "cloud"} & evidence.heads(CLOUD))


def _weak(evidence: Evidence) -> str:
    if _is_price(evidence):
        return "list prices and estimates before deployment are not held here"
    if evidence.met & INVENTORY and not evidence.met & (COST | SAVE | BUDGET | IDLE):
        return "an inventory of resources, not spend"
    if evidence.met & DOCS and not evidence.met & (IDLE | ODD | BUDGET | WHY):
        return "asks for documentation or code"
    if evidence.met & OPS and not evidence.met & BUDGET:
        makes = evidence.words.words[0] in _MAKING
        if makes or not evidence.met & (COST | SAVE | COMMIT | IDLE):
            return "operations, not spend"
    return ""


def _is_price(evidence: Evidence) -> bool:
    """Tell "what does a t3.large cost", a list price, from what ours cost."""
    if evidence.met & (SAVE | IDLE | COMMIT | BUDGET):
        return False
    words = evidence.words
    if evidence.met & PRICE or _would_cost(evidence):
        return True
    if not (words.traits & ARTICLE and evidence.met & (COST | TOTAL)):
        return False
    if words.traits & OURS and (not _WE.isdisjoint(words.words) or _us(evidence)):
        return False
    asks = words.words[:3] in _PRICE_OPENINGS or words.words[:4] in _PRICE_OPENINGS
    return asks or _INSTANCE_TYPE.search(words.text) is not None


def _would_cost(evidence: Evidence) -> bool:
    """Tell "how much would 10 TB of S3 cost" from "what would our bill be"."""
    words, traits = evidence.words.words, evidence.words.traits
    supposes = words[:3] == ("how", "much", "would") or words[:2] == ("what", "would")
    if supposes and "cost" in words and not _INDEFINITE.isdisjoint(words[2:4]):
        return True
    return supposes and "cost" in words and bool(traits & NUMERIC) and not traits & OURS


_INDEFINITE = frozenset({"a", "an", "one"})
_WE = frozenset({"my", "our", "we", "i"})
_PRICE_OPENINGS = {
    (*opening, article)
    for opening in (("what", "does"), ("how", "much", "does"), ("how", "much", "is"))
    for article in ("a", "an")
}


def _us(evidence: Evidence) -> bool:
    """Tell "us", ourselves, from the head of "us-east-1"."""
    starts = {i for _, i in evidence.regions}
    return any(word == "us" and i not in starts for i, word in enumerate(evidence.words.words))


def names_scope(evidence: Evidence, found: list[Finding]) -> bool:
    """Tell "rds in frankfurt" and "last month" from talk that merely names a service."""
    words = evidence.words
    if words.words[0] in ("by", "per"):
        return True
    if words.words[0] in _MAKING:
        return False
    if not _RESOURCES.isdisjoint(words.words):
        return False
    cut = not {"by", "per", "which", "each"}.isdisjoint(words.words)
    known = {i + k for i, length in evidence.lengths.items() for k in range(length)}
    if not evidence.services and not evidence.regions:
        if not found or cut or evidence.met & (CLOUD | TOTAL) or len(words) <= 5:
            return bool(found)
        known.update(i for one in found for i in range(one.first, one.last))
    elif found or cut:
        return True
    strangers = [i for i, word in enumerate(words.words) if i not in known and word not in _SMALL]
    return len(strangers) < _STRANGERS


_MAKING = frozenset(
    """create turn make set add enable build configure install deploy become attach connect launch
    setup write delete""".split()
)
_RESOURCES = frozenset(
    """
    instances buckets volumes functions clusters tables nodes pods queues databases vpcs
    """.split()
)
_SMALL = frozenset(
    """the a an in on for of to and or my our we i us me is are was were do does did have has it
    this that please in at with by from what how much about there be just only now pls say
    s""".split()
)
