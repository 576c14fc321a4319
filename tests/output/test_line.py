"""Wrapping and cropping by cells."""

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.output.line import Fragment, Role, crop, pad, plain_text, trimmed, wrap


def wrapped(text: str, width: int, hang: str = "") -> list[str]:
    return [plain_text(line) for line in wrap([Fragment(text)], width, len, hang=hang)]


def test_lines_break_at_spaces() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("one two three", 8, hang="  ") == ["one two", "  three"]


def test_a_whole_fragment_is_not_broken() -> None:
    parts = [Fragment("cost "), Fragment("+48 %", whole=True), Fragment(", still")]
    assert [plain_text(line) for line in wrap(parts, 9, len)] == ["cost", "+48 %,", "still"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert wrapped("abcdefgh", 3) == ["abc", "def", "gh"]


def test_the_first_line_may_start_further_in() -> None:
    found = wrap([Fragment("one two")], 6, len, first="  ", hang="   ")
    assert [plain_text(line) for line in found] == ["  one", "   two"]


def test_roles_survive_the_wrapping() -> None:
    (line,) = wrap([Fragment("a "), Fragment("b", Role.STRONG)], 9, len)
    assert [(part.text, part.role) for part in line if part.text.strip()] == [
        ("a", Role.PLAIN),
        ("b", Role.STRONG),
    ]


@given(st.text("ab ", max_size=60), st.integers(4, 30))
def test_no_line_is_too_long_and_no_word_is_lost(text: str, width: int) -> None:
    found = wrapped(text, width, hang=" ")
    assert all(len(line) <= width and line == line.rstrip() for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_the_middle_is_left_out() -> None:
    assert crop("abcdefghij", 7, len, "…") == "abc…hij"
    assert crop("abcdefghij", 8, len, "…") == "abcd…hij"
    assert crop("abc", 3, len, "…") == "abc"
    assert crop("abc def ghi", 7, len, "...") == "ab...hi"
    assert crop("abcdef", 1, len, "…") == "…"
    assert crop("abcdef", 2, len, "...") == ".."


@given(st.text(), st.integers(1, 20))
def test_a_cropped_text_fits(text: str, width: int) -> None:
    assert len(crop(text, width, len, "…")) <= width


def test_padding_and_trimming() -> None:
    assert pad("a", 3, len, right=True) == "  a"
    assert pad("a", 3, len, right=False) == "a  "
    assert plain_text(trimmed([Fragment("a "), Fragment("  "), Fragment("")])) == "a"
    assert trimmed([Fragment("  ")]) == ()
