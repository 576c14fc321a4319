"""Wiring, and only here: what a face is given to work with."""

from finops_cli.bootstrap.application import Application
from finops_cli.bootstrap.values import parse_day

__all__ = ["Application", "parse_day"]
