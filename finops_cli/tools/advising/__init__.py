"""What stands between the checks of a bill and the answers about savings."""
