"""The parts of an explanation: history, drill, breakout, and the words for what they found."""
