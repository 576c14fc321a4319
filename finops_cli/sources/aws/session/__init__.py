"""Who asks, and how a request leaves: credentials, roles, partitions, and what errors mean."""
