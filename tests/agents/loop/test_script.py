"""A text that was cut off ends with a whole sentence, or is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.agents.loop.desk import Desk, TimeIsUp
from finops_cli.agents.loop.limits import Allowance
from finops_cli.agents.loop.script import Script, whole_sentences
from finops_cli.agents.loop.turn import Turn
from finops_cli.agents.model.setting import Limits
from finops_cli.domain.events import ignore


def test_a_call_whose_name_comes_late_is_a_call() -> None:
    turn = Turn(Allowance(Limits(), lambda usage: None), ignore, None, Desk())
    script = Script(turn, aloud=False)
    script.take({"event": {"messageStart": {"role": "assistant"}}})
    script.take({"data": "Let me see."})
    assert script.text == "Let me see."
    script.take({"event": {"contentBlockDelta": {"delta": {"toolUse": {"input": "{}"}}}}})
    assert script.text == ""


def test_a_time_that_is_over_is_not_waited_for() -> None:
    with pytest.raises(TimeIsUp):
        Desk().serve(lambda: -1.0)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("S3 cost $5. EC2 co", "S3 cost $5."),
        ("S3 cost $1,234.", ""),
        ("S3 cost $1,234.5", ""),
        ("It rose by 5 % in 2026. Th", "It rose by 5 % in 2026."),
        ("It rose (by **5 %**.) Th", "It rose (by **5 %**.)"),
        ("Really? Yes! N", "Really? Yes!"),
        ("S3は5ドルです。EC2は", "S3は5ドルです。"),
        ("Two things:\n\n1. EC2 co", "Two things:"),
        ("- EC2: 5 USD\n- S3: 1", "- EC2: 5 USD"),
        ("No end", ""),
        ("", ""),
        ("Whole.", "Whole."),
    ],
)
def test_up_to_the_last_whole_sentence(text: str, kept: str) -> None:
    assert whole_sentences(text) == kept


@given(st.text(alphabet="ab 12.,$\n-!)"))
def test_what_is_kept_is_how_the_text_begins(text: str) -> None:
    assert text.strip().startswith(whole_sentences(text))
