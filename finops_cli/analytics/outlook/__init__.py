"""From a daily bill by line to monthly amounts ahead, with bands that hold what they promise."""

from finops_cli.analytics.outlook.ahead import look_ahead
from finops_cli.analytics.outlook.groups import bands_by
from finops_cli.analytics.outlook.reconcile import reconciled
from finops_cli.analytics.outlook.replay import Measures, Replay, replay
from finops_cli.analytics.outlook.shape import Band, Known, Outlook, Signal

__all__ = [
    "Band",
    "Known",
    "Measures",
    "Outlook",
    "Replay",
    "Signal",
    "bands_by",
    "look_ahead",
    "reconciled",
    "replay",
]
