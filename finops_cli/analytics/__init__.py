"""From frames to findings: pure functions over rows, no I/O, no words."""
