"""A language model that is wanted and cannot be had: every question says so, and is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from finops_cli.domain.assistant import Choice, Request, Written
from finops_cli.domain.model_use import ModelUse
from finops_cli.errors import FinopsError


@dataclass(frozen=True, slots=True)
class AbsentAssistant:
    """An assistant that has nothing but the reason why.

    Args:
        name: The model as the user set it.
        reason: What is wrong with the setting.
    """

    name: str
    reason: FinopsError

    def choose(self, question: str, actions: Mapping[str, str], today: date) -> Choice:
        """Tell that it cannot tell."""
        return Choice(None, ModelUse(self.name), self.reason)

    def write(self, request: Request) -> Written:
        """Write nothing, and tell why."""
        return Written(None, (), ModelUse(self.name), self.reason)
