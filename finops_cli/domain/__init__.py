"""The words every layer shares: periods, queries, frames, plans, answers, events.

Standard library only. Nothing here reads a file, opens a socket or rounds an amount.
"""
