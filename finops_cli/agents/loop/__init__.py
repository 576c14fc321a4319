"""The agents at work: the Strands agents, their tools, their limits, what they remember."""
