"""The demo organisation: a bill to try everything on before any account is connected.

A seeded company with six accounts and 26 months of daily charges up to yesterday, written as FOCUS
parquet on first use, and a story worth finding in it. The files, in the order of the road:

    organisation, services, meters, data_meters     who, what, at which price
    story, everyday, commitments, fees, budgets     what happens: data, told backwards from today
    noise, days, usage, coverage                    what each resource uses each day (NumPy)
    items, ledger, statements, export, build        what that costs, exactly (SQL), into files
    folder                                          where builds are kept
"""

from finops_cli.sources.demo.folder import ensure_demo

__all__ = ["ensure_demo"]
