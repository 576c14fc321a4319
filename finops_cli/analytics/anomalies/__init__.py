"""Anomalies in daily cost: what left its usual path, when that could first be known, and why."""

from finops_cli.analytics.anomalies.event import Event, Kind, Watch
from finops_cli.analytics.anomalies.find import find

__all__ = ["Event", "Kind", "Watch", "find"]
