"""What a package that adds an agent is written with, see docs/plugins.md; nothing here uses it."""

from finops_cli.domain.agent import AgentSpec, Plugin, Tool
from finops_cli.domain.answer import (
    Answer,
    Column,
    Exit,
    Figure,
    Finding,
    Kind,
    Provenance,
    Sentence,
    Series,
    Severity,
    Table,
)
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.errors import FinopsError, UsageError
from finops_cli.tools.view import View

__all__ = [
    "AgentSpec",
    "Answer",
    "Column",
    "CostQuery",
    "CostSource",
    "Exit",
    "Figure",
    "Filter",
    "Finding",
    "FinopsError",
    "Frame",
    "Granularity",
    "Kind",
    "Metric",
    "Period",
    "Plugin",
    "Provenance",
    "Sentence",
    "Series",
    "Severity",
    "Table",
    "Tool",
    "UsageError",
    "View",
]
