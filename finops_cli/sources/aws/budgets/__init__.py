"""AWS Budgets: what it keeps, read through the guard, and put into the words of our queries."""
