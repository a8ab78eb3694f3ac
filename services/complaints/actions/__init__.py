"""What the public service does, one use case a file."""
