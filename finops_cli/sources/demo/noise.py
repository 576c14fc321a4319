"""Noise that is the same on every machine: a hash of what it is for and of the day.

NumPy's generators promise no stream across versions, and ``exp`` or ``sin`` may differ in the last
bit between processors. So the noise is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) over a
counter, in wrapping uint64, and only sums and products follow, which IEEE 754 fixes exactly.
"""

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counters = NDArray[np.uint64]

_WEEKS_BETWEEN_ANCHORS = 3


def seed(*words: str) -> int:
    """Return 64 bits that belong to these words."""
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=8).digest(), "big")


def digits(*words: str) -> str:
    """Return 16 hexadecimal digits that belong to these words."""
    return f"{seed(*words):016x}"


def splitmix64(state: int, counters: "Counters") -> "Counters":
    """Return 64 random bits for each counter.

    Args:
        state: The 64-bit seed of the stream.
        counters: Positions in the stream, in any order.
    """
    import numpy as np

    gamma = np.uint64(0x9E3779B97F4A7C15)
    z = np.uint64(state) + (counters + np.uint64(1)) * gamma
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def bell(state: int, counters: "Counters") -> "Floats":
    """Return a value for each counter, nearly normal, mean 0, deviation 1, within -3.5 to 3.5.

    The sum of four uniform 16-bit parts; integers until the last division.
    """
    import numpy as np

    bits = splitmix64(state, counters)
    parts = sum((bits >> np.uint64(shift)) & np.uint64(0xFFFF) for shift in (0, 16, 32, 48))
    centred = np.asarray(parts).astype(np.float64) - 2 * 65535.0
    return centred / 37837.0  # the deviation of the sum of four uniforms on 0..65535


def wander(state: int, ordinals: "Counters") -> "Floats":
    """Return a slow, continuous drift of deviation about 1: straight lines between anchors.

    Args:
        state: The seed.
        ordinals: Proleptic days, so that the drift of a day does not depend on where data start.
    """
    import numpy as np

    step = np.uint64(7 * _WEEKS_BETWEEN_ANCHORS)
    anchor = ordinals // step
    along = (ordinals % step).astype(np.float64) / float(step)
    return bell(state, anchor) * (1.0 - along) + bell(state, anchor + np.uint64(1)) * along
