"""What a few words in a conversation say by themselves: the reading behind `followups`.

"And in Frankfurt?" is no question without the one before it. Here it is told what such words state,
whether they lean on what was said before, and whether there are words among them that nobody knows,
so that talk about something else is never taken for a follow-up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from finops_cli.domain.plan import Route
from finops_cli.supervisor.router import route
from finops_cli.supervisor.router.dates import Finding
from finops_cli.supervisor.router.evidence import Evidence, gather
from finops_cli.supervisor.router.intent import Ask, asks_of
from finops_cli.supervisor.router.lexicon import DIMENSIONS, NUMBERS
from finops_cli.supervisor.router.periods import safe_find_periods
from finops_cli.supervisor.router.scope import refusal
from finops_cli.supervisor.router.slots import read_slots
from finops_cli.supervisor.router.words import MAX_CHARS, Words, read_words

# A follow-up is short: what needs more words says what it means.
_MOST_WORDS = 12

_POINTING = frozenset(
    "it that this those these them there same instead too also dazu davon dafur".split()
)
_JOINING = frozenset(
    "and but or plus no nope sorry only just und aber y pero et mais e mas".split()
)
_ABOUT = frozenset({("what", "about"), ("how", "about")})
_ADDING = frozenset("also plus too add adding include including auch tambien aussi tambem".split())
_LEAVING_OUT = frozenset("without not except excluding exclude minus ohne sin sans sem".split())
_AGAINST = frozenset({"with", "to", "against", "mit", "con", "avec"})
_SENTENCES = frozenset("what how why which who did do does is are was were show list give".split())
_EVERYTHING = frozenset("we our my i bill aws company organization everything".split())
_CLEARING = frozenset("all every any forget regardless clear whole alle todas todos toutes".split())
_DEFINING = {("what", "is", "a"), ("what", "is", "an")}
# A question may name these in passing; a few words that do are about them.
_ELSEWHERE = ("OTHERWORLD", "CARBON", "PAYMENT", "CODE", "SECRET", "INJECT", "OTHER", "DESTROY")
_BEING = frozenset({"is", "are", "was", "were"})
_SMALL = (
    _POINTING
    | _JOINING
    | _ADDING
    | _LEAVING_OUT
    | _SENTENCES
    | _EVERYTHING
    | _CLEARING
    | frozenset(
        """a an the in on at for of to from with by per as so now then ok okay please pls i'm mean
        meant rather about me us its their they one ones ago before earlier after following previous
        prior preceding be been has have had let can could would you make again down up well yes
        nur solo solamente nein nach pro bitte favor por fur im bei para de en con pour du des la
        le el los las und ist mit was seulement s then everywhere regionen konten dienste filter
        filters look looks break high much actually period time dates grouping go went going pass
        exceed reach hit month week year quarter day""".split()
    )
)
_SLOT_OF = {
    **dict.fromkeys(("service", "services", "dienste"), "services"),
    **dict.fromkeys(("region", "regions", "regionen", "everywhere"), "regions"),
    **dict.fromkeys(("account", "accounts", "konten"), "accounts"),
    **dict.fromkeys(("tag", "tags", "team", "teams", "environment", "environments"), "tags"),
    **dict.fromkeys(("period", "dates"), "period"),
    **dict.fromkeys(("grouping", "breakdown"), "group_by"),
}
_DIMENSION_WORDS = frozenset(word for phrase in DIMENSIONS for word in phrase)
_FILLERS = re.compile(
    r"\A\s*(?:(?:ok|okay|h+m+|well|right|great|thanks|cool|nice|yes|yeah|alright|oh|ah|so|now)"
    r"\b[\s,.!:]*)+",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[a-z0-9]+")
# Read alone, these are not known for another language; with its "and" before them they are.
_LANGUAGES = {
    **dict.fromkeys("nur nach pro auch nein ohne im".split(), "und"),
    **dict.fromkeys("solo solamente tambien sin".split(), "y"),
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """Some words, read for what they state.

    Args:
        evidence: What the words speak for.
        found: The periods that they name.
        alone: The Route of the words by themselves.
    """

    evidence: Evidence
    found: list[Finding]
    alone: Route

    @property
    def words(self) -> Words:
        """The words themselves."""
        return self.evidence.words

    @property
    def ask(self) -> Ask | None:
        """What the words ask for; None where they only state slots."""
        asks = asks_of(self.evidence)
        if not asks:
            implied = (ask for ask in _IMPLIED if self.evidence.has(ask.because))
            return next(implied, None) if self.leans or self.evidence.has("TOTAL") else None
        cuts = _CUTS.get(asks[0].because, ())
        return None if any(slot in self.alone.slots for slot in cuts) else asks[0]

    @property
    def leans(self) -> bool:
        """Whether the words point at what was said before."""
        listed = self.words.words
        if listed[0] in _JOINING or listed[:2] in _ABOUT:
            return True
        return any(word in _POINTING and self._points(i) for i, word in enumerate(listed))

    def _points(self, i: int) -> bool:
        """Tell "there" from "is there", and "this" from "this month"."""
        if any(one.first <= i < one.last for one in self.found):
            return False
        exists = {self.words.at(i - 1), self.words.at(i + 1)} & _BEING
        return not (self.words.words[i] == "there" and exists)

    @property
    def is_sentence(self) -> bool:
        """Whether the words are a sentence rather than a phrase."""
        return self.words.words[0] in _SENTENCES

    @property
    def is_about_everything(self) -> bool:
        """Whether the words name the whole bill, or whose it is."""
        return not _EVERYTHING.isdisjoint(self.words.words)

    @property
    def names_a_baseline(self) -> bool:
        """Whether the period that is named is what to compare with: "and with August?"."""
        return bool(self.found) and self.words.at(self.found[0].first - 1) in _AGAINST

    @property
    def adds(self) -> bool:
        """Whether what is named comes to what was named before."""
        listed = self.words.words
        return not _ADDING.isdisjoint(listed) or listed[-2:] == ("as", "well")

    @property
    def cleared(self) -> set[str]:
        """Return the slots that the words let go: "all regions", "forget the account"."""
        listed = self.words.words
        found = {"regions", "accounts"} if "everywhere" in listed else set()
        for i, word in enumerate(listed):
            if word in _CLEARING:
                found |= {_SLOT_OF[next_] for next_ in listed[i + 1 : i + 3] if next_ in _SLOT_OF}
        return found

    @property
    def left_out(self) -> set[str]:
        """Return the services and regions that the words want left out."""
        named = (*self.evidence.services, *self.evidence.regions)
        return {
            name
            for name, i in named
            if not _LEAVING_OUT.isdisjoint(self.words.words[max(0, i - 2) : i])
        }

    def stated(self, lead: Ask) -> dict[str, Any]:
        """Return the slots that the words state in a question of this kind."""
        found = read_slots(self.evidence, self.found, lead)
        listed = self.words.words
        bare = DIMENSIONS.get(listed[-2:]) or DIMENSIONS.get(listed[-1:])
        opened = listed[0] in _JOINING or listed[:2] in _ABOUT
        return {"group_by": [bare]} if bare and opened and not found and not self.cleared else found

    def strangers(self, stated: Mapping[str, Any]) -> int:
        """Return how many words are neither known nor part of what is stated."""
        spans = [range(i, i + length) for i, length in self.evidence.lengths.items()]
        spans += [range(one.first, one.last) for one in self.found]
        covered = {i for span in spans for i in span}
        values = _TOKEN.findall(" ".join(_texts(stated)).lower())
        known = _SMALL | _DIMENSION_WORDS | NUMBERS.keys() | set(values)
        return sum(
            i not in covered and word not in known and not word.isdigit()
            for i, word in enumerate(self.words.words)
        )


# What is no ask in a question by itself, and is one of what was spoken about.
_IMPLIED = (
    Ask("forecast", "forecast.spend", "WILL"),
    Ask("cost", "cost.summary", "TOTAL"),
    Ask("cost", "cost.compare", "UP"),
    Ask("cost", "cost.compare", "DOWN"),
)
# Asks that only say how to show what is asked: no more than the slots that they state.
_CUTS: Mapping[str, tuple[str, ...]] = {
    "GRAIN": ("granularity",),
    "TOPN": ("limit", "group_by"),
    "BREAK": ("group_by", "granularity"),
}


def read_fragment(text: str, today: date, complete_until: date | None) -> Fragment | None:
    """Return some words as a fragment; None where they can be none.

    Args:
        text: Anything a person typed.
        today: The day that relative periods count from.
        complete_until: The end, exclusive, of "the last 30 days"; by default today.
    """
    text = _FILLERS.sub("", text[:MAX_CHARS])
    words = read_words(text)
    if words.words and not words.foreign and words.words[0] in _LANGUAGES:
        words = read_words(f"{_LANGUAGES[words.words[0]]} {text}")
    if not 0 < len(words) <= _MOST_WORDS or words.words[:3] in _DEFINING:
        return None
    evidence = gather(words)
    alone = route(words.raw, today, complete_until=complete_until)
    if refusal(evidence) or evidence.has(*_ELSEWHERE) or alone.action == "help":
        return None
    found = safe_find_periods(words, today, complete_until or today, evidence.names)
    return Fragment(evidence, found, alone)


def _texts(stated: Mapping[str, Any]) -> list[str]:
    lists = [value for value in stated.values() if isinstance(value, list)]
    return [str(one) for values in lists for one in values]
