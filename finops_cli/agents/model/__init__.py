"""The models that may be set, how each is reached, and what it costs."""
