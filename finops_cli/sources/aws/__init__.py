"""Live AWS: Cost Explorer as a source of costs, and what is known beside it.

The road of one question: ``source`` turns a ``CostQuery`` into the buckets that it needs and takes
from ``store`` (the cache) what is there and fresh. It asks for the rest through ``guard``, which
counts, prices and caps every request before ``session`` (the only place that knows boto3) sends it.
``operations`` is the one table of what may be called at all.
"""
