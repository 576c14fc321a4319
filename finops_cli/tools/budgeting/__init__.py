"""What the budget tools are made of: how a budget stands, how it went, and the words for it."""
