"""The parts of the anomaly tools: reading, telling events apart, choosing, wording."""
