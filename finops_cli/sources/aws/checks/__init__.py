"""Whether an account can be read, and what it takes: the doctor's checks and the policy."""
