"""The agents at work: the Strands agents, their tools, their limits, what they remember.

``assistant`` is the door. It does its work in a ``worker`` (a thread with an event loop of its
own) while the caller waits at a ``desk``, where a person can be asked and Ctrl-C arrives. One
question is one ``turn``, shared by the ``team``: a supervisor agent whose tools are the others.

What a model reads: a ``briefing`` of ``digest``s, all of it behind a fence (``fencing``). What it
calls: the catalogue's tools (``toolbox``), their ``arguments`` read as they were meant. What stands
between: ``hooks`` that count against the ``limits``, see loops and let nothing write without a yes.
What it says is taken down by a ``script``. Nothing here loads Strands before a model is asked.
"""
