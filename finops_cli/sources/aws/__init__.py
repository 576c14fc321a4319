"""Live AWS: Cost Explorer as a source of costs, and what is known beside it.

The road of one question: ``source`` hands a ``CostQuery`` to ``bill``, which turns it into the
buckets that it needs and takes from ``cache`` what is there and fresh. The rest it asks for through
``guard``, which counts, prices and caps every request before ``session`` (the only place that knows
botocore) sends it. ``opinion`` is what AWS says beside our figures, ``checks`` whether an account
can be read. ``opening`` puts all of this together for one account, ``fleet`` for several;
``rehearsal`` goes the same road and sends nothing.
"""
