"""Language models: who may be asked what, how they are reached, and how far they are believed.

Nothing here computes a figure. A model is handed the Answers of the tools, may call more tools, and
writes words; what it writes is checked against the figures it was handed.
"""
