"""The wall that knows how to reach a reporter and nothing of what was reported."""
