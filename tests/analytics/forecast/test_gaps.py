import numpy as np
import pytest

from finops_cli.analytics.forecast.gaps import filled


def test_a_history_without_gaps_is_left_alone() -> None:
    history = np.arange(5.0)
    assert filled(history, 12) is history


def test_a_gap_lies_on_the_line_across_it() -> None:
    np.testing.assert_allclose(filled(np.array([1, np.nan, np.nan, 4]), 12), [1, 2, 3, 4])


def test_a_gap_between_two_seasons_takes_their_mean() -> None:
    history = np.array([10.0, 1, 10, 1, np.nan, 1, 12, 1])
    assert filled(history, 2)[4] == 11


def test_what_was_not_yet_there_is_dropped_and_the_end_repeated() -> None:
    np.testing.assert_allclose(filled(np.array([np.nan, 2, 3, np.nan]), 12), [2, 3, 3])


def test_infinite_values_count_as_missing() -> None:
    np.testing.assert_allclose(filled(np.array([1, np.inf, 3]), 12), [1, 2, 3])


def test_a_table_is_not_a_history() -> None:
    with pytest.raises(ValueError, match="one row"):
        filled(np.ones((2, 3)), 12)
