"""The library that the field recommends, as a yardstick where it happens to be installed."""

import importlib
import importlib.util
from collections.abc import Iterator
from typing import Any

from tests.bench.accuracy.competition import Bands, Floats

METHODS = {"DynamicOptimizedTheta": "DOT", "AutoETS": "AutoETS"}


def installed() -> bool:
    """Return whether statsforecast can be imported."""
    return importlib.util.find_spec("statsforecast") is not None


def methods(season: int) -> Iterator[tuple[str, Any]]:
    """Yield its best single methods and what they are called."""
    models = importlib.import_module("statsforecast.models")
    for name, short in METHODS.items():
        yield f"statsforecast {short}", getattr(models, name)(season_length=season)


def bands(model: Any, history: Floats, horizon: int) -> Bands:
    """Return the forecast of one of its models."""
    said = model.forecast(y=history, h=horizon, level=[80, 95])
    inner, outer = ((said[f"lo-{level}"], said[f"hi-{level}"]) for level in (80, 95))
    return Bands(said["mean"], inner, outer)
