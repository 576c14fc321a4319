"""What AWS itself says beside our figures: its forecast, anomalies, drivers and commitments."""
