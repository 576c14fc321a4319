"""Prose as models write it over real Answers: what is rightly marked, wrongly marked and missed."""

import random
from pathlib import Path

import pytest

from finops_cli.agents.figures import check
from finops_cli.agents.figures.claim import Claim, Unit
from finops_cli.agents.figures.reading import claims
from tests.agents.figures.demo import STATED, Score, Sentence, answers, sentences

HONEST = """\
## Why EC2 spiked

Between **Nov 9 and Nov 14** EC2 compute cost about **$26.8k**, $9,806 (+58 %) more than its usual
$17,017. Nearly all of it (96 %) is `p4d.24xlarge` in us-east-1, in ml-research (441026738812).

1. If it goes on, it adds roughly $50,000 a month.
2. October 2026 was $134,147; November is heading for $157k, over your $150,000.

| Month | Forecast | vs last year |
| --- | ---: | ---: |
| Dec 2026 | $167,320 | +43.6 % |
| May 2027 | $182,295 | +46.8 % |

Run `finops explain --period 2026-11-09..2026-11-14 --top 20` next.
"""


@pytest.mark.parametrize("sentence", sentences(), ids=lambda one: one.text[:50])
def test_a_sentence_is_checked_as_labelled(sentence: Sentence, cache_folder: Path) -> None:
    score, prose = Score(), check(sentence.text, answers(cache_folder, sentence.over), STATED)
    score.add(sentence, prose)
    assert (score.wrong, score.missed > 0) == (0, sentence.gap is not None), prose.unmatched


def test_no_honest_sentence_is_marked_and_most_inventions_are(cache_folder: Path) -> None:
    score = Score()
    for sentence in sentences():
        score.add(sentence, check(sentence.text, answers(cache_folder, sentence.over), STATED))
    assert score.precision >= 0.98 and score.recall >= 0.75, score


def test_an_honest_prose_holds_and_each_tampered_figure_of_it_is_found(cache_folder: Path) -> None:
    prose = check(HONEST, answers(cache_folder), STATED)
    assert (prose.matched, prose.unmatched) == (19, ())
    changes = {
        "Nov 14": "Aug 14",
        "$9,806": "$9,608",
        "96 %": "69 %",
        "$50,000": "$70,000",
        "$157k": "$751k",
        "+46.8 %": "+48.6 %",
    }
    tampered = HONEST
    for old, new in changes.items():
        tampered = tampered.replace(old, new)
    prose = check(tampered, answers(cache_folder), STATED)
    assert [one.text for one in prose.unmatched] == list(changes.values())


def test_a_changed_digit_is_nearly_always_found(cache_folder: Path) -> None:
    found = total = 0
    chance = random.Random(1)
    for sentence in sentences():
        for claim in claims(sentence.text) if not sentence.unmatched else ():
            wrong = _with_another_digit(sentence.text, claim, chance)
            if wrong:
                prose = check(wrong, answers(cache_folder, sentence.over), STATED)
                total += 1
                found += any(one.start <= claim.start < one.end for one in prose.unmatched)
    assert total > 100 and found / total > 0.8, (found, total)


def _with_another_digit(text: str, claim: Claim, chance: random.Random) -> str | None:
    """Return the text with one digit of an amount or a percentage changed."""
    if claim.unit not in (Unit.MONEY, Unit.PERCENT):
        return None
    digits = [at for at in range(claim.start, claim.end) if text[at].isdigit()]
    at = chance.choice(digits)
    other = chance.choice([d for d in "123456789" if d != text[at]])
    return text[:at] + other + text[at + 1 :]
