import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.sources.demo.noise import bell, digits, seed, splitmix64, wander

DAYS = np.arange(730_000, 740_000, dtype=np.uint64)


def test_splitmix64_gives_the_published_stream_of_seed_0() -> None:
    stream = splitmix64(0, np.arange(3, dtype=np.uint64))
    assert [int(x) for x in stream] == [
        0xE220A8397B1DCDAF,
        0x6E789E6AA1B965F4,
        0x06C45D188009454F,
    ]


@given(st.integers(0, 2**64 - 1), st.integers(0, 10_000))
def test_a_day_has_its_noise_wherever_the_data_start(state: int, start: int) -> None:
    assert bell(state, DAYS)[start:].tolist() == bell(state, DAYS[start:]).tolist()
    assert wander(state, DAYS)[start:].tolist() == wander(state, DAYS[start:]).tolist()


def test_bell_is_centred_and_bounded() -> None:
    values = bell(seed("any"), DAYS)
    assert abs(values.mean()) < 0.05
    assert values.std() == pytest.approx(1.0, abs=0.03)
    assert np.abs(values).max() <= 3.5


def test_wander_has_no_jumps() -> None:
    values = wander(seed("any"), DAYS)
    assert np.abs(np.diff(values)).max() < 0.35
    assert values.std() > 0.5


def test_seeds_depend_on_where_words_end() -> None:
    assert seed("ab", "c") != seed("a", "bc")
    assert len(digits("x")) == 16
