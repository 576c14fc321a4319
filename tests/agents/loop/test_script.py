"""A text that was cut off ends with a whole sentence, or is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.agents.loop.script import whole_sentences


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
