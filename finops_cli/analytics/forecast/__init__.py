"""Forecasts of equally spaced values with bands that keep their promise.

One engine for every series of the product, be it a total by month, a service by week or a usage
type by day. It runs on NumPy alone, since statistics libraries take seconds to load and their
intervals were measured to cover 50 to 76 % where 80 % was asked.
"""

from finops_cli.analytics.forecast.engine import forecast, forecast_many
from finops_cli.analytics.forecast.result import Forecast

__all__ = ["Forecast", "forecast", "forecast_many"]
