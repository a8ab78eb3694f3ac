"""One use case a file: verb(tx, what) -> result."""
