"""What the desk can do, one use case a file: verb(tx, what) -> result."""
