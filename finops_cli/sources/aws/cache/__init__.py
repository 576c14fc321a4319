"""What AWS answered, kept across runs: sealed buckets in one file, never in the way."""
